"""`make demo`: two consecutive days of the replay site through a real Airflow, into a published snapshot.

Starts the replay site and Airflow on free ports with an empty data folder (``data/demo``), runs
``news_daily`` for both days, waits for the builds that the landings trigger, prints what came of it and
stops everything. Exit code 1, with the end of the failing task's log, if any run fails.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import click
import psutil

from local.runs import METRICS, RunFailed, finish, result, start_news, triggered_by, wait_for_dags
from local.services import COMMANDS, LocalAirflow, ServiceError, free_port, lock
from local.up import stop_signals
from minsheng.pipeline import Audited
from minsheng.render import audited, rows
from minsheng.settings import Settings, get_settings
from minsheng.summary import summary
from replay import DAYS, serve

# Nothing here defers, so nobody needs a triggerer.
SERVICES = tuple(name for name in COMMANDS if name != "triggerer")
NEXT = """
Three commands to try next:
  MINSHENG_DATA={data} .venv/bin/minsheng query "SELECT ref_area_name, indicator_phrase, obs_value, unit_measure, sentence FROM fct_observation LIMIT 5"
  echo '今年以来，江陵县新增城镇就业4.1万余人，同比增长5.3%。' | .venv/bin/minsheng extract - --published 2024-05-20
  make up"""  # noqa: E501  commands to copy


class Meter(threading.Thread):
    """Adds up, each second, the memory that this process and Airflow's really take (PSS); keeps the most."""

    def __init__(self, airflow: LocalAirflow) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._airflow = airflow

    def run(self) -> None:
        """Measure until the process ends."""
        while True:
            total = 0
            for process in [psutil.Process(), *self._airflow.processes()]:
                try:
                    total += process.memory_full_info().pss
                except psutil.Error:  # it has ended meanwhile
                    continue
            self.most = max(self.most, total)
            time.sleep(1)


class Clock:
    """Says things with the seconds since the start before them."""

    def __init__(self) -> None:
        self._start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def say(self, line: str) -> None:
        """One line of progress, on stderr."""
        click.echo(f"{self.seconds:4.0f} s  {line}", err=True)


def two_days(airflow: LocalAirflow, set_day: Callable[[int], None], clock: Clock) -> Audited:
    """Run both days one after the other, then wait for the builds; the verdict of the last audit."""
    news = []
    with airflow.api() as api:
        wait_for_dags(api, airflow)
        for number, day in DAYS.items():
            set_day(number)
            clock.say(f"news_daily {day}: fetching, reading and landing")
            news.append(start_news(api, day))
            finish(api, airflow, "news_daily", news[-1])
        for day, run_id in zip(DAYS.values(), news, strict=True):
            build = triggered_by(api, airflow, run_id)
            clock.say(f"metrics_build on {day}: dbt, audit, publishing")
            finish(api, airflow, METRICS, build)
        verdict: Audited = result(api, METRICS, build, "audit")
        return verdict


def run(data: Path, clock: Clock) -> tuple[Audited, int]:
    """The whole demo in ``data``; the audit's verdict and the most memory taken, in bytes."""
    with serve(data / "sources") as replay:
        environ = {
            "MINSHENG_ALLOW_HOSTS": json.dumps(sorted(replay.allow_hosts)),
            "MINSHENG_ARCHIVE": "",  # its own, whatever this machine's is
            "MINSHENG_DATA": str(data),
            "MINSHENG_SCHEDULE": "",  # only the two days, not yesterday as well
            "MINSHENG_SOURCES": str(replay.sources_dir),
        }
        airflow = LocalAirflow(data / "airflow", free_port(), environ=environ, services=SERVICES, say=clock.say)
        meter = Meter(airflow)
        meter.start()
        with airflow:
            return two_days(airflow, replay.set_day, clock), meter.most


def report(settings: Settings, verdict: Audited) -> str:
    """The snapshot's tables, the verdict and where everything lies."""
    tables = [f"{heading}\n{rows(*answer, 'table')}\n" for heading, answer in summary(settings).items()]
    data = os.path.relpath(settings.data)
    return "\n".join(
        [
            "",
            *tables,
            f"Audit      {audited(verdict)}",
            f"Snapshot   {settings.snapshot}",
            f"Data Docs  {settings.docs}",
            NEXT.format(data=data),
        ]
    )


def main() -> int:
    """Exit code 0, or 1 with the reason on stderr."""
    clock = Clock()
    data = (get_settings().data / "demo").absolute()
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        with lock(data.with_suffix(".lock"), "a demo runs already"), stop_signals():
            shutil.rmtree(data, ignore_errors=True)
            verdict, most = run(data, clock)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 1
    except (ServiceError, RunFailed) as error:
        click.echo(f"minsheng: {error}", err=True)
        return 1
    click.echo(report(get_settings().model_copy(update={"data": data}), verdict))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    click.echo(
        f"\nTook {clock.seconds:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of CPU time, "
        f"{most / 2**30:.2f} GiB of memory at most.",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
