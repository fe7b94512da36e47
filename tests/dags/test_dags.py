"""The DAG files: what Airflow reads in them, and one real day of ``news_daily`` against the replay site."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pendulum
import pytest
from airflow.sdk import Asset
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import TimeRestriction

from minsheng import SHANGHAI
from minsheng.settings import get_settings
from replay import serve

pytestmark = pytest.mark.xdist_group("airflow")
DAG_FILES = Path(__file__).resolve().parents[2] / "dags"


def test_every_dag_is_read_without_error(dags: Any) -> None:
    assert dags.import_errors == {}
    assert set(dags.dags) == {"news_daily", "metrics_build", "archive_reprocess"}


def test_the_files_hold_wiring_only() -> None:
    for file in DAG_FILES.glob("*.py"):
        text = file.read_text("utf-8")
        assert "SELECT" not in text
        assert "import duckdb" not in text


def test_no_dag_catches_up_by_itself_and_each_task_says_how_often_it_is_tried(dags: Any) -> None:
    for dag in dags.dags.values():
        assert not dag.catchup
        assert dag.tags == {"minsheng"}
    retries = {task.task_id: task.retries for task in dags.dags["news_daily"].tasks}
    assert retries == {"sources": 1, "source.acquire": 2, "source.extract": 1, "land": 1, "complete": 0}
    assert dags.dags["metrics_build"].get_task("audit").retries == 0, "what failed the audit will fail it again"


def test_only_tasks_in_the_pool_of_one_slot_write_the_warehouse(dags: Any) -> None:
    in_pool = {task.task_id for dag in dags.dags.values() for task in dag.tasks if task.pool == "duckdb"}
    assert in_pool == {"land", "dbt", "audit", "publish"}


def test_if_wanted_a_task_watches_each_model_and_the_audit_waits_for_all_of_them(
    dags: Any, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MINSHENG_DBT_TASKS", "each")
    get_settings.cache_clear()
    dag = type(dags)(DAG_FILES / "metrics_build.py").dags["metrics_build"]
    get_settings.cache_clear()
    manifest = json.loads((data / "dbt" / "parsed" / "target" / "manifest.json").read_text("utf-8"))
    models = {node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "model"}
    assert {t.task_id.removeprefix("dbt.").removesuffix("_run") for t in dag.tasks if "_run" in t.task_id} == models
    assert all(
        dag.get_task("audit").task_id in dag.get_task(t).get_flat_relative_ids() for t in dag.task_ids if "dbt." in t
    )
    assert dag.get_task("publish").upstream_task_ids == {"audit"}


def test_the_build_runs_when_landing_has_updated_the_asset(dags: Any) -> None:
    assert dags.dags["news_daily"].get_task("land").outlets == [Asset("raw")]
    assert dags.dags["metrics_build"].schedule == [Asset("raw")]


def test_a_run_covers_the_shanghai_day_on_whose_next_morning_it_starts(dags: Any) -> None:
    dag = DagSerialization.from_dict(DagSerialization.to_dict(dags.dags["news_daily"]))
    # As `airflow backfill create --from-date 2024-05-20 --to-date 2024-05-21` asks.
    first, last = datetime(2024, 5, 20, tzinfo=SHANGHAI), datetime(2024, 5, 21, tzinfo=SHANGHAI)
    runs = list(dag.iter_dagrun_infos_between(first, last))
    assert [run.data_interval.start for run in runs] == [first, last]
    assert [run.run_after for run in runs] == [datetime(2024, 5, day, 6, tzinfo=SHANGHAI) for day in (21, 22)]
    by_hand = dag.timetable.infer_manual_data_interval(run_after=pendulum.datetime(2024, 5, 20, 17, tz=SHANGHAI.key))
    assert by_hand.start == first


def test_without_a_schedule_nothing_runs_by_itself_and_yet_days_can_be_backfilled(dags: Any) -> None:
    from minsheng_timetable import DailyTimetable

    timetable = DailyTimetable.deserialize(DailyTimetable("", SHANGHAI.key).serialize())
    day = pendulum.datetime(2024, 5, 20, tz=SHANGHAI.key)
    assert not timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(day, None, catchup=False)
    )
    run = timetable.next_dagrun_info(
        last_automated_data_interval=None, restriction=TimeRestriction(day, day, catchup=True)
    )
    assert run
    assert run.data_interval
    assert run.data_interval.start == day


def test_reading_the_files_costs_no_heavy_library(data: Path) -> None:
    heavy = ("great_expectations", "dbt.cli", "trafilatura", "duckdb", "pyarrow", "minsheng.clean", "minsheng.measure")
    code = f"""
