"""When our own search does not hold up: trafilatura, and BeautifulSoup on markup that HTML's rules swallow."""

from __future__ import annotations

import re
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from .blocks import Block, Outline, outline, tidy
from .decode import nesting
from .extract import Candidate, by_weight

_MOST = 600_000
_MOST_TAGS = 15_000
_DEEPEST = 300
_OPEN = re.compile(r"<(script|style|svg|noscript)(?=[\s>/])", re.I)
_CLOSE = {name: re.compile(rf"</{name}\s*>", re.I) for name in ("script", "style", "svg", "noscript")}
_TAGGED = re.compile(r"<(?:p|br|div|span)[\s/>]", re.I)
_ITEM = re.compile(r"^[-•]\s+")


def best(found: Candidate, markup: str, page: Outline) -> Candidate:
    """The best of what we found and what the two fallbacks find, by ``Candidate.worth``."""
    plain = without_scripts(markup)
    if len(plain) > _MOST or plain.count("<") > _MOST_TAGS or nesting(plain.encode("utf-8", "replace")) > _DEEPEST:
        return found
    candidates = [found]
    if len(re.sub(r"<[^>]*>", "", plain)) > 2 * sum(len(b.text) for b in page.blocks) + 200:
        candidates.append(by_soup(plain))
    candidates.append(by_trafilatura(plain))
    return max(candidates, key=lambda c: (c.holds_up, c.worth))


def without_scripts(markup: str) -> str:
    """The markup without script, style, svg and noscript elements; those that are never closed stay. Linear in time."""
    parts, at, unclosed = [], 0, set[str]()
    while (start := _OPEN.search(markup, at)) is not None:
        name = start[1].lower()
        end = None if name in unclosed else _CLOSE[name].search(markup, start.end())
        if end is None:
            unclosed.add(name)
        parts.append(markup[at : start.start() if end else start.end()])
        at = end.end() if end else start.end()
    return "".join([*parts, markup[at:]])


def by_soup(markup: str) -> Candidate:
    """Our search over the tree of a parser that swallows nothing: unclosed ``title``, ``textarea``, comments."""
    from bs4 import BeautifulSoup

    try:
        soup = BeautifulSoup(markup.replace("<!--", "<i></i>"), "html.parser")
    except Exception:  # hostile markup: html.parser asserts what it does not expect, such as `<![/`
        return Candidate("beautifulsoup", [])
    for node in soup(["script", "style", "title", "head"]):
        node.unwrap() if node.name in ("title", "head") else node.decompose()
    for node in soup(["textarea", "select", "noscript", "template"]):
        node.name = "div"
        node.attrs.pop("style", None)  # what is hidden there a script shows elsewhere
        # not node.string, which recurses into elements that hold one each
        inside = node.contents[0] if len(node.contents) == 1 else None
        if isinstance(inside, str) and _TAGGED.search(inside):
            node.replace_with(_parsed(inside))
    root = LexborHTMLParser(str(soup)).body
    candidate = by_weight(outline(root)) if root is not None else Candidate("weight", [])
    return Candidate("beautifulsoup", candidate.lines)


def _parsed(text: str) -> Any:
    """Markup that was held as text, as elements."""
    from bs4 import BeautifulSoup

    try:
        return BeautifulSoup(text, "html.parser")
    except Exception:  # hostile markup, as above
        return text


def by_trafilatura(markup: str) -> Candidate:
    """What trafilatura takes for the article; nothing where it fails on hostile markup."""
    import trafilatura

    try:
        text = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_precision=True)
    except Exception:  # hostile markup: its parser and its rules may raise anything
        text = None
    lines = [Block(tidy(_ITEM.sub("", line)), "text", 0, 0) for line in (text or "").splitlines() if line.strip()]
    return Candidate("trafilatura", [b for b in lines if b.text])
