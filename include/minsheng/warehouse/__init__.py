"""The warehouse: landing, building with dbt, publishing, and asking the published snapshot."""

from __future__ import annotations

from minsheng.warehouse.connection import Answer, QueryError, WarehouseError, connect_writer, query
from minsheng.warehouse.landing import Landed, land, land_sources, write_shards

__all__ = [
    "Answer",
    "Landed",
    "QueryError",
    "WarehouseError",
    "connect_writer",
    "land",
    "land_sources",
    "query",
    "write_shards",
]
