"""Finding what the archive holds of an address, and when: the ledgers are its index, as a CDX file is of others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from fastwarc.warc import WarcRecordType

from minsheng.acquire import remote, storage, warc
from minsheng.acquire.address import canonical, netloc
from minsheng.acquire.body import BadBody, decode
from minsheng.acquire.entry import FRESH, KEPT, Entry
from minsheng.acquire.reading import archived_units, read_entries, sha256
from minsheng.settings import Settings

_PLAIN = re.compile(r"(?:%[0-9A-F]{2})+|[^A-Za-z0-9._~-]+")  # what may be written otherwise in a ledger
Complaint = Callable[[str, str], None]
_TELLING = 4  # characters that a part of an address must have to be looked for


@dataclass(frozen=True, slots=True)
class Capture:
    """A line of a unit's ledger about an address: an answer that was archived, or why there is none."""

    source_id: str
    logical_date: date
    entry: Entry


def find(url: str, settings: Settings, complain: Complaint | None = None) -> list[Capture]:
    """All that the archive tells of an address (whatever its form: see ``canonical``), in the order of time.

    Every ledger is read through, parsed are the lines that may be of it. ``complain(unit, why)`` hears of units that
    cannot be read. Raises OSError where the archive cannot be reached, or such a unit is met and nobody hears of it.
    """
    wanted = canonical(url)
    needle = _needle(wanted)
    found = []
    for unit in archived_units(settings):
        try:
            entries = read_entries(*unit, settings, telling=needle)
        except OSError as error:
            if complain is None:
                raise
            complain(f"{unit[0]} {unit[1]}", str(error))
            continue
        asked = (entry for entry in entries if entry.role != "discovery")
        found += [Capture(*unit, e) for e in asked if wanted in (canonical(e.url), e.key, e.canonical_url)]
    return sorted(found, key=lambda capture: capture.entry.started_at)


def _needle(url: str) -> bytes:
    """The longest part of an address that every form of it has; its host where that says too little."""
    parts = urlsplit(url)
    longest = max(_PLAIN.split(f"{parts.path}?{parts.query}"), key=len)
    return (longest if len(longest) >= _TELLING else netloc(url)).lower().encode()


def standing(captures: list[Capture], at: datetime | None = None) -> Capture | None:
    """The capture that tells what stood there at that time: the last one up to it (None: of all) that shows the page
    or that it was gone; None where there is none.
    """
    told = [c for c in captures if c.entry.outcome in KEPT | {"gone"} or _shows_no_page(c.entry)]
    return next((c for c in reversed(told) if at is None or c.entry.started_at <= at), None)


def _shows_no_page(entry: Entry) -> bool:
    """Lists, feeds and robots.txt have no outcome of their own."""
    return entry.role in ("list", "feed", "robots") and entry.http_status == 200


def shown(capture: Capture, captures: list[Capture], settings: Settings) -> bytes | None:
    """What a capture shows, content encoding undone; of an unchanged page what the capture with the same payload
    does, be it of another address that led there. None where nothing was archived that shows it. Raises OSError,
    EOFError, and ``BadBody`` for a record that is not what was archived.
    """
    entry = capture.entry
    if entry.outcome == "unchanged":
        known = {c.entry.canonical_url for c in captures if c.entry.outcome in FRESH}
        elsewhere = entry.canonical_url if entry.canonical_url not in known else None
        found = captures if elsewhere is None else find(elsewhere, settings, lambda *_: None)
        same = (c.entry for c in reversed(found) if c.entry.outcome in FRESH and c.entry.sha256 == entry.sha256)
        entry = next((e for e in same if e.started_at <= entry.started_at), entry)
    if entry.file is None or entry.offset is None or entry.outcome == "gone":
        return None
    with storage.opened(remote.here(entry.file, entry.offset, settings)) as file:
        stored = warc.read(file, entry.offset)
    if stored.kind == WarcRecordType.revisit:
        return None
    data = decode(stored.body, stored.headers.get("content-encoding", ""), max(settings.page_bytes, 1 << 24))
    if entry.sha256 not in (None, sha256(data)):
        raise BadBody(f"{entry.file} at {entry.offset} is not what was archived for {entry.url}")
    return data
