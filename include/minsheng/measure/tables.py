"""What only the head of a flattened table says: the unit of a bare number (（单位：万元） above it, 产值（万元） or
户数 over its column), and where the label of its row, the head of its column and the lines above it stand.

A row is a line of cells (divided by ``|``, else by tabs, else by white space) of which some are numbers; its head may
lack the cell over its label. A unit in the row's first cell goes before that of its column, and that before a unit
that is a cell of its own (就业 人 3200; where no head is known, for the next number only), and that before the unit of
the whole table. In a column of lines a bare number takes the unit of the line before it: 产值（万元）, or 万元 alone.
Prose (a line with a full stop) ends the table. What the cells say is read in `tables_cells.py`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from minsheng import changes, vocabulary
from minsheng.measure.quantity import per_unit
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import UNITS, Unit, unit_at

_LINE: Final = Seldom(r"[^\n]+")
_CELL: Final = Seldom(r"[^\s|]+")
_RULE: Final = frozenset("-:=— \t|+")  # between the head and the rows: |---|---|
_RULED: Final = 3  # characters of the shortest
_NUMBER: Final = Seldom(r"[-－−+＋]?[0-9０-９][0-9０-９,，.．]{0,18}([^\s0-9]{0,6})")
_YEAR: Final = Seldom(r"(?:19|20)[0-9]{2}年?")
_WHOLE: Final = Seldom(r"单位[：:]\s?([^\s，、。；（()）|]{1,8})")  # of 万元、% the first
_OWN: Final = Seldom(r"[（(]([^（()）]{1,8})[）)]\Z")
_LABEL: Final = Seldom(r"[（(]([^（()）\s]{1,8})[）)][：:]\Z")
_LABEL_REACH: Final = 12
_COLONS: Final = ("：", ":")
_COUNT: Final = Seldom(r"([人户场]次|[^\W\d_])数\Z|([人户]次)\Z")  # 户数, 参保人数, 接待人次
GROWTH: Final = Seldom("同比|环比|增长|增速|增幅|增减|升降|变化|±")
_GROWTH_END: Final = Seldom(r"(?:增长|增速|增幅|增减)(?=率?(?:[（(][%％][）)])?\Z)")
_BASIS: Final = Seldom("|".join(vocabulary.words("change_bases")))
RATE: Final = Seldom(r"[^\W\d_]{1,6}(?:率|比例|比重|占比|进度)\Z")
_RANK: Final = Seldom("(?:排名|位次|名次|排位|序号|编号|代码)\\Z")
_WHEN: Final = Seldom("年份?|年度|时间|日期")
_SIGNS: Final = "-－−+＋"
_PERCENTAGE_POINTS: Final = "百分点"
_PER_CENT: Final = "%％"
_MAGNITUDES: Final = "十百千万亿"
_NO_HEAD: Final = frozenset({"specification", "per_only", "degree", "doubling"})
_COUNTED: Final = frozenset({"count", "duration"})
_TITLES: Final = 3  # lines above a table that may be its title, and
_TITLE: Final = 60  # their characters
_PROSE: Final = Seldom(r"[，；！？]|(?<!\w)[一二三四五六七八九十]{1,3}、")
_BELOW: Final = "如下"  # in the sentence above a table
_OF_ROW: Final = ("其中", "#", "＃")  # before the label of a row that is part of the one above
LONGEST: Final = 400  # characters of a row


class Head(NamedTuple):
    """The unit that a head gives its cells; ``magnitude`` is what stands before it (万 in 万元), ``grows`` the
    word by which it heads a column of growth (同比), ``rate`` the name of the share that its per cents are (完成率),
    ``open`` the head itself where it names no unit: its cells may be amounts (增减)."""

    unit: Unit
    magnitude: str
    grows: str = ""
    rate: str = ""
    open: str = ""


class Column(NamedTuple):
    """A column: where its head stands, the unit that gives, whether it holds ranks or times, and where in the line
    above stands what heads several columns (城镇居民 over 收入 and 支出; empty for nothing)."""

    start: int
    end: int
    head: Head | None
    ranks: bool
    when: bool
    over: tuple[int, int] = (0, 0)


class Table(NamedTuple):
    """What stands above the rows: columns (none: no head is known), the line of the head (-1), the lines above it."""

    columns: list[Column]
    top: int
    titles: list[tuple[int, int]]

    def at(self, i: int, cells: int) -> int:
        """The column of cell ``i`` of a row, whose label may have no head of its own; -1 where that is unknown."""
        missing = cells - len(self.columns)
        return i - missing if self.columns and missing in (0, 1) and i >= missing else -1


class Cell(NamedTuple):
    """A number of a table: its unit (where a head gives it), the label of its row, its column (-1: unknown)."""

    head: Head | None
    label: tuple[int, int]
    column: int
    table: Table
    first: int  # the first column that is none of labels
    when: tuple[int, int]  # the cell of its row that is a time; empty for none
    line: bool = False  # whether the row is a line of prose (`tables_lines.py`)


_NOWHERE: Final = (0, 0)
_ALONE: Final = 24  # characters of a cell that is a line of its own
_WIDTHS: Final = (3, 4, 5, 6, 7, 8, 9)  # cells of a row of such; two are a label and its value
_ROWS: Final = 2  # of those, to be a table


def cells(text: str) -> dict[int, Cell]:
    """The numbers of the text that fill a cell of a table, by the offset where they begin."""
    found: dict[int, Cell] = {}
    whole: Head | None = None
    above: Head | None = None  # the unit that the line above gives a number alone in its line
    by_label: Head | None = None  # the unit in the label of the row before
    headed = False  # whether the line before heads columns
    rates = False  # whether the unit of the whole table is one of two, the other per cents: 单位：万元、%
    table = Table([], -1, [])
    titles: list[tuple[int, int]] = []
    for first, last, row in _lines(text):
        line = text[first:last]
        numbers = [_is_number(text[start:end]) for start, end in row]
        if any(numbers) and not _years(text, row, numbers):
            if len(row) == 1 and above:
                found[_offset(text, row[0][0])] = Cell(above, _NOWHERE, -1, table, 1, _NOWHERE)
            above, headed = None, False
            by_label = _read_row(found, text, row, numbers, table, whole, by_label)
            continue
        if _RULE.issuperset(line):
            above = above if len(line.strip()) >= _RULED else None  # — is a cell without a number
            continue
        above = by_label = None
        if len(row) == 1:
            alone = text[row[0][0] : row[0][1]]
            above = _head(alone) or _unit_over(alone)
            whole = above if above and alone[-1] in "）)" else whole
        said = _WHOLE.search(line)
        prose = "。" in line or (len(row) > 1 and _PROSE.search(line) is not None)
        if len(row) > 1 and not said and not prose:
            groups = table.columns if headed else []
            table = Table(_columns(text, row, groups, rates), first, titles)
        elif said or prose:
            whole, table = _head(said[1]) if said else None, Table([], -1, titles)
            rates = said is not None and any([sign in line for sign in _PER_CENT])
        headed = len(row) > 1 and bool(table.columns)
        near = last - first <= _TITLE and ("。" not in line or _BELOW in line)
        titles = [*titles[1 - _TITLES :], (first, last)] if near else []
        if not table.columns:
            table = Table([], -1, titles)
    return found


def _lines(text: str) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Where the lines of a text stand and the cells in each; a row whose cells are lines of their own is one line."""
    found: list[tuple[int, int, list[tuple[int, int]]]] = []
    alone: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        row = _row(text, line.start(), line.end())
        if len(row) == 1 and row[0][1] - row[0][0] <= _ALONE:
            alone.append(row[0])
            continue
        if alone:
            found += _stacked(text, alone)
            alone = []
        found.append((line.start(), line.end(), row))
    return found + _stacked(text, alone)


