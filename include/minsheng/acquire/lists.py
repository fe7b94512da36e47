"""List pages that another unit fetched lately: a backfill walks a list once, not once for every day of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from minsheng import disk
from minsheng.acquire import storage, warc
from minsheng.acquire.body import decode
from minsheng.acquire.entry import Entry
from minsheng.settings import Settings

MAX_AGE = timedelta(hours=24)


class RecentLists:
    """The latest captures of a source's list pages, by address, wherever in its archive they lie."""

    def __init__(self, source_id: str, settings: Settings) -> None:
        self._root, self._limit = settings.archive, settings.page_bytes
        self._file = settings.archive / source_id / "lists.json"

    def get(self, url: str) -> bytes | None:
        """The list page as it was within the last day; None where a request has to be made."""
        kept = self._kept().get(url)
        if kept is None or datetime.now(UTC) - datetime.fromisoformat(kept["at"]) > MAX_AGE:
            return None
        try:
            with storage.opened(self._root / kept["file"]) as file:
                stored = warc.read(file, kept["offset"])
        except (OSError, EOFError):  # its archive was moved away: ask again
            return None
        return decode(stored.body, stored.headers.get("content-encoding", ""), self._limit)

    def keep(self, url: str, entry: Entry) -> None:
        """Note where a list page that was just fetched lies."""
        fresh = {"at": entry.started_at.isoformat(), "file": entry.file, "offset": entry.offset}
        disk.replace(self._file, json.dumps({**self._kept(), url: fresh}).encode())

    def _kept(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads(storage.read(self._file) or b"{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}
