"""List pages that another unit fetched lately: a backfill walks a list once, not once for every day of it; and how
many articles they linked to: one that links to far fewer has changed.
"""

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
MEMORY = timedelta(days=30)  # after so many days of alarms a list counts as what it is now


class RecentLists:
    """The latest captures of a source's list pages, by address, wherever in its archive they lie."""

    def __init__(self, source_id: str, settings: Settings) -> None:
        self._root, self._limit = settings.archive, settings.page_bytes
        self._file = settings.archive / source_id / "lists.json"

    def get(self, url: str) -> bytes | None:
        """The list page as it was within the last day; None where a request has to be made."""
        kept = self._kept().get(url)
        if kept is None or "file" not in kept or datetime.now(UTC) - datetime.fromisoformat(kept["at"]) > MAX_AGE:
            return None
        try:
            with storage.opened(self._root / kept["file"]) as file:
                stored = warc.read(file, kept["offset"])
        except (OSError, EOFError):  # its archive was moved away: ask again
            return None
        return decode(stored.body, stored.headers.get("content-encoding", ""), self._limit)

    def usual(self, name: str) -> int:
        """How many articles the list page of that name linked to when it was last kept; 0 where nobody knows."""
        kept = self._kept().get(name, {})
        lately = "at" in kept and datetime.now(UTC) - datetime.fromisoformat(kept["at"]) <= MEMORY
        return int(kept.get("links", 0)) if lately else 0

    def keep(self, name: str, entry: Entry | None, links: int) -> None:
        """Note that a list page was just fetched which linked to so many articles, and where it lies (None: it may
        not be used again). The name of a page that may is its address.
        """
        fresh: dict[str, Any] = {"at": datetime.now(UTC).isoformat(), "links": links}
        if entry is not None:
            fresh |= {"at": entry.started_at.isoformat(), "file": entry.file, "offset": entry.offset}
        disk.replace(self._file, json.dumps({**self._kept(), name: fresh}).encode())

    def _kept(self) -> dict[str, dict[str, Any]]:
        try:
            kept = json.loads(storage.read(self._file) or b"{}")
        except ValueError:
            return {}
        return kept if isinstance(kept, dict) else {}
