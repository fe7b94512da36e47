"""Names what a figure measures: the phrase of the text, and the indicator of the vocabulary that it stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from minsheng.measure.indicators_lookup import lookup
from minsheng.measure.indicators_phrase import LONGEST, phrases
from minsheng.measure.indicators_words import cut, roles, words_of
from minsheng.measure.places_gazetteer import gazetteer

__all__ = ["lookup", "phrase", "unmapped"]

_NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?![A-Za-z\d])")
_WINDOW = 400
_MARGIN = 100
_BACK = 80
_LABEL = re.compile(r"\s*([^，,。；;：:\n]{2,30})：")


def phrase(text: str, sentence: tuple[int, int], spans: Sequence[tuple[int, int]], i: int, unit: str, kind: str) -> str:
    """The phrase that names what figure ``i`` measures: 2 to 15 characters, words of the text only, verb and object.

    ``sentence`` and ``spans`` (the surfaces of all figures of the sentence, in order) are offsets into ``text``.
    Work is bounded: a very long sentence is read in blocks of 400 characters with a margin of 100.
    """
    low, high = sentence
    if high - low > 2 * _WINDOW:
        block = low + (spans[i][0] - low) // _WINDOW * _WINDOW
        low, high = max(low, block - _MARGIN), min(high, max(block + _WINDOW, spans[i][1]) + _MARGIN)
        first = bisect_left(spans, (low, 0))
        spans, i = spans[first : bisect_left(spans, (high, 0))], i - first
    found = _phrases(text, low, high, tuple(spans))[i]
    found = _labelled(found, text[low : spans[i][0]])
    if unit in ("%", "pp") and kind != "level" and found in words_of("bare"):
        found = _topic(text[max(0, low - _BACK) : low]) + found
    if len(found) < 2:
        found = _fallback(text, spans[i])
    return found


def _labelled(found: str, before: str) -> str:
    """The phrase with the label of the row for the head of a table that names nothing (税收：总量3亿元)."""
    empty = next((w for w in _empty_heads() if found.startswith(w)), "")
    label = _LABEL.match(before) if empty else None
    return (_topic(label[1]) + found[len(empty) :])[:LONGEST] if label else found


@cache
def _empty_heads() -> tuple[str, ...]:
    return tuple(sorted(words_of("amount"), key=len, reverse=True))


def _topic(before: str) -> str:
    """What the text before a sentence was about, for a rate that names nothing itself (同比增长5%)."""
    before = before.rstrip("。！？!?；;\n ")
    words = [w for w in cut(before, [(len(before), len(before))]) if w.text not in words_of("bare")]
    return _finish(phrases(words, 1)[0])[: LONGEST - 4]


@lru_cache(maxsize=4)
def _phrases(text: str, low: int, high: int, spans: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    near = [(s - low, min(e, high) - low) for s, e in spans]
    return tuple(_finish(p) for p in phrases(cut(text[low:high], near), len(near)))


def _finish(found: str) -> str:
    """Without numbers (but for names: 5G), without a region at its head, and not longer than a phrase may be."""
    found = _NUMBER.sub("", found)
    names = gazetteer(None)
    if found[:2] in names.index:
        for length in range(min(9, len(found) - 2), 1, -1):
            head = found[:length]
            if (head in names.full or head in names.short) and head not in roles():
                found = found[length:]
                break
    return found if len(found) <= LONGEST else found[:4] + found[4 - LONGEST :]


def _fallback(text: str, span: tuple[int, int]) -> str:
    """The nearest words before the figure, in the line before if need be, else those behind it."""
    before, behind = text[max(0, span[0] - 40) : span[0]], text[span[1] : span[1] + 40]
    for piece, nearest in ((before, slice(-3, None)), (behind, slice(0, 3))):
        nouns = [w.text for w in cut(piece, []) if w.role in ("n", "v", "vn", "q", "a", "h")]
        found = _NUMBER.sub("", "".join(nouns[nearest]))
        if len(found) >= 2:
            return found[-LONGEST:]
    return "".join(re.findall("[一-龥]", before + behind))[:LONGEST]


def unmapped(found: Iterable[tuple[str, str | None]]) -> list[tuple[str, int]]:
    """From pairs of phrase and indicator id, the phrases without one and their counts, most frequent first."""
    return Counter(p for p, identifier in found if identifier is None).most_common()
