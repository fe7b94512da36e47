"""Clusters of near-duplicates are the connected components of the graph of shared bands, at any shape and size."""

from __future__ import annotations

import random
import time
from hashlib import md5

import duckdb
import pytest

from minsheng.settings import PROJECT

MODEL = PROJECT / "dbt_project" / "models" / "intermediate" / "int_articles__clusters.sql"


def clusters(bands: dict[str, list[int]]) -> dict[str, str]:
    """What the model makes of articles with these bands: the cluster of each."""
    sql = MODEL.read_text("utf-8")
    for model, table in {"int_articles__revisions": "revisions_now", "stg_minsheng__sources": "sources_now"}.items():
        sql = sql.replace(f"{{{{ ref('{model}') }}}}", table)
    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE sources_now (source_id VARCHAR, source_name VARCHAR, source_level VARCHAR)")
        connection.execute(
            """
            CREATE TABLE revisions_now AS
            SELECT UNNEST($articles) AS article_id, UNNEST($bands) AS bands, 's' AS source_id, NULL AS publisher,
                   NULL::TIMESTAMPTZ AS published_at, now() AS fetched_at, true AS is_latest
        """,
            {"articles": list(bands), "bands": list(bands.values())},
        )
        return dict(connection.execute(f"SELECT article_id, cluster_id FROM ({sql})").fetchall())


def components(bands: dict[str, list[int]]) -> dict[str, str]:
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


@pytest.mark.parametrize("seed", range(5))
def test_clusters_are_the_connected_components(seed: int) -> None:
    dice = random.Random(seed)
    bands = {md5(str(n).encode()).hexdigest(): dice.sample(range(400), dice.randint(0, 3)) for n in range(300)}
    assert clusters(bands) == components(bands)


def test_a_chain_of_thousands_takes_few_rounds() -> None:
    bands = {md5(str(n).encode()).hexdigest(): [n, n + 1] for n in range(3000)}
    begun = time.process_time()
    assert set(clusters(bands).values()) == {min(bands)}
    assert time.process_time() - begun < 20


def test_an_article_without_bands_is_a_cluster_of_its_own() -> None:
    assert clusters({"a": [], "b": [], "c": [1]}) == {"a": "a", "b": "b", "c": "c"}
