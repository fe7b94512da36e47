"""Times that 分别 shares out among as many figures: 2022年、2023年分别接待30万人次、50万人次.

The figures of the next clause that are as many have them, too (，增速分别为5%、6%). Where the times share a word
(一、二季度, 2021—2023年) each figure has the words of all of them and the days of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.figure import Figure
from minsheng.measure.periods import Mark
from minsheng.measure.periods_days import days
from minsheng.measure.seldom import Seldom

_IN_TURN: Final = "分别"
_AND: Final = frozenset({"、", "和", "及", "与"})
_LISTS: Final = Seldom("[、和及与]")
_PAUSES: Final = Seldom("[，。；;,！？!?\n]")
_COMMAS: Final = Characters("，,")
_COUNTED: Final = Seldom("[两二三四五六七八九十2-9](?:年|个?月|个?季度)(?=[，,间来里中内分全])")  # 2022年、2023年两年，
_APART: Final = 10  # characters from one figure to the next of those that times stand for in turn
_CLAUSE: Final = 40  # characters from those figures to as many in the next clause
_MOST: Final = 12  # times
_LISTED: Final = {  # what stands before the last of times that share a word
    "quarter": Seldom("(?<![0-9一二三四、])(?:[一二三四1-4][、和]){1,3}\\Z"),
    "month": Seldom("(?<![0-9.．年、])(?:[0-9]{1,2}[、和]){1,11}\\Z|(?<=年)(?:[0-9]{1,2}[、和]){1,11}\\Z"),
    "year": Seldom("(?<![0-9、])(?:20[0-9]{2}[、和]){1,11}\\Z"),
}
_LISTED_REACH: Final = 60
_FIRST: Final = re.compile("[0-9]+|[一二三四]")


def in_turn(body: str, group: Sequence[Figure], marks: Sequence[Mark], published: date | None) -> dict[int, Mark]:
    """The times of a sentence that are of one of its figures each, by the number of the figure."""
    own: dict[int, Mark] = {}
    if body.find(_IN_TURN, marks[0].at, group[-1].start) < 0:
        return own
    run: list[Mark] = []
    for number, mark in enumerate(marks):
        run.append(mark)
        if number + 1 == len(marks) or body[_end(mark) : marks[number + 1].at] not in _AND:
            times = run if len(run) > 1 else _apart(body, mark, published)
            if 1 < len(times) <= _MOST:
                _share_out(body, group, marks, times, own)
            run = []
    return own


def _end(mark: Mark) -> int:
    return mark.at + len(mark.phrase)


def _apart(body: str, mark: Mark, published: date | None) -> list[Mark]:
    """The times that one phrase stands for: each year of 2021—2023年, both quarters of 一、二季度."""
    if mark.kind == "years":
        start, end, _ = days(mark.phrase, mark.kind, published)
        whole = start and end and (start.month, end.month) == (1, 12) and start.year < end.year
        if not whole or not start or not end:
            return []
        return [mark._replace(kind="year", means=f"{year}年") for year in range(start.year, end.year + 1)]
    listed = _LISTED.get(mark.kind)
    first = _FIRST.match(mark.phrase)
    if listed is None or first is None or body[mark.at - 1 : mark.at] not in _AND:
        return []
    others = listed.search(body, max(0, mark.at - _LISTED_REACH), mark.at)
    if others is None:
        return []
    means = mark.means or mark.phrase
    year, word = means[: len(means) - len(mark.phrase)], mark.phrase[first.end() :]
    phrase = body[others.start() : _end(mark)]
    named = [*_FIRST.findall(others[0]), first[0]]
    return [mark._replace(at=others.start(), phrase=phrase, means=year + name + word) for name in named]


def _share_out(
    body: str, group: Sequence[Figure], marks: Sequence[Mark], times: list[Mark], own: dict[int, Mark]
) -> None:
    """Give times to the figures right behind them, and to those of the clauses behind that are as many."""
    at, count = _end(times[-1]), len(times)
    if counted := _COUNTED.match(body, at):
        at = counted.end()
    first = next((i for i, figure in enumerate(group) if figure.start >= at), len(group))
    if first == len(group):
        return
    at += comma if (comma := _COMMAS.at(body, at)) else 0
    before = body[at : group[first].start]
    told = before.find(_IN_TURN)
    if told < 0 or _PAUSES.search(before) or (comma and _LISTS.search(before[:told])):
        return  # 2022年、2023年，城镇和农村收入分别增长5%、6%
    while _linked(body, group[first : first + count], group[first + count : first + count + 1], count):
        own.update(zip(range(first, first + count), times, strict=True))
        first += count
        if first == len(group):
            return
        low, high = group[first - 1].end, group[first].start
        told = body.find(_IN_TURN, low, high)
        if told < 0 or high - low > _CLAUSE or not _COMMAS.at(body, low) or _PAUSES.search(body, low + 1, high):
            return
        if _LISTS.search(body, low, told) or any([low <= mark.at < high for mark in marks]):
            return


def _linked(body: str, shared: Sequence[Figure], more: Sequence[Figure], count: int) -> bool:
    """Whether figures stand in one list, of just so many."""
    if len(shared) < count:
        return False
    for one, other in pairwise(shared):
        gap = body[one.end : other.start]
        if len(gap) > _APART or "；" in gap or "。" in gap:
            return False
    return not more or body[shared[-1].end : more[0].start] not in _AND or more[0].unit != shared[-1].unit
