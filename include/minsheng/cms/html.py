"""Reading list pages: decoding, links with the headline and the day beside them, the link to the next page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from minsheng.cms.base import LONGEST_URL, Link, day_in

NEXT_WORDS = re.compile(r"^[\s\[(（【]*(下一?[页頁]|后一?页|next( page)?|[>›»]|&gt;)[\s>›»\])）】]*$", re.IGNORECASE)
LISTED_DAY = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)"
)
SCRIPTED = re.compile(
    r"""createPage(?:HTML|Html)?\w*\(\s*(?P<box>['"][\w-]+['"]\s*,)?\s*(?P<pages>\d+)\s*,\s*(?P<current>\d+)\s*,"""
    r"""\s*['"](?P<stem>[\w-]+)['"]\s*,\s*['"](?P<suffix>[sj]?html?)['"]"""
)
_BARE = r"^[\s\[(（【]*{}[\s\])）】]*$"  # all that a piece of a row's text says
SHORT_DAY = re.compile(_BARE.format(r"(\d{1,2})(?:\s?[-/.]\s?|\s?月\s?)(\d{1,2})\s?日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?"))
YEAR_MONTH = re.compile(_BARE.format(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?月?"))
YEAR = re.compile(_BARE.format(r"((?:19|20)\d\d)\s?年?"))
DAY_ALONE = re.compile(_BARE.format(r"(\d{1,2})\s?日?"))
SPACES = re.compile(r"\s+")
ROWS_UP = 4  # how far above a link its row may reach: a > h4 > div > li is the deepest met


def decode(data: bytes) -> str:
    """A list page as text. Strict UTF-8 proves itself; else the reading with fewer broken characters wins."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        readings = [data.decode(name, "replace") for name in ("gb18030", "utf-8")]
        return min(readings, key=lambda text: text.count("\ufffd"))


@lru_cache(maxsize=4096)  # rows are compared with their neighbours: each address is asked for several times
def absolute(base: str, href: str | None) -> str | None:
    """``href`` as an absolute http(s) address without its fragment; None for anything else (javascript:, mailto:)."""
    try:
        url = urljoin(base, (href or "").strip()).partition("#")[0]
        web = len(url) <= LONGEST_URL and url.lower().startswith(("http://", "https://"))
        return url if web and urlsplit(url).hostname else None
    except ValueError:
        return None


def asking(url: str, parameters: Mapping[str, str] | Sequence[tuple[str, str]]) -> str:
    """The address with these parameters for its query, without a fragment."""
    return urlunsplit(urlsplit(url)._replace(query=urlencode(parameters), fragment=""))


def base_of(tree: LexborHTMLParser, url: str) -> str:
    """What the page's relative addresses are relative to."""
    node = tree.css_first("base[href]")
    return urljoin(url, node.attributes.get("href") or "") if node else url


def article_links(
    text: str,
    url: str,
    *,
    selectors: tuple[str, ...],
    is_article: Callable[[str], bool],
    day_of: Callable[[str], date | None],
) -> list[Link]:
    """The articles that a page links to, in page order, each once, with the fullest headline that it gives them."""
    tree = LexborHTMLParser(text)
    base = base_of(tree, url)
    found: dict[str, Link] = {}
    for node in _anchors(tree, selectors):
        target = absolute(base, node.attributes.get("href"))
        if target is None or target == url or not is_article(target):
            continue
        title, known = _headline(node), found.get(target)
        if known is None:
            day, short = _day_beside(node, base, target)
            day = day or day_of(target)
            found[target] = Link(target, title, day, short if day is None else None)
        elif len(title) > len(known.title):
            found[target] = replace(known, title=title)
    return list(found.values())


def next_link(text: str, url: str) -> str | None:
    """The address behind 下一页, where a page has it as a plain link to another address."""
    tree = LexborHTMLParser(text)
    base = base_of(tree, url)
    for node in tree.css("a[href]"):
        label = node.text(strip=True) or node.attributes.get("title") or ""
        if NEXT_WORDS.match(label):
            target = absolute(base, node.attributes.get("href"))
            if target and target != url.partition("#")[0]:
                return target
    return None


def scripted_next(text: str, url: str) -> tuple[bool, str | None]:
    """Whether a script counts the list's pages, and the next one's address; None on the last.

    ``createPageHTML(25, 0, "index", "shtml")``: pages, the current one from 0, stem, extension. Later versions
    name the box to draw in first and count from 1. Either way the number after the current one is the next file's.
    """
    call = SCRIPTED.search(text)
    if call is None:
        return False, None
    following, pages = int(call["current"]) + 1, int(call["pages"])
    more = following <= pages if call["box"] else following < pages
    return True, urljoin(url, f"{call['stem']}_{following}.{call['suffix']}") if more else None


def _anchors(tree: LexborHTMLParser, selectors: tuple[str, ...]) -> Iterator[LexborNode]:
    for selector in selectors or ("body",):
        for node in tree.css(selector):
            if node.tag == "a":
                yield node
            else:
                yield from node.css("a[href]")


def _headline(node: LexborNode) -> str:
    """The link's words, or its title attribute where the words were cut short."""
    words = SPACES.sub(" ", node.text()).strip()
    full = SPACES.sub(" ", node.attributes.get("title") or "").strip()
    cut_or_dated = len(full) > len(words.rstrip(".…")) or LISTED_DAY.search(words)
    return full if full and cut_or_dated else words


def _day_beside(node: LexborNode, base: str, target: str) -> tuple[date | None, tuple[int, int] | None]:
    """The day in the link's row: in the widest element around it that links to no other article. Where none there
    has a year, the month and the day that stand in it by themselves.
    """
    row: LexborNode | None = node
    short = None
    for _ in range(ROWS_UP):
        if row is None or row.tag in {"body", "html"} or _links_elsewhere(row, base, target):
            break
        days = [day for match in LISTED_DAY.finditer(row.text(separator=" ")) if (day := day_in(match))]
        if days:
            return days[-1], None  # a headline may hold a date of its own; the list's stands after it
        day, bare = _day_in_pieces(row)
        if day is not None:
            return day, None
        short, row = short or bare, row.parent
    return None, short


def _day_in_pieces(row: LexborNode) -> tuple[date | None, tuple[int, int] | None]:
    """A day whose parts stand in elements of their own (16 over 2022-07, 07-16 over 2022), or one without a year."""
    said = [node.text_content or "" for node in row.traverse(include_text=True) if node.tag == "-text"]
    short, month, day, year = (_first(p, said) for p in (SHORT_DAY, YEAR_MONTH, DAY_ALONE, YEAR))
    parts = (*month, *day) if month and day else (*year, *short) if year and short else None
    try:
        if parts is not None:
            return date(*parts), None
        date(2000, *short or (1, 1))  # a leap year: any day of the calendar
    except ValueError:
        return None, None
    return None, (short[0], short[1]) if short else None


def _first(pattern: re.Pattern[str], pieces: list[str]) -> tuple[int, ...] | None:
    found = next((match for piece in pieces if (match := pattern.match(piece))), None)
    return tuple(map(int, found.groups())) if found else None


def _links_elsewhere(row: LexborNode, base: str, target: str) -> bool:
    # traverse() is lazy, css() is not: a box of 100 000 links is left at its second link
    return any(
        node.tag == "a" and absolute(base, node.attributes.get("href")) not in {target, None} for node in row.traverse()
    )
