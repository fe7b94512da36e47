"""Reads the clause around a figure: ``subject · verb · object · [tail verb] · FIGURE · [head noun] · verb``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.indicators_behind import (
    ENDS,
    LONGEST,
    NOUN,
    REALISES,
)
from minsheng.measure.indicators_clause import BEING, Reading, is_change
from minsheng.measure.indicators_head import MEASURED, MONEY, PERSONS, owns, read_right
from minsheng.measure.indicators_lists import SKIP, VERBAL, is_place, listed, measures
from minsheng.measure.indicators_words import CHANGES, Word, words_of
from minsheng.vocabulary import context, rows

_LEADING: Final = NOUN - {"、"}
JOINTS: Final = {"c", "、", "u"}
_QUALIFIERS: Final = ("n", "a", "b")
_NAMING: Final = (*_QUALIFIERS, "vn")
_BESIDE: Final = ("、", "c")
_LINKS: Final = {"p", "c", "、", "u", "e"}
_NO_DEED: Final = MEASURED | frozenset(context("kind_of_deed"))  # behind one of doing: 入住率, 求助类, 住建局
_OFFICE: Final = "局委办部院会队站所司区县市镇乡村府处厅行校"
_BRACKETS: Final = 30  # words that may stand between brackets before a figure
_KEPT: Final = words_of("each") | words_of("not")
_OCCURS: Final = words_of("occurs")
_INSIDE: Final = "里"
_AT: Final = ("在", "于")
_ATTAINS: Final = words_of("attains")  # verbs that a rate is the object of
_GIVES: Final = words_of("gives")  # verbs whose object may be called after deeds: 发放创业担保贷款
_GROUPS: Final = frozenset(row["noun"] for row in rows("count_nouns") if row["code"] == "{person}")
_FACILITIES: Final = frozenset(context("facility"))
_BUILDS: Final = frozenset(context("builds"))
_KIND: Final = 2  # characters of a word for people that may end a longer one: 务工人员
_STATES: Final = frozenset(context("state"))
_RATE: Final = "率"
_RATES: Final = frozenset("%％")
_PACES: Final = frozenset("速幅")  # end what a rate of growth is called
_DOING: Final = ("v", "vn")
_REST: Final = words_of("rest")
_COMPARING: Final = words_of("comparing")
_WHEN: Final = "时"  # ends what happened meanwhile: 清理河道时有2人受伤
_AMONG: Final = "中"  # 新增病例中，甲县4例
_ASIDE: Final = ("较", "比", "按", "按照", "以")  # what these open is not what grows: 比上年, 按现价


def read(words: Sequence[Word], at: int) -> Reading:
    """The reading of the figure at ``words[at]``."""
    reading = Reading(words)
    reading.unit = words[at].text
    left: list[Word] = []
    reading.bracket = 0 < at < len(words) - 1 and words[at - 1].text == "（" and words[at + 1].text == "）"
    i, stop = at - (2 if reading.bracket else 1), max(-1, at - 40)  # 甲（3吨）: as 甲3吨
    members = -1  # words between 为 and the figure
    while i > stop:
        word = words[i]
        if word.role in ENDS:
            if word.text != "）" or left or (opening := _opening(words, i)) < 0:
                break
            i = opening - 1
            continue
        role = word.role
        if role not in SKIP or (role == "d" and _tells_how(left)):
            if role == "p" and members < 0 and word.text in BEING:
                members = len(left)
            left.append(word)
        elif word.text[:2] == "分别":
            reading.shared = i
            members = len(left) if members < 0 and word.text in BEING else members
        elif members < 0 and word.text in BEING:
            members = len(left)
        elif word.text == "其中":
            reading.among = True
        elif word.text in _REST and not left:
            reading.rest = word.text
        elif word.text == _WHEN and words[i + 1].role != "u":
            break
        i -= 1
    left.reverse()
    reading.joined = i >= 0 and words[i].role == "F"
    reading.qualified_by = reading.joined and words[i].text[-1:] == MONEY and words[i + 1].role == "u"
    reading.adjacent = reading.joined and bool(left) and left[0].role != "、"
    if members > 0:
        topic = listed(left[:-members], left[-members:], reading.bracket)
        left, reading.listed = topic or left, bool(topic)
    reading.follows = reading.joined and bool(left) and left[-1].role in ("、", "c")
    _read_left(reading, left)
    read_right(reading, words, at)
    _between(reading, at)
    return reading


def _tells_how(left: Sequence[Word]) -> bool:
    """Whether an adverb before these words (from last to first) is part of the name of a rate: 按时办结率."""
    return len(left) > 1 and left[-2].text == _RATE and left[-1].role in _DOING


def _between(reading: Reading, at: int) -> None:
    """Takes from a figure the noun that is of another, or of the place that has what is counted."""
    if reading.head and reading.noun and not owns(reading) and _names_next(reading.words, at, reading.end):
        reading.head, reading.end = "", at + 1
    if reading.head and (reading.follows or (not reading.verb and owns(reading))):
        reading.noun, reading.parts = "", ()
    alone = reading.noun and not (reading.head or reading.verb or reading.tail) and reading.unit in PERSONS
    if alone and owns(reading) and reading.after:  # 市区有9万人参加医保
        reading.noun, reading.parts = "", ()


def _names_next(words: Sequence[Word], at: int, end: int) -> bool:
    """Whether the noun behind a figure is of the next: 主线1条支线4条, where nothing stands behind the last."""
    unit = words[at].text
    while end < len(words) and words[end].role == "F" and words[end].text == unit:
        at = end
        end += 1
        while end < len(words) and words[end].role == "n":
            end += 1
        if end == at + 1:
            return end == len(words) or words[end].role == ","
    return False


def _compared(left: list[Word]) -> list[Word]:
    """Without what a value between brackets is not of: 增速高于全省水平（6%） tells the growth of the province."""
    for at, word in enumerate(left):
        if word.text in _COMPARING:
            other = left[at + 1 :]
            whole = other and (measures(other[-1].text) or (len(other) > 1 and is_change(other[-1].text)))
            return left[:at] if at and not whole else other or left
    return left


def _opening(words: Sequence[Word], i: int) -> int:
    """Where the bracket opens that ``words[i]`` closes; -1 where that is too far."""
    return next((k for k in range(i - 1, max(-1, i - _BRACKETS), -1) if words[k].text == "（"), -1)


def _read_left(reading: Reading, items: list[Word]) -> None:
    """Reads the words before the figure (those that count): from their end a tail verb, the noun, its verb."""
    _strip(reading, items)
    if reading.bracket:
        items = _compared(items)
    if len(items) > 1 and reading.unit in _RATES and items[-1].text in CHANGES and items[-2].text[-1] in _PACES:
        items.pop()  # 投资增速回落至3.4%
    cut = len(items)
    while cut and _is_verb(items, cut - 1, tail=True):
        cut -= 1
    tail = items[cut:][-2:]
    if not cut and len(tail) == 2 and tail[1].role == "vn" and tail[1].text not in CHANGES:
        reading.verb, reading.noun = tail[0].text, tail[1].text
        return
    if not cut and len(tail) == 2 and tail[0].role == "vn" and is_change(tail[1].text):  # 投资增长3%
        reading.tail, reading.noun, reading.parts = tail[1].text, tail[0].text, tail[:1]
        return
    if len(tail) == 1 and tail[0].text in _OCCURS and reading.case in _AT:  # 最高气温出现在甲县，达41℃
        tail = []
    reading.tail = "".join([w.text for w in tail])
    noun, i, clause_of, kind_of = _gather(reading, items, cut - 1)
    if i >= 0 and items[i].text == "为" and (i == 0 or reading.of):
        reading.whole, reading.owner = True, _trim(_gather(Reading(()), items, i - 1)[0])
    i = _object(items, noun, i)
    if i >= 0 and items[i].role != "p":
        noun = _read_verb(reading, items, i, noun if clause_of is None else noun[:clause_of], clause_of is not None)
    noun = noun[: clause_of if reading.joined and clause_of else kind_of]
    while noun and noun[-1].role in JOINTS:
        noun.pop()
    if noun and noun[0].text == _INSIDE:  # 园区里需要20人
        noun = []
    if noun and is_place(noun):
        noun = noun[next((k for k, w in enumerate(noun) if measures(w.text)), 0) :]  # 最大雨强 stands before its place
    reading.parts = noun
    reading.noun = _trim(noun)


def _read_verb(reading: Reading, items: list[Word], i: int, noun: list[Word], in_clause: bool) -> list[Word]:
    """Reads the verb that ends at ``items[i]``, of a clause that qualifies the noun the first; the noun, with what
    qualifies it."""
    first = i
    while first and _is_verb(items, first - 1):
        first -= 1
    if in_clause:
        first = i = next(k for k in range(i + 1) if _is_verb(items, k))
    if i > first and noun and items[i].role == "vn" and items[i - 1].role in ("v", "h"):
        noun.append(items[i])  # 解决融资问题: what qualifies the object is part of it
        i -= 1
    if i > first + 1 and noun and items[first].text in _GIVES:
        noun.extend(reversed(items[first + 1 : i + 1]))
        i = first
    reading.verb = "".join([w.text for w in items[max(first, i - 1) : i + 1] if w.role != "h" or not noun])
    if first and items[first - 1].text in _KEPT:  # 日均接待游客, 未整改问题
        reading.verb = items[first - 1].text + reading.verb
    if first and items[first].text == REALISES and reading.unit in PERSONS and items[first - 1].text in _GROUPS:
        reading.verb = ""  # 失业人员实现再就业300人: those who are counted are before the verb
        noun.extend(_gather(Reading(()), items, first - 1)[0])
    if items[first].text == "占":
        reading.owner = _trim(_gather(Reading(()), items, first - 1)[0])
    return noun


def _gather(reading: Reading, items: list[Word], i: int) -> tuple[list[Word], int, int | None, int | None]:
    """The words of the noun that ends at ``items[i]``, from last to first; where its verb stands; how many of the
    words a clause (的) and a list of examples (等) are of."""
    noun: list[Word] = []
    clause_of = kind_of = None
    while i >= 0:
        word = items[i]
        role = word.role
        if role == "p" and word.text in _ASIDE and _sets_aside(reading, word):
            noun, clause_of, kind_of = [], None, None
            i -= 1
            if i >= 0 and items[i].text[-1] in _PACES and len(reading.tail) == 2:  # 增速比上月回落
                reading.tail = items[i].text + reading.tail
                i -= 1
            continue
        if i and word.text[-1] in _AT and items[i - (role == "p")].text in _OCCURS:
            noun, clause_of, kind_of = [], None, None  # 最大降雨出现在甲村: not where, but what
            i -= 1 + (role == "p")
            continue
        if role == "p" or (role in VERBAL and _is_verb(items, i)):
            break
        if not noun and word.text == _AMONG:
            i -= 1
            continue
        if noun:
            if role == "u":
                clause_of = len(noun)
            elif role == "e":
                kind_of = kind_of or len(noun)
                i -= 1
                continue
        noun.append(word)
        i -= 1
    return noun, i, clause_of, kind_of


def _sets_aside(reading: Reading, word: Word) -> bool:
    """Whether a preposition and what it opens only say what a growth is measured by."""
    reading.compared = True
    return bool(reading.tail) and (word.text == "比" or is_change(reading.tail))


def _object(items: list[Word], noun: list[Word], i: int) -> int:
    """Takes what could be a verb for the object of the verb before it (受理投诉) where there is no other object."""
    if noun or i < 1 or items[i].role != "vn" or items[i - 1].role not in ("v", "h"):
        return i
    noun.append(items[i])
    return i - 1


def _strip(reading: Reading, items: list[Word]) -> None:
    """Takes the joints from both ends of ``items``; a preposition right before the figure is its case."""
    while items and items[-1].role in _LINKS:
        last = items.pop()
        reading.of = reading.of or last.role == "u"
        reading.case = last.text if last.role == "p" else reading.case
    while items and items[0].role in JOINTS:
        del items[0]


def _is_verb(items: Sequence[Word], i: int, tail: bool = False) -> bool:
    """Whether word ``i`` acts as a verb; a word that is also a noun does so where no noun leads up to it.

    None does before what makes a noun of it (入住率, 求助类).
    """
    role = items[i].role
    if i + 1 < len(items) and (items[i + 1].text in _NO_DEED or _tells_state(items, i)):
        return False
    if role in ("v", "h"):
        if role == "v" and i and (_names_rate(items, i) or _names_facility(items, i)):
            return False
        return not _ends_member(items, i)
    if role != "vn":
        return False
    if tail:
        return not any(w.role in ("v", "h") for w in items[:i])
    before = items[i - 1] if i else None
    if before is not None and before.role in _BESIDE and _is_member(items, i):
        return False
    if before is not None and before.role == "v" and i > 1 and _names_rate(items, i - 1):
        return False
    office = before is not None and before.role != "b" and before.text[-1] in _OFFICE  # 城镇 qualifies, 教育局 acts
    return before is None or before.role not in _LEADING or office


def _names_rate(items: Sequence[Word], i: int) -> bool:
    """Whether a verb is part of the name of a rate, which few can have as their object: 家庭医生签约服务覆盖率."""
    last = i + 1
    while last + 1 < len(items) and items[last].role in _DOING:
        last += 1
    if last == len(items) or items[last].text[-1] != _RATE or items[i - 1].role not in _QUALIFIERS:
        return False
    whole = len(items[last].text) > 1 or last > i + 1  # 签约服务率
    return whole and items[i].text not in _ATTAINS and items[i].text not in CHANGES


def _tells_state(items: Sequence[Word], i: int) -> bool:
    """Whether a verb only tells the state of the people behind it: 企业退休人员, 农村外出务工人员."""
    those = items[i + 1].text
    return items[i].text in _STATES and (those in _STATES or those[-_KIND:] in _GROUPS or those in _GROUPS)


def _names_facility(items: Sequence[Word], i: int) -> bool:
    """Whether a verb is part of what a facility is called, behind a verb of its own: 新建粪污处理中心."""
    if i < 2 or i + 2 != len(items) or items[i + 1].text not in _FACILITIES or items[i].text in _BUILDS:
        return False
    return items[i - 1].role in _NAMING and any([w.role == "v" for w in items[: i - 1]])


def _ends_member(items: Sequence[Word], i: int) -> bool:
    """Whether what may be a verb ends a noun that is a member of a list: 作品展示、民俗表演."""
    if i == 0 or i + 2 >= len(items) or items[i + 1].role != "、" or items[i - 1].role not in _QUALIFIERS:
        return False
    return items[i + 2].role in _LEADING and items[i + 2].role != "vn"  # else a verb with a region's name blanked


def _is_member(items: Sequence[Word], i: int) -> bool:
    """Whether what begins at ``items[i]`` ends like the member of the list before it: 知识培训、急救技能培训."""
    return i > 1 and any(word.text == items[i - 2].text for word in items[i + 1 : i + 4])


def _trim(noun: Sequence[Word]) -> str:
    """The noun phrase of ``noun``, its words from last to first, cut from its left to the length of a phrase."""
    words, size = [], 0
    for w in noun:
        if size + len(w.text) > LONGEST:
            break
        words.append(w.text)
        size += len(w.text)
    words.reverse()
    return "".join(words).lstrip("的和与及、")
