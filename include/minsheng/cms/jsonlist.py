"""Lists as JSON: the answer of a search or catalogue service, or data that a page's script holds.

Met on UCAP sites (``/search/<channel>?_isJson=true&page=1``: ``data.results`` with ``url``, ``title``,
``publishedTimeStr``), in the disclosure platform of Guangdong (``/gkmlpt/api/all/5?page=1``: ``articles`` with
``display_publish_time``) and elsewhere under other names. So no name of a service is known here: an entry is an
object with the address of an article, a title and a date; the next page has the next number in the address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from minsheng.cms.base import Link, day_in
from minsheng.cms.html import LISTED_DAY, SPACES, absolute, asking
from minsheng.scripts import moment, objects

PAGE_NUMBER = re.compile(r"^(page|page_?no|page_?num|page_?index|current_?page|p)$", re.IGNORECASE)
TOTAL = re.compile(r"^(total|total_?(count|num|record|records|size|rows|hits)|count|record_?count)$", re.IGNORECASE)
DATED = re.compile(r"(publish|pub|release|issue|show|display|create|doc)?.*(time|date|day)", re.IGNORECASE)
ADDRESS = re.compile(r"^(https?:)?\.{0,2}/\S+$")
TAG = re.compile(r"<[^<>]{0,200}>")


def parsed(text: str) -> Any | None:
    """The JSON that a whole answer is; None for anything else."""
    if text.lstrip()[:1] not in {"{", "["}:
        return None
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def links(value: Any, url: str, is_article: Callable[[str], bool], day_of: Callable[[str], date | None]) -> list[Link]:
    """The articles that the objects within ``value`` name, in their order, each once."""
    found: dict[str, Link] = {}
    for entry in objects(value):
        texts = {key: item for key, item in entry.items() if isinstance(item, str)}
        addresses = (absolute(url, item) for item in texts.values() if ADDRESS.match(item))
        target = next((a for a in addresses if a is not None and is_article(a)), None)
        if target is not None and target not in found:
            title = next((item for key, item in texts.items() if "title" in key.lower()), "")
            found[target] = Link(target, SPACES.sub(" ", TAG.sub("", title)).strip(), _day(entry) or day_of(target))
    return list(found.values())


def following(value: Any, url: str) -> str | None:
    """The address of the page after this one: its number in the address, plus one, as long as the total that the
    answer tells goes beyond the entries up to here. None where either is missing.
    """
    asked = parse_qsl(urlsplit(url).query, keep_blank_values=True)
    number = next((int(v) for k, v in asked if PAGE_NUMBER.match(k) and v.isdecimal() and len(v) < 7), None)
    if number is None or not _goes_on(value, number):
        return None
    more = [(k, str(number + 1) if PAGE_NUMBER.match(k) and v == str(number) else v) for k, v in asked]
    return asking(url, more)


def following_body(value: Any, body: str) -> str | None:
    """The same for a POST of JSON, whose ``body`` holds the number of the page."""
    asked = json.loads(body)
    key = next((k for k, v in asked.items() if PAGE_NUMBER.match(k) and isinstance(v, int)), None)
    if key is None or not _goes_on(value, asked[key]):
        return None
    return json.dumps({**asked, key: asked[key] + 1}, ensure_ascii=False)


def _goes_on(value: Any, number: int) -> bool:
    """Whether the total that the answer tells goes beyond its page of that number."""
    told = (str(item) for entry in objects(value) for key, item in entry.items() if TOTAL.match(key))
    total = next((int(item) for item in told if item.isdecimal() and len(item) < 10), 0)
    lists = (item for entry in [{"": value}, *objects(value)] for item in entry.values() if isinstance(item, list))
    here = max((sum(isinstance(one, dict) for one in item) for item in lists), default=0)
    return here > 0 and number * here < total


def _day(entry: dict[str, Any]) -> date | None:
    """The day of the first field that is named after a time and holds one: those of publishing before others."""
    named = sorted((key for key in entry if DATED.match(key)), key=lambda key: "pub" not in key.lower())
    days = (_dated(entry[key]) for key in named)
    return next((day for day in days if day), None)


def _dated(value: Any) -> date | None:
    if isinstance(value, str) and (match := LISTED_DAY.search(value)):
        return day_in(match)
    at = moment(value)
    return at.date() if at else None
