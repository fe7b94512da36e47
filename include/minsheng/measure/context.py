"""Kind, direction and basis of a figure, from the words of its clause and sentence; where its clause begins.

``change`` is growth or decline (同比增长5.3%), ``share`` a part of a whole (办结率91.3%), ``level`` the
rest; 增长到 and 提高至 state the level reached. The words stand in the vocabulary.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, Literal

from minsheng import vocabulary
from minsheng.measure.characters import Characters
from minsheng.measure.figure import Figure
from minsheng.measure.seldom import Seldom

_CLAUSE: Final = tuple("，。；;,！？!?\n：:")
_REACH: Final = 120  # characters before a figure in which its clause may begin
_TO_LEVEL: Final = re.compile(r"(?:[至为成]|(?<!达)到)\s*\Z")
_WINDOW: Final = 40
_MINUS: Final = frozenset("-－−")
_BLANKS: Final = Characters(" \t　")
_PLUS: Final = frozenset("+＋")
_SPOKEN_MINUS: Final = vocabulary.context("spoken_minus")
_SIGNED: Final = Seldom(r"(?:\A|[^0-9０-９%％‰点万亿A-Za-z])[-－−+＋]\Z")  # -3.1 after a word, not 2-3.1


def _any(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


def _unbarred() -> str:
    """The words of change as alternatives, each not behind what makes another word of it (每升, 起降): their first
    characters first, so that ``re`` skips to one of those."""
    barred = vocabulary.pairs("change_words", "word", "not_after")
    found = vocabulary.words("change_words")
    return "|".join([w[0] + "".join([f"(?<!{b}{w[0]})" for b in barred[w].split("|") if b]) + w[1:] for w in found])


def _of_object() -> str:
    """The words of change that have an object, likewise, none of them the beginning of another word (压缩机)."""
    others, found = vocabulary.context("no_change"), vocabulary.words("change_words", object="yes")
    return "|".join([w[0] + "".join([f"(?!{o[1:]})" for o in others if o[0] == w[0]]) + w[1:] for w in found])


_CHANGES: Final = vocabulary.pairs("change_words", "word", "direction")
_CHANGE: Final = re.compile(  # with what may stand between a word of change and its number
    rf"({_unbarred()})(?:{_any(vocabulary.context('between_change'))}){{0,3}}\s?\Z"
)
_CHANGE_REACH: Final = max(map(len, _CHANGES)) + 9
_OF_WHOLE: Final = ("%", "[ppth]", "10*-4", "10*-5")  # of so many: a part of a whole
_OVER_OBJECT: Final = Seldom(  # a word of change with its object between it and the number: 减少碳排放3050吨
    rf"({_of_object()})[^，。；;、：:！？!?\n0-9]{{2,10}}\Z"
)
_RATES: Final = _any(tuple([w for w in vocabulary.words("change_words") if w[-1] in "幅速"]))
_RATE_BEHIND: Final = re.compile(  # the rate that a per cent is, named behind it or its list: 以12.9%、9%的增速
    rf"(?:[、和及与][0-9.]+%)*的({_RATES})"
)
_RATES_REACH: Final = 80  # characters of a list in which what its rates are of stands behind them
_LEADS: Final = Seldom(  # 以5.4%、4.6%位列前两名
    rf"(?:[、和及与][0-9.]+%)*(?:分别)?(?:{'|'.join(vocabulary.context('leads'))})"
)
_RATE_NAMED: Final = Seldom(  # 增速方面，甲县以6.5%领跑
    rf"({_RATES})(?!.*(?:{'|'.join(vocabulary.context('ratio'))}))[^。；\n]*\Z"
)
_BASES: Final = vocabulary.pairs("change_bases", "word", "basis")
_BASE_WORDS: Final = vocabulary.words("change_bases")
MEAN: Final = "two_year_average"  # of the rates of its own clause only
_BASIS: Final = re.compile(_any(_BASE_WORDS))
_OWN_KIND: Final = Seldom(_any(vocabulary.context("own_kind")))
_OTHER_BASE: Final = vocabulary.context("other_base")
_TURNED: Final = vocabulary.context("turned")  # two characters that say neither up nor down: 同比改善0.6%
_STOCKS: Final = vocabulary.context("stock")
_RATE_OF_PRICE: Final = vocabulary.context("rate_of_price")  # a per cent, but no part of a whole: 利率4.2%
_OF_OTHER_TIME: Final = Seldom(  # what is compared with an amount, no part of it: 恢复到2019年同期的118%
    r"(?:(?:恢复[到至]|相当于)(?:20[0-9]{2}年|同期|[去上]年)|(?:达到?|是|为)了?(?:[去上]年|同期))[^，。；\n]{0,12}的\Z"
)


def change(text: str, clause: int, figure: Figure) -> None:
    """Fill ``kind``, ``direction`` and ``basis`` of the figure whose clause begins at ``clause``."""
    if figure.counted or figure.grows:
        _headed(text, figure)
        return
    low = max(clause, figure.start - _CHANGE_REACH)
    before = text[low : figure.start]
    if figure.unit == "pp" and _is_gap(text, clause, figure.start):
        return
    part = figure.dimension == "ratio" and before[-1:] == "的" and figure.unit != "pp"  # 占增量的35%, 是去年增量的1.6倍
    hit = None if part else _change_before(text, clause, low, figure)
    more = _more(text, clause, figure.start, before) if hit is None else None
    if hit and (_names_rate(hit) or not _TO_LEVEL.search(text, max(clause, figure.start - 3), figure.start)):
        figure.kind, figure.direction = "change", _direction(_CHANGES[hit[1]])
    elif more and (figure.unit == "pp" or any([base.search(more[0]) for base in (_BASIS, _YEAR_BASE, _NO_TIME)])):
        figure.kind, figure.direction = "change", "up" if more[more.lastindex or 1] in "多高快" else "down"
    elif figure.unit == "%" and (rate := _rate_around(text, clause, figure)):
        figure.kind, figure.direction = "change", _direction(_CHANGES[rate])
    elif figure.unit == "pp":
        figure.kind = "change"
    elif figure.unit in _OF_WHOLE and not (part and _OF_OTHER_TIME.search(text, clause, figure.start)):
        priced = any([text.find(word, clause, figure.start) >= 0 for word in _RATE_OF_PRICE])
        figure.kind = "level" if priced else "share"
    if figure.kind == "level":
        return
    at = figure.number_start
    sign = text[at - 1 : at]
    signed = sign in _MINUS and _SIGNED.search(text, max(0, at - 2), at) is not None
    signed = signed or (sign == "负" and text.endswith(_SPOKEN_MINUS, 0, at))
    grown = sign in _PLUS and _SIGNED.search(text, max(0, at - 2), at) is not None
    turned = figure.kind == "share" and text.endswith(_TURNED, 0, at)
    named = at - 2 * turned - _BLANKS.at(text, at - 1)  # 同比 6.9%
    if figure.kind == "share" and (signed or grown or text.endswith(_BASE_WORDS, 0, named)):  # 同比-8.5%
        figure.kind, figure.direction = "change", None if turned else "up"
    if figure.kind == "change":
        new = hit is not None and text[hit.start() - 1 : hit.start()] == "新"
        figure.basis = _basis_before(text, clause, figure.start, new)
        if signed:
            figure.direction = "down" if figure.value >= 0 else None  # -1.2%至3.4%


def _headed(text: str, figure: Figure) -> None:
    """Kind, direction and basis of a rate of growth by the head of its column."""
    if figure.grows:
        figure.kind, figure.basis = "change", _BASES.get(figure.grows)
        figure.direction = "down" if text[figure.number_start - 1 : figure.number_start] in _MINUS else "up"


def _basis_before(text: str, clause: int, end: int, new: bool) -> str | None:
    """What the change before ``end`` is against; 比一季度 holds in its own clause, 同比 also in those behind, but for
    what is ``new`` (同比增长5%，新增30亿元)."""
    found = None
    low = max(0, end - _WINDOW) if not new and names_no_basis(text, clause, end) else clause
    for hit in _BASIS.finditer(text, low, end):
        basis = _BASES[hit[0]]
        far = hit[0][0] in "比较" or text.find("；", hit.end(), end) >= 0  # 环比 goes no further
        other = hit[0][0] in "比较" and basis not in _OF_YEAR  # 比年初新增3亿元。收入增长5%
        if other and _SENTENCE_END.search(text, hit.end(), clause):
            continue
        if hit.start() >= clause or not (basis == MEAN or (far and basis == "previous_period")):
            found = basis
    if found is None and _MONTHS.search(text, clause, end) is not None:
        return "previous_period"
    return found


_OF_YEAR: Final = ("same_period_last_year", "previous_year")
_SENTENCE_END: Final = Seldom(r"[。！？!?\n]")
_MONTHS: Final = re.compile("[比较][0-9]{1,2}(?:[—–～~至到-][0-9]{1,2})?月份?(?!同期|[0-9底末])")  # 比1—2月


def year_basis(text: str, clause: int, figure: Figure, published: date | None) -> str | None:
    """The year that the clause says a change is against: same_period_2019 (比2019年同期增长), year_2019 (比2019年增长;
    比前年增长 in 2021); the year before that of the figure has its own names."""
    low = max(clause, figure.start - _WINDOW)
    if text.find("年", low, figure.start) < 0:
        return None
    found = _YEAR_BASE.search(text, low, figure.start)
    if found is None:
        return None
    same, day = found[2] is not None, figure.period_end or figure.as_of or published
    year = int(found[1]) if found[1] else published and published.year - 2
    if year is None:
        return None
    if day is not None and year == day.year - 1:
        return "same_period_last_year" if same else "previous_year"
    return f"same_period_{year}" if same else f"year_{year}"


_YEAR_BASE: Final = Seldom(
    "[比较](?:((?:19|20)[0-9]{2})|前)年(同期)?(?![、和0-9一二三四五六七八九十前第初底末春夏秋冬]|上(?![升涨浮调])|下(?![降滑跌调浮挫]))"
)


def names_no_basis(text: str, clause: int, end: int) -> bool:
    """Whether a change before ``end`` says in its clause nothing that it could be against (比2019年增长)."""
    return all(text.find(word, clause, end) < 0 for word in _OTHER_BASE)


_NO_TIME: Final = Seldom(  # 比计划多3.2%, 较改造前多出700个; not 占比最高
    rf"[比较](?:[一-龥]{{0,4}}(?:{'|'.join(vocabulary.context('base_planned'))})|(?!以|[目之从此]前)[一-龥]{{2,6}}前)[多少高低快慢]"
)
_MORE: Final = Seldom(  # 比去年同期多1200人, 同比低0.12元, 比上年多完成300户
    r"(?:[同环]比|[比较][^，。；;！？\n]{1,14})(?:([高低快慢])|([多少])(?:(?!达)[一-龥]{1,2})?)了?\Z"
)


def _more(text: str, clause: int, end: int, before: str) -> re.Match[str] | None:
    """How much more the number at ``end`` tells: 比去年多1200人, 高于去年0.6元."""
    more = None
    if text.find("比", clause, end) >= 0 or text.find("较", clause, end) >= 0:
        more = _MORE.search(text, max(clause, end - _WINDOW), end)
    return _THAN.search(text, clause, end) if more is None and "于" in before else more


_THAN: Final = Seldom(r"([多少高低快慢])于(?:[去上]年(?:同期)?|上月|上周|常年)\Z")  # 高于去年0.6元
_OBJECT_REACH: Final = 14


def _change_before(text: str, clause: int, low: int, figure: Figure) -> re.Match[str] | None:
    """The word of change that the number ending the clause belongs to: right before it, or with its object between."""
    end = figure.start
    hit = _CHANGE.search(text, low, end)
    if hit and text[hit.start() - 1 : hit.start()] == "新" and not _adds(text, clause, hit.start(), figure):
        hit = None
    return hit or _OVER_OBJECT.search(text, max(clause, end - _OBJECT_REACH), end)


_GAP: Final = Seldom(r"(?:[高低]于|高出)[^，。；;！？\n年月季周日期]{1,16}\Z")
_RATIO: Final = Seldom(rf"(?:{'|'.join(vocabulary.context('ratio'))})[^。；\n]*\Z")
_GROWN: Final = frozenset("增快慢涨降升落跌缓")


def _is_gap(text: str, clause: int, end: int) -> bool:
    """Whether points before ``end`` part a ratio from another's: 覆盖率35%，高于全省2个百分点; not 增速高于全省."""
    if _GAP.search(text, max(clause, end - _WINDOW), end) is None:
        return False
    ratio = _RATIO.search(text, max(0, end - _WINDOW), end)
    return ratio is not None and _GROWN.isdisjoint(text[ratio.start() - 4 : end]) and not _BASIS.search(ratio[0])


