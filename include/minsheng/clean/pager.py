"""Where an article goes on: which addresses its pages can have, and the links and scripts of a page that lead to them.

An address says which article, and which page of it (``1234_2.html``, ``1234/2.html``, ``page2.htm``, ``?page=2``; TRS
calls its second page 1). A link that says 下一页 may lead to the next article as well (from ``content_123.html`` to
``content_124.html``), so that a number is a page's only where something speaks for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from minsheng.cms.html import NEXT_WORDS, SCRIPTED, absolute, base_of

from .blocks import words_of
from .vocabulary import fold, vocabulary

_ON = re.compile(r"^[\s\[(【]*(?:请?(?:点击|进入|阅读|查看|继续){1,2})?(?:下一?[页頁]|后一?页|余下全文)[\s>›»\])】]*$")
_COUNTED = re.compile(r"^[\s\[(【第]*(\d{1,3})[\s\])】页]*$")
_PATH = re.compile(
    r"^(?P<stem>.*?)(?P<mark>[_-](?:p|page)?[_-]?|/|(?<=[A-Za-z]))(?P<number>\d{1,3})(?P<suffix>\.[A-Za-z]{2,5})?/?$"
)
_SUFFIX = re.compile(r"(?P<suffix>\.[A-Za-z]{2,5})?/?$")
_PARAMETER = re.compile(
    r"(?:^|(?<=&))(?P<name>pn?|c?page|page_?(?:no|num|number|index)|cur(?:rent)?_?page)=(?P<number>\d+)(?:&|$)", re.I
)
_MOST_PAGES = 30  # behind an article's own number; more is the number of an article of the column
_FEW_PAGES = 10  # behind a name
# TRS: var currentPage = 0;//所在页从0开始 ... var countPage = 3//共多少页
_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,3})\b")
_CURRENT = re.compile(r"\bcurrentPage\s*=\s*(\d{1,3})\b")
_WRITTEN = re.compile(
    r"""<a\b[^<>]{0,200}?\bhref\s*=\s*\\?["']?([^"'\\\s<>]{1,200})[^<>]{0,200}>([^<>]{1,20})</a""", re.I
)
# What every pager has in its page's source, words or the last thing in a link: without it, nothing is parsed.
_SIGNS = ("余下全文", "createPage", "countPage")
_PAGE_SIGNS = {"页": "一下后", "頁": "一下後", "=next": "l", '="next"': "l", "='next'": "l"}  # and what stands before
_LINK_ENDS = re.compile("</a", re.I)
_LAST_SIGN = re.compile(r"(?:&gt;|[›»]|&r[as]a?quo;|>[\s\[(（【第]*\d{1,2}[\])）】页]*)\s*(?:</\w{1,6}>\s*)?$", re.I)
_LAST_OF_SIGN = frozenset(";>›»0123456789])】）页 \n\t")
_LAST = 30
_DEAD = frozenset(["disabled", "disable", "gray", "grey", "nolink", "nopage", "current", "active"])
_PAGING = frozenset(["pager", "paging", "pagination", "prevnext", "nav", "navigation", "hide", "hidden"])
_LEVELS = 4
_LONGEST = 40
_LONGEST_SCRIPT = 20_000


@dataclass(frozen=True, slots=True)
class Following:
    """The address ``url`` of an article's next page; ``unread`` tells of a pager that leads to none that is known."""

    url: str | None = None
    unread: str | None = None


class _Reading(NamedTuple):
    """One reading of an address: ``number`` is the page's, None on a first page that bears none."""

    article: tuple[str, str, str, str]
    number: int | None = None
    certain: bool = False


def following(text: str, url: str) -> Following:
    """Where the article of the page ``text`` (from ``url``) goes on; nothing on its last page."""
    return _Pager(LexborHTMLParser(text), url).following() if _has_pager(text) else Following()


def _has_pager(text: str) -> bool:
    if any(sign in text for sign in _SIGNS) or any(_stands(text, sign, before) for sign, before in _PAGE_SIGNS.items()):
        return True
    ends = (end.start() for end in _LINK_ENDS.finditer(text))
    return any(text[at - 1] in _LAST_OF_SIGN and _LAST_SIGN.search(text, max(at - _LAST, 0), at) for at in ends)


def _stands(text: str, sign: str, after: str) -> bool:
    at = text.find(sign)
    while at > 0:
        if text[at - 1] in after:
            return True
        at = text.find(sign, at + 1)
    return False