def _stacked(text: str, cells: list[tuple[int, int]]) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Lines of one cell each, those of a table put together to its head and rows."""
    found: list[tuple[int, int, list[tuple[int, int]]]] = []
    kinds = "".join([_kind(text[start:end]) for start, end in cells])
    i = 0
    while i < len(cells):
        size, rows = 1, 0
        if kinds[i] != "n" and "n" in kinds[i + 1 : i + 2 * _WIDTHS[-1]]:
            counts = [(n, _rows_of(kinds, i, n)) for n in _WIDTHS]
            size, rows = next(((n, count) for n, count in counts if count >= _ROWS), (1, 0))
        for _ in range(1 + rows):
            row = cells[i : i + size]
            found.append((row[0][0], row[-1][1], row))
            i += size
    return found


def _kind(written: str) -> str:
    """What a cell that is a line of its own holds: a number (n), a year (y), a dash (-) or text (t)."""
    if _YEAR.fullmatch(written):
        return "y"
    return "n" if _is_number(written) else "-" if _RULE.issuperset(written) else "t"


def _rows_of(kinds: str, at: int, size: int) -> int:
    """How many rows of ``size`` cells follow a head of as many that begins there: each has text in its first cell, or
    behind a rank there, and numbers, of which the last cell is one, where the first row has."""
    first = kinds[at + size : at + 2 * size]
    if kinds[at : at + size].strip("ty") or "t" not in first[:2] or first[-1] == "t" or "n" not in first:
        return 0
    rows = 0
    while True:
        at += size
        row = kinds[at : at + size]
        if len(row) < size or any([(one == "t") != (other == "t") for one, other in zip(first, row, strict=True)]):
            return rows
        rows += 1


def labelled(text: str, start: int) -> Head | None:
    """The unit that the label right before a number gives it: 地区生产总值（亿元）：126.5."""
    if text[start - 1 : start] not in _COLONS:
        return None
    hit = _LABEL.search(text, max(0, start - _LABEL_REACH), start)
    return _head(hit[1]) if hit else None


def _row(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the cells of a line stand, without the white space around them; empty ones too between | and tabs."""
    if end - start > LONGEST:
        return []
    line = text[start:end]
    by = "|" if "|" in line else "\t" if "\t" in line.strip() else ""
    found: list[tuple[int, int]] = []
    if not by and len(line.split(None, 1)) < 2:  # as most are
        bare = line.strip()
        low = start + line.find(bare)
        return [(low, low + len(bare))] if bare else []
    if not by:
        found = [(start + cell.start(), start + cell.end()) for cell in _CELL.finditer(line)]
        apart = len(found) > 1 and found[0][0] + 1 == found[0][1] and found[1][0] + 1 == found[1][1]
        if apart and not text[found[0][0]].isdecimal() and not text[found[1][0]].isdecimal():  # 合 计
            found = [(found[0][0], found[1][1]), *found[2:]]
        return found
    at = start
    for written in line.split(by):
        bare = written.strip()
        low = at + written.find(bare)
        found.append((low, low + len(bare)))
        at += len(written) + 1
    if by == "|" and not line.strip().strip("|"):
        return []
    if by == "|":  # | a | b |, and a | b |
        found = found[int(line.lstrip()[0] == "|") : len(found) - int(line.rstrip()[-1] == "|")]
    return found


