"""From an outline to the article's lines: known selectors, else our own search, else the fallbacks; and the judgement.

A candidate is a list of lines with the name of the way that found it. It holds up if it is long enough, ends
sentences and is not made of links; the first that does is taken, else the best that there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .blocks import Block, Outline, outline
from .find import heaviest, hidden_boxes, lines_of, weights
from .trim import noise

_SHORTEST = 60
_SENTENCE_ENDS = frozenset("。！？；…”」!?.")


@dataclass(slots=True)
class Candidate:
    """Lines of one way of extraction. ``start`` and ``end`` are its range in the outline (-1: none)."""

    method: str
    lines: list[Block]
    start: int = -1
    end: int = -1
    off: list[bool] = field(default_factory=list)

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


def by_selectors(tree: Any, page: Outline, selectors: tuple[str, ...], family: str) -> Candidate | None:
    """The first selector's element that holds text, as a candidate; None where none matches."""
    for selector in selectors:
        try:
            nodes = tree.css(selector)
        except ValueError:
            continue
        for node in nodes[:5]:
            candidate = _at(page, node, f"layout:{family}")
            if candidate.lines:
                return candidate
    return None


def _at(page: Outline, node: Any, method: str) -> Candidate:
    wanted = node.mem_id
    for i, box in enumerate(page.boxes):
        if box.node.mem_id == wanted:
            off = [False] * len(page.boxes)
            own = hidden_boxes(page)
            off = [own[j] and not own[i] for j in range(len(page.boxes))]
            return Candidate(method, lines_of(page, i, off, weights(page, off)), box.start, box.end, off)
    inner = outline(node)
    return Candidate(method, [b for b in inner.blocks if b.links * 10 <= len(b.text) * 7])


def by_weight(page: Outline) -> Candidate:
    """Our own search: the heaviest box; empty where no box weighs anything."""
    off = hidden_boxes(page)
    weight = weights(page, off)
    at = heaviest(page, weight)
    if at < 0:
        return Candidate("weight", [], off=off)
    box = page.boxes[at]
    return Candidate("weight", lines_of(page, at, off, weight), box.start, box.end, off)
