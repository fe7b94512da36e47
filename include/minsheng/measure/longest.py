"""The longest word of a vocabulary that begins at a place of the text."""

from __future__ import annotations

from functools import cache

from minsheng import vocabulary
from minsheng.vocabulary import Unit


@cache
def _units() -> tuple[dict[str, Unit], dict[str, tuple[int, ...]]]:
    """Every unit by the word that writes it; by first character the lengths of units that begin so, longest first."""
    units = vocabulary.units()
    lengths: dict[str, set[int]] = {}
    for word in units:
        lengths.setdefault(word[0], set()).add(len(word))
    return units, {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}


def unit_at(text: str, at: int, longest: int = 20) -> Unit | None:
    """The longest unit of at most ``longest`` characters written at ``at``, or None."""
    units, lengths = _units()
    sizes = lengths.get(text[at : at + 1])
    if sizes is None:
        return None
    for size in sizes:
        if size <= longest:
            unit = units.get(text[at : at + size])
            if unit is not None:
                return unit
    return None


def longest_at(text: str, at: int, table: dict[str, str], sizes: range) -> str | None:
    """The longest key of ``table`` that begins at ``at``; ``sizes`` runs from the longest length down."""
    for size in sizes:
        word = text[at : at + size]
        if word in table:
            return word
    return None
