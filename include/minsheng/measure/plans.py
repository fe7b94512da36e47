"""Where a text speaks of plans: sections under a planning heading, planned columns of flattened tables; the amounts of
budgets, of what is sought and of tasks.

A heading is a short line without a full stop. Its words stand in `plan_headings.csv`; a column is
planned where its head is one of them or 计划 or 目标.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from minsheng import vocabulary

_LINE: Final = re.compile(r"[^\n]+")
_CELL: Final = re.compile(r"[^\s|]+")
_PLANNED_COLUMN: Final = re.compile(r"(?:年度|全年|今年)?(?:(?:计划|目标|任务)(?:数|值|量)?|预算(?:数|额)?)\Z")
_HEADINGS: Final = re.compile("|".join(map(re.escape, vocabulary.words("plan_headings"))))
_COLUMN_WORDS: Final = ("计划", "目标", "任务", "预算")
BUDGETS: Final = ("预算", "支出安排", "收入安排")
CALLS: Final = vocabulary.context("call")
_CALLED: Final = re.compile("[^，。；、\n0-9]{0,14}[0-9]")
_OPEN_TO: Final = "面向"
_HAS_CALLED: Final = vocabulary.context("has_called")
_BUDGET: Final = re.compile("(?:安排|(?:数|总?额|金额)?(?:约?为|是|达|共|约|：)?[0-9])")
_BUDGETED: Final = re.compile(rf"预算{_BUDGET.pattern}")
_OF_TASK: Final = re.compile(r"(?:任务|计划|目标|预算|指标)(?:数|总?额)?(?:为|约)?\Z")
_PART_OF: Final = re.compile("的[0-9]")
_TASK_REACH: Final = 8  # characters before its amount in which a task is named
_REACH: Final = 40  # characters before a word of plans in which its sentence is looked at
HEADING: Final = 34  # characters
_ROW: Final = 400  # characters


def _may_plan(line: str) -> bool:
    """Whether a line may be a planning heading, or the head of a table with a planned column."""
    if len(line) > _ROW:
        return False
    if len(words := line.strip()) <= HEADING and _HEADINGS.search(words):
        return True
    return ("|" in line or len(line.split(None, 2)) > 2) and any(word in line for word in _COLUMN_WORDS)


class Plans:
    """The planned stretches of a text; ``covers`` tells whether a position lies in one."""

    def __init__(self, title: str, body: str) -> None:
        self.spans: list[tuple[int, int, bool]] = []
        self.starts: list[int] = []
        planned = bool(_HEADINGS.search(title))
        if not planned and not any([_may_plan(line) for line in body.split("\n")]):
            return
        columns: list[bool] = []
        first = True
        for line in _LINE.finditer(body):
            words = line[0].strip()
            row = len(line[0]) <= _ROW and (columns or "|" in line[0] or len(line[0].split(None, 2)) > 2)
            cells = list(_CELL.finditer(line[0])) if row else []
            head = [bool(_PLANNED_COLUMN.match(c[0])) for c in cells]
            if len(cells) >= 3 and any(head) and not any(ch.isdecimal() for ch in words):
                columns = head
            elif columns and len(cells) == len(columns):
                for cell, target in zip(cells, columns, strict=True):
                    self._add(line.start() + cell.start(), line.start() + cell.end(), target)
            else:
                columns = []
                if len(words) <= HEADING and "。" not in words:
                    planned = bool(_HEADINGS.search(words)) or (
                        planned and (first or words.startswith("来源") or words.startswith("日期"))
                    )
                elif planned:
                    self._add(line.start(), line.end(), True)
            first = False

    def _add(self, start: int, end: int, target: bool) -> None:
        self.starts.append(start)
        self.spans.append((start, end, target))

    def covers(self, at: int) -> bool:
        """Whether what stands at ``at`` is planned because of its heading or column."""
        i = bisect_right(self.starts, at) - 1
        return i >= 0 and at < self.spans[i][1] and self.spans[i][2]


def budgets(text: str, end: int) -> bool:
    """Whether the word of a budget that ends there has its amount behind it: 预算1860万元; not 预算收入1860万元."""
    return _BUDGET.match(text, end) is not None


def budgeted(text: str, low: int, at: int) -> bool:
    """Whether the amount of a budget stands between: 预算50亿元，完成53亿元."""
    return text.find(BUDGETS[0], low, at) >= 0 and _BUDGETED.search(text, low, at) is not None


def seeks(text: str, start: int, end: int) -> bool:
    """Whether the word between seeks so many (面向社会公开招聘89名), where neither a time nor a word of what is done
    stands before."""
    low = max(0, start - _REACH)
    low = max(low, text.rfind("。", low, start), text.rfind("\n", low, start))
    if _CALLED.match(text, end) is None or text.find(_OPEN_TO, low, start) < 0:
        return False
    return all([text.find(word, low, start) < 0 for word in _HAS_CALLED])


def to_fulfil(text: str, start: int, end: int) -> bool:
    """Whether the amount between is that of a task of which a part is told behind it: 完成年度任务38.9万人的109.5%."""
    task = _PART_OF.match(text, end) is not None and _OF_TASK.search(text, max(0, start - _TASK_REACH), start)
    return bool(task)
