"""The indicator id that a phrase stands for, by the vocabulary ``dbt_project/seeds/indicators.csv``.

A row's ``words`` are groups joined by ``+``, each of alternatives joined by ``|``: every group must occur in the
phrase, none of ``not_words`` may, ``context`` (where given) must occur in the sentence and ``near`` in the clause
before the figure, and dimension and kind must agree (a change in per cent has rows of its own). The row that explains
most characters of the phrase wins, a match at its end (where a Chinese phrase has its head) counting two more; a
generic row counts one less wherever it stands; of equals the one that stands first. What is of each day, person or
place (日均, 每户), or could or may be (培训能力), has no id of totals, those that are added up; what is new (新增装机)
none of a stock, of which the latest value holds. What ended (注销企业) has no id but of what is
added up. ``classifiers`` (where given) are the units as written that things
are counted in (3车 are no teams). Places that are counted are named by their unit or the noun behind it, whatever
happens to them (2市维持应急响应).

A row with ``whole`` is the total of a region: beside its words and those of ``whole`` the phrase names nothing, or it
is of a product, a partner, a branch or a size (机电产品出口额 is no 出口额).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from minsheng import vocabulary
from minsheng.measure.figure import Figure
from minsheng.measure.indicators_words import Word, segment, words_of
from minsheng.measure.places_gazetteer import read
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import REGIONS, UNITS
from minsheng.vocabulary import SEEDS

_COUNTS: Final = {
    "{person}": "person",
    "{visit}": "visit",
    "{household}": "household",
    "{time}": "event",
    "{item}": "item",
}
_HEAD: Final = 2
_MEANS: Final = words_of("mean")  # 年均增长 is of the same
_NAMING: Final = frozenset(("n", "vn", "q", "x"))
_BRACKETS: Final = Seldom("[（(][^（）()]*[）)]")
_MARK: Final = Seldom("[，,。；;：:、（(\\n]")
_CLAUSE: Final = Seldom("[，,。；;：:\\n]")
_DENIALS: Final = vocabulary.context("denial")
_NO_DENIALS: Final = vocabulary.context("no_denial")
_ENDED: Final = vocabulary.context("ended")
_EACH: Final = re.compile("|".join(vocabulary.context("each")))
_NEW_WORDS: Final = vocabulary.context("new_amount")
_NEW: Final = Seldom(rf"(?<![创更翻])(?:{'|'.join(_NEW_WORDS)})")  # 创新建设 is not new
_NEW_STARTS: Final = tuple({word[0] for word in _NEW_WORDS})
_ALL: Final = vocabulary.context("no_new")
_CAPS: Final = vocabulary.context("cap_head")


def _holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether one of the words occurs in the text."""
    for word in words:  # noqa: SIM110  a generator for each row takes as long as the rest
        if word in text:
            return True
    return False


class Indicator:
    """One row of the vocabulary, its patterns taken apart."""

    def __init__(
        self,
        identifier: str,
        dimensions: tuple[str, ...],
        kind: str,
        aggregation: str,
        generic: bool,
        groups: list[tuple[str, ...]],
        not_words: tuple[str, ...],
        context: tuple[str, ...],
        near: tuple[str, ...],
        whole: tuple[str, ...],
        classifiers: tuple[str, ...],
    ) -> None:
        self.identifier = identifier
        self.dimensions = dimensions
        self.kind = kind
        self.adds = aggregation == "sum"
        self.generic = generic
        self.groups = groups
        self.not_words = not_words
        self.context = context
        self.near = near
        self.classifiers = classifiers
        self.stock = aggregation == "last"
        self.new = any(set(group) <= set(_NEW_WORDS) for group in groups)
        self.denies = any(_holds(word, _DENIALS) for group in groups for word in group)
        self.ends = any(_holds(word, _ENDED) for group in groups for word in group)
        own = {*whole, *(word for group in groups for word in group)} if whole else set()
        self.whole = Seldom("|".join(sorted(own, key=len, reverse=True))) if whole else None


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("|")))


