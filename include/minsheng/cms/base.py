"""What a CMS family offers, and the records it speaks in: ``Layout``, ``Link``, ``ListRequest``.

A family is a product that many government sites run on. It knows the shape of its addresses, how its
list pages go on and where an article stands in its pages, so that a site of a known family needs no
selector of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

LONGEST_URL = 2048  # no article has a longer address; patterns need not cope with one


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand in a site's pages while one design of it lasts: CSS selectors, tried in order.

    ``list_links`` matches the links of a list page or the boxes that hold them (none: the whole page).
    ``article_urls`` are regular expressions, searched in an address, that tell an article; groups named
    ``year``, ``month``, ``day`` give its date. Where there are none, the family's own hold.
    """

    family: str = "plain"
    title: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    editor: tuple[str, ...] = ()
    next_page: tuple[str, ...] = ()
    list_links: tuple[str, ...] = ()
    article_urls: tuple[str, ...] = ()

    def over(self, default: Layout) -> Layout:
        """These selectors first, then those of ``default``; links and addresses replace, for they narrow."""
        joined: dict[str, Any] = {}
        for f in fields(self):
            own, other = getattr(self, f.name), getattr(default, f.name)
            narrows = f.name in {"family", "list_links", "article_urls"}
            joined[f.name] = (own or other) if narrows else (*own, *(s for s in other if s not in own))
        return Layout(**joined)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry of a list page: an article's absolute address, its headline, and its day where the list says one.
    ``short`` is the month and the day where they stand there without a year: see ``with_years``.
    """

    url: str
    title: str
    day: date | None
    short: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ListRequest:
    """How to ask for a page of a list. ``form`` is the urlencoded body of a POST, ``json`` one of JSON."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: dict[str, str] | None = None
    json: str | None = None


class Family(Protocol):
    """What acquiring and cleaning ask of a family. All of it pure: bytes and addresses in, values out."""

    name: str
    layout: Layout

    def links(self, data: bytes, url: str, layout: Layout) -> list[Link]:
        """The articles that the list page ``data`` (fetched from ``url``) links to, in page order, each once."""
        ...

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:
        """How to ask for what comes after list page ``data``, the ``page``-th (from 1) of its list; None at its end."""
        ...

    def fillers(self, data: bytes, url: str) -> list[ListRequest]:
        """The requests with which the scripts of list page ``data`` fill it; none where its entries stand in it."""
        ...

    def day_of(self, url: str) -> date | None:
        """The day that an article's address names, if it names one."""
        ...

    def is_article(self, url: str) -> bool:
        """Whether an address has the shape of an article's in this family."""
        ...


def matches(patterns: Iterable[re.Pattern[str]], url: str) -> bool:
    """Whether one of the patterns is found in the address, with its query or without."""
    return any(p.search(shape) for p in patterns for shape in _shapes(url))


def first_day(patterns: Iterable[re.Pattern[str]], url: str) -> date | None:
    """The day that the first pattern with one finds in the address: its groups ``year``, ``month``, ``day``."""
    found = (day_in(p.search(shape)) for p in patterns for shape in _shapes(url))
    return next((day for day in found if day), None)


def day_in(match: re.Match[str] | None) -> date | None:
    """The day that a match's groups ``year``, ``month``, ``day`` name; None where they name no day of the calendar."""
    if match is None:
        return None
    groups = match.groupdict()
    try:
        return date(int(groups["year"]), int(groups["month"]), int(groups["day"]))
    except (KeyError, TypeError, ValueError):
        return None


@lru_cache(maxsize=256)  # asked once for the shape and once for the day
def _shapes(url: str) -> tuple[str, ...]:
    """Path, and path with query: what follows ``?`` may be the article's id or somebody's tracking."""
    try:
        parts = urlsplit(url) if len(url) <= LONGEST_URL else None
    except ValueError:
        parts = None
    if parts is None:
        return ()
    return (parts.path, f"{parts.path}?{parts.query}") if parts.query else (parts.path,)
