"""``discover``: the articles of a unit, from list pages, feeds, sitemaps and what earlier units knew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from minsheng import SHANGHAI
from minsheng.acquire import feeds, local
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.body import BadBody
from minsheng.acquire.entry import Entry
from minsheng.acquire.fetching import Candidate, visiting
from minsheng.acquire.job import Job
from minsheng.acquire.paging import walk_list
from minsheng.acquire.visit import Visitor
from minsheng.acquire.walk import Walk
from minsheng.cms import Link, ListRequest
from minsheng.contracts import Outcome
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.sources import Source

MAX_SITEMAPS = 50


@dataclass(slots=True)
class Discovery:
    """The articles that a unit is to visit, and what did not go well while they were sought."""

    candidates: list[Candidate] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


_STORED = TypeAdapter(Discovery)


def discover(source: Source, logical_date: date, settings: Settings) -> Discovery:
    """The articles listed on ``logical_date``; and, to see revisions and deletions, those of the ``recheck_days``
    before it, whether they are still listed or only earlier units knew them. None of a later day. What lists show
    without a day is of a day that is just over, and of no day of long ago.

    A discovery that went well once the day was over is kept in the unit's archive, and a rerun gives the same; one
    with alarms, or of a day that was not over, is made again. List pages are archived. Raises ``disk.Busy``,
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
            await walk_list(walk, visitor, ListRequest(url))
        for post in source.posts:
            await walk_list(walk, visitor, post.request)
        pending = [*source.feeds, *source.sitemaps]
        for url in pending:
            if len(pending) > MAX_SITEMAPS:
                walk.alarm(url, "too_many_sitemaps", f"more than {MAX_SITEMAPS} feeds and sitemaps")
                del pending[MAX_SITEMAPS:]
            pending += [u for u in await _read_feed(walk, visitor, url) if u not in pending]


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
