"""``Source``: one news site (or one local folder of pages), as its YAML declares it."""

from __future__ import annotations

import ipaddress
import json
import re
from datetime import date, datetime
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, model_validator
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from minsheng import SHANGHAI, vocabulary
from minsheng.cms import FAMILIES, Layout, ListRequest
from minsheng.cms.base import first_day, matches
from minsheng.settings import Settings

LEAST_DELAY = 1.0  # seconds between two requests to a site of somebody else
Level = Literal["province", "city", "county", "township", "party_paper", "mirror"]


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("is not an http(s) address")
    return url


def _family(name: str) -> str:
    if name not in FAMILIES:
        raise ValueError(f"is no CMS family; known are {', '.join(FAMILIES)}")
    return name


def _pattern(pattern: str) -> str:
    try:
        groups = set(re.compile(pattern).groupindex)
    except re.error as error:
        raise ValueError(f"is no regular expression: {error}") from error
    if unknown := sorted(groups - {"year", "month", "day"}):
        raise ValueError(f"its groups are year, month and day, not {', '.join(unknown)}")
    return pattern


def _region(code: str) -> str:
    if code[:6] not in _regions():
        raise ValueError(f"{code} is no region of GB/T 2260 (dbt_project/seeds/regions.csv)")
    return code


@cache
def _regions() -> frozenset[str]:
    return frozenset(row["region_code"] for row in vocabulary.rows("regions"))


def _charset(label: str) -> str:
    try:
        "x".encode(label)  # base64 is a codec too, but encodes no text
    except (LookupError, UnicodeError, ValueError) as error:
        raise ValueError(f"{label!r} is no charset") from error
    return label


def _hours(hours: tuple[int, int]) -> tuple[int, int]:
    if not 0 <= hours[0] < hours[1] <= 24:
        raise ValueError(f"hours are not [from, to] within 0 and 24: {list(hours)}")
    return hours


def _as_its_file(name: str, info: ValidationInfo) -> str:
    if info.context and name != info.context["file"].stem:
        raise ValueError(f"{name!r} is not what the file is called")
    return name


def _polite(delay: float, info: ValidationInfo) -> float:
    home = info.data.get("home")
    if info.context and home and delay < LEAST_DELAY and not _is_here(urlsplit(home).hostname or ""):
        raise ValueError(f"{delay:g} s between two requests are too few: at least {LEAST_DELAY:g} s")
    return delay


def _is_here(host: str) -> bool:
    """Whether a host is nobody else's site: this machine, or an address of the own network (the replay)."""
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def _past(day: date) -> date:
    if day > (today := datetime.now(SHANGHAI).date()):
        raise ValueError(f"{day} has yet to come: in Shanghai it is {today}")
    return day


def _selector(selector: str) -> str:
    try:
        _EMPTY.css(selector)
    except SelectolaxError as error:
        raise ValueError(f"is no CSS selector: {selector!r}") from error
    return selector


