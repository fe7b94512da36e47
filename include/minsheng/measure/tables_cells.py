"""What a cell of a table measures, where and when: the label of its row and the head of its own column say it.

A label that is a region names no thing, nor does a head like 累计 or 2023年; a column of growth is that of the column
before it. 本月, 累计 and 上年同期 are counted from the time in the lines above the table, or in the article's title.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from minsheng import vocabulary
from minsheng.measure import indicators, periods
from minsheng.measure.figure import Figure
from minsheng.measure.indicators_words import cut, is_word
from minsheng.measure.periods_days import Days, days, moved
from minsheng.measure.places import Place, Places
from minsheng.measure.seldom import Seldom
from minsheng.measure.tables import GROWTH, Cell, Column

_ITEM: Final = Seldom(r"(?:其中|[#＃*＊]|[（(]?[一二三四五六七八九十0-9]{1,3}[)）、.．]|[①-⑳])[：:]?\s*")
_BRACKETS: Final = Seldom(r"[（(\[][^（()）\]]*[）)\]]|[±%％]|[：:]\Z|\s")
_TIME: Final = (
    "(?:19|20)[0-9]{2}年?|[0-9]{1,2}(?:[-—–~～至到][0-9]{1,2})?月份?|[一二三四]季度|[上下]半年|前[一二三]季度"
)
_WORDS: Final = "|".join(map(re.escape, vocabulary.context("plain_head")))
_PLAIN: Final = Seldom(rf"(?:{_TIME}|{_WORDS})+")
_BEFORE: Final = Seldom(rf"(?:{_TIME}|累计|本月|当月)+(?=[^\W\d_A-Za-z]{{2}})")
_CHANGE: Final = Seldom(
    "(?:比|较)?(?:上年|去年|上月|年初)?(?:同期|同月)?(?:同比|环比|累计|名义|实际)*(增长率?|增速|增幅|增减|升降|变化)?"
)
_OF_COLUMN: Final = frozenset(vocabulary.context("of_column"))
_TOTALS: Final = "|".join(vocabulary.context("total_row"))
_TOTAL: Final = Seldom(rf"(?:[全本各](?P<kind>[国省市州县区旗盟乡镇]))?(?:{_TOTALS})?(?:{_TOTALS})?")
_REGION: Final = Seldom(r"[^\W\d_]{1,8}(?:[省市州县区旗盟乡镇村]|街道|办事处)")
_ZONE: Final = vocabulary.context("zone_label")
_TITLE_END: Final = Seldom(rf"(?:{'|'.join(vocabulary.context('title_end'))})\Z")
_PLANNED: Final = Seldom(r"(?:年度|全年|今年|年初)?(?:(?:计划|目标|任务)(?:数|值|量)?|预算(?:数|额)?)")
_NEAR: Final = 6  # columns to the left in which that is looked for that a column is of
_SPANS: Final = frozenset(("half", "quarter", "months", "month", "year", "until", "full"))
_MONTH: Final = vocabulary.context("month_head")
_TO_DATE: Final = vocabulary.context("to_date_head")
_YEAR_BEFORE: Final = vocabulary.context("year_before_head")
_YEAR: Final = Seldom("(?:19|20)[0-9]{2}")


def phrase(plain: str, cell: Cell, named: str) -> str:
    """What the cell measures; ``named`` is what its line alone says. In ``plain`` the names of regions are blank."""
    label = _label(plain, cell)
    thing, said = _headed(plain, cell)
    if label and thing in label:
        thing = ""
    verb = [word.role for word in cut(thing, [])[0]] == ["v"]
    found = (thing + label if verb else label + thing) or _titled(plain, cell) or named
    return indicators.finish(found + said if not found.endswith(said) else found)


def _label(plain: str, cell: Cell) -> str:
    """The label of the row as what it names; empty where that is a region, or all of them."""
    label = plain[cell.label[0] : cell.label[1]].strip()
    while item := _ITEM.match(label):
        label = label[item.end() :]
    label = _BRACKETS.compiled().sub("", label)
    if _TOTAL.fullmatch(label) or _PLAIN.fullmatch(label) or len(label) < 2:
        return ""
    region = _REGION.fullmatch(label) is not None and (label.endswith(_ZONE) or not is_word(label))
    return "" if region and cell.column >= 0 else label


def _headed(plain: str, cell: Cell) -> tuple[str, str]:
    """The thing that the head of the column names, and what is said of it: its growth, its share."""
    if cell.column < 0:
        return "", ""
    columns = cell.table.columns
    column = columns[cell.column]
    over = _thing(_BRACKETS.compiled().sub("", plain[column.over[0] : column.over[1]]))
    own = _own(plain, column)
    if own in _OF_COLUMN:
        return over + _left(plain, columns, cell.column, cell.first), own
    if not _grows(plain, column):
        return over + _thing(own), ""
    rest = own
    said = ""
    for change in _CHANGE.finditer(own):
        if change[0]:
            rest, said = rest.replace(change[0], "", 1), change[1] or said
    return over + (_thing(rest) or _left(plain, columns, cell.column, cell.first)), said


def _thing(own: str) -> str:
    """The thing that a head names: none in 累计完成, 收入 in 1—3月收入."""
    return "" if len(own) < 2 or _PLAIN.fullmatch(own) or _TOTAL.fullmatch(own) else _BEFORE.compiled().sub("", own, 1)


def _own(plain: str, column: Column) -> str:
    return _BRACKETS.compiled().sub("", plain[column.start : column.end])


def _grows(plain: str, column: Column) -> bool:
    return GROWTH.search(plain, column.start, column.end) is not None


def _left(plain: str, columns: list[Column], at: int, first: int) -> str:
    """The thing that the column before names of which one of growth or of shares tells; never the label's."""
    for i in range(at - 1, max(first, at - _NEAR) - 1, -1):
        own = _own(plain, columns[i])
        if own and own not in _OF_COLUMN and not columns[i].ranks and not _grows(plain, columns[i]):
            return _thing(own)
    return ""


