"""A warehouse built once a process: two days of three sites, with a revision, reprints, bad figures and losses.

``dbt build`` costs seconds, so the tests share what it built; a test that writes takes a copy.
"""

from __future__ import annotations

import atexit
import csv
import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from minsheng import PROJECT
from minsheng.contracts import Article, Observation, Site
from minsheng.settings import Settings
from minsheng.warehouse import BuildResult, build, land, land_sources, write_shards

from .records import DAY, NEXT_DAY, SENTENCE, SITES, article, figures, lost, page, requests

SEEDS = PROJECT / "dbt_project" / "seeds"
with (SEEDS / "indicators.csv").open(encoding="utf-8") as vocabulary:
    INDICATOR = next(csv.DictReader(vocabulary))["indicator_id"]  # any will do


@dataclass(frozen=True)
class Built:
    """The settings of a built warehouse, and what its two builds (empty, then with rows) gave."""

    settings: Settings
    empty: BuildResult
    full: BuildResult


@cache
def built() -> Built:
    """The shared warehouse: read it, never write it."""
    root = Path(tempfile.mkdtemp(prefix="minsheng-built-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    settings = Settings(data=root, dbt_project=PROJECT / "dbt_project", lock_wait=5)
    empty = build(settings)
    fill(settings)
    return Built(settings, empty, build(settings))


def copy_of(folder: Path) -> Settings:
    """A copy of the shared warehouse that a test may change."""
    done = built()
    shutil.copy(done.settings.warehouse, folder)
    return done.settings.model_copy(update={"data": folder})


def fill(settings: Settings) -> None:
    """Write and land all units."""
    for source_id, day, records in [
        ("jia", DAY, first_day()),
        ("jia", NEXT_DAY, second_day()),
        ("yi", DAY, mirror()),
        ("bing", DAY, third()),
    ]:
        write_shards(source_id, day, **records, settings=settings)
    land_sources([*SITES, Site("bing", "丙报", "Bing Daily", "party_paper", "420000")], settings)
    land([("jia", DAY), ("jia", NEXT_DAY), ("yi", DAY), ("bing", DAY)], settings)


def first_day() -> dict[str, list[Any]]:
    """Day one of a county's own site: a report of three figures, one with each fault, a page without an article."""
    visit, faulty, blocked = page("jia", "park.html"), page("jia", "faulty.html"), page("jia", "door.html")
    report = article(visit)
    bad = article(faulty, "数据有误", bands=[7, 8, 9])
    return {
        "pages": [visit, faulty, replace(blocked, outcome="blocked", error="verification_page", bytes=None)],
        "articles": [report, bad],
        "observations": [*mapped(report), *faults(bad)],
        "outcomes": [lost("jia")],
        "requests": requests("jia"),
    }


def second_day() -> dict[str, list[Any]]:
    """Day two: the report says 13 parks instead of 12, and a page that stood the day before is gone."""
    visit = page("jia", "park.html", NEXT_DAY, outcome="revised", revision=2)
    body = SENTENCE.replace("12座", "13座")
    revised = article(visit, body=body, text_sha256="revised")
    parks, *others = mapped(article(visit))
    parks = replace(parks, surface="13座", value=Decimal(13), sentence=body)
    gone = page("jia", "faulty.html", NEXT_DAY, outcome="gone", http_status=404)
    return {
        "pages": [visit, gone],
        "articles": [revised],
        "observations": [parks, *(replace(other, sentence=body) for other in others)],
    }


def mirror() -> dict[str, list[Any]]:
    """A mirror's reprint of the report, earlier than the report itself by its own account."""
    visit = page("yi", "copy.html")
    reprint = article(visit, "县里建公园", bands=[103, 104], published_at=datetime(2024, 5, 19, 16, tzinfo=UTC))
    return {"pages": [visit], "articles": [reprint], "observations": mapped(reprint)}


def third() -> dict[str, list[Any]]:
    """A reprint that resembles only the mirror's; and a report of its own, on a decline, without a region."""
    visit, own = page("bing", "copy.html"), page("bing", "own.html")
    reprint, report = article(visit, bands=[104, 105]), article(own, "另一篇", bands=[200], publisher="丙报")
    [_, money, _] = mapped(report)
    decline = replace(money, kind="change", direction="down", basis="yoy", region=None, region_code=None)
    unstated = replace(mapped(report)[2], period_start=None, period_end=None, as_of=None, time_phrase=None)
    return {
        "pages": [visit, own],
        "articles": [reprint, report],
        "observations": [*mapped(reprint), decline, unstated],
    }


def mapped(of: Article) -> list[Observation]:
    """The figures of the article, the count among them with an indicator of the vocabulary."""
    parks, *others = figures(of)
    return [replace(parks, indicator_id=INDICATOR), *others]


def faults(of: Article) -> list[Observation]:
    """Figures of which each fails one check."""
    parks, money, share = figures(of)
    broken = [
        ("unknown_unit", replace(parks, unit="{heap}")),
        ("unknown_region", replace(parks, region_code="999999")),
        ("unknown_indicator", replace(parks, indicator_id="no_such_indicator")),
        ("value_out_of_range", replace(share, value=Decimal("415"))),
        ("range_reversed", replace(money, bound="range", value_max=Decimal(1))),
        ("period_reversed", replace(money, period_start=date(2024, 6, 1))),
        ("surface_not_at_offset", replace(money, char_start=money.char_start + 1)),
        ("surface_not_in_sentence", replace(money, sentence="别的一句。")),
        ("no_sentence", replace(money, sentence="")),
        ("no_article", replace(money, article_id="nowhere")),
    ]
    return [replace(figure, observation_id=reason, n=n) for n, (reason, figure) in enumerate(broken, 1)]
