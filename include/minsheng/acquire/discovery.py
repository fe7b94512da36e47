"""``discover``: the articles of a unit, from list pages, feeds, sitemaps and what earlier units knew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from minsheng.acquire import feeds, local
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.body import BadBody
from minsheng.acquire.entry import Entry
from minsheng.acquire.fetching import Candidate, visiting
from minsheng.acquire.job import Job
from minsheng.acquire.judge import closed_door
from minsheng.acquire.visit import Visitor
from minsheng.acquire.walk import Walk
from minsheng.cms import FAMILIES, Family, Link, ListRequest, jsonlist
from minsheng.cms.html import decode
from minsheng.contracts import Outcome
from minsheng.settings import SHANGHAI, Settings

if TYPE_CHECKING:
    from minsheng.sources import Source

MAX_LIST_PAGES = 1000
MAX_UNDATED_PAGES = 3
MAX_SITEMAPS = 50


@dataclass(slots=True)
class Discovery:
    """The articles that a unit is to visit, and what did not go well while they were sought."""

    candidates: list[Candidate] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


_STORED = TypeAdapter(Discovery)


def discover(source: Source, logical_date: date, settings: Settings) -> Discovery:
    """The articles listed on ``logical_date`` or without a date; and, to see revisions and deletions, those of the
    ``recheck_days`` before it, whether they are still listed or only earlier units knew them. None of a later day.

    A discovery that went well once the day was over is kept in the unit's archive, and a rerun gives the same; one
    with alarms, or of a day that was not over, is made again. List pages are archived. Raises ``storage.Busy``,
    OSError, as ``fetch`` does.
    """
    with UnitArchive(source.id, logical_date, settings) as unit:
        if source.folder is None and (kept := _kept(unit, logical_date)) is not None:
            return kept
        walk = Walk(source, logical_date, settings)
        if source.folder is not None:
            _in_folder(walk, source, settings)
        else:
            asyncio.run(_walk_site(walk, unit))
        walk.add_known_earlier()
        found = Discovery(list(walk.found.values()), walk.outcomes)
        if not found.outcomes and source.folder is None:
            note = _STORED.dump_json(found).decode()
            unit.append(
                Entry(role="discovery", url=f"urn:minsheng:{source.id}", started_at=datetime.now(UTC), note=note)
            )
        return found


def _kept(unit: UnitArchive, logical_date: date) -> Discovery | None:
    """What an earlier run of the unit found, if the day was over by then."""
    for entry in reversed(unit.entries):
        if entry.role == "discovery" and entry.note and entry.started_at.astimezone(SHANGHAI).date() > logical_date:
            return _STORED.validate_json(entry.note)
    return None


def _in_folder(walk: Walk, source: Source, settings: Settings) -> None:
    folder = source.directory(settings)
    assert folder is not None
    try:
        walk.add(Link(url, "", None) for url in local.files_in(folder))
    except OSError as error:
        walk.alarm(str(folder), "no_folder", str(error))


async def _walk_site(walk: Walk, unit: UnitArchive) -> None:
    source = walk.source
    async with visiting(source, unit, {}, walk.settings) as visitor:
        span = (walk.logical_date - timedelta(days=n) for n in range(walk.settings.recheck_days + 1))
        for url in dict.fromkeys(url for day in span for url in source.list_pages(day)):
            await _walk_list(walk, visitor, ListRequest(url))
        for post in source.posts:
            await _walk_list(walk, visitor, post.request)
        pending = [*source.feeds, *source.sitemaps]
        for url in pending:
            if len(pending) > MAX_SITEMAPS:
                walk.alarm(url, "too_many_sitemaps", f"more than {MAX_SITEMAPS} feeds and sitemaps")
                del pending[MAX_SITEMAPS:]
            pending += [u for u in await _read_feed(walk, visitor, url) if u not in pending]


@dataclass(frozen=True, slots=True)
class _Listed:
    """A list page: its bytes, the articles it links to, the days it gives them; whether it is a recent copy."""

    data: bytes
    links: list[Link]
    days: list[date]
    copy: bool = False


async def _walk_list(walk: Walk, visitor: Visitor, first: ListRequest, *, fills: bool = False) -> int:
    """Page through a list until its entries are older than the span; returns how many articles it linked to.

    A list in order ends at the first page that is older throughout. Where some page was out of order (articles
    pinned to the top, or no order at all) two such pages in a row are wanted. A page that scripts fill is walked
    with each of the lists that they ask for (``fills``: one of these).
    """
    family = FAMILIES[walk.source.layout(datetime.now(SHANGHAI).date()).family]
    request: ListRequest | None = first
    in_order, older, undated, copies, asked, linked = True, 0, 0, True, set[str](), 0
    for page in range(1, MAX_LIST_PAGES + 1):
        if request is None or (mark := f"{request.url} {request.form} {request.json}") in asked:
            return linked
        asked.add(mark)
        listed = (await _copied(walk, request, page) if copies else None) or await _fetched(
            walk, visitor, request, page
        )
        if listed is None:
            return linked
        if page == 1 and not fills:
            for filler in family.fillers(listed.data, request.url):
                linked += await _walk_list(walk, visitor, filler, fills=True)
        if not listed.links:
            if page == 1 and not fills and not linked:
                _nothing_found(walk, listed.data, request.url)
            return linked
        linked += len(listed.links)
        copies, fresh = listed.copy, walk.add(listed.links)
        in_order &= listed.days == sorted(listed.days, reverse=True)
        older = older + 1 if listed.days and max(listed.days) < walk.horizon else 0
        undated += not listed.days
        if older >= (1 if in_order else 2) or undated >= MAX_UNDATED_PAGES or not (listed.days or fresh):
            return linked
        request = _following(family, listed.data, request, page)
    walk.alarm(first.url, "list_too_long", f"no end within {MAX_LIST_PAGES} list pages")
    return linked


def _following(family: Family, data: bytes, request: ListRequest, page: int) -> ListRequest | None:
    if request.json is None:
        return family.following(data, request.url, page)
    body = jsonlist.following_body(jsonlist.parsed(decode(data)), request.json)
    return None if body is None else replace(request, json=body)


async def _parsed(walk: Walk, data: bytes, url: str, *, copy: bool) -> _Listed:
    layout = walk.source.layout(datetime.now(SHANGHAI).date())
    found = await asyncio.to_thread(FAMILIES[layout.family].links, data, url, layout)
    links = [link for link in found if walk.source.is_article(link.url)]
    return _Listed(data, links, [d for link in links if (d := link.day or walk.source.day_of(link.url))], copy)


async def _copied(walk: Walk, request: ListRequest, page: int) -> _Listed | None:
    """The page as another unit of the source fetched it lately: where its list goes beyond the day, it is complete."""
    data = walk.recent.get(request.url) if request.method == "GET" else None
    if data is None:
        return None
    listed = await _parsed(walk, data, request.url, copy=True)
    return listed if page > 1 or max(listed.days, default=date.min) > walk.logical_date else None


async def _fetched(walk: Walk, visitor: Visitor, request: ListRequest, page: int) -> _Listed | None:
    """The page, asked for; None where there is no such page (a later page that is not there is the list's end)."""
    entry, data = await visitor.settle(Job(request.url, role="list", form=request.form, json=request.json))
    if data is None:
        if not (page > 1 and entry.http_status in (404, 410)):
            reason = entry.outcome if entry.outcome == "refused" else "list_failed"
            walk.alarm(request.url, reason, entry.error or f"HTTP {entry.http_status}")
        return None
    if (door := closed_door(data)) is not None:
        walk.alarm(request.url, "blocked", door)
        return None
    listed = await _parsed(walk, data, request.url, copy=False)
    if listed.links and request.method == "GET" and entry.url == request.url:
        walk.recent.keep(request.url, entry)
    return listed


def _nothing_found(walk: Walk, data: bytes, url: str) -> None:
    if data.count(b"<") < 2:
        walk.alarm(url, "list_empty", f"{len(data)} bytes without markup")
    elif not _may_be_empty(walk, url):
        walk.alarm(url, "layout_changed", f"no article found in {len(data)} bytes of list page")


def _may_be_empty(walk: Walk, url: str) -> bool:
    """A newspaper's edition of a day has a list of its own, and none on days without an edition."""
    return url not in {*walk.source.lists, *(post.url for post in walk.source.posts)}


async def _read_feed(walk: Walk, visitor: Visitor, url: str) -> list[str]:
    """Take the feed's or sitemap's entries; returns the further sitemaps to read."""
    entry, data = await visitor.settle(Job(url, role="feed"))
    if data is None:
        walk.alarm(url, "feed_failed", entry.error or f"HTTP {entry.http_status}")
        return []
    try:
        feed = await asyncio.to_thread(feeds.read, data, url, walk.settings.page_bytes)
    except (feeds.NotAFeed, BadBody) as error:
        walk.alarm(url, "layout_changed", str(error))
        return []
    walk.add(link for link in feed.links if walk.source.is_article(link.url))
    return [s.url for s in feed.sitemaps if s.day is None or s.day >= walk.horizon]
