"""Clusters of near-duplicates are the connected components of the graph of bands shared within the days that a reprint
takes, at any shape and size, and the same whether they are built at once or as articles come, change and go."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import md5
from itertools import combinations
from pathlib import Path

import duckdb
import pytest
import yaml
from jinja2 import Environment

from minsheng import PROJECT
from minsheng.settings import Settings
from minsheng.warehouse import build, land, land_sources, write_shards

from ..warehouse.built import INDICATOR, mapped  # noqa: TID252 (the tests are no package on the path)
from ..warehouse.records import DAY, SITES, article, page  # noqa: TID252

VARIABLES = yaml.safe_load((PROJECT / "dbt_project" / "dbt_project.yml").read_text("utf-8"))["vars"]
MODELS = PROJECT / "dbt_project" / "models" / "intermediate"
Bands = dict[str, list[int]]
Days = dict[str, int]  # of publication, counted from DAY; an article that is not in it was published then, too


@dataclass
class Warehouse:
    """The models over a table of articles, run as dbt's incremental materialization runs them (delete+insert)."""

    connection: duckdb.DuckDBPyConnection
    is_built: bool = False

    def hold(self, articles: Bands, days: Days | None = None, *, dated: bool = True) -> None:
        """These are the articles from now on; where they are not dated, the days are those of the runs."""
        self.connection.execute("DELETE FROM int_articles__revisions")
        self.connection.execute(
            """
            INSERT INTO int_articles__revisions
            SELECT UNNEST($articles), UNNEST($bands), if($dated, UNNEST($days), NULL),
                   if($dated, DATE '2030-01-01', UNNEST($days)), true
        """,
            {
                "articles": list(articles),
                "bands": list(articles.values()),
                "days": [DAY + timedelta((days or {}).get(article, 0)) for article in articles],
                "dated": dated,
            },
        )

    def see_again(self, article_id: str, day: int) -> None:
        """The article reads differently on that day."""
        self.connection.execute(
            """
            INSERT INTO int_articles__revisions
            SELECT * REPLACE ($day AS logical_date) FROM int_articles__revisions WHERE article_id = $id
        """,
            {"id": article_id, "day": DAY + timedelta(day)},
        )
        self.connection.execute(
            "UPDATE int_articles__revisions SET is_latest = false WHERE article_id = $id AND logical_date < $day",
            {"id": article_id, "day": DAY + timedelta(day)},
        )

    def build(self, *, anew: bool = False) -> int:
        """Build the labels; returns how many articles were labelled again."""
        incremental = self.is_built and not anew
        self.connection.execute(
            f"CREATE OR REPLACE TEMP TABLE fresh AS {self._rendered('int_articles__near_duplicates', incremental)}"
        )
        if incremental:
            self.connection.execute("DELETE FROM held WHERE article_id IN (SELECT article_id FROM fresh)")
            self.connection.execute("INSERT INTO held FROM fresh")
        else:
            self.connection.execute("CREATE OR REPLACE TABLE held AS FROM fresh")
        self.connection.execute(self.hook)
        self.is_built = True
        [(fresh,)] = self.connection.execute("SELECT count(*) FROM fresh").fetchall()
        return fresh

    def clusters(self) -> dict[str, str]:
        return dict(self.connection.execute("SELECT article_id, cluster_id FROM held").fetchall())

    def _rendered(self, model: str, incremental: bool) -> str:
        template = Environment(autoescape=False).from_string((MODELS / f"{model}.sql").read_text("utf-8"))

        def config(**given: str) -> str:
            names = {"this": "held", "ref": str}
            self.hook = Environment(autoescape=False).from_string(given["post_hook"]).render(names)
            return ""

        names = {"ref": str, "var": VARIABLES.__getitem__, "this": "held", "config": config}
        return template.render(names, is_incremental=lambda: incremental)


