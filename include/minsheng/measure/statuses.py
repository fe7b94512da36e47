"""Status of a figure, reported or planned, and whether it is estimated: from the words of its clause and sentence.

The words stand in the vocabulary; most of them plan only by what stands beside them (计划新建, but not 按计划).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import Final

from minsheng import vocabulary
from minsheng.contracts import Status
from minsheng.measure import periods, plans
from minsheng.measure.characters import Characters
from minsheng.measure.context import clause_start
from minsheng.measure.figure import Figure
from minsheng.measure.periods_days import Days, days
from minsheng.measure.seldom import Seldom

_WINDOW: Final = 40


def _by_first(words: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return {first: tuple(those) for first, those in found.items()}


def _begins(words: dict[str, tuple[str, ...]], text: str, at: int) -> bool:
    those = words.get(text[at : at + 1])
    return those is not None and text.startswith(those, at)


_NOUNS_TOO: Final = ("要求", "规划")  # planned only where a verb follows: 规划新建, not 按要求
# The verbs of intent, and what bars them before.
_INTENTS: Final = {"要": "no_must", "争取": "no_won", "打算": "no_ready", "准备": "no_ready"}
_NOUN_BEHIND: Final = ("争取", "准备")  # 争取补助资金 got them
_WHEN: Final = Characters("0123456789用今明本")
_OF_YEAR: Final = "年度"
_YEAR: Final = re.compile("“?(?:20[0-9]{2}年|十[四五六七]五)")
_WORD: Final = Seldom(r"[^\W_A-Za-z]|“十")  # no punctuation, no closing quote
_STATUSES: Final = vocabulary.pairs("status_words", "word", "status")
_ESTIMATES: Final = frozenset(vocabulary.words("estimate_words"))
_CUES: Final = [
    *{*_STATUSES, *_ESTIMATES, *_INTENTS, *_NOUNS_TOO, *vocabulary.context("effect"), "将"},
    *[f"到20{decade}{year}年" for decade in range(2, 10) for year in range(10)],
]
_CUE_FINDER: Final = vocabulary.finder(_CUES)
_FUTURES: Final = _by_first(vocabulary.words("future_verbs"))  # what follows 将: there are hundreds
_INTENDED: Final = _by_first(  # what follows 要
    (*[word for word in vocabulary.words("future_verbs") if len(word) > 1], *vocabulary.context("intended"))
)
_MADE_OF: Final = re.compile(  # what follows 将 where it says 把: 将其作为
    rf"[^，。；\n]{{1,30}}?(?:{'|'.join(vocabulary.context('made_of'))})"
)
_HABIT: Final = vocabulary.context("habit")
_TASK: Final = "目标任务"
_ANY_TASK: Final = "任务"
_TASKS: Final = ("全年任务", "年度任务", _TASK, _ANY_TASK)
_TASK_OF: Final = Seldom(  # 目标任务5000户; not 目标任务98%, 完成年度目标任务5000户
    r"(?<![0-9])[0-9.,，]++(?![%％倍成]|个百分点)"
)
_SO_MUCH: Final = Seldom("[0-9.]+[万亿]?(?![0-9.万亿%％倍成项件条个类批大起次场趟])")  # 改造任务5000户, but 任务9项
_TASK_DONE: Final = Seldom(rf"(?:{'|'.join(vocabulary.context('before_no_plan'))})[^，。；：、\n0-9]{{0,8}}\Z")
_TASK_REACH: Final = 12  # characters before a task in which the verb of what is done of it stands
_DONE: Final = vocabulary.context("done")
_TO_DO: Final = vocabulary.context("to_do")
_PROMISED: Final = "承诺的"
_KEPT: Final = Seldom(  # 承诺的12件实事全部办结
    rf"[^，。；：\n]{{0,20}}?(?:{'|'.join(vocabulary.context('kept'))})"
)
_AIMS: Final = ("目标", _PROMISED, *_TASKS, *plans.BUDGETS, *plans.CALLS)
_COMPARED: Final = Characters("比较与")  # 比去年增加 reports nothing of last year
_IS: Final = frozenset("是为")
_EFFECTS: Final = vocabulary.context("effect")  # 全年可节约成本300万元
_CLAUSE_ONLY: Final = ("确保", "要求", "务求", _PROMISED, *_TASKS, *_EFFECTS)  # no plan once the clause has ended
_NOUNS: Final = {  # words of intent, and what stands beside them where they are nouns (预期寿命) or parts of others
    "要求": (vocabulary.context("no_order"), ()),
    "预期": (vocabulary.context("before_no_forecast"), vocabulary.context("after_no_forecast")),
    "拟": (vocabulary.context("no_bid"), ()),
    "未来": (vocabulary.context("before_no_future"), vocabulary.context("after_no_future")),
}
_DEALT: Final = vocabulary.context("dealt")
_NORMS: Final = ("at_least", "at_most")
_FORBIDS: Final = vocabulary.context("forbids")
_REQUIRED: Final = vocabulary.context("required")
_REQUIRED_ENDS: Final = frozenset(word[-1] for word in _REQUIRED)
_GOES_ON: Final = vocabulary.context("goes_on")
_OPENING: Final = Seldom(rf"[^，。；\n]{{0,6}}?(?:{'|'.join(vocabulary.context('opening'))})")
_CAPACITY: Final = vocabulary.context("capacity")
_PLANNED: Final = ("计划", "计划总")
_TITLE: Final = 40  # characters of the title of a document before a word in it
_COMMAS: Final = Characters("，,")
_LATELY: Final = 91  # days in which what came about in a time that is over is still being counted
_OUTCOMES: Final = vocabulary.context("outcome")
_BEHIND_REACH: Final = 8  # characters of a subject between its count and 将: 8个展览也将展出
_ASSURED: Final = Seldom(  # 确保产值增长6%，投资增长8%; not 确保48小时内抢通
    r"确保[^，。；：、\n]{0,30}?[0-9.]++[万亿]?+(?![年月日号时天周0-9.])(?!个?小时|分钟|个月)"
)
_PAUSE_OR_FIGURE: Final = Seldom(r"[，。；;,！？!?\n：:、0-9]")


class Statuses:
    """Tells reported figures of a text from planned ones, by the words of status in their sentences."""

    def __init__(self, text: str, published: date | None = None) -> None:
        self.text = text
        self.published = published
        self.at: list[int] = []
        self.cues: list[tuple[str, Status]] = []
        self.opens = False  # whether something is said to open soon, whose capacity is planned
        self.estimates: list[tuple[int, bool]] = []  # where they stand, and whether a comma follows
        for number, start, end in _CUE_FINDER.find_matches_as_indexes(text):
            word = _CUES[number]
            if word in _ESTIMATES:
                self.estimates.append((start, _COMMAS.at(text, end)))
            if word == "即将" and _OPENING.match(text, end):
                self.opens = True
            if _plans(text, word, start, end, published) and (word[0] == "》" or not _titled(text, start)):
                self.at.append(start)
                self.cues.append((word, "actual" if _STATUSES.get(word) == "actual" else "target"))

        self.lists = plans.numbered(text)

    def announced(self, at: int, clause: int) -> bool:
        """Whether what stands at ``at`` is in a list that a plan introduces (2024年将办好3件实事：), and its clause,
        which begins at ``clause``, reports nothing (已完成8件)."""
        those = plans.introduction(self.lists, at) if self.lists else None
        if those is None or any([self.text.find(word, clause, at) >= 0 for word in _DONE]):
            return False
        i = bisect_left(self.at, those.last) - 1
        if i >= 0 and self.at[i] >= those.first:
            return self.cues[i][1] == "target"
        return self._lies_ahead(those)

    def _lies_ahead(self, those: plans.Numbered) -> bool:
        """Whether a list tells what is to be done in a time mostly ahead: 2023年，重点抓好以下工作：, in January."""
        if self.published is None or not any([self.text.find(w, those.first, those.last) >= 0 for w in _TO_DO]):
            return False
        marks = periods.find(self.text, (those.first, those.last))
        span = days(marks[-1].means or marks[-1].phrase, marks[-1].kind, self.published) if marks else Days()
        if span.start is None or span.end is None:
            return False
        return span.end - self.published > self.published - span.start

    def read(self, figure: Figure, sentence: int, clause: int, planned: bool = False) -> None:
        """Fill ``status`` and ``estimated``: the last word before the figure decides, else 将 behind it.

        ``sentence`` and ``clause`` are where those around the figure begin; ``planned``: what holds without a word.
        """
        figure.status = "target" if planned else "actual"
        first = bisect_left(self.at, figure.start)
        for i in range(first - 1, -1, -1):
            if self.at[i] < sentence:
                break
            word, status = self.cues[i]
            if word in plans.BUDGETS and self.text.find("；", self.at[i], figure.start) >= 0:
                continue
            if self.at[i] >= clause or word not in _CLAUSE_ONLY or _ASSURED.match(self.text, self.at[i]):
                figure.status = status
                break
        else:
            i = -1
        if i >= 0 and self.at[i] < clause and self.cues[i][0].startswith("规划") and self._dealt(figure, self.at[i]):
            figure.status = "actual"
        if figure.status == "actual" and (i < 0 or self.at[i] < clause) and self._planned_behind(figure, first):
            figure.status = "target"
        if figure.bound in _NORMS and self.text.startswith(_FORBIDS, figure.start):
            figure.status = "target"  # 误差不得高于5克
        if self._required(figure) or (self.opens and (i < 0 or self.at[i] < clause) and self._capacity(figure, clause)):
            figure.status = "target"
        if plans.to_fulfil(self.text, figure.number_start, figure.end):
            figure.status = "target"
        if self.estimates:
            forecast = i >= 0 and figure.status == "target" and self.cues[i][0] in _ESTIMATES
            forecast = forecast and self.text.find("；", self.at[i], figure.start) < 0
            figure.estimated = forecast or self._estimated(figure.start, sentence, clause)
            if figure.estimated and self._capacity(figure, clause):
                figure.status = "target"  # 据估算，项目可带动农户248户

    def _required(self, figure: Figure) -> bool:
        """Whether the figure tells what is still needed: 共需40台."""
        before = self.text[figure.start - 1 : figure.start]
        needed = before in _REQUIRED_ENDS and figure.dimension != "duration"
        return needed and self.text.endswith(_REQUIRED, 0, figure.start)

    def _capacity(self, figure: Figure, clause: int) -> bool:
        """Whether the figure is what something can hold or yield: 设计规模36个班, 可提供学位1600个."""
        return any([self.text.find(word, clause, figure.start) >= 0 for word in _CAPACITY])

    def _estimated(self, at: int, sentence: int, clause: int) -> bool:
        """Whether a word of estimation before ``at`` holds there: in its clause, or to the end of the
        sentence where a comma follows it (据初步统计，)."""
        last = bisect_left(self.estimates, (at, False))
        for start, introduces in reversed(self.estimates[:last]):
            if start < sentence:
                return False
            if start >= clause or introduces:
                return True
        return False

    def _dealt(self, figure: Figure, at: int) -> bool:
        """Whether a bargain is struck behind what was planned at ``at``: 规划用地9公顷，成交价3亿元, 以3亿元竞得."""
        if self.text.startswith(_DEALT, figure.end):
            return True
        return any([self.text.find(word, at, figure.start) >= 0 for word in _DEALT])

    def reports(self, figure: Figure, start: int, at: int) -> bool:
        """Whether a word of estimation right behind or before the time between ``start`` and ``at`` makes the figure a
        target, so that it reports where that time is over: 1-6月产值预计达3亿元, 预计2023年产值3亿元; not 2023年，项目
        开工，预计投资3亿元."""
        i = bisect_left(self.at, figure.start) - 1
        if i < 0 or self.cues[i][0] not in _ESTIMATES:
            return False
        end = figure.period_end
        lately = self.published is not None and end is not None and (self.published - end).days <= _LATELY
        if lately and self.text.startswith(_OUTCOMES, self.at[i] + len(self.cues[i][0])):
            return True  # in January: 过去一年，经济平稳，产值预计增长3%
        if self.at[i] < start:
            return _PAUSE_OR_FIGURE.search(self.text, self.at[i], start) is None
        at += _COMMAS.at(self.text, at)
        return _PAUSE_OR_FIGURE.search(self.text, at, self.at[i]) is None

    def _planned_behind(self, figure: Figure, first: int) -> bool:
        """Whether what the figure counts is the subject of a plan: 8个展览将在9月展出; it is not where it goes on."""
        if first == len(self.at) or self.at[first] - figure.end > _BEHIND_REACH or self.cues[first][0] != "将":
            return False
        if self.text.startswith(_GOES_ON, self.at[first] + 1):
            return False
        return _PAUSE_OR_FIGURE.search(self.text, figure.end, self.at[first]) is None


def _plans(text: str, word: str, start: int, end: int, published: date | None) -> bool:
    """Whether a word of status says here what it says at large: 计划新建, but neither 西部计划 nor 按计划."""
    context = vocabulary.context
    if word in _INTENTS:
        return _intends(text, word, start, end)
    if word in _NOUNS_TOO and not (_begins(_FUTURES, text, end) or _WHEN.at(text, end)):
        ordered = word == "要求" and text[end : end + 1] in ("，", "：") and text.endswith(context("orders"), 0, start)
        if not ordered:
            return False
    if word in ("计划", "规划"):
        return _WORD.match(text, end) is not None and not (
            (text.endswith(context("before_no_plan"), 0, start) and not _of_year(text, start, end))
            or text.startswith(context("after_no_plan"), end)
            or (word == "规划" and text.startswith(context("after_no_layout"), end))
        )
    if word == "完成":
        return _fulfils(text, start, text[end : end + 2])
    if word in _NOUNS:
        before, after = _NOUNS[word]
        return not (text.endswith(before, 0, start) or text.startswith(after, end))
    if word in _AIMS:
        return _aims(text, word, start, end)
    if word == "将":
        reported = text[start - 1 : start] == "现"  # 现将有关情况通报如下
        return not reported and _begins(_FUTURES, text, end) and not _MADE_OF.match(text, end)
    if word.startswith("到20"):
        return text[start - 1 : start] not in ("止", "至") and not (published and int(word[1:5]) < published.year)
    if word[0] == "》":
        return text.endswith(context("plan_document"), 0, start)
    if word[0] == "要":  # 主要达标
        return not text.endswith(context("no_must"), 0, start)
    compared = _STATUSES.get(word) == "actual" and _COMPARED.at(text, start - 1)
    return not compared and (word not in _ESTIMATES or word in _STATUSES)


def _of_year(text: str, start: int, end: int) -> bool:
    """Whether a year's plan goes on with what it plans: 本年度计划新开工9项; not 按年度计划, 完成年度计划投资."""
    if not text.endswith(_OF_YEAR, 0, start) or not _begins(_FUTURES, text, end):
        return False
    start -= len(_OF_YEAR)
    while text[start - 1 : start].isdecimal():
        start -= 1
    start -= _WHEN.at(text, start - 1)
    return not text.endswith(vocabulary.context("before_no_plan"), 0, start)


