"""The parts of a quantity: the number, the approximators around it, the unit after it, its conversion."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from minsheng import vocabulary
from minsheng.contracts import Bound
from minsheng.measure import numerals
from minsheng.measure.bounds import MANY, bound_before
from minsheng.measure.characters import Characters
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import ONE, UNITS, Unit, unit_at

LARGEST: Final = Decimal(10) ** 24  # stored as DECIMAL(38, 9); no public figure comes near
_NANO: Final = Decimal("1e-9")
_ROUND_ENDS: Final = "十百千万0"  # what 几 and 来 follow: 30几个, 1000来辆
_SPACES: Final = Characters(" \u3000\u00a0\u2009\u200b\u200d\u2060\ufeff")  # between a number and its unit
_NAMES: Final = vocabulary.words("many_words", kind="name")  # begin with 余 or 多: what follows a number is no more
_SCORED: Final = vocabulary.context("scored")
_NO_SCORE: Final = vocabulary.context("no_score")
_AFTER_PRICE: Final = frozenset(vocabulary.context("after_price"))
_PRICE_BEHIND: Final = frozenset(vocabulary.context("price_behind"))
_PRICED: Final = vocabulary.context("priced")
_REDUCED: Final = vocabulary.context("after_discount")
_RANKED: Final = vocabulary.context("ranked")
_CARRIERS: Final = vocabulary.context("carrier")  # 两趟列车 are things, 跑两趟 is done twice
_LIMITS: Final = frozenset("至到")  # 上升3位至第5
_REACHED: Final = Characters("了到为是")  # between a word of price and its number
_PRICE_WINDOW: Final = 5  # characters before a price in which what costs it stands
_NAMED: Final = 2  # characters that may name what costs so much: 一碗面20块
_HELD: Final = vocabulary.context("held")


class Number:
    """A numeral as read; ``high`` is the upper end of a range spoken in one numeral (三四十)."""

    def __init__(
        self,
        start: int,
        end: int,
        value: Decimal,
        raw: str,
        high: Decimal | None = None,
        bound: Bound = "exact",
        chinese: bool = False,
    ) -> None:
        self.start = start
        self.end = end
        self.value = value
        self.raw = raw
        self.high = high
        self.bound = bound
        self.chinese = chinese

    @property
    def magnitude(self) -> bool:
        """Whether 万 or 亿 ends the numeral."""
        return self.raw[-1:] in ("万", "亿")


def number_at(text: str, start: int, end: int) -> Number | None:
    """The number of the numeral ``text[start:end]``, with 余/多/几/来 after it; None where it is malformed."""
    while end - start > 1 and text[end - 1] in "千百":  # 5千瓦, 20千克: the magnitude belongs to the unit
        unit = unit_at(text, end - 1)
        if unit is None:
            break
        end -= 1
    raw = text[start:end]
    chinese = not numerals.DIGITS_ARABIC.at(raw, 0)
    read = _read(raw)
    if read is None:
        return None
    value, high, bound = read
    found = Number(start, end, value, raw, high, bound, chinese)
    if high is None:
        _many(text, found)
    return found


_DECIMAL: Final = Seldom(
    r"[〇零一二两三四五六七八九十百千]{1,6}点[〇零一二三四五六七八九]{1,4}(?![十分刻钟半时])([万亿]{0,2})"
)
_PART: Final = Seldom(r"([0-9]{1,2})/([1-9][0-9]{0,2})(?![0-9/.月日号])")
_PART_BEFORE: Final = ("的", "以上", "左右")
_PART_AFTER: Final = Characters("的占过近达约超逾为")
_CHANGES: Final = vocabulary.words("change_words")
_FIFTHS: Final = 5  # the 1/3 of 1/3的农户; a larger denominator may be a day


def decimal_at(text: str, start: int) -> Number | None:
    """A Chinese decimal with its magnitude (一点五亿); None where 点 is a clock's."""
    hit = _DECIMAL.match(text, start)
    value = numerals.decimal(text[start : hit.start(1)]) if hit else None
    if hit is None or value is None:
        return None
    found = Number(start, hit.end(), value, hit[0])
    unit = unit_after(text, found)
    if unit is None and text[hit.end() : hit.end() + 1] not in _LIMITS:  # 一点五至两公里
        return None
    if unit is not None and text[start] == "两" and unit[0].dimension == "count" and not hit[1]:  # 下午两点一辆车
        return None
    for magnitude in hit[1]:
        found.value *= numerals.MAGNITUDES[magnitude]
    return found


