"""Units that stand only in the head of a flattened table: （单位：万元） above it, 产值（万元） over a column.

A row is a line of cells (divided by white space or ``|``) of which some are bare numbers. A unit in the
row's first cell goes before that of its column, and that before a unit that is a cell of its own (就业 人 3200),
and that before the unit of the whole table. Prose (a line with a full stop) ends the table.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from minsheng import vocabulary
from minsheng.vocabulary import Unit

_LINE = re.compile(r"[^\n]+")
_CELL = re.compile(r"[^\s|]+")
_NUMBER = re.compile(r"[-－−]?[0-9０-９][0-9０-９,，.．]{0,18}")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WHOLE = re.compile(r"单位[：:]\s?([^\s，。；（()）|]{1,8})")
_OWN = re.compile(r"[（(]([^（()）]{1,8})[）)]\Z")
_GROWTH = re.compile("同比|环比|增长|增速|增幅|±")
_SIGNS = "-－−"
_NO_HEAD = frozenset({"specification", "per_only", "degree", "doubling"})
LONGEST = 400  # characters of a row


class Head(NamedTuple):
    """The unit that a head gives its cells; ``magnitude`` is what stands before it (万 in 万元), ``grows`` the
    word by which it heads a column of rates of growth (同比)."""

    unit: Unit
    magnitude: str
    grows: str = ""


def cells(text: str) -> dict[int, Head]:
    """The bare numbers of the text whose unit a head gives, by the offset where they begin."""
    found: dict[int, Head] = {}
    whole: Head | None = None
    columns: list[Head | None] = []
    for line in _LINE.finditer(text):
        row = list(_CELL.finditer(line[0])) if len(line[0]) <= LONGEST else []
        numbers = [_NUMBER.fullmatch(cell[0]) is not None for cell in row]
        if not any(numbers):
            said = _WHOLE.search(line[0])
            own = [_column(cell[0]) for cell in row]
            if said:
                whole, columns = _head(said[1]), []
            elif "。" in line[0]:
                whole, columns = None, []
            elif len(row) > 1:
                columns = own
            continue
        label = _OWN.search(row[0][0]) if not numbers[0] else None
        unit: Head | None = None
        for i, cell in enumerate(row):
            column = columns[i] if len(columns) == len(row) else None
            head = (_head(label[1]) if label else None) or column or unit
            if i and not numbers[i]:
                unit = _head(cell[0]) or unit
            if head is None and i and not _YEAR.fullmatch(cell[0]):
                head = whole
            if numbers[i] and head:
                found[line.start() + cell.start() + (cell[0][0] in _SIGNS)] = head
    return found


def _column(written: str) -> Head | None:
    """The unit of a column with this head."""
    own = _OWN.search(written)
    head = _head(own[1]) if own else None
    if head is None:
        return None
    growth = _GROWTH.search(written)
    return Head(head.unit, head.magnitude, growth[0] if growth else "")


def _head(written: str) -> Head | None:
    """The unit of a head, None where what stands there is none."""
    unit = written.lstrip("十百千万亿")
    known = vocabulary.units().get(unit)
    if known is None or known.dimension in _NO_HEAD:
        return None
    return Head(known, written[: len(written) - len(unit)])
