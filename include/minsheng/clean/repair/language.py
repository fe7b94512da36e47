"""How likely a stretch of Chinese is, in bits: the judge between two ways of mending a text.

Characters behind one and two others, from `ngrams.tsv`, which `benchmarks/repair/build_language.py` makes. It is
loaded on first use (about 100 ms), because a clean text needs no judge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import NamedTuple

RARE = 23  # bits of a character that the model does not know
FOLD = {**{0xFF01 + i: chr(0x21 + i) for i in range(94)}, 0x3000: " ", 0xA: " "}


class Row(NamedTuple):
    """What may stand behind a context: bits for those not in it beside what the shorter context says, and of each."""

    back_off: int
    costs: dict[str, int]


NOTHING = Row(0, {})


def _lines(name: str) -> list[str]:
    return (files("minsheng.clean.repair") / name).read_text(encoding="utf-8").rstrip("\n").split("\n")


class Language:
    """Costs of characters in their context; Traditional characters count as their Simplified form."""

    def __init__(self) -> None:
        self._packed = dict(line.split("\t", 1) for line in _lines("ngrams.tsv"))
        self._rows: dict[str, Row] = {}
        self.single = self.row("").costs
        self.symbol: dict[str, str] = {}

    def row(self, context: str) -> Row:
        """What stands behind none, one or two folded characters, unpacked when first asked for."""
        row = self._rows.get(context)
        if row is None:
            row = self._rows[context] = self._unpack(context)
        return row

    def _unpack(self, context: str) -> Row:
        packed = self._packed.get(context)
        if packed is None:
            return NOTHING
        back_off, least, *columns = packed.split("\t")
        return Row(int(back_off), {c: cost for cost, chars in enumerate(columns, start=int(least)) for c in chars})

    def fold(self, char: str) -> str:
        """The symbol that the model counts this character as."""
        known = self.symbol.get(char)
        if known is None:
            known = self.symbol[char] = self._fold(char)
        return known

    def _fold(self, char: str) -> str:
        char = char.translate(FOLD)
        if char.isascii():
            return "0" if char.isdigit() else "a" if char.isalpha() else char
        return char if char in self.single and char not in readings() else simplified(char)

    def cost(self, context: str, char: str) -> int:
        """Bits of ``char`` behind up to two characters; all folded. Latin words and numbers are one symbol."""
        last = context[-1:]
        if last == char and char in "0a":
            return 0
        rows, back_off = self._rows, 0
        if len(context) == 2:
            longer = rows.get(context) or self.row(context)
            known = longer.costs.get(char)
            if known is not None:
                return known
            back_off = longer.back_off
        shorter = rows.get(last) or self.row(last)
        known = shorter.costs.get(char)
        return back_off + (known if known is not None else shorter.back_off + self.single.get(char, RARE))

    def bits(self, text: str, before: str = " ") -> int:
        """Bits of a whole text."""
        total = 0
        context = before[-2:] if len(before) < 2 else self.fold(before[-2]) + self.fold(before[-1])
        for char in map(self.fold, text):
            total += self.cost(context, char)
            context = follow(context, char)
        return total


def follow(context: str, char: str) -> str:
    """The context of what comes after ``char``, all folded."""
    return context if char in "0a" and context[-1:] == char else context[-1:] + char


@cache
def language() -> Language:
    """The one model of this process."""
    return Language()


def _table(name: str) -> dict[str, frozenset[str]]:
    return {char: frozenset(said) for char, *said in (line.split("\t") for line in _lines(name))}


@cache
def readings() -> dict[str, frozenset[str]]:
    """The readings of each Traditional character of GBK, from `readings.tsv`."""
    return _table("readings.tsv")


@cache
def all_readings() -> dict[str, frozenset[str]]:
    """Those, and the readings of the other characters of GBK that have several, from `heteronyms.tsv`."""
    return readings() | _table("heteronyms.tsv")


@cache
def _converter() -> Callable[[str], str]:
    import opencc  # 20 ms that a clean text does not pay

    convert: Callable[[str], str] = opencc.OpenCC("t2s").convert
    return convert


def to_simplified(text: str) -> str:
    """The text in Simplified Chinese, by OpenCC."""
    return _converter()(text)


@cache
def _single_simplified() -> dict[str, str]:
    chars = list(readings())
    return dict(zip(chars, to_simplified("\n".join(chars)).split("\n"), strict=True))


@cache
def simplified_forms() -> frozenset[str]:
    """Characters that stand for a Traditional one of another form."""
    return frozenset(new for old, new in _single_simplified().items() if new != old)


def simplified(char: str) -> str:
    """The Simplified form of one character out of context."""
    return _single_simplified().get(char, char)