_RATE_BEFORE: Final = Seldom(r"([增涨降跌升][速幅])[^，。；;\n0-9]{1,12}[，,]\Z")
_RATE_OF_OTHERS: Final = Seldom(  # 增速低于全国水平（5.5%）
    r"(?<![，,])([增涨降跌升][速幅])[^，。；\n0-9]{0,6}[高低快慢]于[^，。；\n0-9（(]{1,12}[（(]\Z"
)
_RATE_BESIDE: Final = Seldom(  # 增长7.9%，比全市平均水平（7.2%）高0.7个百分点
    r"([增涨降跌升][速幅]|增长|上涨|下降)[^。；\n]{0,40}[比较][^，。；\n0-9（(]{1,12}[（(]\Z"
)
_DEGREES: Final = tuple("高低快慢")
_THOSE: Final = "的有"
_RATES_OF_THOSE: Final = Seldom(  # 增速高于平均的有3个：甲县为6.1%、乙县（7.1%）
    rf"([增涨降跌升][速幅])[^，。；\n0-9]{{0,6}}[高低快慢]于[^，。；\n0-9（(]{{1,12}}的有"
    rf"(?!.*(?:{'|'.join(vocabulary.context('ratio'))}))[^。；\n]*\Z"
)
_RATE_MOVES: Final = Seldom(  # 增速回落至3.4%, 降幅由上月的3.1%收窄至2.2%
    rf"({_RATES})[^，。；\n]{{0,20}}(?:[由从][^，。；\n0-9]{{0,8}}|[一-龥]{{2}}[至到])\Z"
)
_MOVES: Final = ("由", "从", "至", "到")
_REACHING: Final = re.compile("(?:分别)?(?:约|仅|只|高)?(?:达到?了?|为|有)?")


