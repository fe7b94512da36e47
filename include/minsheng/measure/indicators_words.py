"""Cuts a sentence into words with coarse parts of speech: longest match against the vocabulary, no statistics.

The words lie in ``include/vocabulary``: ``words.csv`` (from a general dictionary) and ``phrase_words.csv`` (the
verbs of administration and what is left out of a phrase; it wins). An unknown character counts as a noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from minsheng.measure.places_gazetteer import VOCABULARY, read

_PIECES = re.compile(
    r"(?P<han>[一-龥]+)|(?P<title>《[^》\n]{1,40}》)|[“\"‘「](?P<quote>[^“”\"‘’」\n]{1,20})[”\"’」]|(?P<latin>[A-Za-z]+)|(?P<list>、)"
    r"|(?P<stop>[，,；;：:。！？!?\n（）()【】\[\]|—…])"
)
_LONGEST = 5


class Word(NamedTuple):
    """A word and its role: v, vn, n, a, d, p, c, u, s (left out), h (light verb), q (quoted), x (latin),
    ``F`` (the figure whose number ``text`` is), ``、`` and ``,`` (any mark that ends a clause)."""

    text: str
    role: str


@cache
def roles() -> dict[str, str]:
    """Part of speech by word; the corrections of ``phrase_words.csv`` win over the dictionary's."""
    out = {word: role for word, role in read(VOCABULARY / "words.csv")}
    out.update((word, role) for role, word, _ in read(VOCABULARY / "phrase_words.csv"))
    return out


@cache
def _longest() -> dict[str, int]:
    """The length of the longest word by its first two characters."""
    out: dict[str, int] = {}
    for word in roles():
        out[word[:2]] = max(len(word), out.get(word[:2], 0))
    return out


def is_word(text: str) -> bool:
    """Whether the text is a common word of the language (so that it is no safe sign of a place)."""
    return text in roles()


def segment(run: str) -> list[Word]:
    """The words of a run of Chinese characters."""
    known, longest, out, i, end = roles(), _longest(), list[Word](), 0, len(run)
    while i < end:
        for length in range(longest.get(run[i : i + 2], 1), 0, -1):
            role = known.get(run[i : i + length])
            if role or length == 1:
                out.append(Word(run[i : i + length], role or "n"))
                i += length
                break
    return out


def cut(sentence: str, spans: Sequence[tuple[int, int]]) -> list[Word]:
    """The words of a sentence with its figures (``spans``, in order) as words of their own."""
    out: list[Word] = []
    at = 0
    for number, (start, end) in enumerate([*spans, (len(sentence), len(sentence))]):
        for piece in _PIECES.finditer(sentence, at, max(at, start)):
            kind, text = piece.lastgroup, piece[0]
            if kind == "han":
                out += segment(text)
            elif kind in ("title", "quote"):
                out.append(Word(text.strip('《》“”"‘’「」'), "q"))
            elif kind == "latin":
                out.append(Word(text, "x"))
            else:
                out.append(Word("、", "、") if kind == "list" else Word(",", ","))
        if number < len(spans):
            out.append(Word(str(number), "F"))
        at = max(at, end)
    return out
