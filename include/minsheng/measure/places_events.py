"""Tells from the names and scopes of a text whose the next figures are at each of them.

Names in a row are one place, the region above them all; a name that only says where somebody comes from, lies or
tells from (来自甲省的, 据某省地震局消息) is none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.places_gazetteer import COUNTRY, Gazetteer, words
from minsheng.measure.places_main import is_above
from minsheng.measure.places_mentions import Mention
from minsheng.measure.places_scopes import (
    Event,
    comes,
    example,
    has_figure,
    is_giving,
    is_helped,
    is_helping,
    is_joint,
    is_telling,
    is_visit,
    lends,
    one_of,
    opens_clause,
    parenthesis,
    placed_before,
    reports,
    route_lengths,
    shared_before,
    stop,
)
from minsheng.measure.seldom import Seldom

_NEAR: Final = 30  # characters between a region and the larger one that it is said to lie in
_LANDS: Final = tuple(words("land"))
_NUMERALS: Final = Characters("0123456789两二三四五六七八九十")
_BRACKET: Final = Seldom("[（(][^（）()，。\n]{1,20}[）)]")
_MOST_FAR: Final = 14
_OTHERS_FAR: Final = 40  # characters behind the place of a maximum in which those above a mark are counted
_COUNTED: Final = Seldom(r"[^，,；;。：:（(\n]{1,40}?\d")
_OTHERS_COUNTED: Final = Seldom("[，,](?=超过?|大于|高于|共|有|[0-9.]{1,6}[^，。；0-9]{1,4}以上)(?![^，。；]{0,20}最)")
_CLAUSE_END: Final = re.compile("[，,；;。：:、（(]")


class Reader:
    """Reads the events of one text, which is about the region ``main``."""

    def __init__(self, text: str, gazetteer: Gazetteer, main: str | None) -> None:
        self._text = text
        self._gazetteer = gazetteer
        self._main = main

    def read(
        self, mentions: Sequence[Mention], scopes: Sequence[Event]
    ) -> tuple[list[Event], list[tuple[int, list[str]]]]:
        """The events in order; and the lists of regions: where each ends, and its codes."""
        events, group, lists = list[Event](), list[Mention](), list[tuple[int, list[str]]]()
        found = [m for m in mentions if m.region and not m.part and not m.quoted]
        aside, start = False, -1  # where the group begins, with the regions that its own are said to lie in
        for i, m in enumerate(found):
            start = m.start if start < 0 else start
            follower = found[i + 1] if i + 1 < len(found) else None
            aside = aside or m.aside
            if follower and follower.start <= m.end + 1 and is_above(m, follower, self._gazetteer):
                continue
            group.append(m)
            if follower and is_joint(self._text, m.end, follower.start):
                continue
            if len(group) > 1 and not aside:
                lists.append((m.end, [g.region.code for g in group if g.region]))
            aside = aside and not self._is_given(start, m)
            if not aside and m.region and not self._is_source(m) and not self._only_locates(m, group, events):
                code = m.region.code if len(group) == 1 else self._common([g.region.code for g in group if g.region])
                if event := self._event(start, m.end, code):
                    events.append(event)
            group, aside, start = [], False, -1
        events += [Event(m.start, None, "outside", until=parenthesis(self._text, m.start)) for m in mentions if m.lost]
        named = [m for m in mentions if m.region or m.lost]  # not 全州 where that is no county
        ends = [m.end for m in named]
        for scope in scopes:
            if scope.which == "drawn":
                continue
            i = bisect_right(ends, scope.start)
            if (i == len(ends) or named[i].start > scope.start + 1) and not self._is_source_office(scope):
                events.append(scope)
        events += self._sums(events)
        events += self._behind(events)
        events += self._routes(found)
        return sorted(events, key=lambda e: e.start), sorted(lists + self._bracketed(found))

    def _bracketed(self, mentions: Sequence[Mention]) -> list[tuple[int, list[str]]]:
        """The lists whose regions have a figure each in brackets: 甲市（8亿元）、乙市（7亿元）分别增长6%、5%."""
        lists, row, last = list[tuple[int, list[str]]](), list[str](), 0
        for m in mentions:
            opened = self._text[m.end : m.end + 1] in ("（", "(") and m.region is not None
            shut = _BRACKET.match(self._text, m.end) if opened else None
            if shut is None or m.region is None:
                row = []
                continue
            row = [*(row if is_joint(self._text, last, m.start) else []), m.region.code]
            last = shut.end()
            if len(row) > 2:
                lists.pop()
            if len(row) > 1:
                lists.append((last, row))
        return lists

    def _is_given(self, start: int, m: Mention) -> bool:
        """Whether the regions that ``m`` ends get something, tell of themselves or are visited, in the article's."""
        before = self._text[start - 1]
        if m.region is None or not (
            (before == "向" and is_giving(self._text, m.end))
            or (before == "从" and is_telling(self._text, m.end))
            or is_visit(self._text, start, m.end)
        ):
            return False
        main = self._main and self._main[:6]  # of one town's report: a visit goes on to the next of its county
        return main in self._gazetteer.chain(m.region.code)[1:]

    def _is_source(self, m: Mention) -> bool:
        """Whether something of a region around the article's only tells or helps (据某省地震局消息), or another one
        helps it (甲市援建学校4所)."""
        if m.region is None:
            return False
        if self._is_above_main(m.region.code):
            return reports(self._text, m.start, m.end) or lends(self._text, m.end)
        main = self._main[:6] if self._main else COUNTRY  # who helps is no part of the one that tells of it
        return main != COUNTRY and main not in self._gazetteer.chain(m.region.code) and is_helping(self._text, m.end)

    def _is_source_office(self, scope: Event) -> bool:
        """The same of an office without the name (据省地震局消息), and of a national one (在海关总署支持下) or
        a land of several provinces."""
        if scope.code == COUNTRY:
            inside = self._main is not None and not self._main.endswith("0000")
            if inside and self._text.startswith(_LANDS, scope.start):  # 黄河流域某工程开工以来, in a county's article
                return _COUNTED.match(self._text, scope.start) is None
            return self._main != COUNTRY and comes(self._text, scope.start)
        if scope.which == "全":
            return is_helped(self._text, scope.start + 1 + len(scope.kind))
        if scope.which != "office":
            return False
        told = reports(self._text, scope.start, scope.start + 1) or lends(self._text, scope.start + 1)
        return told and self._is_above_main(self._gazetteer.of_kind(scope.kind, [self._main]))

    def _is_above_main(self, code: str | None) -> bool:
        return self._main is not None and code in self._gazetteer.chain(self._main)[1:]

    def _sums(self, events: list[Event]) -> list[Event]:
        """What stands before a parenthesis that shares it out over several places: 21人受伤（甲市20人，乙市1人）."""
        sums, codes = list[Event](), list[str]()
        for before, event in pairwise(events):
            if not event.code or not before.code or event.until != before.until or not self._is_shut(event.until):
                codes = []
                continue
            codes = [*(codes or [before.code]), event.code]
            if len(codes) > 2:
                sums[-1].code = self._common(codes)
            elif span := shared_before(self._text, before.start):
                sums.append(Event(span[0], self._common(codes), "sum", until=span[1]))
            else:
                codes = []
        return sums

    def _behind(self, events: list[Event]) -> list[Event]:
        """What stands before a parenthesis that only says where it was: 最大雨量68毫米（甲县乙乡30日5时至6时）."""
        placed = list[Event]()
        for event in events:
            if event.code and not event.kind and self._is_shut(event.until):
                span = placed_before(self._text, event.start, event.until)
                if span and (self._main in (None, COUNTRY) or self._main in self._gazetteer.chain(event.code)[1:]):
                    placed.append(Event(span[0], event.code, "figure", until=span[1]))
        return placed

    def _routes(self, mentions: Sequence[Mention]) -> list[Event]:
        """The length of a line, which lies in the region above all that it passes: 东起甲县，经乙县，全长77公里."""
        routes, starts = list[Event](), [m.start for m in mentions]
        for at, start in route_lengths(self._text):
            codes = [m.region.code for m in mentions[bisect_left(starts, start) : bisect_left(starts, at)] if m.region]
            if len(codes) > 1:
                common = self._common(codes)
                routes.append(Event(at, self._main if common == COUNTRY else common, opens=False))
        return routes

    def _is_shut(self, at: int) -> bool:
        return at > 0 and self._text[at] in "）)"

    def _event(self, start: int, end: int, code: str) -> Event | None:
        """What a region named at ``start`` says of the figures behind it: inside a clause, one that the article is
        not about and that no 在 goes before is somebody's or something's (为武汉铁塔订单); None then."""
        text, main = self._text, self._main
        opens = opens_clause(text, start) or (
            has_figure(text, end) and (not self._is_above_main(code) or _NUMERALS.at(text, end))
        )
        event = Event(start, code, opens=opens or is_visit(text, start, end))
        event.until, event.whole = parenthesis(text, start), example(text, end)
        most = text.rfind("最", max(0, start - _MOST_FAR), start) if not event.until and main != code else -1
        if most >= 0 and not _CLAUSE_END.search(text, most, start):  # 最大雨量点某镇238毫米；大于100毫米站点43个
            last = stop(text, end, within=False)
            others = _OTHERS_COUNTED.search(text, end, last or end + _OTHERS_FAR)
            event.until = others.start() if others else last
            return event
        if event.until or event.opens or main is None or main == code:
            return event
        if self._is_above_main(code) and (until := one_of(text, end)):
            event.until = until
            return event
        if main != COUNTRY and main not in self._gazetteer.chain(code) and main[:6] != code and text[start - 1] != "在":
            return None
        event.until = stop(text, end, within=text[start - 1] == "有")
        return event

    def _only_locates(self, m: Mention, group: list[Mention], events: list[Event]) -> bool:
        """Whether a lone mention inside a clause only says where the region before it lies (甲市是乙省的粮仓)."""
        if len(group) > 1 or not events or m.region is None or (before := events[-1]).code is None:
            return False
        gap = self._text[before.start : m.start]
        return (
            len(gap) < _NEAR
            and not _CLAUSE_END.search(gap)
            and m.region.code in self._gazetteer.chain(before.code)[1:]
            and not one_of(self._text, m.end)
        )

    def _common(self, codes: Sequence[str]) -> str:
        """The smallest region that holds them all."""
        chains = [self._gazetteer.chain(code) for code in codes]
        return next((c for c in chains[0] if all(c in chain for chain in chains)), COUNTRY) if chains[0] else COUNTRY
