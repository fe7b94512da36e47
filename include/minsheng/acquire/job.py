"""A page to visit, and the lines that its visit leaves in the ledger. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from minsheng.acquire import warc
from minsheng.acquire.address import canonical, netloc
from minsheng.acquire.courier import Answer
from minsheng.acquire.entry import KEPT, Entry, Role
from minsheng.acquire.judge import Verdict
from minsheng.acquire.reading import sha256


@dataclass(slots=True)
class Job:
    """A page to visit. ``day`` and ``title`` are the list's; ``tries`` counts the attempts made. What is ``revised``
    is known to be so though its first page is as it was: it is asked for whole.
    """

    url: str
    day: date | None = None
    title: str | None = None
    role: Role = "page"
    form: dict[str, str] | None = None
    json: str | None = None
    tries: int = 0
    revised: bool = False

    def unanswered(self, url: str, role: Role) -> Entry:
        """The line of a step of the visit that has no answer (yet)."""
        return Entry(
            role=role,
            url=url,
            asked_for=None if url == self.url else self.url,
            started_at=datetime.now(UTC),
            host=netloc(url),
            day=self.day,
            title=self.title,
        )

    def answered(self, url: str, role: Role, answer: Answer, delay: float, clause: str | None = None) -> Entry:
        """The line of an answer; ``delay`` is what was kept before asking, ``clause`` the one of robots.txt that
        allowed it.
        """
        return self.unanswered(url, role).model_copy(
            update={
                "started_at": answer.started_at,
                "seconds": answer.seconds,
                "delay": delay,
                "wire_bytes": len(answer.head) + len(answer.body),
                "http_status": answer.status,
                "location": answer.headers.get("location"),
                "clause": clause,
                "content_type": answer.headers.get("content-type"),
                "etag": answer.headers.get("etag"),
                "last_modified": answer.headers.get("last-modified"),
            }
        )


def judged(job: Job, url: str, answer: Answer, verdict: Verdict, known: Entry | None) -> dict[str, Any]:
    """The fields of a line that follow from the verdict; ``known`` is the latest earlier capture of the address."""
    fields: dict[str, Any] = {"outcome": verdict.outcome, "error": verdict.error}
    if job.role not in ("page", "part"):
        return {**fields, "outcome": None}
    if verdict.outcome == "gone" and known is not None:
        return {**fields, "canonical_url": known.canonical_url, "revision": known.revision}
    fields["canonical_url"] = canonical(url)
    if verdict.payload is not None:
        fields |= {"bytes": len(verdict.payload), "sha256": sha256(verdict.payload)}
        fields |= {"payload_digest": warc.digest(answer.body)}
    if known is not None and verdict.outcome in KEPT:
        fields["revision"] = known.revision + (verdict.outcome == "revised")
    if verdict.revisit is not None and known is not None:
        fields |= {"bytes": known.bytes, "sha256": known.sha256, "payload_digest": known.payload_digest}
        fields |= {"content_type": known.content_type, "original_url": known.original_url or known.url}
        fields |= {"original_date": known.original_date or known.started_at}
        fields |= {"following": known.following}
        fields |= {"etag": answer.headers.get("etag", known.etag)}
        fields |= {"last_modified": answer.headers.get("last-modified", known.last_modified)}
    return fields
