"""``walk_list``: a list, page after page, until it is older than the days that its unit visits.

A list that gives less than it must, as far as that can be told, is an alarm and no success.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from minsheng import SHANGHAI
from minsheng.acquire.job import Job
from minsheng.acquire.judge import closed_door
from minsheng.acquire.visit import Visitor
from minsheng.acquire.walk import Walk
from minsheng.cms import FAMILIES, Family, Link, ListRequest, jsonlist
from minsheng.cms.html import decode
from minsheng.cms.years import latest_after, with_years

MAX_LIST_PAGES = 1000
MAX_UNDATED_PAGES = 3
MUCH_LESS = 4  # a list that gives less than a fourth of what it gave is not the list that it was
FEW = 2  # as many old articles, and no page after them, may as well stand in the foot of any page


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list page: its bytes, the articles it links to, those that no page of the list before it did; how the list
    goes on; whether it is a recent copy.
    """

    data: bytes
    links: list[Link]
    first_seen: list[Link]
    following: ListRequest | None
    copy: bool = False


@dataclass(slots=True)
class _Progress:
    """How far the walk of one list has come: the day of each article it has linked to, how late the next may be,
    whether it is in order so far, how many pages in a row were older than the span, how many have had no day, and
    whether the last one had nothing new at all.
    """

    latest: date
    seen: dict[str, date | None] = field(default_factory=dict)
    in_order: bool = True
    older: int = 0
    undated: int = 0
    exhausted: bool = False

    def dated(self, links: list[Link], walk: Walk) -> list[Link]:
        """The links of the next page with their days. What stands beside the list on every page was seen on an
        earlier one: the day it had there holds, unless the order of the list now makes it later.
        """
        found = []
        for link in with_years(links, self.latest):
            days = (link.day or walk.source.day_of(link.url), self.seen.get(link.url))
            found.append(replace(link, day=max((day for day in days if day is not None), default=None)))
        return found

    def take(self, page: _Listed, walk: Walk) -> None:
        """Go on by a page."""
        days = [link.day for link in page.first_seen if link.day is not None]
        fresh = walk.add(page.links)
        self.latest = latest_after(page.first_seen, self.latest)
        self.seen |= {link.url: link.day for link in page.links}
        self.in_order &= days == sorted(days, reverse=True)
        self.older = self.older + 1 if days and max(days) < walk.horizon else 0
        self.undated += not days
        self.exhausted = not days and not fresh

    @property
    def is_over(self) -> bool:
        """Whether no page after this one is of use. A list in order ends at the first page that is older throughout.
        Where some page was out of order (articles pinned to the top, or no order at all) two in a row are wanted.
        """
        older = self.older >= (1 if self.in_order else 2)
        return older or self.exhausted or self.undated >= MAX_UNDATED_PAGES


async def walk_list(walk: Walk, visitor: Visitor, first: ListRequest, *, fills: bool = False) -> int:
    """Page through a list until its entries are older than the span; returns how many articles it linked to.

    A page that scripts fill is walked with each of the lists that they ask for (``fills``: one of these).
    """
    family = FAMILIES[walk.source.layout(datetime.now(SHANGHAI).date()).family]
    request: ListRequest | None = first
    progress, copies, filled, asked = _Progress(datetime.now(SHANGHAI).date()), True, 0, set[str]()
    alarms = len(walk.outcomes)
    for page in range(1, MAX_LIST_PAGES + 1):
        if request is None or _name(request) in asked:
            break
        asked.add(_name(request))
        listed = await _copied(walk, progress, family, request, page) if copies else None
        listed = listed or await _fetched(walk, progress, family, visitor, request, page)
        if listed is None:
            break
        if page == 1 and not fills:
            for filler in family.fillers(listed.data, request.url):
                filled += await walk_list(walk, visitor, filler, fills=True)
        if not listed.links:
            if page == 1 and not fills and not filled:
                _nothing_found(walk, listed.data, request.url)
            break
        copies = listed.copy
        progress.take(listed, walk)
        if progress.is_over:
            break
        request = listed.following
    else:
        walk.alarm(first.url, "list_too_long", f"no end within {MAX_LIST_PAGES} list pages")
    if not filled and len(walk.outcomes) == alarms:
        _look_back(walk, progress, first.url)
    return filled + len(progress.seen)


