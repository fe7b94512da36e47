"""The days that a time phrase means, from the publication date; null where nothing says so.

Days are in Asia/Shanghai, both ends included. 今年以来 and 截至目前 end on the day of publication. A month without a
year is the last one that has come, for what is planned the next one.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure.holidays import holiday
from minsheng.measure.numerals import number
from minsheng.measure.seldom import Seldom

N: Final = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
Y: Final = r"(?:(?:20|19)[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
TO: Final = "(?:[至到]|[—–─~～-]{1,2})"
PLAN: Final = "“?十[一二三四五]五”?"
PART_OF_DAY: Final = f"(?:(?:{'|'.join(vocabulary.context('part_of_day'))})(?![会宴餐饭报稻]))"
CLOCK: Final = f"(?:{PART_OF_DAY}?[0-9]{{1,2}}[时点](?:半|[0-9]{{1,2}}分)?许?|{PART_OF_DAY})"  # 15时58分, 上午
HOUR: Final = f"(?:{PART_OF_DAY}?[0-9]{{1,2}}(?:[时点](?:半|[0-9]{{1,2}}分)?|[:：][0-9]{{2}})|{PART_OF_DAY})"
_LISTED: Final = Seldom(rf"{N}月{N}(?:、{N})+")
_PAST_YEAR: Final = Seldom("(?:近|过去的?)[一1]年(?:来|间)?|一年来")
_TENS: Final = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_DECEMBER: Final = 12  # whose reports on 全年 are of its own year
_REPORTS: Final = 3  # the last month in which reports on the year that has ended call it 过去一年
_AHEAD: Final = "未来"
_SOON: Final = 31  # days: a reported day of the calendar further ahead than this is last year's
_YEAR_ENDS: Final = {"年末": 11, "年底": 3}  # said of what is, the last month in which the year before is meant
_SEASONS: Final = {"春": 3, "夏": 6, "秋": 9, "冬": 12}  # the month each begins in
_HALF_YEAR: Final = 6  # months: a planned month further back than this is next year's


class Days(NamedTuple):
    """What a phrase means: a span of days, or ``as_of`` for a stock or a deadline on one day."""

    start: date | None = None
    end: date | None = None
    as_of: date | None = None


def plain_words(kind: str) -> str:
    """The words of a kind as alternatives."""
    return "|".join(map(re.escape, vocabulary.words("time_words", kind=kind)))


def words(kind: str) -> str:
    """The words of a kind as alternatives, each not behind what makes another word of it (出现在)."""
    barred = {r["word"]: r["not_after"].replace("|", "") for r in vocabulary.rows("time_words") if r["not_after"]}
    found = vocabulary.words("time_words", kind=kind)
    return "|".join((rf"(?<![{barred[w]}])" if w in barred else "") + re.escape(w) for w in found)


_SHIFTS: Final = {r["word"]: int(r["shift"]) for r in vocabulary.rows("time_words")}
_DAY_WORD: Final = Seldom(plain_words("day"))
YEAR: Final = re.compile(rf"(?:{Y}年|{words('year')})")


@lru_cache(maxsize=4096)
def days(phrase: str, kind: str, published: date | None, planned: bool = False) -> Days:
    """The days of a phrase for an article of that day; ``planned``: what it dates is still to come."""
    if published is None:
        year = re.search(Y, phrase)
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


def _int(text: str) -> int:
    return int(number(text) or 0)


def _year(phrase: str, base: date) -> int | None:
    """The year that the phrase names, None where it names none."""
    hit = YEAR.search(phrase)
    if hit is None:
        return None
    if hit[0] in _SHIFTS:
        return base.year + _SHIFTS[hit[0]] or -1  # before the year 1 there is none, and 0 would be no name
    return _int(hit[0][:-1])


def _year_of(phrase: str, month: int, base: date, planned: bool) -> int:
    """The year of a month: the named one, else the one that puts it behind us, or ahead of us where planned."""
    named = _year(phrase, base)
    if named is not None:
        return named
    if planned:
        return base.year + (month < base.month - _HALF_YEAR + 1)
    return base.year - (month > base.month)


def _bare(phrase: str) -> str:
    return YEAR.sub("", phrase)


def _numbers(phrase: str) -> list[int]:
    return [_int(d) for d in re.findall(N, _bare(phrase))]


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _third(phrase: str) -> tuple[int, int]:
    """The first and last day of the third of a month that the phrase names, else of the month."""
    at = phrase.find("旬")
    return _TENS[phrase[at - 1]] if at > 0 else (1, 31)


def moved(day: date, years: int) -> date:
    """The day so many years on, the last of its month for the last of a month."""
    year, last = day.year + years, monthrange(day.year, day.month)[1]
    return _last(year, day.month) if day.day == last else day.replace(year=year)


def _until(phrase: str, base: date, planned: bool) -> Days:
    if "季" in phrase or "半年" in phrase:  # 截至2023年一季度末
        return Days(as_of=(_quarter if "季" in phrase else _half)(phrase.rstrip("末底"), base, planned).end)
    months, on = re.search(rf"({N})月", _bare(phrase)), re.search(rf"({N})[日号]", phrase)
    if months:
        year, month = _year_of(phrase, _int(months[1]), base, planned), _int(months[1])
        last = monthrange(year, month)[1]
        return Days(as_of=date(year, month, _int(on[1]) if on else min(last, _third(phrase)[1])))
    if re.search("年[底末]|年$", phrase):
        year_end = date(_year(phrase, base) or base.year, 12, 31)
        return Days(as_of=min(year_end, base) if year_end.year >= base.year else year_end)
    if on:
        found = base.replace(day=_int(on[1]))
        return Days(as_of=found if found <= base else (found.replace(day=1) - timedelta(1)).replace(day=found.day))
    word = re.sub(HOUR, "", phrase).lstrip("截止至到")
    if "月" in word:  # 截至上月底, 截至本月中旬
        end = _relative(word, base, planned)
        return Days(as_of=end.as_of or end.end)
    return Days(as_of=base if "年" in phrase else base + timedelta(_SHIFTS.get(word, 0)))


def _onward(phrase: str, base: date, _planned: bool) -> Days:
    """即日起至9月底: from the day of publication to one ahead."""
    return Days(base, _until(phrase, base, True).as_of if "月" in phrase else None)


def _since(phrase: str, base: date, _planned: bool) -> Days:
    if re.search(PLAN, phrase):
        return Days(_plan_years(phrase)[0], base)
    if "本月" in phrase:
        return Days(base.replace(day=_third(phrase)[0]), base)
    if "本周" in phrase:
        return Days(base - timedelta(base.weekday()), base)
    year = _year(phrase, base)
    months, on = re.search(rf"({N})月", _bare(phrase)), re.search(rf"({N})[日号]", phrase)
    if year is None and phrase.startswith("年初"):
        year = base.year
    if year is None and months is None:
        return Days(None, base)
    late = re.search("[年月][底末]", phrase) is not None
    month = _int(months[1]) if months else 12 if late else 1
    year = year or _year_of(phrase, month, base, False)
    first = _int(on[1]) if on else _third(phrase)[0]
    start = _last(year, month) if late else date(year, month, first)
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


def _half(phrase: str, base: date, planned: bool) -> Days:
    if phrase[-1] in "末底":
        return _until(phrase, base, planned)
    year = _year(phrase, base) or base.year
    if "上半年" in phrase:
        return Days(date(year, 1, 1), date(year, 6, 30))
    return Days(date(year, 7, 1), date(year, 12, 31))


def _quarter(phrase: str, base: date, planned: bool) -> Days:
    if phrase[-1] in "末底":
        return _until(phrase, base, planned)
    digits = [_int(c) for c in re.findall(r"[一二两三四1-4](?=个?季|[至到—-])", _bare(phrase))]
    if not digits:
        return Days()
    first = 1 if "前" in _bare(phrase) else digits[0]
    year = _year_of(phrase, first * 3 - 2, base, planned)
    return Days(date(year, first * 3 - 2, 1), _last(year, digits[-1] * 3))


def _months(phrase: str, base: date, planned: bool) -> Days:
    digits = _numbers(phrase)
    first, last = (1, digits[0]) if "前" in _bare(phrase) else (digits[0], digits[1])
    year = _year_of(phrase, last, base, planned)
    return Days(date(year, first, 1), _last(year, last))


def _day(phrase: str, base: date, planned: bool) -> Days:
    digits, year = _numbers(re.sub(CLOCK, "", phrase)), _year(phrase, base)
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


def _date(phrase: str, base: date, _planned: bool) -> Days:
    """The days of 29日20时至30日20时, which names no month: the nearest to publication, one ahead only by half."""
    (_, first), *more = re.findall(rf"(?:({N})月)?({N})[日号]", phrase)
    months = (base.replace(day=1) - timedelta(1), base, _last(base.year, base.month) + timedelta(1))
    known = [m.replace(day=_int(first)) for m in months if _int(first) <= _last(m.year, m.month).day]
    start = min(known, key=lambda day: abs(day - base) * (1 + (day > base)))
    if not more:
        return Days(start, start)
    month, last = more[-1]
    ahead = start if _int(last) >= start.day else _last(start.year, start.month) + timedelta(1)
    return Days(start, ahead.replace(month=_int(month) if month else ahead.month, day=_int(last)))


def _month(phrase: str, base: date, planned: bool) -> Days:
    months = re.search(rf"({N})月", _bare(phrase))
    if months is None:
        before = not planned and base.month <= _YEAR_ENDS.get(phrase, 0)
        year = _year(phrase, base) or base.year - before
        return Days(as_of=date(year, 1, 1) if phrase.endswith("初") else date(year, 12, 31))
    month = _int(months[1])
    year = _year_of(phrase, month, base, planned)
    if phrase.endswith(("底", "末", "底前")):
        return Days(as_of=_last(year, month))
    end = monthrange(year, month)[1]
    first, last = (end - 6, end) if phrase.endswith("周") else _third(phrase)  # 7月最后一周
    return Days(date(year, month, first), date(year, month, min(last, end)))


def _season(phrase: str, base: date, planned: bool) -> Days:
    """今秋 is September to November; winter is that which began last, where planned that which begins next."""
    if phrase == "去冬今春":
        return Days(date(base.year - 1, 12, 1), date(base.year, 5, 31))
    first = _SEASONS[re.findall("[春夏秋冬]", phrase)[0]]
    year = _year(phrase, base) or base.year - phrase.startswith("去")
    if first == 12 and phrase[0] == "今" and base.month <= 2 and not planned:  # 今冬 said in January
        year = base.year - 1
    if phrase.endswith("学期"):  # 秋季学期 is until January, 春季学期 until July
        return Days(date(year, first, 1), date(year + 1, 1, 31) if first > 6 else date(year, 7, 31))
    end = year + (first == 12)
    return Days(date(year, first, 1), date(end, 5, 31) if "明春" in phrase else _last(end, (first + 1) % 12 + 1))


def _decade(phrase: str, base: date, _planned: bool) -> Days:
    """上世纪七十年代: ten years of the last century."""
    first = base.year // 100 * 100 - 100 + 10 * _int(phrase[phrase.index("纪") + 1])
    return Days(date(first, 1, 1), date(first + 9, 12, 31))


def _bounded(phrase: str, base: date, planned: bool) -> date:
    """The first day of what 前, 起 or 后 bounds."""
    if phrase[-2] in "春夏秋冬季天":
        return _season(phrase[:-1], base, planned).start or base
    read = _month if "月" in phrase or phrase[-2] in "初底末" else _whole_year
    start, _, as_of = read(phrase[:-1], base, planned)
    return start or as_of or base


def _before(phrase: str, base: date, _planned: bool) -> Days:
    return Days(as_of=_bounded(phrase, base, True) - timedelta(1))


def _from(phrase: str, base: date, planned: bool) -> Days:
    """2026年起 has no end yet; 9月起 said in August is still to come."""
    months = re.search(rf"({N})月", _bare(phrase))
    soon = months is not None and 0 < _int(months[1]) - base.month <= _HALF_YEAR
    start = _bounded(phrase, base, planned or soon)
    return Days(start, base if start <= base else None)


def _relative(phrase: str, base: date, _planned: bool) -> Days:
    """上月, 本月上旬, 本月底."""
    word = phrase.rstrip("上中下旬底末")
    end = base if not _SHIFTS[word] else base.replace(day=1) - timedelta(1)
    end = _last(end.year, end.month)
    if phrase[-1] in "底末":
        return Days(as_of=end)
    first, last = _third(phrase)
    return Days(end.replace(day=first), end.replace(day=min(last, end.day)))


def _years(phrase: str, _base: date, _planned: bool) -> Days:
    if "月" in phrase:  # 2019年3月至2021年6月, 2019年3月5日至2021年6月8日
        begun, ended = ([_int(n or "0") for n in day] for day in re.findall(rf"({Y})年({N})月(?:({N})[日号])?", phrase))
        return Days(date(begun[0], begun[1], begun[2] or 1), date(*ended) if ended[2] else _last(*ended[:2]))
    first, last = (_int(y) for y in re.findall(Y, phrase))
    return Days(date(first, 1, 1), date(last, 12, 31))


def _by(phrase: str, _base: date, _planned: bool) -> Days:
    return Days(as_of=date(_int(re.findall(Y, phrase)[0]), 12, 31))


def _whole_year(phrase: str, base: date, _planned: bool) -> Days:
    year = _year(phrase, base) or base.year
    return Days(date(year, 1, 1), date(year, 12, 31))


def _full_year(phrase: str, base: date, planned: bool) -> Days:
    """全年 of what is reported is the last year that is over, of what is planned the current one."""
    year = _year(phrase, base) or base.year - (not planned and base.month < _DECEMBER)
    return Days(date(year, 1, 1), date(year, 12, 31))


def _now(_phrase: str, base: date, _planned: bool) -> Days:
    return Days(as_of=base)


def _today(phrase: str, base: date, _planned: bool) -> Days:
    """The day or days of 昨日, 今天夜里到明天, and those of 未来三天, the first of which is tomorrow."""
    if phrase.startswith(_AHEAD):
        return Days(base + timedelta(1), base + timedelta(_int(phrase[2:-1])))
    named = [_SHIFTS[word] for word in _DAY_WORD.compiled().findall(phrase)]
    return Days(base + timedelta(named[0]), base + timedelta(named[-1]))


def _week(phrase: str, base: date, planned: bool) -> Days:
    monday = base - timedelta(base.weekday() - 7 * _SHIFTS[phrase])
    return Days(monday, monday + timedelta(6) if _SHIFTS[phrase] or planned else base)


def _vague(phrase: str, base: date, planned: bool) -> Days:
    """过去一年 is the last year in the reports on it, else the twelve months up to publication; public holidays have
    the days off, 近年来 has none."""
    if off := holiday(phrase, _year(phrase, base), base, planned):
        return Days(*off)
    if not _PAST_YEAR.fullmatch(phrase):
        return Days()
    if phrase[0] in "过一" and base.month <= _REPORTS:
        return Days(date(base.year - 1, 1, 1), date(base.year - 1, 12, 31))
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
    "date": _date,
    "month": _month,
    "before": _before,
    "from": _from,
    "relative": _relative,
    "years": _years,
    "by": _by,
    "year": _whole_year,
    "season": _season,
    "decade": _decade,
    "full": _full_year,
    "now": _now,
    "today": _today,
    "week": _week,
    "feast": _vague,
    "vague": _vague,
}
