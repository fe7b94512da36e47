"""WARC 1.1 records as bytes: each a gzip member of its own, its block exactly as it came over the wire."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
HTTP_REQUEST = "application/http; msgtype=request"
HTTP_RESPONSE = "application/http; msgtype=response"
_CHUNK = 1 << 20
_MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00"  # how ``record`` lets a member begin


class Broken(Exception):
    """A file is damaged before its end; the message says where."""


def digest(data: bytes) -> str:
    """The labelled digest that WARC tools agree on: base32 SHA-1 (a check of integrity, not of authorship)."""
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()


def new_id() -> str:
    """A record id."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def timestamp(moment: datetime) -> str:
    """A moment as WARC-Date writes it (UTC, microseconds)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record(kind: str, block: bytes, content_type: str, when: datetime, **named: str | None) -> bytes:
    """A record as one gzip member. ``named`` are further header fields, ``Target_URI`` for ``WARC-Target-URI``."""
    fields = {
        "WARC-Type": kind,
        "WARC-Record-ID": named.pop("Record_ID", None) or new_id(),
        "WARC-Date": timestamp(when),
        **{f"WARC-{name.replace('_', '-')}": value for name, value in named.items()},
        "WARC-Block-Digest": digest(block),
        "Content-Type": content_type,
        "Content-Length": str(len(block)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return gzip.compress(b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def info(file_name: str, fields: dict[str, str], when: datetime) -> bytes:
    """The ``warcinfo`` record that a file opens with."""
    block = "".join(f"{name}: {value}\r\n" for name, value in fields.items()).encode()
    return record("warcinfo", block, "application/warc-fields", when, Filename=file_name)


@dataclass(frozen=True, slots=True)
class Member:
    """One gzip member of a file: its place, and the head of what it holds."""

    start: int
    end: int
    kind: str
    block: bytes


def members(file: BinaryIO, start: int) -> Iterator[Member]:
    """The whole records from ``start`` on; ends in silence before one that is torn, the last. Blocks of metadata are
    read. Raises ``Broken`` before one that is damaged: after it, others are whole.
    """
    at = start
    while (found := _member(file, at)) is not None:
        yield found
        at = found.end
    file.seek(at)
    rest = file.read(64 * _CHUNK)
    further = -1 if _member(BytesIO(rest), 0) is not None else rest.find(_MEMBER, 1)  # whole now: it is being written
    while further != -1:
        if (found := _member(BytesIO(rest), further)) is not None and found.kind:
            raise Broken(str(at))
        further = rest.find(_MEMBER, further + 1)


def _member(file: BinaryIO, start: int) -> Member | None:
    file.seek(start)
    inflate, head, size, position = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray(), 0, start
    while not inflate.eof:
        piece = file.read(_CHUNK)
        if not piece:
            return None
        position += len(piece)
        while piece and not inflate.eof:
            try:
                out = inflate.decompress(piece, _CHUNK)
            except zlib.error:
                return None
            size += len(out)
            head += out if len(head) < 64 * _CHUNK else b""
            piece = inflate.unconsumed_tail
    fields, _, block = bytes(head).partition(b"\r\n\r\n")
    kind = next((v.strip().decode() for k, _, v in _fields(fields) if k.lower() == b"warc-type"), "")
    return Member(start, position - len(inflate.unused_data), kind, block[:-4] if kind == "metadata" else b"")


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    return (line.partition(b":") for line in head.split(b"\r\n")[1:])


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer that a record holds: header fields by lower-case name, the body as it came."""

    kind: WarcRecordType
    headers: dict[str, str]
    body: bytes


def read(file: BinaryIO, offset: int) -> Stored:
    """The ``response``, ``revisit`` or ``resource`` record at ``offset``."""
    file.seek(offset)
    for found in ArchiveIterator(file, parse_http=False):
        block = found.reader.read()
        if found.record_type == WarcRecordType.resource:
            return Stored(found.record_type, {"content-type": found.headers.get("Content-Type") or ""}, block)
        head, _, body = block.partition(b"\r\n\r\n")
        headers = {k.decode("latin-1").lower(): v.strip().decode("latin-1") for k, _, v in _fields(head)}
        return Stored(found.record_type, headers, body)
    raise EOFError(f"no WARC record at {offset}")
