"""Rows of a table that cleaning has written as lines: 随县：地区生产总值 总量58.5亿元，增速5.2%。

Two lines that stand together and have the same heads are a table: each figure is of the head right before it, not of
the words of the cells before, and 本月 before one says nothing of the next.
"""

from __future__ import annotations

import re
from typing import Final

from minsheng.measure.figure import Figure
from minsheng.measure.seldom import Seldom
from minsheng.measure.tables import LONGEST, Cell, Column, Table

_LABEL: Final = Seldom(r"(?:其中：)?([^，。：\n]{1,40})：")
_CELL: Final = re.compile(r"([^，。\n]*?)[：为]?([-－−]?)[0-9][0-9,]*(?:\.[0-9]+)?[^0-9，。\s]{0,9}")
_COLON: Final = "："
_LABEL_REACH: Final = 44  # characters in which a label ends
_COMMA: Final = "，"
_STOP: Final = "。"
_BELOW: Final = "如下"  # in the sentence above a table
_LINES: Final = 3  # above a table that may be its title, and
_TITLE: Final = 60  # their characters


class Lines:
    """The tables of a text; ``read`` is asked for one sentence after the other."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.end = -1  # of the row before
        self.heads: frozenset[str] = frozenset()
        self.titles: list[tuple[int, int]] = []

    def read(self, span: tuple[int, int], group: list[Figure]) -> None:
        """Give the figures of a sentence their cells, where it is a row."""
        body, (start, end) = self.body, span
        row = _row(body, start, end)
        if not row:
            return
        heads = _heads(body, row)
        if self.end != start or not _kin(heads, self.heads):
            close = body.find("\n", end)
            after = _row(body, end, close if close > 0 else len(body))
            if not _kin(heads, _heads(body, after)):
                return
            self.titles = _above(body, start)
        self.end, self.heads = end, heads
        label = row[0][0], row[0][1]
        top = self.titles[-1][0] if self.titles else -1
        table = Table([_column(body, low, high) for low, high, _ in row], top, self.titles)
        columns = {number: i for i, (_, _, number) in enumerate(row)}
        for figure in group:
            if i := columns.get(figure.number_start, 0):
                figure.cell = Cell(None, label, i, table, 1, label, True)


def _row(body: str, start: int, end: int) -> list[tuple[int, int, int]]:
    """Where the label, and the heads of the numbers in a line stand, and these numbers; none for any other line."""
    if (start and body[start - 1] != "\n") or end - start > LONGEST:
        return []
    if body.find(_COLON, start, min(end, start + _LABEL_REACH)) < 0:
        return []
    label = _LABEL.match(body, start, end)
    stop = body.find(_STOP, start, end)
    if label is None or stop < 0 or body[stop + 1 : end].strip():
        return []
    found = [(label.start(1), label.end(1), -1)]
    at = label.end()
    for piece in body[at:stop].split(_COMMA):
        cell = _CELL.fullmatch(piece)
        if cell is not None:
            found.append((at, at + cell.end(1), at + cell.end(2)))
        elif any([c.isdecimal() for c in piece]):
            return []
        at += len(piece) + 1
    return found


def _heads(body: str, row: list[tuple[int, int, int]]) -> frozenset[str]:
    return frozenset([body[start:end] for start, end, _ in row[1:] if start < end])


def _kin(heads: frozenset[str], others: frozenset[str]) -> bool:
    """Whether rows with these heads are of one table: cells may be empty in either."""
    return bool(heads) and bool(others) and (heads <= others or others <= heads)


def _column(body: str, start: int, end: int) -> Column:
    """The column of a head, which one of several columns may stand before: 地区生产总值 总量."""
    blank = body.rfind(" ", start, end)
    if blank < 0:
        return Column(start, end, None, False, False)
    return Column(blank + 1, end, None, False, False, (start, blank))


def _above(body: str, start: int) -> list[tuple[int, int]]:
    """The short lines right above a table, from the first."""
    found: list[tuple[int, int]] = []
    while start > 0 and len(found) < _LINES:
        end = start - 1
        start = body.rfind("\n", 0, end) + 1
        if end - start > _TITLE or (_STOP in body[start:end] and _BELOW not in body[start:end]):
            break
        if end > start:
            found.append((start, end))
    return found[::-1]
