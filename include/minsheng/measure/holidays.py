"""The days off of a public holiday (五一假期, 国庆黄金周): the State Council's notices, by `chinese_calendar`."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from minsheng import vocabulary

_AROUND: Final = ("期间", "档期")  # 春节期间 may be longer than the days off, or shorter
_BREAKS: Final = (*[word for word in vocabulary.words("time_words", kind="holiday") if word not in _AROUND], "天")
_ALSO: Final = {"五一": "劳动", "十一": "国庆"}  # what people call them besides their names, 节 left out
_DAY: Final = timedelta(1)
_YEAR: Final = 400  # days: what began longer ago is not the last one, whose notice is not known here


@cache
def _spans() -> dict[str, list[tuple[date, date]]]:
    """The days off around each public holiday since 2004, in order, by its name: 劳动 -> (1 May, 5 May) of 2024."""
    from chinese_calendar import constants, is_holiday  # here: few articles need it, and every start would wait for it

    names = {holiday.value: holiday.chinese.removesuffix("节") for holiday in constants.Holiday}
    first, last = min(constants.holidays), max(constants.holidays)
    found: dict[str, list[tuple[date, date]]] = {}
    for day in sorted(constants.holidays):
        spans = found.setdefault(names[constants.holidays[day]], [])
        if spans and day <= spans[-1][1]:
            continue
        start = end = day
        while start - _DAY >= first and is_holiday(start - _DAY):  # the notices: 与周末连休
            start -= _DAY
        while end + _DAY <= last and is_holiday(end + _DAY):
            end += _DAY
        spans.append((start, end))
    return found


def holiday(phrase: str, year: int | None, base: date, planned: bool) -> tuple[date, date] | None:
    """The first and last day off; None where the phrase names no such holiday, or no notice for it is known.

    Without a ``year``, that of the last one that had begun by the day ``base``, ``planned`` of the next to end.
    """
    if not phrase.endswith(_BREAKS):
        return None
    for alias, name in _ALSO.items():
        phrase = phrase.replace(alias, name)
    for name, spans in _spans().items():
        if name not in phrase:
            continue
        if year is not None:
            return next((span for span in spans if span[1].year == year), None)
        if planned:
            return next((span for span in spans if span[1] >= base), None)
        return next((span for span in reversed(spans) if 0 <= (base - span[0]).days < _YEAR), None)
    return None
