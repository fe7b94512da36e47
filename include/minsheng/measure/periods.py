"""Time phrases and the days they mean, from the publication date; null where nothing says so.

A phrase holds for the figures behind it up to the end of its sentence. Days are in Asia/Shanghai, both
ends included. 今年以来 and 截至目前 end on the day of publication.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from minsheng.measure.numerals import number

_N = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:(?:20|19)[0-9]{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
_YEAR = rf"(?:{_Y}年|今年|本年度?|去年|上年|前年|明年|后年|当年)"
_PHRASE = (
    r"(?<![0-9.．])(?=[截今本去上前明后当二1-9一三四目近实活自从到每同年下十“党季入开])(?:"
    rf"(?P<until>截[至止到](?:目前|今年?(?!以来)|当前|现在|发稿时?|{_YEAR}?(?:{_N}月)?(?:{_N}[日号]|上旬|中旬|下旬|底|末)?(?:年底|年末)?[0-9]{{0,2}}时?))"
    rf"|(?P<since>(?:自|从)?(?:{_YEAR}(?:{_N}月(?:份|{_N}[日号])?|初)?|今夏|今冬|今春|入[春夏秋冬汛]|本月|本周|党的[一-龥]{{2,4}}|“?十[一二三四五]五”?|[一-龥]{{2,8}}(?:启动|开展|实施|成立|开通|运行|开播))以来)"
    rf"|(?P<plan>“?十[一二三四五]五”?(?:规划)?(?:期间|时期|末|以来)?)"
    rf"|(?P<half>{_YEAR}?(?:上|下)半年)"
    rf"|(?P<quarter>{_YEAR}?(?:第?[一二三四1-4](?:至|到|—|-)?[二三四2-4]?|前[二三两])个?季度)"
    rf"|(?P<months>{_YEAR}?(?:{_N}(?:月)?(?:至|到|—|–|-|~|～){_N}月(?:份|底|末)?|前{_N}个月))"
    rf"|(?P<day>{_YEAR}?{_N}月{_N}[日号](?:(?:至|到|—|–|-|~|～)(?:{_N}月)?{_N}[日号]|(?:以来|起))?)"
    rf"|(?P<month>{_YEAR}?{_N}月(?:份|底|末|初|上旬|中旬|下旬)?|{_YEAR}?(?:年初|年底前?|年末)|本月|上月|上个月|当月)"
    rf"|(?P<years>{_Y}年?(?:至|到|—|–|-|~|～){_Y}年)"
    rf"|(?P<by>到{_Y}年(?:底|末)?)"
    rf"|(?P<year>{_YEAR}(?!级)(?:度|全年|[春夏秋冬]季?)?)"
    r"|(?P<now>目前|当前|如今|现在)"
    r"|(?P<vague>(?:近|前|过去)[一二三四五六七八九十两几0-9]{1,2}年(?:来|间)?|近年来|每[年月周天日季]度?|(?:实践)?活动开展以来|近期)"
    r"|(?P<today>今天|今日|昨天|昨日|前天)"
    r"|(?P<week>本周|上周)"
    r"|(?P<same>同期)"
    r")"
)
PHRASE = re.compile(_PHRASE)
# 以来 is rare and its alternative the slowest: without the word it is not tried
_WITHOUT_SINCE = re.compile(re.sub(r"\|\(\?P<since>.*?以来\)(?=\|\(\?P<plan>)", "", _PHRASE))


_COMPARED = frozenset("比较于与同")  # 比一季度加快: what is compared with, not when


@dataclass(frozen=True, slots=True)
class Period:
    """A time phrase where it stands, and its days: a span, or ``as_of`` for a stock on one day."""

    at: int
    phrase: str
    start: date | None = None
    end: date | None = None
    as_of: date | None = None


def phrases(text: str, sentence: tuple[int, int], published: date | None) -> list[Period]:
    """The time phrases of one sentence, in order, resolved against the publication date."""
    found: list[Period] = []
    pattern = PHRASE if text.find("以来", *sentence) >= 0 else _WITHOUT_SINCE
    for hit in pattern.finditer(text, *sentence):
        kind = hit.lastgroup or ""
        if kind == "same" or text[hit.start() - 1 : hit.start()] in _COMPARED:
            continue
        found.append(_resolve(kind, hit[0], hit.start(), published))
    return found


def _resolve(kind: str, phrase: str, at: int, published: date | None) -> Period:
    if published is None and not re.search(_Y, phrase):
        return Period(at, phrase)
    base = published or date(_int(re.search(_Y, phrase)[0]), 12, 31)  # type: ignore[index]
    try:
        return _DAYS.get(kind, _none)(phrase, at, base)
    except (ValueError, OverflowError):
        return Period(at, phrase)


def _int(text: str) -> int:
    return int(number(text) or 0)


def _year(phrase: str, base: date) -> int:
    hit = re.search(_Y, phrase)
    if hit:
        return _int(hit[0])
    for word, shift in (("去年", -1), ("上年", -1), ("前年", -2), ("明年", 1), ("后年", 2)):
        if word in phrase:
            return base.year + shift
    return base.year


def _last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _none(phrase: str, at: int, _: date) -> Period:
    return Period(at, phrase)


def _until(phrase: str, at: int, base: date) -> Period:
    months = re.search(rf"({_N})月", phrase)
    days = re.search(rf"({_N})[日号]", phrase)
    if not months:
        if re.search("年[底末]|年$", phrase):
            year = _year(phrase, base)
            return Period(at, phrase, as_of=min(date(year, 12, 31), base) if year >= base.year else date(year, 12, 31))
        if days:
            return Period(at, phrase, as_of=_past(base.year, base.month, _int(days[1]), base))
        return Period(at, phrase, as_of=base)
    year, month = _year(phrase, base), _int(months[1])
    if not re.search(_YEAR, phrase) and month > base.month:
        year -= 1
    day = _int(days[1]) if days else {"上旬": 10, "中旬": 20}.get(phrase[-2:], monthrange(year, month)[1])
    return Period(at, phrase, as_of=date(year, month, day))


def _past(year: int, month: int, day: int, base: date) -> date:
    found = date(year, month, day)
    return found if found <= base else (found.replace(day=1) - timedelta(1)).replace(day=day)


def _since(phrase: str, at: int, base: date) -> Period:
    months = re.search(rf"({_N})月", phrase)
    if re.search(r"十[一二三四五]五", phrase):
        return Period(at, phrase, _plan_years(phrase)[0], base)
    if not re.search(_YEAR, phrase) and not re.search("本月|本周", phrase):
        return Period(at, phrase, None, base)
    if "本月" in phrase:
        return Period(at, phrase, base.replace(day=1), base)
    if "本周" in phrase:
        return Period(at, phrase, base - timedelta(base.weekday()), base)
    days = re.search(rf"({_N})[日号]", phrase)
    start = date(_year(phrase, base), _int(months[1]) if months else 1, _int(days[1]) if days else 1)
    return Period(at, phrase, start, base if start <= base else None)


def _plan_years(phrase: str) -> tuple[date, date]:
    which = "一二三四五".index(re.search(r"十([一二三四五])五", phrase)[1])  # type: ignore[index]
    first = 2006 + 5 * which
    return date(first, 1, 1), date(first + 4, 12, 31)


def _plan(phrase: str, at: int, base: date) -> Period:
    start, end = _plan_years(phrase)
    if phrase.endswith("末"):
        return Period(at, phrase, as_of=end)
    return Period(at, phrase, start, base if phrase.endswith("以来") else end)


def _half(phrase: str, at: int, base: date) -> Period:
    year = _year(phrase, base)
    if "上半年" in phrase:
        return Period(at, phrase, date(year, 1, 1), date(year, 6, 30))
    return Period(at, phrase, date(year, 7, 1), date(year, 12, 31))


def _quarter(phrase: str, at: int, base: date) -> Period:
    digits = [_int(c) for c in re.findall(r"[一二两三四1-4](?=个?季|[至到—-])", phrase)]
    year = _year(phrase, base)
    if not digits:
        return Period(at, phrase)
    first = 1 if "前" in phrase else digits[0]
    if not re.search(_YEAR, phrase) and first * 3 - 2 > base.month:
        year -= 1
    return Period(at, phrase, date(year, first * 3 - 2, 1), _last(year, digits[-1] * 3))


def _months(phrase: str, at: int, base: date) -> Period:
    tail = re.sub(_YEAR, "", phrase)
    digits = [_int(d) for d in re.findall(_N, tail)]
    year = _year(phrase, base)
    first, last = (1, digits[0]) if "前" in tail else (digits[0], digits[1])
    if not re.search(_YEAR, phrase) and last > base.month:
        year -= 1
    return Period(at, phrase, date(year, first, 1), _last(year, last))


def _day(phrase: str, at: int, base: date) -> Period:
    tail = re.sub(_YEAR, "", phrase)
    digits = [_int(d) for d in re.findall(_N, tail)]
    year = _year(phrase, base)
    start = date(year, digits[0], digits[1])
    if not re.search(_YEAR, phrase) and start > base + timedelta(180):
        start = start.replace(year=year - 1)
    if len(digits) == 2:
        return Period(at, phrase, start, start)
    end = date(start.year, digits[2], digits[3]) if len(digits) > 3 else start.replace(day=digits[2])
    return Period(at, phrase, start, end)


def _month(phrase: str, at: int, base: date) -> Period:
    year = _year(phrase, base)
    months = re.search(rf"({_N})月", phrase)
    if months:
        month = _int(months[1])
        if not re.search(_YEAR, phrase) and month > base.month:
            year -= 1
    elif "年初" in phrase:
        return Period(at, phrase, as_of=date(year, 1, 1))
    elif "年" in phrase:
        return Period(at, phrase, as_of=date(year, 12, 31))
    else:
        anchor = base.replace(day=1) - timedelta(1) if "上" in phrase else base
        year, month = anchor.year, anchor.month
    if phrase[-1] in "底末":
        return Period(at, phrase, as_of=_last(year, month))
    first, last = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}.get(phrase[-2:], (1, 31))
    return Period(
        at,
        phrase,
        date(year, month, first),
        min(_last(year, month), date(year, month, min(last, 28)) if last < 28 else _last(year, month)),
    )


def _years(phrase: str, at: int, _: date) -> Period:
    first, last = (_int(y) for y in re.findall(_Y, phrase))
    return Period(at, phrase, date(first, 1, 1), date(last, 12, 31))


def _by(phrase: str, at: int, base: date) -> Period:
    return Period(at, phrase, as_of=date(_year(phrase, base), 12, 31))


def _whole_year(phrase: str, at: int, base: date) -> Period:
    year = _year(phrase, base)
    return Period(at, phrase, date(year, 1, 1), date(year, 12, 31))


def _now(phrase: str, at: int, base: date) -> Period:
    return Period(at, phrase, as_of=base)


def _today(phrase: str, at: int, base: date) -> Period:
    day = base - timedelta({"今": 0, "昨": 1, "前": 2}[phrase[0]])
    return Period(at, phrase, day, day)


def _week(phrase: str, at: int, base: date) -> Period:
    monday = base - timedelta(base.weekday() + (7 if phrase[0] == "上" else 0))
    return Period(at, phrase, monday, base if phrase[0] == "本" else monday + timedelta(6))


_DAYS = {
    "until": _until,
    "since": _since,
    "plan": _plan,
    "half": _half,
    "quarter": _quarter,
    "months": _months,
    "day": _day,
    "month": _month,
    "years": _years,
    "by": _by,
    "year": _whole_year,
    "now": _now,
    "today": _today,
    "week": _week,
}
