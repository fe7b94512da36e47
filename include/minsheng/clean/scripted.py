"""Articles that a page holds as JSON in a script, for the script to show: app pages of portals, server-side state.

Of all objects in the page's scripts the one with the longest text in sentences is the article; its headline, date and
source are what stands beside that text under keys named so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from minsheng import scripts

from .blocks import Block, outline
from .extract import Candidate
from .textfile import lines_of

_TAGGED = re.compile(r"<(?:p|br|div|span|section)[\s/>]", re.I)
_TITLE = re.compile(r"title$|headline$", re.I)
_SOURCE = re.compile(r"^(?:\w*source(?:_?name)?|origin|media(?:_?name)?)$", re.I)
_DATE = re.compile(
    r"(?:pub\w*|publish\w*|release\w*|issue\w*|create\w*|show\w*)_?(?:time|date|at)$|^(?:time|date)$", re.I
)
_MOST_TEXTS = 3  # under one key: the article, and others named beside it
_SHORTEST = 60


@dataclass(slots=True)
class Held:
    """An article in a script: ``around`` are its date and source as label lines."""

    found: Candidate
    title: str = ""
    around: list[str] = field(default_factory=list)


def held(markup: str) -> Held | None:
    """The article that the page's scripts hold; None where none of them holds one that could be one."""
    items = scripts.objects(list(scripts.in_scripts(markup)), scripts.MOST_NODES)
    texts = [(text.count("。"), len(text), key, text, item) for item in items for key, text in _texts(item)]
    if not texts:
        return None
    *_, key, text, item = max(texts, key=lambda found: found[:2])
    if sum(other == key for _, _, other, _, _ in texts) > _MOST_TEXTS:  # a list whose entries are given whole
        return None
    found = Candidate("script", _lines(text))
    if not found.holds_up:
        return None
    source = _beside(item, _SOURCE)
    around = [part for part in (_day(item), f"来源：{source}" if source else "") if part]
    return Held(found, _beside(item, _TITLE), around)


def _texts(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What may be an article among the values of an object, with its key."""
    for key, value in item.items():
        if isinstance(value, str) and len(value) >= _SHORTEST and "。" in value:
            yield key, value


def _lines(text: str) -> list[Block]:
    if not _TAGGED.search(text):
        return lines_of(text)
    root = LexborHTMLParser(text).body
    return outline(root).blocks if root is not None else []


def _beside(item: dict[str, Any], key: re.Pattern[str]) -> str:
    """The first short string whose key the pattern finds."""
    found = (v.strip() for k, v in item.items() if key.search(k) and isinstance(v, str))
    return next((v for v in found if 1 < len(v) <= 120), "")


def _day(item: dict[str, Any]) -> str:
    """The date beside the text as a page would write it; seconds and milliseconds since 1970 are read, too."""
    for name, value in item.items():
        if not _DATE.search(name):
            continue
        if (at := scripts.moment(value)) is not None:
            return at.strftime("%Y-%m-%d %H:%M:%S")
        if isinstance(value, str) and not value.isdecimal():
            return value
    return ""