_INDICATORS: Final = [
    Indicator(
        i,
        _split(of),
        kind,
        aggregation,
        generic == "true",
        [_split(g) for g in words.split("+")],
        _split(no),
        _split(context),
        _split(near),
        _split(whole),
        _split(counters),
    )
    for i, _, _, _, of, kind, aggregation, generic, words, no, context, near, whole, counters in read(
        SEEDS / "indicators.csv"
    )
]
_TOTALS: Final = frozenset(row.identifier for row in _INDICATORS if row.adds)  # those that are added up
# The dimension of each unit code, by the first unit that has it; counts keep apart what they count.
_DIMENSIONS: Final[dict[str, str]] = {
    **{unit.code: unit.dimension for unit in reversed(UNITS.values())},
    **_COUNTS,
    "pp": "points",
}


def dimension(unit: str) -> str:
    """The dimension of a unit code: money, ratio, points, person, item, …; a rate is ``price`` or ``per``."""
    found = _DIMENSIONS.get(unit)
    if found or "/" not in unit:
        return found or "other"
    return "price" if _DIMENSIONS.get(unit.split("/")[0]) == "money" else "per"


_NEEDED: Final = [(1 << len(row.groups)) - 1 for row in _INDICATORS]  # a bit for each group
_GROUP: Final = 4  # bits that hold the number of a group


@cache
def _index(of: str, kind: str) -> tuple[AhoCorasick, list[list[int]]]:
    """For a dimension and kind the words, and for each the rows and groups that it belongs to: both in one number, for
    there are many and memory is slow."""
    out: defaultdict[str, list[int]] = defaultdict(list)
    any_or_own = {kind} if (of, kind) == ("ratio", "change") else {"any", kind}
    for number, row in enumerate(_INDICATORS):
        fits = row.kind in any_or_own or {row.kind, kind} == {"share", "level"}
        if fits and of in row.dimensions:
            for group, words in enumerate(row.groups):
                for word in words:
                    out[word].append(number << _GROUP | group)
    return AhoCorasick(list(out), store_patterns=False), list(out.values())


def _scored(phrase: str, of: str, kind: str) -> list[tuple[int, int]]:
    """The rows whose groups all occur in the phrase, with how badly they explain it (the best first when sorted)."""
    index, rows = _index(of, kind)
    found: dict[int, tuple[int, int]] = {}  # groups that occur, and a bit for each character that they cover
    hits = [(start - end, start, word) for word, start, end in index.find_matches_as_indexes(phrase, overlapping=True)]
    if len(hits) > 1:
        hits.sort()  # of each group's words the longest counts, and of those the first
    for length, start, word in hits:
        cover = ((1 << -length) - 1) << start
        for code in rows[word]:
            number, group = code >> _GROUP, 1 << (code & ((1 << _GROUP) - 1))
            before = found.get(number)
            if before is None:
                found[number] = group, cover
            elif not before[0] & group:
                found[number] = before[0] | group, before[1] | cover
    out: list[tuple[int, int]] = []
    for number, (groups, covered) in found.items():
        if groups == _NEEDED[number]:
            at_end = covered >> (len(phrase) - 1)
            out.append(((1 if _INDICATORS[number].generic else -_HEAD * at_end) - covered.bit_count(), number))
    return out


def _of_a_part(phrase: str, row: Indicator) -> bool:
    """Whether the phrase names something beside the words of a total (机电产品 of 机电产品出口额)."""
    if row.whole is None or not (rest := row.whole.compiled().sub("，", phrase).strip("，")):
        return False
    words: list[Word] = []
    segment(rest, words)
    for word in words:  # noqa: SIM110  as in _holds
        if word.role in _NAMING and word.text not in _MEANS:
            return True
    return False


@lru_cache(maxsize=4096)
def _candidates(phrase: str, of: str, kind: str) -> tuple[Indicator, ...]:
    """The rows that a phrase may stand for, best first, down to the first that asks for nothing else."""
    kept: list[Indicator] = []
    denied = _is_denied(phrase)
    new = _is_new(phrase)
    for _, number in sorted(_scored(phrase, of, kind)):
        row = _INDICATORS[number]
        if (denied and not row.denies) or (row.new and not new):
            continue
        if new and row.stock and kind == "level":  # of a change the kind tells
            continue
        if not (row.adds or row.ends) and _holds(phrase, _ENDED):
            continue
        if not _holds(phrase, row.not_words) and not _of_a_part(phrase, row):
            kept.append(row)
            if not row.context and not row.near and not (row.classifiers and of == "item"):
                break
    return tuple(kept)


