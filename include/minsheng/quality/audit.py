"""The audit: a Great Expectations checkpoint over the marts as dbt built them, before anybody reads them."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from minsheng.quality.suites import SUITES, Rule, Severity
from minsheng.settings import Settings
from minsheng.warehouse import connect_writer, latest, note_audit, wait_for_lock

if TYPE_CHECKING:
    import duckdb
    from great_expectations.checkpoint.checkpoint import CheckpointResult
    from great_expectations.data_context.data_context.abstract_data_context import AbstractDataContext

SITE = "minsheng"


class AuditError(Exception):
    """The audit could not be done: nothing is built, or an expectation itself is broken. One line."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one expectation; ``observed`` says in a few words what was seen in the rows."""

    suite: str
    expectation: str
    passed: bool
    observed: str
    severity: Severity = "critical"


@dataclass(frozen=True, slots=True)
class Audit:
    """The verdict: ``passed`` unless a critical expectation failed. ``docs`` is the front page of the Data Docs."""

    passed: bool
    results: list[Finding] = field(default_factory=list)
    docs: Path | None = None

    @property
    def warnings(self) -> list[Finding]:
        """The expectations that were not met and do not stop the publishing."""
        return [finding for finding in self.results if not finding.passed and finding.severity == "warning"]


def audit(settings: Settings) -> Audit:
    """Run every suite over the marts in the warehouse, write the Data Docs, and tell what came of it.

    Holds the warehouse from the first look to the last, so that all of them see one build, and notes that
    build in it when it passes: ``publish`` takes no other. Raises ``WarehouseError`` while another process
    holds it; ``AuditError`` when no marts are there. Takes the seconds of importing Great Expectations, once.
    """
    _require_marts(settings)
    os.environ["GX_ANALYTICS_ENABLED"] = "False"  # read when it is imported; nothing may leave the machine
    import great_expectations as gx
    from great_expectations.data_context.types.base import (
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    context = gx.get_context(
        DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            progress_bars=ProgressBarsConfig(globally=False),
            analytics_enabled=False,
        )
    )
    _add_site(context, settings)
    with _held(settings) as build_id:
        source = _datasource(context, settings)
        try:
            result = _checkpoint(context, source).run()
            pages = context.build_data_docs(site_names=[SITE])
        finally:
            source.get_execution_engine().close()
            source.get_engine().dispose()
    findings = _findings(result)
    passed = not any(finding.severity == "critical" and not finding.passed for finding in findings)
    with connect_writer(settings) as connection:
        note_audit(connection, build_id if passed else None)
    return Audit(passed, findings, _front_page(pages, settings))


@contextmanager
def _held(settings: Settings) -> Iterator[str | None]:
    """The warehouse, held against every writer while the block reads it; gives the id of its build.

    Great Expectations connects anew for each of its steps and waits for nobody: it must find the file open.
    """
    import sqlalchemy

    engine = sqlalchemy.create_engine(_address(settings), **_options(settings))
    try:
        with closing(wait_for_lock(engine.raw_connection, settings)) as connection:
            yield latest(cast("duckdb.DuckDBPyConnection", connection.driver_connection))
    finally:
        engine.dispose()


def _require_marts(settings: Settings) -> None:
    with connect_writer(settings) as connection:  # waits for whoever holds it
        found = {
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'"
            ).fetchall()
        }
    if missing := sorted(set(SUITES) - found):
        raise AuditError(f"nothing to audit: {settings.warehouse} has no {', '.join(missing)}; build the marts first")


def _add_site(context: AbstractDataContext, settings: Settings) -> None:
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(settings.docs.absolute())}
    context.add_data_docs_site(
        SITE,
        {
            "class_name": "SiteBuilder",
            "store_backend": store,
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        },
    )


def _datasource(context: AbstractDataContext, settings: Settings) -> Any:
    from minsheng.quality import engine  # noqa: F401  (importing it teaches the context ``add_duckdb``)

    return context.data_sources.add_duckdb(
        "warehouse", connection_string=_address(settings), create_temp_table=False, kwargs=_options(settings)
    )


def _address(settings: Settings) -> str:
    return f"duckdb:///{settings.warehouse.absolute()}"


def _options(settings: Settings) -> dict[str, Any]:
    """How SQLAlchemy opens the warehouse; DuckDB wants them equal wherever one process opens a file twice."""
    from sqlalchemy.pool import NullPool

    return {
        "poolclass": NullPool,  # a pool would keep the file open, and so shut out the publisher
        "connect_args": {
            "read_only": True,
            "config": {"memory_limit": settings.warehouse_memory, "threads": settings.duckdb_threads},
        },
    }


def _checkpoint(context: AbstractDataContext, source: Any) -> Any:
    import great_expectations as gx

    definitions = []
    for table, rules in SUITES.items():
        suite = gx.ExpectationSuite(name=table, expectations=[_expectation(rule) for rule in rules])
        batch = source.add_table_asset(table).add_batch_definition_whole_table(table)
        definitions.append(gx.ValidationDefinition(name=table, data=batch, suite=suite))
    for definition in definitions:
        context.suites.add(definition.suite)
        context.validation_definitions.add(definition)
    return context.checkpoints.add(
        gx.Checkpoint(name="marts", validation_definitions=definitions, result_format="BASIC")
    )


def _expectation(rule: Rule) -> Any:
    import great_expectations.expectations as gxe

    return getattr(gxe, rule.kind)(**rule.arguments, severity=rule.severity, description=rule.says)


def _findings(result: CheckpointResult) -> list[Finding]:
    return [
        _finding(validation.suite_name, one) for validation in result.run_results.values() for one in validation.results
    ]


def _finding(suite: str, one: Any) -> Finding:
    """One result in our words. An expectation that broke while it looked is critical: it has seen nothing."""
    config, error = one.expectation_config, _error(one.exception_info or {})
    mild = config.severity == "warning" and not error
    return Finding(
        suite, config.description, bool(one.success), error or _observed(one.result), "warning" if mild else "critical"
    )


def _error(told: dict[str, Any]) -> str | None:
    """The message of an exception: Great Expectations tells one for all, or one a metric."""
    for info in [told] if "raised_exception" in told else told.values():
        if info.get("raised_exception"):
            return "error: " + " ".join(str(info.get("exception_message")).split())[:300]
    return None


def _observed(seen: dict[str, Any]) -> str:
    if seen.get("unexpected_count") is not None:
        return f"{seen['unexpected_count']} of {seen.get('element_count')} rows"
    return str(seen.get("observed_value"))


def _front_page(pages: dict[str, str], settings: Settings) -> Path | None:
    front = settings.docs / "index.html"
    return front if pages and front.exists() else None
