"""``look``: the first page of each of a source's lists, feeds and sitemaps, and some articles they lead to.

For a trial of the source against its live site. It goes the way of every other visit: through the guard, the hosts'
queues and robots.txt, into the archive and the conduct record of the day's unit, whose run later goes on from it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from minsheng import SHANGHAI
from minsheng.acquire import feeds
from minsheng.acquire.address import canonical
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.body import BadBody
from minsheng.acquire.entry import Entry
from minsheng.acquire.fetching import Candidate, fetch, visiting
from minsheng.acquire.job import Job
from minsheng.acquire.reading import ledger, payload, units_before
from minsheng.acquire.visit import Visitor
from minsheng.cms import FAMILIES, Link, ListRequest
from minsheng.cms.years import with_years
from minsheng.contracts import Page
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.sources import Source


@dataclass(frozen=True, slots=True)
class Listing:
    """A list page, feed or sitemap as it answered: ``data`` is None without a usable answer, ``links`` are the
    articles that it leads to; ``error`` says why it is no feed.
    """

    url: str
    entry: Entry
    data: bytes | None = None
    links: list[Link] = field(default_factory=list)
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """What the site showed: its listings, the articles visited, with their payloads where they have one, and the
    HTTP status of each robots.txt, by its address.
    """

    listings: list[Listing]
    articles: list[tuple[Page, Link, bytes | None]]
    robots: dict[str, int]


def look(source: Source, day: date, most: int, settings: Settings) -> Looked:
    """Visit the listings of ``source`` (no local folder) and ``most`` of the articles that stand first on them.

    Raises ``disk.Busy`` where another run holds the unit, OSError where the archive cannot be written.
    """
    with UnitArchive(source.id, day, settings) as unit:
        listings = asyncio.run(_listings(source, day, unit, settings))
        robots = {e.key: e.http_status for e in unit.entries if e.role == "robots" and e.http_status is not None}
    in_turn = chain.from_iterable(zip_longest(*(listing.links for listing in listings)))
    first = list({canonical(link.url): link for link in in_turn if link is not None}.items())[:most]
    wanted = [Candidate(link.url, link.day, link.title or None) for _, link in first]
    pages = {canonical(page.url): page for page in fetch(source, day, wanted, settings)}
    return Looked(listings, [(pages[key], link, _payload(pages[key], settings)) for key, link in first], robots)


def _payload(page: Page, settings: Settings) -> bytes | None:
    """What the page shows: of an unchanged one what an earlier unit archived; None where it shows nothing."""
    if page.outcome in ("new", "revised"):
        return payload(page, settings)
    days = units_before(page.source_id, page.logical_date, settings) if page.outcome == "unchanged" else []
    for day in [page.logical_date, *days]:
        for earlier in ledger(page.source_id, day, settings):
            same = (earlier.canonical_url, earlier.revision) == (page.canonical_url, page.revision)
            if same and earlier.outcome in ("new", "revised"):
                return payload(earlier, settings)
    return None


async def _listings(source: Source, day: date, unit: UnitArchive, settings: Settings) -> list[Listing]:
    async with visiting(source, unit, {}, settings) as visitor:
        found = []
        for today, yesterday in zip(source.list_pages(day), source.list_pages(day - timedelta(days=1)), strict=True):
            listing = await _list_page(source, day, ListRequest(today), visitor)
            if today != yesterday and not listing.links:  # a newspaper may have no edition of the day, or none yet
                listing = await _list_page(source, day, ListRequest(yesterday), visitor)
            found.append(listing)
        found += [await _list_page(source, day, post.request, visitor) for post in source.posts]
        return found + [await _feed(source, url, visitor, settings) for url in (*source.feeds, *source.sitemaps)]


async def _list_page(source: Source, day: date, request: ListRequest, visitor: Visitor) -> Listing:
    entry, data = await visitor.settle(Job(request.url, role="list", form=request.form, json=request.json))
    layout = source.layout(day)
    family, links = FAMILIES[layout.family], list[Link]()
    if data is not None:
        links += family.links(data, entry.url, layout)
        for filler in family.fillers(data, entry.url):
            filled, more = await visitor.settle(Job(filler.url, role="list", form=filler.form))
            links += family.links(more, filled.url, layout) if more is not None else []
    links = with_years(links, datetime.now(SHANGHAI).date())
    return Listing(request.url, entry, data, [link for link in links if source.is_article(link.url)])


async def _feed(source: Source, url: str, visitor: Visitor, settings: Settings) -> Listing:
    entry, data = await visitor.settle(Job(url, role="feed"))
    if data is None:
        return Listing(url, entry)
    try:
        found = feeds.read(data, url, settings.page_bytes)
    except (feeds.NotAFeed, BadBody) as error:
        return Listing(url, entry, data, error=str(error))
    return Listing(url, entry, data, [link for link in found.links if source.is_article(link.url)])
