"""Reprocessing: what the archive holds, read again by today's rules, without touching a site.

The steps as plain functions, called by the DAG ``archive_reprocess`` and by ``minsheng reprocess`` alike. A unit
(source, day) whose shards hold all its pages and were measured by today's rules is not read again unless forced; all
chosen units are landed, so that whatever stopped an earlier run, this one leaves the same tables. Foreign WARC files
become units of the archive first, under the days on which their pages were captured.
"""

from __future__ import annotations

import glob
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from minsheng import pipeline
from minsheng.apart import side_by_side
from minsheng.contracts import Outcome
from minsheng.extraction import CLOSED_DOORS
from minsheng.runner import Complaint, Run, finish, name_of
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.sources import Source
    from minsheng.warehouse.shards import Unit

TOGETHER = 100  # units landed in one transaction: few enough for little memory, many enough to be quick


class NotRead(Exception):
    """Units could not be read from the archive: what the warehouse holds of them stands."""


class NotLanded(Exception):
    """Units could not be landed: what the warehouse holds of them stands."""


@dataclass(slots=True)
class Selection:
    """The units to read again; ``records`` of foreign WARC files by what became of them, where such were given; and
    what is left out, with the reason.
    """

    units: list[Unit]
    records: Counter[str] | None = None
    left_out: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reprocessed(Run):
    """What reprocessing did: besides rows, failures and snapshot, the units it read, and those it had no need to."""

    read: list[Unit] = field(default_factory=list)
    current: list[Unit] = field(default_factory=list)


def select(
    known: Mapping[str, Source],
    ids: Sequence[str],
    first: date,
    last: date,
    patterns: Sequence[str],
    settings: Settings,
) -> Selection:
    """The units of the sources ``ids`` (none: of all ``known``) from ``first`` to ``last``, both included: those of the
    archive or, where ``patterns`` (paths or globs) name foreign WARC files, those that now hold what these captured.
    Raises ``ValueError`` for a span that ends before it begins, OSError where the archive cannot be reached.
    """
    from minsheng.acquire import adopt, archived_units

    if last < first:
        raise ValueError(f"the last day, {last}, is before the first, {first}")
    strange = Counter(dict.fromkeys((source_id for source_id in ids if source_id not in known), 0))
    records, broken, missing = None, dict[str, str](), dict[str, str]()
    if patterns:
        files, missing = _matching(patterns)
        taken = adopt(files, {k: s for k, s in known.items() if not ids or k in ids}, settings, first, last)
        chosen, records, broken = taken.units, taken.records, taken.broken
    else:
        chosen = [u for u in archived_units(settings) if first <= u[1] <= last and (not ids or u[0] in ids)]
        strange.update(source_id for source_id, _ in chosen if source_id not in known)
    unknown = {source_id: f"no such source in the registry: {days} days" for source_id, days in strange.items()}
    return Selection([unit for unit in chosen if unit[0] in known], records, unknown | missing | broken)


def _matching(patterns: Iterable[str]) -> tuple[list[Path], dict[str, str]]:
    """The files that the patterns name, each once, and the patterns that name none."""
    files: dict[Path, None] = {}
    missing = {}
    for pattern in patterns:
        found = sorted(glob.glob(str(Path(pattern).expanduser()), recursive=True))  # noqa: PTH207 (may be absolute)
        matching = [path for path in map(Path, found) if path.is_file()]
        files |= dict.fromkeys(matching)
        if not matching:
            missing[pattern] = f"a folder: name its files, as '{pattern}/*.warc.gz'" if found else "no such file"
    return list(files), missing


