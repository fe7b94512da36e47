"""Numbers that no unit follows: what they count is told by their list, the word or noun behind them, their subject."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure import contexts, numerals, quantity
from minsheng.measure.bounds import bound_before
from minsheng.measure.characters import Characters
from minsheng.measure.figure import Figure
from minsheng.measure.longest import lengths, longest_at
from minsheng.measure.quantity import Number
from minsheng.measure.seldom import Seldom
from minsheng.measure.units import REGIONS, Unit, unit_at

_MAGNITUDES: Final = "百千万亿"
ROUND: Final = frozenset(_MAGNITUDES)  # words as often as numbers (百家, 千家)
_LEAST: Final = 20  # from here on 、 parts counts and no ordinals (3、4、5号)
_TOLD: Final = Seldom(r"分别[^。；\n]*\Z")
_TOLD_REACH: Final = 60  # characters before a number in which 分别 may stand
_SUBJECT: Final = 20  # characters before a number in which its subject is looked for
_LINKS: Final = Characters("、,，和及与")
_JOINS: Final = Characters("、和及与")
_WHOLE: Final = frozenset({"count", "money"})
_EACH: Final = Seldom(r"各[^，。；、0-9]{0,4}\Z")
_EACH_REACH: Final = 6
_PLACE_ENDS: Final = "".join(sorted(REGIONS))
_PLACED: Final = Seldom(rf"[、，][^\W\d_]{{1,9}}[{_PLACE_ENDS}](?=[0-9])")
_OF_PLACE: Final = Seldom(  # 务工人数达9.2万，甲县7.1万，两县均超过3万
    rf"[，、；][^，。；、：0-9]{{1,9}}[{_PLACE_ENDS}][达到为有超过突破近约共已均]{{0,4}}"
)
_ENDS: Final = frozenset("，。；、\n")
_STOPS: Final = _ENDS | {"", "）", ")"}
_OF_TIME: Final = "(?:(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}月(?:[0-9]{1,2}日)?|[上去]年)底?末?的)?"
_GROWN: Final = Seldom(rf"(?:{'|'.join(vocabulary.words('change_words'))})[到至为]了?{_OF_TIME}近?")
_MOST_PLACES: Final = 20
_LIST: Final = Seldom(
    r"(?:[、,，]\s?|[和及与])(?:-?[0-9０-９][0-9０-９.]{0,12}[万亿]?(?:[、,，]\s?|[和及与])){0,8}-?(?=[0-9０-９])"
)


class Tally(NamedTuple):
    """A word that bare numbers count, its unit, and whether Chinese numerals count it, too."""

    word: str
    code: str
    spoken: bool


_TALLIES: Final = {r["word"]: Tally(r["word"], r["code"], r["spoken"] == "yes") for r in vocabulary.rows("tally_words")}
_TALLY_FIRSTS: Final = Characters(word[0] for word in _TALLIES)
_TALLY_WORDS: Final = "|".join(vocabulary.words("tally_words"))
_TALLY: Final = Seldom(rf"({_TALLY_WORDS})、?")
_RUN: Final = Seldom(rf"({_TALLY_WORDS})、?[0-9一二两三四五六七八九十]{{1,5}}(?!\1)(?:{_TALLY_WORDS})")
_NOUNS: Final = vocabulary.pairs("count_nouns", "noun", "code")
_NOUN_LENGTHS: Final = lengths(_NOUNS)
_QUALIFIERS: Final = dict.fromkeys(vocabulary.context("qualifies_counted"), "")  # of persons: 困难群众, 农村学生
_QUALIFIER_LENGTHS: Final = lengths(_QUALIFIERS)
_EARNED: Final = vocabulary.context("spoken_money")
_BEHIND_EARNED: Final = frozenset("买的左")
_REACHED: Final = Characters("了到达有")
_LIVING: Final = ("{person}", "{household}")
_SUBJECTS: Final = vocabulary.pairs("count_subjects", "word", "code")
_SUBJECT_BEFORE: Final = Seldom(  # 常住人口达到
    rf"({'|'.join(map(re.escape, vocabulary.words('count_subjects')))})"
    rf"(?:[由从达到为有超过突破近约共已增至加逾将累计首次，稳定在分别同比高人民币仅]{{0,6}}){_OF_TIME}\Z"
)


def tallied(text: str, number: Number, before: Figure | None) -> Tally | None:
    """What a number counts in a run of bare numbers, each before another word (3死1失联, 2金4银6铜); ``before`` is the
    figure before it."""
    if not _TALLY_FIRSTS.at(text, number.end):
        return None
    hit = _TALLY.match(text, number.end)
    if hit is None or number.raw in ROUND or (number.chinese and not _TALLIES[hit[1]].spoken):
        return None
    unit = unit_at(text, number.end)
    if unit and len(unit.word) > len(hit[1]):
        return None
    last = _TALLY.fullmatch(text, before.end, number.start) if before else None
    return _TALLIES[hit[1]] if (last and last[1] != hit[1]) or _RUN.match(text, number.end) else None


def listed(text: str, number: Number, before: Figure | None) -> Unit | None:
    """The unit that a list ends with (教师1260、840、310人), whose magnitude goes to every item that has none (1.2和
    3.4亿元). ``before`` is the figure before the number; small numbers share behind 分别 only, as they may be ordinals.
    """
    if number.chinese or not _LINKS.at(text, number.end):
        return None
    start = number.start
    touched = text[start - 1 : start]
    if touched.isascii() and touched.isalpha():  # PM2.5和3.2万家
        return None
    if touched in REGIONS and (ends := _last_of_places(text, number)):
        return _shared(number, *ends)
    hit = _LIST.match(text, number.end)
    found = _with_unit(text, hit.end()) if hit else None
    if found is None:
        return None
    last, unit = found
    told = _TOLD.search(text, max(0, start - _TOLD_REACH), start) is not None
    if not told and not (_JOINS.at(text, number.end) and _alike(text, number, last, unit, before)):
        return None
    return _shared(number, last, unit)


def _alike(text: str, number: Number, last: Number, unit: Unit, before: Figure | None) -> bool:
    """Whether what is listed is plainly quantities, not ordinals: large counts (840、310人), decimals (1.2和3.4亿元),
    numbers of 万 (3万和5万人), what follows a shared one, what is given to each (各投入3、5亿元)."""
    if text[number.end] == "、" and number.value >= _LEAST and last.value >= _LEAST and unit.dimension in _WHOLE:
        return True
    if unit.code == "pp":
        return True
    if unit.dimension == "count" and not last.magnitude:
        return False
    if number.magnitude or text.find(".", number.start, last.end) >= 0:
        return True
    if before and not before.named_unit and before.end == number.start - 1 and _JOINS.at(text, before.end):
        return True
    return last.magnitude and _EACH.search(text, max(0, number.start - _EACH_REACH), number.start) is not None


def _with_unit(text: str, at: int) -> tuple[Number, Unit] | None:
    """The number at ``at`` and its unit, with what that is per; None where it has none or is a date."""
    token = numerals.NUMERAL.match(text, at)
    if token is None or len(token[0]) >= numerals.LONGEST or contexts.SKIP.match(text, at):
        return None
    number = quantity.number_at(text, at, token.end())
    found = number and (quantity.unit_after(text, number) or quantity.unit_apart(text, number))
    if number is None or not found:
        return None
    return number, quantity.per_unit(text, found[0], at, found[1] + len(found[0].word))[0]


def _last_of_places(text: str, number: Number) -> tuple[Number, Unit] | None:
    """The number that ends a list of places, each with its number, and its unit: 甲县21.3、乙县22.8、丙县25.0微克."""
    at = number.end
    for _ in range(_MOST_PLACES):
        item = _PLACED.match(text, at)
        token = numerals.NUMERAL.match(text, item.end()) if item else None
        if token is None:
            return None
        if found := _with_unit(text, token.start()):
            return found
        at = token.end()
    return None


def _shared(number: Number, last: Number, unit: Unit) -> Unit:
    """The unit of the last of a list for another number, which is given its magnitude, too, unless it has one or is
    whole and nearer to the last without (8000和1.2万元)."""
    alone = last.raw.rstrip(_MAGNITUDES)
    scale = Decimal(1)
    for magnitude in last.raw[len(alone) :]:
        scale *= numerals.MAGNITUDES[magnitude]
    whole = "." not in number.raw and (number.value * scale / last.value) ** 2 > scale if last.value else True
    if scale > 1 and number.raw[-1] not in _MAGNITUDES and not whole:
        number.value *= scale
        number.raw += last.raw[len(alone) :]
    return unit


def earned(text: str, number: Number) -> bool:
    """Whether a number is money without 元, as it is spoken of: 分了两万三, 工资四千多."""
    if not (number.magnitude and number.bound != "exact") and not numerals.is_spoken(number.raw):
        return False
    follower = text[number.end : number.end + 1]
    ends = not "一" <= follower <= "龥" or follower in _BEHIND_EARNED
    start = bound_before(text, number.start)[1]
    verb = start - _REACHED.at(text, start - 1)
    return ends and (text.endswith(_EARNED, 0, start) or text.endswith(_EARNED, 0, verb))


def counted(text: str, number: Number, before: Figure | None) -> str | None:
    """The code of what the noun behind a bare number, or for one with 万 or 亿 its subject or the bare number that it
    is listed with (``before``), says that it counts."""
    noun = longest_at(text, number.end, _NOUNS, _NOUN_LENGTHS)
    if noun is not None:
        return _NOUNS[noun]
    if qualifier := longest_at(text, number.end, _QUALIFIERS, _QUALIFIER_LENGTHS):
        noun = longest_at(text, number.end + len(qualifier), _NOUNS, _NOUN_LENGTHS)
        if noun is not None and _NOUNS[noun] in _LIVING:
            return _NOUNS[noun]
    if not number.magnitude:
        return None
    if before and not before.named_unit and before.end == number.start - 1 and _LINKS.at(text, before.end):
        named = "一" <= text[number.end : number.end + 1] <= "龥"  # 资金2.3亿，3.6万灾民得到救助
        return None if named else before.unit
    stops = before and not before.named_unit and text[number.end : number.end + 1] in _STOPS
    if before and stops and _GROWN.fullmatch(text, before.end, number.start):  # 税金由1200万增加到3500万
        return before.unit
    hit = _SUBJECT_BEFORE.search(text, max(0, number.start - _SUBJECT), number.start)
    if hit:
        return _SUBJECTS[hit[1]]
    of_place = before and not before.named_unit and _OF_PLACE.fullmatch(text, before.end, number.start)
    return before.unit if before and of_place and text[number.end : number.end + 1] in _ENDS else None
