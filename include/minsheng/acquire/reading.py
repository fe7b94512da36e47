"""Reading the archive: a unit's ledger as entries and pages, its payloads, which units there are. Takes no lock."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from minsheng.acquire import mending, remote, storage, warc
from minsheng.acquire.address import canonical
from minsheng.acquire.body import BadBody, decode
from minsheng.acquire.entry import FRESH, KEPT, Entry
from minsheng.contracts import Failure, Page
from minsheng.settings import Settings


def folder(source_id: str, logical_date: date, settings: Settings) -> Path:
    """Where the unit lies."""
    return settings.archive / source_id / logical_date.isoformat()


def read_entries(source_id: str, logical_date: date, settings: Settings, telling: bytes = b"") -> list[Entry]:
    """The lines of a unit's ledger, in the order they were written; none where the unit was never begun. What the
    ledger has lost comes from the WARC files. ``telling``: those lines suffice that hold it in lower case.

    Raises OSError that says what to do where neither can give them.
    """
    at = folder(source_id, logical_date, settings)
    lines = storage.read(at / remote.LEDGER).splitlines(keepends=True)
    found = [mending.parsed(line) for line in lines if not telling or telling in line.lower()]
    entries = [entry for entry in found if entry is not None]
    last = mending.parsed(lines[-1]) if lines else None
    if len(entries) == len(found) and not mending.is_behind(last, at, settings.archive):
        return entries
    try:
        mended = mending.mend(at, settings.archive)
    except OSError:
        if settings.archive_address is None:
            raise
        remote.pull(at, settings, whole=True)
        mended = mending.mend(at, settings.archive)
    return mended.told + mended.found


def units_before(source_id: str, logical_date: date, settings: Settings) -> list[date]:
    """The earlier days that the source has a unit of, latest first."""
    remote.pull_ledgers(settings, source_id)
    days = (_day(unit) for unit in _units(settings, source_id))
    return sorted((day for day in days if day is not None and day < logical_date), reverse=True)


def archived_units(settings: Settings) -> list[tuple[str, date]]:
    """Every unit that the archive holds, by source and day."""
    remote.pull_ledgers(settings)
    return sorted((unit.parent.name, day) for unit in _units(settings) if (day := _day(unit)) is not None)


def strays(settings: Settings) -> list[Path]:
    """Folders that look like a unit's, but are not named after a day: copies that somebody made. They are not read."""
    return sorted(unit for unit in _units(settings) if _day(unit) is None)


def _units(settings: Settings, source_id: str = "*") -> Iterator[Path]:
    """The folders that hold a ledger, or WARC files that can give it back."""
    for unit in settings.archive.glob(f"{source_id}/*"):
        if (unit / remote.LEDGER).exists() or any(unit.glob("*.warc.gz")):
            yield unit


def _day(unit: Path) -> date | None:
    """The day that a folder is named after as ``folder`` does."""
    try:
        day = date.fromisoformat(unit.name)
    except ValueError:
        return None
    return day if day.isoformat() == unit.name else None


def visits_of(entries: Iterable[Entry]) -> list[Entry]:
    """The last line about each page and, where the unit has several captures of it, about each of them."""
    return list({(e.key, e.capture): e for e in entries if e.role == "page"}.values())


def pages_of(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The last line about each page (of several captures: about the latest), by its address, in the order the pages
    were first asked for.
    """
    found: dict[str, Entry] = {}
    for entry in visits_of(entries):
        if entry.key not in found or found[entry.key].started_at <= entry.started_at:
            found[entry.key] = entry
    return found


def ledger(source_id: str, logical_date: date, settings: Settings) -> list[Page]:
    """The unit's pages, whatever became of them; one of which it has several captures comes with each."""
    remote.pull(folder(source_id, logical_date, settings), settings, whole=False)
    return [entry.page(source_id, logical_date) for entry in visits_of(read_entries(source_id, logical_date, settings))]


def read_archive(source_id: str, logical_date: date, settings: Settings) -> Iterator[tuple[Page, bytes]]:
    """The unit's new and revised pages with their payloads, transfer and content encodings undone.

    Raises OSError where a WARC file is missing, ``BadBody`` where one was changed behind our back.
    """
    for page in ledger(source_id, logical_date, settings):
        if page.outcome in FRESH and page.warc_file is not None:
            yield page, payload(page, settings)


def payload(page: Page, settings: Settings) -> bytes:
    """What a page of the archive holds, transfer and content encodings undone. Raises as ``read_archive`` does."""
    assert page.warc_file is not None
    assert page.warc_offset is not None
    with storage.opened(remote.here(page.warc_file, page.warc_offset, settings)) as file:
        stored = warc.read(file, page.warc_offset)
    data = decode(stored.body, stored.headers.get("content-encoding", ""), max(settings.page_bytes, 1 << 24))
    if page.sha256 != sha256(data):
        raise BadBody(f"{page.warc_file} at {page.warc_offset} is not what was archived for {page.url}")
    return data


def salvage(page: Page, settings: Settings) -> bytes | Failure:
    """``payload``, or why the record is of no use: it is torn or damaged. Raises OSError where its file cannot be had,
    which says nothing about the page.
    """
    try:
        return payload(page, settings)
    except (BadBody, EOFError) as error:
        return Failure("damaged", str(error))
    except OSError as error:
        if error.errno is not None:
            raise
        return Failure("damaged", f"{page.warc_file} at {page.warc_offset}: {error}")  # the parser's, not the disk's


def further_pages(source_id: str, logical_date: date, settings: Settings) -> dict[str, list[Page]]:
    """The further pages of the unit's articles, in order, by the ``page_id`` of the first. One that could not be had
    is the last of its list and tells why; they are in the archive, but not among the unit's pages.
    """
    entries = read_entries(source_id, logical_date, settings)
    parts = {e.key: e for e in entries if e.role == "part"}
    found = {}
    for entry in visits_of(entries) if parts else ():
        if entry.outcome in KEPT and (chain := chain_of(entry, parts)):
            found[entry.page(source_id, logical_date).page_id] = [e.page(source_id, logical_date) for e in chain]
    return found


def chain_of(entry: Entry, parts: dict[str, Entry]) -> list[Entry]:
    """The captures of an article's further pages, in order, as far as they are in ``parts``."""
    chain, seen, last = [], {entry.key, canonical(entry.url)}, entry
    while last.following is not None and (key := canonical(last.following)) in parts and key not in seen:
        seen.add(key)
        last = parts[key]
        chain.append(last)
    return chain


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of a payload."""
    return hashlib.sha256(data).hexdigest()
