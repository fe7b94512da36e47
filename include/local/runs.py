"""Starts DAG runs of the local Airflow through its REST API, waits for them, and says why one failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from time import monotonic, sleep
from typing import Any

import httpx

from local.api import Api
from local.services import LocalAirflow
from minsheng import SHANGHAI

NEWS, METRICS = "news_daily", "metrics_build"


class RunFailed(RuntimeError):
    """A run failed, or did not come to an end; the message holds the end of the failing task's log."""


def wait_for(condition: Callable[[], Any], what: str, airflow: LocalAirflow, seconds: float = 300) -> Any:
    """The first true value of ``condition``, asked for each second. Raises RunFailed after ``seconds``."""
    give_up = monotonic() + seconds
    while monotonic() < give_up:
        airflow.check()
        try:
            if found := condition():
                return found
        except httpx.TransportError:
            pass  # a busy machine: ask again
        sleep(1)
    raise RunFailed(f"gave up waiting for {what} after {seconds:.0f} s; the logs are in {airflow.logs}")


def wait_for_dags(api: Api, airflow: LocalAirflow) -> None:
    """Return once the DAG processor has read both DAGs. Raises RunFailed with the error if one cannot be read."""

    def read() -> bool:
        if errors := api.get("importErrors")["import_errors"]:
            raise RunFailed(f"{errors[0]['filename']} cannot be read:\n{errors[0]['stack_trace']}")
        return api.exists(f"dags/{NEWS}") and api.exists(f"dags/{METRICS}")

    wait_for(read, "the DAG processor", airflow)


def start_news(api: Api, day: date) -> str:
    """Start ``news_daily`` for one Shanghai day; the run's id."""
    midnight = datetime.combine(day, time.min, SHANGHAI)
    run_id: str = api.post(f"dags/{NEWS}/dagRuns", {"logical_date": midnight.isoformat()})["dag_run_id"]
    return run_id


def finish(api: Api, airflow: LocalAirflow, dag_id: str, run_id: str) -> None:
    """Wait for a run. Raises RunFailed, as soon as one of its tasks has failed."""
    path = f"dags/{dag_id}/dagRuns/{run_id}"

    def ended() -> bool:
        if broken := api.get(f"{path}/taskInstances", state=["failed", "up_for_retry"])["task_instances"]:
            raise RunFailed(_why(api, path, broken))
        state = api.get(path)["state"]
        if state == "failed":
            raise RunFailed(f"{dag_id} {run_id} failed")
        return bool(state == "success")

    wait_for(ended, f"{dag_id} {run_id}", airflow)


def triggered_by(api: Api, airflow: LocalAirflow, news_run: str) -> str:
    """The id of the ``metrics_build`` run that the landing of ``news_run`` has triggered; waits until it exists."""

    def find() -> str | None:
        for run in api.get(f"dags/{METRICS}/dagRuns", order_by="-run_after", limit=5)["dag_runs"]:
            run_id: str = run["dag_run_id"]
            events = api.get(f"dags/{METRICS}/dagRuns/{run_id}/upstreamAssetEvents")["asset_events"]
            if any(event["source_run_id"] == news_run for event in events):
                return run_id
        return None

    found: str = wait_for(find, f"the build that {news_run} triggers", airflow)
    return found


def result(api: Api, dag_id: str, run_id: str, task_id: str) -> Any:
    """What a task returned."""
    return api.get(f"dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/xcomEntries/return_value")["value"]


def _why(api: Api, path: str, broken: list[dict[str, Any]]) -> str:
    names = ", ".join(f"{t['task_id']} {t['rendered_map_index'] or ''}".strip() for t in broken)
    first = broken[0]
    log = api.get(
        f"{path}/taskInstances/{first['task_id']}/logs/{max(first['try_number'], 1)}", map_index=first["map_index"]
    )
    lines = [_line(entry) for entry in log["content"]][-25:]
    return f"{first['dag_id']} {first['dag_run_id']}: {names} failed; the end of the log:\n" + "\n".join(lines)


def _line(entry: Any) -> str:
    if not isinstance(entry, dict):
        return f"    {entry}"
    errors = [f"{e.get('exc_type')}: {e.get('exc_value')}" for e in entry.get("error_detail") or []]
    return "\n      ".join([f"    {entry.get('event')}", *errors])