def _is_number(written: str) -> bool:
    """Whether a cell is a number, with its unit or without."""
    number = _NUMBER.fullmatch(written)
    if number is None or not number[1]:
        return number is not None
    return _YEAR.fullmatch(written) is None and _head(number[1]) is not None


def _years(text: str, row: list[tuple[int, int]], numbers: list[bool]) -> bool:
    """Whether a row heads columns of years: 指标 单位 2022 2023, 指标 2023 增速."""
    if numbers[0]:
        return False
    years = grown = 0
    for (start, end), number in zip(row, numbers, strict=True):
        year = _YEAR.fullmatch(text, start, end) is not None
        if number and not year:
            return False
        years += year
        grown += GROWTH.match(text, start, end) is not None
    return years > (not grown)


def _offset(text: str, start: int) -> int:
    return start + (text[start] in _SIGNS)


def _label_of(text: str, row: list[tuple[int, int]], numbers: list[bool], table: Table) -> tuple[int, int]:
    """Where the label of a row stands, the first of its texts before a number; with the next where the row has a cell
    more than the head (其中： 税收收入)."""
    for i, (start, end) in enumerate(row):
        column = table.at(i, len(row))
        if column >= 0 and table.columns[column].ranks:
            continue
        if numbers[i]:
            break
        if start < end:
            follows = len(row) == len(table.columns) + 1 and i + 1 < len(row) and not numbers[i + 1]
            more = follows and _head(text[row[i + 1][0] : row[i + 1][1]]) is None
            return start, row[i + 1][1] if more else end
    return _NOWHERE


