"""What is counted in smaller units behind a quantity: 3小时20分, 3年零6个月, 4块5, 10秒86, 三成五, 五公里半."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Final

from minsheng.measure import contexts, numerals
from minsheng.measure.quantity import Number, convert
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import Unit, unit_at

_MINUTES: Final = Seldom(
    r"零?(?:([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})分钟|([0-9０-９]{1,2})分(?![0-9](?![0-9]?秒)))"
)
_MONTHS: Final = Seldom(r"零?([0-9]{1,2}|[一二两三四五六七八九十]{1,2})个月")
_SECONDS: Final = Seldom(r"([0-9]{1,2})秒钟?")
_HUNDREDTHS: Final = Seldom(r"([0-9]{2})(?![0-9.万千百年月日])")
_TENTH_PART: Final = Seldom(r"[1-9一二三四五六七八九](?![0-9十百千万亿.])")
_TENTH: Final = Seldom(r"[1-9一二三四五六七八九](?![0-9十百千万元块毛角.斤个只条份碗公袋盒])")
_TENTHS: Final = {  # 三亩五分地, 三斤二两, 水深三米五
    "亩": Seldom(r"([1-9一二三四五六七八九])分(?:[多半]?[地田]|(?!\w))"),
    "斤": Seldom(r"([1-9一二三四五六七八九])两(?=[的重多左]|[^一-龥]|\Z)"),
    "米": Seldom(r"([二三四五六七八九])(?=[高宽长深厚多的，。、；）]|\Z)"),
}
_COINS: Final = Seldom(r"([1-9一二两三四五六七八九])[角毛](?![度色落逐楼膜力利巾])钱?")
_CENTS: Final = Seldom(r"([1-9一二两三四五六七八九])分(?:钱|(?!\w)|(?=[一每]))")
_COINED: Final = frozenset({"元", "块", "角", "毛", "角钱", "毛钱"})
_MEASURED: Final = ("length", "mass", "duration")
_REST: Final = Seldom("[0-9]{1,4}(?![0-9])")
_HOURS: Final = Fraction(24)
_SIXTY: Final = 60
_HALF: Final = Decimal("0.5")


def added(text: str, number: Number, unit: Unit, end: int) -> int:
    """Adds what is counted in smaller units (3小时20分, 3年零6个月, 4块5, 三成五, 五公里半) to the number; where
    that ends."""
    if text[end : end + 1] == "半" and contexts.and_half(text, end, unit):
        number.value += _HALF
        return end + 1
    if unit.code == "h":
        return _sixtieths(text, number, unit, end)
    if unit.word == "年" and (rest := _MONTHS.match(text, end)):
        number.value += (numerals.number(rest[1]) or Decimal(0)) / 12
        return rest.end()
    if unit.word == "成" and number.chinese and (tenth := _TENTH_PART.match(text, end)):
        if unit_at(text, tenth.end()) is not None:  # 三成五个县
            return end
        number.value += (numerals.number(tenth[0]) or Decimal(0)) / 10
        return tenth.end()
    if unit.dimension in _MEASURED and text[end : end + 1].isdecimal() and not number.chinese:
        return _measured(text, number, unit, end)
    tenths = _TENTHS.get(unit.word)
    if tenths is not None and (tenth := tenths.match(text, end)):
        number.value += (numerals.number(tenth[1]) or Decimal(0)) / 10
        return tenth.end()
    if unit.code == "CNY" and unit.word in _COINED:
        end = _coins(text, number, unit, end)
    if unit.word == "块" and (tenth := _TENTH.match(text, end)):  # 4块5, 3块2毛5
        number.value += (numerals.number(tenth[0]) or Decimal(0)) / (100 if text[end - 1] in "角毛" else 10)
        return tenth.end()
    return end


def _coins(text: str, number: Number, unit: Unit, end: int) -> int:
    """Adds the 角 and 分 behind 元 (3元5角, 5毛6分); where they end."""
    worth = Decimal(1)
    if unit.word in ("元", "块"):
        coins = None if number.magnitude else _COINS.match(text, end)
        if coins is None:
            return end
        worth = Decimal("0.1")
        number.value += (numerals.number(coins[1]) or Decimal(0)) * worth
        end = coins.end()
    if cents := _CENTS.match(text, end):
        number.value += (numerals.number(cents[1]) or Decimal(0)) * worth / 10
        end = cents.end()
    return end


def _sixtieths(text: str, number: Number, unit: Unit, end: int) -> int:
    """Adds the minutes behind hours (3小时20分), the seconds behind minutes (1分20秒), the hundredths behind seconds
    (10秒86); where they end."""
    if unit.word in ("秒", "秒钟"):
        rest, parts = _HUNDREDTHS.match(text, end), 100
    else:
        rest, parts = (_SECONDS if unit.word in ("分钟", "分") else _MINUTES).match(text, end), _SIXTY
    if rest is None:
        return end
    number.value += (numerals.number(rest[rest.lastindex or 1]) or Decimal(0)) / parts
    if parts == _SIXTY and unit.word not in ("分钟", "分") and (seconds := _SECONDS.match(text, rest.end())):
        number.value += Decimal(seconds[1]) / _SIXTY / _SIXTY  # 1小时06分32秒
        return seconds.end()
    return rest.end()


def _measured(text: str, number: Number, unit: Unit, end: int) -> int:
    """Adds so much of a smaller unit, less than one of the larger (1公里200米, 2天3小时); where that ends."""
    rest = _REST.match(text, end)
    small = unit_at(text, rest.end()) if rest else None
    if rest is None or small is None or small.dimension != unit.dimension:
        return end
    many = _HOURS if (unit.code, small.code) == ("d", "h") else unit.factor / small.factor
    value = Decimal(rest[0])
    if (small.code != unit.code and many != _HOURS) or many <= 1 or value >= many:
        return end
    number.value += convert(value, 1 / many)
    return rest.end() + len(small.word)
