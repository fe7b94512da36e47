"""``archive_reprocess``: what Airflow reads in it, and real runs of it over the archive of one day of the replay."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from airflow.sdk import Asset

from minsheng import pipeline
from minsheng.settings import Settings, get_settings
from replay import FIRST_DAY, serve

pytestmark = pytest.mark.xdist_group("airflow")
SOURCES = ("jiangling", "zunyi")
DEFAULTS = {"sources": [], "first": None, "last": None, "warc": [], "force": False}


@pytest.fixture
def archived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The archive of one replayed day; its servers are gone, and nothing was landed."""
    with serve(tmp_path / "sources") as replay:
        monkeypatch.setenv("MINSHENG_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("MINSHENG_SOURCES", str(replay.sources_dir))
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps(sorted(replay.allow_hosts)))
        get_settings.cache_clear()
        for source_id in SOURCES:
            pipeline.acquire(source_id, FIRST_DAY, get_settings())
    return get_settings()


def run(dags: Any, **params: Any) -> tuple[str, dict[tuple[str, int], str], Any]:
    """The state of a run with these parameters, those of its tasks, and what ``read`` returned."""
    dag = dags.dags["archive_reprocess"]
    for task in dag.tasks:
        task.retries = 0
    done = dag.test(run_conf={**DEFAULTS, **params})  # all of them: a run's are the defaults of the next in a process
    instances = done.get_task_instances()
    told = [ti.xcom_pull(task_ids="read", map_indexes=ti.map_index) for ti in instances if ti.task_id == "read"]
    return done.state, {(ti.task_id, ti.map_index): ti.state for ti in instances}, told


def landed(settings: Settings) -> list[tuple]:
    with duckdb.connect(settings.warehouse, read_only=True) as warehouse:
        sql = "SELECT source_id, logical_date, count(*) > 10 FROM raw.observations GROUP BY ALL ORDER BY ALL"
        return warehouse.execute(sql).fetchall()


def test_it_runs_by_hand_alone_one_at_a_time_and_the_build_follows(dags: Any) -> None:
    dag = dags.dags["archive_reprocess"]
    assert dag.schedule is None
    assert dag.max_active_runs == 1
    assert dag.get_task("land").outlets == [Asset("raw")]
    assert dag.get_task("land").pool == "duckdb"
    assert {name: param.value for name, param in dag.params.items()} == DEFAULTS


def test_it_reads_and_lands_the_archive_and_skips_what_it_has_read(dags: Any, archived: Settings) -> None:
    state, tasks, told = run(dags)
    assert state == "success", tasks
    assert told == [{"read": 1, "current": 0, "lost": 0}] * 2
    assert landed(archived) == [(source_id, FIRST_DAY, True) for source_id in SOURCES]
    state, _, told = run(dags, sources=["jiangling"], first=str(FIRST_DAY), last=str(FIRST_DAY))
    assert (state, told) == ("success", [{"read": 0, "current": 1, "lost": 0}])


def test_a_day_that_cannot_be_read_fails_the_run_and_the_others_land(dags: Any, archived: Settings) -> None:
    for file in (archived.archive / "jiangling").glob("*/*.warc.gz"):
        file.unlink()
    state, tasks, _ = run(dags)
    assert state == "failed"
    assert tasks == {
        ("select", -1): "success",
        ("read", 0): "failed",
        ("read", 1): "success",
        ("land", -1): "success",
        ("complete", -1): "upstream_failed",
    }
    assert landed(archived) == [("zunyi", FIRST_DAY, True)]


def test_foreign_files_land_under_the_day_of_their_capture_and_an_unreadable_one_fails_the_run(
    dags: Any, archived: Settings, tmp_path: Path
) -> None:
    files = shutil.move(archived.archive, tmp_path / "foreign")
    (tmp_path / "bad.warc.gz").write_bytes(b"no WARC")
    state, tasks, _ = run(dags, warc=[f"{files}/*/*/*.warc.gz", str(tmp_path / "bad.warc.gz")])
    assert state == "failed", "it names the file"
    assert tasks[("complete", -1)] == "failed"
    assert tasks[("land", -1)] == "success"
    assert {(source_id, day > date(2026, 1, 1)) for source_id, day, _ in landed(archived)} == {
        (source_id, True) for source_id in SOURCES
    }


def test_a_source_that_is_not_registered_fails_the_run_and_the_others_land(dags: Any, archived: Settings) -> None:
    state, tasks, _ = run(dags, sources=["jiangling", "nowhere"])
    assert state == "failed"
    assert tasks[("complete", -1)] == "failed"
    assert landed(archived) == [("jiangling", FIRST_DAY, True)]


def test_an_archive_without_such_days_lands_nothing(dags: Any, archived: Settings) -> None:
    state, tasks, _ = run(dags, last="2000-01-01")
    assert state == "success"
    assert tasks[("land", -1)] == "skipped"
    assert not archived.warehouse.exists()


def test_a_span_that_ends_before_it_begins_reads_nothing(dags: Any, archived: Settings) -> None:
    state, tasks, _ = run(dags, first="2024-05-21", last="2024-05-20")
    assert state == "failed"
    assert tasks[("select", -1)] == "failed"
    assert not archived.warehouse.exists()


def test_a_day_that_is_none_is_no_parameter(dags: Any) -> None:
    from airflow.sdk.exceptions import ParamValidationError

    for wrong in ({"first": "yesterday"}, {"last": "2024-02-30"}, {"sources": "jiangling"}, {"force": "yes"}):
        with pytest.raises(ParamValidationError):
            run(dags, **wrong)
