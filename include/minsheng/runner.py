"""``minsheng run``: the pipeline's steps one after the other, without Airflow.

What fails (a page, a source, a step) is told and noted, and the rest goes on; the last published
snapshot stands unless everything up to the audit went through. A script that calls ``run`` does so below
``if __name__ == "__main__":`` (see ``apart``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from minsheng import pipeline
from minsheng.apart import StepFailed, apart
from minsheng.extraction import CLOSED_DOORS
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.warehouse.shards import Unit

Complaint = Callable[[str, str, str], None]


@dataclass(slots=True)
class Run:
    """What a run did: rows by table and pages by outcome, what failed, and the snapshot it published.

    ``complain(subject, reason, detail)`` hears of each failure as it is noted.
    """

    complain: Complaint = field(default=lambda *_: None, repr=False)
    pages: Counter[str] = field(default_factory=Counter)
    rows: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    audit: pipeline.Audited | None = None
    snapshot: str | None = None

    @property
    def complete(self) -> bool:
        """Whether everything came through and was published."""
        return not self.failures and self.snapshot is not None

    def failed(self, subject: str, reason: str, detail: str) -> None:
        """Note a failure, and tell it."""
        self.failures.append((subject, reason, detail))
        self.complain(subject, reason, detail)


def run(
    ids: Sequence[str],
    first: date,
    last: date,
    settings: Settings,
    complain: Complaint = lambda *_: None,
    advance: Callable[[str], None] = lambda _: None,
) -> Run:
    """The whole pipeline for the sources ``ids`` and the days from ``first`` to ``last``, both included.

    ``complain(subject, reason, detail)`` hears of each failure, ``advance(what)`` of each step done:
    ``steps(ids, first, last)`` of them.
    """
    done = Run(complain)
    for day in days(first, last):
        ready = _ready([(source_id, day) for source_id in ids], settings, done, advance)
        try:
            if ready:
                done.rows.update(pipeline.land(ready, settings))
        except Exception as error:  # the edge of a run: the other days may still land
            done.failed(str(day), "not landed", f"{type(error).__name__}: {error}")
    finish(settings, done, advance)
    return done


def steps(ids: Sequence[str], first: date, last: date) -> int:
    """How many steps ``run`` goes: two a unit, then build, audit and publish."""
    return 2 * len(ids) * len(list(days(first, last))) + 3


def days(first: date, last: date) -> Iterator[date]:
    """Each day from ``first`` to ``last``, both included."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def _ready(units: Sequence[Unit], settings: Settings, done: Run, advance: Callable[[str], None]) -> list[Unit]:
    """Acquire the units side by side (each site waits for itself), then read them; those that can land."""

    def acquired(unit: Unit) -> bool:
        try:
            done.pages.update(pipeline.acquire(*unit, settings))
        except Exception as error:  # one source's trouble is not the others'
            done.failed(name_of(unit), "not acquired", f"{type(error).__name__}: {error}")
            return False
        finally:
            advance(f"acquired {name_of(unit)}")
        return True

    with ThreadPoolExecutor(max_workers=8, thread_name_prefix="acquire") as pool:
        arrived = [unit for unit, here in zip(units, pool.map(acquired, units), strict=True) if here]
    return [unit for unit in arrived if _read(unit, settings, done, advance)]


def _read(unit: Unit, settings: Settings, done: Run, advance: Callable[[str], None]) -> bool:
    try:
        found = pipeline.extract(*unit, settings)
    except Exception as error:  # likewise
        done.failed(name_of(unit), "not read", f"{type(error).__name__}: {error}")
        return False
    finally:
        advance(f"read {name_of(unit)}")
    for page in found.failed:
        done.failed(page.url, "not fetched", page.error or "")
    for outcome in found.outcomes:
        if outcome.reason not in CLOSED_DOORS:
            done.failed(outcome.subject, outcome.reason, outcome.detail)
    return True


def finish(settings: Settings, done: Run, advance: Callable[[str], None]) -> None:
    """Build, audit and publish, three steps, each in a process of its own; what stops one is told, and what was
    published last stands.
    """
    step = "build"
    try:
        apart(pipeline.build, settings)
        advance(step)
        step = "audit"
        done.audit = apart(pipeline.audit, settings)
        advance(step)
        step = "publish"
        done.snapshot = apart(pipeline.publish, settings)
        advance(step)
    except StepFailed as error:
        done.failed(step, "nothing published", str(error))


def name_of(unit: Unit) -> str:
    """A unit as messages call it."""
    return f"{unit[0]} {unit[1]}"
