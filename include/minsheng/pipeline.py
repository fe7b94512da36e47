"""The steps of the pipeline as plain functions, called by the DAGs and by ``minsheng run`` alike.

The unit of work is (source, logical date): ``acquire`` (discover, fetch, archive) and ``extract`` (clean,
measure, write) do one unit, ``land`` takes many, ``build``, ``audit`` and ``publish`` the whole warehouse.
Each may be run again on the same input and gives the same output; the DAGs' steps return values that
survive JSON.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from minsheng.contracts import Article, Failure, Observation, Outcome, Page, Request, Site, stable_id
from minsheng.settings import SHANGHAI, Settings

if TYPE_CHECKING:
    from minsheng.acquire import Candidate
    from minsheng.cms import Layout
    from minsheng.measure import Measurement
    from minsheng.sources import Source

Unit = tuple[str, date]
CLOSED_DOORS = {"verification_page", "login_page"}


class AuditFailed(Exception):
    """The audit found something wrong: what was built is not published."""


def source_ids(settings: Settings) -> list[str]:
    """The ids of every source of the registry, sorted. Raises ``SourceError`` for a YAML that is not valid."""
    from minsheng.sources import load_sources

    return sorted(load_sources(settings.sources))


def discover(source_id: str, logical_date: date, settings: Settings) -> list[Candidate]:
    """The addresses to visit for the unit; what discovery lost is kept beside the archive for ``read_unit``."""
    from minsheng import acquire

    found = acquire.discover(_source(source_id, settings), logical_date, settings)
    _keep_outcomes(source_id, logical_date, found.outcomes, settings)
    return found.candidates


def fetch(source_id: str, logical_date: date, candidates: Sequence[Candidate], settings: Settings) -> list[Page]:
    """Visit the addresses politely, a row each; an answer counts only once it is in the archive."""
    from minsheng import acquire

    return acquire.fetch(_source(source_id, settings), logical_date, candidates, settings)


def acquire(source_id: str, logical_date: date, settings: Settings) -> dict[str, int]:
    """Discover, fetch and archive the unit. Returns pages by outcome."""
    pages = fetch(source_id, logical_date, discover(source_id, logical_date, settings), settings)
    return dict(Counter(page.outcome for page in pages))


@dataclass(slots=True)
class Records:
    """What one unit gave: the rows of the raw tables."""

    pages: list[Page]
    articles: list[Article] = field(default_factory=list)
    observations: list[Observation] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def tables(self) -> dict[str, list[Any]]:
        """The lists by the name of their table."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


def read_unit(source_id: str, logical_date: date, settings: Settings, source: Source | None = None) -> Records:
    """Clean and measure what the archive holds of the unit; ``source`` where the registry has been read already.

    Raises OSError where the archive cannot be reached; a page whose record is damaged is an outcome.
    """
    from minsheng.acquire import further_pages, ledger, requests_made
    from minsheng.acquire.entry import FRESH
    from minsheng.acquire.reading import salvage

    source = source or _source(source_id, settings)
    pages = {page.page_id: page for page in ledger(source_id, logical_date, settings)}
    records = Records([], outcomes=_kept_outcomes(source_id, logical_date, settings))
    records.requests = requests_made(source_id, logical_date, settings)
    further = further_pages(source_id, logical_date, settings)
    within = {part.canonical_url for parts in further.values() for part in parts}
    for page in list(pages.values()):
        if page.outcome not in FRESH or page.warc_file is None or page.canonical_url in within:
            continue  # nothing new, or (a list linked to it, too) part of another article
        data = salvage(page, settings)
        if isinstance(data, Failure):
            records.outcomes.append(Outcome(source_id, logical_date, "archive", page.url, data.reason, data.detail))
            continue
        layout = source.layout(page.fetched_at.astimezone(SHANGHAI).date())
        parts = [_part(part, settings) for part in further.get(page.page_id, ())]
        result = read_page(page, data, layout, source.region_code, parts)
        if isinstance(result, Outcome):
            records.outcomes.append(result)
            if result.reason in CLOSED_DOORS:
                pages[page.page_id] = replace(page, outcome="blocked", error=result.reason)
            continue
        article, figures = result
        records.articles.append(article)
        records.observations += figures
    records.pages = list(pages.values())
    return records


def _part(part: Page, settings: Settings) -> tuple[Page, bytes]:
    """A further page with its payload; without one, its ``error`` says why."""
    from minsheng.acquire.reading import salvage

    if part.outcome != "new":
        return part, b""
    data = salvage(part, settings)
    return (replace(part, error=data.detail), b"") if isinstance(data, Failure) else (part, data)


def extract(source_id: str, logical_date: date, settings: Settings) -> dict[str, int]:
    """Clean and measure what the archive holds of the unit, into Parquet shards. Returns rows by table."""
    return write(source_id, logical_date, read_unit(source_id, logical_date, settings), settings)


def write(source_id: str, logical_date: date, records: Records, settings: Settings) -> dict[str, int]:
    """Write the unit's records as Parquet shards, in the place of what an earlier run wrote. Returns rows by table."""
    from minsheng.warehouse import write_shards

    write_shards(source_id, logical_date, **records.tables(), settings=settings)
    return {name: len(rows) for name, rows in records.tables().items()}


