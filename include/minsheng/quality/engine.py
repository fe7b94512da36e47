"""Great Expectations over DuckDB. Importing this imports Great Expectations, which takes seconds: ``audit`` does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import sqlalchemy
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource
from great_expectations.execution_engine.sqlalchemy_execution_engine import SqlAlchemyExecutionEngine


class DuckDBExecutionEngine(SqlAlchemyExecutionEngine):
    """The SQL engine, with one connection kept open.

    The engine it derives from closes the connection before it fetches, which duckdb-engine answers with
    an ``IndexError``; it spares SQLite, by name, and DuckDB needs the same.
    """

    @contextmanager
    def get_connection(self) -> Iterator[sqlalchemy.Connection]:
        """The one connection; it stays open after the block."""
        if self._connection is None:
            self._connection = self.engine.connect()
        yield self._connection

    def close(self) -> None:
        """Let go of the file, so that ``publish`` may open it for writing."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        self.engine.dispose()


class DuckDBDatasource(SQLDatasource):
    """A DuckDB file as a data source; ``context.data_sources.add_duckdb`` adds one."""

    type: Literal["duckdb"] = "duckdb"  # type: ignore[assignment]  # the name that registers it

    @property
    def schema_(self) -> str:
        """Where dbt builds the marts."""
        return "marts"

    @property
    def execution_engine_type(self) -> Any:
        """The engine above."""
        return DuckDBExecutionEngine
