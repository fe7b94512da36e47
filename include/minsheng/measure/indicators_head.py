"""Reads the noun behind a figure, and where it ends: 新建10所公办幼儿园, 12条30公里的公路."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.indicators_behind import (
    LONGEST,
    REALISES,
    counted,
    described,
    is_name,
    leads_to_noun,
    reaches,
    related,
)
from minsheng.measure.indicators_clause import Reading
from minsheng.measure.indicators_lists import SKIP, VERBAL, is_place, measures
from minsheng.measure.indicators_words import Word, words_of
from minsheng.measure.units import REGIONS, UNITS
from minsheng.vocabulary import context

PERSONS: Final = frozenset(context("counts_persons"))
COUNTERS: Final = frozenset([w for w, unit in UNITS.items() if unit.code == "{item}"]) | PERSONS - {"人"}  # a noun
_COUNTED: Final = COUNTERS - {"类", "项", "笔", "批", "次"}  # counters of what has quantities, not of these
SIZES: Final = frozenset(word for word, unit in UNITS.items() if unit.dimension in ("length", "area", "volume", "mass"))
_WITHIN: Final = frozenset("内上里中")  # what ends so is where the counted stand
_LEFT_OUT: Final = words_of("attribute") | {"不等"}
_OPENING: Final = {"p"}
_PHRASAL: Final = {"v", "vn", "n", "a", "b"}
_RANKS: Final = words_of("rank")
_SAYING: Final = words_of("saying")
_EACH: Final = words_of("each") - words_of("mean")
_LASTS: Final = "为期"
MONEY: Final = "元"
MEASURED: Final = frozenset(context("measure_of_deed"))


def read_right(reading: Reading, words: Sequence[Word], at: int) -> None:
    """Fill the ``head`` of a reading, the noun behind the figure at ``words[at]``, where that ends, and ``acted``."""
    head: list[str] = []
    through = False
    i = _past_attributes(words, _past_size(reading, words, at))
    while i < len(words) and i - at < 14:
        w, follower = words[i], words[i + 1] if i + 1 < len(words) else Word(",", ",")
        verbal = w.role in ("v", "vn", "h")
        ends = follower.role in (",", "、", "F", "u", "c")
        light = (w.role != "h" and words[at - 1].role == "h" and at > 0) or words[i - 1].text == "不等"
        through = through or (verbal and _qualifies(words, i, reading))
        compound = through or (follower.role == "n" and (w.role == "vn" or (not head and len(follower.text) == 1)))
        compound = compound or follower.text in MEASURED
        if head and reading.tail and w.text == REALISES and follower.role in VERBAL and _closes(words, i + 2):
            i += 1  # 帮助32名困难人员实现就业
            continue
        if (verbal and not ((head or light) and ends) and not compound) or (head and w.text in _EACH):
            break  # 1200户农户户均增收9元
        if not verbal and w.role not in ("n", "a", "x", "q", "b", "l"):
            if not head or not _goes_on(w, follower):
                break
            i += 1
            continue
        head.append(w.text)
        i += 1
    if head and i < len(words) and words[i].text in _SAYING and is_name(head):
        head = []
    if len(head) > 1 and _has_quantities(words, at) and measures(head[-1]) and reaches(words, i, _OPENING):
        head = head[: counted(words, i - len(head), i)]
    reading.head = "".join(head)[:LONGEST]
    reading.end = i
    if i < len(words) and words[i].role in ("、", "v") and (i == at + 1 or words[i].role == "、"):
        noun, end = described(words, i)
        if noun:
            reading.head, reading.end = noun, end
    reading.acted = 0 < i < len(words) - 2 and words[i - 1].role == "v" and _next_acts(words, i)
    if not reading.head and _wants_noun(reading, words[at]):
        noun, end = related(words, at)
        if noun:
            reading.head, reading.end = noun, end


def owns(reading: Reading) -> bool:
    """Whether the noun before the figure is the place that has what is counted (青山县有3个村, 省内有3家企业)."""
    return reading.noun in REGIONS or reading.noun[-1:] in _WITHIN or is_place(reading.parts)


def _past_attributes(words: Sequence[Word], i: int) -> int:
    """Where the noun begins behind what is left out of it: 3名村里的闲置劳动力."""
    while i < len(words) and (words[i].role == "u" or words[i].text in _LEFT_OUT):
        i += 1
    return i


def _closes(words: Sequence[Word], i: int) -> bool:
    """Whether a clause ends before ``words[i]``."""
    return i >= len(words) or words[i].role == ","


def _has_quantities(words: Sequence[Word], at: int) -> bool:
    """Whether what stands behind a figure has quantities of its own: 4所学校, 投资3亿元的污水处理厂."""
    return words[at].text in _COUNTED or (words[at].text[-1:] == MONEY and words[at + 1].role == "u")


def _goes_on(word: Word, follower: Word) -> bool:
    """Whether a word inside the noun behind a figure is left out of it: 的, and the 及以上 of 4A级及以上景区."""
    if word.role == "c":
        return follower.text in _RANKS
    return (word.role == "u" or word.text in _RANKS) and follower.role in ("n", "q", "u")


def _next_acts(words: Sequence[Word], i: int) -> bool:
    """Whether the next figure of a list has a verb of its own, which is not that of the one before."""
    return words[i].role == "、" and words[i + 1].role == "F" and words[i + 2].role in VERBAL


def _wants_noun(reading: Reading, figure: Word) -> bool:
    """Whether what is counted must stand behind the figure; not that of 以3席成为首位."""
    return figure.text in COUNTERS and reading.case != "以" and (not reading.noun or reading.of or owns(reading))


def _past_size(reading: Reading, words: Sequence[Word], at: int) -> int:
    """Where the noun of the figure may begin: past the size of what is counted (12条30公里的公路)."""
    i = at + 1
    if i + 2 < len(words) and words[i].text == _LASTS and words[i + 1].role == "F" and words[i + 2].role == "u":
        return i + 3  # 2期为期30天的培训班
    if words[at].text not in COUNTERS or words[at].text in REGIONS or (reading.noun and not reading.joined):
        return i
    if i < len(words) and words[i].role == "F" and words[i].text in COUNTERS:  # 12类33项活动
        return i + 1
    k = i
    while k < len(words) and words[k].role in SKIP:
        k += 1
    sized = k + 2 < len(words) and words[k].role == "F" and words[k + 1].role == "u"
    return k + 1 if sized and words[k].text in SIZES else i


def _qualifies(words: Sequence[Word], i: int, reading: Reading) -> bool:
    """Whether a word of doing only qualifies the noun to come: 优质实习就业岗位, or 评选5家省级放心消费主体."""
    before = words[i - 1].role
    if before == "u":  # 1200亩的种植订单, 8%的优惠
        alone = i + 1 == len(words) or words[i + 1].role == ","
        if alone:
            return not (reading.verb and reading.noun)
        return leads_to_noun(words, i, VERBAL) or words[i].role == words[i + 1].role == "vn"  # 2万元的生活费资助
    if before == "b" and (reading.verb or reading.tail):
        return leads_to_noun(words, i, _PHRASAL)
    if before == "F" and words[i].role == "v" and words[i - 1].text in COUNTERS:  # 组织50名值守人员
        free = not reading.noun or reading.tail != "" or reading.of
        return free and not reading.among and leads_to_noun(words, i, VERBAL)
    return before in ("F", "a", "b") and words[i].role == "vn" and leads_to_noun(words, i, {"vn"})
