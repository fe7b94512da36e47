"""The archive of one unit of work: WARC files and the ledger beside them, appended so that a crash tears nothing.

``archive/<source>/<day>/`` holds ``<source>-<day>-00000.warc.gz`` and on, and ``ledger.jsonl``. One visit is one
*group* of records, written in one go: ``metadata`` (the ledger's line itself and how many records follow),
``request``, and the answer last. Its line goes into the ledger once the group is on the disk. So the WARC alone
can give the ledger back, and a process killed anywhere leaves at most one torn group, which the next one cuts off.
"""

from __future__ import annotations

import json
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from minsheng import __version__, disk
from minsheng.acquire import mending, remote, storage, warc
from minsheng.acquire.entry import KEPT, Entry
from minsheng.acquire.reading import folder
from minsheng.settings import Settings


@dataclass(frozen=True, slots=True)
class Records:
    """What an exchange left: ``request`` and ``response`` as HTTP/1.1 messages, or ``resource`` (a local file)."""

    request: bytes | None = None
    head: bytes | None = None
    body: bytes = b""
    ip: str | None = None
    protocol: str | None = None
    resource: str | None = None
    revisit: str | None = None
    truncated: str | None = None


class UnitArchive:
    """The unit opened for writing: by one process at a time, mended as it opens.

    ``entries`` are its lines; ``pages`` and ``parts`` the last line about each page, and further page of an article,
    by its address, ``captures`` the first page with a payload by its canonical address. Unless ``eager``, the disk is
    waited for once, at the end. An archive with an address elsewhere is handed over as the unit is closed.
    """

    def __init__(self, source_id: str, logical_date: date, settings: Settings, *, eager: bool = True) -> None:
        self.folder = folder(source_id, logical_date, settings)
        self.entries: list[Entry] = []
        self.pages: dict[str, Entry] = {}
        self.parts: dict[str, Entry] = {}
        self.captures: dict[str, Entry] = {}
        self._name = f"{source_id}-{logical_date:%Y%m%d}"
        self._settings = settings
        self._root, self._limit, self._wait = settings.archive, settings.warc_bytes, settings.lock_wait
        self._ledger = self.folder / "ledger.jsonl"
        self._current: Path | None = None
        self._writing, self._syncing = threading.Lock(), threading.Lock()
        self._pending: list[_Written] = []
        self._broken: OSError | None = None
        self._eager = eager
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self._open.enter_context(disk.locked(self.folder / ".lock", self._wait))
        try:
            remote.pull(self.folder, self._settings, whole=True)
            self._mend()
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with self._open:
            if not self._eager:
                for file in mending.warc_files(self.folder):
                    disk.sync(file)
            remote.push(self.folder, self._settings)

    def append(self, entry: Entry, records: Records | None = None) -> Entry:
        """Write the visit's records, wait until they are safe, then its line; returns it with its place filled in.

        Visits that end at the same time share one wait for the disk. Raises OSError; nothing is written after one.
        """
        group, answer = _group(entry, records)
        with self._writing:
            if self._broken is not None:
                raise self._broken
            file = self._file()
            start = storage.append(file, b"".join(group))
            end = start + sum(map(len, group))
            written = _Written(entry, file, start, end, end - len(answer) if answer is not None else None)
            self._pending.append(written)
        with self._syncing:
            if written.placed is None:
                self._settle()
        assert written.placed is not None
        return written.placed

    def _settle(self) -> None:
        """Make all that is written last, then give the ledger its lines, in the order of the records."""
        with self._writing:
            if self._broken is not None:
                raise self._broken
            batch, self._pending = self._pending, []
        try:
            for file in {written.file for written in batch} if self._eager else ():
                disk.sync(file)
        except OSError as error:
            with self._writing:
                self._broken = error
                for written in reversed([*batch, *self._pending]):
                    storage.truncate(written.file, written.start)
            raise
        for written in batch:
            written.placed = self._log(written.entry, written.file, written.end, written.offset)

    def _log(self, entry: Entry, file: Path, end: int, offset: int | None) -> Entry:
        placed = entry.model_copy(update={"file": str(file.relative_to(self._root)), "offset": offset, "end": end})
        storage.append(self._ledger, placed.line().encode())  # not waited for: the WARC can give it back
        self._remember(placed)
        return placed

    def _remember(self, entry: Entry) -> None:
        self.entries.append(entry)
        if entry.role == "part":
            self.parts[entry.key] = entry
        if entry.role == "page":
            known = self.pages.get(entry.key)
            if known is None or entry.capture is None or known.started_at <= entry.started_at:
                self.pages[entry.key] = entry
            if entry.outcome in KEPT and entry.canonical_url is not None:
                self.captures.setdefault(entry.canonical_url, entry)

    def _file(self) -> Path:
        """The file to append to: the last one, or the next where that has grown enough."""
        if self._current is not None and storage.size(self._current) < self._limit:
            return self._current
        files = mending.warc_files(self.folder)
        self._current = self.folder / f"{self._name}-{len(files):05}.warc.gz"
        fields = {"software": f"minsheng/{__version__}", "format": "WARC File Format 1.1", "conformsTo": _STANDARD}
        storage.append(self._current, warc.info(self._current.name, fields, datetime.now(UTC)))
        disk.sync(self.folder)
        return self._current

    def _mend(self) -> None:
        """Cut what is torn, and give the ledger the lines of groups that it does not know yet."""
        mended = mending.mend(self.folder, self._root)
        if mended.whole < storage.size(self._ledger):
            storage.truncate(self._ledger, mended.whole)
        if mended.found:
            storage.append(self._ledger, "".join(entry.line() for entry in mended.found).encode())
        for entry in (*mended.told, *mended.found):
            self._remember(entry)
        for file, end in mended.ends.items():
            if end < storage.size(file):
                storage.truncate(file, end)
            if end == 0:
                file.unlink()
        files = mending.warc_files(self.folder)
        self._current = files[-1] if files else None


