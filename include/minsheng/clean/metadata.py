"""Who wrote it, who published it and when: from the page's own words, then its meta elements, then its address."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import dates, people
from .labels import DAYS, Labels, Of, named
from .vocabulary import fold, vocabulary

_DATE_META = re.compile(
    r"(?:pub|issue|release|create|first|publish)\w*[-_:.]?\w*(?:date|time)|^(?:date|og:time|dc\.date|dateupdate)", re.I
)
_OTHER_DATE_META = re.compile("creat|modif|update|last|edit", re.I)
_SOURCE_META = re.compile(r"^(?:source|contentsource|mediaid|og:source|article:source|media)$", re.I)
_TITLE_META = re.compile(r"^(?:og:title|twitter:title|articletitle|dc\.title|title)$", re.I)
_SITE_META = re.compile(r"^(?:og:site_name|sitename|application-name)$", re.I)
_TOLD = (Of.PUBLICATION, Of.NOTHING, Of.SOMETHING)
_SHORT = 24  # characters of a label's value that may be a day and time
_LD_MOST = 60_000
_TITLE_MOST = 500  # one that is never closed swallows the page


@dataclass(slots=True)
class Meta:
    """What a page's head declares, in the order of the page; of ``stamps`` those of publication before others."""

    page_title: str = ""
    titles: list[str] = field(default_factory=list)
    stamps: list[dates.Stamp] = field(default_factory=list)
    source: str | None = None
    site: str | None = None
    dated: list[str] = field(default_factory=list)  # what stands where a date of publication is declared


def declared(tree: Any) -> Meta:
    """Read title, meta elements and JSON-LD of a lexbor tree."""
    out, others = Meta(), list[dates.Stamp]()
    title = tree.css_first("title")
    out.page_title = " ".join((title.text() if title else "")[:_TITLE_MOST].split())
    for node in tree.css("meta[content]"):
        given = node.attributes
        name = given.get("name") or given.get("property") or given.get("itemprop") or given.get("http-equiv") or ""
        value = (given.get("content") or "").strip()
        if not value or not name or len(value) > 300:
            continue
        if _DATE_META.search(name):
            out.dated.append(value)
            if stamp := dates.stated(value):
                (others if _OTHER_DATE_META.search(name) else out.stamps).append(stamp)
        elif _TITLE_META.match(name):
            out.titles.append(value)
        elif _SOURCE_META.match(name):
            out.source = out.source or value
        elif _SITE_META.match(name):
            out.site = value
    for node in tree.css('script[type="application/ld+json"]'):
        _linked_data(node.text(), out)
    out.stamps += others
    return out


def _linked_data(text: str, out: Meta) -> None:
    if len(text) > _LD_MOST:
        return
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in data if isinstance(data, list) else [data]:
        if not isinstance(item, dict):
            continue
        for name in ("datePublished", "pubDate", "uploadDate"):
            if isinstance(item.get(name), str) and (stamp := dates.stated(item[name])):
                out.stamps.append(stamp)
        for name in ("headline", "title"):
            if isinstance(item.get(name), str):
                out.titles.append(item[name].strip())


@dataclass(frozen=True, slots=True)
class Published:
    """The time of publication, where it was read (page, meta, script, url), and what disagreed."""

    at: datetime | None
    source: str | None
    warnings: tuple[str, ...] = ()


def published(said: list[Labels], near: str, meta: list[dates.Stamp], markup: str, url: str | None) -> Published:
    """When it was published: the page's labelled or first date, else meta, else what the page calls its last change,
    else a script's, else the address's, else the document's own day (成文日期).

    ``said`` are the label lines in reading order, ``near`` the text around the headline (for dates without a year).
    Where the page names only the day, a meta element of the same day gives the time. Days that disagree are reported.
    """
    by_url = dates.of_url(url) if url else None
    days = [day for labels in said for day in labels.days]
    told, changed, own = (_best(days, kinds) for kinds in (_TOLD, (Of.CHANGE,), (Of.DOCUMENT,)))
    if not days and (year := next((s.at.year for s in (*meta, by_url) if s), None)):
        told = _yearless(near, year)
    candidates = [("page", told), ("meta", meta[0] if meta else None), ("page", changed)]
    if not (told or meta or changed):
        candidates.append(("script", dates.of_script(markup)))
    candidates += [("url", by_url), ("page", own)]
    found = [(source, stamp) for source, stamp in candidates if stamp]
    if not found:
        return Published(None, None)
    source, best = found[0]
    others = [(other, stamp) for other, stamp in found[1:] if other != "page"]
    for other, stamp in others:
        if not best.exact and stamp.exact and stamp.day == best.day:
            source, best = f"{source}+{other}", stamp
    # One day off is a page put up the evening before; the address tells when it was made, not when it was out.
    apart = [f"published: {source} says {best.day}, {o} says {s.day}" for o, s in others if s.day != best.day]
    named = dict.fromkeys(stamp.day for kind, stamp in days if kind is Of.PUBLICATION)
    if len(named) > 1:
        apart.insert(0, f"published: page says {' and '.join(map(str, named))}")
    return Published(best.at, source, tuple(apart))


