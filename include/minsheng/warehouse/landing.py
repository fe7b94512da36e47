"""Landing: the shards of units as rows of the raw schema. Only this writes rows into the warehouse, one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng.contracts import Site, arrow_schema
from minsheng.settings import Settings
from minsheng.warehouse.connection import LandingError, connect_writer, one_line
from minsheng.warehouse.shards import TABLES, Unit, shards_of

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Landed:
    """What ``land`` did: rows by table, and the units of which no shards were found (left as they were)."""

    rows: dict[str, int]
    missing: list[Unit] = field(default_factory=list)


def land(units: Sequence[Unit], settings: Settings) -> Landed:
    """Load the units' shards into ``raw``, replacing their rows and nobody else's, in one transaction.

    A unit without shards keeps the rows that it has and is named in ``missing``. Raises ``LandingError`` where
    shards cannot be read or the disk is full, ``WarehouseError`` where the warehouse cannot be opened; it then holds
    what it held before.
    """
    import duckdb

    found = {unit: _found(unit, settings) for unit in sorted(set(units))}
    present = [unit for unit, shards in found.items() if shards]
    with connect_writer(settings) as connection:
        try:
            ensure_raw(connection)
            connection.begin()
            rows = {name: _replace_rows(connection, name, present, found) for name in TABLES}
            connection.commit()
        except duckdb.Error as error:
            raise LandingError(f"landing in {settings.warehouse} failed: {one_line(error)}") from error
    return Landed(rows, [unit for unit, shards in found.items() if not shards])


def _found(unit: Unit, settings: Settings) -> dict[str, Path]:
    try:
        return shards_of(unit, settings)
    except ValueError as error:
        raise LandingError(f"the manifest of {unit[0]} {unit[1]} is damaged: {error}") from error


def land_sources(sites: Iterable[Site], settings: Settings) -> int:
    """Put the source registry into ``raw.sources`` as it stands now; returns how many sites it holds."""
    import pyarrow as pa

    rows = pa.Table.from_pylist(
        [{f.name: getattr(site, f.name) for f in fields(site)} for site in sites], arrow_schema(Site)
    )
    with connect_writer(settings) as connection:
        ensure_raw(connection)
        connection.begin()
        connection.execute("DELETE FROM raw.sources")
        connection.register("incoming", rows)
        connection.execute("INSERT INTO raw.sources BY NAME SELECT * FROM incoming")
        connection.commit()
    return len(rows)


def ensure_raw(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the raw tables that are missing and add the columns that the contracts have grown since."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
    for name, record in (TABLES | {"sources": Site}).items():
        connection.register("contract", arrow_schema(record).empty_table())
        connection.execute(f"CREATE TABLE IF NOT EXISTS raw.{name} AS FROM contract LIMIT 0")
        wanted = connection.execute("DESCRIBE contract").fetchall()
        present = {column[0] for column in connection.execute(f"DESCRIBE raw.{name}").fetchall()}
        for column, kind, *_ in wanted:
            if column not in present:
                connection.execute(f'ALTER TABLE raw.{name} ADD COLUMN "{column}" {kind}')
        connection.unregister("contract")


def _replace_rows(
    connection: duckdb.DuckDBPyConnection, name: str, units: Sequence[Unit], found: dict[Unit, dict[str, Path]]
) -> int:
    if not units:
        return 0
    # whole partitions go at once: scattered deletes are what makes a DuckDB file grow and slow down
    connection.execute(
        f"DELETE FROM raw.{name} WHERE (source_id, logical_date) IN "  # noqa: S608 (name is one of TABLES)
        "(SELECT UNNEST($sources::VARCHAR[]), UNNEST($dates::DATE[]))",
        {"sources": [unit[0] for unit in units], "dates": [unit[1] for unit in units]},
    )
    # a unit written before the contract had this table has no shard of it
    shards = [str(found[unit][name]) for unit in units if name in found[unit]]
    if not shards:
        return 0
    known = ", ".join(f'"{column}"' for column in _common_columns(connection, name, shards))
    result = connection.execute(
        f"INSERT INTO raw.{name} BY NAME SELECT {known} "  # noqa: S608 (columns are the table's own)
        "FROM read_parquet($shards, hive_partitioning = false, union_by_name = true)",
        {"shards": shards},
    ).fetchone()
    return int(result[0]) if result else 0


def _common_columns(connection: duckdb.DuckDBPyConnection, name: str, shards: list[str]) -> list[str]:
    """Columns of the shards that the table has: shards of an older contract may hold more, or fewer."""
    table = {row[0] for row in connection.execute(f"DESCRIBE raw.{name}").fetchall()}
    described = connection.execute(
        "DESCRIBE SELECT * FROM read_parquet($shards, hive_partitioning = false, union_by_name = true)",
        {"shards": shards},
    ).fetchall()
    return [row[0] for row in described if row[0] in table]
