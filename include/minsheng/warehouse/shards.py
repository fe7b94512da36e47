"""Shards: what a unit gave, as Parquet files under ``landing/``, a table each.

Workers write shards side by side, anywhere; nobody waits for the warehouse. A unit of work (source, logical date) has
one shard a table, and a manifest that names the shards which belong together: it is written last, by an atomic rename,
so that a unit is replaced as a whole or not at all. Rows are written some at a time: a unit may be larger than memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from minsheng import disk
from minsheng.contracts import Article, Observation, Outcome, Page, Request, arrow_schema
from minsheng.settings import Settings

if TYPE_CHECKING:
    import pyarrow.parquet as pq

Unit = tuple[str, date]
TABLES: dict[str, type] = {
    "pages": Page,
    "articles": Article,
    "observations": Observation,
    "outcomes": Outcome,
    "requests": Request,
}
ROW_GROUP = 2000  # rows of a table, held in memory before they are written
STALE = 3600  # seconds after which a draft is what a dead process left


class UnitShards:
    """The unit's shards while they are written; they take the place of what an earlier run wrote as the block ends,
    and whatever ends it with an error leaves that in force. ``rows`` counts what was added, by table. Of several
    writers of a unit the last to end holds; one that waits for another longer than ``settings.lock_wait`` raises
    ``disk.Busy``.
    """

    def __init__(self, source_id: str, logical_date: date, settings: Settings) -> None:
        self.rows: Counter[str] = Counter()
        self._unit, self._settings = (source_id, logical_date), settings
        self._shards = {name: _Shard(name, self._unit, settings) for name in TABLES}

    def __enter__(self) -> Self:
        return self

    def add(self, records: Mapping[str, Iterable[Any]]) -> None:
        """Add records by the name of their table. One without source or date gets the unit's; ``ValueError`` for one
        that names another unit.
        """
        for name, some in records.items():
            for record in some:
                self._shards[name].add(_row(record, self._unit))
                self.rows[name] += 1

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self._put_in_place()
        finally:
            for shard in self._shards.values():
                shard.discard()

    def _put_in_place(self) -> None:
        manifest = _manifest(self._unit, self._settings)
        with disk.locked(manifest.with_name(".lock"), self._settings.lock_wait):  # others sweep what no manifest names
            files = {name: shard.close() for name, shard in self._shards.items()}
            names = {name: file.relative_to(self._settings.landing).as_posix() for name, file in files.items()}
            disk.replace(manifest, json.dumps(names, indent=1).encode())
            for file in files.values():
                _sweep(file)


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
    """Write a unit's records at once; returns the file of each table. The same records give files of the same name."""
    given: dict[str, Sequence[Any]] = {"pages": pages, "articles": articles, "observations": observations}
    with UnitShards(source_id, logical_date, settings) as shards:
        shards.add(given | {"outcomes": outcomes, "requests": requests})
    return shards_of((source_id, logical_date), settings)


def shards_of(unit: Unit, settings: Settings) -> dict[str, Path]:
    """The unit's shards by the name of their table; none where it was never written. Raises ``ValueError`` for a
    manifest that is damaged.
    """
    manifest = _manifest(unit, settings)
    if not manifest.exists():
        return {}
    return {name: settings.landing / shard for name, shard in json.loads(manifest.read_bytes()).items()}


class _Shard:
    """One table's file of a unit: a draft until it is closed, then named by what it holds."""

    def __init__(self, table: str, unit: Unit, settings: Settings) -> None:
        self._schema = arrow_schema(TABLES[table])
        self._folder = _partition(table, unit, settings)
        self._draft = disk.draft_of(self._folder / "draft.parquet")
        self._writer: pq.ParquetWriter | None = None
        self._rows: list[dict[str, Any]] = []

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) == ROW_GROUP:
            self._write()

    def _write(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = pq.ParquetWriter(self._draft, self._schema, compression="zstd")
        self._writer.write_table(pa.Table.from_pylist(self._rows, self._schema))
        self._rows.clear()

    def close(self) -> Path:
        """Write what is left, and make it last; returns the file's path."""
        if self._rows or self._writer is None:
            self._write()
        assert self._writer is not None
        self._writer.close()
        with self._draft.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        shard = self._draft.replace(self._folder / f"{digest[:16]}.parquet")
        disk.sync(self._folder)
        return shard

    def discard(self) -> None:
        """Remove the draft, where there still is one."""
        if self._writer is not None:
            with suppress(Exception):  # a full disk ended the block already, and the other drafts are to go, too
                self._writer.close()
            self._draft.unlink(missing_ok=True)


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
