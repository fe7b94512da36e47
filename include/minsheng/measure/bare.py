"""Numbers that no unit follows: what they count is told by their list, the word or noun behind them, their subject."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from minsheng import vocabulary
from minsheng.measure import numerals, quantity
from minsheng.measure.figure import Figure
from minsheng.measure.longest import lengths, longest_at
from minsheng.measure.quantity import Number
from minsheng.measure.units import Unit, unit_at

ROUND: Final = frozenset("百千万亿")  # words as often as numbers (百家, 千家)
_LEAST: Final = 20  # from here on 、 parts counts and no ordinals (3、4、5号)
_TOLD: Final = 60  # characters before a number in which 分别 may stand
_SUBJECT: Final = 14  # characters before a number in which its subject is looked for
_LINKS: Final = frozenset("、,，和及与")
_LIST: Final = re.compile(
    r"(?:[、,，]\s?|[和及与])(?:[0-9０-９][0-9０-９.]{0,12}[万亿]?(?:[、,，]\s?|[和及与])){0,8}(?=[0-9０-９])"
)


class Tally(NamedTuple):
    """A word that bare numbers count, its unit, and whether Chinese numerals count it, too."""

    word: str
    code: str
    spoken: bool


_TALLIES: Final = {r["word"]: Tally(r["word"], r["code"], r["spoken"] == "yes") for r in vocabulary.rows("tally_words")}
_TALLY_FIRSTS: Final = frozenset(word[0] for word in _TALLIES)
_TALLY_WORDS: Final = "|".join(vocabulary.words("tally_words"))
_TALLY: Final = re.compile(rf"({_TALLY_WORDS})、?")
_RUN: Final = re.compile(rf"({_TALLY_WORDS})、?[0-9一二两三四五六七八九十]{{1,5}}(?!\1)(?:{_TALLY_WORDS})")
_NOUNS: Final = vocabulary.pairs("count_nouns", "noun", "code")
_NOUN_LENGTHS: Final = lengths(_NOUNS)
_QUALIFIERS: Final = dict.fromkeys(vocabulary.context("qualifies_counted"), "")  # of persons: 困难群众, 农村学生
_QUALIFIER_LENGTHS: Final = lengths(_QUALIFIERS)
_LIVING: Final = ("{person}", "{household}")
_SUBJECTS: Final = vocabulary.pairs("count_subjects", "word", "code")
_SUBJECT_BEFORE: Final = re.compile(  # 常住人口达到
    rf"({'|'.join(map(re.escape, vocabulary.words('count_subjects')))})"
    r"(?:[达到为有超过突破近约共已增至加逾将累计首次，稳定在分别同比高人民币]{0,6})\Z"
)


def tallied(text: str, number: Number, before: Figure | None) -> Tally | None:
    """What a number counts in a run of bare numbers, each before another word (3死1失联, 2金4银6铜); ``before`` is the
    figure before it."""
    if text[number.end : number.end + 1] not in _TALLY_FIRSTS:
        return None
    hit = _TALLY.match(text, number.end)
    if hit is None or number.raw in ROUND or (number.chinese and not _TALLIES[hit[1]].spoken):
        return None
    unit = unit_at(text, number.end)
    if unit and len(unit.word) > len(hit[1]):
        return None
    last = _TALLY.fullmatch(text, before.end, number.start) if before else None
    return _TALLIES[hit[1]] if (last and last[1] != hit[1]) or _RUN.match(text, number.end) else None


def listed(text: str, number: Number) -> Unit | None:
    """The unit that a list ends with: 教师1260、840、310人; small numbers share it behind 分别 only."""
    if text[number.end : number.end + 1] not in _LINKS or number.chinese:
        return None
    told = "分别" in text[max(0, number.start - _TOLD) : number.start]
    if not told and (number.value < _LEAST or text[number.end] != "、"):
        return None
    hit = _LIST.match(text, number.end)
    token = numerals.NUMERAL.match(text, hit.end()) if hit else None
    if token is None or len(token[0]) >= numerals.LONGEST:
        return None
    last = quantity.number_at(text, token.start(), token.end())
    found = quantity.unit_after(text, last) if last else None
    if found is None or last is None:
        return None
    return found[0] if told or (last.value >= _LEAST and found[0].dimension == "count") else None


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
    if before and not before.named_unit and before.end == number.start - 1 and text[before.end] in _LINKS:
        named = "一" <= text[number.end : number.end + 1] <= "龥"  # 资金2.3亿，3.6万灾民得到救助
        return None if named else before.unit
    hit = _SUBJECT_BEFORE.search(text, max(0, number.start - _SUBJECT), number.start)
    return _SUBJECTS[hit[1]] if hit else None