def fraction_at(text: str, start: int, end: int) -> Number | None:
    """A fraction written 2/3 behind a word that takes a share (占总量的2/3), in per cent; else None."""
    hit = _PART.match(text, start)
    if hit is None or int(hit[1]) >= int(hit[2]) or hit.end(1) != end:
        return None
    behind = int(hit[2]) <= _FIFTHS and text.startswith(_PART_BEFORE, hit.end())
    changed = text.endswith(_CHANGES, 0, start - (text[start - 1 : start] == "了"))  # 成本降低1/3
    bounded = _PART_AFTER.at(text, start - 1) or bound_before(text, start)[0] is not None  # 占全国不足1/18
    if not behind and not changed and not bounded:
        return None
    return Number(start, hit.end(), Decimal(int(hit[1]) * 100) / int(hit[2]), hit[0])


@lru_cache(maxsize=4096)
def _read(raw: str) -> tuple[Decimal, Decimal | None, Bound] | None:
    """Value, upper end and bound of a numeral by itself; the same ones come again and again."""
    pair = numerals.neighbours(raw) if len(raw) > 1 and not raw.isascii() else None
    if pair:
        return pair[0], pair[1], "range"
    value = numerals.number(raw)
    if value is None or value >= LARGEST:
        return None
    vague = not raw.isascii() and any(c in raw for c in "余多来几数")
    return value, None, ("about" if "来" in raw else "at_least") if vague else "exact"


def _many(text: str, found: Number) -> None:
    """余, 多, 几, 来 directly after the numeral, and the magnitude that may follow them."""
    if text[found.end : found.end + 1] == " " and text[found.end + 1 : found.end + 2] in MANY:
        found.end += 1  # 400 余人次
    after, last = text[found.end : found.end + 1], found.raw[-1]
    many = after in MANY and not text.startswith(_NAMES, found.end)
    if many or (after == "几" and last in _ROUND_ENDS):
        found.bound, found.end = "at_least", found.end + 1
    elif after == "来" and last in _ROUND_ENDS and unit_at(text, found.end + 1):
        found.bound, found.end = "about", found.end + 1


_APART: Final = Seldom(r"[ \u3000\u00a0]([百千]?[万亿])")


def sign_before(text: str, start: int) -> Unit | None:
    """The sign of money that stands before a number (¥1,200, US$300万), as its unit."""
    if not _MONEY_ENDS.at(text, start - 1):
        return None
    return UNITS.get(text[max(0, start - _LONGEST_SIGN) : start]) or UNITS.get(text[start - 1])


_MONEY_ENDS: Final = Characters(w[-1] for w, u in UNITS.items() if u.dimension == "money" and not w[-1].isalnum())
_LONGEST_SIGN: Final = 3


def unit_apart(text: str, number: Number) -> tuple[Unit, int] | None:
    """As ``unit_after``, where a space parts an Arabic number from its magnitude (3.5 亿元); the number takes it in."""
    if number.chinese or number.magnitude or not _SPACES.at(text, number.end):
        return None
    hit = _APART.match(text, number.end)
    if hit is None or (len(number.raw) == 4 and number.raw[:2] in ("19", "20")):  # 2023 万人马拉松
        return None
    whole = Number(number.start, hit.end(), number.value, number.raw + hit[1], bound=number.bound)
    _many(text, whole)
    found = unit_after(text, whole)
    if found is not None:
        number.end, number.raw, number.bound = whole.end, whole.raw, whole.bound
        for magnitude in hit[1]:
            number.value *= numerals.MAGNITUDES[magnitude]
    return found


