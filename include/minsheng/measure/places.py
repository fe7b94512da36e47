"""Tells for every position of an article the smallest administrative region whose figure stands there.

Resolution goes from near to far: the clause and sentence, the topic that the paragraph carries, the heading, the
article's main region, the site. 全县, 我市, 该镇, 市教育局 are read against that same order. Everything is worked
out once, as a list of marks in the order of the text; asking for a position is then one bisection.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from minsheng import vocabulary
from minsheng.measure.places_events import Reader
from minsheng.measure.places_gazetteer import COUNTRY, Place, current, gazetteer, words
from minsheng.measure.places_main import OWN, vote
from minsheng.measure.places_mentions import (
    WORDS,
    Mention,
    find,
    settle,
    spread,
)
from minsheng.measure.places_scopes import PAUSE, Event, find_scopes, takes_up
from minsheng.measure.places_towns import find_lost, find_townships, find_villages
from minsheng.measure.sentences import Sentences

__all__ = ["Place", "Places", "current", "unresolved"]

_RANKS: Final = ("country", "province", "prefecture", "county", "township")
_CARRY: Final = 3
_HINT: Final = 3  # mentions that a region counts for that the article is known to be about
_MANY: Final = 3  # regions named in a sentence: behind their list it goes on about none of them
_HERE: Final = ("office", *OWN)
_GIVEN: Final = frozenset({"", "outside", "figure"})  # kinds of events that say themselves which region it is
_BACK: Final = 20  # regions named before among which a project's place is
_TOPIC_WITHIN: Final = 16
_LINKS: Final = frozenset(  # between figures of one list: 分别增长6%、下降3%
    {"、", "和", "及", "与", "以及", "，", ",", *["、" + word for word in vocabulary.words("change_words")]}
)
_ORGANS: Final = tuple(words("organ"))
_QUOTED: Final = 14  # characters: a longer quotation is somebody speaking


class Places:
    """The regions of one article. ``region`` forces the main one (code or full name), ``site_region`` is the fallback.

    ``on`` is the day whose names and codes hold. Offsets of ``at`` are into ``body``. ``publisher`` (湖北日报) decides
    between regions of one name and whose 我市 is where nothing else does; an organ of its region (某县教育局)
    tells of it where no region is named. ``sentences`` are those of ``body``.
    """

    def __init__(
        self,
        title: str,
        body: str,
        on: date | None,
        region: str | None,
        site_region: str | None,
        publisher: str | None = None,
        sentences: Sentences | None = None,
    ) -> None:
        self._gazetteer = gazetteer(on)
        # Two ends of a line: the region that ends the title does not hold the one that opens the body by that.
        self._text = f"{title}\n\n{body}"
        self._shift = len(title) + 2
        self._forced, self._site = self._code(region), self._code(site_region)
        self._mentions, outside = find(self._text, self._gazetteer)
        paper = self._of_publisher(publisher) if publisher else None
        hints = {c: _HINT for c in (self._forced, self._site) if c}
        settle(self._mentions, {paper: 1, **hints} if paper else hints, self._gazetteer, len(title))
        self._add_townships(paper)
        if lost := find_lost(self._text, self._mentions):
            self._mentions = sorted([*self._mentions, *lost], key=lambda m: m.start)
        for m in self._mentions:
            m.quoted = self._in_a_name(m)
        self._scopes = find_scopes(self._text, outside)
        voted = (
            None
            if self._forced
            else vote(self._text, self._shift, self._mentions, self._scopes, self._site, self._gazetteer)
        )
        self._main = self._forced or voted or self._site
        if self._main is None and paper:
            own = publisher is not None and publisher.endswith(_ORGANS)
            if own or any(e.which in _HERE and e.kind != "国" for e in self._scopes):
                self._main = paper
        named = self._mentions
        if villages := [m for m in find_villages(self._text, named) if not self._in_a_name(m)]:
            named = sorted(
                [*named, *villages], key=lambda m: m.start
            )  # they have no vote, and stay in what is measured
        events, self._lists = Reader(self._text, self._gazetteer, self._main).read(named, self._scopes)
        self._starts, self._codes = self._marks(sentences or Sentences(body), events)

    @property
    def main(self) -> Place | None:
        """The region the article is about."""
        return self._place(self._main)

    def at(self, position: int) -> Place | None:
        """The smallest region whose figure stands at ``position`` of the body, None where nothing tells."""
        i = bisect_right(self._starts, position + self._shift) - 1
        return self._place(self._codes[i]) if i >= 0 else self.main

    def shared_out(self, sentence: tuple[int, int], spans: Sequence[tuple[int, int]]) -> dict[int, Place | None]:
        """The places of figures that a list of regions shares out: 甲市、乙市分别增长6.6%和7.0%, 甲、乙以6%、7%领先.

        ``spans`` are the figures of the sentence, offsets into ``body`` as ``sentence``; the keys count them. A run of
        figures has to be as long as the list.
        """
        low, high = sentence[0] + self._shift, sentence[1] + self._shift
        first = bisect_right(self._lists, (low, []))
        found: dict[int, Place | None] = {}
        for end, codes in self._lists[first : bisect_right(self._lists, (high, []))]:
            led = self._text.startswith("以", end) and any(s + self._shift == end + 1 for s, _ in spans)
            told = end if led or self._text.startswith("各", end) else self._text.find("分别", end, high)
            if told < 0 or any(end <= s + self._shift < told for s, _ in spans):
                continue
            for run in _runs(self._text, [(s + self._shift, e + self._shift) for s, e in spans]):
                begins = spans[run[0]][0] + self._shift
                if begins > told and len(run) == len(codes) and not self._moved(end, begins):
                    found.update(zip(run, map(self._place, codes), strict=True))
        return found

    def _moved(self, start: int, end: int) -> bool:
        """Whether another region is named between two positions."""
        return bisect_right(self._starts, end) > bisect_right(self._starts, start)

    def names(self) -> list[tuple[int, int]]:
        """Where in the body the names of regions stand, in order, which have no part in what a figure measures."""
        return [
            (m.start - self._shift, m.end - self._shift)
            for m in self._mentions
            if m.start >= self._shift and m.region is not None and not m.part and not m.quoted
        ]

    @property
    def unresolved(self) -> list[str]:
        """The names of regions in the text that nothing settled, in order, with repetitions."""
        return [m.name for m in self._mentions if m.region is None and m.full and m.name not in WORDS]

    def _in_a_name(self, m: Mention) -> bool:
        """Whether the name stands inside a short quotation with more: the award “某某好人榜” is no place."""
        start = self._text.rfind("“", max(0, m.start - _QUOTED), m.start)
        end = self._text.find("”", start, start + _QUOTED + 1) if start >= 0 else -1
        return end >= m.end and end - start - 1 > len(m.name)

    def _code(self, region: str | None) -> str | None:
        if region is None or region.isdigit():
            return region if region and self._gazetteer.get(region) else None
        found = self._gazetteer.named(region)
        return found[0].code if found else None

    def _of_publisher(self, publisher: str) -> str | None:
        """The region in a publisher's name, the smallest where there are several."""
        named, _ = find(publisher, self._gazetteer)
        settle(named, {}, self._gazetteer, len(publisher))
        return next((m.region.code for m in reversed(named) if m.region and m.region.code != COUNTRY), None)

    def _place(self, code: str | None) -> Place | None:
        return self._gazetteer.place(code) if code else None

    def _add_townships(self, paper: str | None) -> None:
        named = {m.region.code for m in self._mentions if m.region and m.region.level in ("county", "prefecture")}
        named.update(c[:6] for c in (self._forced, self._site, paper) if c)
        towns = find_townships(self._text, self._gazetteer, named, self._mentions)
        if towns:
            taken = {at for t in towns for at in range(t.start, t.end)}
            kept = (m for m in self._mentions if taken.isdisjoint(range(m.start, m.end)))
            self._mentions = sorted([*kept, *towns], key=lambda m: m.start)
            spread(self._text, self._mentions)

    def _resolve(self, event: Event, topic: str | None, recent: Sequence[str], summed: bool) -> str | None:
        """The region that an event names where ``topic`` held; ``summed``: several were named in its sentence."""
        if event.kind in _GIVEN:
            return event.code
        if event.kind == "zone":  # 甲县5人，高新区9人: the city's, which has them both
            return self._main if self._main in self._gazetteer.chain(topic or "")[1:] else topic
        if event.kind == "sum":  # the region that holds already may hold them all
            return topic if topic in self._gazetteer.chain(event.code or "") or topic == COUNTRY else event.code
        if event.rank:
            return self._holding(topic, event.rank)
        if event.kind == "当地":
            return self._local(topic, recent)
        near: list[str | None] = [topic, *reversed(recent)]
        far: list[str | None] = [self._main, self._site]
        if event.which == "全" and summed and self._main and self._main in self._gazetteer.chain(topic or "")[1:]:
            topic = None  # 甲县12个、乙市15个，全市27个
        order = near + far if event.which == "该" else [topic, *far, *near]
        return self._gazetteer.of_kind(event.kind, order) or topic or self._main

    def _site_of(self, code: str | None, recent: Sequence[str]) -> str | None:
        """The place inside the article's region that 当地 and 该项目 mean: where we are, or the last one named."""
        if code is None or self._is_inside(code):
            return code
        return next((named for named in reversed(recent) if self._is_inside(named)), code)

    def _local(self, code: str | None, recent: Sequence[str]) -> str | None:
        """Where 当地 is: never a township, and in a county's own article what holds already."""
        region = self._gazetteer.get(self._main) if self._main else None
        if code is None or (region is not None and _RANKS.index(region.level) >= _RANKS.index("county")):
            return code
        found = self._site_of(code, recent)
        return found[:6] if found else None

    def _is_inside(self, code: str) -> bool:
        """Whether a region lies in the one that the article is about, and is not all of it."""
        return code != self._main and (self._main in (None, COUNTRY) or self._main in self._gazetteer.chain(code))

    def _holding(self, code: str | None, rank: int) -> str | None:
        """The region that can hold several of that rank: the article's, or the next above ``code``."""
        chain = self._gazetteer.chain(code) if code else []
        above = [c for c in chain if (r := self._gazetteer.get(c)) and _RANKS.index(r.level) < rank]
        if code is None or not chain or above[:1] == [code]:
            return code
        return self._main if self._main in above else next(iter(above), COUNTRY)

    def _marks(self, sentences: Sentences, events: list[Event]) -> tuple[list[int], list[str | None]]:
        """Where in the text another region begins to hold, in order, and its code."""
        starts: list[int] = []
        codes: list[str | None] = []
        bounds = [0, self._shift, *[end + self._shift for end in sentences.ends]]
        k = 0
        heading, topic, age, recent = None, None, 0, list[str]()
        now: str | None = None
        for start, end in pairwise(bounds):
            base = topic if topic and age < _CARRY else heading or self._main
            if now and self._text.startswith("其中", start):
                base = now
            elif takes_up(self._text, start):
                base, age = self._site_of(base, recent[-_BACK:]), 0
                topic = base
            first = k
            while k < len(events) and events[k].start < end:
                k += 1
            if first < k or not codes or codes[-1] != base:
                starts.append(start)
                codes.append(base)
            now, age = base, age + 1
            if first < k:
                now, topic = self._sentence(start, end, events[first:k], recent, starts, codes)
                age = 0
            if end == len(self._text) or self._text[end - 1] == "\n":
                line = self._text[start:end].strip() if first < k else ""
                if topic and start >= self._shift and 0 < len(line) <= 30 and line[-1] not in "。！？!?；;，":
                    heading = topic
                topic, age, now = None, 0, None
        return starts, codes

    def _sentence(
        self, start: int, end: int, events: list[Event], recent: list[str], starts: list[int], codes: list[str | None]
    ) -> tuple[str | None, str | None]:
        """Appends the marks of one sentence; the region that holds at its end, and the one that it is about."""
        held: list[tuple[int, str | None]] = []  # where a mark's hold ends, and what held before it
        now = base = codes[-1]
        first: str | None = None
        touched = set[str | None]()
        for event in events:
            now = self._release(held, event.start, now, starts, codes)
            before, now = now, self._resolve(event, now, recent[-6:], len(touched) > 1)
            self._hold(held, event, now, before if len(touched) < _MANY else base)
            if not touched:
                first = now
                if not PAUSE.search(self._text, start, event.start) and not event.rank and event.kind != "figure":
                    codes[-1] = now
            touched.add(now)
            if now and not event.kind:
                recent.append(now)
            starts.append(event.start)
            codes.append(now)
        now = self._release(held, end, now, starts, codes)
        return now, self._topic(events[0], first, touched, start)

    def _hold(self, held: list[tuple[int, str | None]], event: Event, now: str | None, before: str | None) -> None:
        """Notes where ``event``, which made ``now`` of ``before``, stops to hold; a lasting one ends all that do.

        A hold that ends no later than the one within it ends with that one, so that ends stay in order.
        """
        until = event.whole if event.whole and self._is_part(now, before) else event.until
        if not until:
            held.clear()
            return
        while held and held[-1][0] <= until:
            before = held.pop()[1]
        held.append((until, before))

    @staticmethod
    def _release(
        held: list[tuple[int, str | None]], at: int, now: str | None, starts: list[int], codes: list[str | None]
    ) -> str | None:
        """Ends the holds that end before ``at``; what holds there."""
        while held and held[-1][0] < at:
            position, now = held.pop()
            starts.append(position)
            codes.append(now)
        return now

    def _is_part(self, code: str | None, whole: str | None) -> bool:
        """Whether a region lies in another that the article is about, or in part."""
        if code is None or whole is None:
            return False
        if self._main not in (COUNTRY, whole) and self._main not in self._gazetteer.chain(whole):
            return False
        return whole == COUNTRY or whole in self._gazetteer.chain(code)[1:]

    def _topic(self, event: Event, code: str | None, touched: set[str | None], start: int) -> str | None:
        """What the next sentences are about: a region that opens the sentence and is the only one in it."""
        if code is None or len(touched) > 1 or event.start - start > _TOPIC_WITHIN or event.until or not event.opens:
            return None
        return None if code == COUNTRY or code in self._gazetteer.chain(self._main or "") else code


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The figures that stand in one list, by their numbers: 105.6亿、98.4亿元."""
    runs: list[list[int]] = []
    for i, (start, _) in enumerate(spans):
        if i and text[spans[i - 1][1] : start] in _LINKS:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def unresolved(articles: Sequence[Places]) -> list[tuple[str, int]]:
    """The names that nothing settled in a set of articles with their counts, most frequent first."""
    return Counter(name for places in articles for name in places.unresolved).most_common()
