"""The warehouse: landing, building with dbt, publishing, and asking the published snapshot."""

from __future__ import annotations

from minsheng.warehouse.audited import latest, note_audit
from minsheng.warehouse.building import BuildFailed, BuildResult, build
from minsheng.warehouse.connection import (
    Answer,
    LandingError,
    QueryError,
    WarehouseError,
    connect_writer,
    query,
    wait_for_lock,
)
from minsheng.warehouse.landing import Landed, land, land_sources
from minsheng.warehouse.publishing import PublishError, publish
from minsheng.warehouse.shards import UnitShards, write_shards

__all__ = [
    "Answer",
    "BuildFailed",
    "BuildResult",
    "Landed",
    "LandingError",
    "PublishError",
    "QueryError",
    "UnitShards",
    "WarehouseError",
    "build",
    "connect_writer",
    "land",
    "land_sources",
    "latest",
    "note_audit",
    "publish",
    "query",
    "wait_for_lock",
    "write_shards",
]
