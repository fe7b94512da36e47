"""``fetch``: every candidate of a unit visited once, each host in its own queue."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from minsheng import SHANGHAI
from minsheng.acquire import local
from minsheng.acquire.address import canonical, netloc
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.courier import Courier
from minsheng.acquire.entry import KEPT, SETTLED, Entry, captures_of
from minsheng.acquire.job import Job
from minsheng.acquire.parts import follow
from minsheng.acquire.reading import pages_of, read_entries, units_before, visits_of
from minsheng.acquire.visit import Visitor
from minsheng.contracts import Page
from minsheng.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from minsheng.sources import Source


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article to visit: its address, the day its list gives (None: none), its headline there."""

    url: str
    day: date | None = None
    title: str | None = None


def fetch(source: Source, logical_date: date, candidates: Iterable[Candidate], settings: Settings) -> list[Page]:
    """Visit the candidates politely and archive every answer; returns all pages of the unit, whatever became of them.

    What the unit's archive holds already is not asked for again. Raises ``disk.Busy`` where another run holds
    the unit, OSError where the archive cannot be written.
    """
    wanted = list(candidates)
    with UnitArchive(source.id, logical_date, settings) as unit:
        earlier, parts = captures_before(source.id, logical_date, [c.day for c in wanted], settings)
        if source.folder is not None:
            local.fetch_files([c.url for c in wanted], unit, earlier, settings)
        else:
            asyncio.run(_fetch(source, unit, wanted, earlier, parts, settings))
        return [entry.page(source.id, logical_date) for entry in visits_of(unit.entries)]


def captures_before(
    source_id: str, logical_date: date, days: list[date | None], settings: Settings
) -> tuple[dict[str, Entry], dict[str, Entry]]:
    """The latest capture of each address by an earlier unit: pages, and further pages of articles. No page is captured
    before the day its list gives, so with ``days`` all known the search ends at the first of them.
    """
    known: dict[str, Entry] = {}
    parts: dict[str, Entry] = {}
    first = date.min if None in days else min((d for d in days if d is not None), default=date.max)
    for day in units_before(source_id, logical_date, settings):
        if day < first:
            break
        entries = read_entries(source_id, day, settings)
        for key, entry in captures_of(pages_of(entries).values()).items():
            known.setdefault(key, entry)
        for entry in reversed(entries):
            if entry.role == "part" and entry.outcome in KEPT:
                parts.setdefault(entry.key, entry)
    return known, parts


@asynccontextmanager
async def visiting(
    source: Source, unit: UnitArchive, earlier: dict[str, Entry], settings: Settings
) -> AsyncIterator[Visitor]:
    """A visitor to the source, its connections open."""
    from minsheng.clean import next_page  # a parser, which reading the ledger does without

    fronts = frozenset(canonical(url) for url in (source.home, *source.lists) if url)
    layout = source.layout(datetime.now(SHANGHAI).date())
    async with Courier(settings, source.delay, source.hours) as courier:
        yield Visitor(settings, source.hosts, unit, courier, earlier, fronts, partial(next_page, layout=layout))


async def _fetch(
    source: Source,
    unit: UnitArchive,
    wanted: list[Candidate],
    earlier: dict[str, Entry],
    parts: dict[str, Entry],
    settings: Settings,
) -> None:
    settled = {key for key, entry in unit.pages.items() if entry.outcome in SETTLED}
    queues: dict[str, deque[Job]] = defaultdict(deque)
    for entry in unit.pages.values():
        if entry.following is not None:  # an earlier run may have been stopped before it had the whole article
            url = entry.asked_for or entry.url
            queues[netloc(url)].append(Job(url, entry.day, entry.title))
    for candidate in wanted:
        key = canonical(candidate.url)
        if key not in settled:
            settled.add(key)
            queues[netloc(candidate.url)].append(Job(candidate.url, candidate.day, candidate.title))
    async with visiting(source, unit, earlier, settings) as visitor:
        try:
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(_work(queue, visitor, parts))
        except ExceptionGroup as failures:
            raise failures.exceptions[0] from None


async def _work(queue: deque[Job], visitor: Visitor, parts: dict[str, Entry]) -> None:
    """One host's queue to its end; a page to be tried again goes to the back of it."""
    while queue:
        job = queue.popleft()
        if visitor.captured(job.url, job.url) is not None:
            await visitor.duplicate(job)
            continue
        try:
            known = visitor.unit.pages.get(canonical(job.url))
            entry = known if known and known.outcome in SETTLED else (await visitor.visit(job))[0]
            if entry.outcome in KEPT and entry.following is not None:
                await follow(visitor, job, entry, parts)
        except OSError:  # the archive cannot be written: nothing may go on
            raise
        except Exception as error:  # a page that breaks a rule of ours becomes a row, never a dead run
            entry = await visitor.crashed(job, error)
        if entry.role == "attempt":
            queue.append(job)
