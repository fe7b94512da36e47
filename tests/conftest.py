"""For every test: hypothesis has no deadline (machines are shared), and CI tries the same examples each time."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.pop("MINSHENG_ARCHIVE", None)  # a test writes into no archive but its own

settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_configure() -> None:
    """Stop where measuring was compiled (`make compile`) and changed since: its old machine code would be tested."""
    folder = Path(__file__).resolve().parents[1] / "include" / "minsheng" / "measure"
    compiled = [so.stat().st_mtime for so in folder.glob("*.so")]
    if compiled and min(compiled) < max(py.stat().st_mtime for py in folder.glob("*.py")):
        pytest.exit("measuring changed since `make compile`: run that again, or `make clean`", returncode=2)
