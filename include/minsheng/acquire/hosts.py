"""The queue of one host: one request at a time, never closer than its delay, across all processes of a machine.

Each host has a file under ``data/hosts``: its lock is held for the length of a request, its content says when the
next may start (delay kept, Retry-After obeyed). robots.txt is kept beside it for a day.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from minsheng import disk
from minsheng.acquire import storage
from minsheng.acquire.address import safe_name
from minsheng.acquire.robots import Robots

PATIENCE = 5  # troubles in a row after which a host is left alone for the rest of the run
POLL = 0.02


class Closed(Exception):
    """The host is left alone for the rest of this run; the message says why."""


@dataclass(slots=True)
class Turn:
    """A request's turn: ``done`` tells the queue when the next may start."""

    delay: float
    heard_at: float = 0.0
    pause: float = 0.0


@dataclass(slots=True)
class Host:
    """What this run knows of one host."""

    name: str
    folder: Path
    max_wait: float
    backoff: float
    troubles: int = 0
    closed: str | None = None
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @asynccontextmanager
    async def turn(self, delay: float) -> AsyncIterator[Turn]:
        """Wait for the host's turn and hold it. ``delay`` counts from the moment the last answer began to come:
        then the host itself can never see two requests closer. Raises ``Closed``.
        """
        async with self.lock:
            if self.closed:
                raise Closed(self.closed)
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = os.open(self.folder / f"{safe_name(self.name)}.turn", os.O_RDWR | os.O_CREAT, 0o644)
            try:
                while not _try_lock(handle):
                    await asyncio.sleep(POLL)
                # a clock that was set back must not stop the queue: no wait is longer than what may be asked for
                next_start, heard = _kept(handle)
                wait = max(next_start, heard + delay) - time.time()  # robots.txt may have just asked for more
                await asyncio.sleep(min(max(wait, 0.0), max(self.max_wait, delay)))
                turn, started = Turn(delay), time.time()
                try:
                    yield turn
                finally:
                    heard = turn.heard_at or started
                    after = max(heard + delay, time.time() + turn.pause)
                    os.pwrite(handle, struct.pack("<dd", after, heard), 0)
            finally:
                os.close(handle)

    def trouble(self, what: str, retry_after: float | None) -> float:
        """Note a trouble; returns how long the host is to be left alone. The fifth in a row closes it."""
        self.troubles += 1
        pause = self.backoff * 2 ** (self.troubles - 1) if retry_after is None else retry_after
        if retry_after is not None and retry_after > self.max_wait:
            self.closed = f"{self.name} asked to be left alone for {retry_after:.0f} s"
        elif self.troubles >= PATIENCE:
            self.closed = f"{self.name} left alone after {self.troubles} troubles in a row, the last: {what}"
        return min(pause, self.max_wait)

    def fine(self) -> None:
        """Note that the host answers."""
        self.troubles = 0

    def robots(self, scheme: str, now: datetime) -> Robots | None:
        """The robots.txt kept for the host, if it is less than a day old."""
        try:
            kept = json.loads(storage.read(self._robots_file(scheme)))
            robots = Robots(datetime.fromisoformat(kept["fetched_at"]), kept["text"])
        except (ValueError, KeyError):
            return None
        return None if robots.is_stale(now) else robots

    def keep_robots(self, scheme: str, robots: Robots) -> None:
        """Keep an answered robots.txt; one that could not be had is asked for again by the next run."""
        if robots.forbidden is None:
            kept = {"fetched_at": robots.fetched_at.isoformat(), "text": robots.text}
            disk.replace(self._robots_file(scheme), json.dumps(kept).encode())

    def _robots_file(self, scheme: str) -> Path:
        return self.folder / f"{safe_name(self.name)}.{scheme}.robots.json"


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds that a Retry-After field asks for (a number or a date); None where it is missing or unreadable."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (moment - now).total_seconds()) if moment.tzinfo else None


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _kept(handle: int) -> tuple[float, float]:
    """When the next request may start, and when the last one was heard (Unix time); 0 where nothing is kept."""
    kept = os.pread(handle, 16, 0)
    next_start, heard = struct.unpack("<dd", kept) if len(kept) == 16 else (0.0, 0.0)
    return float(next_start), float(heard)
