"""`make up` as a person uses it: start, look, backfill from another terminal, stop; and what it says on trouble."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from local.api import Api
from local.services import ServiceError, check_port, free_port, lock
from replay import serve

PATIENCE = 300  # seconds that a busy machine may take


def wait(condition: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < give_up
        time.sleep(0.5)
    return found


@pytest.fixture
def folder() -> Iterator[Path]:
    """Short, since the path of a Unix socket may have 107 characters, and open to PostgreSQL's own user."""
    with tempfile.TemporaryDirectory(prefix="minsheng-up-") as path:
        yield Path(path)


def run(module: str, environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=False)


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
def test_up_runs_airflow_a_backfill_goes_through_and_nothing_is_left(folder: Path) -> None:
    with serve(folder / "sources") as replay:
        for file in sorted(replay.sources_dir.glob("*.yml"))[1:]:
            file.unlink()
        environ = {
            "MINSHENG_ALLOW_HOSTS": json.dumps(sorted(replay.allow_hosts)),
            "MINSHENG_DATA": str(folder),
            "MINSHENG_DBT_TASKS": "one",
            "MINSHENG_PORT": str(free_port()),
            "MINSHENG_SOURCES": str(replay.sources_dir),
        }
        up = subprocess.Popen(
            [sys.executable, "-m", "local.up"], env={**os.environ, **environ}, stdout=subprocess.PIPE, text=True
        )
        try:
            assert up.stdout
            greeting = list(iter(up.stdout.readline, "Ctrl-C stops everything.\n"))
            assert up.poll() is None, greeting
            looks_right(greeting, folder, environ["MINSHENG_PORT"])
            assert run("local.backfill", environ, "2024-05-20", "2024-05-21").returncode == 0
            backfilled(folder, f"http://127.0.0.1:{environ['MINSHENG_PORT']}")
            family = [p for p in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(p.info["cmdline"] or [])]
            family += psutil.Process(up.pid).children(recursive=True)
            assert any("postgres" in p.name() for p in family)
        finally:
            up.send_signal(signal.SIGINT)
            code = up.wait(timeout=60)
    assert code == 0
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []


def looks_right(greeting: list[str], folder: Path, port: str) -> None:
    """The address, user and password are printed and good; the page of the plugin asks for them."""
    address = f"http://127.0.0.1:{port}"
    password = json.loads((folder / "airflow" / "passwords.json").read_text())["admin"]
    assert f"Airflow runs at {address}\n" in greeting
    assert f"  password  {password}\n" in greeting
    for secret in ("passwords.json", "airflow.cfg"):
        assert (folder / "airflow" / secret).stat().st_mode & 0o077 == 0
    assert httpx.get(f"{address}/minsheng/").status_code == 401
    assert httpx.get(f"{address}/minsheng/data-docs/index.html").status_code == 401
    token = httpx.post(f"{address}/auth/token", json={"username": "admin", "password": password}).json()["access_token"]
    page = httpx.get(f"{address}/minsheng/", headers={"authorization": f"Bearer {token}"})
    assert page.status_code == 200
    assert "nothing is published yet" in page.text


def backfilled(folder: Path, address: str) -> None:
    """Both days run, and well; the day that `make up` starts by its schedule may run beside them."""
    password = json.loads((folder / "airflow" / "passwords.json").read_text())["admin"]
    with Api(address, "admin", password) as api:
        runs = wait(lambda: _finished(api))
    days = sorted(run["data_interval_start"][:10] for run in runs)
    assert days == ["2024-05-19", "2024-05-20"], "06:00 in Shanghai is 22:00 UTC of the day before"
    assert {run["state"] for run in runs} == {"success"}


def _finished(api: Api) -> list[dict[str, Any]]:
    runs = api.get("dags/news_daily/dagRuns", run_type="backfill")["dag_runs"]
    done = [run for run in runs if run["state"] in ("success", "failed")]
    return done if len(done) == 2 else []
