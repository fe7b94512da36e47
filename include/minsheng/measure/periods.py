"""Time phrases: what kind each is and how far it holds; `periods_phrases.py` finds them, `periods_days.py` reads their
days.

A phrase holds for the figures behind it up to the end of its sentence. The words stand in `time_words.csv`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure.characters import Characters
from minsheng.measure.periods_days import YEAR, days
from minsheng.measure.periods_phrases import DIGITS, all_hits, phrases_in
from minsheng.measure.places_scopes import parenthesis
from minsheng.measure.seldom import Seldom

_COMPARED: Final = frozenset("比较于与同")  # 比一季度加快: what is compared with, not when
_ON: Final = Characters("将已定拟划别并可，,")  # 将于9月举办 says when, 高于9月 and 成立于2017年 do not
_NUMBERS: Final = Characters(DIGITS)
_COMMAS: Final = Characters("，,")
_BEGINS: Final = frozenset("自从")
_FROM: Final = frozenset("由从")
_CLOSED: Final = frozenset("）)")
_OR: Final = frozenset("和、及或")
_COMES: Final = Characters("自到了访我此这华的客电信")  # 今年来自省外的, no 今年来
_TILL_NOW: Final = 10  # characters behind a time in which 至今 may stand
_SPAN: Final = Seldom("[至到—–~～-]")
_TO_THEN: Final = frozenset("的至到—-起前、和")  # behind 自2020年: no beginning that lasts
_SINCE: Final = Seldom(r"[^\W\d_]{0,8}?至今")
_REPORTED: Final = re.compile(  # the day of the news, not of what it tells: 8月5日讯, 8日，记者从市教育局获悉
    r"(?:上午|下午|晚)?(?:[电讯]|消息|报道|，?[^\W\d_]{0,8}?记者|，?从[^，。；]{2,26}?(?:获悉|了解到|得知))"
)
_ANNOUNCED: Final = re.compile(  # nor the day of a paper: 8月8日，县政府印发《方案》, 县长8日介绍，
    rf"，?[^，,。；：《》\n0-9]{{0,30}}?(?:(?:{'|'.join(vocabulary.context('announces'))})(?:了|的)?[^，。；：\n]{{0,20}}?"
    rf"(?:《|{'|'.join(vocabulary.context('announced'))})|(?:{'|'.join(vocabulary.context('tells'))})[，：:说称]|新闻发布会[，上])"
)
_OLD: Final = Seldom(  # how old a thing is, not when what follows was: 1986年出土的文物迁入新馆，
    rf"[^\W\d_]{{0,10}}?(?:{'|'.join((*vocabulary.context('announces'), *vocabulary.context('dates_thing')))})的"
)
_OLD_REACH: Final = 13  # characters behind a time that it may match
_BESIDES_REACH: Final = 20  # characters before a time in which 除了 may stand
_BESIDES_END: Final = Seldom("[^，。；\n]{0,30}?(?:外|，[还另也仍])")
_RECORD: Final = Seldom("的?(?:同期|历史)?(?:[最新首]|第[一二三])(?!设|增|建|收|批)")  # 1925年以来最高值
_AGAINST: Final = Seldom("(?:同期)?(?:相[比较])?，")
_OF_BASE: Final = Seldom(
    r"[^\W\d_]{0,10}?的(?:将近|近|约|超过|超)?[0-9.一二两三四五六七八九十百]{1,6}(?:倍|%|％|成|分之)"
)
_SHARE_REACH: Final = 6  # characters before 全年 in which 占 may stand
_AGE: Final = "岁"
_AGE_REACH: Final = 8  # characters behind a year in which an age ends
_AGED: Final = re.compile(  # how old somebody is, not when what follows was: 今年48岁，
    "(?:刚刚?|已经?|正好|才|年?满|将?近)?(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})多?岁(?![以及至到—–-])"
)
_AMOUNT_OF: Final = re.compile(  # the figure that something is compared with: 比去年同期的3亿元增长, 较去年（3亿元）多
    "(?:同期)?(?:的(?:将近|近|约|超过|超)?[0-9一二三四五六七八九十两百千]|(?:均值|平均值?)?[（(]约?[0-9](?![0-9]{3}年))"
)
SAME_PERIOD: Final = "同期"
_OF_OLD: Final = ("往年", SAME_PERIOD)
_STATES: Final = Characters("为是的有达")  # 去年底为3万套；今年交付: the time ends where the part of the sentence does
_PARTS: Final = "；"
_PAUSE: Final = Seldom("[，。；：\n]")
_OPENS: Final = frozenset(("", *"，。；：、\n　 "))
_DATES: Final = ("day", "date", "today")
_BASE_BEHIND: Final = vocabulary.context("base_behind")
_BASE_BEFORE: Final = vocabulary.context("base_before")
_BASE_OF: Final = vocabulary.context("base_of")
_JANUARY: Final = "年初"
_SET_THEN: Final = vocabulary.context("set_then")
_COMPARED_YEAR: Final = vocabulary.context("compared_year")
_NO_DEADLINE: Final = vocabulary.context("no_deadline")
_NO_ONSET: Final = vocabulary.context("no_onset")
_ONSET_REACH: Final = 9  # characters behind a year in which 后 may end its phrase
_ONSET: Final = Seldom(r"[^\W\d_]{0,8}?后")  # 2021年复航后，
_SAME_DAY: Final = ("同日", "同一天")
_SAME_YEAR: Final = ("同年", "当年")
_EARLY: Final = "提前"
_LAST: Final = ("上年", "上月")
_NUMBERED_YEAR: Final = Seldom("((?:19|20)[0-9]{2})年")
_NUMBERED_MONTH: Final = Seldom("(?:((?:19|20)[0-9]{2})年)?([0-9]{1,2})月(?:份|[末底])?\\Z")
_YEARLESS: Final = frozenset(("half", "quarter", "months", "month", "day", "full"))
_PARTS_OF_YEAR: Final = frozenset(("half", "quarter", "months"))  # alone mostly of this year: 去年获批，上半年出口9辆
_YEARS: Final = frozenset((*_PARTS_OF_YEAR, "month", "day", "year"))
_ANY_DAY: Final = date(2000, 12, 31)  # to compare days with one another
_TASKS: Final = vocabulary.context("task")
_PAST_YEARS: Final = ("去年", "上年", "前年")
_YEAR_REACH: Final = 200  # characters before 同年 in which its year may be named
_TAKES_PLACE: Final = Seldom(  # what is held on a day named before it: 8月10日，2023年运动会在甲县开幕
    rf"[^，。；：\n]{{2,40}}(?:{'|'.join(vocabulary.context('takes_place'))})(?=[，。；\n])"
)


class Mark(NamedTuple):
    """A time phrase where it stands; ``kind`` says how its days are counted, ``begins`` whether 自 stands before it,
    ``once`` whether it holds for the next figure only (从去年的27%提升到34%), ``until`` where the parenthesis or part
    of the sentence ends that it holds in (0: none), ``means`` the phrase with its year where 同年 or no word stands for
    one."""

    at: int
    phrase: str
    kind: str
    begins: bool = False
    once: bool = False
    until: int = 0
    means: str = ""


def find(text: str, sentence: tuple[int, int]) -> list[Mark]:
    """The time phrases of one sentence, in order."""
    first, last = sentence
    hits = all_hits(text, sentence)
    enclosed = text.find("（", first, last) >= 0 or text.find("(", first, last) >= 0
    marks: list[Mark] = []
    base = -1  # where the last phrase ends that is only compared with
    for hit in hits:
        kind, at, end = _KINDS.get(hit.lastgroup or "", hit.lastgroup or ""), hit.start(), hit.end()
        before = text[at - 1 : at]
        if kind == "same":
            if hit[0] in _SAME_DAY and (day := _same_day(text, hit)):
                marks.append(day)
            continue
        compared = before in _COMPARED and not (before == "于" and (kind == "date" or _ON.at(text, at - 2)))
        amount = (compared or kind == "by") and _AMOUNT_OF.match(text, end) is not None
        if (compared and not amount) or _is_base(text, first, hit, kind) or (at - base == 1 and before in _OR):
            base = end
            continue
        told = kind in _DATES and (before == "者" or _told(text, end))
        early = text.endswith(_EARLY, 0, at + (hit[0][0] == "前"))  # 提前一个月, 提前两年
        if told or early or (kind == "year" and _aged(text, end)):
            continue
        if kind in ("year", "half") and marks and marks[-1].kind == "day" and _TAKES_PLACE.match(text, end):
            continue
        if kind == "by" and amount:  # 下降到2023年的33
            kind, at = "year", at + 1
        after = text[end : end + 1]
        means = _meant(text, sentence[0], hit, kind, marks)
        kind = "month" if means and kind == "relative" else kind  # 上月
        if hit[0][0] == "同" and not means:
            continue
        own = before == "自"  # is of the phrase where that goes on until now: 自2020年3月, 自8月2日起
        if till := _till_now(text, hit, kind, before, after):
            marks.append(Mark(at - own, text[at - own : till], "since", before in _BEGINS))
            continue
        until = parenthesis(text, at) if enclosed and after not in _CLOSED else 0
        until = until or _part(text, hit[0], end, last) or _of_thing(text, hit[0], end)
        once = (amount and compared) or (after == "的" and before in _FROM) or _said_once(text, end, kind)
        if edge := _edge(text, end, kind, after):
            kind, means, end = "before" if after == "前" else "from", means and means + text[end:edge], edge
        elif marks and kind in _YEARLESS and not means:
            means = _of_year(hit[0], kind, marks[-1])
        at -= own and text[end - 1] == "起"
        marks.append(Mark(at, text[at:end], kind, before in _BEGINS, once, until, means))
    return marks


def _told(text: str, end: int) -> bool:
    """Whether the day that ends there is that of the news or of a paper."""
    return _REPORTED.match(text, end) is not None or _ANNOUNCED.match(text, end) is not None


def _aged(text: str, end: int) -> bool:
    """Whether the year that ends there only says when somebody is so old: 今年48岁."""
    return text.find(_AGE, end, end + _AGE_REACH) >= 0 and _AGED.match(text, end) is not None


def base(text: str, first: int, at: int) -> Mark | None:
    """The last time between ``first`` and ``at`` that all behind it is compared with: 与2020年相比，, 较2020年底，."""
    for hit in reversed(phrases_in(text, first, at)):
        start, end = hit.span()
        if start > first and text[start - 1] in _COMPARED and _AGAINST.match(text, end):
            return Mark(start, hit[0], _KINDS.get(hit.lastgroup or "", hit.lastgroup or ""))
    return None


def _same_day(text: str, hit: re.Match[str]) -> Mark | None:
    """同日 as the day that it stands for, the last time that is named before it in its paragraph."""
    at = hit.start()
    low = max(0, at - _YEAR_REACH)
    named = [h for h in phrases_in(text, max(low, text.rfind("\n", low, at)), at) if h.lastgroup != "same"]
    kind = named[-1].lastgroup if named else ""
    return Mark(at, hit[0], kind, means=named[-1][0]) if kind and kind in _DATES else None


def _said_once(text: str, end: int, kind: str) -> bool:
    """Whether the time that ends there is named for one figure only: 去年同期为3亿元, 31日10时至11时9毫米, 往年9元."""
    if kind == "date":
        return _NUMBERS.at(text, end)
    if kind == "vague":
        return text.endswith(_OF_OLD, 0, end)
    return text.startswith(SAME_PERIOD, end) and not _COMMAS.at(text, end + 2)


def _part(text: str, phrase: str, end: int, last: int) -> int:
    """Where the part of the sentence ends in which a past year is only mentioned: 去年底为3万套；; else 0."""
    if phrase[:2] not in _PAST_YEARS or not _STATES.at(text, end):
        return 0
    return max(0, text.find(_PARTS, end, last))


def _of_thing(text: str, phrase: str, end: int) -> int:
    """Where the clause ends in which a year only says how old a thing is: 1986年出土的文物迁入新馆，; else 0."""
    if phrase[0] not in DIGITS or text.find("的", end, end + _OLD_REACH) < 0 or not _OLD.match(text, end):
        return 0
    pause = _PAUSE.search(text, end)
    return pause.start() if pause else 0


def _meant(text: str, sentence: int, hit: re.Match[str], kind: str, marks: list[Mark]) -> str:
    """The phrase with its year where another word stands for that: 同年, 上年 behind a time of ``marks``; 全年任务 is
    that of this year."""
    if marks and hit[0].startswith(_LAST):
        return before_that(hit[0], marks[-1].means or marks[-1].phrase)
    if hit[0].startswith(_SAME_YEAR):
        return _in_same_year(text, sentence, hit)
    return "今年" if kind == "full" and text.startswith(_TASKS, hit.end()) else ""


def _in_same_year(text: str, sentence: int, hit: re.Match[str]) -> str:
    """The phrase with the year that 同年 or 当年 stands for, the last that is named before it (for 当年 in its
    sentence), or nothing where none is."""
    at = hit.start()
    found = ""
    for named in YEAR.finditer(text, max(0, at - _YEAR_REACH) if hit[0][0] == "同" else sentence, at):
        if named[0] not in _SAME_YEAR and text[named.start() - 1 : named.start()] not in _COMPARED:
            found = named[0]
    return found and found + hit[0][len(_SAME_YEAR[0]) :]


def _of_year(phrase: str, kind: str, last: Mark) -> str:
    """The phrase with the year of the ``last`` time before it (2022年招聘47人，6月底39人), or nothing: a half-year or a
    quarter goes on only from another (去年一季度3人，二季度5人), and none goes back behind what it goes on from."""
    if last.kind not in (_PARTS_OF_YEAR if kind in _PARTS_OF_YEAR else _YEARS) or last.until or last.once:
        return ""
    named = last.means or last.phrase
    year = YEAR.match(named)
    if year is None or phrase[-1] == "前" or YEAR.search(phrase):
        return ""
    phrase = year[0] + phrase
    before, after = days(named, last.kind, _ANY_DAY), days(phrase, kind, _ANY_DAY)
    begun, end = before.start or before.as_of, after.end or after.as_of
    return phrase if begun and end and begun <= end else ""


def before_that(phrase: str, named: str) -> str:
    """上年 and 上月 with the year or month that they stand for where a time is ``named``: those before 2021年, before
    9月份; empty where it is named by no number."""
    if phrase[1] == "年":
        year = _NUMBERED_YEAR.match(named)
        return f"{int(year[1]) - 1}年{phrase[2:]}" if year else ""
    hit = _NUMBERED_MONTH.match(named)
    if hit is None:
        return ""
    month = int(hit[2])
    of_year = f"{int(hit[1]) - (month == 1)}年" if hit[1] else ""
    return f"{of_year}{(month - 2) % 12 + 1}月"


def _edge(text: str, end: int, kind: str, after: str) -> int:
    """Where the phrase ends if the month or year only bounds a time: 5月前, 2026年起, 2021年复航后; else 0."""
    if kind not in ("month", "year", "season"):
        return 0
    if after == "前":
        return 0 if text.startswith(_NO_DEADLINE, end + 1) else end + 1
    if after == "起":
        return 0 if text.startswith(_NO_ONSET, end + 1) else end + 1
    if text[end - 1] != "年" or text.find("后", end, end + _ONSET_REACH) < 0:
        return 0
    onset = _ONSET.match(text, end)
    return onset.end() if onset and _COMMAS.at(text, onset.end()) else 0


def _till_now(text: str, hit: re.Match[str], kind: str, before: str, after: str) -> int:
    """Where the phrase ends if what it names only began then: 2016年启动至今, 4月底以来, 自3月8日; else 0."""
    end = hit.end()
    if after == "来" and kind == "year" and hit[0] == "今年" and not _COMES.at(text, end + 1):
        return end + 1
    if text.find("至今", end, end + _TILL_NOW) >= 0 and (till := _SINCE.match(text, end)):
        return till.end()
    if kind not in ("day", "month", "year"):
        return 0
    if after == "以" and text[end + 1 : end + 2] == "来":
        return end + 2
    return end if before == "自" and after not in _TO_THEN and not _SPAN.search(hit[0]) else 0


def _besides(text: str, first: int, at: int, end: int) -> bool:
    """Whether a time is of what is excepted: 除了1986年出土的文物外，还展出60件."""
    except_at = text.rfind("除", max(first, at - _BESIDES_REACH), at)
    if except_at < 0 or not (text.startswith("除了", except_at) or text[except_at - 1 : except_at] in _OPENS):
        return False
    return _PAUSE.search(text, except_at, at) is None and _BESIDES_END.match(text, end) is not None


def _is_base(text: str, sentence: int, hit: re.Match[str], kind: str) -> bool:
    """Whether a phrase only names what the figure behind is compared with or added to: 是2019年的1.3倍."""
    at, end = hit.start(), hit.end()
    if text.startswith(_BASE_BEHIND, end) or text.endswith(_BASE_BEFORE, 0, at) or _besides(text, sentence, at, end):
        return True
    if hit[0].endswith(_JANUARY) and text.startswith(_SET_THEN, end):  # 年初确定的目标任务
        return True
    if kind == "since":
        return _RECORD.match(text, end) is not None
    if kind == "by":
        behind = text.endswith(_BASE_OF, 0, at + 1) and _OF_BASE.match(text, end) is not None  # 恢复到2019年的126%
        return behind or text.startswith(_COMPARED_YEAR, end)
    if text[at - 1 : at] == "继":  # 继2021年获评后
        return _ONSET.match(text, end) is not None
    share = kind == "full" and text.find("占", max(sentence, at - _SHARE_REACH), at) >= 0  # 占全县全年产量的五分之一
    return (share or text.endswith(_BASE_OF, 0, at)) and _OF_BASE.match(text, end) is not None


_KINDS: Final = {"dates": "years", "feasts": "feast", "during": "feast", "seasons": "season", "within": "year"}
