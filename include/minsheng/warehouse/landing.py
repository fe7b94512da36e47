"""Landing: a unit's records as Parquet shards, and the shards as rows of the raw schema.

Workers write shards side by side, anywhere; only ``land`` touches the warehouse. A unit of work
(source, logical date) has one shard a table, and a manifest that names the shards which belong
together: it is written last, by an atomic rename, so that a unit is replaced as a whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minsheng.contracts import Article, Observation, Outcome, Page, Request, Site, arrow_schema
from minsheng.settings import Settings
from minsheng.warehouse.connection import WarehouseError, connect_writer, one_line

if TYPE_CHECKING:
    import duckdb

Unit = tuple[str, date]
TABLES: dict[str, type] = {
    "pages": Page,
    "articles": Article,
    "observations": Observation,
    "outcomes": Outcome,
    "requests": Request,
}
STALE = 3600  # seconds after which a draft is what a dead process left


@dataclass(frozen=True, slots=True)
class Landed:
    """What ``land`` did: rows by table, and the units of which no shards were found (left as they were)."""

    rows: dict[str, int]
    missing: list[Unit] = field(default_factory=list)


def write_shards(
    source_id: str,
    logical_date: date,
    *,
    pages: Sequence[Page] = (),
    articles: Sequence[Article] = (),
    observations: Sequence[Observation] = (),
    outcomes: Sequence[Outcome] = (),
    requests: Sequence[Request] = (),
    settings: Settings,
) -> dict[str, Path]:
    """Write the unit's records under ``landing/<table>/source_id=…/logical_date=…/``; returns the file of each table.

    Replaces what an earlier run of the unit wrote. A record without source or date gets the unit's;
    ``ValueError`` for one that names another unit. The same records give files of the same name.
    """
    unit = (source_id, logical_date)
    given: dict[str, Sequence[Any]] = {"pages": pages, "articles": articles, "observations": observations}
    given |= {"outcomes": outcomes, "requests": requests}
    shards = {name: _write_shard(name, unit, given[name], settings) for name in TABLES}
    manifest = _manifest(unit, settings)
    names = {name: shard.relative_to(settings.landing).as_posix() for name, shard in shards.items()}
    _write_whole(manifest, json.dumps(names, indent=1).encode())
    for shard in shards.values():
        _sweep(shard)
    return shards


def _sweep(shard: Path) -> None:
    """Remove what stands beside the shard: other shards, and drafts too old for a process to be still writing them."""
    for other in shard.parent.glob("*.parquet"):
        if other != shard:
            other.unlink(missing_ok=True)
    for draft in shard.parent.glob("*.parquet.*.part"):
        with suppress(FileNotFoundError):  # a process that writes the same unit has just finished
            if time.time() - draft.stat().st_mtime > STALE:
                draft.unlink()


def _partition(table: str, unit: Unit, settings: Settings) -> Path:
    return settings.landing / table / f"source_id={unit[0]}" / f"logical_date={unit[1].isoformat()}"


def _manifest(unit: Unit, settings: Settings) -> Path:
    return _partition("units", unit, settings) / "manifest.json"


def _write_shard(name: str, unit: Unit, records: Iterable[Any], settings: Settings) -> Path:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [_row(record, unit) for record in records]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, arrow_schema(TABLES[name])), sink, compression="zstd")
    data = sink.getvalue().to_pybytes()
    shard = _partition(name, unit, settings) / f"{hashlib.sha256(data).hexdigest()[:16]}.parquet"
    _write_whole(shard, data)
    return shard


def _row(record: Any, unit: Unit) -> dict[str, Any]:
    source_id, logical_date = record.source_id or unit[0], record.logical_date or unit[1]
    if (source_id, logical_date) != unit:
        raise ValueError(f"{type(record).__name__} of {source_id} {logical_date} among those of {unit[0]} {unit[1]}")
    row = {f.name: getattr(record, f.name) for f in fields(record)} | {
        "source_id": source_id,
        "logical_date": logical_date,
    }
    if isinstance(record, Article):
        row["repairs"] = [{f.name: getattr(r, f.name) for f in fields(r)} for r in record.repairs]
    return row


def _write_whole(path: Path, data: bytes) -> None:
    """Either the old file or the new one stands at ``path``, never a part of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def land(units: Sequence[Unit], settings: Settings) -> Landed:
    """Load the units' shards into ``raw``, replacing their rows and nobody else's, in one transaction.

    A unit without shards keeps the rows that it has and is named in ``missing``. Raises
    ``WarehouseError`` when the warehouse is held, full or damaged; it then holds what it held before.
    """
    import duckdb

    found = {unit: shards_of(unit, settings) for unit in sorted(set(units))}
    present = [unit for unit, shards in found.items() if shards]
    with connect_writer(settings) as connection:
        try:
            ensure_raw(connection)
            connection.begin()
            rows = {name: _replace_rows(connection, name, present, found) for name in TABLES}
            connection.commit()
        except duckdb.Error as error:
            raise WarehouseError(f"landing in {settings.warehouse} failed: {one_line(error)}") from error
    return Landed(rows, [unit for unit, shards in found.items() if not shards])


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


def shards_of(unit: Unit, settings: Settings) -> dict[str, Path]:
    """The unit's shards by the name of their table; none where it was never written."""
    manifest = _manifest(unit, settings)
    if not manifest.exists():
        return {}
    return {name: settings.landing / shard for name, shard in json.loads(manifest.read_bytes()).items()}


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
