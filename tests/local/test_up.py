"""`make up` as a person uses it: start, look, backfill from another terminal, stop; and what it says on trouble."""

from __future__ import annotations

import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from local.services import LocalAirflow, ServiceError, check_port, free_port, lock

from .conftest import Up, run


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, since the path of a Unix socket may have 107 characters, and open to PostgreSQL's own user."""
    with tempfile.TemporaryDirectory(prefix="minsheng-up-") as path:
        yield Path(path)


def test_a_taken_port_gets_one_clear_line(folder: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        told = run("local.up", {"MINSHENG_DATA": str(folder), "MINSHENG_PORT": str(port)})
    assert told.returncode == 1
    assert told.stdout == ""
    reason = f"port {port} is not free (Address already in use)"
    assert told.stderr == f"minsheng: {reason}; take another: MINSHENG_PORT=8081 make up\n"
    assert not (folder / "airflow").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1"])
def test_what_is_no_port_gets_one_clear_line(port: str, folder: Path) -> None:
    told = run("local.up", {"MINSHENG_DATA": str(folder), "MINSHENG_PORT": port})
    assert told.returncode == 1
    assert told.stderr == f"minsheng: MINSHENG_PORT={port} is no port: give a number from 1 to 65535\n"


def test_a_free_port_is_free() -> None:
    check_port(free_port())


def test_what_one_process_holds_another_is_refused(tmp_path: Path) -> None:
    with lock(tmp_path / "lock", "held"), pytest.raises(ServiceError, match="held"), lock(tmp_path / "lock", "held"):
        pass
    with lock(tmp_path / "lock", "held"):
        pass


def test_a_backfill_without_airflow_says_what_to_start(folder: Path) -> None:
    told = run("local.backfill", {"MINSHENG_DATA": str(folder)}, "2024-05-20", "2024-05-21")
    assert told.returncode == 1
    assert told.stderr == "minsheng: no Airflow runs here: start it in another terminal with `make up`\n"


def test_a_backfill_of_a_day_that_does_not_exist_is_refused(folder: Path) -> None:
    told = run("local.backfill", {"MINSHENG_DATA": str(folder)}, "2023-02-29", "2023-03-01")
    assert told.returncode == 2
    assert "2023-02-29" in told.stderr


@pytest.mark.xdist_group("airflow")
def test_the_greeting_holds_what_a_person_needs_and_secrets_are_the_owners(up: Up) -> None:
    assert f"Airflow runs at {up.address}\n" in up.greeting
    assert f"  password  {up.password}\n" in up.greeting
    for secret in ("passwords.json", "airflow.cfg"):
        assert (up.folder / "airflow" / secret).stat().st_mode & 0o077 == 0


@pytest.mark.xdist_group("airflow")
def test_a_backfill_covers_the_days_it_names(backfilled: list[dict[str, Any]]) -> None:
    days = sorted(run["data_interval_start"] for run in backfilled)
    assert days == ["2024-05-19T16:00:00Z", "2024-05-20T16:00:00Z"], "midnight in Shanghai is 16:00 UTC the day before"


@pytest.mark.xdist_group("airflow")
def test_no_site_is_visited_by_itself_until_somebody_says_who_asks(up: Up, backfilled: list[dict[str, Any]]) -> None:
    assert any("daily run off until MINSHENG_CONTACT" in line for line in up.greeting)
    assert {run["run_type"] for run in backfilled} == {"backfill"}
    with up.api() as api:
        assert not api.get("dags/news_daily")["is_paused"]
        assert api.get("dags/news_daily/dagRuns", run_type="scheduled")["dag_runs"] == []


def test_a_closed_terminal_keeps_nothing_running(tmp_path: Path) -> None:
    def closed(_: str) -> None:
        raise BrokenPipeError

    airflow = LocalAirflow(tmp_path, free_port(), say=closed)
    airflow._processes["service"] = process = subprocess.Popen(["sleep", "600"])
    airflow.stop()
    assert process.poll() is not None


@pytest.mark.xdist_group("airflow")
def test_ctrl_c_leaves_no_process(up: Up) -> None:  # the last one that needs it
    family = up.family()
    assert any("postgres" in p.name() for p in family)
    up.process.send_signal(signal.SIGINT)
    assert up.process.wait(timeout=60) == 0
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
