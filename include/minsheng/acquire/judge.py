"""What an answer makes of a page: new, unchanged, revised, gone, blocked or failed. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from minsheng.acquire import warc
from minsheng.acquire.body import BadBody, decode
from minsheng.acquire.courier import Answer
from minsheng.acquire.entry import Entry
from minsheng.acquire.reading import sha256
from minsheng.contracts import Failure, FetchOutcome
from minsheng.vocabulary import closed_doors

if TYPE_CHECKING:
    from minsheng.cms import Layout

GONE_STATUS = {404, 410}
CLOSED_STATUS = {401, 403, 407, 412, 451, 521}  # 412 and 521: the challenges of firewalls that Chinese sites use
REPEAT = {408, 429, 500, 502, 503, 504}
_LONG = 250  # characters: no door explains itself at such length
_SHORT = 1500  # a page that only shuts a door says little; an article about captchas says more
_BARE = 200  # below this a page is a form or a script and nothing else: articles and lists have boxes to log in, too


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a page, and the payload (content encoding undone) where it has one."""

    outcome: FetchOutcome
    error: str | None = None
    payload: bytes | None = None
    revisit: str | None = None


def judge(answer: Answer, earlier: Entry | None, limit: int, url: str | None = None) -> Verdict:
    """The verdict on a final answer (no redirect) of ``url``, beside the latest earlier capture of the address."""
    status = answer.status
    if status == 304:
        if earlier is None:
            return Verdict("failed", "HTTP 304 to a request that asked for no comparison")
        return Verdict("unchanged", revisit=warc.NOT_MODIFIED)
    if status in GONE_STATUS:
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
    if (door := closed_door(payload, url)) is not None:
        return Verdict("blocked", door, payload)
    if earlier is None:
        return Verdict("new", payload=payload)
    if earlier.sha256 != sha256(payload):
        return Verdict("revised", payload=payload)
    same = earlier.payload_digest == warc.digest(answer.body)
    return Verdict("unchanged", payload=payload, revisit=warc.IDENTICAL if same else None)


def closed_door(payload: bytes, url: str | None = None, layout: Layout | None = None) -> str | None:
    """Which kind of closed door (verification or login page) the payload is; None for an ordinary page.

    Cheap for nearly every page: only short ones with a marker of ``closed_doors.csv`` are looked at more closely, and
    are a door where they hold no article. Of several markers the first in the file's order tells. Whether a list stands
    on the page is for the caller to see.
    """
    found = _marked(payload)
    return None if not found or _is_article(payload, url, layout, found) else next(iter(found.values()))


def _marked(payload: bytes) -> dict[str, str]:
    """The kinds of door that the page's markers tell of, by marker. What a form asks for, and scripts, tell only where
    there is hardly anything else; what browsers without scripts are told, nothing.
    """
    if len(payload) > 200_000:
        return {}
    html = _text(payload)
    lower = html.lower()
    if not any(marker in lower for _, marker, _ in _markers()):  # nearly every page leaves here
        return {}
    title = " ".join(re.findall(r"<title[^>]*>(.*?)</title>", html, re.S | re.I))
    markup = re.sub(r"(?is)<(script|style|title|noscript)\b.*?</\1>|<!--.*?-->", "", html)
    seen = re.sub(r"<[^>]+>|\s+", "", markup)
    if len(seen) > _SHORT:
        return {}
    bare = len(seen) < _BARE
    form = markup if bare and "<" in html else ""
    places = {"title": title, "text": seen, "script": html if bare else "", "field": form}
    return {marker: kind for where, marker, kind in _markers() if marker in places[where].lower()}


def _is_article(payload: bytes, url: str | None, layout: Layout | None, markers: Iterable[str]) -> bool:
    """Whether a page with such markers holds an article, that of a door's own words being none: one with a date, one
    of some length, or one that says nothing of what marks a door.
    """
    from minsheng.clean import clean  # a parser, for the few pages that get here

    try:
        article = clean(payload, url=url, layout=layout)
    except Exception:  # a page that breaks a rule of cleaning is not read
        return False
    if isinstance(article, Failure):
        return False
    said = f"{article.title} {article.body}".lower()
    return article.published_at is not None or len(article.body) >= _LONG or not any(m in said for m in markers)


def _text(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("gb18030", "replace")


@cache
def _markers() -> tuple[tuple[str, str, str], ...]:
    return tuple([(where, marker.lower(), kind) for where, marker, kind in closed_doors()])
