"""Writes dbt's manifest, from which the DAG file draws its task a model: ``python -m local.manifest``.

Part of every set-up (`make up`, `make demo`, the init job of docker-compose.yml), so that reading a DAG
file costs no dbt start. The file is replaced in one step: a DAG processor never reads half of it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import click

from minsheng.settings import get_settings


def write_manifest() -> Path:
    """Parse the dbt project; returns the manifest's path. Raises subprocess.CalledProcessError as dbt fails."""
    settings = get_settings()
    folder = settings.data / "dbt"
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.json"
    dbt = Path(sys.executable).with_name("dbt")
    with tempfile.TemporaryDirectory(dir=folder, prefix=".parse-") as target:
        project = str(settings.dbt_project)
        command = [str(dbt), "--quiet", "--log-path", target, "parse", "--no-partial-parse", "--target-path", target]
        subprocess.run([*command, "--project-dir", project, "--profiles-dir", project], check=True)  # noqa: S603
        (Path(target) / manifest.name).replace(manifest)
    return manifest


if __name__ == "__main__":
    try:
        click.echo(write_manifest())
    except subprocess.CalledProcessError as error:  # dbt has said why
        sys.exit(error.returncode)
