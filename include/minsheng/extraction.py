"""Extracting: what the archive holds of a unit, cleaned and measured, a page at a time.

A unit may be as large as it likes: what has been read of it goes into the shards before the next page is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from minsheng import SHANGHAI, disk
from minsheng.contracts import Article, Failure, Observation, Outcome, Page, Request, stable_id
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.cms import Layout
    from minsheng.sources import Source

CLOSED_DOORS = {"verification_page", "login_page"}


@dataclass(slots=True)
class Records:
    """Rows of the raw tables, by the table's name: what a page gave, or what a unit has besides pages."""

    pages: list[Page] = field(default_factory=list)
    articles: list[Article] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def tables(self) -> dict[str, list[Any]]:
        """The rows by the name of their table."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def read_unit(source: Source, logical_date: date, settings: Settings) -> Iterator[Records]:
    """What the unit has besides pages, then what each of its pages gives, cleaned and measured.

    Raises OSError where the archive cannot be reached; a page whose record is damaged is an outcome.
    """
    from minsheng.acquire import further_pages, ledger, requests_made

    pages = ledger(source.id, logical_date, settings)
    outcomes = kept_outcomes(source.id, logical_date, settings)
    yield Records(outcomes=outcomes, requests=requests_made(source.id, logical_date, settings))
    further = further_pages(source.id, logical_date, settings)
    within = {part.canonical_url for parts in further.values() for part in parts}
    for page in pages:
        if page.canonical_url in within:  # a list linked to it, too: part of another article
            yield Records([page])
        else:
            yield _read(page, further.get(page.page_id, ()), source, settings)


def _read(page: Page, further: Sequence[Page], source: Source, settings: Settings) -> Records:
    """What a page gives; nothing but itself where there is nothing new on it."""
    layout = source.layout(page.fetched_at.astimezone(SHANGHAI).date())
    page, data = _opened(page, layout, settings)
    if data is None:
        return Records([page])
    if isinstance(data, Failure):
        lost = Outcome(page.source_id, page.logical_date, "archive", page.url, data.reason, data.detail)
        return Records([page], outcomes=[lost])
    parts = [_part(part, layout, settings) for part in further]
    result = read_page(page, data, layout, source.region_code, parts)
    if isinstance(result, Outcome):
        shut = result.reason in CLOSED_DOORS
        return Records([replace(page, outcome="blocked", error=result.reason) if shut else page], outcomes=[result])
    article, figures = result
    return Records([page], [article], figures)


def _opened(page: Page, layout: Layout, settings: Settings) -> tuple[Page, bytes | Failure | None]:
    """The page with its payload, None where it has none of its own. One that was archived as blocked is judged by
    today's rules: what is no closed door to them is a new page.
    """
    from minsheng.acquire.entry import FRESH
    from minsheng.acquire.judge import closed_door
    from minsheng.acquire.reading import salvage

    blocked = page.outcome == "blocked" and page.sha256 is not None
    if page.warc_file is None or not (blocked or page.outcome in FRESH):
        return page, None
    data = salvage(page, settings)
    if blocked and (isinstance(data, Failure) or closed_door(data, page.url, layout) is not None):
        return page, None
    return (replace(page, outcome="new", error=None) if blocked else page), data


def _part(part: Page, layout: Layout, settings: Settings) -> tuple[Page, bytes]:
    """A further page with its payload; without one, its ``error`` says why."""
    opened, data = _opened(part, layout, settings) if part.outcome in ("new", "blocked") else (part, None)
    return (replace(opened, error=data.detail), b"") if isinstance(data, Failure) else (opened, data or b"")


def read_page(
    page: Page,
    data: bytes,
    layout: Layout | None,
    site_region: str | None,
    parts: Sequence[tuple[Page, bytes]] = (),
) -> tuple[Article, list[Observation]] | Outcome:
    """One archived page as its article and figures, or as the outcome that says why there is none; ``site_region`` is
    that of a text which names no region.
    """
    from minsheng.measure import measure

    step: Literal["clean", "measure"] = "clean"
    try:
        article = clean(page, data, layout, parts)
        if isinstance(article, Failure):
            return Outcome(page.source_id, page.logical_date, step, page.url, article.reason, article.detail)
        step = "measure"
        measured = measure(article, site_region=site_region)
    except Exception as error:  # the edge: a page that breaks a rule becomes a row, never a dead run
        return Outcome(page.source_id, page.logical_date, step, page.url, "crashed", f"{type(error).__name__}: {error}")
    return measured.article, measured.observations


def clean(
    page: Page, data: bytes, layout: Layout | None = None, parts: Sequence[tuple[Page, bytes]] = ()
) -> Article | Failure:
    """The article that an archived page holds, with its provenance; ``parts`` are the further pages it goes on over."""
    from minsheng.clean import clean

    cleaned = clean(data, url=page.url, content_type=page.content_type, layout=layout)
    if isinstance(cleaned, Failure):
        return cleaned
    return replace(
        _dated(whole(cleaned, page, data, parts, layout), page.fetched_at),
        article_id=stable_id("article", page.canonical_url),
        url=page.canonical_url,
        source_id=page.source_id,
        revision=page.revision,
        page_id=page.page_id,
        warc_file=page.warc_file,
        warc_offset=page.warc_offset,
        fetched_at=page.fetched_at,
        logical_date=page.logical_date,
    )


def _dated(article: Article, fetched_at: datetime) -> Article:
    """The article without a date that its page cannot know: a slip of the site's pen is its own matter only.

    A day is allowed for the clock and the time zone of the site.
    """
    at = article.published_at
    if at is None or at <= fetched_at + timedelta(days=1):
        return article
    told = f"published {at.date()} stands on a page fetched {fetched_at.date()}: left out"
    return replace(article, published_at=None, published_from=None, warnings=[*article.warnings, told])


def whole(
    first: Article, page: Page, data: bytes, parts: Sequence[tuple[Page, bytes]], layout: Layout | None
) -> Article:
    """The article of ``page`` with its further pages; where one is missing, or the last goes on, its warnings tell."""
    from minsheng.acquire.address import canonical
    from minsheng.clean import clean, following, join

    found, missing = [first], list[str]()
    last = (page, data)
    for part, payload in parts:
        cleaned = clean(payload, url=part.url, content_type=part.content_type, layout=layout) if payload else None
        if isinstance(cleaned, Article):
            found.append(cleaned)
            last = (part, payload)
        else:
            missing.append(f"page {part.url} is missing: {part.error if cleaned is None else cleaned.reason}")
    if not missing:
        after = following(last[1], last[0].url, layout)
        known = {canonical(p.url) for p in (page, *(part for part, _ in parts))}
        if after.url is not None and canonical(after.url) not in known:
            missing.append(f"page {after.url} is missing: it was not asked for")
        elif after.unread is not None:
            missing.append(f"pages: {after.unread}")
    joined = join(found) if parts else first
    return replace(joined, warnings=[*joined.warnings, *missing]) if missing else joined


def _outcomes_file(source_id: str, logical_date: date, settings: Settings) -> Path:
    return settings.archive / source_id / logical_date.isoformat() / "discovery.jsonl"


def keep_outcomes(source_id: str, logical_date: date, outcomes: Sequence[Outcome], settings: Settings) -> None:
    """Keep what discovery lost beside the unit's archive, for ``read_unit``."""
    file = _outcomes_file(source_id, logical_date, settings)
    lines = (json.dumps({**asdict(o), "logical_date": logical_date.isoformat()}, ensure_ascii=False) for o in outcomes)
    disk.replace(file, "".join(f"{line}\n" for line in lines).encode())


def kept_outcomes(source_id: str, logical_date: date, settings: Settings) -> list[Outcome]:
    """What ``keep_outcomes`` kept. Raises OSError where it is damaged."""
    file = _outcomes_file(source_id, logical_date, settings)
    if not file.exists():
        return []
    try:
        rows = [json.loads(line) for line in file.read_bytes().splitlines()]
        return [Outcome(**{**row, "logical_date": logical_date}) for row in rows]
    except (ValueError, TypeError) as error:
        raise OSError(f"{file} is damaged ({error}): put back a copy, or delete it and what it told is lost") from error