@dataclass(slots=True)
class _Written:
    """A group that is in the file, and once it is safe its entry with its place."""

    entry: Entry
    file: Path
    start: int
    end: int
    offset: int | None
    placed: Entry | None = None


_STANDARD = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


def _group(entry: Entry, records: Records | None) -> tuple[list[bytes], bytes | None]:
    """The records of a visit, and which of them holds the answer."""
    answer_id = warc.new_id()
    request, answer = _request(entry, records, answer_id), _answer(entry, records, answer_id)
    told = [part for part in (request, answer) if part is not None]
    meta = json.dumps({"records": len(told), "entry": json.loads(entry.line())}, ensure_ascii=False).encode()
    with_answer = None if answer is None else answer_id
    about = {"Target_URI": entry.url, "Concurrent_To": with_answer}
    return [warc.record("metadata", meta, "application/json", entry.started_at, **about), *told], answer


def _request(entry: Entry, records: Records | None, response_id: str) -> bytes | None:
    if records is None or records.request is None:
        return None
    return warc.record(
        "request",
        records.request,
        warc.HTTP_REQUEST,
        entry.started_at,
        Target_URI=entry.url,
        Concurrent_To=response_id if records.head is not None else None,
        Payload_Digest=warc.digest(records.request.partition(b"\r\n\r\n")[2]),
    )


def _answer(entry: Entry, records: Records | None, record_id: str) -> bytes | None:
    if records is None or (records.head is None and records.resource is None):
        return None
    if records.resource is not None:
        return warc.record(
            "resource",
            records.body,
            records.resource,
            entry.started_at,
            Record_ID=record_id,
            Target_URI=entry.url,
            Payload_Digest=warc.digest(records.body),
        )
    head = records.head or b""
    about = {"Record_ID": record_id, "Target_URI": entry.url, "IP_Address": records.ip, "Protocol": records.protocol}
    if records.revisit is None:
        block = head + records.body
        payload = warc.digest(records.body)
        return warc.record(
            "response",
            block,
            warc.HTTP_RESPONSE,
            entry.started_at,
            **about,
            Payload_Digest=payload,
            Truncated=records.truncated,
        )
    return warc.record(
        "revisit",
        head,
        warc.HTTP_RESPONSE,
        entry.started_at,
        **about,
        Profile=records.revisit,
        Payload_Digest=entry.payload_digest,
        Refers_To_Target_URI=entry.original_url,
        Refers_To_Date=warc.timestamp(entry.original_date) if entry.original_date else None,
    )
