"""docker-compose.yml, read by docker-compose itself: what must be there, and what it refuses to start without."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from minsheng.settings import Settings

# The image says where these lie: on the volume, or in itself.
FIXED = {"MINSHENG_DATA", "MINSHENG_SOURCES", "MINSHENG_LOCAL", "MINSHENG_QUEUES", "MINSHENG_DBT_PROJECT"}
AIRFLOW = ("api-server", "dag-processor", "init", "scheduler", "triggerer", "worker")
PROJECT = Path(__file__).resolve().parents[2]
COMPOSE = shutil.which("docker-compose")
pytestmark = pytest.mark.skipif(not COMPOSE, reason="docker-compose is not installed")
NEEDED = re.findall(r"^(\w+)=$", (PROJECT / ".env.example").read_text("utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def nothing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty .env, in place of one that may lie in the checkout."""
    file = tmp_path_factory.mktemp("compose") / ".env"
    file.touch()
    return file


def config(nothing: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    assert COMPOSE
    clean = {key: value for key, value in os.environ.items() if key not in NEEDED and not key.startswith("MINSHENG_")}
    command = [COMPOSE, "--file", str(PROJECT / "docker-compose.yml"), "--env-file", str(nothing), "config"]
    return subprocess.run(command, env={**clean, **environ}, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def services(nothing: Path) -> dict[str, Any]:
    told = config(nothing, dict.fromkeys(NEEDED, "secret"))
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = yaml.safe_load(told.stdout)["services"]
    return found


def test_every_process_of_the_distributed_set_up_is_there(services: dict[str, Any]) -> None:
    assert set(services) == {
        "api-server", "dag-processor", "init", "postgres", "redis", "scheduler", "triggerer", "worker",
    }  # fmt: skip


def test_whatever_keeps_running_has_a_health_check(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if "healthcheck" not in service} == {"init"}


def test_only_the_api_server_is_reachable_and_only_from_this_machine(services: dict[str, Any]) -> None:
    ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert ports == {"api-server": ["127.0.0.1:8080:8080/tcp"]}


def test_no_airflow_process_starts_before_the_preparations_are_done(services: dict[str, Any]) -> None:
    for name in ("api-server", "dag-processor", "scheduler", "triggerer", "worker"):
        assert services[name]["depends_on"]["init"] == {"condition": "service_completed_successfully"}


def variables() -> set[str]:
    """Every variable that settings.py reads, but for those that the image fixes."""
    names = {str(field.validation_alias or f"MINSHENG_{name.upper()}") for name, field in Settings.model_fields.items()}
    return names - FIXED


def test_every_setting_reaches_every_airflow_process(nothing: Path) -> None:
    told = config(nothing, dict.fromkeys(NEEDED, "secret") | dict.fromkeys(variables(), "given"))
    assert told.returncode == 0, told.stderr
    services = yaml.safe_load(told.stdout)["services"]
    for name in AIRFLOW:
        given = {key for key, value in services[name]["environment"].items() if value == "given"}
        assert given == variables(), name


def test_a_setting_that_is_not_set_is_left_to_its_default(services: dict[str, Any]) -> None:
    for name in AIRFLOW:
        unset = [key for key, value in services[name]["environment"].items() if value == "" and "MINSHENG" in key]
        assert unset == [], name


@pytest.mark.parametrize("missing", NEEDED)
def test_nothing_starts_without_a_secret_or_a_contact(missing: str, nothing: Path) -> None:
    told = config(nothing, {name: "secret" for name in NEEDED if name != missing})
    assert told.returncode != 0
    assert ".env.example" in told.stderr
