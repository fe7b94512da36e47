"""The further pages of an article: asked for in turn, where a page says that its article goes on."""

from __future__ import annotations

from minsheng.acquire.address import canonical
from minsheng.acquire.entry import KEPT, Entry
from minsheng.acquire.job import Job
from minsheng.acquire.reading import chain_of
from minsheng.acquire.visit import Visitor

MOST_PARTS = 20


async def follow(visitor: Visitor, job: Job, first: Entry, earlier: dict[str, Entry]) -> None:
    """Have all further pages of the article whose first page is ``first`` in the unit's archive.

    They are asked for whole each time, since the article is read from one unit. Where one is not as the ``earlier``
    unit had it, though the first page is, the article is revised and its first page asked for again.
    """
    last, seen = first, {first.key, canonical(first.url)}
    for _ in range(MOST_PARTS):
        if last.following is None or canonical(last.following) in seen:
            break
        seen.add(canonical(last.following))
        last = await _part(visitor, last.following, job)
        if last.outcome not in KEPT:
            return
    if first.outcome == "unchanged" and _shas(first, visitor.unit.parts) != _shas(first, earlier):
        again = Job(job.url, job.day, job.title, revised=True)
        await visitor.settle(again)


async def _part(visitor: Visitor, url: str, job: Job) -> Entry:
    """The page's capture in the unit, made now where there is none."""
    known = visitor.unit.parts.get(canonical(url))
    if known is not None and known.outcome in KEPT:
        return known
    return (await visitor.settle(Job(url, job.day, role="part")))[0]


def _shas(first: Entry, parts: dict[str, Entry]) -> list[str | None]:
    return [part.sha256 for part in chain_of(first, parts)]
