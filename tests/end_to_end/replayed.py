"""Two days of the replay site through ``minsheng.runner.run``, once a process: the tests only read it."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

import duckdb

from minsheng import pipeline, runner
from minsheng.settings import Settings
from replay import DAYS, Replay, serve

# When a visit took place, and where in the archive it lies: what two runs over the same pages may differ in.
VISIT = ("fetched_at", "last_seen_at", "valid_from", "valid_to", "warc_file", "warc_offset")
Rows = dict[str, list[tuple]]


@dataclass(frozen=True)
class Replayed:
    """Both days, run twice over: the settings, what the last run reported, the tables after each time."""

    settings: Settings
    run: runner.Run
    first: Rows
    again: Rows


def settings_for(replay: Replay, data: Path) -> Settings:
    return Settings(data=data, sources=replay.sources_dir, allow_hosts=replay.allow_hosts)


@cache
def replayed() -> Replayed:
    root = Path(tempfile.mkdtemp(prefix="minsheng-replayed-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    with serve(root / "sources") as replay:
        settings = settings_for(replay, root / "data")
        both_days(replay, settings)
        first = tables(settings)
        run = both_days(replay, settings)
        return Replayed(settings, run, first, tables(settings))


def both_days(replay: Replay, settings: Settings) -> runner.Run:
    """The first day landed only, the second the whole way."""
    ids = pipeline.source_ids(settings)
    replay.set_day(1)
    for source_id in ids:
        pipeline.acquire(source_id, DAYS[1], settings)
        pipeline.extract(source_id, DAYS[1], settings)
    pipeline.land([(source_id, DAYS[1]) for source_id in ids], settings)
    replay.set_day(2)
    return runner.run(ids, DAYS[2], DAYS[2], settings)


def figures(settings: Settings) -> dict[str, Counter[tuple[Decimal, str]]]:
    """The published figures, (value, unit), by the address of their article."""
    found: dict[str, Counter[tuple[Decimal, str]]] = {}
    for url, value, unit in ask(settings, "SELECT url, obs_value, unit_measure FROM fct_observation"):
        found.setdefault(url, Counter())[Decimal(repr(value)).normalize(), unit] += 1
    return found


def tables(settings: Settings, leave_out: Sequence[str] = ()) -> Rows:
    """Every published table but the one about the publishing, its rows sorted, without the columns left out."""
    found = {}
    for (name,) in ask(settings, "SELECT table_name FROM duckdb_tables() WHERE table_name <> 'published'"):
        columns = [c for (c,) in ask(settings, f"SELECT column_name FROM (DESCRIBE {name})") if c not in leave_out]
        found[name] = ask(settings, f"SELECT {', '.join(columns)} FROM {name} ORDER BY ALL")
    return found


def ask(settings: Settings, sql: str) -> list[tuple]:
    with duckdb.connect(settings.snapshot, read_only=True) as connection:
        return connection.execute(sql).fetchall()