def _read_row(
    found: dict[int, Cell],
    text: str,
    row: list[tuple[int, int]],
    numbers: list[bool],
    table: Table,
    whole: Head | None,
    above: Head | None,
) -> Head | None:
    """Add the numbers of a row; the unit in its label, for those that are part of it, as this is of the row ``above``
    (其中：住宅)."""
    if short := _left_out(row, numbers, table.columns):
        row, numbers = [(row[0][0], row[0][0])] * short + row, [False] * short + numbers
    own = None if numbers[0] else _OWN.search(text[row[0][0] : row[0][1]])
    by_label = _head(own[1]) if own else None
    label = _label_of(text, row, numbers, table)
    if by_label is None and text.startswith(_OF_ROW, label[0]):
        by_label = above
    growth = _GROWTH_END.search(text, label[0], label[1])
    first = int(len(row) == len(table.columns) or not numbers[min(1, len(row) - 1)])
    unit: Head | None = None
    when = _NOWHERE
    for i, (start, end) in enumerate(row):
        at = table.at(i, len(row))
        column = table.columns[at] if at >= 0 else None
        if column is not None and column.ranks:
            continue
        if column is not None and column.when:
            when = start, end
        if not numbers[i]:
            unit = (_head(text[start:end]) if i else None) or unit
            continue
        head = _head_of(text[start:end], column, by_label, unit, whole if i else None)
        if head is not None and head.open:
            amount = by_label or _left(table.columns, at) or unit or whole
            head = _change(head, amount, [text[low:high] for low, high in row[:i]], text[start:end])
        if column is None:
            unit = None
        if head is not None and growth and head.unit.code == "%" and not head.grows:
            head = Head(head.unit, "", growth[0])
        if head is not None or column is not None:
            found[_offset(text, start)] = Cell(head, label, at, table, first, when)
    return by_label


def _head_of(
    written: str, column: Column | None, by_label: Head | None, by_cell: Head | None, whole: Head | None
) -> Head | None:
    """The head that gives a number its unit, of those that the column, the row and the table have."""
    head = column.head if column is not None else None
    if head is None or not (head.grows or head.rate):
        head = by_label or head or by_cell
    if head is None and (not _YEAR.fullmatch(written) or (column is not None and not column.when)):
        head = whole
    if head is not None and head.rate and written[-1] not in _PER_CENT:  # 容积率 1.8 is none
        return None
    return head


def _left(columns: list[Column], at: int) -> Head | None:
    """The unit of the nearest column before one of changes that has one."""
    heads = (column.head for column in reversed(columns[:at]))
    return next((head for head in heads if head is not None and not head.grows and not head.rate), None)


def _change(head: Head, amount: Head | None, before: list[str], written: str) -> Head | None:
    """The head of a cell of changes: in the unit of the ``amount``, points where that is in per cent, or a rate."""
    if written[-1] in _PER_CENT or not changes.is_amount(head.open, before, written):
        return head
    if amount is None:
        return None if written[-1].isdecimal() else head
    unit = UNITS[_PERCENTAGE_POINTS] if amount.unit.code == "%" else amount.unit
    return Head(unit, amount.magnitude, head.grows, open=head.open)


