"""Where a text speaks of plans: sections under a planning heading, planned columns of flattened tables.

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
