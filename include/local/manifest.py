"""Writes dbt's manifest, from which the DAG file draws its task a model: ``python -m local.manifest``.

Part of every set-up (`make up`, `make demo`, the init job of docker-compose.yml), so that reading a DAG
file costs no dbt start. The file is replaced in one step: a DAG processor never reads half of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from minsheng.settings import get_settings


def write_manifest() -> Path:
    """Parse the dbt project; returns the manifest's path. Raises subprocess.CalledProcessError as dbt fails.

    dbt's own cache of the parse lies beside it: a build that finds it there need not parse again.
    """
    settings = get_settings()
    target = settings.data / "dbt" / "parsed" / "target"
    target.mkdir(parents=True, exist_ok=True)
    dbt = Path(sys.executable).with_name("dbt")
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".parse-") as draft:
        project = str(settings.dbt_project)
        command = [str(dbt), "--quiet", "--log-path", draft, "parse", "--no-partial-parse", "--target-path", draft]
        environment = {**os.environ, "MINSHENG_WAREHOUSE_PATH": str(settings.warehouse.absolute())}
        folders = ["--project-dir", project, "--profiles-dir", project]
        subprocess.run([*command, *folders], check=True, env=environment)  # noqa: S603
        for name in ("partial_parse.msgpack", "manifest.json"):
            (Path(draft) / name).replace(target / name)
    return target / "manifest.json"


if __name__ == "__main__":
    try:
        click.echo(write_manifest())
    except subprocess.CalledProcessError as error:  # dbt has said why
        sys.exit(error.returncode)
