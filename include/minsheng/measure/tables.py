"""Units that stand only in the head of a flattened table: （单位：万元） above it, 产值（万元） or 户数 over a column.

A row is a line of cells (divided by white space or ``|``) of which some are bare numbers; its head may lack the cell
over its label. A unit in the row's first cell goes before that of its column, and that before a unit that is a cell of
its own (就业 人 3200; where no head is known, for the next number only), and that before the unit of the whole table.
In a column of lines a bare number takes the unit of the line before it: 产值（万元）, or 万元 alone. Prose (a line
with a full stop) ends the table.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from minsheng.measure.units import UNITS, Unit

_LINE: Final = re.compile(r"[^\n]+")
_CELL: Final = re.compile(r"[^\s|]+")
_NUMBER: Final = re.compile(r"[-－−]?[0-9０-９][0-9０-９,，.．]{0,18}[%％]?")
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}年?")
_WHOLE: Final = re.compile(r"单位[：:]\s?([^\s，。；（()）|]{1,8})")
_OWN: Final = re.compile(r"[（(]([^（()）]{1,8})[）)]\Z")
_LABEL: Final = re.compile(r"[（(]([^（()）\s]{1,8})[）)][：:]\Z")
_LABEL_REACH: Final = 12
_COLONS: Final = ("：", ":")
_COUNT: Final = re.compile(r"([人户场]次|[一-龥])数\Z|([人户]次)\Z")  # 户数, 参保人数, 接待人次
_GROWTH: Final = re.compile("同比|环比|增长|增速|增幅|±")
_RATE: Final = re.compile(r"[一-龥]{1,6}(?:率|比例|比重|占比|进度)\Z")
_RANK: Final = re.compile("(?:排名|位次|名次|排位|序号|编号|代码)\\Z")
_WHEN: Final = re.compile("年份?|年度|时间|日期")
_SIGNS: Final = "-－−"
_PER_CENT: Final = "%％"
_MAGNITUDES: Final = "十百千万亿"
_NO_HEAD: Final = frozenset({"specification", "per_only", "degree", "doubling"})
_COUNTED: Final = frozenset({"count", "duration"})
LONGEST: Final = 400  # characters of a row


class Head(NamedTuple):
    """The unit that a head gives its cells; ``magnitude`` is what stands before it (万 in 万元), ``grows`` the
    word by which it heads a column of rates of growth (同比), ``rate`` the name of the share that its per cents are
    (完成率)."""

    unit: Unit
    magnitude: str
    grows: str = ""
    rate: str = ""


class _Columns(NamedTuple):
    """What is known of the columns: their units, and which of them hold ranks and the like."""

    heads: list[Head | None]
    ranks: list[bool]
    when: list[bool]

    def at(self, i: int, cells: int) -> int:
        """The column of cell ``i`` of a row, whose label may have no head of its own; -1 where that is unknown."""
        missing = cells - len(self.heads)
        return i - missing if self.heads and missing in (0, 1) else -1


_NO_COLUMNS: Final = _Columns([], [], [])


def cells(text: str) -> dict[int, Head]:
    """The bare numbers of the text whose unit a head gives, by the offset where they begin; and the per cents."""
    found: dict[int, Head] = {}
    whole: Head | None = None
    above: Head | None = None  # the unit that the line above gives a number alone in its line
    columns = _NO_COLUMNS
    for line in _LINE.finditer(text):
        row = list(_CELL.finditer(line[0])) if len(line[0]) <= LONGEST else []
        numbers = [_NUMBER.fullmatch(cell[0]) is not None for cell in row]
        if any(numbers) and not _years(row, numbers):
            if len(row) == 1 and above:
                found[_offset(line.start(), row[0])] = above
            above = None
            _read_row(found, line.start(), row, numbers, columns, whole)
            continue
        above = (_head(row[0][0]) or _column(row[0][0])) if len(row) == 1 else None
        said = _WHOLE.search(line[0])
        if said:
            whole, columns = _head(said[1]), _NO_COLUMNS
        elif "。" in line[0]:
            whole, columns = None, _NO_COLUMNS
        elif len(row) > 1:
            columns = _Columns(
                [_column(cell[0]) for cell in row],
                [_RANK.search(cell[0]) is not None for cell in row],
                [_WHEN.fullmatch(cell[0]) is not None for cell in row],
            )
    return found


def labelled(text: str, start: int) -> Head | None:
    """The unit that the label right before a number gives it: 地区生产总值（亿元）：126.5."""
    if text[start - 1 : start] not in _COLONS:
        return None
    hit = _LABEL.search(text, max(0, start - _LABEL_REACH), start)
    return _head(hit[1]) if hit else None


def _years(row: list[re.Match[str]], numbers: list[bool]) -> bool:
    """Whether a row heads columns of years: 指标 单位 2022 2023."""
    cells = [_YEAR.fullmatch(cell[0]) is not None for cell in row]
    return sum(cells) > 1 and not numbers[0] and all(y for y, n in zip(cells, numbers, strict=True) if n)


def _offset(line: int, cell: re.Match[str]) -> int:
    return line + cell.start() + (cell[0][0] in _SIGNS)


def _read_row(
    found: dict[int, Head],
    start: int,
    row: list[re.Match[str]],
    numbers: list[bool],
    columns: _Columns,
    whole: Head | None,
) -> None:
    """Add the numbers of a row that begins at ``start``."""
    own = _OWN.search(row[0][0]) if not numbers[0] else None
    label = _head(own[1]) if own else None
    unit: Head | None = None
    for i, cell in enumerate(row):
        column = columns.at(i, len(row))
        if column >= 0 and columns.ranks[column]:
            continue
        head = label or (columns.heads[column] if column >= 0 else None) or unit
        if i and not numbers[i]:
            unit = _head(cell[0]) or unit
        elif column < 0:
            unit = None
        if head is None and i and (not _YEAR.fullmatch(cell[0]) or (column >= 0 and not columns.when[column])):
            head = whole
        if numbers[i] and head and not (head.rate and cell[0][-1] not in _PER_CENT):  # 容积率 1.8 is none
            found[_offset(start, cell)] = head


def _column(written: str) -> Head | None:
    """The unit of a column with this head."""
    own = _OWN.search(written) if written[-1] in "）)" else None
    growth = _GROWTH.search(written)
    head = _head(own[1]) if own else Head(UNITS["%"], "") if growth or written[-1] in _PER_CENT else None
    if head is None and _RATE.match(written):
        return Head(UNITS["%"], "", rate=written)
    if head is None:
        counted = _COUNT.search(written) if written[-1] in "数次" else None
        head = _head(counted[1] or counted[2]) if counted else None
        return head if head and head.unit.dimension in _COUNTED else None
    return Head(head.unit, head.magnitude, growth[0] if growth else "")


def _head(written: str) -> Head | None:
    """The unit of a head, None where what stands there is none."""
    for at, c in enumerate(written):
        known = UNITS.get(written[at:])
        if known is not None:  # the longest: 千瓦时 of 万千瓦时
            return None if known.dimension in _NO_HEAD else Head(known, written[:at])
        if c not in _MAGNITUDES:
            break
    return None
