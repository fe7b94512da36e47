"""Building the marts: one ``dbt build`` (models and their tests) in this process, over the landed rows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from minsheng.settings import Settings
from minsheng.warehouse.connection import connect_writer
from minsheng.warehouse.landing import ensure_raw

if TYPE_CHECKING:
    from dbt.artifacts.schemas.results import NodeResult

TOLD = 5  # failures that the message of BuildFailed names


class BuildFailed(Exception):
    """A model could not be built or a test of its data failed; one line that names them."""


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What ``build`` did: how many models, seeds and tests passed, and how long dbt took in seconds."""

    models: int
    seeds: int
    tests: int
    seconds: float


def build(settings: Settings) -> BuildResult:
    """Build every model and run every test of the dbt project. Raises ``BuildFailed``, ``WarehouseError``.

    A warehouse in which nothing has landed yet is built, too: all tables are there, and empty. What dbt
    writes beside the warehouse (its manifest, its log) goes to ``<data>/dbt/``.
    """
    from dbt.cli.main import dbtRunner

    with connect_writer(settings) as connection:  # waits for the lock, which dbt does less patiently
        ensure_raw(connection)
    folder = settings.data / "dbt"
    command = [
        *("--quiet", "--no-use-colors", "--log-level", "none", "--log-level-file", "info"),
        *("--log-path", str(folder / "logs"), "--no-send-anonymous-usage-stats", "--no-version-check"),
        *("build", "--project-dir", str(settings.dbt_project), "--profiles-dir", str(settings.dbt_project)),
        *("--target-path", str(folder / "target")),
    ]
    with environment(settings):
        try:
            outcome = dbtRunner().invoke(command)
        finally:
            _let_go()
    results: list[NodeResult] = list(getattr(outcome.result, "results", None) or [])
    failed = [_told(result) for result in results if result.status in {"error", "fail", "runtime error"}]
    if not outcome.success:
        reason = "; ".join(failed[:TOLD]) or " ".join(str(outcome.exception).split()) or "dbt gave no reason"
        more = f"; and {len(failed) - TOLD} more" if len(failed) > TOLD else ""
        raise BuildFailed(f"dbt build: {reason}{more} (log: {folder / 'logs' / 'dbt.log'})")
    kinds = [str(result.node.resource_type) for result in results]
    return BuildResult(
        kinds.count("model"), kinds.count("seed"), kinds.count("test"), round(sum(r.execution_time for r in results), 1)
    )


@contextmanager
def environment(settings: Settings) -> Iterator[None]:
    """What dbt's profile reads, set in this process while the block runs."""
    wanted = settings.dbt_environment
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _let_go() -> None:
    """Close the connection that dbt keeps until this process ends: nobody else could open the warehouse."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager

    if DuckDBConnectionManager._ENV is not None:
        DuckDBConnectionManager.env().close()
        DuckDBConnectionManager.close_all_connections()


def _told(result: NodeResult) -> str:
    found = f"{result.failures} rows" if result.failures else " ".join((result.message or "").split())
    return f"{result.node.resource_type} {result.node.name}: {found}"