def _rate_around(text: str, clause: int, figure: Figure) -> str:
    """The rate that a per cent is, named behind it (以12.9%的增速), in the clause before (增速高于全省，达9%), or
    where it moves (增速回落至3.4%)."""
    reach = figure.end + _RATES_REACH
    behind = _RATE_BEHIND.match(text, figure.end, reach)
    if behind is None and _REACHING.fullmatch(text, clause, figure.start):
        behind = _RATE_BEFORE.search(text, max(0, clause - _WINDOW), clause)
    if behind is None and text[figure.start - 1] == "以" and _LEADS.match(text, figure.end, reach):
        behind = _RATE_NAMED.search(text, max(0, figure.start - _WINDOW), figure.start)
    if behind is None and text[figure.start - 1] in "（(":
        behind = _RATE_OF_OTHERS.search(text, max(0, figure.start - _WINDOW), figure.start)
    if behind is None and text[figure.start - 1] in "（(" and text[figure.end + 1 : figure.end + 2] in _DEGREES:
        behind = _RATE_BESIDE.search(text, max(0, figure.start - _REACH), figure.start)
    if behind is None and text[figure.start - 1] in "（(为":
        low = max(0, figure.start - _REACH)
        if text.find(_THOSE, low, figure.start) >= 0:
            behind = _RATES_OF_THOSE.search(text, low, figure.start)
    if behind is None and any([text.find(word, clause, figure.start) >= 0 for word in _MOVES]):
        behind = _RATE_MOVES.search(text, clause, figure.start)
    return behind[1] if behind else ""


