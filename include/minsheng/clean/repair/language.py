"""How likely a stretch of Chinese is, in bits: the judge between two ways of mending a text.

Interpolated character pairs, from `pairs.tsv`, which `benchmarks/repair/build_language.py` makes. It is
loaded on first use (about 50 ms), because a clean text needs no judge.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.resources import files

RARE = 21  # bits of a character that the counted texts do not hold
UNSEEN = -2  # gain of a pair that they do not hold
FOLD = {**{0xFF01 + i: chr(0x21 + i) for i in range(94)}, 0x3000: " ", 0xA: " "}


def _lines(name: str) -> list[list[str]]:
    text = (files("minsheng.clean.repair") / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n") if line]


class Language:
    """Costs of characters and pairs; Traditional characters count as their Simplified form."""

    def __init__(self) -> None:
        self.single: dict[str, int] = {}
        self.gain: dict[str, int] = {}
        self.after: dict[str, str] = {}
        for symbol, cost, *rows in _lines("pairs.tsv"):
            self.single[symbol] = int(cost)
            self.after[symbol] = "".join(rows)
            for gain, followers in enumerate(rows, start=1):
                for follower in followers:
                    self.gain[symbol + follower] = gain
        self.symbol: dict[str, str] = {}

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

    def cost(self, before: str, char: str, gain: dict[str, int] | None = None) -> int:
        """Bits of ``char`` after ``before``; both folded. Latin words and numbers are one symbol."""
        if before == char and char in "0a":
            return 0
        return self.single.get(char, RARE) - (gain or self.gain).get(before + char, UNSEEN)

    def bits(self, text: str, before: str = " ") -> int:
        """Bits of a whole text."""
        total = 0
        last = self.fold(before)
        for char in map(self.fold, text):
            total += self.cost(last, char)
            last = char
        return total


@cache
def language() -> Language:
    """The one model of this process."""
    return Language()


@cache
def readings() -> dict[str, frozenset[str]]:
    """The readings of each Traditional character of GBK, from `readings.tsv`."""
    return {char: frozenset(rest) for char, *rest in _lines("readings.tsv")}


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


def simplified(char: str) -> str:
    """The Simplified form of one character out of context."""
    return _single_simplified().get(char, char)
