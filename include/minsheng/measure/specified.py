"""Quantities that only say what kind of thing something is, and are no figures: 8米高, 30户以上自然村, 60千瓦充电桩.

Told by `specified_words.csv` and by what stands beside them: a class (10亿元以上项目3个), a capacity (年产10万吨饲料
项目), a device whose rating it is, a dimension of one thing.
"""

from __future__ import annotations

import re
from typing import Final

from minsheng import vocabulary
from minsheng.measure.bounds import bound_before
from minsheng.measure.quantity import Number
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import Unit


def _specifying(position: str) -> dict[str, tuple[str, ...]]:
    """By dimension the words that specify a quantity of it from a position."""
    dimensions = {row["dimension"] for row in vocabulary.rows("specified_words") if row["position"] == position}
    return {of: vocabulary.words("specified_words", position=position, dimension=of) for of in dimensions}


_STATES: Final = frozenset("过约为达是近：:")
_SPECIFIED_BEHIND: Final = _specifying("after")
_SPECIFIED_BEFORE: Final = _specifying("before")
_SPECIFIED_ENDS: Final = {of: _STATES | {word[-1] for word in words} for of, words in _SPECIFIED_BEFORE.items()}
# Units of what a thing is rather than how much there is of it, where a counted noun follows: 20马力拖拉机6辆.
_KINDS: Final = frozenset(vocabulary.words("specified_words", position="unit"))
_CLASSES: Final = vocabulary.words("specified_words", position="class")  # 10亿元以上项目3个
_CAPACITY: Final = vocabulary.words("specified_words", position="before_capacity")  # 年产10万吨饲料项目
_CAPACITY_ENDS: Final = frozenset(word[-1] for word in _CAPACITY)
_OF_CAPACITY: Final = Seldom(
    rf"[^，。；、！？：\s]{{0,20}}?(?:{'|'.join(vocabulary.words('specified_words', position='of_capacity'))})"
)
_SENTENCE: Final = Seldom(  # 有期徒刑三年六个月: the months of a sentence
    rf"(?:{'|'.join(_SPECIFIED_BEFORE['duration'])})[一二三四五六七八九十两0-9]{{1,3}}年零?\Z"
)
_SENTENCE_REACH: Final = 10
_THRESHOLD: Final = re.compile(r"及?以[上下内]的?")
_OF_ONE_THING: Final = re.compile(r"[高宽深厚粗](?!速|铁|校|中|新|标|效|质|层|敞|等|端)")  # 8米高
_PACKED: Final = re.compile(r"装(?![上下车船运载卸入箱进填满好机修配袋瓶盒罐桶])")  # 5公斤装大米
_COUNTED: Final = Seldom(r"[^\W\d_]{1,8}?[0-9]")
_NO_CLASS: Final = frozenset({"count", "ratio", "duration", "money"})
_STATED: Final = re.compile(r"(?:不超过|可达|[约为达是近：:])*\Z")
_COUNTED_CLASS: Final = Seldom(rf"(?:{'|'.join(_CLASSES)})(?:达|共|有)?[0-9]")
_RATED: Final = frozenset({"mass", "volume", "power"})
_LEAST: Final = Seldom(r"(?:及|[（(]含[）)])?以[上下]的?")
_THOSE: Final = Seldom(r"的(?:[^\W\d_的]{0,8}?共?有|共?达到?|共)?[约近超]?[0-9]")
_COUNTED_OF: Final = Seldom(r"(?![有占达共])(?:(?!每)[^\W\d_]){0,8}?[0-9.]{1,9}[十百千万亿]{0,2}")
_TO_WHOM: Final = ("对", "给", "向")
_TELLING: Final = frozenset({"length", "area", "mass", "volume", "power", "temperature", "count"})
_TOLD_APART: Final = Seldom(  # 大于100毫米站点43个
    rf"的?[^\W\d_]{{0,4}}?(?:{'|'.join(vocabulary.words('specified_words', position='told_apart'))})(?:有|共|达)?[0-9]"
)
_CLASS_COUNTED: Final = Seldom(
    rf"(?:的[^\W\d_]{{0,4}}?)?(?:{'|'.join((*_CLASSES, *vocabulary.words('specified_words', position='told_apart')))})"
    "(?:有|共|达)?[0-9]"
)
_DEVICE: Final = re.compile(
    rf"[^\W\d_]{{0,6}}?(?:{'|'.join(vocabulary.words('specified_words', position='rated'))})[0-9]{{1,4}}[^\W\d_]"
)
_DIMENSIONS_OF_ONE: Final = re.compile(r"(?<![提升增抬新最偏较雪])[高宽厚深](?:约|为|达|近)?\Z")  # 高8米
_HIGHER: Final = Seldom(r"相比[，,]|[比较](?![赛例重邻])[^，。；0-9]{1,14}高(?:约|为|达|近)?\Z")
_LOWER: Final = Seldom("低[0-9]")
_HIGHER_REACH: Final = 40  # characters before 高 in which it may be said what is lower
_LOWER_REACH: Final = 12  # characters behind its length in which another may be lower


