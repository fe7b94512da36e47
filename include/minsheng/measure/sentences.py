"""Where sentences and clauses begin and end: the frame in which a figure's context is read."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from minsheng.measure.seldom import Seldom

_ENDS: Final = "。\n！？!?\r…"
_CLOSERS: Final = '”’」』）)"'
_PAUSE: Final = Seldom(r"[；;，,、\s]")
LONGEST: Final = 400  # characters: what runs on longer (lost punctuation) is cut at its last pause


class Sentences:
    """The sentences of a text; ``at`` finds the one around a position in O(log n)."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        start, length = 0, len(text)
        for at in positions(text, _ENDS):
            if at >= start:
                at += 1
                while at < length and text[at] in _ENDS:
                    at += 1
                while at < length and text[at] in _CLOSERS:
                    at += 1
                self._add(text, start, at)
                start = at
        self._add(text, start, length)

    def _add(self, text: str, start: int, end: int) -> None:
        while end - start > LONGEST:
            pauses = [m.end() for m in _PAUSE.finditer(text, start + LONGEST // 2, start + LONGEST)]
            cut = pauses[-1] if pauses else start + LONGEST
            self.starts.append(start)
            self.ends.append(cut)
            start = cut
        if end > start:
            self.starts.append(start)
            self.ends.append(end)

    def at(self, position: int) -> tuple[int, int]:
        """Start and end (white space stripped by ``trim``) of the sentence that holds ``position``."""
        i = bisect_right(self.starts, position) - 1
        return self.starts[i], self.ends[i]


def positions(text: str, marks: str) -> list[int]:
    """Where any of a few marks stands, in order: a look for each is many times as fast as one for their set."""
    found: list[int] = []
    for mark in marks:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    found.sort()
    return found


def first_of(text: str, marks: str, start: int, end: int) -> int:
    """Where the first of a few marks stands in a part of the text, -1 where none does; fast as ``positions`` is."""
    first = -1
    for mark in marks:
        at = text.find(mark, start, end if first < 0 else first)
        if at >= 0:
            first = at
    return first


def trim(text: str, span: tuple[int, int]) -> str:
    """The sentence as it is shown: without the white space and line ends around it."""
    return text[span[0] : span[1]].strip(" \t\n\r\u3000•·")
