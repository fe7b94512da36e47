"""What the local Airflow's processes find in their environment: every setting that differs from Airflow's own.

The same settings are written to ``<home>/env``, so that a second terminal can ``source`` them and use
the ``airflow`` command against the running services.
"""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
USER = "admin"

# Airflow 3.3 itself reports to nobody; Cosmos, dbt and Great Expectations do unless told not to.
NO_TELEMETRY = {
    "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
    "DO_NOT_TRACK": "1",
    "GX_ANALYTICS_ENABLED": "False",
    "SCARF_NO_ANALYTICS": "1",
}

# Few workers and short waits: 2 cores and 2 GiB are enough, and a task follows the one before it within a second.
CALM = {
    "AIRFLOW__API__EXPOSE_CONFIG": "False",
    "AIRFLOW__API__HOST": "127.0.0.1",
    "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DEFAULT_TIMEZONE": "Asia/Shanghai",
    # A local set-up is switched on by starting it, and a backfill of a paused DAG would wait for ever.
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    "AIRFLOW__CORE__MIN_SERIALIZED_DAG_UPDATE_INTERVAL": "5",
    "AIRFLOW__CORE__PARALLELISM": "4",
    "AIRFLOW__DAG_PROCESSOR__BUNDLE_REFRESH_CHECK_INTERVAL": "5",
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "30",
    "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE": "20",
    # The logs lie on this machine: nobody needs a server for them.
    "AIRFLOW__LOGGING__COLORED_CONSOLE_LOG": "False",
    # Importing it alone logs a thousand lines.
    "AIRFLOW__LOGGING__NAMESPACE_LEVELS": "great_expectations=WARNING",
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
    # A finished task frees its worker at the next heartbeat: with the default, up to 5 s late.
    "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
}


def airflow_settings(home: Path, port: int, database: str) -> dict[str, str]:
    """The variables that make a process of this project's environment belong to the Airflow in ``home``."""
    address = f"http://127.0.0.1:{port}"
    return {
        **NO_TELEMETRY,
        **CALM,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__COSMOS__CACHE_DIR": str(home / "cosmos"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database,
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__SCHEDULER__CHILD_PROCESS_LOG_DIRECTORY": str(home / "logs" / "dag_processor"),
    }


def process_environment(settings: dict[str, str]) -> dict[str, str]:
    """This process's environment with ``settings`` on top and this interpreter's commands first on the path.

    Other AIRFLOW_* variables are dropped: a shell set up for another Airflow must not leak into this one.
    """
    # Each task starts anew: it should find our modules compiled, whatever this shell thinks of byte code.
    dropped = ("AIRFLOW", "PYTHONDONTWRITEBYTECODE")
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(dropped)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{inherited.get('PATH', os.defpath)}"
    return {**inherited, **settings, "PATH": path}


def write_env_file(file: Path, settings: dict[str, str]) -> None:
    """Write ``settings`` (and every MINSHENG_* variable of this process) so that ``source FILE`` sets them."""
    ours = {k: v for k, v in os.environ.items() if k.startswith("MINSHENG_")}
    lines = [f"export {key}={shlex.quote(value)}" for key, value in sorted({**ours, **settings}.items())]
    lines.append(f'export PATH={shlex.quote(str(Path(sys.executable).parent))}:"$PATH"')
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
