"""The words that cleaning and measuring know: units, approximators and contexts, read once from the dbt seeds.

The CSV files are the vocabulary; nothing here knows a word. They load on first use (cached), so that
importing the package costs nothing.
"""

from __future__ import annotations

import csv
import gc
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from minsheng import PROJECT

# Not by way of Settings: importing pydantic-settings alone would cost the start-up of `minsheng clean`.
SEEDS = PROJECT / "dbt_project" / "seeds"
VOCABULARY = PROJECT / "include" / "vocabulary"


@contextmanager
def uncollected() -> Iterator[None]:
    """Pauses the garbage collector while tables of many rows are read, none of which is garbage: it would go through
    them again and again, a tenth of the start-up."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


@cache
def fingerprint() -> str:
    """Six hex digits that change whenever a word does: other words make other figures."""
    digest = hashlib.sha256()
    for file in sorted([*SEEDS.glob("*.csv"), *VOCABULARY.glob("*.csv")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:6]


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one vocabulary file, read once: its words play many roles."""
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        head, *body = csv.reader(lines)  # half the time of DictReader, which a start-up of 0.3 s notices
        return tuple([dict(zip(head, row, strict=True)) for row in body])


@cache
def words(name: str, column: str = "word", **where: str) -> tuple[str, ...]:
    """One column of a vocabulary file, longest word first; ``where`` keeps rows with these values."""
    found = [row[column] for row in rows(name) if where.items() <= row.items()]
    return tuple(sorted(set(found), key=lambda w: (-len(w), w)))


@cache
def _contexts() -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for row in rows("context_words"):
        found.setdefault(row["role"], set()).add(row["word"])
    return {role: tuple(sorted(known, key=lambda w: (-len(w), w))) for role, known in found.items()}


def context(role: str) -> tuple[str, ...]:
    """The words of ``context_words.csv`` that play ``role``, longest first. Raises ``KeyError`` for any other."""
    return _contexts()[role]


@cache
def pairs(name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a vocabulary file as a dictionary."""
    return {r[key]: r[value] for r in rows(name)}


@cache
def closed_doors() -> tuple[tuple[str, str, str], ...]:
    """What tells that a page bars the way, for fetching and cleaning alike: where it stands (title, text, script,
    field), the marker, and the reason that it means."""
    with (VOCABULARY / "closed_doors.csv").open(encoding="utf-8", newline="") as lines:
        return tuple([(row["where"], row["marker"], row["meaning"]) for row in csv.DictReader(lines)])


def finder(words: list[str], *, small: bool = True) -> AhoCorasick:
    """Finds the longest of some words wherever they begin, in one pass; ``small``: few enough for the faster table."""
    how = Implementation.DFA if small else Implementation.ContiguousNFA
    return AhoCorasick(words, matchkind=MatchKind.LeftmostLongest, store_patterns=False, implementation=how)
