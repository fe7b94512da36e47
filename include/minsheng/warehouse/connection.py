"""Connections to DuckDB: the one writer of the warehouse, and readers of the published snapshot.

Nobody but ``land``, dbt, the audit and ``publish`` opens ``warehouse.duckdb``; readers open
``published/current/minsheng.duckdb`` and neither wait for a writer nor hold one up.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

import duckdb

from minsheng.settings import LEAST_MEMORY, Settings

Config = dict[str, str | bool | int | float | list[str]]
Opened = TypeVar("Opened")
POLL = 0.1  # seconds between two attempts at a locked file


class WarehouseError(Exception):
    """The warehouse cannot be opened or written; one line says which file and what to do."""


class LandingError(WarehouseError):
    """Shards of the units given could not be taken into the warehouse; those of others may be."""


class QueryError(Exception):
    """The snapshot cannot answer: nothing is published yet, or the SQL is wrong. One line."""


class Answer(NamedTuple):
    """What a query gave: the names of the columns, and the rows in their order."""

    columns: list[str]
    rows: list[tuple[Any, ...]]


@contextmanager
def connect_writer(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse, opened for writing and closed (and checkpointed) at the end of the block.

    DuckDB admits one writing process: while another holds the file this waits ``settings.lock_wait``
    seconds. Raises ``WarehouseError`` when it is held for longer or cannot be opened.
    """
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    connection = _open_locked(settings)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _open_locked(settings: Settings) -> duckdb.DuckDBPyConnection:
    config: Config = {
        "memory_limit": settings.warehouse_memory,
        "threads": settings.duckdb_threads,
        # one order of rows is not worth the memory that keeping it costs in a bulk load
        "preserve_insertion_order": False,
    }
    return wait_for_lock(lambda: duckdb.connect(settings.warehouse, config=config), settings)


def wait_for_lock(open_it: Callable[[], Opened], settings: Settings) -> Opened:
    """What ``open_it`` gives, tried until no other process holds the warehouse. Raises ``WarehouseError``."""
    until = time.monotonic() + settings.lock_wait
    while True:
        try:
            return open_it()
        except duckdb.Error as error:
            holder = re.search(r"Conflicting lock is held in (.*?\(PID \d+\))", str(error))
            if not holder:
                raise WarehouseError(f"{settings.warehouse} cannot be opened: {one_line(error)}") from error
            if time.monotonic() >= until:
                raise WarehouseError(
                    f"{settings.warehouse} is still held by {holder[1]} after {settings.lock_wait:g} s: "
                    "let that process end, then run this again (only one may write; readers use the snapshot)"
                ) from error
            time.sleep(POLL)


def query(sql: str, settings: Settings, parameters: Sequence[Any] | dict[str, Any] | None = None) -> Answer:
    """The published snapshot's answer to ``sql``; read-only, without access to any other file.

    Every call opens the snapshot anew, so it sees the latest one; a call that runs while the next is
    published ends on the one it began with. Times come in Asia/Shanghai. Raises ``QueryError``.
    """
    if not settings.snapshot.exists():
        raise QueryError(f"nothing is published yet: {settings.snapshot} does not exist; `minsheng run` makes it")
    config: Config = {
        "memory_limit": settings.duckdb_memory or LEAST_MEMORY,
        "threads": settings.duckdb_threads,
        "enable_external_access": False,  # cannot be switched on again while the file is open
    }
    try:
        with duckdb.connect(settings.snapshot, read_only=True, config=config) as connection:
            connection.execute("SET TimeZone = 'Asia/Shanghai'")
            _require_one(connection, sql)
            result = connection.execute(sql, parameters)
            return Answer([column[0] for column in result.description or []], result.fetchall())
    except duckdb.Error as error:
        raise QueryError(one_line(error)) from error


def _require_one(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """One statement is asked: of several DuckDB would answer the last alone. Raises ``QueryError``."""
    statements = connection.extract_statements(sql)
    if not statements:
        raise QueryError("nothing was asked")
    if sum(bool(statement.query) for statement in statements) > 1:  # a PIVOT becomes two, both without their words
        raise QueryError("one statement at a time")


def one_line(error: BaseException) -> str:
    """An error's message on one line, without the stack or the drawing that DuckDB adds."""
    text = str(error).split("\nLINE ")[0].split("\n\n")[0]
    return " ".join(text.split()) or type(error).__name__