def _titled(text: str, at: int) -> bool:
    """Whether what stands at ``at`` is in the title of a document: 《关于拟表扬优秀医生的公示》."""
    opened = text.rfind("《", max(0, at - _TITLE), at)
    return opened >= 0 and text.find("》", opened, at) < 0


def _aims(text: str, word: str, start: int, end: int) -> bool:
    """Whether the amount of an aim or task stands behind it: 目标达, 全年任务9户; not 完成全年任务9户."""
    if word == "目标":
        return text.startswith(vocabulary.context("aim"), end)
    if word == _PROMISED:
        return _KEPT.match(text, end) is None
    if word in plans.BUDGETS:
        return plans.budgets(text, end)
    if word in plans.CALLS:
        return plans.seeks(text, start, end)
    amount = text[end : end + 1]
    if word in (_TASK, _ANY_TASK):
        so_much = (_TASK_OF if word == _TASK else _SO_MUCH).match(text, end + (amount in _IS))
        return so_much is not None and not _TASK_DONE.search(text, max(0, start - _TASK_REACH), start)
    return (amount.isdecimal() or amount in _IS) and not text.endswith(vocabulary.context("before_no_plan"), 0, start)


def _fulfils(text: str, at: int, what: str) -> bool:
    """Whether 完成 reports on the plan that the sentence names before: 计划投资3亿元，完成投资2亿元."""
    low = max(0, at - _WINDOW)
    low = max(low, text.rfind("。", low, at), text.rfind("；", low, at))
    return plans.budgeted(text, low, at) or any(text.find(plan + what, low, at) >= 0 for plan in _PLANNED)


def _intends(text: str, word: str, start: int, end: int) -> bool:
    """Whether a verb of intent stands before a verb, or before a time or 把 with one behind: 要新建, 争取把; not
    主要建设, 每天要清运, 争取资金, 做好准备."""
    context = vocabulary.context
    if not (_begins(_INTENDED, text, end) or _YEAR.match(text, end)):
        return False
    if (word in _NOUN_BEHIND and text.startswith(context("no_intent"), end)) or text.endswith(
        context(_INTENTS[word]), 0, start
    ):
        return False
    clause = clause_start(text, 0, start)
    return all(text.find(habit, clause, start) < 0 for habit in _HABIT)
