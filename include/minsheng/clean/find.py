"""Where the article stands in an outline: the box whose text, less what is no article, weighs most.

Every block has a weight: prose counts for what it says, links and named non-article parts against it. The box of
the highest sum holds the article; boxes inside it that weigh nothing but links are taken out again.
"""

from __future__ import annotations

import re
from itertools import accumulate

from .blocks import Block, Box, Outline
from .vocabulary import fold, vocabulary

# A line of nothing but signs; an ellipsis alone says that something was left out.
_ORNAMENT = re.compile(r"^(?![….]+$)[\W_]+$")
# A box named as no article part is named misleadingly if it leaves the page less prose than this.
_MISNAMED = 60
# The inner box is taken if it holds nearly all that its surroundings weigh.
_NEARLY_ALL = 0.93


def hidden_boxes(page: Outline) -> list[bool]:
    """For each box whether it, or a box around it, is named or styled as no part of the article. An abstract is none
    unless nothing else could be the article: under a gallery's pictures it is all that the page says.
    """
    off = _hidden(page, leads=True)
    if any(box.lead for box in page.boxes):
        shown = sum(len(b.text) for b in page.blocks if b.prose and not off[b.box])
        off = _hidden(page, leads=False) if shown < _MISNAMED else off
    return off


def _hidden(page: Outline, *, leads: bool) -> list[bool]:
    prose = [0, *accumulate(len(b.text) if b.prose else 0 for b in page.blocks)]
    off: list[bool] = []
    for box in page.boxes:
        around = box.parent >= 0 and off[box.parent]
        share = prose[box.end] - prose[box.start]
        named = box.off or (leads and box.lead)
        off.append(around or (named and (not share or prose[-1] - share >= _MISNAMED)))
    return off


def weights(page: Outline, off: list[bool]) -> list[int]:
    """The weight of each block, about its number of characters; negative for what speaks against an article."""
    words = vocabulary()
    out = []
    for block in page.blocks:
        size = len(block.text)
        if off[block.box]:
            weight = -size // 2
        elif block.links * 2 > size:
            weight = -block.links - 5
        elif block.kind == "row":
            weight = size // 2
        elif block.prose:
            weight = size - 2 * block.links
            if size < 160:
                line = fold(block.text)
                if words.drop.match(line) or words.stop.match(line):
                    weight = -size
        elif size >= 25:
            weight = size // 3
        else:
            weight = size // 4 if page.boxes[block.box].tag == "p" else 0
        out.append(weight)
    return out


def heaviest(page: Outline, weight: list[int]) -> int:
    """The index of the box that holds the article, -1 where no box weighs anything."""
    total = [0, *accumulate(weight)]
    best, most = -1, 0
    for i, box in enumerate(page.boxes):
        score = total[box.end] - total[box.start]
        if score > 0 and score >= most:
            best, most = i, score
    if best < 0:
        return best
    for i in range(best + 1, len(page.boxes)):
        box = page.boxes[i]
        if box.start >= page.boxes[best].end and box.start > page.boxes[best].start:
            break
        score = total[box.end] - total[box.start]
        if score >= _NEARLY_ALL * most and box.end <= page.boxes[best].end:
            best = i
    return best


def lines_of(page: Outline, at: int, off: list[bool], weight: list[int]) -> list[Block]:
    """The blocks of box ``at`` that can be the article's: without its non-article boxes, link lists and lone links."""
    box = page.boxes[at]
    total = [0, *accumulate(weight)]
    dropped = [False] * (box.end - box.start)
    base_off = off[at]
    for i in range(at + 1, len(page.boxes)):
        inner = page.boxes[i]
        if inner.start >= box.end:
            break
        if inner.end > inner.start and ((off[i] and not base_off) or _only_links(page.blocks, inner, total)):
            dropped[inner.start - box.start : inner.end - box.start] = [True] * (inner.end - inner.start)
    return [
        block
        for block, drop in zip(page.blocks[box.start : box.end], dropped, strict=True)
        if not drop and block.links * 10 <= len(block.text) * 7 and not _ORNAMENT.match(block.text)
    ]


def _only_links(blocks: list[Block], box: Box, total: list[int]) -> bool:
    if total[box.end] - total[box.start] >= 0:
        return False
    inside = blocks[box.start : box.end]
    return sum(b.links for b in inside) * 2 > sum(len(b.text) for b in inside)