_EMPTY = LexborHTMLParser("<p>")  # the parser that reads the pages: what it cannot compile selects nothing there
Url = Annotated[str, AfterValidator(_http)]
FamilyName = Annotated[str, AfterValidator(_family)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Selectors = tuple[Annotated[str, AfterValidator(_selector)], ...]
Day = date  # within Design, ``date`` is a field


class Declared(BaseModel):
    """What all parts of a source's YAML share: nothing unknown, nothing coerced, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Expect(Declared):
    """Bounds on what a source yields, each a range [low, high] or a least share; a breach is a finding."""

    articles_per_day: tuple[float, float]
    figures_per_article: tuple[float, float]
    region_share: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _in_order(self) -> Expect:
        for name in ("articles_per_day", "figures_per_article"):
            low, high = getattr(self, name)
            if not 0 <= low <= high:
                raise ValueError(f"{name} is not [low, high]: {low}, {high}")
        return self


class Example(Declared):
    """The address of a real article of the site; ``day`` is the date in that address, null where it holds none."""

    url: Url
    day: date | None


class Design(Declared):
    """One design of the site, valid up to the day ``until`` (null: today's). Its selectors come before the family's."""

    until: Day | None = None
    family: FamilyName | None = None
    title: Selectors = ()
    body: Selectors = ()
    date: Selectors = ()
    publisher: Selectors = ()
    author: Selectors = ()
    editor: Selectors = ()
    next_page: Selectors = ()
    list_links: Selectors = ()
    article_urls: tuple[Pattern, ...] = ()


def _in_turn(layouts: tuple[Design, ...]) -> tuple[Design, ...]:
    ends = [d.until for d in layouts]
    if ends and (ends[-1] is not None or None in ends[:-1]):
        raise ValueError("the last of layouts, and it alone, is open: until null")
    if any(a >= b for a, b in pairwise(e for e in ends if e is not None)):
        raise ValueError("layouts are not in the order of their until")
    return layouts


class Post(Declared):
    """A list that is asked for by a POST of JSON: ``body`` is that of its first page, with the page's number in it."""

    url: Url
    body: dict[str, Any]

    @property
    def request(self) -> ListRequest:
        """How to ask for its first page."""
        return ListRequest(self.url, "POST", json=json.dumps(self.body, ensure_ascii=False))


class Source(Declared):
    """A site of the registry. In its YAML ``hosts`` names those that home, lists and feeds do not (``host:port``).

    ``lists`` may hold strftime fields (``/html/%Y-%m/%d/node_2.htm``): see ``list_pages``. ``delay`` is the
    least time between two requests to one host, seconds; ``hours`` the hours of the day (Shanghai) within
    which it may be visited. ``folder`` makes it a source of local files, relative to the data folder.
    ``verified`` is the day it was last run against the live site; null: never.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60), AfterValidator(_as_its_file)]
    name: str = Field(min_length=2)
    name_en: str
    level: Level
    region_code: Annotated[str, Field(pattern=r"^\d{6}(\d{3})?$"), AfterValidator(_region)] | None = None
    home: Url | None = None
    lists: tuple[Url, ...] = ()
    family: FamilyName = "plain"
    extra_hosts: frozenset[str] = Field(frozenset(), alias="hosts")
    delay: Annotated[float, Field(ge=0, le=600), AfterValidator(_polite)] = 3.0
    hours: Annotated[tuple[int, int], AfterValidator(_hours)] = (0, 24)
    encoding: Annotated[str, AfterValidator(_charset)] | None = None
    posts: tuple[Post, ...] = ()
    feeds: tuple[Url, ...] = ()
    sitemaps: tuple[Url, ...] = ()
    folder: Path | None = None
    owner: str = ""
    licence: str = ""
    note: str = ""
    verified: Annotated[date, AfterValidator(_past)] | None = None
    expect: Expect | None = None
    examples: tuple[Example, ...] = ()
    not_articles: tuple[Url, ...] = ()
    layouts: Annotated[tuple[Design, ...], AfterValidator(_in_turn)] = ()

    _lines: dict[tuple[str | int, ...], str] = PrivateAttr(default_factory=dict)

    def where(self, name: str, at: int) -> str:
        """``file:line: `` of an item that the source's YAML lists; empty where it was read from none."""
        return self._lines.get((name, at), "")

    @model_validator(mode="after")
    def _whole(self) -> Source:
        if self.folder is None and (self.home is None or not (self.lists or self.posts or self.feeds or self.sitemaps)):
            raise ValueError("needs home and lists (or posts, feeds or sitemaps), or a folder")
        if not self.examples and self.folder is None and (self.verified or not self.note):
            raise ValueError("without examples it must be verified: null and carry a note that says why")
        return self

    def directory(self, settings: Settings) -> Path | None:
        """Where a folder source's files lie; None for a site. ``MINSHENG_LOCAL`` moves the source ``local``."""
        if self.folder is None:
            return None
        return settings.local if self.id == "local" and settings.local else settings.data / self.folder

    @cached_property
    def hosts(self) -> frozenset[str]:
        """Every ``host`` or ``host:port`` that may be asked: of home, lists, posts, feeds, sitemaps, and extra ones."""
        urls = (self.home or "", *self.lists, *(p.url for p in self.posts), *self.feeds, *self.sitemaps)
        return _with_www(self.extra_hosts | {_host(u) for u in urls} - {""})

    @cached_property
    def _layouts(self) -> tuple[tuple[date | None, Layout, tuple[re.Pattern[str], ...]], ...]:
        merged = []
        for design in self.layouts or (Design(),):
            chosen = design.model_dump(exclude={"until", "family"})
            family = design.family or self.family
            layout = Layout(family=family, **chosen).over(FAMILIES[family].layout)
            merged.append((design.until, layout, tuple(map(re.compile, layout.article_urls))))
        return tuple(merged)

    def design(self, day: date) -> Design:
        """What the site's own YAML declares of the design that held on ``day``, without the family's."""
        return next((d for d in self.layouts if d.until is None or day <= d.until), Design())

    def layout(self, day: date) -> Layout:
        """The layout that held on ``day``: the first that was not yet closed."""
        return next(layout for until, layout, _ in self._layouts if until is None or day <= until)

    def list_pages(self, day: date) -> tuple[str, ...]:
        """The list pages to read for ``day``: ``lists`` with their date fields filled in."""
        return tuple(day.strftime(url) if _DATED.search(url) else url for url in self.lists)

    def on_its_hosts(self, url: str) -> bool:
        """Whether ``url`` is on a host of this source, whatever its shape."""
        return _host(url) in self.hosts

    def is_article(self, url: str) -> bool:
        """Whether ``url`` is an article of this source: on one of its hosts, in the shape of one of its layouts."""
        return self.on_its_hosts(url) and any(
            matches(patterns, url) if patterns else FAMILIES[layout.family].is_article(url)
            for _, layout, patterns in self._layouts
        )

    def day_of(self, url: str) -> date | None:
        """The day in an article's address, None where it names none."""
        newest_first = reversed(self._layouts)
        days = (first_day(own, url) or FAMILIES[layout.family].day_of(url) for _, layout, own in newest_first)
        return next((day for day in days if day), None)


_DATED = re.compile(r"%[Ymd]")


def _host(url: str) -> str:
    """``host``, or ``host:port`` where the port is not the scheme's own; empty where there is none."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return f"{host}:{port}" if port and port != {"http": 80, "https": 443}.get(parts.scheme) else host


def _with_www(hosts: frozenset[str]) -> frozenset[str]:
    """Government sites answer with and without ``www.``, and their own links mix both."""
    names = {h for h in hosts if ":" not in h and not h.replace(".", "").isdigit()}
    return hosts | {h.removeprefix("www.") if h.startswith("www.") else f"www.{h}" for h in names}
