"""Whenever new rows have landed: build the marts with dbt (a task a model), audit them, publish the snapshot.

The audit stands between the two: when it fails, readers keep what was published last.
"""

from __future__ import annotations

import os
from datetime import timedelta

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

from minsheng.settings import get_settings

SETTINGS = get_settings()
MANIFEST = SETTINGS.data / "dbt" / "manifest.json"
if not MANIFEST.exists():
    raise FileNotFoundError(f"{MANIFEST} is missing: write it with `python -m local.manifest` (`make up` does)")


@task(pool="duckdb", retries=0)
def audit() -> dict[str, int]:
    """Check the marts with Great Expectations; fails, and so keeps them from being published, if one does not hold."""
    from minsheng import pipeline

    return pipeline.audit(get_settings())


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
    default_args={"retries": 1, "retry_delay": timedelta(minutes=1)},
    doc_md=__doc__,
    tags=["minsheng"],
)
def metrics_build() -> None:
    """The wiring."""
    models = DbtTaskGroup(
        group_id="dbt",
        project_config=ProjectConfig(SETTINGS.dbt_project, manifest_path=MANIFEST, install_dbt_deps=False),
        profile_config=ProfileConfig("minsheng", "dev", profiles_yml_filepath=SETTINGS.dbt_project / "profiles.yml"),
        # Seeds are built, too, but not shown; nor are the tests, which run each right after its model.
        render_config=RenderConfig(
            load_method=LoadMode.DBT_MANIFEST,
            seed_rendering_behavior=SeedRenderingBehavior.NONE,
            test_behavior=TestBehavior.NONE,
            emit_datasets=False,
        ),
        execution_config=ExecutionConfig(
            execution_mode=ExecutionMode(os.environ.get("MINSHENG_DBT_MODE", "watcher")),
            invocation_mode=InvocationMode.DBT_RUNNER,
            setup_operator_args={"pool": "duckdb", "dbt_cmd_flags": ["--resource-type", "test"]},
        ),
        # The tasks of the models only watch: with slots of their own they cannot take the builder's.
        operator_args={
            "deferrable": False,
            "poke_interval": 1,
            "pool": "dbt",
            "retries": 0,
            "env": {"MINSHENG_WAREHOUSE_PATH": str(SETTINGS.warehouse.absolute())},
            "append_env": True,
        },
    )
    models >> audit() >> publish()


metrics_build()
