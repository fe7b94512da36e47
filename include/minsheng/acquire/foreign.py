"""Foreign WARC files looked through: the captures of known sources in them, and the payload of each.

A foreign file may be cut off or broken in any way, gzipped a record or as a whole, its encodings undone or not.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from minsheng import SHANGHAI
from minsheng.acquire import storage
from minsheng.acquire.address import netloc

if TYPE_CHECKING:
    from minsheng.sources import Source

_MARKUP = re.compile(rb"<(?:!doctype|html|head|meta|title|body|div|p)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
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


class Scan:
    """Looks foreign files through for captures of ``sources``; records that cannot be read again where they are go to
    the file ``aside``. ``told`` counts what is left out.
    """

    def __init__(self, sources: Mapping[str, Source], first: date, last: date, aside: Path, told: Counter[str]) -> None:
        self._by_host = {host: source for source in sources.values() for host in source.hosts}
        self._first, self._last, self._aside, self._told = first, last, aside, told

    def captures(self, file: Path) -> Iterator[Found]:
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

    def _capture(self, record: WarcRecord, file: Path) -> Found | str:
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
        return Found(source.id, day, at, url, source.is_article(url), file.name, *place)

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


def payload_of(capture: Found, most: int) -> tuple[WarcRecord, bytes | None]:
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