def _name(request: ListRequest) -> str:
    """What tells a request from others; of one that is no POST, its address."""
    return request.url if request.method == "GET" else f"{request.url} {request.form} {request.json}"


def _following(family: Family, data: bytes, request: ListRequest, page: int) -> ListRequest | None:
    if request.json is None:
        return family.following(data, request.url, page)
    body = jsonlist.following_body(jsonlist.parsed(decode(data)), request.json)
    return None if body is None else replace(request, json=body)


async def _parsed(
    walk: Walk, progress: _Progress, family: Family, data: bytes, request: ListRequest, page: int, *, copy: bool
) -> _Listed:
    layout = walk.source.layout(datetime.now(SHANGHAI).date())
    found = await asyncio.to_thread(family.links, data, request.url, layout)
    links = progress.dated([link for link in found if walk.source.is_article(link.url)], walk)
    first_seen = [link for link in links if link.url not in progress.seen]
    return _Listed(data, links, first_seen, _following(family, data, request, page), copy)


async def _copied(walk: Walk, progress: _Progress, family: Family, request: ListRequest, page: int) -> _Listed | None:
    """The page as another unit of the source fetched it lately: where its list goes beyond the day, it is complete."""
    data = walk.recent.get(request.url) if request.method == "GET" else None
    if data is None:
        return None
    listed = await _parsed(walk, progress, family, data, request, page, copy=True)
    newest = max((link.day for link in listed.links if link.day is not None), default=date.min)
    return listed if page > 1 or newest > walk.logical_date else None


async def _fetched(
    walk: Walk, progress: _Progress, family: Family, visitor: Visitor, request: ListRequest, page: int
) -> _Listed | None:
    """The page, asked for; None where there is no such page (a later page that is not there is the list's end)."""
    entry, data = await visitor.settle(Job(request.url, role="list", form=request.form, json=request.json))
    if data is None:
        if not (page > 1 and entry.http_status in (404, 410)):
            reason = entry.outcome if entry.outcome == "refused" else "list_failed"
            walk.alarm(request.url, reason, entry.error or f"HTTP {entry.http_status}")
        return None
    listed = await _parsed(walk, progress, family, data, request, page, copy=False)
    listing = listed.links or family.fillers(data, request.url)
    if not listing and (door := closed_door(data)) is not None:
        walk.alarm(request.url, "blocked", door)
        return None
    if page == 1 and (changed := _changed(walk, request, listed)) is not None:
        walk.alarm(request.url, "layout_changed", changed)
    elif listed.links:
        as_asked = request.method == "GET" and entry.url == request.url
        walk.recent.keep(_name(request), entry if as_asked else None, len(listed.links))
    return listed


def _changed(walk: Walk, request: ListRequest, listed: _Listed) -> str | None:
    """What says that a list's first page, which links to some articles, is not the list that it was."""
    count = len(listed.links)
    size = f"in {len(listed.data)} bytes of list page"
    if 0 < count * MUCH_LESS < (usual := walk.recent.usual(_name(request))):
        return f"{count} articles found {size} that had {usual}"
    old = all(link.day is not None and link.day < walk.horizon for link in listed.links)
    if 0 < count <= FEW and old and listed.following is None and not _may_be_empty(walk, request.url):
        return f"only {count} old articles found {size}"
    return None


def _nothing_found(walk: Walk, data: bytes, url: str) -> None:
    if data.count(b"<") < 2:
        walk.alarm(url, "list_empty", f"{len(data)} bytes without markup")
    elif not _may_be_empty(walk, url):
        walk.alarm(url, "layout_changed", f"no article found in {len(data)} bytes of list page")


def _may_be_empty(walk: Walk, url: str) -> bool:
    """A newspaper's edition of a day has a list of its own, and none on days without an edition."""
    return url not in {*walk.source.lists, *(post.url for post in walk.source.posts)}


def _look_back(walk: Walk, progress: _Progress, url: str) -> None:
    """Whether the walk of a list that went well has come to the unit's day at all."""
    days = [day for day in progress.seen.values() if day is not None]
    if days and min(days) > walk.logical_date:
        walk.alarm(url, "span_not_reached", f"the list ends with {min(days)}, {walk.logical_date} is before that")
    elif progress.seen and not days and walk.is_past:
        count = len(progress.seen)
        walk.alarm(url, "undated", f"none of {count} articles tells its day: any of {walk.logical_date} is not known")
