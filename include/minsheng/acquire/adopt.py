"""Foreign WARC files (Common Crawl, news crawls, another archive of ours): their pages of known sources, taken over.

Each page goes into our archive under the Shanghai day it was captured on, so that everything right of the archive
treats it like one of our own. Running it again adds nothing.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc.warc import WarcRecord

from minsheng import disk
from minsheng.acquire import warc
from minsheng.acquire.address import canonical
from minsheng.acquire.archive import Records, UnitArchive
from minsheng.acquire.entry import FRESH, KEPT, Entry, Role, captures_of
from minsheng.acquire.foreign import Found, Scan, payload_of
from minsheng.acquire.judge import closed_door
from minsheng.acquire.parts import MOST_PARTS
from minsheng.acquire.reading import pages_of, read_entries, sha256, units_before, visits_of
from minsheng.settings import Settings

if TYPE_CHECKING:
    from minsheng.sources import Source


@dataclass(slots=True)
class Adopted:
    """What was taken over: the units that hold it now, and how many records, by what became of them."""

    units: list[tuple[str, date]] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)


def adopt(
    files: Iterable[Path],
    sources: Mapping[str, Source],
    settings: Settings,
    first: date = date.min,
    last: date = date.max,
) -> Adopted:
    """Take over the articles of ``sources`` captured from ``first`` to ``last`` from WARC ``files`` (plain, gzipped a
    record, or gzipped as a whole).

    ``records`` counts ``new``, ``unchanged``, ``revised`` pages, each ``part`` of an article that goes on over further
    pages, and what was left out: ``foreign`` (of no known source), ``out_of_span``, ``no_article``, ``no_page`` (no
    answer of 200), ``truncated`` (shorter than the crawler or the site says), ``unreadable`` (no date, or encodings
    that cannot be undone), ``too_big``, ``blocked``, ``held`` (the unit has it, or it is as the capture before it on
    that day). A file that cannot be read to its end, and a unit that cannot be written, is named in ``broken``; what
    came before its fault is taken.
    """
    done = Adopted()
    with tempfile.TemporaryDirectory() as folder:
        scan = Scan(sources, first, last, Path(folder) / "aside.warc", done.records)
        found: list[Found] = []
        for file in files:
            try:
                found.extend(scan.captures(file))  # as far as it comes
            except Exception as error:  # a foreign file may be broken in any way; it must not cost the others
                done.broken[str(file)] = f"{type(error).__name__}: {error}"
        _take_all(found, sources, settings, done)
    return done


def _take_all(found: list[Found], sources: Mapping[str, Source], settings: Settings, done: Adopted) -> None:
    """Put the captures into the units of their sources and days."""
    for source_id, captures in groupby(sorted(found, key=lambda f: f.place), key=lambda f: f.source_id):
        known: dict[str, Entry] = {}
        archived = units_before(source_id, date.max, settings)
        for day, of_day in groupby(captures, key=lambda f: f.day):
            while archived and archived[-1] < day:
                known |= captures_of(pages_of(read_entries(source_id, archived.pop(), settings)).values())
            try:
                _Unit(sources[source_id], day, known, settings).take(list(of_day), done)
            except (OSError, disk.Busy) as error:
                done.broken[f"{source_id} {day}"] = f"{type(error).__name__}: {error}"


@dataclass(slots=True)
class _Unit:
    """The captures of one source and day on their way into its unit; ``known`` are those of earlier days, ``_held``
    those that the unit has of each page.
    """

    source: Source
    day: date
    known: dict[str, Entry]
    settings: Settings
    _held: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def take(self, captures: list[Found], done: Adopted) -> None:
        """Put the articles among the captures, and their further pages, into the unit; ``known`` then has them, too.
        Raises OSError, ``disk.Busy``.
        """
        others = {canonical(c.url): c for c in reversed(captures)}
        followed: set[str] = set()
        if any(c.article for c in captures):
            with UnitArchive(self.source.id, self.day, self.settings, eager=False) as unit:
                for entry in visits_of(unit.entries):
                    if entry.outcome in KEPT:
                        self._held[entry.key].append(entry)
                for capture in captures:
                    if capture.article and canonical(capture.url) not in followed:
                        done.records[self._page(capture, unit, others, followed, done.records)] += 1
                self.known |= captures_of(unit.pages.values())
                if unit.pages:
                    done.units.append((self.source.id, self.day))
        done.records.update("no_article" for c in captures if not c.article and canonical(c.url) not in followed)

    def _page(
        self, capture: Found, unit: UnitArchive, others: dict[str, Found], followed: set[str], told: Counter[str]
    ) -> str:
        """Put a page and all that follows it into the unit; returns what became of the page."""
        key = canonical(capture.url)
        taken = self._take(capture, unit, "page")
        if isinstance(taken, str) and taken != "held":
            return taken
        entry = unit.pages[key] if isinstance(taken, str) else taken
        last = entry
        for _ in range(MOST_PARTS):
            if last is None or last.following is None or last.outcome not in FRESH:
                break
            key = canonical(last.following)
            if key in followed or key == canonical(capture.url):
                break
            followed.add(key)
            last = self._part(last.following, others.get(key), unit, told)
        return taken if isinstance(taken, str) else str(entry.outcome)

    def _part(self, url: str, capture: Found | None, unit: UnitArchive, told: Counter[str]) -> Entry:
        """The further page of an article at ``url``, put into the unit now where it is not there."""
        known = unit.parts.get(canonical(url))
        if known is not None and (known.outcome in KEPT or capture is None):
            return known
        taken = "not among the captures of that day" if capture is None else self._take(capture, unit, "part")
        if isinstance(taken, Entry):
            told["part"] += 1
            return taken
        at = datetime.now(UTC) if capture is None else capture.at
        return unit.append(Entry(role="part", url=url, started_at=at, outcome="failed", error=taken))

    def _take(self, capture: Found, unit: UnitArchive, role: Role) -> Entry | str:
        """Put one capture into the unit; returns its line, or why it is left out."""
        from minsheng.clean import next_page  # a parser, which scanning does without

        record, payload = payload_of(capture, self.settings.page_bytes + 1)
        if payload is None:
            return "unreadable"
        if len(payload) > self.settings.page_bytes:
            return "too_big"
        held = self._held[canonical(capture.url)] if role == "page" else []
        around = _around(held, capture.at)
        if sha256(payload) in {entry.sha256 for entry in around}:
            return "held"
        layout = self.source.layout(self.day)
        if closed_door(payload, capture.url, layout) is not None:
            return "blocked"
        entry = _entry(capture, record, payload).model_copy(
            update={"role": role, "following": next_page(payload, capture.url, layout)}
        )
        if role == "page":
            entry = self._compared(entry, [e for e in around if e.started_at <= capture.at], held)
        head = "".join(f"{_as_kept(name)}: {value}\r\n" for name, value in record.http_headers.to_tuples())
        start = f"{record.http_headers.status_line or 'HTTP/1.1 200 OK'}\r\n"
        kept = Records(head=f"{start}{head}\r\n".encode("latin-1", "replace"), body=payload)
        placed = unit.append(entry, None if entry.outcome == "unchanged" else kept)
        held.append(placed)
        return placed

    def _compared(self, entry: Entry, before: list[Entry], held: list[Entry]) -> Entry:
        """The line of a page, compared with the capture ``before`` it on that day, else with that of an earlier one."""
        earlier = before[-1] if before else self.known.get(entry.key)
        same = earlier is not None and earlier.sha256 == entry.sha256
        latest = max([earlier.revision if earlier else 0, *(e.revision for e in held)])
        return entry.model_copy(
            update={
                "outcome": "new" if earlier is None else "unchanged" if same else "revised",
                "revision": earlier.revision if earlier is not None and same else latest + 1,
                "capture": len(held) + 1 if held else None,
            }
        )


def _around(held: list[Entry], at: datetime) -> list[Entry]:
    """The captures of a page that the unit has of the latest moment before ``at`` and of that moment, in their order;
    where it has none, of the first after it.
    """
    before = max((e.started_at for e in held if e.started_at < at), default=None)
    found = sorted((e for e in held if e.started_at in (before, at)), key=lambda e: e.started_at)
    first = min((e.started_at for e in held), default=None)
    return found or [e for e in held if e.started_at == first]


def _entry(capture: Found, record: WarcRecord, payload: bytes) -> Entry:
    """The line of an adopted page. Its host is left out, for nothing was asked of it on our behalf."""
    get = record.http_headers.get
    return Entry(
        role="page",
        url=capture.url,
        started_at=capture.at,
        outcome="new",
        canonical_url=canonical(capture.url),
        http_status=200,
        content_type=get("Content-Type"),
        etag=get("ETag"),
        last_modified=get("Last-Modified"),
        bytes=len(payload),
        sha256=sha256(payload),
        payload_digest=warc.digest(payload),
        note=f"adopted from {capture.origin} {record.record_id}",
    )


def _as_kept(name: str) -> str:
    """The name of a header field as archived: encodings are undone, so their fields are renamed."""
    return f"X-Crawler-{name}" if name.lower() in {"transfer-encoding", "content-encoding", "content-length"} else name
