"""A data table as lines that keep their heads: ``row head：column head value，column head value。``

A figure in a cell means nothing without its row and column; a line that says both can be measured like prose.
Tables that only arrange the page are left to the walk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, zip_longest
from typing import Any

from . import table_units
from .vocabulary import vocabulary

_SPACE = re.compile(r"\s+")
_PARAGRAPHS = frozenset(["p", "div", "li"])
_UNSEEN = frozenset(["script", "style", "-comment"])
_MOST_CELLS = 4000
_LONGEST_CELL = 200
_HEAD_ROWS = 3
_SERIAL = re.compile(r"序\s*号|编\s*号|[Nn][Oo]\.?")
_LONGEST_CAPTION = 60
_DIGIT = re.compile(r"\d")


def table_lines(table: Any, above: Sequence[str] = ()) -> list[str] | None:
    """The lines of a data table; None if it is none: one that holds another, one column or row, cells that hold
    paragraphs, mostly links. ``above`` are the last texts before it: they may name its units.
    """
    # asked of each child: a selector finds the element itself, too, and those around it count as its ancestors
    if any(child.css_first("table, form, h1, ul, img") is not None for child in table.iter()):
        return None
    rows = table.css("tr")
    if not 2 <= len(rows) <= _MOST_CELLS:
        return None
    grid, heads, links, chars, spans = _grid(rows)
    width = max(map(len, grid), default=0)
    filled = [row for row in grid if sum(map(bool, row)) >= 2]
    if width < 2 or len(filled) < 2 or links * 2 > chars or any(len(c) > _LONGEST_CELL for row in grid for c in row):
        return None
    if not heads and not any(table_units.is_number(c) for row in grid for c in row):
        return None
    node = table.css_first("caption")
    caption = _SPACE.sub(" ", node.text()).strip() if node is not None else ""
    named = [text for text in (*above, caption) if len(text) <= _LONGEST_CAPTION and "。" not in text]
    whole = next((units for text in reversed(named) if (units := table_units.of_caption(text))), ())
    sections = [_is_section(row, span, width) for row, span in zip(grid, spans, strict=True)]
    lines = _lines([[*row, *[""] * (width - len(row))] for row in grid], sections, heads, whole)
    return [caption, *lines] if caption else lines


def _is_section(row: list[str], span: int, width: int) -> bool:
    """Whether a row is one text, over all columns (or all but the last) or in the first alone: it names those below."""
    own, rest = row[:span], row[span:]
    return bool(own and own[0]) and not any(rest) and (span == 1 or span >= width - 1)


def _grid(rows: list[Any]) -> tuple[list[list[str]], int, int, int, list[int]]:
    """Cells by row and column with spans filled in; how many leading rows are all ``th``; characters in links, in
    all; how many columns the first cell of each row spans.
    """
    grid: list[list[str]] = []
    spans: list[int] = []
    carried: dict[int, tuple[int, str]] = {}
    heads = links = chars = cells = 0
    for row in rows:
        line: list[str] = []
        only_heads = True
        spans.append(1)
        for cell in row.css("td, th"):
            cells += 1
            if cells > _MOST_CELLS:
                return [], 0, 1, 1, []
            _carry(line, carried)
            text = _text(cell)
            links += sum(len(a.text()) for a in cell.css("a"))
            chars += len(text)
            spans[-1] = spans[-1] if line else _span(cell, "colspan")
            only_heads = only_heads and cell.tag == "th"
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    carried[len(line)] = (_span(cell, "rowspan") - 1, text)
                line.append(text)
        _carry(line, carried)
        heads += only_heads and heads == len(grid) and bool(line)
        grid.append(line)
    return grid, heads, links, chars, spans


def _text(cell: Any) -> str:
    """The text of a cell, its lines put together; a blank between two that would else make one word or number."""
    text = ""
    for line in (table_units.closed(_SPACE.sub(" ", raw).strip()) for raw in _cell_lines(cell)):
        apart = text and line and text[-1].isascii() and line[0].isascii()
        text += (" " if apart else "") + line
    return text


def _cell_lines(cell: Any) -> list[str]:
    """The lines in a cell as its breaks and paragraphs make them, white space as in the source."""
    lines, todo = [""], [*cell.iter(include_text=True)][::-1]
    while todo:
        node = todo.pop()
        if node is None or node.tag == "br":
            lines.append("")
        elif node.tag == "-text":
            lines[-1] += node.text_content
        elif node.tag not in _UNSEEN:
            inner = [*node.iter(include_text=True)][::-1]
            todo += [None, *inner, None] if node.tag in _PARAGRAPHS else inner
    return lines


def _carry(line: list[str], carried: dict[int, tuple[int, str]]) -> None:
    while len(line) in carried:
        left, text = carried.pop(len(line))
        if left > 1:
            carried[len(line)] = (left - 1, text)
        line.append(text)


def _span(cell: Any, name: str) -> int:
    value = cell.attributes.get(name) or "1"
    return max(1, min(50, int(value))) if value.isdecimal() and len(value) < 4 else 1


def _lines(grid: list[list[str]], sections: list[bool], heads: int, whole: tuple[str, ...]) -> list[str]:
    """``sections``: which rows are no row of the table, but name those below them, whatever their columns."""
    lines: list[str] = []
    # A first row that spans the whole table is its caption.
    while grid and len(set(filter(None, grid[0]))) == 1:
        lines.append(next(filter(None, grid[0])))
        whole = table_units.of_caption(lines[-1]) or whole
        grid, sections, heads = grid[1:], sections[1:], max(0, heads - 1)
    heads -= sum(sections[:heads])
    rows = [row for row, section in zip(grid, sections, strict=True) if not section]
    if not rows:
        return lines + [row[0] for row in grid]
    marked = 0 < heads < len(rows)
    if not marked:  # none are, or all: a row of heads has rows below it
        numbers = [any(map(table_units.is_number, row[1:])) for row in rows[: _HEAD_ROWS + 1]]
        heads = numbers.index(True) if True in numbers else min(1, len(rows) - 1)
    if not marked and (form := [_entries(row) for row in rows]) and _is_form(form):
        said = iter([_filled_in(row, whole) for row in form])
    elif not heads and _in_pairs(rows):
        said = iter([_paired(row, whole) for row in rows])
    else:
        top = [table_units.head_units(row) for row in rows[:heads]]
        columns = [_join([row[i] for row in top]) for i in range(len(rows[0]))]
        body = rows[heads:]
        units = table_units.unit_column(columns, body)
        names = _name_columns(columns, body, units)
        said = iter([""] * heads + [_line(row, columns, names, units, whole) for row in body])
    found = (row[0] if section else next(said) for row, section in zip(grid, sections, strict=True))
    return lines + [line for line in found if line]


def _line(row: list[str], columns: list[str], names: range, units: int, whole: tuple[str, ...]) -> str:
    full = _join([row[i] for i in names])
    name, own = table_units.of_head(full)
    unit = row[units] if units and row[units] else own
    first = name if unit and unit == own else full
    pairs = dict.fromkeys(
        table_units.written(columns[i], value, unit, whole, table_units.of_change(columns, row, i, unit, whole))
        for i, value in enumerate(row)
        if value and i >= names.stop and i != units and value not in row[names.start : names.stop]
    )
    return (f"{first}：" if first and pairs else first) + "，".join(pairs) + ("。" if pairs else "")


def _name_columns(columns: list[str], body: list[list[str]], units: int) -> range:
    """The columns at the left that name a row: the first (or the second where the first counts the rows), and those
    after it while several rows are named alike (the groups that a cell over several rows makes).
    """
    width = len(columns)
    first = 1 if width > 2 and _SERIAL.fullmatch(columns[0]) and _is_text(body, 1) else 0
    stop = first + 1
    while stop < width - 1 and stop != units and _is_text(body, stop):
        names = [tuple(row[first:stop]) for row in body]
        if len(set(names)) == len(names):
            break
        stop += 1
    return range(first, stop)


def _is_text(body: list[list[str]], column: int) -> bool:
    """Whether no cell of a column is a number, and some hold text."""
    cells = [row[column] for row in body if row[column]]
    return bool(cells) and not any(map(table_units.is_number, cells))


def _in_pairs(grid: list[list[str]]) -> bool:
    """Whether names and values stand side by side, several a row, without a row of heads."""
    width = len(grid[0])
    if width < 4 or (width % 2 and any(row[-1] for row in grid)):
        return False
    return all(
        not table_units.is_number(name) and (not value or (bool(name) and table_units.is_number(value)))
        for row in grid
        for name, value in zip(row[::2], row[1::2], strict=False)
    )


def _paired(row: list[str], whole: tuple[str, ...]) -> str:
    pairs = [(name, value) for name, value in zip(row[::2], row[1::2], strict=False) if name and value]
    return "，".join(table_units.written(name, value, "", whole) for name, value in pairs) + "。"


def _entries(row: list[str]) -> list[tuple[str, str]]:
    """A row as names and values in turn, a cell over several columns being one."""
    cells = [cell for cell, _ in groupby(row)]
    return [(n, v) for n, v in zip_longest(cells[::2], cells[1::2], fillvalue="") if n or v]


def _is_form(rows: list[list[tuple[str, str]]]) -> bool:
    """Whether a table is a form: names of fields and what was filled in, several a row, words as well as numbers. Below
    the heads of a table no cell is the name of a field; nor does a form lose a cell with a figure and no partner.
    """
    fields = vocabulary().fields
    pairs = [pair for row in rows for pair in row]
    return (
        any(len(row) > 1 for row in rows)
        and any(_field(name) in fields for row in rows[1:] for name, _ in row)
        and len({name for name, _ in pairs}) == len(pairs)
        and all(name and not table_units.is_number(name) and _field(value) not in fields for name, value in pairs)
        and all(value or not _DIGIT.search(name) for name, value in pairs)
    )


def _field(name: str) -> str:
    return _SPACE.sub("", name).rstrip("：:")


def _filled_in(row: list[tuple[str, str]], whole: tuple[str, ...]) -> str:
    said = [
        table_units.written(name, value, "", whole) if table_units.is_number(value) else f"{_field(name)}：{value}"
        for name, value in row
        if value
    ]
    return "，".join(said) + ("。" if said else "")


def _join(parts: list[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, parts)))
