"""Foreign WARC files (Common Crawl, news crawls, another archive of ours): their pages of known sources, taken over.

Each page goes into our archive under the Shanghai day it was captured on, so that everything right of the archive
treats it like one of our own. Running it again adds nothing.
"""

from __future__ import annotations

import gzip
import re
import tempfile
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
from minsheng.acquire.entry import FRESH, KEPT, Entry, Role
from minsheng.acquire.judge import closed_door
from minsheng.acquire.parts import MOST_PARTS
from minsheng.acquire.reading import pages_of, read_entries, sha256, units_before
from minsheng.acquire.visit import captures_of
from minsheng.settings import SHANGHAI, Settings

if TYPE_CHECKING:
    from minsheng.sources import Source

_MARKUP = re.compile(rb"<(?:!doctype|html|head|meta|title|body|div|p)\b", re.IGNORECASE)


@dataclass(slots=True)
class Adopted:
    """What was taken over: the units that hold it now, and how many records, by what became of them."""

    units: list[tuple[str, date]] = field(default_factory=list)
    records: Counter[str] = field(default_factory=Counter)
    broken: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Found:
    """A capture of the file named ``origin``, to be read at ``offset`` of ``file``. One that is no ``article`` by its
    address may be the further page of one.
    """

    source_id: str
    day: date
    at: datetime
    url: str
    article: bool
    origin: str
    file: Path
    offset: int

    @property
    def place(self) -> tuple[str, date, int, str, datetime]:
        """Where it comes in turn: within a day the shorter address first, since the further pages of an article have
        longer ones than its first, and of one address the earlier capture.
        """
        return self.source_id, self.day, len(self.url), self.url, self.at


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
    that cannot be undone), ``too_big``, ``blocked``, ``held`` (the unit has that page). A file that cannot be read to
    its end, and a unit that cannot be written, is named in ``broken``; what came before its fault is taken.
    """
    done = Adopted()
    with tempfile.TemporaryDirectory() as folder:
        scan = _Scan(sources, first, last, Path(folder) / "aside.warc", done.records)
        found: list[_Found] = []
        for file in files:
            try:
                found.extend(scan.captures(file))  # as far as it comes
            except Exception as error:  # a foreign file may be broken in any way; it must not cost the others
                done.broken[str(file)] = f"{type(error).__name__}: {error}"
        _take_all(found, sources, settings, done)
    return done


def _take_all(found: list[_Found], sources: Mapping[str, Source], settings: Settings, done: Adopted) -> None:
    """Put the captures into the units of their sources and days."""
    for source_id, captures in groupby(sorted(found, key=lambda f: f.place), key=lambda f: f.source_id):
        known: dict[str, Entry] = {}
        archived = units_before(source_id, date.max, settings)
        for day, of_day in groupby(captures, key=lambda f: f.day):
            while archived and archived[-1] < day:
                known |= captures_of(pages_of(read_entries(source_id, archived.pop(), settings)).values())
            try:
                _Unit(sources[source_id], day, known, settings).take(list(of_day), done)
            except (OSError, storage.Busy) as error:
                done.broken[f"{source_id} {day}"] = f"{type(error).__name__}: {error}"


class _Scan:
    """Looks foreign files through for captures of ``sources``; records that cannot be read again where they are go to
    the file ``aside``. ``told`` counts what is left out.
    """

    def __init__(self, sources: Mapping[str, Source], first: date, last: date, aside: Path, told: Counter[str]) -> None:
        self._by_host = {host: source for source in sources.values() for host in source.hosts}
        self._first, self._last, self._aside, self._told = first, last, aside, told

    def captures(self, file: Path) -> Iterator[_Found]:
        """The captures in a file. Raises EOFError where it ends within a record (which is left out) or has no answers
        at all, OSError where it is no WARC file.
        """
        answers = last = 0
        with storage.opened(file) as stream:
            for record in ArchiveIterator(stream, parse_http=False):
                capture, last = None, record.stream_pos
                if record.record_type == WarcRecordType.response:
                    answers += 1
                    capture = self._capture(record, file)
                record.consume()
                # a record whose header is cut off has no length, or one whose last digits are missing
                length = (record.headers.get("Content-Length") or "").strip()
                if not length.isdecimal() or record.reader.tell() < record.content_length:
                    raise EOFError("cut off within a record")
                if isinstance(capture, str):
                    self._told[capture] += 1
                elif capture is not None:
                    yield capture
        _read_to_the_end(file, last)
        if not answers:
            raise EOFError("no response record in it")

    def _capture(self, record: WarcRecord, file: Path) -> _Found | str:
        """What a response record holds, or why it is left out."""
        url = (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")  # GNU wget's
        source = self._by_host.get(netloc(url))
        if source is None:
            return "foreign"
        try:
            record.parse_http()
        except OSError as error:
            if error.errno is not None:  # the disk's; without a number it is the parser's
                raise
            return "unreadable"
        if not record.is_http or record.http_headers is None or record.http_headers.status_code != 200:
            return "no_page"
        if record.headers.get("WARC-Truncated") or record.content_length < _announced(record):
            return "truncated"
        try:
            at = record.record_date.astimezone(UTC)
            day = at.astimezone(SHANGHAI).date()
        except (AttributeError, OverflowError):  # no date that can be read is None
            return "unreadable"
        if not self._first <= day <= self._last:
            return "out_of_span"
        place = (file, record.stream_pos) if _stands_at_its_place(record, file) else self._put_aside(record)
        return _Found(source.id, day, at, url, source.is_article(url), file.name, *place)

    def _put_aside(self, record: WarcRecord) -> tuple[Path, int]:
        with self._aside.open("ab") as stream:
            start = stream.tell()
            record.write(stream)
        return self._aside, start


def _read_to_the_end(file: Path, last: int) -> None:
    """Raise EOFError or OSError where the gzip members from that of the ``last`` record on are not whole: of a member
    that was cut off early not a byte comes out, which ends the records without a word.
    """
    with storage.opened(file) as stream:
        stream.seek(last)
        if stream.read(3) == b"\x1f\x8b\x08":
            stream.seek(last)
            with gzip.open(stream) as tail:
                while tail.read(1 << 20):
                    pass


def _announced(record: WarcRecord) -> int:
    """The least bytes of payload that the site said would come; 0 where encodings may have been undone since."""
    get = record.http_headers.get
    length = get("Content-Length") or ""
    encoded = any((get(field) or "identity") != "identity" for field in ("Content-Encoding", "Transfer-Encoding"))
    return int(length) if length.isdecimal() and not encoded else 0


def _stands_at_its_place(record: WarcRecord, file: Path) -> bool:
    """Whether reading from the record's position gives it: not where many records share a gzip member."""
    with storage.opened(file) as stream:
        stream.seek(record.stream_pos)
        try:
            again = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        except OSError:
            return False
        return again is not None and again.headers.to_tuples() == record.headers.to_tuples()


