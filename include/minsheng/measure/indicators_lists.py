"""Figures in a list: the subject that each of several is of, and what all of them measure.

``甲、乙产量分别增长3%、4%`` hands out its subjects in order; ``甲站产量3吨、乙站5吨`` names what it measures once;
``前二的为甲（3吨）、乙（2吨）`` names it before its members.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.indicators_words import Word, words_of

SKIP: Final = {"s", "d", "t", "m", "r", "y", "k"}  # roles of words that name nothing
VERBAL: Final = {"v", "vn", "h"}
_SUFFIXES: Final = frozenset("省市县区镇乡村站山河湖江岛港场园寺桥")  # what ends so, and is not that alone, is a place
_QUANTITIES: Final = frozenset("率量额值积费价")  # what ends so is measured, not counted
_NOMINAL: Final = ("n", "a", "b", "x", "q", "f", "vn", "、", "c")
_JOINING: Final = ("、", "c", ",", "p", "s")
MEASURES: Final = words_of("measure")
_NO_MEASURES: Final = words_of("no_measure")
_BARE: Final = words_of("bare")
_PLACES: Final = words_of("place")
_MOST: Final = 12  # figures that one 分别 may be of
_REACH: Final = 60  # words before 分别 in which its subjects stand


def measures(text: str) -> bool:
    """Whether a noun names a quantity (降雨量, 收入), not something that has one (水库)."""
    return (text[-1:] in _QUANTITIES and text not in _NO_MEASURES) or text[-2:] in MEASURES or text in MEASURES


def handed(words: Sequence[Word], at: int, figures: Sequence[int], first: int) -> tuple[list[str], int]:
    """The subjects of the figures from ``figures[first]`` on among which the 分别 at ``words[at]`` hands them out,
    and how many figures those are; no subjects where their number is another."""
    count = linked(words, figures, first)
    if count == 1:
        return [], 1
    start = here = _clause(words, at)
    for _ in range(count - 1):
        start = _clause(words, start - 1)
    clauses = _split(words[start:at], (",",))
    if len(clauses) == count and _parallel(clauses):
        return _named(clauses), count
    for roles in (("、", "c"), ("、",), ("c",)):
        parts = _split(words[here:at], roles)
        if len(parts) == count:
            return _named(parts), count
    return [], count


def _clause(words: Sequence[Word], at: int) -> int:
    """Where the clause begins that ends before ``at``."""
    low = max(0, at - _REACH)
    while at > low and words[at - 1].role not in (",", "F"):
        at -= 1
    return max(at, 0)


def linked(words: Sequence[Word], figures: Sequence[int], first: int) -> int:
    """How many figures from ``figures[first]`` on have nothing but a mark, a joint or 增长 between them."""
    count = 1
    while first + count < len(figures) and count < _MOST:
        one, other = figures[first + count - 1], figures[first + count]
        between = words[one + 1 : other]
        mark = between[:1] and between[0].role in ("、", "c") and between[-1].text in _BARE
        if len(between) > 2 or any(w.role not in _JOINING for w in (between[:-1] if mark else between)):
            break
        count += 1
    return count


def _parallel(parts: list[list[Word]]) -> bool:
    """Whether clauses are subjects of one kind: …加工业，…制造业增加值."""
    nominal = all(w.role in _NOMINAL for part in parts for w in part)
    return nominal and all(any(w.text[-1] == part[-1].text[-1] for w in parts[-1]) for part in parts[:-1])


def _split(words: Sequence[Word], at: tuple[str, ...]) -> list[list[Word]]:
    """The parts of a clause between words of these roles, without what says nothing; none may be empty."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.role in at:
            parts.append([])
        elif word.role not in SKIP and word.role != "p":
            parts[-1].append(word)
    return parts if all(parts) else []


def _named(parts: list[list[Word]]) -> list[str]:
    """The parts as subjects, each with what only the last one says: 粮食、蔬菜产量 are 粮食产量 and 蔬菜产量; none
    where the last says no more than that."""
    model, last = parts[-2][-1].text, [w.text for w in parts[-1]]
    examples = next((k for k, w in enumerate(parts[-1]) if w.role == "e"), 0)
    common: list[str] = []
    if examples:
        last, common = last[:examples], last[examples + 1 :]
    elif alike := [k for k, text in enumerate(last[:-1]) if text[-1] == model[-1]]:
        last, common = last[: alike[-1] + 1], last[alike[-1] + 1 :]
    elif measures(last[-1]) and not measures(model):
        own = min(len(parts[-2]), len(last) - 1)
        if not own:
            return []
        last, common = last[:own], last[own:]
    opening = parts[0][0]
    verb = opening.text if opening.role in VERBAL else ""
    if any(part[0].role in VERBAL or len(part) >= len(parts[0]) for part in parts[1:]):
        verb = ""
    members = [*([w.text for w in part] for part in parts[:-1]), last]
    return [(verb if k else "") + "".join([*own, *common]) for k, own in enumerate(members)]


def measured(noun: Sequence[Word]) -> tuple[str, str]:
    """The quantity that a noun phrase (its words from last to first) ends in, alone and with what qualifies it:
    the 面积 and 播种面积 of a place; empty if it names none."""
    first = 0
    while first + 1 < len(noun) and noun[first].role == "a":
        first += 1
    if not noun or not measures(noun[first].text):
        return "", ""
    own = next((k for k in range(first + 1, len(noun)) if is_place(noun[k:])), len(noun))
    return noun[first].text, "".join([w.text for w in reversed(noun[first:own])])


def listed(topic: list[Word], members: list[Word], bracket: bool) -> list[Word]:
    """What a list is of, where its members stand between 为 and their values: the 雨量 of 雨量前二的为甲站3毫米; empty
    where the value is no list's."""
    if topic and topic[-1].role == "p":
        topic.pop()
    if not topic or any(w.role not in _NOMINAL for w in members) or not (bracket or is_place(members[::-1])):
        return []
    clause = max((k for k, w in enumerate(topic) if w.role == "u"), default=0)
    quantity = max((k for k, w in enumerate(topic[:clause] or topic) if measures(w.text)), default=-1)
    return topic[: quantity + 1] if quantity >= 0 else topic if bracket and clause else []


def deed(words: Sequence[Word], at: int, figure: int) -> str:
    """What is said of the subjects between the 分别 at ``words[at]`` and the first figure: 增长, 占出口总值; not what
    they are compared with (较同类高)."""
    if any(w.text in ("较", "比") for w in words[at + 1 : figure]):
        at = figure - 2
    return "".join([w.text for w in words[at + 1 : figure] if w.role in ("v", "vn", "n", "a", "b")])


def is_place(noun: Sequence[Word]) -> bool:
    """Whether a noun phrase (its words from last to first) is a place: 城区, 龙山水库."""
    return bool(noun) and (noun[0].text in _PLACES or (noun[0].text[-1] in _SUFFIXES and len(noun) > 1))