def _titled(plain: str, cell: Cell) -> str:
    """What the title of a table names, whose rows are regions and whose columns are times."""
    for start, end in reversed(cell.table.titles):
        if found := indicators.topic(_TITLE_END.compiled().sub("", _BRACKETS.compiled().sub("", plain[start:end]))):
            return found
    return ""


def is_planned(body: str, cell: Cell) -> bool:
    """Whether the head of the column says that it holds plans: 计划, 年初预算数."""
    return cell.column >= 0 and _PLANNED.fullmatch(_own(body, cell.table.columns[cell.column])) is not None


def place(body: str, places: Places, names: frozenset[int], figure: Figure, cell: Cell) -> Place | None:
    """The region of a cell: the one that heads its column or labels its row, else that of the whole table."""
    if cell.column >= cell.first:
        column = cell.table.columns[cell.column]
        if column.start in names or _TOTAL.fullmatch(_own(body, column)):
            return _all_of(body, places, names, column.start, column.end, cell.table.top)
    return _all_of(body, places, names, cell.label[0], cell.label[1], cell.table.top, figure.number_start)


def _all_of(
    body: str, places: Places, names: frozenset[int], start: int, end: int, top: int, at: int = -1
) -> Place | None:
    """The region that a label or head names, read where its figures stand; that of the whole table where it names none,
    nor another by its rank (全省 in the table of a city)."""
    at = max(at, start)
    if top < 0 or not names.isdisjoint(range(start, end)):
        return places.at(at)
    whole = places.at(top)
    total = _TOTAL.fullmatch(_BRACKETS.compiled().sub("", body[start:end]))
    kind = total["kind"] if total else None
    return places.at(at) if kind and (whole is None or whole.name[-1] != kind) else whole