@dataclass(slots=True)
class _Unit:
    """The captures of one source and day on their way into its unit; ``known`` are those of earlier days."""

    source: Source
    day: date
    known: dict[str, Entry]
    settings: Settings

    def take(self, captures: list[_Found], done: Adopted) -> None:
        """Put the articles among the captures, and their further pages, into the unit; ``known`` then has them, too.
        Raises OSError, ``storage.Busy``.
        """
        others = {canonical(c.url): c for c in reversed(captures)}
        followed: set[str] = set()
        if any(c.article for c in captures):
            with UnitArchive(self.source.id, self.day, self.settings, eager=False) as unit:
                for capture in captures:
                    if capture.article and canonical(capture.url) not in followed:
                        done.records[self._page(capture, unit, others, followed, done.records)] += 1
                self.known |= captures_of(unit.pages.values())
                if unit.pages:
                    done.units.append((self.source.id, self.day))
        done.records.update("no_article" for c in captures if not c.article and canonical(c.url) not in followed)

    def _page(
        self, capture: _Found, unit: UnitArchive, others: dict[str, _Found], followed: set[str], told: Counter[str]
    ) -> str:
        """Put a page and all that follows it into the unit; returns what became of the page."""
        key = canonical(capture.url)
        entry = unit.pages.get(key)
        held = entry is not None and entry.outcome in KEPT
        if not held:
            taken = self._take(capture, unit, "page", self.known.get(key))
            if isinstance(taken, str):
                return taken
            entry = taken
        last = entry
        for _ in range(MOST_PARTS):
            if last is None or last.following is None or last.outcome not in FRESH:
                break
            key = canonical(last.following)
            if key in followed or key == canonical(capture.url):
                break
            followed.add(key)
            last = self._part(last.following, others.get(key), unit, told)
        assert entry is not None
        return "held" if held else str(entry.outcome)

    def _part(self, url: str, capture: _Found | None, unit: UnitArchive, told: Counter[str]) -> Entry:
        """The further page of an article at ``url``, put into the unit now where it is not there."""
        known = unit.parts.get(canonical(url))
        if known is not None and (known.outcome in KEPT or capture is None):
            return known
        taken = "not among the captures of that day" if capture is None else self._take(capture, unit, "part", None)
        if isinstance(taken, Entry):
            told["part"] += 1
            return taken
        at = datetime.now(UTC) if capture is None else capture.at
        return unit.append(Entry(role="part", url=url, started_at=at, outcome="failed", error=taken))

    def _take(self, capture: _Found, unit: UnitArchive, role: Role, earlier: Entry | None) -> Entry | str:
        """Put one capture into the unit; returns its line, or why it is left out."""
        from minsheng.clean import next_page  # a parser, which scanning does without

        record, payload = _payload(capture, self.settings.page_bytes + 1)
        if payload is None:
            return "unreadable"
        if len(payload) > self.settings.page_bytes:
            return "too_big"
        if closed_door(payload) is not None:
            return "blocked"
        entry = _entry(capture, record, payload, earlier).model_copy(
            update={"role": role, "following": next_page(payload, capture.url, self.source.layout(self.day))}
        )
        head = "".join(f"{_as_kept(name)}: {value}\r\n" for name, value in record.http_headers.to_tuples())
        start = f"{record.http_headers.status_line or 'HTTP/1.1 200 OK'}\r\n"
        kept = Records(head=f"{start}{head}\r\n".encode("latin-1", "replace"), body=payload)
        return unit.append(entry, None if entry.outcome == "unchanged" else kept)


def _payload(capture: _Found, most: int) -> tuple[WarcRecord, bytes | None]:
    """The capture's record and at most ``most`` bytes of its payload, None where its encodings cannot be undone. Some
    crawlers undo them and keep the header fields that tell of them: markup is taken as it stands.
    """
    for decode in ("all", "none"):
        with storage.opened(capture.file) as stream:
            stream.seek(capture.offset)
            record = next(iter(ArchiveIterator(stream, parse_http=True, auto_decode=decode)))
            try:
                payload = record.reader.read(most)
            except OSError as error:
                if error.errno is not None:  # the disk's; without a number it is the parser's
                    raise
                continue
        if decode == "all" or _MARKUP.search(payload[:4096]):
            return record, payload
    return record, None


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
        note=f"adopted from {capture.origin} {record.record_id}",
    )


def _as_kept(name: str) -> str:
    """The name of a header field as archived: encodings are undone, so their fields are renamed."""
    return f"X-Crawler-{name}" if name.lower() in {"transfer-encoding", "content-encoding", "content-length"} else name
