"""Kind, direction, basis, status and estimation of a figure, from the words of its clause and sentence.

``change`` is growth or decline (同比增长5.3%), ``share`` a part of a whole (办结率91.3%), ``level`` the
rest; 增长到 and 提高至 state the level reached. The words stand in the vocabulary.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import date
from typing import Final, Literal

from minsheng import vocabulary
from minsheng.contracts import Status
from minsheng.measure import plans
from minsheng.measure.figure import Figure

_CLAUSE: Final = tuple("，。；;,！？!?\n：:")
_REACH: Final = 120  # characters before a figure in which its clause may begin
_TO_LEVEL: Final = re.compile(r"(?:[至为成]|(?<!达)到)\s*\Z")
_WINDOW: Final = 40
_MINUS: Final = frozenset("-－−")
_PLUS: Final = frozenset("+＋")
_SPOKEN_MINUS: Final = vocabulary.context("spoken_minus")
_SIGNED: Final = re.compile(r"(?:\A|[^0-9０-９%％‰点万亿A-Za-z])[-－−+＋]\Z")  # -3.1 after a word, not 2-3.1


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


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
_WHEN: Final = frozenset("0123456789用今明本")
_YEAR: Final = re.compile("“?(?:20[0-9]{2}年|十[四五六七]五)")
_WORD: Final = re.compile("[一-龥0-9]|“十")  # no punctuation, no closing quote


def _unbarred() -> str:
    """The words of change as alternatives, each not behind what makes another word of it (每升, 起降)."""
    barred = vocabulary.pairs("change_words", "word", "not_after")
    found = vocabulary.words("change_words")
    return "|".join(
        ["".join([f"(?<!{re.escape(b)})" for b in barred[w].split("|") if b]) + re.escape(w) for w in found]
    )


_CHANGES: Final = vocabulary.pairs("change_words", "word", "direction")
_CHANGE: Final = re.compile(  # with what may stand between a word of change and its number
    rf"({_unbarred()})(?:{_any(vocabulary.context('between_change'))}){{0,3}}\s?\Z"
)
_CHANGE_REACH: Final = max(map(len, _CHANGES)) + 9
_OF_WHOLE: Final = ("%", "[ppth]", "10*-4", "10*-5")  # of so many: a part of a whole
_CHANGE_FIRSTS: Final = frozenset(word[0] for word in _CHANGES)
_OBJECT_FIRSTS: Final = frozenset(word[0] for word in vocabulary.words("change_words", object="yes"))
_OVER_OBJECT: Final = re.compile(  # a word of change with its object between it and the number: 减少碳排放3050吨
    rf"(?!{_any(vocabulary.context('no_change'))})"
    rf"({_any(vocabulary.words('change_words', object='yes'))})[^，。；;、：:！？!?\n0-9]{{2,10}}\Z"
)
_RATE_BEHIND: Final = re.compile(  # the rate that a per cent is, named behind it: 以12.9%的增速
    rf"的({_any(tuple([w for w in vocabulary.words('change_words') if w[-1] in '幅速']))})"
)
_BASES: Final = vocabulary.pairs("change_bases", "word", "basis")
_BASE_WORDS: Final = vocabulary.words("change_bases")
_BASIS: Final = re.compile(_any(_BASE_WORDS))
_OWN_KIND: Final = re.compile(_any(vocabulary.context("own_kind")))
_STATUSES: Final = vocabulary.pairs("status_words", "word", "status")
_ESTIMATES: Final = frozenset(vocabulary.words("estimate_words"))
_CUES: Final = [
    *{*_STATUSES, *_ESTIMATES, *_INTENTS, *_NOUNS_TOO, "将"},
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
_OTHER_BASE: Final = vocabulary.context("other_base")
_HABIT: Final = vocabulary.context("habit")


def change(text: str, clause: int, figure: Figure) -> None:
    """Fill ``kind``, ``direction`` and ``basis`` of the figure whose clause begins at ``clause``."""
    if figure.counted or figure.grows:
        _headed(text, figure)
        return
    low = max(clause, figure.start - _CHANGE_REACH)
    before = text[low : figure.start]
    hit = None if _CHANGE_FIRSTS.isdisjoint(before) else _change_before(text, clause, low, figure.start)
    more = _more(text, clause, figure.start, before) if hit is None else None
    if hit and (_names_rate(hit) or not _TO_LEVEL.search(text, max(clause, figure.start - 3), figure.start)):
        figure.kind, figure.direction = "change", _direction(_CHANGES[hit[1]])
    elif more and (figure.unit == "pp" or _BASIS.search(more[0])):
        figure.kind, figure.direction = "change", "up" if more[1] in "多高快" else "down"
    elif figure.unit == "%" and (rate := _rate_around(text, clause, figure)):
        figure.kind, figure.direction = "change", _direction(_CHANGES[rate])
    elif figure.unit == "pp":
        figure.kind = "change"
    elif figure.unit in _OF_WHOLE:
        figure.kind = "share"
    if figure.kind == "level":
        return
    at = figure.number_start
    sign = text[at - 1 : at]
    signed = sign in _MINUS and _SIGNED.search(text, max(0, at - 2), at) is not None
    signed = signed or (sign == "负" and text.endswith(_SPOKEN_MINUS, 0, at))
    grown = sign in _PLUS and _SIGNED.search(text, max(0, at - 2), at) is not None
    if figure.kind == "share" and (signed or grown or text.endswith(_BASE_WORDS, 0, at)):  # in tables: 同比-8.5%
        figure.kind, figure.direction = "change", "up"
    if figure.kind == "change":
        figure.basis = _basis_before(text, clause, figure.start)
        if signed:
            figure.direction = "down"


def _headed(text: str, figure: Figure) -> None:
    """Kind, direction and basis of a rate of growth by the head of its column."""
    if figure.grows:
        figure.kind, figure.basis = "change", _BASES.get(figure.grows)
        figure.direction = "down" if text[figure.number_start - 1 : figure.number_start] in _MINUS else "up"


def _basis_before(text: str, clause: int, end: int) -> str | None:
    """What the change before ``end`` is against; 比一季度 holds in its own clause, 同比 also in those behind."""
    found = None
    low = max(0, end - _WINDOW) if names_no_basis(text, clause, end) else clause
    for hit in _BASIS.finditer(text, low, end):
        if hit.start() >= clause or not (hit[0][0] in "比较" and _BASES[hit[0]] == "previous_period"):
            found = _BASES[hit[0]]
    if found is None and _MONTHS.search(text, clause, end) is not None:
        return "previous_period"
    return found


_MONTHS: Final = re.compile("[比较][0-9]{1,2}(?:[—–～~至到-][0-9]{1,2})?月份?(?!同期|[0-9底末])")  # 比1—2月


def names_no_basis(text: str, clause: int, end: int) -> bool:
    """Whether a change before ``end`` says in its clause nothing that it could be against (比2019年增长)."""
    return all(text.find(word, clause, end) < 0 for word in _OTHER_BASE)


_MORE: Final = re.compile(  # 比去年同期多1200人, 同比低0.12元
    r"(?:[同环]比|[比较][^，。；;！？\n]{1,14})([多少高低快慢])了?\Z"
)


def _more(text: str, clause: int, end: int, before: str) -> re.Match[str] | None:
    """How much more the number at ``end`` tells: 比去年多1200人, 高于去年0.6元."""
    more = None
    if "比" in before or "较" in before:
        more = _MORE.search(text, max(clause, end - _WINDOW), end)
    return _THAN.search(text, clause, end) if more is None and "于" in before else more


_THAN: Final = re.compile(r"([多少高低快慢])于(?:[去上]年(?:同期)?|上月|上周|常年)\Z")  # 高于去年0.6元
_OBJECT_REACH: Final = 14


def _change_before(text: str, clause: int, low: int, end: int) -> re.Match[str] | None:
    """The word of change that the number ending the clause belongs to: right before it, or with its object between."""
    hit = _CHANGE.search(text, low, end)
    if hit and text[hit.start() - 1 : hit.start()] == "新" and not _since_basis(text, clause, hit.start()):
        hit = None  # 新增2000人 counts what is new; 较年初新增230家 is a change
    low = max(clause, end - _OBJECT_REACH)
    if hit or _OBJECT_FIRSTS.isdisjoint(text[low:end]):
        return hit
    return _OVER_OBJECT.search(text, low, end)


_RATE_BEFORE: Final = re.compile(r"([增涨降跌升][速幅])[^，。；;\n0-9]{1,12}[，,]\Z")
_RATE_OF_OTHERS: Final = re.compile(  # 增速低于全国水平（5.5%）
    r"(?<![，,])([增涨降跌升][速幅])[^，。；\n0-9]{0,6}[高低快慢]于[^，。；\n0-9（(]{1,12}[（(]\Z"
)
_REACHING: Final = re.compile("(?:分别)?(?:约|仅|只|高)?(?:达到?了?|为|有)?")


def _rate_around(text: str, clause: int, figure: Figure) -> str:
    """The rate that a per cent is, named behind it (以12.9%的增速) or in the clause before (增速高于全省，达9%)."""
    behind = _RATE_BEHIND.match(text, figure.end)
    if behind is None and _REACHING.fullmatch(text, clause, figure.start):
        behind = _RATE_BEFORE.search(text, max(0, clause - _WINDOW), clause)
    if behind is None and text[figure.start - 1] in "（(":
        behind = _RATE_OF_OTHERS.search(text, max(0, figure.start - _WINDOW), figure.start)
    return behind[1] if behind else ""


def _names_rate(hit: re.Match[str]) -> bool:
    """Whether the word of change names a rate, of which 为 states the value (增速为5%) and no level reached."""
    return hit[1][-1] in "速幅" or "目标" in hit[0] or "幅" in hit[0]


def _since_basis(text: str, clause: int, at: int) -> bool:
    return _BASIS.search(text, max(clause, at - _OBJECT_REACH), at) is not None


def carry(text: str, before: Figure, figure: Figure) -> None:
    """Numbers joined by 、 or 和 share the verb: 分别增长86.5%、36.9% and 28.8% are three changes."""
    silent = figure.unit == "pp" and figure.direction is None
    if before.kind == "change" and before.unit == figure.unit and (figure.kind != "change" or silent):
        gap = text[before.end : figure.start]
        if len(gap) <= 2 and gap in _LINKS:
            if not (
                before.direction == "down" and text[before.number_start - 1 : before.number_start] in _MINUS
            ):  # 1.8%、-0.6%、4.3%
                figure.direction = before.direction
            figure.kind, figure.basis = before.kind, before.basis
            figure.direction = figure.direction or "up"
        elif _shares_unit(figure, gap) and len(gap) <= _MEMBER_REACH and _is_member(gap):
            figure.kind, figure.basis, figure.direction = before.kind, before.basis, before.direction
            figure.member = True


_MEMBER_REACH: Final = 18  # characters from one figure of a list to the next
_MEMBER: Final = re.compile("[，、；,;][一-龥A-Z]{2,}")
_OVER_OTHERS: Final = re.compile("[，,]?(?:增[速幅])?[远明显]{0,2}[快高低慢]于[^，。；]{1,12}[（(]")


def _shares_unit(figure: Figure, gap: str) -> bool:
    """Whether figures of this unit are of one list where no verb stands: rates, and what 、 parts (肥20吨、药3吨)."""
    return figure.unit in ("%", "pp") or (gap[:1] == "、" and figure.dimension != "count")


def _is_member(gap: str) -> bool:
    """Whether what stands between two figures only names what the second is of: 增长3%，第二产业5%, 快于全国（4%）."""
    if _OVER_OTHERS.fullmatch(gap):
        return True
    return _MEMBER.fullmatch(gap) is not None and _OWN_KIND.search(gap) is None


_LINKS: Final = frozenset({"、", "和", "及", "与", "以及", "，", ",", "", "；", "个和"})


def _direction(word: str) -> Literal["up", "down"]:
    return "up" if word == "up" else "down"


_TASKS: Final = ("全年任务", "年度任务")
_AIMS: Final = ("目标", *_TASKS, *plans.BUDGETS, *plans.CALLS)
_COMPARED: Final = frozenset("比较与")  # 比去年增加 reports nothing of last year
_IS: Final = frozenset("是为")
_CLAUSE_ONLY: Final = ("确保", "要求", "务求", *_TASKS)  # no plan once the clause has ended
_NOUNS: Final = {  # words of intent, and what stands before and behind them where they are nouns (预期寿命)
    "要求": (vocabulary.context("no_order"), ()),
    "预期": (vocabulary.context("before_no_forecast"), vocabulary.context("after_no_forecast")),
    "未来": (vocabulary.context("before_no_future"), vocabulary.context("after_no_future")),
}
_DEALT: Final = vocabulary.context("dealt")
_NORMS: Final = ("at_least", "at_most")
_FORBIDS: Final = vocabulary.context("forbids")
_PLANNED: Final = ("计划", "计划总")
_COMMAS: Final = frozenset("，,")
_BEHIND_REACH: Final = 8  # characters of a subject between its count and 将: 8个展览也将展出
_PAUSE_OR_FIGURE: Final = re.compile(r"[，。；;,！？!?\n：:、0-9]")


class Statuses:
    """Tells reported figures of a text from planned ones, by the words of status in their sentences."""

    def __init__(self, text: str, published: date | None = None) -> None:
        self.text = text
        self.at: list[int] = []
        self.cues: list[tuple[str, Status]] = []
        self.estimates: list[tuple[int, bool]] = []  # where they stand, and whether a comma follows
        for number, start, end in _CUE_FINDER.find_matches_as_indexes(text):
            word = _CUES[number]
            if word in _ESTIMATES:
                self.estimates.append((start, text[end : end + 1] in _COMMAS))
            if _plans(text, word, start, end, published):
                self.at.append(start)
                self.cues.append((word, "actual" if _STATUSES.get(word) == "actual" else "target"))

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
            if self.at[i] >= clause or word not in _CLAUSE_ONLY:
                figure.status = status
                break
        else:
            i = -1
        if i >= 0 and self.at[i] < clause and self.cues[i][0].startswith("规划") and self._dealt(figure, self.at[i]):
            figure.status = "actual"
        if figure.status == "actual" and (i < 0 or self.at[i] < clause) and self._planned_behind(figure, first):
            figure.status = "target"
        if plans.to_fulfil(self.text, figure.start, figure.end):
            figure.status = "target"
        if figure.bound in _NORMS and self.text.startswith(_FORBIDS, figure.start):
            figure.status = "target"  # 误差不得高于5克
        if self.estimates:
            forecast = i >= 0 and figure.status == "target" and self.cues[i][0] in _ESTIMATES
            forecast = forecast and self.text.find("；", self.at[i], figure.start) < 0
            figure.estimated = forecast or self._estimated(figure.start, sentence, clause)

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
        if self.at[i] < start:
            return _PAUSE_OR_FIGURE.search(self.text, self.at[i], start) is None
        at += self.text[at : at + 1] in _COMMAS
        return _PAUSE_OR_FIGURE.search(self.text, at, self.at[i]) is None

    def _planned_behind(self, figure: Figure, first: int) -> bool:
        """Whether what the figure counts is the subject of a plan: 8个展览将在9月展出."""
        if first == len(self.at) or self.at[first] - figure.end > _BEHIND_REACH or self.cues[first][0] != "将":
            return False
        return _PAUSE_OR_FIGURE.search(self.text, figure.end, self.at[first]) is None


def _plans(text: str, word: str, start: int, end: int, published: date | None) -> bool:
    """Whether a word of status says here what it says at large: 计划新建, but neither 西部计划 nor 按计划."""
    context = vocabulary.context
    if word in _INTENTS:
        return _intends(text, word, start, end)
    if word in _NOUNS_TOO and not (_begins(_FUTURES, text, end) or text[end : end + 1] in _WHEN):
        ordered = word == "要求" and text[end : end + 1] in ("，", "：") and text.endswith(context("orders"), 0, start)
        if not ordered:
            return False
    if word in ("计划", "规划"):
        return _WORD.match(text, end) is not None and not (
            text.endswith(context("before_no_plan"), 0, start)
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
    compared = _STATUSES.get(word) == "actual" and text[start - 1 : start] in _COMPARED
    return not compared and (word not in _ESTIMATES or word in _STATUSES)


def _aims(text: str, word: str, start: int, end: int) -> bool:
    """Whether the amount of an aim or task stands behind it: 目标达, 全年任务9户; not 完成全年任务9户."""
    if word == "目标":
        return text.startswith(vocabulary.context("aim"), end)
    if word in plans.BUDGETS:
        return plans.budgets(text, end)
    if word in plans.CALLS:
        return plans.seeks(text, start, end)
    amount = text[end : end + 1]
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


def clause_start(text: str, sentence: int, at: int) -> int:
    """Where the clause around ``at`` begins: after the last comma, semicolon, colon or sentence end."""
    low = max(sentence, at - _REACH)
    for mark in _CLAUSE:  # the commonest first: the others are then looked for behind it only
        low = max(low, text.rfind(mark, low, at) + 1)
    return low
