"""From an outline to the article's lines: known selectors, else our own search, else the fallbacks; and the judgement.

A candidate is a list of lines with the name of the way that found it. It holds up if it is long enough, ends
sentences and is not made of links; the first that does is taken, else the best that there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from selectolax.lexbor import SelectolaxError

from .blocks import Block, Outline
from .find import heaviest, hidden_boxes, lines_of, weights
from .trim import noise

_SHORTEST = 60
_MOST_NODES = 5
_MUCH = 0.4
_SENTENCE_ENDS = frozenset("。！？；…”」!?.")


@dataclass(slots=True)
class Candidate:
    """Lines of one way of extraction. ``start`` and ``end`` are its range in the outline (-1: none)."""

    method: str
    lines: list[Block]
    start: int = -1
    end: int = -1

    @property
    def prose(self) -> int:
        """Characters that stand in sentences, prompts and notices not counted."""
        return sum(len(b.text) - b.links for b in self.lines if (b.prose or b.kind == "row") and not noise(b.text))

    @property
    def worth(self) -> float:
        """For comparing candidates: prose, less links and less what reads as boilerplate."""
        junk = sum(len(b.text) for b in self.lines if b.links * 2 > len(b.text) or noise(b.text))
        return self.prose - 2.0 * junk - sum(b.links for b in self.lines)

    @property
    def holds_up(self) -> bool:
        """Long enough, with a sentence end, and not made of links."""
        total = sum(len(b.text) for b in self.lines)
        links = sum(b.links for b in self.lines)
        ends = any(b.text[-1] in _SENTENCE_ENDS or "。" in b.text for b in self.lines)
        return self.prose >= _SHORTEST and links * 4 <= total and ends


class Search:
    """The ways to the article over one outline; what they share is worked out once."""

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.off = hidden_boxes(page)
        self.weight = weights(page, self.off)

    def by_weight(self) -> Candidate:
        """Our own search: the heaviest box; empty where no box weighs anything."""
        at = heaviest(self.page, self.weight)
        return self._box(at, "weight") if at >= 0 else Candidate("weight", [])

    def by_selectors(self, tree: Any, selectors: tuple[str, ...], family: str) -> Candidate | None:
        """The first selector's element that holds up, else the first that holds text; None where none matches."""
        boxes = {box.node.mem_id: i for i, box in enumerate(self.page.boxes)}
        spare = None
        for selector in selectors:
            try:
                nodes = tree.css(selector)
            except SelectolaxError:
                continue
            for node in nodes[:_MOST_NODES]:
                at = boxes.get(node.mem_id, -1)
                candidate = self._box(at, f"layout:{family}") if at >= 0 else Candidate("weight", [])
                if candidate.holds_up:
                    return candidate
                spare = spare or (candidate if candidate.lines else None)
        return spare

    def _box(self, at: int, method: str) -> Candidate:
        box = self.page.boxes[at]
        off, weight = self.off, self.weight
        if off[at]:  # selected although it is named as no article part: then its name misleads
            off = [False] * len(off)
            weight = weights(self.page, off)
        return Candidate(method, lines_of(self.page, at, off, weight), box.start, box.end)


def by_weight(page: Outline) -> Candidate:
    """Our own search over an outline."""
    return Search(page).by_weight()


def choose(known: Candidate | None, own: Candidate) -> Candidate:
    """The selectors' result, unless it does not hold up or holds much less than what our own search found."""
    if known is not None and known.holds_up and known.prose >= _MUCH * own.prose:
        return known
    if known is not None and known.worth > own.worth and not own.holds_up:
        return known
    return own
