"""How sure a reading is: a number between 0 and 1 from features that can be measured.

A figure starts at a prior of its dimension and loses for each thing that was inferred rather than read:
a unit taken from a noun, a small Chinese numeral before a counter, a broken character that touches it,
no place, no mapped indicator (the more where a length may be that of one thing). The numbers are set by
judgement; ``minsheng.measure.evaluate`` checks them (``sure``: the share of the observations above 0.9 that
gold knows) and CI holds that share above its floor.
"""

from __future__ import annotations

from typing import Final

from minsheng.measure.figure import Figure

_BASE: Final = {  # in hundredths, as all numbers here
    "money": 99,
    "area": 98,
    "volume": 98,
    "mass": 98,
    "energy": 98,
    "power": 97,
    "ratio": 98,
    "length": 96,
    "count": 97,
    "duration": 80,
    "score": 75,
    "temperature": 90,
}


_OF_A_THING: Final = 100  # metres: a length below it that no known measure has may be that of one thing


def confidence(figure: Figure, mapped: bool, placed: bool) -> float:
    """The probability that value, unit and bound of the figure are what a careful reader would write."""
    sure = _BASE.get(figure.dimension, 88)
    if not figure.named_unit:
        sure -= 15
    if figure.damaged:
        sure -= 50
    if figure.chinese and figure.dimension == "count" and figure.value <= 10:
        sure -= 12
    if not placed:
        sure -= 4
    if not mapped:
        sure -= 2
        if figure.unit == "m" and figure.value < _OF_A_THING:
            sure -= 6
    return max(5, sure) / 100
