"""What a column of changes holds where its head names no unit: amounts (增减量, 增减) or per cents (同比增减).

Cleaning writes such cells as prose, and measuring reads them in flattened tables: both ask here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_HEAD = re.compile(r"(同比|环比)?[^%％‰]*?(?:(?:增减|增长|升降|变化|变动)([量数额值])|增减)\Z")
_NUMBER = re.compile(r"([-－−+＋]?)\s?([0-9][0-9,，]*)(\.[0-9]{1,6})?")
_MINUS = "-－−"
_LONGEST = 24  # characters of such a head, and of a number
_SLACK = Decimal("1.5")  # units of the last place by which rounding may part a change from what it is of


def is_amount(head: str, before: Sequence[str], value: str, *, rates: bool = False) -> bool:
    """Whether a cell under a head without a unit tells how much more there is, not by how many per cent: the head or
    the two numbers ``before`` it say so, of which it is the difference. ``rates``: the table has per cents."""
    named = _HEAD.match(head) if len(head) <= _LONGEST else None
    if named is None or named[2]:
        return named is not None
    found = _of(before, value)
    return found == "difference" or (not found and not named[1] and not rates)


def is_rate(head: str, before: Sequence[str], value: str) -> bool:
    """Whether a cell under such a head is by how many per cent the two numbers before it differ."""
    return len(head) <= _LONGEST and _HEAD.match(head) is not None and _of(before, value) == "rate"


def _of(before: Sequence[str], value: str) -> str:
    """What a number is of the last two before it: their difference, its rate, or nothing that is known."""
    change = _number(value)
    numbers = [number for number in map(_number, before) if number is not None][-2:]
    if change is None or len(numbers) < 2:
        return ""
    slack = _SLACK * Decimal(1).scaleb(min(int(change.as_tuple().exponent), 0))
    for now, then in (numbers, numbers[::-1]):
        if abs(now - then - change) <= slack:
            return "difference"
        if then and abs((now - then) / then * 100 - change) <= slack:
            return "rate"
    return ""


def _number(cell: str) -> Decimal | None:
    found = _NUMBER.match(cell) if len(cell) <= _LONGEST else None
    if found is None:
        return None
    number = Decimal(re.sub("[,，]", "", found[2]) + (found[3] or ""))
    return -number if found[1] and found[1] in _MINUS else number