@contextmanager
def warehouse() -> Iterator[Warehouse]:
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("""
            CREATE TABLE int_articles__revisions (
                article_id VARCHAR, bands BIGINT[], published_on DATE, logical_date DATE, is_latest BOOLEAN)
        """)
        yield Warehouse(connection)


def clusters(articles: Bands, days: Days | None = None, *, dated: bool = True) -> dict[str, str]:
    """What a build over these articles alone makes of them."""
    with warehouse() as built:
        built.hold(articles, days, dated=dated)
        built.build()
        return built.clusters()


def components(bands: Bands, days: Days | None = None) -> dict[str, str]:
    """The same by union-find over all pairs."""
    parent = {article: article for article in bands}

    def root(article: str) -> str:
        while parent[article] != article:
            article = parent[article]
        return article

    members: dict[int, list[str]] = {}
    for one, its in bands.items():
        for band in its:
            members.setdefault(band, []).append(one)
    day = dict.fromkeys(bands, 0) | (days or {})
    for alike in members.values():
        for left, right in combinations(alike, 2):
            if abs(day[left] - day[right]) <= VARIABLES["reprint_days"]:
                a, b = root(left), root(right)
                parent[max(a, b)] = min(a, b)
    return {article: root(article) for article in bands}


def name(n: int) -> str:
    return md5(str(n).encode()).hexdigest()


@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_the_connected_components(seed: int) -> None:
    dice = random.Random(seed)
    bands = {name(n): dice.sample(range(400), dice.randint(0, 3)) for n in range(300)}
    assert clusters(bands) == components(bands)


@pytest.mark.parametrize("dated", [True, False], ids=["dated", "undated"])
@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_the_components_of_what_came_out_within_the_days_of_a_reprint(seed: int, dated: bool) -> None:
    dice = random.Random(seed)
    bands = {name(n): dice.sample(range(100), dice.randint(0, 3)) for n in range(300)}
    days = {article: dice.randrange(500) for article in bands}
    assert components(bands) != components(bands, days)
    assert clusters(bands, days, dated=dated) == components(bands, days)


@pytest.mark.parametrize("seed", range(5))
def test_a_history_of_new_changed_and_withdrawn_articles_ends_as_a_build_at_once_does(seed: int) -> None:
    dice = random.Random(seed)
    articles: Bands = {}
    days: Days = {}
    with warehouse() as built:
        for _ in range(12):
            for n in dice.sample(range(400), 60):  # some new, some that read differently now
                articles[name(n)] = dice.sample(range(200), dice.randint(0, 3))
                days.setdefault(name(n), dice.randrange(300))
            for redated in dice.sample(sorted(articles), min(20, len(articles))):
                days[redated] = dice.randrange(300)
            for gone in dice.sample(sorted(articles), 15):
                del articles[gone], days[gone]
            built.hold(articles, days)
            built.build()
            assert built.clusters() == components(articles, days)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_batches_come_does_not_count(seed: int) -> None:
    dice = random.Random(seed)
    every = [(name(n), dice.sample(range(300), dice.randint(0, 3))) for n in range(400)]
    days = {article: dice.randrange(200) for article, _ in every}
    dice.shuffle(every)
    with warehouse() as built:
        for end in (50, 51, 200, 390, 400):
            built.hold(dict(every[:end]), days)
            built.build()
        assert built.clusters() == components(dict(every), days)


@pytest.mark.parametrize(("apart", "together"), [(0, True), (2, True), (27, True), (28, False), (91, False)])
def test_a_reprint_comes_out_within_the_month(apart: int, together: bool) -> None:
    both = {"a": [1, 2], "b": [1, 2]}
    for days in ({"b": apart}, {"a": apart}):
        assert clusters(both, days) == {"a": "a", "b": "a" if together else "b"}