def unit_after(text: str, number: Number) -> tuple[Unit, int] | None:
    """The unit after the number and where it begins, unless what follows shows that it is another word."""
    at = number.end
    if _SPACES.at(text, at):
        at += 1
    unit = unit_at(text, at)
    while unit is not None:
        length = len(unit.word)
        read = _as_read(text, number, unit, at + length)
        if read is not None and not _other_word(text, number, read, at + length):
            return read, at
        unit = unit_at(text, at, length - 1) if unit.word[0] == "个" else None  # 3个人才市场, 3个月子中心
    return None


def _as_read(text: str, number: Number, unit: Unit, after: int) -> Unit | None:
    """The unit that a word stands for here, where it may stand for several; None where it is none."""
    if unit.dimension == "per_only" or (unit.word == "里" and number.bound == "exact"):  # 三里 is a name, 30多里 none
        return None
    ranked = unit.word == "位" and _in_ranking(text, number, after)
    if ranked or (unit.word == "趟" and text.startswith(_CARRIERS, after)):
        return Unit(unit.word, "{item}", unit.factor, unit.dimension, unit.arabic_only, unit.not_before)
    if unit.dimension == "degree":
        degree = _degree(text, number)
        return Unit(unit.word, degree.code, degree.factor, degree.dimension, True, unit.not_before) if degree else None
    points = unit.word == "个" and _JOINS.at(text, after) and _POINTS.match(text, after)
    if points or (unit.word == "个点" and "." in number.raw):
        return Unit(unit.word, "pp", ONE, "ratio")
    if unit.word == "点" and "指数" not in text[max(0, number.start - _INDEX_WINDOW) : number.start]:
        return None
    if unit.dimension == "score" and (_SECONDS.match(text, after) or text.endswith(_TAKEN, 0, number.start)):
        minute = UNITS["分钟"]
        return Unit(unit.word, minute.code, minute.factor, minute.dimension)
    if unit.dimension == "score":
        before = text[max(0, number.start - 8) : number.start].rstrip("为达是约到 ")
        named = number.value >= _LEAST_SCORE and ("." in number.raw or before[-1:] in _PLACE_ENDS)
        if before.endswith(_SCORED) or (named and not _IN_CENTS.search(before)):
            return Unit(unit.word, unit.code, unit.factor, unit.dimension, unit.arabic_only, _NO_SCORE)
    if unit.dimension == "money_or_piece":
        code, dimension = ("CNY", "money") if _is_price(text, number, after) else ("{item}", "count")
        return Unit(unit.word, code, unit.factor, dimension, unit.arabic_only, unit.not_before)
    return unit


def _is_discount(text: str, number: Number, after: int) -> bool:
    """Whether a Chinese number of 折 is a discount: 八五折, 打八折, 六折起, 近八折的优惠; not 三折屏."""
    if not all(c in numerals.DIGITS for c in number.raw):
        return False
    follower = text[after : after + 1]
    behind = not "一" <= follower <= "龥" or text.startswith(_REDUCED, after)
    return len(number.raw) == 2 or behind or text[number.start - 1 : number.start] == "打"


def discounted(unit: Unit, value: Decimal) -> Decimal:
    """The tenths that a number of 折 says: 八五折 and 85折 are 8.5; any other number as it is."""
    return value / 10 if unit.word == "折" and value >= 10 else value


def _in_ranking(text: str, number: Number, after: int) -> bool:
    """Whether a number of 位 counts places gained or lost in a ranking (上升3位, 各进1位), no persons (引进3位专家)."""
    follower = text[after : after + 1]
    if "一" <= follower <= "龥" and follower not in _LIMITS:
        return False
    start = bound_before(text, number.start)[1]
    return text.endswith(_RANKED, 0, start - (text[start - 1 : start] == "了"))