def date_cell(body: str, title: str, figure: Figure, cell: Cell, published: date | None) -> None:
    """Give a figure of a table that names no time the one that the head of its column or its row names, or the title
    of the table; the time phrase is null where only that does."""
    whole = _of_table(body, title, cell, published)
    said, found = _said(body[cell.when[0] : cell.when[1]], whole, published)
    if not said and cell.column >= 0:
        said, found = _of_column(body, cell.table.columns, cell.column, whole, published)
    if not said:
        year = _end(whole).year
        aimed = figure.status == "target" and year > 1  # planned for all of the year
        found = Days(date(year, 1, 1), date(year, 12, 31)) if aimed else whole
    figure.time_phrase = said or None
    figure.period_start, figure.period_end, figure.as_of = found


@lru_cache(maxsize=1024)
def _mark(text: str) -> tuple[str, str]:
    """The last time that a short text names, and its kind; both empty where it names none."""
    if _YEAR.fullmatch(text):
        return f"{text}年", "year"
    marks = [mark for mark in periods.find(text, (0, len(text))) if mark.kind in _SPANS and not mark.means]
    return (marks[-1].phrase, marks[-1].kind) if marks else ("", "")


def _of_table(body: str, title: str, cell: Cell, published: date | None) -> Days:
    """The time that the nearest line above a table names, or the article's title."""
    for start, end in reversed(cell.table.titles):
        said, kind = _mark(body[start:end])
        if said:
            return days(said, kind, published)
    said, kind = _mark(title)
    return days(said, kind, published) if said else Days()


def _of_column(body: str, columns: list[Column], at: int, whole: Days, published: date | None) -> tuple[str, Days]:
    """The time that the head of a column names; for growth and shares the last of those that they are of. 上年同期 is
    counted from the time of the column before it."""
    column = columns[at]
    own, grows = _own(body, column), _grows(body, column)
    over = body[column.over[0] : column.over[1]]
    before = not grows and _first(own, _YEAR_BEFORE)
    if not before:
        said, found = _said(own, whole, published)
        if not said and over:
            said, found = _said(over, whole, published)
        if said or not (grows or own in _OF_COLUMN):
            return said, found
    said, found = "", Days()
    for i in range(at - 1, max(0, at - _NEAR) - 1, -1):
        if _grows(body, columns[i]) and not before:
            break
        if _grows(body, columns[i]) or _first(_own(body, columns[i]), _YEAR_BEFORE):
            continue
        other, span = _said(_own(body, columns[i]), whole, published)
        if other and (not said or _end(span) > _end(found)):
            said, found = other, span
        if said and before:
            break
    return (before, _year_before(own, found if said else whole)) if before else (said, found)


def _year_before(own: str, span: Days) -> Days:
    """The time of a year before ``span``; from the beginning of the year for 上年同期累计."""
    if span.start is None or span.end is None:
        return Days()
    start = date(span.end.year, 1, 1) if _first(own, _TO_DATE) else span.start
    return Days(moved(start, -1), moved(span.end, -1))


def _said(head: str, whole: Days, published: date | None) -> tuple[str, Days]:
    """The time that a head names, counted from that of the ``whole`` table."""
    end = _end(whole)
    said, kind = _mark(head)
    if said and not said.startswith("年初"):
        if end.year > 1 and not _YEAR.search(said):
            return said, days(f"{end.year}年{said}", kind, published)
        found = days(said, kind, published)
        if kind == "year" and whole.start and whole.end and said[-1] == "年" and end.year == whole.start.year:
            by = _end(found).year - end.year  # 2023年 in a table of 1—3月
            found = Days(moved(whole.start, by), moved(whole.end, by))
        return (said if said in head else head), found
    if word := _first(head, _MONTH):
        return word, Days(end.replace(day=1), end) if whole.end and not _is_year(whole) else Days()
    if word := _first(head, _TO_DATE):
        return word, Days(date(end.year, 1, 1), end) if end.year > 1 else Days()
    return "", Days()


def _end(span: Days) -> date:
    """The last day of a time; the first of all where it has none."""
    return span.end or span.as_of or date.min


def _is_year(span: Days) -> bool:
    return span.start is not None and span.start.month == 1 and _end(span).month == 12


def _first(head: str, words: tuple[str, ...]) -> str:
    for word in words:
        if word in head:
            return word
    return ""
