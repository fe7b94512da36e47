"""Every day at 06:00 in Shanghai: fetch, read and land what the sources published the day before.

One mapped task group a source; the unit of work is (source, day), so a run may be repeated or
backfilled at will. Landing updates the asset ``raw``, on which ``metrics_build`` runs. A run's logical
date is the day it covers, whether the schedule, a backfill or a person starts it.
"""

from __future__ import annotations

from datetime import date, timedelta

import pendulum
from airflow.sdk import Asset, TriggerRule, dag, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowException
from minsheng_timetable import DailyTimetable  # in plugins/, which Airflow puts on the path

from minsheng.settings import get_settings

SHANGHAI = pendulum.timezone("Asia/Shanghai")
UNREACHED = "unreached"


def covered_day() -> date:
    """The Shanghai day on which the run's data interval starts; a run without one covers the day before it ran."""
    run = get_current_context()["dag_run"]
    start = run.data_interval_start or run.run_after - timedelta(days=1)
    return start.astimezone(SHANGHAI).date()


@task
def sources() -> list[str]:
    """The ids of the registered sources."""
    from minsheng import pipeline

    return pipeline.source_ids(get_settings())


@task(
    retries=2,
    retry_delay=timedelta(minutes=10),
    max_active_tis_per_dag=16,
    map_index_template="{{ source_id }}",
    multiple_outputs=False,
)
def acquire(source_id: str) -> dict[str, int]:
    """Discover, fetch and archive one source's day; the pages by outcome. Where nothing answers it is tried again; what
    the last try has to tell lands like any other, and ``complete`` fails.
    """
    from minsheng import pipeline

    context = get_current_context()
    context["source_id"] = source_id
    try:
        return pipeline.acquire(source_id, covered_day(), get_settings(), insist=True)
    except pipeline.Unreached as error:
        if context["ti"].try_number <= context["ti"].max_tries:
            raise
        context["ti"].xcom_push(UNREACHED, str(error))
        return {}


@task(map_index_template="{{ source_id }}")
def extract(source_id: str) -> str:
    """Clean and measure what was archived, into Parquet shards; the source, as one that is ready to land."""
    from minsheng import pipeline

    get_current_context()["source_id"] = source_id
    pipeline.extract(source_id, covered_day(), get_settings())
    return source_id


# One source in trouble fails the run (by the leaf ``complete``) but keeps none of the others from landing.
@task(pool="duckdb", trigger_rule=TriggerRule.ALL_DONE_MIN_ONE_SUCCESS, outlets=[Asset("raw")], multiple_outputs=False)
def land() -> dict[str, int]:
    """Load the shards of every source that came through into the raw schema; the rows by table."""
    from minsheng import pipeline

    # Pulled, since an argument would be a list for several sources, but for one the bare value.
    ready = get_current_context()["ti"].xcom_pull(task_ids=["source.extract"])
    return pipeline.land([(source_id, covered_day()) for source_id in ready], get_settings())


@task(retries=0)
def complete() -> None:
    """Fails where a source did not come through, or nothing of it could be reached."""
    unreached = get_current_context()["ti"].xcom_pull(task_ids=["source.acquire"], key=UNREACHED)
    if told := [reason for reason in unreached or () if reason]:
        raise AirflowException("; ".join(told))


@dag(
    schedule=DailyTimetable(get_settings().schedule, SHANGHAI.name),
    start_date=pendulum.datetime(2010, 1, 1, tz=SHANGHAI),
    catchup=False,
    max_active_runs=2,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=1)},
    doc_md=__doc__,
    tags=["minsheng"],
)
def news_daily() -> None:
    """The wiring."""

    @task_group
    def source(source_id: str) -> None:
        acquire(source_id) >> extract(source_id)

    source.expand(source_id=sources()) >> [land(), complete()]


news_daily()
