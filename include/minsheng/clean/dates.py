"""Times of publication: as pages write them, as meta elements hold them, as addresses carry them.

Everything is read as Asia/Shanghai unless it names its zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from minsheng import SHANGHAI

_NOUGHT = "〇○◯零OＯ"
_DIGITS = {**{hanzi: str(n) for n, hanzi in enumerate("〇一二三四五六七八九")}, **dict.fromkeys(_NOUGHT, "0")}
_ONES = "[一二三四五六七八九]"
_YEAR = rf"(?:19|20)\d\d|一九[{_NOUGHT}\d一二三四五六七八九]{{2}}|二[{_NOUGHT}0０][{_NOUGHT}\d一二三四五六七八九]{{2}}"
_TIME = r"(?:(?P<H>[01]?\d|2[0-3])\s*[:：时]\s*(?P<M>[0-5]\d)\s*(?:[:：分]\s*(?P<S>[0-5]\d)(?:\.\d{1,9})?)?)"
_ZONE = r"\s*(?P<Z>Z|[+-]\d{2}:?\d{2})?"
WRITTEN = re.compile(
    rf"(?<!\d)(?P<y>{_YEAR})\s*(?:年|(?P<sep>[-/.]))\s*(?P<m>1[0-2]|0?[1-9]|十[一二]?|{_ONES})\s*"
    r"(?:月|(?(sep)[-/.]|(?!)))\s*"  # 2024年1-4月 is a span of months, as 2024.1-4月 is
    rf"(?P<d>3[01]|[12]\d|0?[1-9]|(?:[二三]?十{_ONES}?|{_ONES})(?=\s*[日号]))(?!\d|\s*[个個]?[月季])\s*[日号]?"
    rf"(?:[\sT/|,，-]*(?:[(（]?(?:星期|周).[)）]?)?\s*(?P<half>上午|下午|晚上)?\s*{_TIME}"
    rf"(?:\s*(?P<after>上午|下午|[AaPp][Mm]\b)|{_ZONE}))?"
)
_SHORT = re.compile(rf"(?<![\d年])(?P<m>1[0-2]|0?[1-9])\s*[-/月]\s*(?P<d>3[01]|[12]\d|0?[1-9])\s*日?\s+{_TIME}")
_COMPACT = re.compile(
    r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)\s?(?:(?P<H>[01]\d|2[0-3]):?(?P<M>[0-5]\d):?(?P<S>[0-5]\d)?)?"
)
_URL = (
    re.compile(r"/t?(?P<y>(?:19|20)\d\d)[-_]?(?P<m>0[1-9]|1[0-2])[-_]?(?P<d>0[1-9]|[12]\d|3[01])(?=[_/.-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)[-/_](?P<m>0?[1-9]|1[0-2])[-/_](?P<d>3[01]|[12]\d|0?[1-9])(?=[_/.-]|$)"),
    re.compile(r"/[a-z]?(?P<y>(?:19|20)\d\d)[-_]?(?P<m>0[1-9]|1[0-2])/(?P<d>0[1-9]|[12]\d|3[01])(?=[_/.-]|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=[_/.-]|$)"),
    re.compile(r"[/_-][A-Za-z]{0,8}(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?=\d*[_/.-])"),
    re.compile(r"/[A-Za-z_-]{0,8}(?P<y>20\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?=[_/.-]|$)"),
)
_ASSIGNED = re.compile(
    r"""[:=]\s*["']?(?P<v>1\d{9}(?:\d{3})?(?!\d)|20\d\d[-/]\d{1,2}[-/]\d{1,2}"""
    r"""(?:[T ]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?)"""
)
_NAMED = re.compile(
    r"""(?:\b|[\W_])(?:\w*(?:publish|pub|issue|release|create)_?(?:ed)?_?(?:at|date|time)\w*|ptime|ct)["']?\s*$""", re.I
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time of publication; ``exact`` tells a time of day from a day alone (midnight)."""

    at: datetime
    exact: bool

    @property
    def day(self) -> date:
        return self.at.astimezone(SHANGHAI).date()


def stamp_of(match: re.Match[str], year: int | None = None) -> Stamp | None:
    """The stamp that a match of ``WRITTEN`` (or of a pattern with its groups) says; None for no day of the calendar."""
    part = match.groupdict()
    hour = int(part.get("H") or 0)
    half = (part.get("half") or part.get("after") or "").upper()
    if half in ("下午", "晚上", "PM") and hour < 12:
        hour += 12
    elif half == "AM" and hour == 12:
        hour = 0
    try:
        at = datetime(
            _number(part["y"]) if year is None else year,
            _number(part["m"]),
            _number(part["d"]),
            hour,
            int(part.get("M") or 0),
            int(part.get("S") or 0),
            tzinfo=_zone(part.get("Z")),
        )
    except ValueError:
        return None
    return Stamp(at.astimezone(SHANGHAI), part.get("H") is not None)


def _number(text: str) -> int:
    """A year, month or day in digits or in hanzi (二〇二四, 十二, 二十, 三十一)."""
    tens, ten, ones = text.rpartition("十")
    if ten:
        return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
    return int("".join(_DIGITS.get(c, c) for c in text))


def _zone(text: str | None) -> ZoneInfo | timezone:
    if not text:
        return SHANGHAI
    if text == "Z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def first(text: str) -> Stamp | None:
    """The first date in a text."""
    for match in WRITTEN.finditer(text):
        if stamp := stamp_of(match):
            return stamp
    return None


def stated(text: str) -> Stamp | None:
    """The date that a value of a meta element is or holds, digits alone (20220716, 20220716100000) included."""
    match = _COMPACT.fullmatch(text)
    return stamp_of(match) if match else first(text)


def impossible(text: str) -> str | None:
    """The first date written in a text that is no day of the calendar (2024-02-31), as it is written."""
    return next((match[0] for match in WRITTEN.finditer(text) if stamp_of(match) is None), None)


def without_year(text: str, year: int) -> Stamp | None:
    """The first date and time in a text that leaves the year out (``09-30 22:46``)."""
    match = _SHORT.search(text)
    return stamp_of(match, year) if match else None


def of_url(url: str) -> Stamp | None:
    """The day that an address carries: t20211116_…, /2021/05/07/, /art/2021/11/16/, /202105/t20210507_…,
    /2021-05/07/, /2021/1116/.
    """
    path = re.sub(r"^[a-z]+://[^/]*", "", url)
    for pattern in _URL:
        if match := pattern.search(path):
            return stamp_of(match)
    return None


def of_script(markup: str) -> Stamp | None:
    """The first time of publication that a script of the page assigns, as text or as Unix time."""
    for match in _ASSIGNED.finditer(markup):
        if _NAMED.search(markup, max(0, match.start() - 40), match.start()) is None:
            continue
        value = match["v"]
        if value.isdecimal():
            seconds = int(value[:10])
            if 631152000 < seconds < 4102444800:  # 1990 to 2100
                return Stamp(datetime.fromtimestamp(seconds, SHANGHAI), True)
        elif stamp := first(value):
            return stamp
    return None
