"""``Entry``: a line of the fetch ledger. Every request made has one, and every page that was not asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from minsheng.acquire.address import canonical
from minsheng.contracts import FetchOutcome, Page, stable_id

Role = Literal["page", "part", "list", "feed", "robots", "hop", "attempt", "discovery"]
KEPT: frozenset[FetchOutcome] = frozenset({"new", "revised", "unchanged"})
FRESH: frozenset[FetchOutcome] = KEPT - {"unchanged"}
SETTLED: frozenset[FetchOutcome] = KEPT | {"gone", "blocked"}


class Entry(BaseModel):
    """One line. ``role``: what the request was for (``part`` a further page of an article, ``hop`` a redirect,
    ``attempt`` a try that is repeated, ``discovery`` no request but the candidates found); ``url`` what was asked for,
    ``asked_for`` the page whose visit it is part of. ``seconds`` is null where no request was made. ``day`` and
    ``title`` are the list's, ``following`` is the address of the page on which the article goes on.

    ``capture`` numbers the captures of a page in one unit, from the second on: an archive of others may hold several
    of a day.

    ``sha256`` is of the payload without its content encoding, ``payload_digest`` as it came, both of what the
    capture holds or, where it is unchanged, of the earlier one, which ``original_*`` name. ``file``, ``offset``
    and ``end`` tell where its records lie: ``offset`` that of the record with the answer.
    """

    model_config = ConfigDict(frozen=True)

    role: Role
    url: str
    started_at: datetime
    asked_for: str | None = None
    host: str = ""
    seconds: float | None = None
    delay: float | None = None
    wire_bytes: int = 0
    http_status: int | None = None
    location: str | None = None
    clause: str | None = None
    outcome: FetchOutcome | None = None
    error: str | None = None
    revision: int = 1
    capture: int | None = None
    canonical_url: str | None = None
    content_type: str | None = None
    bytes: int | None = None
    sha256: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    payload_digest: str | None = None
    original_url: str | None = None
    original_date: datetime | None = None
    following: str | None = None
    day: date | None = None
    title: str | None = None
    note: str | None = None
    file: str | None = None
    offset: int | None = None
    end: int | None = None

    def line(self) -> str:
        """The entry as a line of the ledger, its newline included."""
        return self.model_dump_json(exclude_none=True) + "\n"

    @property
    def key(self) -> str:
        """The address of the page that it belongs to, as the ledger is searched by."""
        return canonical(self.asked_for or self.url)

    def page(self, source_id: str, logical_date: date) -> Page:
        """The entry as the ``Page`` it tells of."""
        assert self.outcome is not None
        return Page(
            page_id=stable_id("page", source_id, logical_date, self.key, *([self.capture] if self.capture else [])),
            source_id=source_id,
            url=self.asked_for or self.url,
            canonical_url=self.canonical_url or self.key,
            fetched_at=self.started_at,
            logical_date=logical_date,
            outcome=self.outcome,
            revision=self.revision,
            http_status=self.http_status,
            content_type=self.content_type,
            bytes=self.bytes,
            sha256=self.sha256,
            warc_file=self.file if self.offset is not None else None,
            warc_offset=self.offset,
            error=self.error,
        )


def captures_of(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The captures among a unit's pages by their addresses, the one asked for and the canonical one."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.outcome in KEPT:
            found.setdefault(entry.canonical_url or entry.key, entry)
            found[entry.key] = entry
    return found
