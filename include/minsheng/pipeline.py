"""The steps of the pipeline as plain functions, called by the DAGs and by ``minsheng run`` alike.

The unit of work is (source, logical date): ``acquire`` (discover, fetch, archive) and ``extract`` (clean,
measure, write) do one unit, ``land`` takes many, ``build``, ``audit`` and ``publish`` the whole warehouse.
Each may be run again on the same input and gives the same output; the DAGs' steps return values that
survive JSON.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict
from urllib.parse import urlsplit

from minsheng import SHANGHAI
from minsheng.contracts import Article, Failure, Outcome, Page, Site
from minsheng.extraction import keep_outcomes, read_unit, whole
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.acquire import Candidate
    from minsheng.sources import Source
    from minsheng.warehouse.shards import Unit


class AuditFailed(Exception):
    """The audit found something wrong: what was built is not published."""


class Unreached(Exception):
    """None of the requests for a unit was answered: the network, or all of its hosts, are down."""


class Audited(TypedDict):
    """How many expectations a passed audit checked, and in a line each those that were not met and only warn."""

    expectations: int
    warnings: list[str]


def source_ids(settings: Settings) -> list[str]:
    """The ids of every source of the registry, sorted. Raises ``SourceError`` for a YAML that is not valid."""
    from minsheng.sources import load_sources

    return sorted(load_sources(settings.sources))


def discover(source_id: str, logical_date: date, settings: Settings) -> list[Candidate]:
    """The addresses to visit for the unit; what discovery lost is kept beside the archive for ``read_unit``."""
    from minsheng import acquire

    found = acquire.discover(_source(source_id, settings), logical_date, settings)
    keep_outcomes(source_id, logical_date, found.outcomes, settings)
    return found.candidates


def fetch(source_id: str, logical_date: date, candidates: Sequence[Candidate], settings: Settings) -> list[Page]:
    """Visit the addresses politely, a row each; an answer counts only once it is in the archive."""
    from minsheng import acquire

    return acquire.fetch(_source(source_id, settings), logical_date, candidates, settings)


def acquire(source_id: str, logical_date: date, settings: Settings, *, insist: bool = False) -> dict[str, int]:
    """Discover, fetch and archive the unit. Returns pages by outcome. Where nothing at all has answered, what failed is
    kept as ever, but who can try again later may ``insist`` on an answer: then raises ``Unreached``.
    """
    from minsheng.acquire import requests_made

    pages = fetch(source_id, logical_date, discover(source_id, logical_date, settings), settings)
    made = [r for r in requests_made(source_id, logical_date, settings) if r.seconds is not None] if insist else []
    if made and all(request.http_status is None for request in made):
        raise Unreached(f"none of {len(made)} requests for {source_id} was answered, the last: {made[-1].error}")
    return dict(Counter(page.outcome for page in pages))


@dataclass(slots=True)
class Extracted:
    """What became of a unit: the rows of each table, and what did not come through."""

    rows: Counter[str] = field(default_factory=Counter)
    failed: list[Page] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


def extract(source_id: str, logical_date: date, settings: Settings, source: Source | None = None) -> Extracted:
    """Clean and measure what the archive holds of the unit, into Parquet shards, in the place of what an earlier run
    wrote; ``source`` where the registry has been read already. Raises OSError where the archive cannot be reached: the
    earlier shards then stand.
    """
    from minsheng import rules
    from minsheng.acquire import ledger
    from minsheng.warehouse import UnitShards

    found, known = Extracted(), source or _source(source_id, settings)
    by = rules.read_by(known, ledger(source_id, logical_date, settings))
    with UnitShards(source_id, logical_date, settings) as shards:
        for records in read_unit(known, logical_date, settings):
            shards.add(records.tables())
            found.failed += (page for page in records.pages if page.outcome == "failed")
            found.outcomes += records.outcomes
    found.rows.update(shards.rows)
    rules.keep(by, source_id, logical_date, settings)
    return found


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


def audit(settings: Settings) -> Audited:
    """Check the built marts with Great Expectations. Raises ``AuditFailed`` naming each expectation that failed;
    those that do not stop the publishing are ``warnings`` of what passed.
    """
    from minsheng import quality

    verdict = quality.audit(settings)
    broken = [f"{r.suite}: {r.expectation} (observed {r.observed})" for r in verdict.results if not r.passed]
    if not verdict.passed:
        raise AuditFailed("; ".join(broken))
    return Audited(expectations=len(verdict.results), warnings=broken)


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
            return first if isinstance(first, Failure) else whole(first, page, data, parts, None)
    return Failure(page.outcome, page.error or "")


def _source(source_id: str, settings: Settings) -> Source:
    from minsheng.sources import load_sources

    return load_sources(settings.sources)[source_id]