def _left_out(row: list[tuple[int, int]], numbers: list[bool], columns: list[Column]) -> int:
    """How many cells a row of all lacks before its label, that of ranks and others of words: 全省平均 38 80.1."""
    last = len(row) - 1
    short = len(columns) - len(row)
    if short <= 0 or numbers[0] or not last or not all(numbers[1:]) or columns[-last - 1].head is not None:
        return 0
    return short if all([column.head is not None for column in columns[-last:]]) else 0


def _columns(text: str, row: list[tuple[int, int]], groups: list[Column], rates: bool) -> list[Column]:
    """The columns whose heads are the cells of a line; ``groups`` are those of the line right above, ``rates`` says
    that the table has per cents."""
    found: list[Column] = []
    over = _groups(text, row, groups)
    for i, (start, end) in enumerate(row):
        written = text[start:end]
        head = _unit_over(written) if written else None
        if head is not None and rates and not changes.is_amount(head.open, (), "", rates=True):
            head = head._replace(open="")
        ranks = _RANK.search(written) is not None
        found.append(Column(start, end, head, ranks, _WHEN.fullmatch(written) is not None, over[i]))
    return found


def _groups(text: str, row: list[tuple[int, int]], above: list[Column]) -> list[tuple[int, int]]:
    """For each cell of a line of heads the one of the line above that heads several: the last before it where empty
    cells stand for them, else each an equal part where the heads repeat (城镇 农村 over 收入 增速 收入 增速)."""
    found = [_NOWHERE] * len(row)
    if row[0][0] == row[0][1]:
        over = _NOWHERE
        for i in range(1, len(row)):
            if i < len(above) and above[i].start < above[i].end:
                over = above[i].start, above[i].end
            found[i] = over
        return found
    size = len(row) // (len(above) - 1) if len(above) > 2 else 0
    if not size or size * (len(above) - 1) != len(row):
        return found
    for i, (start, end) in enumerate(row):
        first = row[i % size]
        if text[start:end] != text[first[0] : first[1]]:
            return [_NOWHERE] * len(row)
        found[i] = above[1 + i // size].start, above[1 + i // size].end
    return found


def _unit_over(written: str) -> Head | None:
    """The unit of a column with this head."""
    own = _OWN.search(written) if written[-1] in "）)" else None
    growth = GROWTH.search(written)
    head = (
        _head(own[1].removeprefix("±")) if own else Head(UNITS["%"], "") if growth or written[-1] in _PER_CENT else None
    )
    if head is None and RATE.match(written):
        return Head(UNITS["%"], "", rate=written)
    if head is None:
        counted = _COUNT.search(written) if written[-1] in "数次" else None
        head = _head(counted[1] or counted[2]) if counted else None
        return head if head and head.unit.dimension in _COUNTED else None
    basis = _BASIS.search(written) if growth else None
    bare = "" if own or growth is None or written[-1] in _PER_CENT else written
    return Head(head.unit, head.magnitude, basis[0] if basis else growth[0] if growth else "", open=bare)


def _head(written: str) -> Head | None:
    """The unit of a head, None where what stands there is none."""
    for at, c in enumerate(written):
        known = UNITS.get(written[at:])
        if known is not None:  # the longest: 千瓦时 of 万千瓦时
            return None if known.dimension in _NO_HEAD else Head(known, written[:at])
        if c not in _MAGNITUDES:
            return _rate(written, at) if "/" in written[at:] else None
    return None


def _rate(written: str, at: int) -> Head | None:
    """The unit of a head that is so much per something: 公斤/亩, 元/公斤."""
    above = unit_at(written, at)
    if above is None:
        return None
    unit, end = per_unit(written, above, at, at + len(above.word))
    return Head(unit, written[:at]) if end == len(written) else None