def _is_price(text: str, number: Number, after: int) -> bool:
    """Whether a number of 块 is money, by what stands beside it: 3块5, 12块一斤, 花了500块, 一碗面20块; else they are
    pieces (展板15块)."""
    follower = text[after : after + 1]
    if numerals.DIGITS_ARABIC.at(text, after) or follower in _PRICE_BEHIND:
        return True
    if "一" <= follower <= "龥" and follower not in _AFTER_PRICE:
        return False
    start = bound_before(text, number.start)[1]
    if text.endswith(_PRICED, 0, start) or text.endswith(_PRICED, 0, start - _REACHED.at(text, start - 1)):
        return True
    near = max(0, start - _PRICE_WINDOW)
    one = max(text.rfind("一", near, start), text.rfind("每", near, start))
    unit = unit_at(text, one + 1) if one >= 0 else None
    return unit is not None and 0 <= start - one - 1 - len(unit.word) <= (_NAMED if text[one] == "一" else 0)


def _other_word(text: str, number: Number, unit: Unit, after: int) -> bool:
    """Whether what looks like a unit is the beginning of another word, by what stands behind it."""
    small = number.chinese and not number.magnitude
    loose = small or unit.dimension != "count" or unit.arabic_only or len(unit.word) > 1
    if loose and unit.not_before and text.startswith(unit.not_before, after):
        many = number.bound != "exact" or number.value >= _MANY_PARTS
        if not (many and text[after] == "、"):  # 三百余部、
            return True
    if small and unit.arabic_only and number.bound == "exact":
        held = unit.word == "届" and text.endswith(_HELD, 0, number.start)
        paid = unit.word == "块" and unit.dimension == "money"  # 花了五百块
        warm = unit.dimension == "temperature" and (number.value > 2 or text[number.start - 1] == "下")  # 零下两度
        return not (held or paid or warm or (unit.word == "折" and _is_discount(text, number, after)))
    latin = unit.word[-1].isascii() and unit.word[-1].isalnum()
    return latin and text[after : after + 1].isascii() and text[after : after + 1].isalnum()


def _degree(text: str, number: Number) -> Unit | None:
    """度 is a kilowatt hour where electricity is spoken of, a degree Celsius where the weather is."""
    before = text[max(0, number.start - _DEGREE_WINDOW) : number.start]
    if "电" in before or number.magnitude:
        return UNITS["度电"]
    return UNITS["摄氏度"] if before.endswith("零下") or any(c in before for c in "温热冷凉") else None


_MANY_PARTS: Final = 20  # so many of a thing are no name of one in a list (一部、二部)
_INDEX_WINDOW: Final = 20  # characters before a number of 点 in which the index that counts in them is named
_DEGREE_WINDOW: Final = 14
_POINTS: Final = Seldom("[、和及与](?:[0-9.]{1,6}个?[、和及与]){0,6}[0-9.]{1,6}个百分点")  # 0.3个和1.4个百分点
_JOINS: Final = Characters("、和及与")
_LEAST_SCORE: Final = 10
_IN_CENTS: Final = Seldom("[每价电费]")  # beside a number of 分 that is money: 每千瓦时12.3分
_PLACE_ENDS: Final = frozenset("县镇乡")
_SECONDS: Final = Seldom(r"[0-9]{1,2}秒|[、和及与][0-9]{1,2}个?小时")  # 1分20秒; 57分、1小时19分
_TAKEN: Final = vocabulary.context("taken")
_EACH: Final = Seldom(r"每(立方米|升)\Z")
_FLOW: Final = Seldom(r"每(秒|分钟|小时)[约近超达为]?\Z")
_EXCHANGED: Final = frozenset("兑对换比折")  # before a currency that another is worth so many of
_MOST_BELOW: Final = 3  # 元/平方米·月
_CONCENTRATIONS: Final = {  # by what a mass and a volume are: 毫克 and 立方米, however written, and mg and m³
    (UNITS[mass].factor, UNITS[volume].factor): unit
    for unit in UNITS.values()
    if unit.dimension == "concentration" and unit.word[0] > "一"
    for mass, stroke, volume in [unit.word.partition("/")]
    if stroke
}
_PER: Final = ("/", "／", "·", "每")
_PERCENT: Final = 100
_SO_MANY: Final = Seldom("[十百千万亿]|10{1,3}|50{1,2}")  # prices are quoted for: 元/500克, no 300元/3个月


