"""Edits to a text, and the ledger that keeps every one of them undoable through later ones.

A stage of the repair looks at the text as the stages before it left it and names its edits; the ledger
carries them out and keeps, in coordinates of the newest text, what stood there on the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from minsheng.contracts import Repair

GONE = "□"  # stands for a character that was there and cannot be known


class Edit(NamedTuple):
    """``text[start:end]`` is to become ``new``."""

    start: int
    end: int
    new: str
    kind: str


class Ledger:
    """A text under repair: ``text`` as it stands, ``repairs`` with what stood there before.

    Where an edit meets an earlier one the two become one repair of the earlier one's kind: the first
    cause is the one to count, and the two originals cannot be told apart any more.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.repairs: list[Repair] = []

    def apply(self, edits: Iterable[Edit]) -> None:
        """Carry out edits that are in order and do not overlap; linear in text and edits."""
        parts = chain.from_iterable(map(self._by_line, edits))
        todo = [e for e in parts if self.text[e.start : e.end] != e.new]
        if not todo:
            return
        pieces: list[str] = []
        repairs: list[Repair] = []
        done = length = 0
        for start, end, old, new_edits in _clusters(self.repairs, todo):
            new = self._span(start, end, [(e.start, e.end, e.new) for e in new_edits])
            original = self._span(start, end, [(r.char_start, r.char_end, r.original) for r in old])
            pieces += (self.text[done:start], new)
            length += start - done
            kind = old[0].kind if old else new_edits[0].kind
            repairs.append(Repair(kind, length, length + len(new), original))
            length += len(new)
            done = end
        pieces.append(self.text[done:])
        self.text = "".join(pieces)
        self.repairs = [r for r in repairs if self.text[r.char_start : r.char_end] != r.original]

    def _by_line(self, edit: Edit) -> Iterator[Edit]:
        """An edit over a line's end as one for each line, where it leaves the ends: each line is mended by itself."""
        old, new = self.text[edit.start : edit.end].split("\n"), edit.new.split("\n")
        if len(new) == 1 or len(old) != len(new):
            yield edit
            return
        start = edit.start
        for before, after in zip(old, new, strict=True):
            yield Edit(start, start + len(before), after, edit.kind)
            start += len(before) + 1

    def _span(self, start: int, end: int, changes: Sequence[tuple[int, int, str]]) -> str:
        """``text[start:end]`` with the changes made in it."""
        pieces: list[str] = []
        for change_start, change_end, new in changes:
            pieces += (self.text[start:change_start], new)
            start = change_end
        return "".join([*pieces, self.text[start:end]])


def undo(text: str, repairs: Sequence[Repair]) -> str:
    """The text as it was before the repairs that `repair` returned with it."""
    pieces: list[str] = []
    done = 0
    for r in repairs:
        pieces += (text[done : r.char_start], r.original)
        done = r.char_end
    return "".join([*pieces, text[done:]])


def _clusters(repairs: Sequence[Repair], edits: Sequence[Edit]) -> Iterable[tuple[int, int, list[Repair], list[Edit]]]:
    """Repairs and edits that touch, together, with the span that they cover; both inputs are in order."""
    old: list[Repair] = []
    new: list[Edit] = []
    start = end = -1
    i = j = 0
    while i < len(repairs) or j < len(edits):
        take_old = j == len(edits) or (
            i < len(repairs) and (repairs[i].char_start, repairs[i].char_end) <= (edits[j].start, edits[j].end)
        )
        low, high = (repairs[i].char_start, repairs[i].char_end) if take_old else (edits[j].start, edits[j].end)
        if low > end and (old or new):
            yield start, end, old, new
            old, new = [], []
        if not (old or new):
            start, end = low, high
        end = max(end, high)
        if take_old:
            old.append(repairs[i])
            i += 1
        else:
            new.append(edits[j])
            j += 1
    if old or new:
        yield start, end, old, new
