"""A data table as lines that keep their heads: ``row head：column head value，column head value。``

A figure in a cell means nothing without its row and column; a line that says both can be measured like prose.
Tables that only arrange the page are left to the walk.
"""

from __future__ import annotations

import re
from typing import Any

from . import table_units

_NUMBER = re.compile(r"^[-+−]?[\d,，]+(?:\.\d+)?\s*(?:%|％|‰|个|元|万元|亿元)?$|^[-—–/]+$")
_SPACE = re.compile(r"\s+")
_MOST_CELLS = 4000
_LONGEST_CELL = 200
_HEAD_ROWS = 3


def table_lines(table: Any) -> list[str] | None:
    """The lines of a data table; None if it is none: nested, one column or row, cells that hold paragraphs,
    mostly links.
    """
    if table.css_first("table table, table form, table h1, table ul, table img") is not None:
        return None
    rows = table.css("tr")
    if not 2 <= len(rows) <= _MOST_CELLS:
        return None
    grid, heads, links, chars = _grid(rows)
    width = max(map(len, grid), default=0)
    filled = [row for row in grid if sum(map(bool, row)) >= 2]
    if width < 2 or len(filled) < 2 or links * 2 > chars or any(len(c) > _LONGEST_CELL for row in grid for c in row):
        return None
    if not heads and not any(_NUMBER.match(c) for row in grid for c in row):
        return None
    return _lines([[*row, *[""] * (width - len(row))] for row in grid], heads)


def _grid(rows: list[Any]) -> tuple[list[list[str]], int, int, int]:
    """Cells by row and column with spans filled in; how many leading rows are all ``th``; characters in links, in
    all.
    """
    grid: list[list[str]] = []
    carried: dict[int, tuple[int, str]] = {}
    heads = links = chars = cells = 0
    for row in rows:
        line: list[str] = []
        only_heads = True
        for cell in row.css("td, th"):
            cells += 1
            if cells > _MOST_CELLS:
                return [], 0, 1, 1
            _carry(line, carried)
            text = _SPACE.sub(" ", cell.text()).strip()
            links += sum(len(a.text()) for a in cell.css("a"))
            chars += len(text)
            only_heads = only_heads and cell.tag == "th"
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    carried[len(line)] = (_span(cell, "rowspan") - 1, text)
                line.append(text)
        _carry(line, carried)
        heads += only_heads and heads == len(grid) and bool(line)
        grid.append(line)
    return grid, heads, links, chars


def _carry(line: list[str], carried: dict[int, tuple[int, str]]) -> None:
    while len(line) in carried:
        left, text = carried.pop(len(line))
        if left > 1:
            carried[len(line)] = (left - 1, text)
        line.append(text)


def _span(cell: Any, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(50, int(value))) if value.isdecimal() and len(value) < 4 else 1


def _lines(grid: list[list[str]], heads: int) -> list[str]:
    lines: list[str] = []
    whole = ""
    # A first row that spans the whole table is its caption.
    while grid and len(set(filter(None, grid[0]))) == 1:
        lines.append(next(filter(None, grid[0])))
        whole = table_units.of_caption(lines[-1]) or whole
        grid, heads = grid[1:], max(0, heads - 1)
    if not heads:
        numbers = [
            any(_NUMBER.match(c) and not table_units.is_year(c) for c in row[1:]) for row in grid[: _HEAD_ROWS + 1]
        ]
        heads = numbers.index(True) if True in numbers else 1
    columns = (
        [_join(dict.fromkeys(row[i] for row in grid[:heads] if row[i])) for i in range(len(grid[0]))] if grid else []
    )
    units = table_units.unit_column(columns, grid[heads:])
    for row in grid[heads:]:
        name, own = table_units.of_head(row[0])
        unit = row[units] if units and row[units] else own or whole
        first = name if unit and unit == own else row[0]
        pairs = dict.fromkeys(
            table_units.written(columns[i], value, unit)
            for i, value in enumerate(row)
            if value and i not in (0, units) and value != row[0]
        )
        if first or pairs:
            lines.append((f"{first}：" if first and pairs else first) + "，".join(pairs) + ("。" if pairs else ""))
    return lines


def _join(parts: dict[str, None]) -> str:
    return " ".join(parts)
