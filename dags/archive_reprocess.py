"""By hand: read the archive again by today's rules, without touching a site, or take pages from foreign WARC files.

The parameters say which sources and days. Days that today's rules have read already are skipped unless forced.
Landing updates the asset ``raw``, on which ``metrics_build`` runs. A day, file or page in trouble fails the run at its
end and keeps nothing else from landing; a day that could not be read keeps the rows it has. Where a day that was read
could not be landed, the asset is not updated: what did land is built with the next landing, by this DAG or the daily.
"""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
from airflow.sdk import Asset, Param, TriggerRule, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowException, AirflowSkipException

from minsheng.settings import get_settings

SHARES = 200  # mapped tasks at most: each takes its share of the days
LEFT_OUT = "left_out"
Share = list[tuple[str, str]]


@task(multiple_outputs=False, retries=0)
def select() -> list[Share]:
    """The units (source, day) to read, in shares; from foreign WARC files, where such are given, adopted first."""
    from minsheng import reprocess
    from minsheng.sources import load_sources

    context = get_current_context()
    asked, settings = context["params"], get_settings()
    first, last = (date.fromisoformat(asked[name]) if asked[name] else None for name in ("first", "last"))
    known = load_sources(settings.sources)
    chosen = reprocess.select(known, asked["sources"], first or date.min, last or date.max, asked["warc"], settings)
    context["ti"].xcom_push(LEFT_OUT, chosen.left_out)
    shares = reprocess.shares(chosen.units, SHARES)
    return [[(source_id, day.isoformat()) for source_id, day in share] for share in shares]


@task(map_index_template="{{ share }}", multiple_outputs=False)
def read(units: Share) -> dict[str, int]:
    """Clean and measure a share of the units, into Parquet shards; units read, units with no need, pages lost."""
    from minsheng import reprocess

    context = get_current_context()
    context["share"] = f"{' '.join(units[0])} to {' '.join(units[-1])}"
    wanted = [(source_id, date.fromisoformat(day)) for source_id, day in units]
    return reprocess.extract(wanted, get_settings(), force=context["params"]["force"])


@task(pool="duckdb", trigger_rule=TriggerRule.ALL_DONE, outlets=[Asset("raw")], multiple_outputs=False)
def land() -> dict[str, int]:
    """Load the shards of all the units into the raw schema; the rows by table."""
    from minsheng import reprocess

    shares: list[Share] = get_current_context()["ti"].xcom_pull(task_ids="select") or []
    units = [(source_id, date.fromisoformat(day)) for share in shares for source_id, day in share]
    if not units:
        raise AirflowSkipException("no days to land")
    return reprocess.land(units, get_settings())


@task(retries=0, trigger_rule=TriggerRule.NONE_FAILED)
def complete() -> None:
    """Fails where a WARC file could not be read, or a source of the archive is in the registry no more."""
    left_out: dict[str, str] = get_current_context()["ti"].xcom_pull(task_ids="select", key=LEFT_OUT) or {}
    if left_out:
        raise AirflowException("; ".join(f"{subject}: {reason}" for subject, reason in left_out.items()))


@dag(
    schedule=None,
    start_date=pendulum.datetime(2010, 1, 1, tz="Asia/Shanghai"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=1)},
    params={
        "sources": Param([], type="array", items={"type": "string"}, description="Source ids; empty: all."),
        "first": Param(None, type=["null", "string"], format="date", description="First day; empty: the earliest."),
        "last": Param(None, type=["null", "string"], format="date", description="Last day; empty: the latest."),
        "warc": Param(
            [], type="array", items={"type": "string"}, description="Foreign WARC files on the workers: paths or globs."
        ),
        "force": Param(False, type="boolean", description="Read again what today's rules have read already, too."),
    },
    doc_md=__doc__,
    tags=["minsheng"],
)
def archive_reprocess() -> None:
    """The wiring."""
    shares = select()
    done = read.expand(units=shares)
    done >> [land(), complete()]


archive_reprocess()
