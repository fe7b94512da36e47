"""Clusters of near-duplicates are the connected components of the graph of shared bands, at any shape and size, and
the same whether they are built at once or as articles come, change and go."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import md5

import duckdb
import pytest
from jinja2 import Environment

from minsheng.settings import PROJECT

MODELS = PROJECT / "dbt_project" / "models" / "intermediate"
Bands = dict[str, list[int]]


@dataclass
class Warehouse:
    """The models over a table of articles, run as dbt's incremental materialization runs them (delete+insert)."""

    connection: duckdb.DuckDBPyConnection
    is_built: bool = False

    def hold(self, articles: Bands) -> None:
        """These are the articles from now on."""
        self.connection.execute("DELETE FROM int_articles__revisions")
        self.connection.execute(
            """
            INSERT INTO int_articles__revisions
            SELECT UNNEST($articles), UNNEST($bands), 's', NULL, NULL, TIMESTAMPTZ '2024-05-20', true
        """,
            {"articles": list(articles), "bands": list(articles.values())},
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

        return template.render(ref=str, this="held", is_incremental=lambda: incremental, config=config)


@contextmanager
def warehouse() -> Iterator[Warehouse]:
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("""
            CREATE TABLE int_articles__revisions (
                article_id VARCHAR, bands BIGINT[], source_id VARCHAR, publisher VARCHAR, published_at TIMESTAMPTZ,
                fetched_at TIMESTAMPTZ, is_latest BOOLEAN)
        """)
        yield Warehouse(connection)


def clusters(articles: Bands) -> dict[str, str]:
    """What a build over these articles alone makes of them."""
    with warehouse() as built:
        built.hold(articles)
        built.build()
        return built.clusters()


def components(bands: Bands) -> dict[str, str]:
    """The same by union-find."""
    parent = {article: article for article in bands}

    def root(article: str) -> str:
        while parent[article] != article:
            article = parent[article]
        return article

    first: dict[int, str] = {}
    for article, its in bands.items():
        for band in its:
            a, b = root(article), root(first.setdefault(band, article))
            parent[max(a, b)] = min(a, b)
    return {article: root(article) for article in bands}


def name(n: int) -> str:
    return md5(str(n).encode()).hexdigest()


@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_the_connected_components(seed: int) -> None:
    dice = random.Random(seed)
    bands = {name(n): dice.sample(range(400), dice.randint(0, 3)) for n in range(300)}
    assert clusters(bands) == components(bands)


@pytest.mark.parametrize("seed", range(5))
def test_a_history_of_new_changed_and_withdrawn_articles_ends_as_a_build_at_once_does(seed: int) -> None:
    dice = random.Random(seed)
    articles: Bands = {}
    with warehouse() as built:
        for _ in range(12):
            for n in dice.sample(range(400), 60):  # some new, some that read differently now
                articles[name(n)] = dice.sample(range(500), dice.randint(0, 3))
            for gone in dice.sample(sorted(articles), 15):
                del articles[gone]
            built.hold(articles)
            built.build()
            assert built.clusters() == components(articles)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_batches_come_does_not_count(seed: int) -> None:
    dice = random.Random(seed)
    every = [(name(n), dice.sample(range(600), dice.randint(0, 3))) for n in range(400)]
    dice.shuffle(every)
    with warehouse() as built:
        for end in (50, 51, 200, 390, 400):
            built.hold(dict(every[:end]))
            built.build()
        assert built.clusters() == components(dict(every))


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