def test_what_comes_out_between_two_joins_them_and_parts_them_when_it_is_dated_anew() -> None:
    three, days = {"a": [1], "b": [1], "c": [1]}, {"a": 0, "b": 20, "c": 40}
    with warehouse() as built:
        for between, cluster_ids in [(20, "aaa"), (-20, "aac"), (60, "abb"), (200, "abc"), (20, "aaa")]:
            built.hold(three, days | {"b": between})
            built.build()
            assert "".join(cluster_id for _, cluster_id in sorted(built.clusters().items())) == cluster_ids


def test_an_undated_article_that_reads_differently_later_came_out_when_it_was_first_seen() -> None:
    with warehouse() as built:
        built.hold({"a": [1], "b": [1]}, dated=False)
        built.build()
        built.see_again("b", 300)
        assert built.build() == 0
        assert built.clusters() == {"a": "a", "b": "a"}


def test_one_article_joins_two_clusters_and_parts_them_when_it_goes() -> None:
    apart = {"b": [1], "c": [1], "d": [2], "e": [2]}
    with warehouse() as built:
        built.hold(apart)
        built.build()
        built.hold(apart | {"a": [1, 2]})
        built.build()
        assert set(built.clusters().values()) == {"a"}
        built.hold(apart)
        built.build()
        assert built.clusters() == {"b": "b", "c": "b", "d": "d", "e": "d"}


def test_only_what_an_article_touches_is_clustered_again() -> None:
    articles = {name(n): [n // 2] for n in range(1000)}
    with warehouse() as built:
        built.hold(articles)
        assert built.build() == 1000
        assert built.build() == 0
        built.hold(articles | {name(1000): [7]})
        assert built.build() == 3


def test_a_chain_of_thousands_takes_few_rounds() -> None:
    bands = {name(n): [n, n + 1] for n in range(3000)}
    begun = time.process_time()
    assert set(clusters(bands).values()) == {min(bands)}
    assert time.process_time() - begun < 20


def test_an_article_without_bands_is_a_cluster_of_its_own() -> None:
    assert clusters({"a": [], "b": [], "c": [1]}) == {"a": "a", "b": "b", "c": "c"}


@pytest.mark.xdist_group("dbt")
def test_two_quarters_in_the_same_words_are_two_originals_and_a_reprint_two_days_later_is_none(tmp_path: Path) -> None:
    quarters = [
        (date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 15)),
        (date(2024, 10, 1), date(2024, 12, 31), date(2025, 1, 20)),
    ]
    settings = Settings(data=tmp_path, dbt_project=PROJECT / "dbt_project", lock_wait=5)
    land_sources(SITES, settings)
    for n, (start, end, published) in enumerate(quarters):
        for source_id, day in (("jia", published), ("yi", published + timedelta(2))):
            visit = page(source_id, f"{n}.html", day)
            report = article(visit, published_at=datetime(day.year, day.month, day.day, tzinfo=UTC))
            period = {"period_start": start, "period_end": end, "as_of": None, "time_phrase": "本季度"}
            stated = [replace(figure, **period) for figure in mapped(report)]
            write_shards(source_id, day, pages=[visit], articles=[report], observations=stated, settings=settings)
            land([(source_id, day)], settings)
        build(settings)  # the second quarter comes to a warehouse that holds the first
    with duckdb.connect(settings.warehouse, read_only=True) as connection:
        reports = "SELECT source_id, logical_date, is_original, cluster_size FROM marts.dim_article ORDER BY ALL"
        assert connection.execute(reports).fetchall() == [
            ("jia", date(2024, 4, 15), True, 2),
            ("jia", date(2025, 1, 20), True, 2),
            ("yi", date(2024, 4, 17), False, 2),
            ("yi", date(2025, 1, 22), False, 2),
        ]
        metrics = "SELECT indicator, time_period, n_articles FROM marts.fct_metric ORDER BY ALL"
        assert connection.execute(metrics).fetchall() == [(INDICATOR, "2024-Q1", 1), (INDICATOR, "2024-Q4", 1)]
