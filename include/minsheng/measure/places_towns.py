"""Finds the names of towns and villages in a text, and those of counties that no year knows.

Towns are looked for only in the counties that the text names; a village once its town was named before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.indicators_words import is_word
from minsheng.measure.places_gazetteer import Gazetteer, Region
from minsheng.measure.places_mentions import Mention, is_aside
from minsheng.measure.seldom import Seldom
from minsheng.measure.sentences import positions

_ENDS: Final = "镇乡街苏地农林"
_LONG_ENDS: Final = frozenset(("街道", "苏木", "地区", "农场", "林场"))
_TOWN_MAX: Final = 8
_AT: Final = Characters("在于中到至和与从")
_LISTED: Final = Seldom(
    r"[，,；;、](?![该本我全各等两多此]|其[中余他])([一-龥]{1,3}[县旗])[达为约近超有]?\d[\d.]*(?![个家\d.])"
)
_LISTED_ENDS: Final = "县旗"
_LISTED_LONGEST: Final = 5  # characters of a name with the mark before it
_LISTED_FIGURE: Final = 24  # and of the number behind it
_VILLAGE: Final = re.compile("(?![各全等该某所的])[一-龥]{2,4}?(?<![农乡山各个全政困范点的])村(?![支级医])")
_VILLAGES_MAX: Final = 40  # each is looked for in the whole text
_CLASS_ENDS: Final = Characters("镇乡道木区场县市")  # behind its town, or another's
_BREAK: Final = Seldom("[。！？\\n]")
_HAS: Final = Seldom(r"[^，,；;、]{0,10}?\d")
_LIST_GAP: Final = 40  # characters between two places of a list


def find_townships(text: str, gazetteer: Gazetteer, counties: Iterable[str], taken: Sequence[Mention]) -> list[Mention]:
    """The names of townships in ``text`` that lie in one of ``counties`` or right behind their county's name."""
    known, before = set(counties), {m.end: m.region for m in taken if m.region}
    ends = {m.end: m.start for m in taken if m.region}
    stems = gazetteer.towns.codes
    out: list[Mention] = []
    for at in positions(text, _ENDS):
        ending = text[at] if text[at] in "镇乡" else text[at : at + 2]
        if len(ending) > 1 and ending not in _LONG_ENDS:
            continue
        end = at + len(ending)
        for start in range(max(0, end - _TOWN_MAX), min(at, ends.get(end, at) + 1)):  # 河南新乡 is no 南新乡
            if text[start:at] not in stems or not (options := gazetteer.townships(text[start:at], ending)):
                continue
            region = _township(options, before.get(start), known, gazetteer)
            if region and (start in before or not _is_of_words(text, start, at, end, region.parent in known)):
                mention = Mention(start, end, text[start:end], options, True)
                mention.aside, mention.region = is_aside(text, start, end), region
                out.append(mention)
                break
    return out


def _is_of_words(text: str, start: int, at: int, end: int, sure: bool) -> bool:
    """Whether what is called like a township begins inside a word (部分|乡镇 is no 分乡镇) or, where its county is not
    named (``sure``), ends as one begins (宜居|乡村)."""
    if not _AT.at(text, start - 1) and is_word(text[start - 1 : start + 1]):
        return True
    return not sure and is_word(text[at : end + 1]) and text[end + 1 : end + 2] != "民"  # but 甲乡村民


def find_villages(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The villages that were named behind their town (甲镇陈涧村) where they are named again without it."""
    towns: dict[str, Region | None] = {}
    for m in mentions:
        if len(towns) == _VILLAGES_MAX:
            break
        if m.region is not None and m.region.level == "township" and (hit := _VILLAGE.match(text, m.end)):
            towns[hit[0]] = m.region if towns.get(hit[0], m.region) is m.region else None
    out: list[Mention] = []
    for name, region in towns.items():
        at = text.find(name) if region is not None else -1
        while at >= 0:
            if not _CLASS_ENDS.at(text, at - 1) and region is not None:
                mention = Mention(at, at + len(name), name, [region], True)
                mention.aside, mention.region = is_aside(text, at, at + len(name)), region
                out.append(mention)
            at = text.find(name, at + 1)
    return out


def _listed(text: str) -> list[int]:
    """Where the names end that a figure may stand behind, in order: few do, and to find them so costs nothing."""
    return [
        at + 1
        for at in positions(text, _LISTED_ENDS)
        if text[at + 1 : at + 2].isdecimal() or text[at + 2 : at + 3].isdecimal()
    ]


def find_lost(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The names of counties that no year knows, or nothing settles, in a list of others with their figures: 甲县5万人，
    某旗3万人. Those that have a mention are only marked."""
    out: list[Mention] = []
    ends = [m.end for m in mentions]
    for end in _listed(text):
        match = _LISTED.search(text, max(0, end - _LISTED_LONGEST), end + _LISTED_FIGURE)
        if match is None or match.end(1) != end:
            continue
        start = match.start(1)
        i = bisect_right(ends, start)
        if not i or start - ends[i - 1] > _LIST_GAP or mentions[i - 1].region is None:
            continue
        gap = text[ends[i - 1] : start]
        if _BREAK.search(gap) or _HAS.match(gap) is None:
            continue
        here = mentions[i] if i < len(mentions) and mentions[i].start < end else None
        if here is None and not is_word(match[1]):
            here = Mention(start, end, match[1], [], True)
            out.append(here)
        if here is not None and here.region is None and here.start == start:
            here.lost = True
    return out


def _township(options: list[Region], above: Region | None, known: set[str], gazetteer: Gazetteer) -> Region | None:
    if above is not None:
        inside = [o for o in options if above.code in gazetteer.chain(o.code)]
        if len(inside) == 1:
            return inside[0]
    near = [o for o in options if o.parent in known]
    if not near and len(options[0].name) > 2:
        near = [
            o for o in options if not known.isdisjoint(gazetteer.chain(o.code)) or (not known and len(options) == 1)
        ]
    return near[0] if len(near) == 1 else None