def _readings(url: str) -> list[_Reading]:
    """An address as that of a first page, and as those of a later one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    host, path, query = parts.netloc.lower(), parts.path, parts.query
    suffix = _SUFFIX.search(path)
    plain = (host, path[: suffix.start()] if suffix else path, (suffix and suffix["suffix"]) or "")
    found = [_Reading((*plain, _ordered(query)))]
    if numbered := _PATH.match(path):
        article = (host, numbered["stem"], numbered["suffix"] or "", _ordered(query))
        most = 0 if numbered["mark"] == "/" else _MOST_PAGES if numbered["stem"][-1:].isdecimal() else _FEW_PAGES
        found.append(_Reading(article, int(numbered["number"]), int(numbered["number"]) < most))
    if asked := _PARAMETER.search(query):
        rest = query[: asked.start()] + query[asked.end() :]
        found.append(_Reading((*plain, _ordered(rest)), int(asked["number"]), "page" in asked["name"].lower()))
    return found


def _ordered(query: str) -> str:
    return "&".join(sorted(part for part in query.split("&") if part))


class _Pager:
    """The links of one page, and what they say of the pages of its article."""

    def __init__(self, tree: LexborHTMLParser, url: str) -> None:
        self.tree, self.url, self.base = tree, url.partition("#")[0], base_of(tree, url)
        self.own = _readings(self.url)

    def following(self) -> Following:
        """By words and arrows first, then by scripts, then by numbers."""
        unread = None
        for label, href, node in self._links:
            worded = _ON.match(label) is not None
            if not (worded or NEXT_WORDS.match(label)) or _elsewhere(node):
                continue
            target = self._absolute(href)
            if target and self._page_of(target):
                return Following(target)
            if worded and target != self.url and not _dead(node):
                unread = unread or self._lost(label, target)
        target = self._scripted() or self._numbered()
        return Following(target) if target else Following(None, unread)

    @cached_property
    def _links(self) -> list[tuple[str, str, Any]]:
        """What the page's short links say (their words, or those of a picture in them), where to, and their element."""
        found = [("下一页", _href(node), node) for node in self.tree.css("link[rel=next][href]")]
        for node in self.tree.css("a[href]"):
            label = node.text().strip()
            if len(label) > _LONGEST:
                continue
            if not label or label in "<>‹›«»":
                picture = node.css_first("img[alt]")
                alt = picture.attributes.get("alt") if picture is not None else None
                label = node.attributes.get("title") or alt or label
            found.append((fold(label), _href(node), node))
        return found

    def _absolute(self, href: str) -> str | None:
        """The address a link leads to; None where it leads to a place in the page, or is for a script."""
        return None if not href or href.startswith("#") else absolute(self.base, href)

    def _page_of(self, target: str) -> int | None:
        """The number of ``target`` where it is the next page of this page's article."""
        for there in _readings(target):
            if there.number is None:
                continue
            for here in self.own:
                if here.article != there.article:
                    continue
                if here.number is None and there.number in (1, 2):
                    return there.number
                if here.number is not None and there.number == here.number + 1 and self._is_page(here):
                    return there.number
        return None

    def _is_page(self, here: _Reading) -> bool:
        """Whether the number in this page's address is a page's: small as page numbers are, or on a page that shows the
        article's first.
        """
        return here.certain or (here.number or 0) <= 1 or here.article in self._firsts

    @cached_property
    def _firsts(self) -> set[tuple[str, str, str, str]]:
        """The articles whose first page this page links to."""
        targets = {self._absolute(href) for _, href, _ in self._links}
        shown = (reading for target in targets if target and target != self.url for reading in _readings(target))
        firsts = {reading.article for reading in shown if reading.number in (None, 0, 1)}
        return {article for article in firsts if article[1] or article[3]}  # the site's front page is none

    def _lost(self, label: str, target: str | None) -> str | None:
        """What is to be said of a link that names a next page and leads to none of this article."""
        if target is not None:
            return f"{label} leads to {target}, which is not known as a page of this article"
        later = any(here.number is not None and here.article in self._firsts for here in self.own)
        return None if later else f"{label} is a script's matter: whether the article goes on is not known"

    def _scripted(self) -> str | None:
        """What scripts that count the article's pages, or write the links to them, say."""
        for node in self.tree.css("script"):
            code = node.text()
            if not code or len(code) > _LONGEST_SCRIPT:
                continue
            for call in SCRIPTED.finditer(code) if "createPage" in code else ():
                after, pages = int(call["current"]) + 1, int(call["pages"])
                if after < pages or (call["box"] and after == pages):
                    target = absolute(self.url, f"{call['stem']}_{after}.{call['suffix']}")
                    if target and self._counted(target, after):
                        return target
            for link in _WRITTEN.finditer(code) if "页" in code or "頁" in code else ():
                target = absolute(self.base, link[1])
                if _ON.match(fold(link[2])) and target and self._page_of(target):
                    return target
            count = _COUNT.search(code) if "countPage" in code else None
            current = _CURRENT.search(code) if count else None
            more = count and current and int(current[1]) + 1 < int(count[1])
            if current and more and (target := self._after(code, int(current[1]))):
                return target
        return None

    def _counted(self, target: str, number: int) -> bool:
        """Whether ``target`` is page ``number`` of this article, as a script that counts its pages says."""
        articles = {here.article for here in self.own if here.number in (None, number - 1)}
        return any(there.number == number and there.article in articles for there in _readings(target))

    def _after(self, code: str, current: int) -> str | None:
        """TRS's next page, where its script names this article's file and the page's number (the first is 0)."""
        for here in self.own:
            _, stem, suffix, _ = here.article
            name = stem.rpartition("/")[2]
            if (here.number or 0) == current and name and f'{name}"' in code.replace("'", '"'):
                return absolute(self.url, f"{name}_{current + 1}{suffix}")
        return None

    def _numbered(self) -> str | None:
        """The link that a pager's number is: 2 on the first page, whose address may count from 0."""
        for label, href, node in self._links:
            number = _COUNTED.match(label)
            target = self._absolute(href) if number and not _elsewhere(node) else None
            page = self._page_of(target) if target else None
            if number and page is not None and int(number[1]) > 1 and int(number[1]) in (page, page + 1):
                return target
        return None


def _href(node: Any) -> str:
    return (node.attributes.get("href") or "").strip()


def _names(node: Any) -> frozenset[str]:
    given = node.attributes
    return words_of(f"{given.get('class') or ''} {given.get('id') or ''}")


def _elsewhere(node: Any) -> bool:
    """Whether a link stands in a part of the page that is named as none of the article's, such as its comments."""
    named = vocabulary().markup - _PAGING
    around = node.parent
    for _ in range(_LEVELS):
        if around is None or around.tag in ("body", "html", "head"):
            return False
        if not named.isdisjoint(_names(around)):
            return True
        around = around.parent
    return False


def _dead(node: Any) -> bool:
    around = node.parent
    return not _DEAD.isdisjoint(_names(node)) or (around is not None and not _DEAD.isdisjoint(_names(around)))