def _names_rate(hit: re.Match[str]) -> bool:
    """Whether the word of change names a rate, of which 为 states the value (增速为5%) and no level reached."""
    return hit[1][-1] in "速幅" or "目标" in hit[0] or "幅" in hit[0]


def _adds(text: str, clause: int, at: int, figure: Figure) -> bool:
    """Whether 新增, whose 增 is at ``at``, is a change: 较年初新增230家, or what adds to a stock of the sentence
    (贷款余额1.2万亿元，上半年新增300亿元); else it counts what is new (新增2000人)."""
    if _BASIS.search(text, max(clause, at - _OBJECT_REACH), at) is not None:
        return True
    if figure.dimension != "money" or at + 1 != figure.start:
        return False
    low = max(text.rfind("。", 0, at), text.rfind("\n", 0, at), at - _REACH, 0)
    return any([text.find(word, low, figure.start) >= 0 for word in _STOCKS])


def carry(text: str, before: Figure, figure: Figure) -> None:
    """Numbers joined by 、 or 和 share the verb: 分别增长86.5%、36.9% and 28.8% are three changes."""
    if before.kind == "level" and figure.kind == "share" and before.unit == figure.unit == "%":
        if text[before.end : figure.start] in _LINKS:  # 恢复到2019年同期的112%、98%
            figure.kind = "level"
        return
    if before.kind == "change" and figure.kind == "level" and before.unit != figure.unit:
        amounts = before.dimension not in _RELATIVE and figure.dimension not in _RELATIVE
        amounts = amounts or (before.unit, figure.unit) == ("%", _TIMES)  # 分别增长86%、1.2倍
        if amounts and text[before.end : figure.start] in _JOINED:  # 比上年减少2起、1人
            figure.kind, figure.basis, figure.direction = before.kind, before.basis, before.direction
        return
    silent = figure.unit == "pp" and figure.direction is None
    if before.kind == "change" and before.unit == figure.unit and (figure.kind != "change" or silent):
        gap = text[before.end : figure.start]
        if _BRACKETS.at(gap, 0) and figure.unit == "%" and _THEN.fullmatch(gap):
            figure.kind, figure.basis, figure.direction = before.kind, before.basis, figure.direction or "up"
            return
        if len(gap) <= 2 and gap in _LINKS:
            if gap in _APART and _NOUN.match(text, figure.end) is not None:
                return  # 增加了三成，近七成事项网上办
            if not (
                before.direction == "down" and text[before.number_start - 1 : before.number_start] in _MINUS
            ):  # 1.8%、-0.6%、4.3%
                figure.direction = before.direction
            figure.kind, figure.basis = before.kind, before.basis
            figure.direction = figure.direction or "up"
        elif _shares_unit(figure, gap) and len(gap) <= _MEMBER_REACH and _is_member(gap):
            figure.kind, figure.basis, figure.direction = before.kind, before.basis, before.direction
            figure.member = True