def read_page(
    page: Page,
    data: bytes,
    layout: Layout | None,
    site_region: str | None,
    parts: Sequence[tuple[Page, bytes]] = (),
) -> tuple[Article, list[Observation]] | Outcome:
    """One archived page as its article and figures, or as the outcome that says why there is none."""
    step: Literal["clean", "measure"] = "clean"
    try:
        article = clean(page, data, layout, parts)
        if isinstance(article, Failure):
            return Outcome(page.source_id, page.logical_date, step, page.url, article.reason, article.detail)
        step = "measure"
        measured = measure(article, site_region)
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
        _dated(_whole(cleaned, parts, layout), page.fetched_at),
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


def measure(article: Article, site_region: str | None = None) -> Measurement:
    """The figures of an article, and its numerals that are none; ``site_region`` where its text names no region."""
    from minsheng.measure import measure

    return measure(article, site_region=site_region)


def _whole(first: Article, parts: Sequence[tuple[Page, bytes]], layout: Layout | None) -> Article:
    """The article with its further pages; one that is missing is told among its warnings."""
    from minsheng.clean import clean, join

    found, missing = [first], []
    for part, data in parts:
        cleaned = clean(data, url=part.url, content_type=part.content_type, layout=layout) if data else None
        if isinstance(cleaned, Article):
            found.append(cleaned)
        else:
            missing.append(f"page {part.url} is missing: {part.error if cleaned is None else cleaned.reason}")
    whole = join(found) if parts else first
    return replace(whole, warnings=[*whole.warnings, *missing]) if missing else whole


def land(units: Sequence[Unit], settings: Settings) -> dict[str, int]:
    """Load the units' shards into the raw schema, replacing their rows and nobody else's. Returns rows by table."""
    from minsheng import warehouse
    from minsheng.sources import load_sources

    warehouse.land_sources(map(site, load_sources(settings.sources).values()), settings)
    return warehouse.land(list(units), settings).rows


def site(source: Source) -> Site:
    """A registry entry as the warehouse keeps it."""
    expected = source.expect
    articles = expected.articles_per_day if expected else None
    figures = expected.figures_per_article if expected else None
    return Site(
        source_id=source.id,
        name=source.name,
        name_en=source.name_en,
        level=source.level,
        region_code=source.region_code,
        home=source.home,
        family=source.family,
        owner=source.owner,
        licence=source.licence,
        verified=source.verified,
        articles_min=articles[0] if articles else None,
        articles_max=articles[1] if articles else None,
        figures_min=figures[0] if figures else None,
        figures_max=figures[1] if figures else None,
        region_share=expected.region_share if expected else None,
    )


def build(settings: Settings) -> None:
    """Build and test the models with dbt. Raises ``BuildFailed`` that names what failed."""
    from minsheng import warehouse

    warehouse.build(settings)


def audit(settings: Settings) -> dict[str, int]:
    """Check the built marts with Great Expectations. Raises ``AuditFailed`` naming each expectation that failed."""
    from minsheng import quality

    verdict = quality.audit(settings)
    broken = [result for result in verdict.results if not result.passed]
    if not verdict.passed:
        raise AuditFailed("; ".join(f"{r.suite}: {r.expectation} (observed {r.observed})" for r in broken))
    return {"expectations": len(verdict.results), "failed": len(broken)}


def publish(settings: Settings) -> str:
    """Swap the marts in as the snapshot that readers open; returns its path. Call it only after the audit passed."""
    from minsheng import warehouse

    return str(warehouse.publish(settings))


def fetch_one(url: str) -> Article | Failure:
    """The article at one address, with the further pages it goes on over: same manners and guard as a source's, kept
    nowhere.
    """
    from minsheng.acquire import Candidate, fetch, further_pages, payload, read_archive
    from minsheng.clean import clean
    from minsheng.settings import get_settings
    from minsheng.sources import Source

    try:
        host = urlsplit(url).netloc
        source = Source(id="once", name=host, name_en=host, level="mirror", home=url, lists=(url,), note="asked once")
    except ValueError:
        return Failure("bad_address", "is not an http(s) address with a host")
    today = datetime.now(SHANGHAI).date()
    with tempfile.TemporaryDirectory(prefix="minsheng-") as folder:
        apart = {"data": Path(folder), "archive_at": "", "queues": get_settings().hosts}  # one queue a host for all
        settings = get_settings().model_copy(update=apart)
        [page] = fetch(source, today, [Candidate(url, today, None)], settings)
        further = further_pages(source.id, today, settings)
        for page, data in read_archive(source.id, today, settings):
            first = clean(data, url=page.canonical_url, content_type=page.content_type)
            parts = [(p, payload(p, settings) if p.outcome == "new" else b"") for p in further.get(page.page_id, ())]
            return first if isinstance(first, Failure) else _whole(first, parts, None)
    return Failure(page.outcome, page.error or "")


def _source(source_id: str, settings: Settings) -> Source:
    from minsheng.sources import load_sources

    return load_sources(settings.sources)[source_id]


def _outcomes_file(source_id: str, logical_date: date, settings: Settings) -> Path:
    return settings.archive / source_id / logical_date.isoformat() / "discovery.jsonl"


def _keep_outcomes(source_id: str, logical_date: date, outcomes: Sequence[Outcome], settings: Settings) -> None:
    file = _outcomes_file(source_id, logical_date, settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({**asdict(o), "logical_date": logical_date.isoformat()}, ensure_ascii=False) for o in outcomes)
    draft = file.with_suffix(".part")
    draft.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    draft.replace(file)


def _kept_outcomes(source_id: str, logical_date: date, settings: Settings) -> list[Outcome]:
    file = _outcomes_file(source_id, logical_date, settings)
    if not file.exists():
        return []
    rows = map(json.loads, file.read_text("utf-8").splitlines())
    return [Outcome(**{**row, "logical_date": logical_date}) for row in rows]
