"""Articles that go on over several pages: the address of the next page, and the parts made one article."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from minsheng.contracts import Article, Repair

from .decode import decode
from .duplicates import bands
from .vocabulary import fold

if TYPE_CHECKING:
    from minsheng.cms import Layout

_NEXT = re.compile(r"^[(\[]?(?:下一页|下页|后一页|余下全文|下一頁)[ >»\])]*$")
_NUMBER = re.compile(r"(?:^|(?<=&))(?:p|pn|page|page_?(?:no|num|index)|cur_?page)=\d+(?:&|$)", re.I)
_STEM = re.compile(r"(?:[_-]\d{1,3})?(\.[a-z]{3,5})?$", re.I)


def next_page(data: bytes, url: str, layout: Layout | None = None) -> str | None:
    """The address of the page on which the article of ``data`` (from ``url``) goes on, None on its last page.

    By the layout's ``next_page`` selectors, else a link that says 下一页 and whose address is that of the article
    with a page number (``…_2.html``), on the same host: the next article's link is none.
    """
    tree = LexborHTMLParser(decode(data).text)
    for selector in layout.next_page if layout is not None else ():
        try:
            node = tree.css_first(selector)
        except SelectolaxError:
            continue
        if node is not None and (target := _other(url, node.attributes.get("href"))):
            return target
    for node in tree.css("a[href]"):
        if _NEXT.match(fold(node.text())):
            target = _other(url, node.attributes.get("href"))
            if target and _identity(target) in (_identity(url), _identity(url, numbered=False)):
                return target
    return None


def _other(url: str, href: str | None) -> str | None:
    try:
        target = urljoin(url, (href or "").strip()).split("#")[0]
        same = urlsplit(target).netloc == urlsplit(url).netloc
    except ValueError:
        return None
    return target if same and target != url.split("#")[0] else None


def _identity(url: str, *, numbered: bool = True) -> tuple[str, str]:
    """What an address says beside the page number: the path's stem and the rest of the query. A first page bears no
    number: where it ends in one (``art_1.html``), that is its own.
    """
    path, _, query = url.split("#")[0].partition("?")
    return _STEM.sub(lambda m: m[1] or "", path) if numbered else path, _NUMBER.sub("", query).strip("&")


def join(parts: Sequence[Article]) -> Article:
    """One article of its pages in order (at least one). Lines that every page repeats from the first stand once.

    Identity, headline and time are the first page's; authors are all; the editor is the first that is named.
    Raises ``ValueError`` for no part.
    """
    if not parts:
        raise ValueError("an article has at least one page")
    first, *others = parts
    body, repairs = first.body, list(first.repairs)
    seen = set(first.body.split("\n")[:2]) | {first.title}
    for part in others:
        kept, skipped = part.body, 0
        while (line := kept.split("\n", 1)[0]) in seen and "\n" in kept:
            kept, skipped = kept[len(line) + 1 :], skipped + len(line) + 1
        if kept in seen:
            continue
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
