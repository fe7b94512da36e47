"""Every setting, in one class, read from ``MINSHENG_*`` variables."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from minsheng import PROJECT, variables

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LEAST_MEMORY = "512MB"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # of two characters or more: C: is a drive


class Settings(BaseSettings):
    """Where things lie and how the pipeline behaves. ``MINSHENG_DATA=/srv/minsheng`` sets ``data``, and so on."""

    model_config = SettingsConfigDict(env_prefix=variables.PREFIX, frozen=True, extra="ignore", populate_by_name=True)

    data: Path = Field(PROJECT / "data", description="Root of everything the pipeline writes.")
    archive_at: str = Field(
        "",
        validation_alias="MINSHENG_ARCHIVE",
        description="Where the archive lies: a folder or an fsspec address (s3://bucket/folder); empty: data/archive.",
    )
    sources: Path = Field(PROJECT / "include" / "sources", description="The source registry: one YAML a site.")
    local: Path | None = Field(None, description="Folder of the source `local`; data/local unless set.")
    queues: Path | None = Field(
        None, description="Where the hosts' queues lie, one for all runs of a machine; data/hosts unless set."
    )
    dbt_project: Path = Field(PROJECT / "dbt_project", description="The dbt project; its seeds are the vocabulary.")
    contact: str = Field("", description="Who runs this: an address or page, added to the user agent.")
    schedule: str = Field("0 6 * * *", description="When `news_daily` runs: cron, Asia/Shanghai; empty: by hand only.")
    dbt_tasks: Literal["each", "one"] = Field("one", description="`metrics_build`: one task for dbt or a task a model.")
    allow_hosts: frozenset[str] = Field(
        frozenset(), description="host:port pairs that may be private addresses (the replay site); JSON list."
    )
    recheck_days: int = Field(7, ge=0, description="How many days back articles are visited again for revisions.")
    page_bytes: int = Field(20_000_000, ge=1, description="Bytes a page may have, decompressed.")
    page_seconds: float = Field(60, gt=0, description="Seconds a page may take, waiting in the queue not counted.")
    run_requests: int = Field(20_000, ge=1, description="Requests that one unit of work may make.")
    retries: int = Field(2, ge=0, description="How often a page that may yet come is asked for again.")
    backoff: float = Field(5, ge=0, description="Seconds a host is left alone after its first trouble; then doubling.")
    max_wait: float = Field(300, ge=0, description="The longest wait a host may ask for; beyond it the host is left.")
    warc_bytes: int = Field(
        1_000_000_000, ge=1, description="A WARC file that has grown to this is followed by a next."
    )
    keep_generations: int = Field(5, ge=1, description="Published snapshots kept.")
    duckdb_memory: str = Field(
        "",
        description="What DuckDB may hold in memory before it spills to disk; empty: 512MB, for the warehouse half of "
        "its size where that is more, up to a power of two of MB, but no more than half of the machine's.",
    )
    duckdb_threads: int = Field(2, ge=1, description="Threads of DuckDB, in the warehouse as for a query.")
    lock_wait: float = Field(60, ge=0, description="Seconds to wait for another process to let go of the warehouse.")

    @field_validator("data", "sources", "local", "dbt_project", "queues")
    @classmethod
    def _absolute(cls, path: Path | None) -> Path | None:
        """Relative to where the command was given: dbt would take it as relative to its project."""
        return path and path.expanduser().absolute()

    @field_validator("contact")
    @classmethod
    def _said(cls, contact: str) -> str:
        """Blanks name nobody."""
        return contact.strip()

    @field_validator("archive_at")
    @classmethod
    def _folder_or_address(cls, at: str) -> str:
        """``s3:/bucket`` would be a folder of that name: what was meant for a bucket would stay on this machine."""
        if "://" not in at and _SCHEME.match(at):
            raise ValueError(
                f"{at!r} is no address: that is written s3://bucket/folder (a folder of that name: ./{at})"
            )
        return at

    @property
    def archive(self) -> Path:
        """The archive on this machine; where its address is elsewhere, what was used of it here."""
        local = self.archive_at if self.archive_address is None else ""
        return Path(local).expanduser().absolute() if local else self.data / "archive"

    @property
    def archive_address(self) -> str | None:
        """The fsspec address that the archive is handed over to; None where it is local only."""
        return self.archive_at if "://" in self.archive_at else None

    @property
    def hosts(self) -> Path:
        return self.queues or self.data / "hosts"

    @property
    def landing(self) -> Path:
        return self.data / "landing"

    @property
    def warehouse(self) -> Path:
        return self.data / "warehouse.duckdb"

    @property
    def warehouse_memory(self) -> str:
        """What DuckDB may hold while it works on the warehouse: some joins of many articles cannot spill.

        Of what follows the warehouse, only powers of two (MB): the value is part of the DAG ``metrics_build``, which
        is another version whenever it changes.
        """
        if self.duckdb_memory or not self.warehouse.exists():
            return self.duckdb_memory or LEAST_MEMORY
        machine = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
        wanted, most = self.warehouse.stat().st_size // 2_000_000, machine // 2_000_000
        rounded = 1 << max(wanted - 1, 0).bit_length()
        return f"{max(512, min(rounded, 1 << (most.bit_length() - 1)))}MB"

    @property
    def dbt_environment(self) -> dict[str, str]:
        """The variables by which dbt, however it is started, finds this warehouse (see ``profiles.yml``)."""
        return {
            "MINSHENG_WAREHOUSE_PATH": str(self.warehouse.absolute()),
            "MINSHENG_DUCKDB_MEMORY": self.warehouse_memory,
            "MINSHENG_DUCKDB_THREADS": str(self.duckdb_threads),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "False",
            "DO_NOT_TRACK": "1",
        }

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def docs(self) -> Path:
        return self.data / "docs"

    @property
    def snapshot(self) -> Path:
        """The file readers open, read-only; the folder ``current`` is a link that ``publish`` swaps."""
        return self.published / "current" / "minsheng.duckdb"


@cache
def get_settings() -> Settings:
    """The settings of this process, read once. Raises ``ValueError`` for a variable that does not fit, and for one
    that is none, and names it."""
    variables.check()
    try:
        return Settings()
    except ValidationError as error:
        raise ValueError("; ".join(map(_misfit, error.errors(include_url=False)))) from error
    except SettingsError as error:  # no JSON, where that is asked for
        fields = [name for name in Settings.model_fields if f'"{name}"' in str(error)]
        named = ", ".join(f"{variables.PREFIX}{name.upper()}" for name in fields)
        raise ValueError(f"{named}: Input should be a JSON list" if named else str(error)) from error


def _misfit(wrong: ErrorDetails) -> str:
    """What is wrong with the value of a variable."""
    field = str(wrong["loc"][0]) if wrong["loc"] else ""
    name = field if field.startswith(variables.PREFIX) else f"{variables.PREFIX}{field.upper()}"
    return f"{name}: {wrong['msg'].partition(', unable to parse')[0].removeprefix('Value error, ')}"
