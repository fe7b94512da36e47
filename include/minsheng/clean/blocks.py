"""A page as a flat list of text blocks in reading order, with the boxes of the page that hold them.

One walk over the lexbor tree, without recursion (pages nested 10 000 deep exist), yields everything that
finding the article, its headline and its date needs: a block is a paragraph, heading, list item, table row or
caption; a box is a block-level element with the range of blocks inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from .tables import table_lines
from .vocabulary import Vocabulary, vocabulary

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
_PREFORMATTED = frozenset(["pre", "listing", "xmp"])
_SECTIONS = frozenset(["nav", "footer", "aside"])
_KINDS = {f"h{i}": "heading" for i in range(1, 7)} | {"li": "item", "figcaption": "caption", "caption": "caption"}
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
_BREAK = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_SHORT = 150
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
        return len(self.text) >= 8 and self.links * 2 < len(self.text) and _SENTENCE.search(self.text) is not None


@dataclass(slots=True)
class Box:
    """An element that holds blocks ``start`` to ``end`` (exclusive). ``off`` says that it is named as no article
    part.
    """

    tag: str
    parent: int
    start: int
    end: int
    off: bool
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
    return " ".join((_BREAK.sub("", text) if "\n" in text else text).split())


def words_of(names: str) -> set[str]:
    """The words in class and id names: ``relatedNews hot_list`` gives related, news, hot, list (and each name
    whole).
    """
    return {w.lower() for w in _WORD.findall(names)} | set(names.lower().split())


class _Walk:
    """The state of one walk: the block being written, and the open boxes."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words
        self.outline = Outline()
        self.parts: list[str] = []
        self.links = 0
        self.bold = 0
        self.kind = "text"
        self.box = -1
        self.named: dict[str, tuple[bool, bool]] = {}

    def flush(self) -> None:
        """End the block being written, if it holds anything."""
        if self.parts:
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
        attributes = node.attributes
        off, caption = tag in _SECTIONS, False
        names = ""
        if attributes:
            names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
            if names:
                by_name = self.named.get(names)
                if by_name is None:
                    found = words_of(names)
                    by_name = (not found.isdisjoint(self.words.markup), not found.isdisjoint(self.words.markup_caption))
                    self.named[names] = by_name
                off, caption = off or by_name[0], by_name[1]
            style = attributes.get("style")
            off = off or "hidden" in attributes or bool(style and _HIDDEN.search(style))
        before = self.kind
        self.kind = "caption" if caption else _KINDS.get(tag, "text" if tag in {"div", "table"} else self.kind)
        at = len(self.outline.blocks)
        self.outline.boxes.append(Box(tag, self.box, at, at, off, names, node))
        self.box = len(self.outline.boxes) - 1
        return before

    def close(self, before: str) -> None:
        self.flush()
        box = self.outline.boxes[self.box]
        box.end = len(self.outline.blocks)
        self.box = box.parent
        self.kind = before

    def rows(self, lines: list[str]) -> None:
        self.flush()
        self.outline.blocks += [Block(line, "row", 0, self.box) for line in lines]


def outline(root: Any) -> Outline:
    """The blocks and boxes under a lexbor element, in reading order. Scripts, forms' controls and the like are
    left out.
    """
    walk = _Walk(vocabulary())
    stack: list[tuple[Any, str, int]] = [(root, "enter", 0)]
    while stack:
        node, step, depth = stack.pop()
        if step != "enter":
            walk.close(step)
            continue
        tag = node.tag
        if tag == "-text" and depth & 4:
            _text_of_lines(walk, node.text_content or "", depth)
            continue
        if tag == "-text":
            _text(walk, node.text_content or "", depth)
            continue
        if tag == "br":
            walk.flush()
            continue
        if tag is None or tag in SKIPPED or tag.startswith(("-", "!")):
            continue
        if tag == "img":
            walk.outline.images.append(len(walk.outline.blocks))
            continue
        if tag in _INLINE:
            depth |= (1 if tag == "a" else 0) | (2 if tag in ("b", "strong") else 0)
        else:
            depth |= 4 if tag in _PREFORMATTED else 0
            before = walk.open(node, tag)
            stack.append((node, before, depth))
            above = [block.text for block in walk.outline.blocks[-_ABOVE:]]
            lines = table_lines(node, above) if tag == "table" else None
            if lines is not None:
                walk.rows(lines)
                continue
        child = node.last_child
        while child is not None:
            stack.append((child, "enter", depth))
            child = child.prev
    walk.flush()
    return walk.outline


def _text_of_lines(walk: _Walk, text: str, depth: int) -> None:
    for i, line in enumerate(text.splitlines(keepends=True)):
        if i:
            walk.flush()
        _text(walk, line, depth)
    if text.endswith(("\n", "\r")):
        walk.flush()


def _text(walk: _Walk, text: str, depth: int) -> None:
    if text.isspace():
        if walk.parts:
            walk.parts.append(" ")
        return
    walk.parts.append(text)
    if depth:
        size = len(text.strip())
        if depth & 1:
            walk.links += size
        if depth & 2:
            walk.bold += size
