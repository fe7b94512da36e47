"""The region that an article is about: a vote of the regions that it names, from the country down.

A region counts for the more the earlier, plainer and oftener it is named; 全县 and 我市 count for the one that the
others point to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from minsheng.measure.places_gazetteer import COUNTRY, Gazetteer, words
from minsheng.measure.places_mentions import Mention
from minsheng.measure.places_scopes import Event, is_helping

OWN: Final = ("全", "我", "本")
_MUNICIPALITIES: Final = ("110000", "120000", "310000", "500000")
_COUNTRYWIDE: Final = 70  # hundredths of a vote for the country where provinces are counted (31个省)
_NATIONAL: Final = 30  # the same where the country or one of its offices heads a clause
_SITE: Final = 100  # the same for the region of the site
_WHOLE: Final = 70  # the same for each 全县 or 我市
_MOST: Final = 0.6  # of the votes below a region make one part of it the article's
_LONE: Final = 0.35  # of its city's votes are enough for a county that is the only one named, at least so many times:
_KEEPS: Final = 3
_MEDIA: Final = tuple(words("media"))
_EARLY: Final = 120  # characters of the body in which a name counts for more
_ROW: Final = 3  # counties in a row are a list
_GAP: Final = 16  # characters between two of its places
_BREAK: Final = re.compile(r"[。；！？：\d\n]")


def vote(
    text: str, title: int, mentions: Sequence[Mention], scopes: Sequence[Event], site: str | None, gazetteer: Gazetteer
) -> str | None:
    """The code of the region that ``text`` is about, whose first ``title`` characters are its title; None where it
    names none."""
    own: dict[str, int] = {}
    early = min(
        (e.start for e in scopes if e.which == "全" and e.kind != "国" and e.start >= title), default=title + _EARLY
    )
    early = min(early, title + _EARLY)  # where 全市 has told whose the article is, a county named next is one of many
    again = _again(text, title, mentions)
    for i, m in enumerate(mentions):
        if m.region and i not in again:
            near = not m.aside and i + 1 < len(mentions) and mentions[i + 1].start <= m.end + 1
            above = near and is_above(m, mentions[i + 1], gazetteer)
            votes = 30 if above else _weight(text, title, early, m)
            own[m.region.code] = own.get(m.region.code, 0) + votes
    if site:
        own[site] = own.get(site, 0) + _SITE
    for e in scopes:
        if e.rank == 1 or e.code == COUNTRY or (e.kind == "国" and e.which in OWN):
            own[COUNTRY] = own.get(COUNTRY, 0) + (_COUNTRYWIDE if e.rank else _NATIONAL)
    best = _descend(own, title, mentions, gazetteer)
    counts: dict[str, int] = {}
    for e in scopes:
        if e.which in OWN:
            counts[e.kind] = counts.get(e.kind, 0) + 1
    if not counts:
        return best
    for kind, count in counts.items():
        code = gazetteer.of_kind(kind, [best, site])
        if code and code != COUNTRY:
            own[code] = own.get(code, 0) + _WHOLE * count
    return _descend(own, title, mentions, gazetteer)


def _again(text: str, title: int, mentions: Sequence[Mention]) -> set[int]:
    """The towns of a list of several counties (分赴甲区甲镇、乙镇，乙区，丙区), by number, that follow their county:
    it is no more the article's for the number of its towns."""
    again = set[int]()
    row, counties, last, county = list[int](), set[str](), 0, ""
    for i, m in enumerate(mentions):
        if m.region is None or m.start < title:
            continue
        if m.start - last > _GAP or _BREAK.search(text, last, m.start) is not None:
            if len(counties) >= _ROW:
                again.update(row)
            row, counties, county = [], set(), ""
        last = m.end
        if m.region.level == "county":
            county = m.region.code
            counties.add(county)
        elif county and m.region.parent == county:
            row.append(i)
    return again.union(row) if len(counties) >= _ROW else again


def is_above(upper: Mention, lower: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a region is named right before one that lies in it (湖北省荆州市)."""
    if upper.region is None or lower.region is None or lower.start - upper.end > 1:
        return False
    return upper.region.code in gazetteer.chain(lower.region.code)[1:]


def _weight(text: str, title: int, early: int, m: Mention) -> int:
    """Hundredths of a vote: early and plain mentions count for more, asides and parts of names for less."""
    if m.region is None or m.region.code == COUNTRY:
        return 30
    if m.guest or m.dateline:
        return 20 if m.dateline else 10
    weight = 40 if m.part else 30 if m.aside else 100 if m.full else 80
    if m.part and text.startswith(_MEDIA, m.end):
        return weight
    if m.start < title:
        return weight * 4
    if text.endswith("其中", 0, m.start) and is_helping(text, m.end):  # 其中甲市帮扶1500万元
        return 30
    if m.start < early and is_helping(text, m.end):
        return weight
    market = m.among and m.region.level == "province"  # 销往北京、上海
    return weight * 3 if m.start < early and not market else weight


def _descend(own: dict[str, int], title: int, mentions: Sequence[Mention], gazetteer: Gazetteer) -> str | None:
    """Goes down from the country as long as one part holds most of what is named below."""
    total: dict[str, int] = {}
    children: dict[str, set[str]] = {}
    for code, votes in own.items():
        chain = gazetteer.chain(code)
        lower = ""
        for upper in [*chain, COUNTRY]:
            total[upper] = total.get(upper, 0) + votes
            if lower:
                children.setdefault(upper, set()).add(lower)
            lower = upper
    node = COUNTRY
    while node in children:
        parts = children[node]
        best, most, below = "", -1, 0
        for part in parts:
            votes = total[part]
            below += votes
            if votes > most or (votes == most and part < best):
                best, most = part, votes
        lone = len(parts) == 1 and _is_lone(node, best, title, mentions, gazetteer)
        if most <= own.get(node, 0) * (_LONE if lone else 1) or most < _MOST * below:
            break
        node = best
    return node if own else None


def _is_lone(node: str, county: str, title: int, mentions: Sequence[Mention], gazetteer: Gazetteer) -> bool:
    """Whether the text names one county of a city early and again, and no other: its city is its offices then."""
    upper = gazetteer.get(node)
    if upper is None or not (upper.level == "prefecture" or node in _MUNICIPALITIES):
        return False
    inside = [m for m in mentions if m.region and county in gazetteer.chain(m.region.code)]
    early = bool(inside) and inside[0].start < title + _EARLY
    return early and sum(not m.part for m in inside) >= _KEEPS
