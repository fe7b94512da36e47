"""One `make up` for all tests of this folder: with one replayed site, two days backfilled, in one xdist group."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from local.api import Api
from local.services import free_port
from replay import serve

PATIENCE = 300  # seconds that a busy machine may take


@dataclass(frozen=True)
class Up:
    """The running `make up`: its process, what it printed, its variables and data folder."""

    process: subprocess.Popen[str]
    greeting: list[str]
    environ: dict[str, str]
    folder: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.environ['MINSHENG_PORT']}"

    @property
    def password(self) -> str:
        found: str = json.loads((self.folder / "airflow" / "passwords.json").read_text())["admin"]
        return found

    def api(self) -> Api:
        return Api(self.address, "admin", self.password)

    def family(self) -> list[psutil.Process]:
        """Every process that belongs to it, PostgreSQL's included."""
        everyone = psutil.process_iter(["cmdline"])
        servers = [p for p in everyone if str(self.folder) in " ".join(p.info["cmdline"] or [])]
        return [*servers, *psutil.Process(self.process.pid).children(recursive=True)]


def run(module: str, environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=False)


def wait(condition: Callable[[], Any]) -> Any:
    give_up = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < give_up
        time.sleep(0.5)
    return found


@pytest.fixture(scope="session")
def up() -> Iterator[Up]:
    # A short path, since that of a Unix socket may have 107 characters, and open to PostgreSQL's own user.
    with tempfile.TemporaryDirectory(prefix="minsheng-up-") as name, serve(Path(name) / "sources") as replay:
        for file in sorted(replay.sources_dir.glob("*.yml"))[1:]:
            file.unlink()
        environ = {
            "MINSHENG_ALLOW_HOSTS": json.dumps(sorted(replay.allow_hosts)),
            "MINSHENG_CONTACT": "",
            "MINSHENG_DATA": name,
            "MINSHENG_PORT": str(free_port()),
            "MINSHENG_SOURCES": str(replay.sources_dir),
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "local.up"], env={**os.environ, **environ}, stdout=subprocess.PIPE, text=True
        )
        try:
            assert process.stdout
            greeting = list(iter(process.stdout.readline, "Ctrl-C stops everything.\n"))
            assert process.poll() is None, greeting
            yield Up(process, greeting, environ, Path(name))
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)


@pytest.fixture(scope="session")
def backfilled(up: Up) -> list[dict[str, Any]]:
    """The runs of two days, backfilled from another terminal, once what they landed is published."""
    assert run("local.backfill", up.environ, "2024-05-20", "2024-05-21").returncode == 0
    with up.api() as api:
        runs: list[dict[str, Any]] = wait(lambda: _finished(api, "news_daily", 2))
        builds = wait(lambda: _finished(api, "metrics_build", 1))
    assert {run["state"] for run in (*runs, *builds)} == {"success"}
    return runs


def _finished(api: Api, dag_id: str, runs: int) -> list[dict[str, Any]]:
    done = [run for run in api.get(f"dags/{dag_id}/dagRuns")["dag_runs"] if run["state"] in ("success", "failed")]
    return done if len(done) >= runs else []
