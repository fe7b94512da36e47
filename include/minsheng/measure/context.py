"""Kind, direction, basis, status and estimation of a figure, from the words of its clause and sentence.

``change`` is growth or decline (同比增长5.3%), ``share`` a part of a whole (办结率91.3%), ``level`` the
rest; 增长到 and 提高至 state the level reached. The words stand in the vocabulary.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Literal

from minsheng import vocabulary
from minsheng.contracts import Status
from minsheng.measure.figure import Figure

_CLAUSE = re.compile(r"[\s\S]*[，。；;,！？!?\n：:]")
_REACH = 120  # characters before a figure in which its clause may begin
_TO_LEVEL = re.compile(r"(?:[至为成]|(?<!达)到)\s*\Z")
_GAP = (  # what may stand between a word of change and its number: 增长了约, 降幅达到, 净增资金
    r"(?:了约|了|分别为?|约|近|超过?|逾|达到?|高达|幅度|幅|比例|的|为|均|预期目标|目标|（|不低于|不少于|至少|超出|突破|多达|率|人|额|量|资金"
    r"|收入|面积|成本|支出|时间|：|:|-|－|，)"
)
_WINDOW = 40
_MINUS = frozenset("-－−")
_SIGNED = re.compile(r"(?:\A|[^0-9０-９%％‰点万亿A-Za-z])[-－−]\Z")  # -3.1 after a word, not 2-3.1
_FINISHED = re.compile(r"已经?|累计|截[至止]|现有|荣获|去年|今年以来")


def _any(words: tuple[str, ...]) -> str:
    """One of the words; the look at the first character spares most positions the alternatives."""
    firsts = "".join(sorted({re.escape(w[0]) for w in words}))
    return rf"(?=[{firsts}])(?:{'|'.join(map(re.escape, words))})"


@cache
def _change() -> tuple[re.Pattern[str], dict[str, str], int, frozenset[str]]:
    """The words of change with what may stand between them and their number; how far back to look for them; the
    characters that they begin with."""
    table = vocabulary.pairs("change_words", "word", "direction")
    pattern = re.compile(rf"({_any(vocabulary.words('change_words'))}){_GAP}{{0,3}}\Z")
    return pattern, table, max(map(len, table)) + 9, frozenset(word[0] for word in table)


@cache
def _basis() -> tuple[re.Pattern[str], dict[str, str]]:
    table = vocabulary.pairs("change_bases", "word", "basis")
    return re.compile(_any(vocabulary.words("change_bases"))), table


@cache
def _status() -> tuple[re.Pattern[str], dict[str, str]]:
    """Words of status. Every alternative begins with a character, so that ``re`` looks for those first."""
    table = vocabulary.pairs("status_words", "word", "status")
    future = _any(vocabulary.words("future_verbs"))
    plain = [re.escape(w) for w in vocabulary.words("status_words") if w not in _NOUNS_TOO]
    order = "要求(?<=[里议府委局厅院办会方部央上]要求)[，：]"
    planned = [rf"{w}(?={future}|[0-9用今明本])" for w in _NOUNS_TOO]
    return re.compile("|".join([*plain, order, *planned, rf"将(?={future})", r"到(?<![止至]到)20[2-9]\d年"])), table


_NOUNS_TOO = ("计划", "要求", "规划")  # planned only where a verb follows: 计划新建, not 西部计划, 按要求
_REQUIREMENT = frozenset("按照合符的需标到足各项新高低严")  # before 要求: a noun
_NOT_PLAN = re.compile(r"(?:行动|按|照|三年|五年|年度|该|此|生育|的|合)\Z")
_NAME_AFTER = re.compile(r"[》”」的书生]|安排|目标任务|总量")


def change(text: str, clause: int, figure: Figure) -> None:
    """Fill ``kind``, ``direction`` and ``basis`` of the figure whose clause begins at ``clause``."""
    _, table, reach, firsts = _change()
    low = max(clause, figure.start - reach)
    before = text[low : figure.start]
    hit = None if firsts.isdisjoint(before) else _change_before(text, clause, low, figure.start)
    more = None
    if hit is None and ("比" in before or "较" in before):
        more = _MORE.search(text, max(clause, figure.start - _WINDOW), figure.start)
    if hit and (_names_rate(hit) or not _TO_LEVEL.search(text, max(clause, figure.start - 3), figure.start)):
        figure.kind, figure.direction = "change", _direction(table[hit[1]])
    elif more and (figure.unit == "pp" or _basis()[0].search(more[0])):
        figure.kind, figure.direction = "change", "up" if more[1] in "多高快" else "down"
    elif figure.unit == "%" and (behind := _rate_behind().match(text, figure.end)):
        figure.kind, figure.direction = "change", _direction(table[behind[1]])
    elif figure.unit == "pp":
        figure.kind = "change"
    elif figure.unit in ("%", "[ppth]"):
        figure.kind = "share"
    if figure.kind == "level":
        return
    at = figure.number_start
    signed = text[at - 1 : at] in _MINUS and _SIGNED.search(text, max(0, at - 2), at) is not None
    bases, codes = _basis()
    if figure.kind == "share" and text.endswith(tuple(codes), 0, at - signed):  # as tables have it: 同比-8.5%
        figure.kind, figure.direction = "change", "up"
    if figure.kind == "change":
        found = list(bases.finditer(text, max(0, figure.start - _WINDOW), figure.start))
        figure.basis = codes[found[-1][0]] if found else None
        if signed:
            figure.direction = "down"


_MORE = re.compile(r"[比较][^，。；;！？\n]{1,14}([多少高低快慢])了?\Z")  # 比去年同期多1200人
_OBJECT_REACH = 14


@cache
def _object_firsts() -> frozenset[str]:
    return frozenset(word[0] for word in vocabulary.words("change_words", object="yes"))


@cache
def _over_object() -> re.Pattern[str]:
    """A word of change with its object between it and the number: 减少碳排放3050吨."""
    return re.compile(rf"({_any(vocabulary.words('change_words', object='yes'))})[^，。；;、：:！？!?\n0-9]{{2,10}}\Z")


def _change_before(text: str, clause: int, low: int, end: int) -> re.Match[str] | None:
    """The word of change that the number ending the clause belongs to: right before it, or with its object between."""
    hit = _change()[0].search(text, low, end)
    if hit and text[hit.start() - 1] == "新" and not _since_basis(text, clause, hit.start()):
        hit = None  # 新增2000人 counts what is new; 较年初新增230家 is a change
    low = max(clause, end - _OBJECT_REACH)
    if hit or _object_firsts().isdisjoint(text[low:end]):
        return hit
    return _over_object().search(text, low, end)


@cache
def _rate_behind() -> re.Pattern[str]:
    """The rate that a per cent is, named behind it: 以12.9%的增速."""
    rates = [w for w in vocabulary.words("change_words") if w[-1] in "幅速"]
    return re.compile(rf"的({'|'.join(map(re.escape, rates))})")


def _names_rate(hit: re.Match[str]) -> bool:
    """Whether the word of change names a rate, of which 为 states the value (增速为5%) and no level reached."""
    return hit[1][-1] in "速幅" or "目标" in hit[0]


def _since_basis(text: str, clause: int, at: int) -> bool:
    return _basis()[0].search(text, max(clause, at - _OBJECT_REACH), at) is not None


def carry(text: str, before: Figure, figure: Figure) -> None:
    """Numbers joined by 、 or 和 share the verb: 分别增长86.5%、36.9% and 28.8% are three changes."""
    silent = figure.unit == "pp" and figure.direction is None
    if before.kind == "change" and before.unit == figure.unit and (figure.kind != "change" or silent):
        gap = text[before.end : figure.start]
        if len(gap) <= 2 and gap in _LINKS:
            figure.kind, figure.direction, figure.basis = before.kind, before.direction, before.basis


_LINKS = frozenset({"、", "和", "及", "与", "以及", "，", ",", "", "；", "个和"})


def _direction(word: str) -> Literal["up", "down"]:
    return "up" if word == "up" else "down"


_CLAUSE_ONLY = ("确保", "要求", "务求")  # a purpose, not a plan, once the clause has ended
_OBJECT = re.compile(r"[^，。；\n]{1,30}?(?:作为|纳入|列入|列为|变为|转化|编入|分为|划为|融入|落到|落实到)")  # 将 as 把
_AIMS = ("是", "为", "到", "：", "达", "值为", "值达", "实现")


class StatusReader:
    """Tells reported figures from planned ones; reads the status words of a sentence once."""

    def __init__(self, text: str, sentence: tuple[int, int], published: date | None = None) -> None:
        pattern, table = _status()
        self.text = text
        self.marks: list[tuple[int, Status, str]] = []
        for hit in pattern.finditer(text, *sentence):
            word = hit[0]
            status = table.get(word, "target")
            if word in ("计划", "规划") and (
                _NOT_PLAN.search(text, max(sentence[0], hit.start() - 3), hit.start())
                or _NAME_AFTER.match(text, hit.end())
            ):
                continue
            if word.startswith("要求") and text[hit.start() - 1] in _REQUIREMENT:
                continue
            if word == "目标" and not text.startswith(_AIMS, hit.end()):
                continue
            if word == "将" and _OBJECT.match(text, hit.end()):
                continue
            if word.startswith("到20") and published and int(word[1:5]) < published.year:
                continue
            self.marks.append((hit.start(), "actual" if status == "actual" else "target", word))
        self.estimates = [m.start() for m in _estimates().finditer(text, *sentence)]

    def read(self, figure: Figure, clause: int, planned: bool = False) -> None:
        """Fill ``status`` and ``estimated``: the last word before the figure decides."""
        last: Status = "target" if planned else "actual"
        for at, status, word in self.marks:
            if at >= figure.start:
                break
            if at >= clause or word not in _CLAUSE_ONLY:
                last = status
        figure.status = last
        if self.estimates:
            figure.estimated = any(clause <= at < figure.start for at in self.estimates)


@cache
def _estimates() -> re.Pattern[str]:
    return re.compile(_any(vocabulary.words("estimate_words")))


def clause_start(text: str, sentence: int, at: int) -> int:
    """Where the clause around ``at`` begins: after the last comma, semicolon, colon or sentence end."""
    low = max(sentence, at - _REACH)
    last = _CLAUSE.match(text, low, at)
    return last.end() if last else low
