"""`make up`: runs Airflow on this machine until Ctrl-C.

MINSHENG_PORT chooses the port (8080), MINSHENG_DATA the folder; Airflow's own things lie in its ``airflow/``.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import click

from local.environment import USER
from local.runs import NEWS
from local.services import LocalAirflow, ServiceError
from minsheng.settings import Settings, get_settings


@contextlib.contextmanager
def stop_signals() -> Iterator[None]:
    """Inside, the first SIGINT, SIGTERM or SIGHUP raises KeyboardInterrupt; later ones cannot disturb the stopping.

    Set explicitly, since a shell starts background jobs with SIGINT ignored.
    """

    def stop(_number: int, _frame: FrameType | None) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def port_from_environment() -> int:
    """MINSHENG_PORT, or 8080; raises ServiceError if it is no port."""
    text = os.environ.get("MINSHENG_PORT", "8080")
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ServiceError(f"MINSHENG_PORT={text} is no port: give a number from 1 to 65535")
    return int(text)


def manners(settings: Settings) -> dict[str, str]:
    """Nobody's site is visited each day because somebody tried this: not until it is known who runs it."""
    return {} if settings.contact else {"MINSHENG_SCHEDULE": ""}


def greeting(airflow: LocalAirflow, settings: Settings) -> str:
    """What a person needs to know once everything runs."""
    env = airflow.home / "env"
    env = env.relative_to(Path.cwd()) if env.is_relative_to(Path.cwd()) else env
    daily = f"at {settings.schedule} (cron, Asia/Shanghai)" if settings.schedule else "off: MINSHENG_SCHEDULE is empty"
    if not settings.contact:
        daily = "off until MINSHENG_CONTACT says who runs this (an address or page, for the user agent)"
    return f"""
Airflow runs at {airflow.address}
  user      {USER}
  password  {airflow.password}
  logs      {airflow.logs}
  daily run {daily}

In another terminal:
  make backfill FROM=2024-05-20 TO=2024-05-21
or with any command of Airflow's, after `source {shlex.quote(str(env))}`:
  airflow backfill create --dag-id {NEWS} --from-date 2024-05-20 --to-date 2024-05-21

Ctrl-C stops everything."""


def main() -> int:
    """Exit code 0 after Ctrl-C or SIGTERM, 1 if something does not start or ends by itself."""
    settings = get_settings()
    try:
        airflow = LocalAirflow(
            settings.data / "airflow",
            port_from_environment(),
            environ=manners(settings),
            say=lambda line: click.echo(f"… {line}", err=True),
        )
        with stop_signals(), contextlib.suppress(KeyboardInterrupt), airflow:
            click.echo(greeting(airflow, settings))
            while True:
                airflow.check()
                time.sleep(1)
    except ServiceError as error:
        click.echo(f"minsheng: {error}", err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