def shares(units: Sequence[Unit], most: int) -> list[Sequence[Unit]]:
    """The units in at most so many shares of about the same size, in their order."""
    size = -(-len(units) // most) or 1
    return [units[start : start + size] for start in range(0, len(units), size)]


def read(source: Source, logical_date: date, settings: Settings, *, force: bool = False) -> list[Outcome] | None:
    """Clean and measure the unit again and write its shards. Returns what did not come through, or None where there
    was no need to read it. Raises OSError where the archive cannot be reached: the unit then keeps what it has.
    """
    if not force and is_current(source, logical_date, settings):
        return None
    found = pipeline.extract(source.id, logical_date, settings, source)
    reread = ("archive", "clean", "measure")
    return [o for o in found.outcomes if o.step in reread and o.reason not in CLOSED_DOORS]


def is_current(source: Source, logical_date: date, settings: Settings) -> bool:
    """Whether the unit's shards hold all its pages as they lie in the archive, read by today's rules throughout:
    damaged ones are not current, nor are those of which nobody knows by which rules they were read.
    """
    from minsheng import rules
    from minsheng.acquire import ledger

    try:
        by, pages = rules.kept(source.id, logical_date, settings), _written((source.id, logical_date), settings)
    except (OSError, ValueError):  # which Arrow's errors and those of JSON are
        return False
    held = ledger(source.id, logical_date, settings)
    return by == rules.read_by(source, held) and pages == {(page.page_id, page.sha256) for page in held}


def _written(unit: Unit, settings: Settings) -> set[tuple[str, str | None]]:
    """The pages that the unit's shards hold. Raises OSError, ``ValueError`` where one is missing or damaged."""
    import pyarrow.parquet as pq

    from minsheng.warehouse.shards import TABLES, shards_of

    shards = shards_of(unit, settings)
    if set(shards) != set(TABLES):
        raise FileNotFoundError(f"shards of {name_of(unit)}")
    for shard in shards.values():
        pq.read_metadata(shard)
    pages = pq.read_table(shards["pages"], columns=["page_id", "sha256"]).to_pylist()
    return {(page["page_id"], page["sha256"]) for page in pages}


def read_all(
    units: Sequence[Unit], sources: Mapping[str, Source], settings: Settings, *, force: bool = False, jobs: int = 1
) -> Iterator[tuple[Unit, list[Outcome] | Exception | None]]:
    """``read`` each unit; what it gave, or what kept it from being read: the others are, and it keeps its rows.
    ``jobs`` processes share the units, which come in their order all the same; one that ends its process is one that
    could not be read (``BrokenProcessPool``). What that stops is read again whatever its shards say: they may be
    written, by the very process that did not live to say what failed.
    """
    one, anew = (partial(_read, sources=sources, settings=settings, force=forced) for forced in (force, True))
    if jobs == 1:
        yield from zip(units, map(one, units), strict=True)
    else:
        yield from side_by_side(one, units, jobs, again=anew)


def _read(
    unit: Unit, *, sources: Mapping[str, Source], settings: Settings, force: bool
) -> list[Outcome] | Exception | None:
    try:
        return read(sources[unit[0]], unit[1], settings, force=force)
    except Exception as error:  # the edge of a run
        return error


def extract(units: Sequence[Unit], settings: Settings, *, force: bool = False) -> dict[str, int]:
    """Read the units; how many, how many had no need, and how many pages did not come through. Raises ``NotRead``
    that names each unit which could not be read, once the others have been.
    """
    from minsheng.sources import load_sources

    told = {"read": 0, "current": 0, "lost": 0}
    failed = []
    for unit, found in read_all(units, load_sources(settings.sources), settings, force=force):
        if isinstance(found, Exception):
            failed.append(f"{name_of(unit)}: {type(found).__name__}: {found}")
            continue
        told["current" if found is None else "read"] += 1
        told["lost"] += len(found or ())
    if failed:
        raise NotRead("; ".join(failed))
    return told


def land(units: Sequence[Unit], settings: Settings) -> dict[str, int]:
    """Land the units; their rows by table. Raises ``NotLanded`` that names what did not, once the others have."""
    rows: Counter[str] = Counter()
    failed = []
    for some, landed in land_all(units, settings):
        if isinstance(landed, Exception):
            failed.append(f"{_span(some)}: {type(landed).__name__}: {landed}")
        else:
            rows.update(landed)
    if failed:
        raise NotLanded("; ".join(failed))
    return dict(rows)


def land_all(units: Sequence[Unit], settings: Settings) -> Iterator[tuple[Sequence[Unit], dict[str, int] | Exception]]:
    """Land the units some at a time, or one by one where shards of some cannot be landed; each time which, and their
    rows by table or what kept them from landing.
    """
    from minsheng.warehouse import LandingError

    for start in range(0, len(units), TOGETHER):
        some = units[start : start + TOGETHER]
        landed = _land(some, settings)
        if isinstance(landed, LandingError):
            yield from (([unit], _land([unit], settings)) for unit in some)
        else:
            yield some, landed


def _land(units: Sequence[Unit], settings: Settings) -> dict[str, int] | Exception:
    try:
        return pipeline.land(units, settings)
    except Exception as error:  # the others may still land
        return error


def reprocess(
    selection: Selection,
    sources: Mapping[str, Source],
    settings: Settings,
    *,
    force: bool = False,
    jobs: int = 1,
    complain: Complaint = lambda *_: None,
    advance: Callable[[str], None] = lambda _: None,
) -> Reprocessed:
    """Read the units again (``jobs`` processes side by side), land them, build, audit and publish:
    ``len(selection.units) + 3`` steps.

    ``complain(subject, reason, detail)`` hears of each failure: one page's or unit's is not the others'.
    """
    done = Reprocessed(complain)
    for subject, detail in selection.left_out.items():
        done.failed(subject, "not read", detail)
    ready = []
    for unit, found in read_all(selection.units, sources, settings, force=force, jobs=jobs):
        if isinstance(found, Exception):
            done.failed(name_of(unit), "not read", f"{type(found).__name__}: {found}")
        else:
            ready.append(unit)
            (done.current if found is None else done.read).append(unit)
            for outcome in found or ():
                done.failed(outcome.subject, outcome.reason, outcome.detail)
        advance(f"read {name_of(unit)}")
    for some, rows in land_all(ready, settings):
        if isinstance(rows, Exception):
            done.failed(_span(some), "not landed", f"{type(rows).__name__}: {rows}")
        else:
            done.rows.update(rows)
    if done.rows:
        finish(settings, done, advance)
    return done


def _span(units: Sequence[Unit]) -> str:
    return " to ".join(dict.fromkeys(map(name_of, (units[0], units[-1]))))
