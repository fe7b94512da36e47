"""The conduct record: what was done to each host on the unit's behalf, from the ledger, for its owner to see."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

from minsheng.acquire import storage
from minsheng.acquire.entry import Entry

STOPS = (403, 429, 503)


def of(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """A row a host: requests, bytes (heads and bodies as they came), seconds kept between requests (asked and
    least observed), refusals and permissions by clause of robots.txt, answers that told us to stop, outages.
    """
    hosts: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.host:
            hosts[entry.host].append(entry)
    return [_row(host, found) for host, found in sorted(hosts.items())]


def _row(host: str, entries: list[Entry]) -> dict[str, Any]:
    made = sorted((e for e in entries if e.seconds is not None), key=lambda e: e.started_at)
    gaps = [(b.started_at - a.started_at).total_seconds() for a, b in pairwise(made)]
    clauses: dict[str, int] = defaultdict(int)
    for entry in entries:
        if entry.clause is not None:
            clauses[f"{'refused' if entry.outcome == 'refused' else 'allowed'}: {entry.clause}"] += 1
    return {
        "host": host,
        "requests": len(made),
        "bytes": sum(e.wire_bytes for e in made),
        "first_at": made[0].started_at.isoformat() if made else None,
        "last_at": made[-1].started_at.isoformat() if made else None,
        "delay_asked": max((e.delay or 0 for e in made), default=None),
        "delay_kept": round(min(gaps), 3) if gaps else None,
        "robots": dict(sorted(clauses.items())),
        "stops": {str(code): n for code in STOPS if (n := sum(e.http_status == code for e in made))},
        "outages": sum(e.http_status is None for e in made),
    }


def write(folder: Path, entries: Iterable[Entry]) -> None:
    """Write ``conduct.json`` beside the ledger."""
    storage.replace(folder / "conduct.json", json.dumps(of(entries), ensure_ascii=False, indent=1).encode())


def read(folder: Path) -> list[dict[str, Any]]:
    """The rows of a unit's conduct record; none where the unit was never begun."""
    rows: list[dict[str, Any]] = json.loads(storage.read(folder / "conduct.json") or b"[]")
    return rows