def per_unit(text: str, unit: Unit, start: int, end: int) -> tuple[Unit, int]:
    """A rate per something: 元/平方米 becomes ``CNY/m2``; the unit itself where no denominator is written.

    每立方米21微克 is the concentration that 微克/立方米 writes, 每秒210立方米 the flow; 每人500元 stays money (人均
    does too), and so does what is written 500元/人 or 103元/月.
    """
    if unit.dimension == "mass" and (hit := _EACH.search(text, max(0, start - 6), start)):
        return _CONCENTRATIONS.get((unit.factor, UNITS[hit[1]].factor), unit), end
    if unit.dimension == "volume" and (hit := _FLOW.search(text, max(0, start - 4), start)):
        time = UNITS[hit[1]]
        return Unit(unit.word, f"{unit.code}/{time.code}", unit.factor / time.factor, "rate"), end
    if unit.word == "元" and _FOREIGN_ENDS.at(text, start - 1):
        unit = _in_currency(text, unit, start)
    for _ in range(_MOST_BELOW):
        if text[end : end + 1] not in _PER or unit.dimension == "ratio":
            break
        below, so_many = unit_at(text, end + 1), 1
        if unit.dimension == "count" and text[end] == "每" and not _is_density(text, below, end + 1):
            break
        if below is not None and below.word == "次" and unit.dimension == "count":  # 1234处/次
            return unit, end + 2
        last = end + 1
        if below is None and (many := _SO_MANY.match(text, last)):  # 吨/万元, 张/千人, 元/500克
            so_many = int(numerals.number(many[0]) or 1)
            last = many.end()
            below = unit_at(text, last)
        quoted = unit.dimension == "money" or (unit.dimension == "mass" and below is not None and so_many == _PERCENT)
        if below is None or (text[last - 1].isdecimal() and not quoted):  # 50MW/100MWh, but 182mg/100ml
            break
        last += len(below.word)
        word = text[end - len(unit.word) : last]
        if unit.dimension == "mass" and (known := _CONCENTRATIONS.get((unit.factor, below.factor * so_many))):
            unit = Unit(word, known.code, known.factor, known.dimension)
        elif unit.dimension == "money" and so_many == 1 and below.dimension in ("count", "duration", "per_only"):
            unit = Unit(word, unit.code, unit.factor, "money")  # 元/人·月 stays money
        else:
            unit = Unit(word, f"{unit.code}/{below.code}", unit.factor / (below.factor * so_many), "rate")
        end = last
    return unit, end


def _is_density(text: str, below: Unit | None, at: int) -> bool:
    """Whether what stands behind a count and 每 is what it is spread over: 300人每平方公里, but 12棵每亩补贴5元."""
    if below is None or below.dimension not in ("area", "volume"):
        return False
    follower = text[at + len(below.word) : at + len(below.word) + 1]
    return follower in _BEHIND_RATE or not follower.isalnum()  # nor 3棵每平方米5元


_BEHIND_RATE: Final = frozenset("的以左")
_FOREIGN: Final = {word: unit for word, unit in UNITS.items() if unit.dimension == "money" and unit.code != "CNY"}
_FOREIGN_ENDS: Final = Characters(word[-1] for word in _FOREIGN)


def _in_currency(text: str, unit: Unit, start: int) -> Unit:
    """The currency that is named before a number of 元 (港币5000万元); 元 where none is (100美元700元, 兑美元6.8元)."""
    for size in (3, 2):
        named = _FOREIGN.get(text[max(0, start - size) : start])
        before = text[start - size - 1 : start - size] if start > size else ""
        if named is not None and before not in _EXCHANGED and not numerals.RUN.match(before):
            return Unit(unit.word, named.code, named.factor, "money")
    return unit


def convert(value: Decimal, factor: Fraction) -> Decimal:
    """``value`` in the canonical unit, exact; a third of anything (亩) is rounded to whole units."""
    if factor is not ONE:
        value = value * factor.numerator / factor.denominator
        if factor.denominator % 3 == 0:
            value = value.quantize(Decimal(1)) if value >= 100 else value.quantize(_NANO)
    whole = value.to_integral_value()
    if value == whole:
        return whole
    return value.quantize(_NANO).normalize() if value.as_tuple().exponent < -9 else value  # type: ignore[operator]
