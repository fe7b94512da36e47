"""Where a text speaks of plans: sections under a planning heading, the amounts of budgets, of what is sought and of
tasks.

A heading is a short line without a full stop. Its words stand in `plan_headings.csv`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure.seldom import Seldom

_LINE: Final = Seldom(r"[^\n]+")
_REPORTS: Final = vocabulary.context("report")
_LEVELS: Final = ("chapter", "section", "item", "part")
_TOP: Final = -1  # the level of a title
_FIRST: Final = ("一", "1")
_NUMBER: Final = Seldom(
    r"\s*(?:第?(?P<chapter>[一二三四五六七八九十]{1,3})(?:[、.．]|[部章]分?)|[（(](?P<section>[一二三四五六七八九十]{1,3})[）)]"
    r"|(?P<item>[0-9]{1,2})[、.．]|[（(](?P<part>[0-9]{1,2})[）)])"
)
_HEADINGS: Final = re.compile("|".join(map(re.escape, vocabulary.words("plan_headings"))))
BUDGETS: Final = vocabulary.context("budget")
CALLS: Final = vocabulary.context("call")
_CALLED: Final = Seldom("[^，。；、\n0-9]{0,14}[0-9]")
_OPEN_TO: Final = vocabulary.context("open_to")
_HAS_CALLED: Final = vocabulary.context("has_called")
_BUDGET: Final = Seldom("(?:安排|(?:数|总?额|金额|合计|总计)?(?:约?为|是|达|共|约|：)?[0-9])")
_BUDGETED: Final = Seldom(rf"(?:{'|'.join(BUDGETS)}){_BUDGET.pattern}")
_OF_TASK: Final = Seldom(rf"(?:{'|'.join(vocabulary.context('of_task'))})(?:数|总?额)?(?:为|约)?\Z")
_TARGET: Final = Seldom(
    rf"的[^，。；：\n0-9]{{0,4}}?(?:{'|'.join(vocabulary.context('of_task'))})(?:值|数|线|任务|要求)?(?=[，。；、）\s]|\Z)"
)
_BEATS: Final = Seldom("(?:[高低好优快慢多少大小]于[^，。；、0-9]{0,4}|超过?)\\Z")
_TASK_REACH: Final = 8  # characters before its amount in which a task is named
_REACH: Final = 40  # characters before a word of plans in which its sentence is looked at
HEADING: Final = 34  # characters


_OPENS: Final = ("：", ":")
_COLONS: Final = ("：\n", ":\n")
_INTRODUCES: Final = 200  # characters before that colon that introduce the list
_NUMBERED: Final = Seldom(  # the colon before a list, and its lines
    r"[：:]\n+((?:[ \t\u3000]*(?:[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9一二三四五六七八九十]{1,3}[、.．）)]"
    r"|[①-⑳]|[一二三四五六七八九十]{1,2}是)[^\n]*(?:\n+|\Z))+)"
)


def _plans(line: str) -> bool:
    """Whether a heading says that what is under it is planned: 二、2023年工作安排; not 重点任务完成情况."""
    found = _HEADINGS.search(line)
    return found is not None and all([line.find(word, found.end()) < 0 for word in _REPORTS])


class _Number(NamedTuple):
    """The number of a heading: how deep it lies (一、 0, （一） 1, 1. 2, （1） 3) and whether it is the first there."""

    level: int
    first: bool


def _numbered(heading: str) -> _Number | None:
    found = _NUMBER.match(heading)
    if found is None:
        return None
    kind = found.lastgroup or ""
    return _Number(_LEVELS.index(kind), found[kind] in _FIRST)


class Plans:
    """The planned stretches of a text, and the ``headings`` that say so (where they begin and end); ``covers`` tells
    whether a position lies in one. A heading holds for those numbered under it."""

    def __init__(self, title: str, body: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.headings: list[tuple[int, int]] = []
        planned = _plans(title)
        if not planned and not any([len(line) <= HEADING and _plans(line) for line in body.split("\n")]):
            return
        first = True
        above: int | None = _TOP  # the level of the planning heading, None where it has no number
        for line in _LINE.finditer(body):
            words = line[0].strip()
            if words.endswith(_OPENS):  # 围绕上述目标，重点抓好以下工作：
                pass
            elif len(words) <= HEADING and "。" not in words:
                number = _numbered(words)
                if _plans(words):
                    planned, above = True, number.level if number else None
                    self.headings.append(line.span())
                elif planned:
                    if number and above is None and number.first:
                        above = number.level - 1
                    under = number is not None and above is not None and number.level > above
                    planned = under or first or words.startswith(("来源", "日期"))
            elif planned:
                self.starts.append(line.start())
                self.ends.append(line.end())
            first = False

    def covers(self, at: int) -> bool:
        """Whether what stands at ``at`` is planned because of its heading."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.ends[i]


class Numbered(NamedTuple):
    """A numbered list: where it begins and ends, and so the line that introduces it (2024年将办好3件实事：)."""

    start: int
    end: int
    first: int
    last: int


def introduction(lists: Sequence[Numbered], at: int) -> Numbered | None:
    """The list that holds ``at``, of those of ``numbered``."""
    i = bisect_right(lists, at, key=_start) - 1
    return lists[i] if i >= 0 and at < lists[i].end else None


def _start(those: Numbered) -> int:
    return those.start


def numbered(text: str) -> list[Numbered]:
    """The numbered lists of a text, in order; none lies in another."""
    found: list[Numbered] = []
    ended = 0
    for at in sorted([at for colon in _COLONS for at in _each(text, colon)]):
        if at >= ended and (listed := _NUMBERED.match(text, at)):
            ended = listed.end(1)
            low = max(0, at - _INTRODUCES)
            found.append(Numbered(*listed.span(1), max(low, text.rfind("\n", low, at) + 1), at))
    return found


def _each(text: str, colon: str) -> list[int]:
    found: list[int] = []
    at = text.find(colon)
    while at >= 0:
        found.append(at)
        at = text.find(colon, at + 1)
    return found


def budgets(text: str, end: int) -> bool:
    """Whether the word of a budget that ends there has its amount behind it: 预算1860万元; not 预算收入1860万元."""
    return _BUDGET.match(text, end) is not None


def budgeted(text: str, low: int, at: int) -> bool:
    """Whether the amount of a budget stands between: 预算50亿元，完成53亿元."""
    return any([text.find(word, low, at) >= 0 for word in BUDGETS]) and _BUDGETED.search(text, low, at) is not None


def seeks(text: str, start: int, end: int) -> bool:
    """Whether the word between seeks so many (面向社会公开招聘89名), where neither a time nor a word of what is done
    stands before."""
    low = max(0, start - _REACH)
    low = max(low, text.rfind("。", low, start), text.rfind("\n", low, start))
    if _CALLED.match(text, end) is None or not any([text.find(word, low, start) >= 0 for word in _OPEN_TO]):
        return False
    return all([text.find(word, low, start) < 0 for word in _HAS_CALLED])


def to_fulfil(text: str, start: int, end: int) -> bool:
    """Whether the amount between is that of a task of which a part is told behind it (完成年度任务38.9万人的109.5%), or
    a target that is compared with (高于95%的目标值, 好于下降3%的目标)."""
    if text[end : end + 1] != "的":
        return False
    if text[end + 1 : end + 2].isdecimal():
        return _OF_TASK.search(text, max(0, start - _TASK_REACH), start) is not None
    return _TARGET.match(text, end) is not None and _BEATS.search(text, max(0, start - _TASK_REACH), start) is not None