def _best(days: list[tuple[Of, dates.Stamp]], kinds: tuple[Of, ...]) -> dates.Stamp | None:
    """The first of the days of these kinds, those with a time of day before others; the time may stand elsewhere."""
    found = sorted((day for day in days if day[0] in kinds), key=lambda day: (day[0], not day[1].exact))
    if not found:
        return None
    return next((stamp for _, stamp in found if stamp.exact and stamp.day == found[0][1].day), found[0][1])


def _yearless(near: str, year: int) -> dates.Stamp | None:
    """The day without its year that a label of publication names, else the first."""
    words, text = vocabulary(), fold(near)
    labelled = (m.end() for m in words.label.finditer(text) if words.labels.get(m["label"]) == "label_date")
    found = (dates.without_year(text[at : at + _SHORT], year) for at in labelled)
    return next((stamp for stamp in found if stamp), None) or dates.without_year(text, year)


def impossible(said: list[Labels], near: str, meta: Meta) -> list[str]:
    """A warning for each date about the article that is no day of the calendar: it leaves the article undated."""
    labelled = [value for labels in said for role, value in labels.values if DAYS.get(role) is not None]
    found = [dates.impossible(text) for text in (near, *labelled, *meta.dated)]
    return [f"published: {day.strip()} is no day of the calendar" for day in dict.fromkeys(found) if day]


def unread(said: list[Labels]) -> list[str]:
    """A warning for each label of a day whose value holds digits and no date (日期: 2024年13月45日)."""
    values = [value for labels in said for role, value in labels.values if DAYS.get(role) is not None]
    texts = [text for text in values if re.search(r"\d", text) and dates.WRITTEN.search(text) is None]
    return [f"published: {text[:_SHORT]} cannot be read as a date" for text in dict.fromkeys(texts)]


def publisher(said: list[Labels], meta: Meta, employer: str | None = None, near: str = "") -> str | None:
    """The 来源: what a label on the page names, else what a meta element does, else whom the byline's reporter
    works for, else what stands in ``near`` (the texts around the headline) and is named as publishers are.
    """
    employer = employer or named(fold(near))
    value = next((v for labels in said if (v := labels.get("label_source"))), None)
    if value is None and meta.source:
        value = re.sub(r"^(?:稿源|文章来源|来源)[:：]\s*", "", meta.source)
    if not value:
        return employer
    first = fold(value) if value.isascii() else value.strip().split(" ")[0]
    for control in sorted(vocabulary().control, key=len, reverse=True):
        if len(control) > 1 and len(first) > len(control) + 2:
            first = first.removesuffix(control)
    if first in vocabulary().nobody:
        return employer
    return first.strip("《》()（）[]【】,，;；:： ") or None


def authors(said: list[Labels], bylines: list[str], body: str) -> list[str]:
    """The people (or pen names) who wrote it, in order, each once. A meta author is not asked: it mostly is the
    web editor.
    """
    found: list[str] = []
    for labels in said:
        for role, value in labels.values:
            if role == "label_author":
                found += [n for n in people.names(value) if n not in vocabulary().control]
    found += bylines
    found += people.inline(body[:150]) + people.inline(body[-90:] if len(body) > 240 else "")
    return list(dict.fromkeys(name for name in found if name not in vocabulary().nobody))


def editor(said: list[Labels]) -> str | None:
    """The 责任编辑 or 编辑, names separated by 、."""
    value = next((v for labels in said if (v := labels.get("label_editor"))), None)
    return "、".join(people.names(value)) or None if value else None
