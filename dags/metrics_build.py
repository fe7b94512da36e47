"""Whenever new rows have landed: build the marts with dbt, audit them, publish the snapshot.

The audit stands between the two: when it fails, readers keep what was published last.

dbt runs as one task in the pool of one slot. ``MINSHENG_DBT_TASKS=each`` shows a task a model (Cosmos' WATCHER:
one dbt still, watched by a deferred task a model), but it is not the default: two process starts a model make
it several times slower, and when its dbt is killed, the watchers of what is left start a dbt each, outside the pool.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pendulum
from airflow.sdk import Asset, dag, task
from cosmos import (
    DbtTaskGroup,
    ExecutionConfig,
    ExecutionMode,
    InvocationMode,
    LoadMode,
    ProfileConfig,
    ProjectConfig,
    RenderConfig,
)
from cosmos.constants import SeedRenderingBehavior, TestBehavior
from cosmos.operators.local import DbtBuildLocalOperator

from minsheng.settings import get_settings

SETTINGS = get_settings()
PARSED = SETTINGS.data / "dbt" / "parsed"
PROFILE = ProfileConfig("minsheng", "dev", profiles_yml_filepath=SETTINGS.dbt_project / "profiles.yml")
# A build that failed would fail again; and the second try of a model's task would start a dbt of its own.
DBT = {"append_env": True, "retries": 0}


def one_task() -> Any:
    """The whole build as one task: the quickest, and what ``dag.test()`` can run."""
    return DbtBuildLocalOperator(
        task_id="dbt",
        project_dir=str(SETTINGS.dbt_project),
        profile_config=PROFILE,
        invocation_mode=InvocationMode.DBT_RUNNER,
        cache_dir=PARSED,
        pool="duckdb",
        env=SETTINGS.dbt_environment,
        install_deps=False,
        **DBT,
    )


def task_each() -> Any:
    """One build, too, by the task ``dbt_producer_watcher``; a task a model shows how far it is."""
    manifest = PARSED / "target" / "manifest.json"
    if not manifest.exists():
        raise FileNotFoundError(f"{manifest} is missing: write it with `python -m local.manifest` (`make up` does)")
    return DbtTaskGroup(
        group_id="dbt",
        project_config=ProjectConfig(
            SETTINGS.dbt_project, manifest_path=manifest, env_vars=SETTINGS.dbt_environment, install_dbt_deps=False
        ),
        profile_config=PROFILE,
        # Seeds are built, too, but not shown; nor are the tests, which run each right after its model.
        render_config=RenderConfig(
            load_method=LoadMode.DBT_MANIFEST,
            seed_rendering_behavior=SeedRenderingBehavior.NONE,
            test_behavior=TestBehavior.NONE,
            emit_datasets=False,
        ),
        execution_config=ExecutionConfig(
            execution_mode=ExecutionMode.WATCHER,
            invocation_mode=InvocationMode.DBT_RUNNER,
            setup_operator_args={"pool": "duckdb", "dbt_cmd_flags": ["--resource-type", "test"]},
        ),
        operator_args=DBT,
    )


@task(pool="duckdb", retries=0, multiple_outputs=False)
def audit() -> dict[str, Any]:
    """Check the marts with Great Expectations; fails, and so keeps them from being published, if one does not hold."""
    from minsheng import pipeline

    return dict(pipeline.audit(get_settings()))


@task(pool="duckdb")
def publish() -> str:
    """Swap the marts in as the snapshot that readers open; its path."""
    from minsheng import pipeline

    return pipeline.publish(get_settings())


@dag(
    schedule=[Asset("raw")],
    start_date=pendulum.datetime(2010, 1, 1, tz="Asia/Shanghai"),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),  # whatever hangs is not waited for by all the builds after it
    default_args={"retries": 1, "retry_delay": timedelta(minutes=1)},
    doc_md=__doc__,
    tags=["minsheng"],
)
def metrics_build() -> None:
    """The wiring."""
    models = one_task() if SETTINGS.dbt_tasks == "one" else task_each()
    models >> audit() >> publish()


metrics_build()
