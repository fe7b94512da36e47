"""Units that a table says once (in a column's head, a column ``单位``, its caption), written behind each bare number.

``总量（亿元）`` over 123.4 is read as 总量123.4亿元, so that a cell says what prose would. The units are those of
``dbt_project/seeds/units.csv``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from minsheng import changes
from minsheng.vocabulary import pairs

_BARE = re.compile(r"(?P<sign>[-+−－＋]?)\s*(?P<digits>[\d,，]+(?:\.\d+)?)")
_IN_HEAD = re.compile(
    r"\s*[（(\[【]\s*(?:单位\s*[:：]\s*)?±?(?P<unit>[^（()）\[\]【】]{1,8}?)\s*[）)\]】]"
    r"|\s*(?:±|[+＋]/[-－])?(?P<sign>[%％‰])$"
)
_CAPTION = re.compile(r"单位\s*[:：]\s*(?P<units>[^\s。；（()）]{1,20})")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_BETWEEN = re.compile("[、，,/和]")
_RUNS_ON = re.compile(r"[\u3400-\u9fff()（）\[\]【】〕》“”‘’:：]")  # ends a name that its value may follow at once
_UNIT_HEAD = re.compile(r"(?:计量)?单\s*位")
# Columns that a unit of the row or the table does not reach: rates, ranks, numbers of lines, remarks.
_OF_ITS_OWN = re.compile(r"增|减|降|比|率|速|幅|排|名次|位次|序号|编号|年份|备注")
_RATE = re.compile(r"增|减|降|比|率|速|幅")
_RATES = frozenset("%％‰")
_PER_CENT = ("%", "％")
_POINTS = "个百分点"
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[-+−－＋]?\s*[\d,，]+(?:\.\d+)?\s*(?P<unit>[^\d\s]{0,6})|[-—–/]+")
# GB/T 15835-2011 sets groups of three digits apart by a blank (2 748 456); others are slips of the markup (12 .5).
_GROUPED = re.compile(r"[-+−－＋]?\s?\d{1,3}(?: \d{3})+(?:\.\d+)?\s?[^\d\s]{0,6}")
_GAP = re.compile(r"(?<=\d) (?=[.,，]\d)|(?<=\d[.,，]) (?=\d)")
_DATED = re.compile(r"(?:19|20)\d\d年")
_NO_AMOUNT = frozenset({"per_only", "doubling"})  # 1月 and 5日 are days, not amounts


def _dimension(text: str) -> str | None:
    """The dimension of a unit, with a magnitude before it or not (万元); None where the text is none."""
    units = pairs("units", "unit", "dimension")
    return units.get(text) or units.get(text.lstrip("十百千万亿"))


def is_unit(text: str) -> bool:
    """Whether a text is a unit, with a magnitude before it or not (万元)."""
    return _dimension(text) is not None


def is_number(text: str) -> bool:
    """Whether a cell is a number, with a unit or not, or the stroke that stands for none."""
    found = _NUMBER.fullmatch(text)
    if found is None or _YEAR.fullmatch(text) or _DATED.fullmatch(text):
        return False
    word = found["unit"] or ""
    return not word or _dimension(word) not in (None, *_NO_AMOUNT)


def closed(text: str) -> str:
    """A cell with its number in one piece: 1 234 as 1234, 12 .5 as 12.5. Two numbers, and any words, stay apart."""
    if " " not in text:
        return text
    if _GROUPED.fullmatch(text):
        return _BETWEEN_DIGITS.sub("", text)
    joined = _GAP.sub("", text)
    return joined if _NUMBER.fullmatch(joined) else text


def of_caption(text: str) -> tuple[str, ...]:
    """The units that a caption gives the whole table (单位：万元、%); none where it gives none."""
    said = _CAPTION.search(text)
    if said is None:
        return ()
    whole = said["units"]
    return tuple(u for u in ([whole] if is_unit(whole) else _BETWEEN.split(whole)) if is_unit(u))


def unit_of(head: str, whole: tuple[str, ...]) -> str:
    """Which of the units of a whole table holds under a head: a rate's for a rate, else the only one, or the one that
    the head names (人、户 over 户数). Empty for none.
    """
    rates = [u for u in whole if u in _RATES]
    amounts = [u for u in whole if u not in _RATES]
    if _OF_ITS_OWN.search(head):
        return rates[0] if rates and _RATE.search(head) else ""
    named = [u for u in amounts if u.lstrip("十百千万亿") in head]
    fit = amounts if len(amounts) == 1 else named
    return fit[0] if len(fit) == 1 else rates[0] if rates and not amounts else ""


def head_units(row: list[str]) -> list[str]:
    """A row of heads, its cells in brackets where they are all units (户 | 人 | 亩 below 户数 | 人口 | 耕地)."""
    filled = [cell for cell in row[1:] if cell]
    if not filled or not all(map(is_unit, filled)):
        return row
    return ["", *(f"（{cell}）" if cell else "" for cell in row[1:])]


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


def of_change(heads: Sequence[str], row: Sequence[str], at: int, unit: str, whole: tuple[str, ...]) -> str:
    """The unit of a cell of changes (增减 12): that of the nearest column before it, else of the row or table, points
    where that is per cent; per cent where the cell is the rate of the two numbers before it. Empty for none.
    """
    named = of_head(heads[at])
    rates = not _RATES.isdisjoint(whole)
    if named[1]:
        return ""
    if not changes.is_amount(named[0], row[:at], row[at], rates=rates):
        return "%" if changes.is_rate(named[0], row[:at], row[at]) else ""
    before = next((found for head in reversed(heads[1:at]) if (found := of_head(head)[1])), "")
    amounts = [found for found in whole if found not in _RATES]
    unit = before or unit or (amounts[0] if len(amounts) == 1 else "")
    return _POINTS if unit in _PER_CENT else unit


def written(head: str, value: str, unit: str, whole: tuple[str, ...] = (), change: str = "") -> str:
    """The cell as prose has it: 增长-3.1%.

    The unit in the column's head goes before ``unit``, the row's, and that before one of the ``whole`` table;
    ``change`` is that of a cell of changes.
    """
    head = f"{head}年" if is_year(head) else head
    bare = _BARE.fullmatch(value)
    if bare is None:
        return _said(head, value)
    name, own = of_head(head)
    unit = own or change or ("" if _OF_ITS_OWN.search(head) else unit) or unit_of(head, whole)
    if not unit:
        return _said(head, value)
    sign = "-" if bare["sign"] and bare["sign"] in "-−－" else ""
    return _said(name, f"{sign}{bare['digits']}{unit}")


def _said(name: str, value: str) -> str:
    """A name and its value, set apart where they would run into one number or code (PM2.5 and 35): by a colon, which
    between two digits would make a ratio, or a time of day, of them.
    """
    end = name[-1:]
    if not end or (not end.isnumeric() and _RUNS_ON.match(end)):
        return name + value
    return f"{name}为{value}" if end.isdecimal() and value[:1].isdecimal() else f"{name}：{value}"
