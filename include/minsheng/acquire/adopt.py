"""Foreign WARC files (Common Crawl, news crawls, another archive of ours): their pages of known sources, taken over.

Each page goes into our archive under the Shanghai day it was captured on, so that everything right of the archive
treats it like one of our own. Running it again adds nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from minsheng.acquire import storage, warc
from minsheng.acquire.address import canonical, netloc
from minsheng.acquire.archive import Records, UnitArchive
from minsheng.acquire.entry import Entry
from minsheng.acquire.fetching import captures_before
from minsheng.acquire.judge import closed_door
from minsheng.acquire.reading import sha256
from minsheng.acquire.visit import captures_of
from minsheng.settings import SHANGHAI, Settings

if TYPE_CHECKING:
    from minsheng.sources import Source


@dataclass(slots=True)
class Adopted:
    """What was taken over: the units that hold it now, and how many records, by what became of them."""

    units: list[tuple[str, date]] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, order=True)
class _Found:
    """A capture in a foreign file, in the order in which captures are compared."""

    source_id: str
    day: date
    at: datetime
    url: str
    file: Path
    offset: int


def adopt(files: Iterable[Path], sources: Mapping[str, Source], settings: Settings) -> Adopted:
    """Take over the articles of ``sources`` from WARC ``files`` (gzipped a record, or plain).

    ``records`` counts ``new``, ``unchanged``, ``revised``, and what was left out: ``foreign`` (of no known source),
    ``no_article``, ``no_page`` (no answer of 200), ``too_big``, ``blocked``, ``held`` (the unit has that page). A file
    that cannot be read to its end is named in ``broken``; what came before its fault is taken.
    """
    done = Adopted()
    by_host = {host: source for source in sources.values() for host in source.hosts}
    found: list[_Found] = []
    for file in files:
        try:
            found += _scan(file, by_host, done.records)
        except Exception as error:  # a foreign file may be broken in any way; it must not cost the others
            done.broken[str(file)] = f"{type(error).__name__}: {error}"
    for source_id, captures in groupby(sorted(found), key=lambda f: f.source_id):
        known: dict[str, Entry] | None = None
        for day, of_day in groupby(captures, key=lambda f: f.day):
            if known is None:
                known, _ = captures_before(source_id, day, [None], settings)
            with UnitArchive(source_id, day, settings, eager=False) as unit:
                for capture in of_day:
                    done.records[_take(capture, unit, known, settings)] += 1
                known |= captures_of(unit.pages.values())
            done.units.append((source_id, day))
    return done


def _scan(file: Path, by_host: Mapping[str, Source], told: Counter[str]) -> Iterator[_Found]:
    """The captures of known sources' articles in a file."""
    answers = 0
    with storage.opened(file) as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            answers += 1
            url = record.headers.get("WARC-Target-URI") or ""
            source = by_host.get(netloc(url))
            if source is None:
                told["foreign"] += 1
            elif not source.is_article(url):
                told["no_article"] += 1
            elif not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
                told["no_page"] += 1
            else:
                at = record.record_date.astimezone(UTC)
                yield _Found(source.id, at.astimezone(SHANGHAI).date(), at, url, file, record.stream_pos)
    if not answers:
        raise EOFError("no response record in it")


def _take(capture: _Found, unit: UnitArchive, known: dict[str, Entry], settings: Settings) -> str:
    """Put one capture into its unit; returns what became of it."""
    key = canonical(capture.url)
    if key in unit.pages:
        return "held"
    with storage.opened(capture.file) as stream:
        stream.seek(capture.offset)
        record = next(iter(ArchiveIterator(stream, parse_http=True, auto_decode="all")))
        payload = record.reader.read(settings.page_bytes + 1)
    if len(payload) > settings.page_bytes:
        return "too_big"
    if closed_door(payload) is not None:
        return "blocked"
    entry = _entry(capture, record, payload, known.get(key))
    head = "".join(f"{_as_kept(name)}: {value}\r\n" for name, value in record.http_headers.to_tuples())
    start = f"{record.http_headers.status_line or 'HTTP/1.1 200 OK'}\r\n"
    kept = Records(head=f"{start}{head}\r\n".encode("latin-1", "replace"), body=payload)
    unit.append(entry, None if entry.outcome == "unchanged" else kept)
    return str(entry.outcome)


def _entry(capture: _Found, record: WarcRecord, payload: bytes, earlier: Entry | None) -> Entry:
    """The line of an adopted page. Its host is left out, for nothing was asked of it on our behalf."""
    digest, get = sha256(payload), record.http_headers.get
    same = earlier is not None and earlier.sha256 == digest
    return Entry(
        role="page",
        url=capture.url,
        started_at=capture.at,
        outcome="new" if earlier is None else "unchanged" if same else "revised",
        revision=1 if earlier is None else earlier.revision + (not same),
        canonical_url=canonical(capture.url),
        http_status=200,
        content_type=get("Content-Type"),
        etag=get("ETag"),
        last_modified=get("Last-Modified"),
        bytes=len(payload),
        sha256=digest,
        payload_digest=warc.digest(payload),
        note=f"adopted from {capture.file.name} {record.record_id}",
    )


def _as_kept(name: str) -> str:
    """The name of a header field as archived: encodings are undone, so their fields are renamed."""
    return f"X-Crawler-{name}" if name.lower() in {"transfer-encoding", "content-encoding", "content-length"} else name
