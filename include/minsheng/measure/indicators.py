"""Names what a figure measures: the phrase of the text, and the indicator of the vocabulary that it stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from minsheng.measure.indicators_lookup import lookup
from minsheng.measure.indicators_phrase import LONGEST, compose
from minsheng.measure.indicators_words import cut, roles, words_of
from minsheng.measure.places_gazetteer import gazetteer

__all__ = ["lookup", "phrases", "unmapped"]

_NUMBER = re.compile(r"(?<![A-Za-z\d])\d+(?![A-Za-z\d])")
_BACK = 80  # characters before a sentence in which its topic is looked for
_LABEL = re.compile(r"\s*([^，,。；;：:\n]{2,30})：")


def phrases(text: str, sentence: tuple[int, int], spans: Sequence[tuple[int, int]], rates: Sequence[bool]) -> list[str]:
    """For each figure of a sentence the phrase that names what it measures: 2 to 15 characters, words of the text
    only, verb and object.

    ``sentence`` and ``spans`` (the surfaces of its figures, in order) are offsets into ``text``; ``rates`` tells which
    are rates of change or shares, whose subject may stand in the sentence before.
    """
    low, high = sentence
    found = compose(*cut(text[low:high], [(s - low, e - low) for s, e in spans]))
    empty = _empty_heads()
    for i, words in enumerate(found):
        phrase = _finish(words)
        if phrase.startswith(empty):
            phrase = _labelled(phrase, text[low : spans[i][0]])
        if rates[i] and phrase in words_of("bare"):
            phrase = _topic(text[max(0, low - _BACK) : low]) + phrase
        found[i] = phrase if len(phrase) >= 2 else _fallback(text, spans[i])
    return found


def _labelled(phrase: str, before: str) -> str:
    """The phrase with the label of the row for the head of a table that names nothing (税收：总量3亿元)."""
    label = _LABEL.match(before)
    if label is None:
        return phrase
    head = next(w for w in _empty_heads() if phrase.startswith(w))
    return (_topic(label[1]) + phrase[len(head) :])[:LONGEST]


@cache
def _empty_heads() -> tuple[str, ...]:
    return tuple(sorted(words_of("amount"), key=len, reverse=True))


def _topic(before: str) -> str:
    """What the text before a sentence was about, for a rate that names nothing itself (同比增长5%)."""
    before = before.rstrip("。！？!?；;\n ")
    words, _ = cut(before, [(len(before), len(before))])
    kept = [w for w in words if w.text not in words_of("bare")]
    return _finish(compose(kept, [len(kept) - 1])[0])[: LONGEST - 4]


def _finish(found: str) -> str:
    """Without numbers (but for names: 5G), without a region at its head, and not longer than a phrase may be."""
    if not found.isalpha():
        found = _NUMBER.sub("", found)
    names = gazetteer(None)
    if found[:2] in names.heads:
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
        nouns = [w.text for w in cut(piece, [])[0] if w.role in ("n", "v", "vn", "q", "a", "h")]
        found = _NUMBER.sub("", "".join(nouns[nearest]))
        if len(found) >= 2:
            return found[-LONGEST:]
    return "".join(re.findall("[一-龥]", before + behind))[:LONGEST]


def unmapped(found: Iterable[tuple[str, str | None]]) -> list[tuple[str, int]]:
    """From pairs of phrase and indicator id, the phrases without one and their counts, most frequent first."""
    return Counter(p for p, identifier in found if identifier is None).most_common()
