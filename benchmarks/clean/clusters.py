"""Clusters of near-duplicates over many articles: the dbt models, built after each batch of articles that arrives.

    python benchmarks/clean/clusters.py [--articles 1000000] [--batches 10] [--memory 1GB]

Every fifth article is a reprint of an earlier one, with 4 to 32 of its bands; the batches arrive one after the
other, as days do, then a small one. At the end the whole is built anew and has to be the same. Prints CPU seconds,
seconds by the clock and peak memory of the process, dbt's start included.
"""

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
DBT = ROOT / "dbt_project"
MODELS = "int_articles__near_duplicates int_articles__clusters"
REVISIONS = """
    CREATE SCHEMA IF NOT EXISTS intermediate; CREATE SCHEMA IF NOT EXISTS staging;
    CREATE TABLE staging.stg_minsheng__sources (source_id VARCHAR, source_name VARCHAR, source_level VARCHAR);
    CREATE TABLE intermediate.int_articles__revisions (
        article_id VARCHAR, bands BIGINT[], source_id VARCHAR, publisher VARCHAR, published_at TIMESTAMPTZ,
        published_on DATE, logical_date DATE, fetched_at TIMESTAMPTZ, is_latest BOOLEAN)
"""
# Article i is an original, or (every fifth) shares a run of bands with the one numbered half as high.
ARRIVE = """
    INSERT INTO intermediate.int_articles__revisions
    SELECT left(md5(i::VARCHAR), 16),
           [(hash(CASE WHEN i % 5 = 0 AND b < 4 + i % 29 THEN i // 2 ELSE i END, b) >> 1)::BIGINT FOR b IN range(32)],
           's', NULL, NULL, NULL, DATE '2024-01-01' + (i // 86400)::INTEGER,
           TIMESTAMPTZ '2024-01-01' + i * INTERVAL 1 SECOND, true
    FROM range($1, $2) AS t(i)
"""


def build(warehouse: Path, *, anew: bool = False) -> None:
    """Run the two models over the warehouse as it stands."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    work = str(warehouse.parent)
    command = ["--quiet", "--log-path", work, "run", "--select", *MODELS.split(), "--project-dir", str(DBT)]
    command += ["--profiles-dir", str(DBT), "--target-path", work, *(["--full-refresh"] if anew else [])]
    outcome = dbtRunner().invoke(command)
    DuckDBConnectionManager.env().close()
    DuckDBConnectionManager.close_all_connections()
    if not outcome.success:
        raise SystemExit(f"dbt failed: {outcome.exception or [r.message for r in outcome.result]}")


def ask(warehouse: Path, sql: str, values: tuple = ()) -> list:
    with duckdb.connect(warehouse, config={"memory_limit": "500MB", "threads": 2}) as connection:
        return connection.execute(sql, values).fetchall()


def told(what: str, cpu: float, clock: float) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what:34}{time.process_time() - cpu:8.1f}{time.monotonic() - clock:8.1f}{peak:8.0f}",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=1_000_000)
    options.add_argument("--batches", type=int, default=10)
    options.add_argument("--daily", type=int, default=10_000, help="articles of the small batch at the end")
    options.add_argument("--memory", default="1GB", help="memory limit of DuckDB")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="minsheng-clusters-") as folder:
        warehouse = Path(folder) / "warehouse.duckdb"
        os.environ |= {"MINSHENG_WAREHOUSE_PATH": str(warehouse), "MINSHENG_DUCKDB_MEMORY": given.memory}
        ask(warehouse, REVISIONS)
        ends = [given.articles * (n + 1) // given.batches for n in range(given.batches)]
        print(f"{'build':34}{'CPU s':>8}{'clock s':>8}{'peak MB':>8}")
        for first, end in zip([0, *ends], [*ends, ends[-1] + given.daily], strict=True):
            ask(warehouse, ARRIVE, (first, end))
            cpu, clock = time.process_time(), time.monotonic()
            build(warehouse)
            told(f"{first} articles, then {end - first} more", cpu, clock)
        ask(warehouse, "CREATE TABLE kept AS FROM intermediate.int_articles__clusters")
        cpu, clock = time.process_time(), time.monotonic()
        build(warehouse, anew=True)
        told(f"all {end} anew", cpu, clock)
        both = "SELECT count(*) FROM (FROM kept EXCEPT FROM intermediate.int_articles__clusters)"
        [(clusters, largest)] = ask(warehouse, "SELECT count(DISTINCT cluster_id), max(cluster_size) FROM kept")
        otherwise = ask(warehouse, both)[0][0]
        print(f"clusters {clusters}, the largest of {largest}; rows that the build anew has otherwise: {otherwise}")


if __name__ == "__main__":
    main()
