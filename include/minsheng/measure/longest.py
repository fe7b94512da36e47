"""The longest word of a vocabulary that begins at a place of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """By first character the lengths of the words that begin so, longest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def longest_at(text: str, at: int, table: Mapping[str, str], sizes: dict[str, tuple[int, ...]]) -> str | None:
    """The longest key of ``table`` that begins at ``at``; ``sizes`` are the ``lengths`` of its keys."""
    fitting = sizes.get(text[at : at + 1])
    if fitting is None:
        return None
    for size in fitting:
        word = text[at : at + size]
        if word in table:
            return word
    return None
