"""What joins two numbers to a range (3—5个, 8000元到1万元, 5元/千克至8元/千克), and what is a sign before one (-5℃)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from minsheng import vocabulary
from minsheng.measure import contexts, numerals, quantity
from minsheng.measure.characters import Characters
from minsheng.measure.quantity import Number
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import Unit

RANGE: Final = Seldom(  # the sign of the upper end may be the second of two dashes
    r"\s?(?:([-—–－─―~～−])\1??|至|到)\s?(零下|[-—–－─―~～−负])?(?=[0-9０-９零一二两三四五六七八九十百千几])"
)
_RANGE_LINKS: Final = Characters(" -—–－─―~～−至到")
_PER: Final = ("/", "／")
_FROM: Final = Seldom(r"[从由自][^，。；、\n]{0,14}\Z")
_MINUS: Final = "-－−﹣负"
MINUS: Final = Characters(_MINUS)
SIGNS: Final = Characters(_MINUS + "+＋")
_STATES: Final = Characters("为是达至到：:（(|\t、和及与")  # before a minus that is a sign
_JOINED: Final = frozenset("0123456789０１２３４５６７８９℃度°C")  # before a minus: it joins two numbers
_LOST: Final = ("money", "energy", "mass", "volume")  # what a sign before the number makes a loss or an outflow
_BALANCES: Final = vocabulary.context("balance")
BELOW: Final = (*_LOST, "temperature")  # what may be below zero in a cell


def upper_end(
    text: str, number: Number, found: tuple[Unit, int] | None
) -> tuple[Number, tuple[Unit, int], Decimal] | None:
    """The upper end of a range that begins with ``number``: 3—5个, 5至8万人, 8000元到1万元."""
    end = found[1] + len(found[0].word) if found else number.end
    per = ""
    if found and text[end : end + 1] in _PER:  # 5元/千克至8元/千克
        last = quantity.per_unit(text, found[0], number.start, end)[1]
        per, end = text[end:last], last
    if not _RANGE_LINKS.at(text, end):
        return None
    link = RANGE.match(text, end)
    if not link or number.high is not None:
        return None
    token = numerals.NUMERAL.match(text, link.end())
    if not token or token.end() - token.start() > numerals.LONGEST or contexts.SKIP.match(text, token.start()):
        return None
    point = text[token.end() : token.end() + 1] == "点"
    upper = quantity.decimal_at(text, token.start()) if point else None
    upper = upper or quantity.number_at(text, token.start(), token.end())
    unit = quantity.unit_after(text, upper) if upper else None
    if upper is None or unit is None or (found and found[0].code != unit[0].code):
        return None
    if per and not text.startswith(per, unit[1] + len(unit[0].word)):
        return None
    upper.value = quantity.discounted(unit[0], upper.value)
    number.value = quantity.discounted(unit[0], number.value)
    _below(text, number, upper, bool(link[2]), unit[0].dimension, found is not None)
    low = number.value * found[0].factor.numerator / found[0].factor.denominator if found else number.value
    high = upper.value * unit[0].factor.numerator / unit[0].factor.denominator if found else upper.value
    if not found and upper.magnitude and not number.magnitude:
        scale = numerals.LARGE[upper.raw[-1]]
        if number.value < upper.value / scale:
            number.value *= scale
            number.raw += upper.raw[-1]
            low = number.value
    if low >= high or (found and _from(text, number.start)):
        return None
    return upper, unit, upper.value


def _below(text: str, number: Number, upper: Number, minus: bool, dimension: str, own: bool) -> None:
    """Give the ends of a range their signs; ``minus``: that of the upper, ``own``: whether the lower has a unit."""
    if dimension == "temperature":
        if not own and negative(text, number.start, "temperature"):
            number.value = -number.value
        if minus:  # -12～-8℃, 零下3到零下5度
            number.value, upper.value = sorted((number.value, -upper.value))
    elif dimension == "ratio" and signed(text, number.start) and not (own and _from(text, number.start)):
        if not minus:  # 增速-1.2%至3.4%
            number.value = -number.value
        elif number.value > upper.value:  # 增速-3.4%至-1.2%: both fell
            number.value, upper.value = upper.value, number.value


def _from(text: str, start: int) -> bool:
    """Whether the number is what something has grown from: 由3%到5%."""
    return _FROM.search(text, max(0, start - 16), start) is not None


def signed(text: str, start: int) -> bool:
    """Whether a minus stands before the number, and joins it to nothing before."""
    before = text[start - 2 : start - 1]
    return MINUS.at(text, start - 1) and before not in _JOINED and not before.isascii()


def negative(text: str, start: int, dimension: str) -> bool:
    """Whether a sign stands before the number: 零下5℃, or a minus that joins it to nothing before (-5℃, 为-3亿元)."""
    if dimension == "temperature":
        return text.endswith("零下", 0, start) or (
            MINUS.at(text, start - 1) and text[start - 2 : start - 1] not in _JOINED
        )
    if dimension not in _LOST or not MINUS.at(text, start - 1):
        return False
    return _STATES.at(text, start - 2) or text.endswith(_BALANCES, 0, start - 1)  # 利润-3亿元
