"""The characters of GBK that a torn place may hold, by what is known of their bytes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from minsheng.clean.repair.gbk import pair_of
from minsheng.clean.repair.language import RARE, all_readings, language, readings

Choice = tuple[int, str, str]  # bits of a character by itself, it, and the symbol it counts as


@cache
def seconds() -> dict[tuple[int, str], list[int]]:
    """Second bytes of the characters that have this first byte and this reading, however rare they are."""
    seconds: dict[tuple[int, str], list[int]] = {}
    for char, said in all_readings().items():
        first, second = pair_of()[char]
        for reading in said:
            seconds.setdefault((first, reading), []).append(second)
    return seconds


class Choices(NamedTuple):
    """Known characters of GBK, each with its symbol and cost, by what may be known of them."""

    by_lead: dict[int, list[Choice]]
    by_first: dict[int, list[Choice]]  # those whose second byte can pass for a first
    by_second: dict[int, list[Choice]]
    by_symbol: dict[str, list[Choice]]


@cache
def choices_of(traditional: bool) -> Choices:
    """The characters that a text may hold; Traditional ones where it is Traditional."""
    model = language()
    choices = Choices({}, {}, {}, {})
    for char, (first, second) in pair_of().items():
        folded = model.fold(char)
        bits = model.single.get(folded, RARE)
        if bits < RARE and folded not in "0a" and (traditional or char not in readings()):
            choice = (bits, char, folded)
            choices.by_second.setdefault(second, []).append(choice)
            choices.by_symbol.setdefault(folded, []).append(choice)
            choices.by_lead.setdefault(first, []).append(choice)
            if second >= 0x80:
                choices.by_first.setdefault(first, []).append(choice)
    return choices
