"""Settings and sources for the tests of acquiring: quick limits, hosts of 127.0.0.1 only."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from minsheng.settings import Settings
from minsheng.sources import Source


@pytest.fixture
def make_settings(tmp_path: Path) -> Callable[..., Settings]:
    def make(*hosts: str, **limits: Any) -> Settings:
        quick = {"backoff": 0.05, "page_seconds": 2, "page_bytes": 2_000_000, "retries": 1, "max_wait": 5}
        return Settings(data=tmp_path / "data", allow_hosts=frozenset(hosts), **{**quick, **limits})

    return make


@pytest.fixture
def make_source() -> Callable[..., Source]:
    def make(home: str, *lists: str, **fields: Any) -> Source:
        given = {"id": "site", "name": "测试县", "name_en": "Test", "level": "county", "family": "trs", "delay": 0.01}
        return Source(**{**given, "home": home, "lists": lists or (home,), "note": "a test", **fields})

    return make
