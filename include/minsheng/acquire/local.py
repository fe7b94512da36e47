"""A local folder as a source: each of its files is a page, archived as a WARC ``resource`` record; those of other kinds
are pages that failed.
"""

from __future__ import annotations

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from minsheng.acquire import warc
from minsheng.acquire.address import file_path
from minsheng.acquire.archive import Records, UnitArchive
from minsheng.acquire.entry import Entry
from minsheng.acquire.reading import sha256
from minsheng.settings import Settings

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".txt")


def files_in(folder: Path) -> list[str]:
    """The addresses (``file:``) of the files in a folder and below it, in order; hidden ones, and what lies in hidden
    folders, are nobody's pages. Raises NotADirectoryError.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"no folder {folder}")
    root = folder.resolve()
    found = (p for p in sorted(root.rglob("*")) if not any(part.startswith(".") for part in p.relative_to(root).parts))
    return [p.as_uri() for p in found if p.is_file() or p.is_symlink()]


def fetch_files(urls: list[str], unit: UnitArchive, earlier: dict[str, Entry], settings: Settings) -> None:
    """Archive the files; one that the unit holds already is archived again only if it has changed since."""
    for url in dict.fromkeys(urls):
        entry, records = _look(url, earlier.get(url), settings.page_bytes)
        own = unit.pages.get(url)
        if own is None or (own.sha256, own.outcome, own.error) != (entry.sha256, entry.outcome, entry.error):
            unit.append(entry, records)


def _look(url: str, known: Entry | None, limit: int) -> tuple[Entry, Records | None]:
    path, now = file_path(url), datetime.now(UTC)
    if path.resolve() != path:  # it might lead out of the folder that the user gave
        return Entry(role="page", url=url, started_at=now, outcome="refused", error="is a link or behind one"), None
    try:
        size = path.stat().st_size
        if path.suffix.lower() not in SUFFIXES:
            kind = path.suffix or "a file without a suffix"
            why = f"no page: {kind} is not read ({', '.join(SUFFIXES)} are)"
            return Entry(role="page", url=url, started_at=now, outcome="failed", error=why), None
        if size > limit:
            return Entry(role="page", url=url, started_at=now, outcome="failed", error=f"over {limit} bytes"), None
        data = path.read_bytes()
    except FileNotFoundError:
        return Entry(role="page", url=url, started_at=now, outcome="gone", error="no such file"), None
    except OSError as error:
        return Entry(role="page", url=url, started_at=now, outcome="failed", error=f"cannot be read: {error}"), None
    if not data:
        return Entry(role="page", url=url, started_at=now, outcome="failed", error="empty file"), None
    kind = mimetypes.guess_type(path.name)[0] or "text/html"
    entry = Entry(
        role="page",
        url=url,
        canonical_url=url,
        started_at=now,
        content_type=kind,
        bytes=len(data),
        sha256=sha256(data),
        payload_digest=warc.digest(data),
        outcome="new" if known is None else "unchanged" if known.sha256 == sha256(data) else "revised",
    )
    revision = 1 if known is None else known.revision + (entry.outcome == "revised")
    kept = Records(body=data, resource=kind) if entry.outcome != "unchanged" else None
    return entry.model_copy(update={"revision": revision}), kept
