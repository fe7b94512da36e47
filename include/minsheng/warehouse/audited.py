"""Which build of the marts passed the audit: nothing else is published, whoever built in between.

Every dbt run that builds notes its ``invocation_id`` in ``builds.latest`` before it changes a model (macro
``note_build``), the audit that passes notes what it has seen in ``builds.audited``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def latest(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The id of the build that the marts are of; None where they were never built."""
    return _noted(connection, "latest")


def audited(connection: duckdb.DuckDBPyConnection) -> str | None:
    """The id of the build that the last audit passed; None where it passed none."""
    return _noted(connection, "audited")


def note_audit(connection: duckdb.DuckDBPyConnection, build_id: str | None) -> None:
    """Let ``publish`` publish the build, and no other; None: nothing."""
    connection.execute("CREATE SCHEMA IF NOT EXISTS builds")
    connection.execute("CREATE OR REPLACE TABLE builds.audited AS SELECT $id::VARCHAR AS build_id", {"id": build_id})


def _noted(connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
    known = "SELECT 1 FROM duckdb_tables() WHERE schema_name = 'builds' AND table_name = $table"
    if not connection.execute(known, {"table": table}).fetchone():
        return None
    row = connection.execute(f"SELECT build_id FROM builds.{table}").fetchone()  # noqa: S608 (one of two names)
    return row[0] if row else None
