"""What an answer makes of a page: new, unchanged, revised, gone, blocked or failed. Pure."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from minsheng.acquire import warc
from minsheng.acquire.body import BadBody, decode
from minsheng.acquire.courier import Answer
from minsheng.acquire.entry import Entry
from minsheng.acquire.reading import sha256
from minsheng.contracts import FetchOutcome

GONE = {404, 410}
CLOSED_STATUS = {401, 403, 407, 412, 451, 521}  # 412 and 521: the challenges of firewalls that Chinese sites use
REPEAT = {408, 429, 500, 502, 503, 504}
_SHORT = 1500  # a page that only shuts a door says little; an article about captchas says more
_BARE = 200  # below this a page is a form or a script and nothing else: articles and lists have boxes to log in, too


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a page, and the payload (content encoding undone) where it has one."""

    outcome: FetchOutcome
    error: str | None = None
    payload: bytes | None = None
    revisit: str | None = None


def judge(answer: Answer, earlier: Entry | None, limit: int) -> Verdict:
    """The verdict on a final answer (no redirect), beside the latest earlier capture of the same address."""
    status = answer.status
    if status == 304:
        if earlier is None:
            return Verdict("failed", "HTTP 304 to a request that asked for no comparison")
        return Verdict("unchanged", revisit=warc.NOT_MODIFIED)
    if status in GONE:
        return Verdict("gone", f"HTTP {status}")
    if status in CLOSED_STATUS:
        return Verdict("blocked", f"HTTP {status}")
    if status != 200:
        return Verdict("failed", f"HTTP {status}")
    try:
        payload = decode(answer.body, answer.headers.get("content-encoding", ""), limit)
    except BadBody as error:
        return Verdict("failed", str(error))
    if not payload.strip():
        return Verdict("failed", "empty body")
    if (door := closed_door(payload)) is not None:
        return Verdict("blocked", door, payload)
    if earlier is None:
        return Verdict("new", payload=payload)
    if earlier.sha256 != sha256(payload):
        return Verdict("revised", payload=payload)
    same = earlier.payload_digest == warc.digest(answer.body)
    return Verdict("unchanged", payload=payload, revisit=warc.IDENTICAL if same else None)


def closed_door(payload: bytes) -> str | None:
    """Which kind of closed door (verification or login page) the payload is; None for an ordinary page.

    Cheap: only short pages are looked at, for the markers of ``blocks.csv``. The first of them in the file's order
    tells: a form for a password asks for the signs in a picture, too. What a form asks for tells of the page only
    where there is hardly anything else; cleaning finds the doors that say more.
    """
    if len(payload) > 200_000:
        return None
    html = _text(payload)
    lower = html.lower()
    if not any(marker in lower for _, marker, _ in _markers()):  # nearly every page leaves here
        return None
    title = " ".join(re.findall(r"<title[^>]*>(.*?)</title>", html, re.S | re.I))
    markup = re.sub(r"(?is)<(script|style|title)\b.*?</\1>|<!--.*?-->", "", html)
    seen = re.sub(r"<[^>]+>|\s+", "", markup)
    if len(seen) > _SHORT:
        return None
    bare = len(seen) < _BARE
    form = markup if bare and "<" in html else ""
    places = {"title": title, "text": seen, "script": html if bare else "", "field": form}
    return next((kind for where, marker, kind in _markers() if marker in places[where].lower()), None)


def _text(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("gb18030", "replace")


@cache
def _markers() -> tuple[tuple[str, str, str], ...]:
    with Path(__file__).with_name("blocks.csv").open(encoding="utf-8", newline="") as file:
        return tuple((row["where"], row["marker"].lower(), row["meaning"]) for row in csv.DictReader(file))
