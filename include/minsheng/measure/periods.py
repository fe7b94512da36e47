"""Time phrases and the days they mean, from the publication date; null where nothing says so.

A phrase holds for the figures behind it up to the end of its sentence. Days are in Asia/Shanghai, both
ends included. 今年以来 and 截至目前 end on the day of publication. A month without a year is the last one
that has come, for what is planned the next one. The words stand in `time_words.csv`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure.numerals import number
from minsheng.measure.places_scopes import parenthesis

_N: Final = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_Y: Final = r"(?:(?:20|19)[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
_TO: Final = "(?:[至到]|[—–─~～-]{1,2})"
_PLAN: Final = "“?十[一二三四五]五”?"
_COMPARED: Final = frozenset("比较于与同")  # 比一季度加快: what is compared with, not when
_ON: Final = frozenset("将已定拟划别并可，,")  # 将于9月举办 says when, 高于9月 and 成立于2017年 do not
_DIGITS: Final = "0123456789"
_COMMAS: Final = frozenset("，,")
_BEGINS: Final = frozenset("自从")
_FROM: Final = frozenset("由从")
_CLOSED: Final = frozenset("）)")
_OR: Final = frozenset("和、及或")
_COMES: Final = frozenset("自到了访我此这华的客电信")  # 今年来自省外的, no 今年来
_SINCE_REACH: Final = 32  # characters before 以来 in which its phrase begins
_TILL_NOW: Final = 10  # characters behind a time in which 至今 may stand
_SPAN: Final = re.compile("[至到—–~～-]")
_TO_THEN: Final = frozenset("的至到—-起前、和")  # behind 自2020年: no beginning that lasts
_SINCE: Final = re.compile("[一-龥]{0,8}?至今")
_REPORTED: Final = re.compile(  # the day of the news, not of what it tells: 8月5日讯, 8日，记者从市教育局获悉
    "(?:上午|下午|晚)?(?:[电讯]|消息|，?[一-龥]{0,8}?记者|，?从[^，。；]{2,26}?(?:获悉|了解到|得知))"
)
_RECORD: Final = re.compile("的?(?:同期|历史)?(?:[最新首]|第[一二三])(?!设|增|建|收|批)")  # 1925年以来最高值
_OF_BASE: Final = re.compile(
    r"[一-龥]{0,10}?的(?:将近|近|约|超过|超)?[0-9.一二两三四五六七八九十百]{1,6}(?:倍|%|％|成|分之)"
)
_DATED: Final = r"(?<![0-9.．].)(?=[0-9]{0,3}(?:[年月至到—–~～-]|个?季))"  # behind a digit: most numerals are no dates
_CLOCK: Final = "(?:[0-9]{1,2}[时点])"
_HOUR: Final = "(?:[0-9]{1,2}时(?![0-9间段许]))"
_LISTED: Final = re.compile(rf"{_N}月{_N}(?:、{_N})+")
_PAST_YEAR: Final = re.compile("(?:近|过去)[一1]年(?:来|间)?")
_BASE_BEHIND: Final = vocabulary.context("base_behind")
_BASE_BEFORE: Final = vocabulary.context("base_before")
_BASE_OF: Final = vocabulary.context("base_of")
_COMPARED_YEAR: Final = vocabulary.context("compared_year")
_NO_DEADLINE: Final = vocabulary.context("no_deadline")
_NO_ONSET: Final = vocabulary.context("no_onset")
_ONSET_REACH: Final = 9  # characters behind a year in which 后 may end its phrase
_ONSET: Final = re.compile("[一-龥]{0,8}?后")  # 2021年复航后，
_SAME_YEAR: Final = ("同年", "当年")
_YEAR_REACH: Final = 200  # characters before 同年 in which its year may be named
_TAKES_PLACE: Final = re.compile(  # what is held on a day named before it: 8月10日，2023年运动会在甲县开幕
    rf"[^，。；：\n]{{2,40}}(?:{'|'.join(vocabulary.context('takes_place'))})(?=[，。；\n])"
)
_SOON: Final = 31  # days: a reported day of the calendar further ahead than this is last year's
_YEAR_ENDS: Final = {"年末": 11, "年底": 3}  # said of what is, the last month in which the year before is meant
_HALF_YEAR: Final = 6  # months: a planned month further back than this is next year's


class Mark(NamedTuple):
    """A time phrase where it stands; ``kind`` says how its days are counted, ``begins`` whether 自 stands before it,
    ``once`` whether it holds for the next figure only (从去年的27%提升到34%), ``until`` where the parenthesis closes
    that it and its figures stand in (0: none), ``means`` the phrase with its year where 同年 stands for one."""

    at: int
    phrase: str
    kind: str
    begins: bool = False
    once: bool = False
    until: int = 0
    means: str = ""


class Days(NamedTuple):
    """What a phrase means: a span of days, or ``as_of`` for a stock or a deadline on one day."""

    start: date | None = None
    end: date | None = None
    as_of: date | None = None


def find(text: str, sentence: tuple[int, int]) -> list[Mark]:
    """The time phrases of one sentence, in order."""
    hits = _hits(text, *sentence)
    if (since := text.find("以来", *sentence)) >= 0:
        hits = _with_since(text, sentence, since, hits)
    enclosed = text.find("（", *sentence) >= 0 or text.find("(", *sentence) >= 0
    marks: list[Mark] = []
    base = -1  # where the last phrase ends that is only compared with
    for hit in hits:
        kind, at, end = hit.lastgroup or "", hit.start(), hit.end()
        before = text[at - 1 : at]
        if kind == "same":
            continue
        compared = before in _COMPARED and not (before == "于" and text[at - 2 : at - 1] in _ON)
        if compared or _is_base(text, hit, kind) or (at - base == 1 and before in _OR):
            base = end
            continue
        if kind in ("day", "today") and (before == "者" or _REPORTED.match(text, end)):
            continue
        if kind in ("year", "half") and marks and marks[-1].kind == "day" and _TAKES_PLACE.match(text, end):
            continue
        after = text[end : end + 1]
        means = _in_same_year(text, sentence[0], hit) if hit[0].startswith(_SAME_YEAR) else ""
        if hit[0][0] == "同" and not means:
            continue
        if till := _till_now(text, hit, kind, before, after):
            marks.append(Mark(at, text[at:till], "since", before in _BEGINS))
            continue
        until = parenthesis(text, at) if enclosed and after not in _CLOSED else 0
        once = after == "的" and before in _FROM
        if edge := _edge(text, end, kind, after):
            kind, means, end = "before" if after == "前" else "from", means and means + text[end:edge], edge
        marks.append(Mark(at, text[at:end], kind, before in _BEGINS, once, until, means))
    return marks


def _in_same_year(text: str, sentence: int, hit: re.Match[str]) -> str:
    """The phrase with the year that 同年 or 当年 stands for, the last that is named before it (for 当年 in its
    sentence), or nothing where none is."""
    at = hit.start()
    found = ""
    for named in _YEAR.finditer(text, max(0, at - _YEAR_REACH) if hit[0][0] == "同" else sentence, at):
        if named[0] not in _SAME_YEAR and text[named.start() - 1 : named.start()] not in _COMPARED:
            found = named[0]
    return found and found + hit[0][len(_SAME_YEAR[0]) :]


def _edge(text: str, end: int, kind: str, after: str) -> int:
    """Where the phrase ends if the month or year only bounds a time: 5月前, 2026年起, 2021年复航后; else 0."""
    if kind not in ("month", "year"):
        return 0
    if after == "前":
        return 0 if text.startswith(_NO_DEADLINE, end + 1) else end + 1
    if after == "起":
        return 0 if text.startswith(_NO_ONSET, end + 1) else end + 1
    if text[end - 1] != "年" or text.find("后", end, end + _ONSET_REACH) < 0:
        return 0
    onset = _ONSET.match(text, end)
    return onset.end() if onset and text[onset.end() : onset.end() + 1] in _COMMAS else 0


def _till_now(text: str, hit: re.Match[str], kind: str, before: str, after: str) -> int:
    """Where the phrase ends if what it names only began then: 2016年启动至今, 4月底以来, 自3月8日; else 0."""
    end = hit.end()
    if after == "来" and kind == "year" and hit[0] == "今年" and text[end + 1 : end + 2] not in _COMES:
        return end + 1
    if text.find("至今", end, end + _TILL_NOW) >= 0 and (till := _SINCE.match(text, end)):
        return till.end()
    if kind not in ("day", "month", "year"):
        return 0
    if after == "以" and text[end + 1 : end + 2] == "来":
        return end + 2
    return end if before == "自" and after not in _TO_THEN and not _SPAN.search(hit[0]) else 0


def _is_base(text: str, hit: re.Match[str], kind: str) -> bool:
    """Whether a phrase only names what the figure behind it is compared with: 是2019年的1.3倍, 在上年基础上."""
    at, end = hit.start(), hit.end()
    if text.startswith(_BASE_BEHIND, end) or text.endswith(_BASE_BEFORE, 0, at):
        return True
    if kind == "since":
        return _RECORD.match(text, end) is not None
    if kind == "by":
        return text.startswith(_COMPARED_YEAR, end)
    if text[at - 1 : at] == "继":  # 继2021年获评后
        return _ONSET.match(text, end) is not None
    return text.endswith(_BASE_OF, 0, at) and _OF_BASE.match(text, end) is not None


def _with_since(text: str, sentence: tuple[int, int], since: int, hits: list[re.Match[str]]) -> list[re.Match[str]]:
    """``hits`` with the phrases of 以来, the first of which ends at ``since``: of two that overlap the one that begins
    first, and that of 以来 where both begin."""
    found: list[re.Match[str]] = []
    at, end = sentence
    lasting = _LASTING.search(text, max(at, since - _SINCE_REACH), end)
    for hit in hits:
        while lasting is not None and lasting.start() <= hit.start():
            found.append(lasting)
            at = lasting.end()
            lasting = _LASTING.search(text, at, end)
        if hit.start() >= at:
            found.append(hit)
            at = hit.end()
            if lasting is not None and lasting.start() < at:
                lasting = _LASTING.search(text, at, end)
    while lasting is not None:
        found.append(lasting)
        lasting = _LASTING.search(text, lasting.end(), end)
    return found


def _hits(text: str, at: int, end: int) -> list[re.Match[str]]:
    """The phrases without 以来, looked for only where two characters begin one: that is four times as fast."""
    found: list[re.Match[str]] = []
    for start in _OPENING.finditer(text, at, end):
        first = start.start()
        if first < at or (text[first] not in _DIGITS and text[first : first + 2] not in _PAIRS):
            continue
        if hit := _PATTERN.match(text, first, end):
            found.append(hit)
            at = hit.end()
    return found


def _pairs() -> frozenset[str]:
    """The first two characters of a phrase that begins with no digit."""
    small, ends = "一二三四五六七八九十", "月个季至到—–-~～"
    grammar = {
        "截": "至止到",
        "上": "半",
        "下": "半",
        "前": _DIGITS + small + "两",
        "到": "12二",
        "年": "初底末",
        "近": _DIGITS + small + "两几",
        "过": "去",
        "“": "十",
        **dict.fromkeys(small, _DIGITS + small + ends),
    }
    grammar["二"] += "〇零○"
    pairs = {first + second for first, seconds in grammar.items() for second in seconds}
    pairs.update(word[:2] for word in vocabulary.words("time_words"))
    return frozenset(pairs)


def _opening() -> re.Pattern[str]:
    """The first character of a phrase before one that may follow."""
    firsts, seconds = ("".join(sorted({pair[i] for pair in _PAIRS})) for i in (0, 1))
    return re.compile(rf"[{firsts}1-9](?:(?<=[1-9]){_DATED}|(?<![1-9])(?=[{re.escape(seconds)}]))")


@lru_cache(maxsize=4096)
def days(phrase: str, kind: str, published: date | None, planned: bool = False) -> Days:
    """The days of a phrase for an article of that day; ``planned``: what it dates is still to come."""
    if published is None:
        year = re.search(_Y, phrase)
        if not year:
            return Days()
        published = date(_int(year[0]), 12, 31)
    try:
        found = _DAYS[kind](phrase, published, planned) if kind in _DAYS else Days()
        if found.start and found.end and found.start > found.end:  # 11月至次年2月 began the year before
            found = Days(found.start.replace(year=found.start.year - 1), found.end)
            if found.start and found.end and found.start > found.end:  # 十四五以来, said before it began
                return Days()
        return found
    except (ValueError, OverflowError):
        return Days()


def _words(kind: str) -> str:
    """The words of a kind as alternatives, each not behind what makes another word of it (出现在)."""
    barred = {r["word"]: r["not_after"].replace("|", "") for r in vocabulary.rows("time_words") if r["not_after"]}
    found = vocabulary.words("time_words", kind=kind)
    return "|".join((rf"(?<![{barred[w]}])" if w in barred else "") + re.escape(w) for w in found)


_SHIFTS: Final = {r["word"]: int(r["shift"]) for r in vocabulary.rows("time_words")}
_YEAR: Final = re.compile(rf"(?:{_Y}年|{_words('year')})")


def _lasting() -> re.Pattern[str]:
    """The phrases of 以来."""
    firsts = {w["word"][0] for w in vocabulary.rows("time_words")} | set("前二一三四五六七八九十自从到年近过“党活")
    return re.compile(
        rf"(?:(?=[{''.join(sorted(firsts))}])|(?=[1-9]{_DATED}))"
        rf"(?P<since>(?:自|从)?(?:{_YEAR.pattern}(?:{_N}月(?:份|{_N}[日号])?|初)?|本月|本周|{_words('season')}"
        rf"|(?:自|从){_Y}年(?:{_N}月)?[一-龥]{{1,8}}?|党的[一-龥]{{2,4}}|{_PLAN}|[一-龥]{{2,8}}(?:{_words('start')}))以来)"
    )


def _pattern() -> re.Pattern[str]:
    """The other phrases."""
    year = _YEAR.pattern
    rest = (
        rf"(?P<plan>{_PLAN}(?:规划)?(?:期间|时期|末|以来)?)"
        rf"|{year}?(?=[上下第前年初底末0-9０-９一二三四五六七八九十])(?:(?P<half>[上下]半年)"
        rf"|(?P<quarter>(?:第?[一二三四1-4](?:{_TO}?[二三四2-4])?|前[二三两])个?季度)"
        rf"|(?P<months>(?:{_N}月?{_TO}{_N}月(?:份|底|末)?|前{_N}个月))"
        rf"|(?P<day>{_N}月(?:{_N}{_TO}{_N}[日号]|{_N}(?:、{_N}){{1,6}}[两三四五六七]?[日号天]"
        rf"|{_N}[日号](?:{_CLOCK}?{_TO}(?:{_N}月)?{_N}[日号]{_CLOCK}?"
        rf"|{_HOUR}?(?:以来|起|前(?![后0-9一二三四五六七八九十]))|{_HOUR})?))"
        rf"|(?P<month>{_N}月(?:当月|单月|份|底前?|末|初|上旬|中旬|下旬)?|(?:(?<=年)|(?<![0-9一二三四五六七八九十])年)(?:初|底前?|末)))"
        rf"|(?P<years>{_Y}年?{_TO}{_Y}年)"
        rf"|(?P<by>到{_Y}年(?:底|末)?)"
        rf"|(?P<year>{year}(?![级龄])(?:度|全年|[春夏秋冬]季?)?|{_words('within_year')})"
        rf"|(?P<full>(?:{_words('full_year')})(?!龄))"
        rf"|(?P<onward>(?:{_words('onward')})(?:[，,]?(?:至|到|截至|截止到?){year}?{_N}月(?:{_N}[日号]|[底末]|[上中下]旬)?)?)"
        rf"|(?P<relative>{_words('month')})|(?P<now>{_words('now')})"
        r"|(?P<vague>(?:近|前|过去)[一二三四五六七八九十两几0-9]{1,2}年(?:来|间)?|" + _words("vague") + ")"
        rf"|(?P<today>{_words('day')})|(?P<week>{_words('week')})|(?P<same>{_words('same')})"
    )
    until = (
        rf"(?P<until>截(?:止[至到]?|至|到)(?:{_words('now')}|{_words('day')}|今年?(?!以来)|发稿时?"
        rf"|{year}?(?:{_N}月)?(?:{_N}[日号]|上旬|中旬|下旬|底|末)?(?:年底|年末)?[0-9]{{0,2}}时?))"
    )
    return re.compile(f"{until}|{rest}")


_PAIRS: Final = _pairs()
_OPENING: Final = _opening()
_PATTERN: Final = _pattern()
_LASTING: Final = _lasting()


def _int(text: str) -> int:
    return int(number(text) or 0)


def _year(phrase: str, base: date) -> int | None:
    """The year that the phrase names, None where it names none."""
    hit = _YEAR.search(phrase)
    if hit is None:
        return None
    return base.year + _SHIFTS[hit[0]] if hit[0] in _SHIFTS else _int(hit[0][:-1])


def _year_of(phrase: str, month: int, base: date, planned: bool) -> int:
    """The year of a month: the named one, else the one that puts it behind us, or ahead of us where planned."""
    named = _year(phrase, base)
    if named is not None:
        return named
    if planned:
        return base.year + (month < base.month - _HALF_YEAR + 1)
    return base.year - (month > base.month)


def _bare(phrase: str) -> str:
    return _YEAR.sub("", phrase)


def _numbers(phrase: str) -> list[int]:
    return [_int(d) for d in re.findall(_N, _bare(phrase))]


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _until(phrase: str, base: date, planned: bool) -> Days:
    months, on = re.search(rf"({_N})月", _bare(phrase)), re.search(rf"({_N})[日号]", phrase)
    if months:
        year, month = _year_of(phrase, _int(months[1]), base, planned), _int(months[1])
        day = _int(on[1]) if on else {"上旬": 10, "中旬": 20}.get(phrase[-2:], monthrange(year, month)[1])
        return Days(as_of=date(year, month, day))
    if re.search("年[底末]|年$", phrase):
        end = date(_year(phrase, base) or base.year, 12, 31)
        return Days(as_of=min(end, base) if end.year >= base.year else end)
    if on:
        found = base.replace(day=_int(on[1]))
        return Days(as_of=found if found <= base else (found.replace(day=1) - timedelta(1)).replace(day=found.day))
    return Days(as_of=base if "年" in phrase else base + timedelta(_SHIFTS.get(phrase.lstrip("截止至到"), 0)))


def _onward(phrase: str, base: date, _planned: bool) -> Days:
    """即日起至9月底: from the day of publication to one ahead."""
    return Days(base, _until(phrase, base, True).as_of if "月" in phrase else None)


def _since(phrase: str, base: date, _planned: bool) -> Days:
    if re.search(_PLAN, phrase):
        return Days(_plan_years(phrase)[0], base)
    if "本月" in phrase:
        return Days(base.replace(day=1), base)
    if "本周" in phrase:
        return Days(base - timedelta(base.weekday()), base)
    year = _year(phrase, base)
    months, on = re.search(rf"({_N})月", _bare(phrase)), re.search(rf"({_N})[日号]", phrase)
    if year is None and phrase.startswith("年初"):
        year = base.year
    if year is None and months is None:
        return Days(None, base)
    month = _int(months[1]) if months else 1
    year = year or _year_of(phrase, month, base, False)
    late = re.search("月[底末]", phrase) is not None
    start = _last(year, month) if late else date(year, month, _int(on[1]) if on else 1)
    return Days(start, base if start <= base else None)


def _plan_years(phrase: str) -> tuple[date, date]:
    which = "一二三四五".index(re.search(r"十([一二三四五])五", phrase)[1])  # type: ignore[index]
    first = 2006 + 5 * which
    return date(first, 1, 1), date(first + 4, 12, 31)


def _plan(phrase: str, base: date, _planned: bool) -> Days:
    start, end = _plan_years(phrase)
    if phrase.endswith("末"):
        return Days(as_of=end)
    return Days(start, base if phrase.endswith("以来") else end)


def _half(phrase: str, base: date, _planned: bool) -> Days:
    year = _year(phrase, base) or base.year
    if "上半年" in phrase:
        return Days(date(year, 1, 1), date(year, 6, 30))
    return Days(date(year, 7, 1), date(year, 12, 31))


def _quarter(phrase: str, base: date, planned: bool) -> Days:
    digits = [_int(c) for c in re.findall(r"[一二两三四1-4](?=个?季|[至到—-])", _bare(phrase))]
    if not digits:
        return Days()
    first = 1 if "前" in phrase else digits[0]
    year = _year_of(phrase, first * 3 - 2, base, planned)
    return Days(date(year, first * 3 - 2, 1), _last(year, digits[-1] * 3))


def _months(phrase: str, base: date, planned: bool) -> Days:
    digits = _numbers(phrase)
    first, last = (1, digits[0]) if "前" in _bare(phrase) else (digits[0], digits[1])
    year = _year_of(phrase, last, base, planned)
    return Days(date(year, first, 1), _last(year, last))


def _day(phrase: str, base: date, planned: bool) -> Days:
    digits, year = _numbers(re.sub(_CLOCK, "", phrase)), _year(phrase, base)
    start = date(year or base.year, digits[0], digits[1])
    if year is None and start > base + timedelta(180 if planned else _SOON):
        start = start.replace(year=start.year - 1)
    elif year is None and planned and start < base - timedelta(180):
        start = start.replace(year=start.year + 1)
    if phrase.endswith("前"):
        return Days(as_of=start)
    if len(digits) > 2 and "、" in phrase:  # 7月17、18两日
        return Days(start, start.replace(day=digits[_LISTED.match(_bare(phrase))[0].count("、") + 1]))  # type: ignore[index]
    if len(digits) == 2:
        if phrase.endswith("起"):
            return Days(start, base if start <= base else None)
        return Days(start, base if phrase.endswith("以来") and start <= base else start)
    return Days(start, date(start.year, digits[2], digits[3]) if len(digits) > 3 else start.replace(day=digits[2]))


def _month(phrase: str, base: date, planned: bool) -> Days:
    months = re.search(rf"({_N})月", _bare(phrase))
    if months is None:
        before = not planned and base.month <= _YEAR_ENDS.get(phrase, 0)
        year = _year(phrase, base) or base.year - before
        return Days(as_of=date(year, 1, 1) if phrase.endswith("初") else date(year, 12, 31))
    month = _int(months[1])
    year = _year_of(phrase, month, base, planned)
    if phrase.endswith(("底", "末", "底前")):
        return Days(as_of=_last(year, month))
    first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}.get(phrase[-2:], (1, 31))
    return Days(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))


def _bounded(phrase: str, base: date, planned: bool) -> date:
    """The first day of what 前, 起 or 后 bounds."""
    read = _month if "月" in phrase or phrase[-2] in "初底末" else _whole_year
    start, _, as_of = read(phrase[:-1], base, planned)
    return start or as_of or base


def _before(phrase: str, base: date, _planned: bool) -> Days:
    return Days(as_of=_bounded(phrase, base, True) - timedelta(1))


def _from(phrase: str, base: date, planned: bool) -> Days:
    """2026年起 has no end yet; 9月起 said in August is still to come."""
    months = re.search(rf"({_N})月", _bare(phrase))
    soon = months is not None and 0 < _int(months[1]) - base.month <= _HALF_YEAR
    start = _bounded(phrase, base, planned or soon)
    return Days(start, base if start <= base else None)


def _relative(phrase: str, base: date, _planned: bool) -> Days:
    end = base if not _SHIFTS[phrase] else base.replace(day=1) - timedelta(1)
    return Days(end.replace(day=1), _last(end.year, end.month))


def _years(phrase: str, _base: date, _planned: bool) -> Days:
    first, last = (_int(y) for y in re.findall(_Y, phrase))
    return Days(date(first, 1, 1), date(last, 12, 31))


def _by(phrase: str, _base: date, _planned: bool) -> Days:
    return Days(as_of=date(_int(re.findall(_Y, phrase)[0]), 12, 31))


def _whole_year(phrase: str, base: date, _planned: bool) -> Days:
    year = _year(phrase, base) or base.year
    return Days(date(year, 1, 1), date(year, 12, 31))


def _full_year(_phrase: str, base: date, planned: bool) -> Days:
    """全年 said in the first quarter reports on the year that has ended."""
    year = base.year - (not planned and base.month <= 3)
    return Days(date(year, 1, 1), date(year, 12, 31))


def _now(_phrase: str, base: date, _planned: bool) -> Days:
    return Days(as_of=base)


def _today(phrase: str, base: date, _planned: bool) -> Days:
    day = base + timedelta(_SHIFTS[phrase])
    return Days(day, day)


def _week(phrase: str, base: date, _planned: bool) -> Days:
    monday = base - timedelta(base.weekday() - 7 * _SHIFTS[phrase])
    return Days(monday, monday + timedelta(6) if _SHIFTS[phrase] else base)


def _vague(phrase: str, base: date, _planned: bool) -> Days:
    """过去一年 is the twelve months up to publication; 近年来 and 每月 have no days."""
    if not _PAST_YEAR.fullmatch(phrase):
        return Days()
    return Days(base.replace(year=base.year - 1, day=min(base.day, 28 if base.month == 2 else 31)) + timedelta(1), base)


_DAYS: Final[dict[str, Callable[[str, date, bool], Days]]] = {
    "onward": _onward,
    "until": _until,
    "since": _since,
    "plan": _plan,
    "half": _half,
    "quarter": _quarter,
    "months": _months,
    "day": _day,
    "month": _month,
    "before": _before,
    "from": _from,
    "relative": _relative,
    "years": _years,
    "by": _by,
    "year": _whole_year,
    "full": _full_year,
    "now": _now,
    "today": _today,
    "week": _week,
    "vague": _vague,
}