def _is_new(phrase: str) -> bool:
    """Whether the phrase is of what is new, not of all there is: 新增装机, but not 新增用户总数."""
    return _holds(phrase, _NEW_STARTS) and _NEW.search(phrase) is not None and not _holds(phrase, _ALL)


def _is_denied(phrase: str) -> bool:
    """Whether the phrase says that something is not done: 未整改问题, but not 未成年人."""
    if not _holds(phrase, _DENIALS):
        return False
    for name in _NO_DENIALS:
        phrase = phrase.replace(name, "")
    return _holds(phrase, _DENIALS)


def _leads(before: str, words: tuple[str, ...]) -> bool:
    """Whether the clause before the figure, its brackets left out, holds one of the words or ends in one of a single
    character: 超警戒水位（20米） before 0.3米."""
    said = _MARK.compiled().split(_BRACKETS.compiled().sub("", before))[-1]
    for word in words:  # noqa: SIM110  as in _holds
        if word in said if len(word) > 1 else said.endswith(word):
            return True
    return False


def _is_no_total(phrase: str, before: str, classifier: str | None) -> bool:
    """Whether the figure is of one day, household or hectare (日均客运量, 5000元/人), or of what could be (培训能力):
    it must not be added to a total."""
    if phrase.endswith(_CAPS) or (classifier is not None and "/" in classifier) or _EACH.search(phrase):
        return True
    hit = _EACH.search(before)
    return hit is not None and _EACH.search(_CLAUSE.compiled().split(before[hit.start() :])[-1]) is not None


def identify(figure: Figure, phrase: str, sentence: str, body: str, since: int) -> str | None:
    """The indicator id of a figure, its clause beginning no earlier than ``since`` in the body. A place that is counted
    names itself, whatever happens to it (2市维持应急响应, 7个市(州)启动应急响应). A count with a fraction is a rate
    or a mean, no total (亿元生产总值事故死亡0.007人)."""
    before, counter = body[since : figure.start], figure.classifier
    place = (body[figure.end : figure.end + 1] if counter == "个" else counter) or ""
    counted = f"个{place}" if place[:1] in REGIONS and figure.dimension == "count" else ""
    if counted and (place == counter or _is_place(phrase, place)):
        phrase = counted
    known = lookup(phrase, figure.unit, figure.kind, sentence, before, counter)
    if known in _TOTALS and figure.unit in _COUNTS and figure.value % 1:
        return None
    if known is None and counted and phrase.endswith(place):
        return lookup(counted, figure.unit, figure.kind, sentence, before, counter)
    return known


def _is_place(phrase: str, place: str) -> bool:
    """Whether the phrase begins with the word for a kind of place, not with a thing of one (县医院)."""
    if not phrase.startswith(place):
        return False
    words: list[Word] = []
    segment(phrase, words)
    return words[0].text == place and (len(words) == 1 or words[1].role != "n")


def lookup(
    phrase: str, unit: str, kind: str, sentence: str, before: str = "", classifier: str | None = None
) -> str | None:
    """The indicator id for a phrase that measures in ``unit`` (canonical code, ``classifier`` as written) as ``kind``,
    or None; ``before`` is the text before the figure.

    None is no failure: such a figure keeps its phrase, and ``unmapped`` counts it for the next row of the vocabulary.
    """
    of = dimension(unit)
    for row in _candidates(phrase, of, kind):
        if row.classifiers and of == "item" and classifier is not None and classifier not in row.classifiers:
            continue
        if (not row.context or _holds(sentence, row.context)) and (not row.near or _leads(before, row.near)):
            return None if row.adds and _is_no_total(phrase, before, classifier) else row.identifier
    return None
