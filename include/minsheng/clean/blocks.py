"""A page as a flat list of text blocks in reading order, with the boxes of the page that hold them.

One walk over the lexbor tree, without recursion (pages nested 10 000 deep exist), yields everything that
finding the article, its headline and its date needs: a block is a paragraph, heading, list item, table row or
caption; a box is a block-level element with the range of blocks inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from .tables import table_lines
from .vocabulary import vocabulary

SKIPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "svg", "canvas", "video", "audio", "object", "embed", "select",
    "option", "button", "textarea", "head", "title", "meta", "link", "input", "map", "math", "datalist", "progress",
    "marquee",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "nobr", "o:p", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time",
    "tt", "u", "var", "wbr", "st1:chsdate", "st1:chmetcnv", "img", "-text", "-comment",
})  # fmt: skip
_LINK, _BOLD, _LINES = 1, 2, 4
_INSIDE = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "pre": _LINES, "listing": _LINES, "xmp": _LINES}
_SECTIONS = frozenset(["nav", "footer", "aside"])
_KINDS = {f"h{i}": "heading" for i in range(1, 7)} | {
    "li": "item",
    "figcaption": "caption",
    "caption": "caption",
    "div": "text",
    "table": "text",
}
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_WIDE = re.compile("[\u3001-\u9fff\uff00-\uffef]")  # no space stands between two of them
_SHORT = 150
_LONGEST_CAPTION = 100
_LONGEST_NAMES = 1000
_ABOVE = 2  # blocks above a table that may name its units
_SENTENCE = re.compile("[。！？；…]|[，、：].{8}")


@dataclass(slots=True)
class Block:
    """``text`` in one line; ``links`` of its characters stand in links; ``box`` is the index of the innermost box."""

    text: str
    kind: str
    links: int
    box: int
    bold: bool = False
    parts: tuple[str, ...] = ()
    _prose: bool | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def said(self) -> str:
        """The text with two spaces where inline elements meet, for a short block: side by side they are several
        things.
        """
        apart = [text for part in self.parts if (text := tidy(part))]
        return "  ".join(apart) if len(apart) > 1 else self.text

    @property
    def prose(self) -> bool:
        """Whether it reads as part of a sentence."""
        if self._prose is None:  # asked for by everything that judges the page
            size = len(self.text)
            self._prose = size >= 8 and self.links * 2 < size and _SENTENCE.search(self.text) is not None
        return self._prose


@dataclass(slots=True)
class Box:
    """An element that holds blocks ``start`` to ``end`` (exclusive). ``off`` says that it is named as no article
    part, ``lead`` that it is named as an abstract, which is one where the article stands beside it.
    """

    tag: str
    parent: int
    start: int
    end: int
    off: bool
    lead: bool
    names: str
    node: Any


@dataclass(slots=True)
class Outline:
    """What the walk found. ``boxes[0]`` is the root of the walk."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    images: list[int] = field(default_factory=list)


def tidy(text: str) -> str:
    """White space as a browser shows it: runs are one space, a line break between two hanzi is none."""
    if "\n" not in text:
        return " ".join(text.split())
    out, joins = "", False
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if line:
            out += line if not out or (joins and _WIDE.match(line)) else " " + line
            joins = _WIDE.match(raw.rstrip(" \t")[-1]) is not None
    return out


@lru_cache(2048)
def words_of(names: str) -> frozenset[str]:
    """The words in class and id names: ``relatedNews hot_list`` gives related, news, hot, list (and each name
    whole).
    """
    return frozenset([*(w.lower() for w in _WORD.findall(names)), *names.lower().split()])


@lru_cache(2048)
def _by_name(names: str) -> tuple[bool, bool, bool]:
    """Whether class and id name no part of an article, an abstract of one, a caption."""
    found, words = words_of(names), vocabulary()
    off, lead, caption = (not found.isdisjoint(w) for w in (words.markup, words.markup_lead, words.markup_caption))
    return off, lead, caption


