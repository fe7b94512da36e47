"""Articles that go on over several pages: the address of the next page, and the parts made one article."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from minsheng.contracts import Article, Repair

from . import pager
from .decode import decode
from .duplicates import bands
from .pager import Following

if TYPE_CHECKING:
    from minsheng.cms import Layout


def following(data: bytes, url: str, layout: Layout | None = None) -> Following:
    """Where the article of ``data`` (from ``url``) goes on: by the layout's ``next_page`` selectors, else by the links
    and scripts of the page that lead to an address which is that of the article with the next page's number, on the
    same host. ``unread`` tells of a 下一页 that leads to none.
    """
    text = decode(data).text
    if layout is not None and layout.next_page:
        tree = LexborHTMLParser(text)
        for selector in layout.next_page:
            try:
                node = tree.css_first(selector)
            except SelectolaxError:
                continue
            if node is not None and (target := _other(url, node.attributes.get("href"))):
                return Following(target)
    return pager.following(text, url)


def next_page(data: bytes, url: str, layout: Layout | None = None) -> str | None:
    """The address of the page on which the article of ``data`` (from ``url``) goes on, None on its last page."""
    return following(data, url, layout).url


def _other(url: str, href: str | None) -> str | None:
    try:
        target = urljoin(url, (href or "").strip()).split("#")[0]
        same = urlsplit(target).netloc == urlsplit(url).netloc
    except ValueError:
        return None
    return target if same and target != url.split("#")[0] else None


def join(parts: Sequence[Article]) -> Article:
    """One article of its pages in order (at least one). Lines that every page repeats from the first stand once; a page
    that only repeats (an article's comments have pages, too) adds nothing.

    Identity, headline and time are the first page's; authors are all; the editor is the first that is named.
    Raises ``ValueError`` for no part.
    """
    if not parts:
        raise ValueError("an article has at least one page")
    first, *others = parts
    body, repairs = first.body, list(first.repairs)
    seen, told = {*first.body.split("\n")[:2], first.title}, set(first.body.split("\n"))
    for part in others:
        kept, skipped = part.body, 0
        while (line := kept.split("\n", 1)[0]) in seen and "\n" in kept:
            kept, skipped = kept[len(line) + 1 :], skipped + len(line) + 1
        if kept in seen or told.issuperset(kept.split("\n")):
            continue
        told.update(kept.split("\n"))
        offset = len(body) + 1 - skipped
        repairs += [
            Repair(r.kind, r.char_start + offset, r.char_end + offset, r.original)
            for r in part.repairs
            if r.char_start >= skipped
        ]
        body += "\n" + kept
    return replace(
        first,
        body=body,
        repairs=repairs,
        text_sha256=hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest(),
        authors=list(dict.fromkeys(name for part in parts for name in part.authors)),
        editor=next((part.editor for part in parts if part.editor), None),
        publisher=next((part.publisher for part in parts if part.publisher), None),
        warnings=list(dict.fromkeys(w for part in parts for w in part.warnings)),
        undecoded=sum(part.undecoded for part in parts),
        bands=bands(body),
    )