_BRACKETS: Final = Characters(("（", "("))
_THEN: Final = Seldom(
    "[（(](?:[去上前]年(?:同期|同月)?|20[0-9]{2}年(?:同期)?|同期|上季度|上月)(?:增长|增速)?[是为]?"
)  # growth before that
_MEMBER_REACH: Final = 18  # characters from one figure of a list to the next
_MEMBER: Final = Seldom("[，、；,;][一-龥A-Z]{2,}")
_OVER_OTHERS: Final = Seldom("[，,]?(?:增[速幅])?[远明显]{0,2}[快高低慢]于[^，。；]{1,12}[（(]")


def _shares_unit(figure: Figure, gap: str) -> bool:
    """Whether figures of this unit are of one list where no verb stands: rates, and what 、 parts (肥20吨、药3吨)."""
    return figure.unit in ("%", "pp") or (gap[:1] == "、" and figure.dimension != "count")


def _is_member(gap: str) -> bool:
    """Whether what stands between two figures only names what the second is of: 增长3%，第二产业5%, 快于全国（4%）."""
    if _OVER_OTHERS.fullmatch(gap):
        return True
    return _MEMBER.fullmatch(gap) is not None and _OWN_KIND.search(gap) is None


_TIMES: Final = "1"  # 倍
_JOINED: Final = frozenset({"", "、", "和", "及", "与"})
_RELATIVE: Final = ("ratio", "points")
_APART: Final = frozenset("，,；")
_NOUN: Final = Seldom("(?![和及与以的])[一-龥]")
_LINKS: Final = frozenset({"、", "和", "及", "与", "以及", "，", ",", "", "；", "个和"})


def _direction(word: str) -> Literal["up", "down"]:
    return "up" if word == "up" else "down"


def clause_start(text: str, sentence: int, at: int) -> int:
    """Where the clause around ``at`` begins: after the last comma, semicolon, colon or sentence end."""
    low = max(sentence, at - _REACH)
    for mark in _CLAUSE:  # the commonest first: the others are then looked for behind it only
        low = max(low, text.rfind(mark, low, at) + 1)
    return low
