"""Units that a table says once (in a column's head, a column ``单位``, its caption), written behind each bare number.

``总量（亿元）`` over 123.4 is read as 总量123.4亿元, so that a cell says what prose would. The units are those of
``dbt_project/seeds/units.csv``.
"""

from __future__ import annotations

import re

from minsheng.vocabulary import units

_BARE = re.compile(r"(?P<sign>[-+−－＋]?)\s*(?P<digits>[\d,，]+(?:\.\d+)?)")
_IN_HEAD = re.compile(
    r"\s*[（(\[【]\s*(?:单位\s*[:：]\s*)?±?(?P<unit>[^（()）\[\]【】]{1,8}?)\s*[）)\]】]"
    r"|\s*(?:±|[+＋]/[-－])?(?P<sign>[%％‰])$"
)
_CAPTION = re.compile(r"单位\s*[:：]\s*(?P<unit>[^\s，。；、（()）]{1,8})")
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位")
# Columns that a unit of the row or the table does not reach: rates, ranks, numbers of lines, remarks.
_OF_ITS_OWN = re.compile(r"增|减|降|比|率|速|幅|排|名次|位次|序号|编号|年份|备注")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_unit(text: str) -> bool:
    """Whether a text is a unit, with a magnitude before it or not (万元)."""
    return text in units() or text.lstrip("十百千万亿") in units()


def of_caption(text: str) -> str:
    """The unit that a caption gives the whole table (单位：万元); empty where it gives none."""
    said = _CAPTION.search(text)
    return said["unit"] if said and is_unit(said["unit"]) else ""


def of_head(head: str) -> tuple[str, str]:
    """The head without its unit, and that unit; empty where it has none."""
    for said in _IN_HEAD.finditer(head):
        unit = said["unit"] or said["sign"]
        if is_unit(unit):
            return (head[: said.start()] + head[said.end() :]).strip(), unit
    return head, ""


def is_year(text: str) -> bool:
    """Whether a cell is nothing but a year, which heads a column as often as it fills one."""
    return _YEAR.fullmatch(text) is not None


def unit_column(heads: list[str], rows: list[list[str]]) -> int:
    """The column that says the unit of each row; 0 (a row's own head) for none: 单位 may head the names of offices."""
    for i, head in enumerate(heads[1:], 1):
        said = [row[i] for row in rows if row[i] and not _BARE.fullmatch(row[i])]
        if _UNIT_HEAD.fullmatch(head) and said and all(map(is_unit, said)):
            return i
    return 0


def written(head: str, value: str, unit: str) -> str:
    """The cell as prose has it: 增长-3.1%; ``unit`` is that of the row, which the column's own goes before."""
    head = f"{head}年" if is_year(head) else head
    bare = _BARE.fullmatch(value)
    if bare is None:
        return head + value
    name, own = of_head(head)
    if not own and _OF_ITS_OWN.search(head):
        unit = ""
    if not own and not unit:
        return head + value
    sign = "-" if bare["sign"] and bare["sign"] in "-−－" else ""
    return f"{name}{sign}{bare['digits']}{own or unit}"
