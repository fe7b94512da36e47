"""An Airflow of the tests' own: a home in a temporary folder, an SQLite database, no examples.

Set when this file is read, since Airflow reads its environment when it is imported, which collecting the
tests does. The tests that use it share one process (`xdist_group("airflow")`): starting costs seconds.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minsheng.settings import get_settings

PROJECT = Path(__file__).resolve().parents[2]
HOME = Path(tempfile.mkdtemp(prefix="minsheng-airflow-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ.update(
    {
        "AIRFLOW_HOME": str(HOME),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(PROJECT / "plugins"),
        "AIRFLOW__CORE__UNIT_TEST_MODE": "True",
        "AIRFLOW__COSMOS__CACHE_DIR": str(HOME / "cosmos"),
        "AIRFLOW__COSMOS__ENABLE_TELEMETRY": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{HOME}/airflow.db",
        "DO_NOT_TRACK": "1",
    }
)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The data folder of these tests, with dbt's manifest in it."""
    from local.manifest import write_manifest

    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MINSHENG_DATA", str(folder))
        get_settings.cache_clear()
        write_manifest()
        yield folder
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def dags(data: Path) -> Any:
    """The project's DAGs as Airflow reads them, their pools and tables in the database."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    initdb()
    Pool.create_or_update_pool("duckdb", 1, "", include_deferred=False)
    return DagBag(PROJECT / "dags")