class _Walk:
    """The state of one walk: the block being written, and the open boxes."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.parts: list[str] = []
        self.links = 0
        self.bold = 0
        self.kind = "text"
        self.inside = 0
        self.box = -1

    def flush(self) -> None:
        """End the block being written, if it holds anything."""
        if not self.parts:
            return
        text = tidy("".join(self.parts))
        if text:
            bold = self.bold * 10 >= len(text) * 9
            parts = tuple(self.parts) if len(self.parts) > 1 and len(text) < _SHORT else ()
            self.outline.blocks.append(Block(text, self.kind, min(self.links, len(text)), self.box, bold, parts))
        self.parts.clear()
        self.links = self.bold = 0

    def open(self, node: Any, tag: str) -> str:
        """Begin a box; returns the kind of block that was being written, for ``close``."""
        self.flush()
        off, lead, caption = tag in _SECTIONS, False, False
        names = ""
        if attributes := node.attributes:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()[:_LONGEST_NAMES]
            if names:
                no_part, lead, caption = _by_name(names)
                off = off or no_part
            style = attributes.get("style")
            off = off or "hidden" in attributes or bool(style and _HIDDEN.search(style))
        before = self.kind
        if caption:
            self.kind = "caption"
        elif tag in _KINDS:
            self.kind = _KINDS[tag]
        at = len(self.outline.blocks)
        self.outline.boxes.append(Box(tag, self.box, at, at, off, lead, names, node))
        self.box = len(self.outline.boxes) - 1
        return before

    def close(self, before: str) -> None:
        """End the innermost box."""
        self.flush()
        box = self.outline.boxes[self.box]
        box.end = len(self.outline.blocks)
        self.box = box.parent
        self.kind = before

    def text(self, text: str) -> None:
        """Go on with the block being written."""
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        if self.inside:
            size = len(text.strip())
            self.links += size if self.inside & _LINK else 0
            self.bold += size if self.inside & _BOLD else 0

    def text_of_lines(self, text: str) -> None:
        """The same where line ends stand for themselves."""
        for i, line in enumerate(text.splitlines(keepends=True)):
            if i:
                self.flush()
            self.text(line)
        if text.endswith(("\n", "\r")):
            self.flush()

    def table(self, node: Any) -> bool:
        """Take a data table's rows; False for one that arranges the page."""
        lines = table_lines(node, [block.text for block in self.outline.blocks[-_ABOVE:]])
        if lines is not None:
            self.outline.blocks += [Block(line, "row", 0, self.box) for line in lines]
        return lines is not None


def outline(root: Any) -> Outline:
    """The blocks and boxes under a lexbor element, in reading order. Scripts, forms' controls and the like are
    left out.
    """
    walk = _Walk()
    # Elements to enter, and what is to be restored behind those that were: the kind of block where a box ends, else
    # what the walk was inside of.
    stack: list[Any] = [root]
    while stack:
        node = stack.pop()
        if node.__class__ is int:
            walk.inside = node
            continue
        if node.__class__ is str:
            walk.close(node)
            continue
        tag = node.tag
        if tag == "-text":
            (walk.text_of_lines if walk.inside & _LINES else walk.text)(node.text_content or "")
            continue
        if tag == "br":
            walk.flush()
            continue
        if tag is None or tag in SKIPPED or tag[0] in "-!":
            continue
        if tag == "img":
            walk.outline.images.append(len(walk.outline.blocks))
            continue
        if tag not in _INLINE:
            stack.append(walk.open(node, tag))
            if tag == "table" and walk.table(node):
                continue
        if tag in _INSIDE:
            stack.append(walk.inside)
            walk.inside |= _INSIDE[tag]
        child = node.last_child
        while child is not None:
            stack.append(child)
            child = child.prev
    walk.flush()
    _mark_captions(walk.outline)
    return walk.outline


def _mark_captions(page: Outline) -> None:
    """A line beside a picture that reads as what is said of one (图为…, … 摄) is its caption."""
    for place in page.images:
        for block in page.blocks[max(place - 1, 0) : place + 1]:
            if block.kind == "text" and len(block.text) <= _LONGEST_CAPTION and vocabulary().caption.match(block.text):
                block.kind = "caption"
