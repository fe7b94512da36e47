"""What stands behind a figure: the noun at the end of a description or a clause, what is done, what the counted are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.indicators_lists import SKIP, VERBAL, measures
from minsheng.measure.indicators_words import CHANGES, Word, words_of

LONGEST: Final = 15
NOUN: Final = {"n", "a", "vn", "x", "q", "c", "u", "、", "f", "b", "l"}
NOTHING: Final = ("", 0)
ENDS: Final = {",", "F"}
_BESIDE: Final = ("、", "c")
_NOUN_ENDS: Final = SKIP | ENDS | {"、"}
_OF_MEASURES: Final = words_of("each") | words_of("whole_of")  # what may stand before a measure: 总, 平均
_DESCRIBED: Final = 24  # words in which a description of what is counted ends
_QUALIFYING: Final = 6  # words that may qualify a noun
REALISES: Final = "实现"
_NAME: Final = 4  # characters of the longest name of a person


def leads_to_noun(words: Sequence[Word], i: int, roles: set[str]) -> bool:
    """Whether the words of these roles that begin at ``words[i]`` qualify a noun that ends the clause."""
    stop = min(len(words), i + _QUALIFYING)
    while i + 1 < stop and words[i].role in roles and words[i + 1].role not in (",", "、", "F"):
        i += 1
    return words[i].role == "n" and (i + 1 == len(words) or words[i + 1].role in _NOUN_ENDS)


def described(words: Sequence[Word], i: int) -> tuple[str, int]:
    """The noun behind a long description: 12个集养老、医疗于一体的服务中心. It enumerates and ends with 的.

    A verb inside its last part is no description but what the counted do (20名医生、护士参加为期三天的义诊).
    """
    last = noun = 0
    stop = min(len(words), i + _DESCRIBED)
    while i < stop and words[i].role not in ENDS:
        role = words[i].role
        if role == "、":
            last = i
        elif role == "u":
            noun = i + 1
        elif role in ("v", "h") and last and not noun and i > last + 1:
            return NOTHING
        i += 1
    tail = words[noun:i] if last and last < noun else []
    if 0 < len(tail) <= 6 and tail[-1].role in ("n", "q", "x", "vn") and all(w.role in NOUN | {"v"} for w in tail):
        return "".join([w.text for w in tail])[-LONGEST:], i
    return NOTHING


def related(words: Sequence[Word], at: int) -> tuple[str, int]:
    """The noun behind a clause that ends with 的: 3家与环保相关的企业, 14艘满载粮食的货船."""
    i = at + 1
    if i + 2 >= len(words) or (words[i].role not in ("p", "v") and words[i].text[-1:] != "有"):
        return NOTHING
    if words[i].role == "v" and words[i + 1].role == "p":  # 3个分布在下游的南岸
        return NOTHING
    stop = min(len(words), i + _QUALIFYING)
    while i < stop and words[i].role not in ("、", ",", "F", "u"):
        i += 1
    if i == stop or words[i].role != "u":
        return NOTHING
    noun: list[str] = []
    i += 1
    while i < len(words) and words[i].role in ("n", "a", "b", "x", "q"):
        noun.append(words[i].text)
        i += 1
    ends = noun and words[i - 1].role in ("n", "q", "x")
    return ("".join(noun)[-LONGEST:], i) if ends else NOTHING


def is_name(head: list[str]) -> bool:
    """Whether words before one of saying are the name of who says it: no word that the dictionary knows."""
    return 1 < len(head) <= _NAME and all(len(word) == 1 for word in head)


def identity(words: Sequence[Word], i: int) -> str:
    """The noun that makes up the rest of a clause."""
    noun: list[str] = []
    while i < len(words) and words[i].role in ("n", "a", "b", "x", "q", "vn"):
        noun.append(words[i].text)
        i += 1
    ends = i == len(words) or words[i].role == ","
    return "".join(noun)[-LONGEST:] if noun and ends and words[i - 1].role != "vn" else ""


def past_bracket(words: Sequence[Word], i: int) -> int:
    """Where the text goes on behind a bracket with a figure that opens there: 7户农房（约120平方米）损毁."""
    if i + 2 < len(words) and words[i].text == "（" and words[i + 1].role == "F" and words[i + 2].text == "）":
        return i + 3
    return i


def done(words: Sequence[Word], i: int, of_some: bool) -> str:
    """The verb and object of the clause from ``words[i]`` on, past the figures that stand before them.

    Of the object only what 的 leads up to, unless nothing (``of_some``) stands between the figure and the verb: then
    的 ends what qualifies the counted (20人组成的队伍).
    """
    out: list[str] = []
    start, end = i, min(len(words), i + 14)
    light = -1
    closed = False
    for k in range(i, end):
        if words[k].role == ",":
            end, closed = k, True
            break
        if words[k].role == "h" and light < 0:
            light = k
    i = max(i, light)
    acts, first = False, 0
    while i < end:
        w = words[i]
        verbal = w.role in ("v", "vn")
        if verbal or ((out or i > light >= 0) and w.role in ("n", "a", "q", "b", "x")):  # 进行电话抽查
            out.append(w.text)
            if verbal and not acts:
                acts, first = True, len(out)
        elif w.role == "u" and of_some and acts and _leads_on(words, i, len(out) - first):
            del out[first:]  # 4个镇实现车库的全覆盖
        elif w.role not in SKIP:
            if acts:
                listed = w.role == "F" and words[start].role in _BESIDE
                if listed and all([w.role in VERBAL for w in words[start + 1 : i]]):
                    return ""  # 新建5亩、改造提升3亩: of the next
                break
            out.clear()
        i += 1
    text = "".join(out) if acts or (closed and light >= 0) else ""
    if len(text) > 10 and REALISES in out:
        text = text.replace(REALISES, "", 1)  # 下岗失业人员再就业
    return text if len(text) <= (10 if of_some else LONGEST) else "".join(out[:3])


def _leads_on(words: Sequence[Word], i: int, own: int) -> bool:
    """Whether the 的 at ``words[i]`` leads from ``own`` words of an object to its head, and ends no clause."""
    return own > 0 and words[i - 1].role not in VERBAL and i + 1 < len(words) and words[i + 1].role not in ENDS


def reaches(words: Sequence[Word], i: int, past: set[str]) -> bool:
    """Whether what ends before ``words[i]`` is, past words of some roles, of the next figure: 率为62%, 额增长5%."""
    while i < len(words) and (words[i].role in SKIP or words[i].role in past):
        i += 1
    return i < len(words) and (words[i].role == "F" or words[i].text in CHANGES)


def counted(words: Sequence[Word], start: int, end: int) -> int:
    """How many of the words from ``start`` to ``end`` are the noun that is counted, without what is measured of it:
    4所民办学校中签率为62%, 37座水库总蓄水量20亿立方米."""
    while end - 1 > start:
        word = words[end - 1]
        if not (measures(word.text) or word.text in _OF_MEASURES or word.role in VERBAL):
            break
        end -= 1
    return end - start
