"""JSON that a page holds for its scripts: the values, the objects within them, the times among those.

Portals leave the entries of a list, or a whole article, to a script that shows them: ``var list = [{…}]``,
``load({…})``, ``<script type="application/json">{…}``.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from minsheng import SHANGHAI

MOST_NODES = 20_000  # objects and arrays of a page's scripts that are looked at
_MOST_CHARS = 2_000_000  # of scripts that are read
_MOST_TRIES = 20  # places in one script where JSON may begin
_STARTS = re.compile(r"(?:=|\(|^)\s*(?=[\[{])")
_UNDEFINED = re.compile(r"(?<=[:,\[])\s*undefined(?=\s*[,}\]])")


def in_scripts(markup: str) -> Iterator[Any]:
    """The JSON values that the scripts of a page are, assign or are called with, in the order of the page."""
    left = _MOST_CHARS
    for script in LexborHTMLParser(markup).css("script"):
        code = script.text()
        left -= len(code)
        if left < 0:
            return
        yield from _values(_UNDEFINED.sub("null", code))


def _values(code: str) -> Iterator[Any]:
    decode, at = json.JSONDecoder().raw_decode, 0
    for _ in range(_MOST_TRIES):
        start = _STARTS.search(code, at)
        if start is None:
            return
        try:
            value, at = decode(code, start.end())
        except (ValueError, RecursionError):
            at = start.end() + 1
        else:
            yield value


def objects(value: Any, most: int = sys.maxsize) -> Iterator[dict[str, Any]]:
    """Every object within a value of JSON, outer before inner, in the order of the text.

    After ``most`` objects and arrays it ends.
    """
    pending = [value]
    while pending and most:
        item = pending.pop()
        most -= 1
        if isinstance(item, dict):
            yield item
            pending += reversed([v for v in item.values() if isinstance(v, dict | list)])
        elif isinstance(item, list):
            pending += reversed([v for v in item if isinstance(v, dict | list)])


def moment(value: Any) -> datetime | None:
    """The time that a count of seconds or milliseconds since 1970 names, written as a number or as its digits.

    None for anything else: a count of ten (thirteen) digits is a time from September 2001 on; another is an id, or a
    date without its strokes.
    """
    digits = str(value) if isinstance(value, int | str) else ""
    if not (digits.isascii() and digits.isdecimal()) or len(digits) not in (10, 13):
        return None
    return datetime.fromtimestamp(int(digits[:10]), SHANGHAI)
