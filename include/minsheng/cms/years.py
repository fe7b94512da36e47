"""The years of list entries that tell month and day alone, from the order of their list. Pure.

A list is newest first, give or take; some articles may be pinned to its top, others stand beside it; none is of a
later day than the page was fetched on. So an entry is of the latest year that keeps it before what the list has come
to, and where month and day leap up again the year before has begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from statistics import median_high

from minsheng.cms.base import Link

DISORDER = timedelta(days=31)  # entries out of order by less than that do not turn the year
_YEARS = 9  # of so many in a row one at least has a 29 February


def with_years(links: Sequence[Link], latest: date) -> list[Link]:
    """The entries of a list page, those with a ``short`` day with that day; none of them is later than ``latest``."""
    found: list[Link] = []
    newest, before = date.min, [date.min, date.min]  # of the page so far; of the last two entries
    for n, link in enumerate(links):
        day = _latest(link.short, latest) if link.day is None and link.short is not None else None
        if day is None or link.short is None:
            found.append(link)
            continue
        pinned = day > newest and n <= len(links) // 2  # those before it were, where an entry so early is the newest
        if not pinned and max(before) > date.min and day > max(before) + DISORDER:
            latest = max(before) + DISORDER
            day = _latest(link.short, latest) or day
        found.append(replace(link, day=day))
        newest, before = max(newest, day), [before[1], day]
    return found


def latest_after(links: Sequence[Link], latest: date) -> date:
    """How late an entry of the page after this one may be, whose own were at most ``latest``: as the middle one of
    these, whatever is pinned to the page or stands beside it.
    """
    days = [link.day for link in links if link.short is not None and link.day is not None]
    return min(latest, median_high(days) + DISORDER) if days else latest


def _latest(short: tuple[int, int], bound: date) -> date | None:
    """The latest day of that month and day up to ``bound``."""
    for year in range(bound.year, max(bound.year - _YEARS, 0), -1):
        try:
            day = date(year, *short)
        except ValueError:  # no 29 February that year
            continue
        if day <= bound:
            return day
    return None