def specifies(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a quantity only says what kind of thing it is: 8米高, 10米跳台, 体重70公斤, 3万吨级码头."""
    if unit.dimension not in _NO_CLASS and text[end : end + 1] == "级":
        return True
    behind = _SPECIFIED_BEHIND.get(unit.dimension)
    if behind is not None and text.startswith(behind, end):
        return True
    start = number.start
    if unit.code == "mo" and _SENTENCE.search(text, max(0, start - _SENTENCE_REACH), start):
        return True
    if unit.dimension in _RATED and _PACKED.match(text, end):
        return True
    if unit.dimension == "score" and bound_before(text, start)[0] and text[end : end + 1] == "的":  # 低于70分的12人
        return True
    if unit.dimension == "money" and (least := _THRESHOLD.match(text, end)) and text.startswith(_CLASSES, least.end()):
        return True
    if _qualifies(text, number, unit, end) or _bounds_those(text, number, end):
        return True
    small = unit.dimension == "length" and number.value < 100
    if small and (_OF_ONE_THING.match(text, end) or _dimension_of_one(text, start, end)):
        return True
    last = text[start - 1 : start]
    if last in _CAPACITY_ENDS and text.endswith(_CAPACITY, 0, start) and _OF_CAPACITY.match(text, end):
        return True
    if unit.word in _KINDS and _COUNTED.match(text, end):
        return True
    before = _SPECIFIED_BEFORE.get(unit.dimension)
    if before is None or last not in _SPECIFIED_ENDS[unit.dimension]:
        return False
    stated = _STATED.search(text, max(0, start - 6), start)
    return stated is not None and text.endswith(before, 0, stated.start())


def is_class(text: str, number: Number) -> bool:
    """Whether a number without a unit only says how large each is of what stands behind it: 百亿企业, 超十亿企业3家."""
    return number.raw[-1] == "亿" and _round(number) and text.startswith(_CLASSES, number.end)


def _qualifies(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a quantity only says which of the things that are counted behind it: 30户以上自然村120个, 超亿元企业8家,
    60千瓦充电桩12个."""
    follower = text[end : end + 1]
    if follower in "及以（(":
        least = _LEAST.match(text, end)
        if least is None or (unit.dimension == "ratio" and not text.startswith(_CLASSES, least.end())):
            return False  # 满意率98%以上
        if text[number.start - 1 : number.start] in _TO_WHOM:
            return True  # 对30亩以上大户每亩补贴50元
        counted = _COUNTED_OF.match(text, least.end())
        return counted is not None and not text.startswith(unit.word, counted.end())  # 100元以上5000元以下
    if _at_threshold(text, number, unit, end):
        return True
    if unit.dimension == "money":
        if not text.startswith(_CLASSES, end) or not _COUNTED_CLASS.match(text, end):
            return False
        return bound_before(text, number.start)[0] == "at_least" or _round(number)
    return unit.dimension in _RATED and _DEVICE.match(text, end) is not None


def _at_threshold(text: str, number: Number, unit: Unit, end: int) -> bool:
    """Whether a quantity is what tells some places from others that are counted: 大于100毫米站点43个, 50～100毫米站点
    112个, 超过100人的村庄12个."""
    if unit.dimension not in _TELLING or (unit.dimension == "count" and text[end : end + 1] != "的"):
        return False
    told = _TOLD_APART.match(text, end)
    if told is None:
        return False
    ranged = end - len(unit.word) > number.end
    return ranged or bound_before(text, number.start)[0] in ("at_least", "at_most")


def _bounds_those(text: str, number: Number, end: int) -> bool:
    """Whether a bound only tells which things are counted behind it: 满意率低于90%的单位有3个, 1万元以上的有80多人."""
    least = _LEAST.match(text, end) if text[end : end + 1] in "及以（(" else None
    at = least.end() - 1 if least else end
    if text[at : at + 1] != "的" or not (least or bound_before(text, number.start)[0] in ("at_least", "at_most")):
        return False
    return _THOSE.match(text, at) is not None


def bounds_a_class(text: str, end: int) -> bool:
    """Whether a range that ends there only tells which things are counted behind it: 投资1亿元至5亿元的项目12个."""
    return _CLASS_COUNTED.match(text, end) is not None


def _round(number: Number) -> bool:
    """Whether a number is what classes begin at: 亿, 10亿, 5000万; not 3.2亿."""
    return number.bound == "exact" and len(number.raw.rstrip("0百千万亿")) <= 1


def _dimension_of_one(text: str, start: int, end: int) -> bool:
    """Whether the length is how high, wide or deep one thing is (高8米), not by how much it is higher than another
    (与警戒水位相比，甲站高0.3米、乙站低0.2米)."""
    hit = _DIMENSIONS_OF_ONE.search(text, max(0, start - 4), start)
    if hit is None or hit[0][0] != "高":
        return hit is not None
    begins = max(text.rfind("。", 0, start), text.rfind("；", 0, start), start - _HIGHER_REACH, 0)
    return _HIGHER.search(text, begins, start) is None and _LOWER.search(text, begins, end + _LOWER_REACH) is None
