"""What stands around and inside an article's text and is not of it: headline, bylines, prompts, links, notices."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from .blocks import Block
from .labels import DAYS, Labels, about_article
from .people import byline
from .vocabulary import fold, vocabulary

_NOT_WORD = re.compile(r"[\W_]+")
_HEAD_LINES = 16
_TITLE_LINES = 4
_LONGEST_NOTE = 170
_ENOUGH = 60  # characters of prose after which a closing word may close the article
_APART = re.compile(r"[\s\[\]【】()|]+")
_SIGN = re.compile(r"(?:[^\w“”‘’\"'（(\[【《<「『、])+")  # an arrow, star or emoji before a prompt
_STRAY = re.compile(r"^[\W_]*$")
CAPTION_MARK = "【图】"


@dataclass(slots=True)
class Trimmed:
    """The article's own lines, by index into the input, and what the lines taken away said."""

    kept: list[int] = field(default_factory=list)
    head: list[Labels] = field(default_factory=list)
    tail: list[Labels] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    subtitle: str | None = None


def key(text: str) -> str:
    """A headline as it is compared: width, case, punctuation and white space folded away."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def trim(lines: list[Block], title: str) -> Trimmed:
    """Which lines are the article's. ``title`` (may be empty) is taken off the head with all above it."""
    out = Trimmed()
    start = _head(lines, key(title), out)
    _middle(lines, start, out)
    _tail(lines, out)
    return out


def _head(lines: list[Block], title: str, out: Trimmed) -> int:
    """Skip headline, subtitle, label lines and controls above the text; returns where the text starts."""
    start = 0
    for i, block in enumerate(lines[:_HEAD_LINES]):
        if title and i >= start and (shown := _shows(lines, i, title)):
            out.head += [labels for b in lines[start:i] if (labels := about_article(b.text))]
            start = i + shown
        elif block.prose and len(block.text) > _ENOUGH and about_article(block.text) is None:
            break
    while start < len(lines):
        text = lines[start].text
        found = about_article(text)
        names = byline(text)
        if found is not None:
            out.head.append(found)
        elif names:
            out.authors += names
        elif text.startswith(("——", "--", "—")) and len(text) <= 60 and out.subtitle is None and not out.authors:
            out.subtitle = text.strip("—- ")
        elif not noise(text) and not _STRAY.match(text):
            break
        start += 1
    return start


def _shows(lines: list[Block], at: int, title: str) -> int:
    """How many lines from ``at`` on are the headline (it may be set over several, or have a mark before it); 0:
    none.
    """
    text = ""
    for n, block in enumerate(lines[at : at + _TITLE_LINES], 1):
        text += key(block.text)
        if text == title or (n == 1 and len(text) <= len(title) + 6 and text.endswith(title)):
            return n
        if not title.startswith(text):
            return 0
    return 0


@lru_cache(4096)
def noise(text: str) -> bool:
    """Whether a line is a control of the page, a prompt or a notice."""
    if len(text) > _LONGEST_NOTE:
        return False
    words, line = vocabulary(), fold(text)
    if line in words.control or words.drop.match(line) is not None:
        return True
    if (sign := _SIGN.match(line)) is not None and words.drop.match(line[sign.end() :]) is not None:
        return True
    parts = [part for part in _APART.split(line) if part]
    return parts not in ([], [line]) and all(p in words.control or _STRAY.match(p) for p in parts)


def _middle(lines: list[Block], start: int, out: Trimmed) -> None:
    words = vocabulary()
    left = sum(len(b.text) for b in lines[start:] if b.prose)
    passed = 0
    for i in range(start, len(lines)):
        block = lines[i]
        size = len(block.text) if block.prose else 0
        passed, left = passed + size, left - size
        if len(block.text) <= _LONGEST_NOTE:
            line = fold(block.text)
            if words.stop.match(line) and passed - size >= _ENOUGH:
                out.tail += [labels for b in lines[i : i + 8] if (labels := about_article(b.text))]
                return
            if words.end.match(line) and passed > left:
                return
            if words.end.match(line) or words.stop.match(line) or noise(block.text):
                continue
            found = about_article(block.text)
            if found and any(role in ("label_editor", "label_original", "label_place") for role, _ in found.values):
                out.tail.append(found)
                continue
        out.kept.append(i)


def _tail(lines: list[Block], out: Trimmed) -> None:
    """Take bylines and label lines off the end; a date alone is the article's own (documents are signed with one)."""
    while out.kept:
        text = lines[out.kept[-1]].text
        found = about_article(text)
        names = byline(text, last=True)
        if names:
            out.authors += names
        elif found is not None and found.values and DAYS.keys().isdisjoint(r for r, _ in found.values):
            out.tail.append(found)
        elif not _STRAY.match(text) or text.startswith("…"):
            return
        out.kept.pop()
