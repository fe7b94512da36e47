"""The conduct record: every request that a unit made, and every one it did not make and why, from its ledger.

It lands as ``raw.requests``; the mart ``fct_conduct`` sums it up by host and day, for a site's owner to see.
"""

from __future__ import annotations

from datetime import date

from minsheng.acquire.reading import read_entries
from minsheng.contracts import Request
from minsheng.settings import Settings


def requests_made(source_id: str, logical_date: date, settings: Settings) -> list[Request]:
    """The unit's requests in the order of its ledger; none for local files and adopted pages, which ask nobody."""
    return [
        Request(
            source_id=source_id,
            logical_date=logical_date,
            n=n,
            host=entry.host,
            url=entry.url,
            role=entry.role,
            started_at=entry.started_at,
            refused=entry.outcome == "refused",
            seconds=entry.seconds,
            delay=entry.delay,
            http_status=entry.http_status,
            bytes=entry.wire_bytes,
            clause=entry.clause,
            error=entry.error,
        )
        for n, entry in enumerate(read_entries(source_id, logical_date, settings), 1)
        if entry.host
    ]