import runpy, sys
for file in {[str(f) for f in sorted(DAG_FILES.glob("*.py"))]}:
    runpy.run_path(file)
print([name for name in {heavy} if name in sys.modules])
"""
    environment = {**os.environ, "MINSHENG_DATA": str(data)}
    told = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.splitlines()[-1] == "[]"


def test_a_day_of_news_lands_even_though_one_source_fails(
    dags: Any, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(tmp_path / "sources") as replay:
        only = sorted(replay.sources_dir.glob("*.yml"))
        for file in only[2:]:
            file.unlink()
        broken, fine = (file.stem for file in only[:2])
        # A file where the source's folder should be: whatever is written for it fails.
        (data / "archive").mkdir()
        (data / "archive" / broken).touch()
        monkeypatch.setenv("MINSHENG_SOURCES", str(replay.sources_dir))
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps(sorted(replay.allow_hosts)))
        get_settings.cache_clear()
        dag = dags.dags["news_daily"]
        for task in dag.tasks:
            task.retries = 0
        run = dag.test(logical_date=datetime(2024, 5, 20, tzinfo=SHANGHAI))
    states = {(ti.task_id, ti.map_index): ti.state for ti in run.get_task_instances()}
    assert states[("source.acquire", 0)] == "failed"
    assert states[("source.extract", 0)] == "upstream_failed"
    assert states[("source.extract", 1)] == "success"
    assert states[("land", -1)] == "success", "the others land"
    assert run.state == "failed", "and yet the trouble is seen"
    with duckdb.connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        landed = warehouse.execute("SELECT DISTINCT source_id, logical_date FROM raw.pages").fetchall()
    assert landed == [(fine, date(2024, 5, 20))]


def test_a_source_that_nothing_is_heard_of_is_tried_again_and_then_lands_as_it_is(
    dags: Any, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = date(2024, 5, 21)
    with serve(tmp_path / "sources") as replay:
        silent, fine = (replay.sources_dir / f"{name}.yml" for name in ("yaowen", "zunyi"))
        for file in set(replay.sources_dir.glob("*.yml")) - {silent, fine}:
            file.unlink()
        silent.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:9", silent.read_text("utf-8")), "utf-8")
        monkeypatch.setenv("MINSHENG_SOURCES", str(replay.sources_dir))
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps(sorted({*replay.allow_hosts, "127.0.0.1:9"})))
        get_settings.cache_clear()
        dag = dags.dags["news_daily"]
        for task in dag.tasks:
            monkeypatch.setattr(task, "retries", int(task.task_id == "source.acquire"))
            monkeypatch.setattr(task, "retry_delay", timedelta(0))
        run = dag.test(logical_date=datetime.combine(day, datetime.min.time(), SHANGHAI))
        silent.unlink()
        sound = dag.test(logical_date=datetime(2024, 5, 22, tzinfo=SHANGHAI))
    assert sound.state == "success"
    tries = {(ti.task_id, ti.map_index): (ti.state, ti.try_number) for ti in run.get_task_instances()}
    assert tries[("source.acquire", 0)] == ("success", 2)
    assert tries[("source.acquire", 1)] == ("success", 1)
    assert tries[("land", -1)] == ("success", 1)
    assert (tries[("complete", -1)][0], run.state) == ("failed", "failed"), "an outage is seen"
    with duckdb.connect(data / "warehouse.duckdb", read_only=True) as warehouse:
        of_day = f"FROM raw.{{}} WHERE logical_date = '{day}'"
        assert warehouse.execute(f"SELECT DISTINCT source_id {of_day.format('pages')}").fetchall() == [("zunyi",)]
        lost = warehouse.execute(f"SELECT DISTINCT source_id, reason {of_day.format('outcomes')}").fetchall()
    assert ("yaowen", "list_failed") in lost
