"""Units: every word that writes one, and the longest that begins at a place of the text."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from typing import Final

from minsheng import vocabulary
from minsheng.measure.longest import lengths

ONE: Final = Fraction(1)
REGIONS: Final = frozenset("省市州县区旗镇乡村")  # end the names of regions, and count them (下辖8镇)


class Unit:
    """A unit as written: its canonical ``code``, how many of that it is, and what may not follow it.

    ``arabic_only``: too common inside words to be read after a small Chinese numeral (三方, 四角). No dataclass, so
    that machine code finds what it holds at once.
    """

    def __init__(
        self,
        word: str,
        code: str,
        factor: Fraction,
        dimension: str,
        arabic_only: bool = False,
        not_before: tuple[str, ...] = (),
    ) -> None:
        self.word = word
        self.code = code
        self.factor = factor
        self.dimension = dimension
        self.arabic_only = arabic_only
        self.not_before = not_before


UNITS: Final[dict[str, Unit]] = {
    row["unit"]: Unit(
        row["unit"],
        row["code"],
        ONE if row["factor"] == "1" else Fraction(row["factor"]),
        row["dimension"],
        row["arabic_only"] == "yes",
        tuple(filter(None, row["not_before"].split("|"))),
    )
    for row in vocabulary.rows("units")
}


def _respelt() -> dict[str, Unit]:
    """Latin units in other cases (Gwh, KWH), but for an m that begins one: 5ML are no 5ml."""
    found: dict[str, Unit] = {}
    for word, unit in UNITS.items():
        if not (word.isascii() and word[:2].isalpha() and len(word) > 1):
            continue
        cases = [(c,) if c in "mM" and i == 0 else (c.lower(), c.upper()) for i, c in enumerate(word)]
        for letters in product(*cases):
            other = "".join(letters)
            if other not in UNITS:
                found[other] = Unit(other, unit.code, unit.factor, unit.dimension, unit.arabic_only, unit.not_before)
    return found


UNITS.update(_respelt())
_LENGTHS: Final = lengths(UNITS)


def unit_at(text: str, at: int, longest: int = 20) -> Unit | None:
    """The longest unit of at most ``longest`` characters written at ``at``, or None."""
    sizes = _LENGTHS.get(text[at : at + 1])
    if sizes is None:
        return None
    for size in sizes:
        if size <= longest:
            unit = UNITS.get(text[at : at + size])
            if unit is not None:
                return unit
    return None
