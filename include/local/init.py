"""The one-time preparations of docker-compose.yml's ``init`` job: ``python -m local.init``.

Migrates the database, makes the pools, writes dbt's manifest and keeps the password of the user ``admin``
(MINSHENG_ADMIN_PASSWORD) where the API server looks for it. Safe to run again.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from local.manifest import write_manifest
from local.services import POOLS, write_password


def main() -> None:
    """Raises subprocess.CalledProcessError when a step fails: the others then do not start."""
    subprocess.run(["airflow", "db", "migrate"], check=True)  # noqa: S607  the image's own command
    for name, (slots, description) in POOLS.items():
        subprocess.run(["airflow", "pools", "set", name, str(slots), description], check=True)  # noqa: S603, S607
    write_manifest()
    file = Path(os.environ["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"])
    write_password(file, os.environ["MINSHENG_ADMIN_PASSWORD"])


if __name__ == "__main__":
    main()
