"""The grammar of the phrase that names what a figure measures.

Around each figure the clause is read as ``subject · verb · object · [tail verb] · FIGURE · [head noun] · verb``.
Lists share the verb of their first item (种植樟子松3010株、云杉287株); a bare verb takes the object of the figure
before (排查隐患542项，整改540项); a bare rate of change takes the subject of the figure before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minsheng.measure.indicators_words import Word, words_of

LONGEST = 15
_NOUN = {"n", "a", "vn", "x", "q", "c", "u", "、", "f", "b", "l"}
_SKIP = {"s", "d", "t", "m", "r", "y", "k"}
_ENDS = {",", "F"}
_JOINTS = {"c", "、", "u"}
_FATE_ENDS = _SKIP | {",", "、", "F", "u"}
_LINKS = {"p", "c", "、", "u", "e"}
_MEASURES = {"率", "量", "额", "数", "值", "费", "价", "总额", "总量", "面积", "能力", "人数", "里程"}
_DESCRIBED = 24  # words in which a description of what is counted ends
_VERBAL = {"v", "vn", "h"}
_OFFICE = "局委办部院会队站所司区县市镇乡村府处厅行校"
_BODIES = ("委", "政府", "局", "办", "部门", "公司", "中心", "会", "院", "厅")
_CHANGE = re.compile(
    "增长|下降|提高|增加|减少|上升|回落|提升|下滑|缩短|降低|上涨|下跌|扩大|收窄|增|减|降|升|涨|偏多|偏少|压减|增收|增支|减支|净增|多增|少增|增产|减产|增幅|增速|降幅"
)
_SHARE = re.compile("占|占比|占|比重|比例|份额")


@dataclass(slots=True)
class Reading:
    """What is said around one figure: verbs before the object, the object, verbs right before the figure,
    the noun behind it, and at ``end`` of the ``words`` what is done to it. ``joined``: no mark parts it from the
    figure before; ``adjacent``: nor does 、."""

    words: Sequence[Word]
    end: int = 0
    verb: str = ""
    noun: str = ""
    tail: str = ""
    head: str = ""
    case: str = ""
    joined: bool = False
    adjacent: bool = False
    phrase: str = ""

    @property
    def after(self) -> str:
        """The verb and object that follow, past further figures of the same list."""
        return _deed(self.words, self.end)

    @property
    def topic(self) -> str:
        """The noun that a following figure may be about."""
        return self.noun or self.head

    @property
    def subject(self) -> str:
        """What a following rate of change or share may be of: with the verb, where it stands like a noun or alone."""
        if self.head or not self.tail or _CHANGE.fullmatch(self.tail) or _SHARE.match(self.tail):
            return self.topic or self.verb
        return self.noun + self.tail


def compose(words: Sequence[Word], figures: Sequence[int]) -> list[str]:
    """The phrase of each figure of a sentence; empty where nothing names it. ``figures`` are places in ``words``."""
    out: list[str] = []
    before: Reading | None = None
    for at in figures:
        reading = _read(words, at)
        reading.phrase = _compose(reading, before, words, at)
        out.append(reading.phrase)
        before = reading
    return out


def _read(words: Sequence[Word], at: int) -> Reading:
    reading = Reading(words)
    left: list[Word] = []
    i, stop = at - 1, max(-1, at - 40)
    while i > stop:
        word = words[i]
        if word.role in _ENDS:
            break
        if word.role not in _SKIP:
            left.append(word)
        i -= 1
    left.reverse()
    reading.joined = i >= 0 and words[i].role == "F"
    reading.adjacent = reading.joined and bool(left) and left[0].role != "、"
    _read_left(reading, left)
    _read_right(reading, words, at)
    return reading


def _read_left(reading: Reading, items: list[Word]) -> None:
    """Reads the words before the figure (those that count): from their end a tail verb, the noun, its verb."""
    _strip(reading, items)
    cut = len(items)
    while cut and _is_verb(items, cut - 1, tail=True):
        cut -= 1
    tail = items[cut:][-2:]
    if not cut and len(tail) == 2 and tail[1].role == "vn" and not _CHANGE.fullmatch(tail[1].text):
        reading.verb, reading.noun = tail[0].text, tail[1].text
        return
    reading.tail = "".join([w.text for w in tail])
    noun: list[Word] = []
    clause_of = kind_of = None
    i = cut - 1
    while i >= 0:
        word = items[i]
        role = word.role
        if role == "p" or (role in _VERBAL and _is_verb(items, i)):
            break
        if noun:
            if role == "u":
                clause_of = len(noun)
            elif role == "e":
                kind_of = kind_of or len(noun)
                i -= 1
                continue
        noun.append(word)
        i -= 1
    i = _object(items, noun, i)
    if i >= 0 and items[i].role != "p":
        first = i
        while first and _is_verb(items, first - 1):
            first -= 1
        if clause_of is not None:
            noun = noun[:clause_of]
            first = i = next(k for k in range(i + 1) if _is_verb(items, k))
        reading.verb = "".join([w.text for w in items[max(first, i - 1) : i + 1] if w.role != "h" or not noun])
    noun = noun[: clause_of if reading.joined and clause_of else kind_of]
    while noun and noun[-1].role in _JOINTS:
        noun.pop()
    reading.noun = _trim(noun)


def _object(items: list[Word], noun: list[Word], i: int) -> int:
    """Takes what could be a verb for the object of the verb before it (受理投诉) where there is no other object."""
    if noun or i < 1 or items[i].role != "vn" or items[i - 1].role not in ("v", "h"):
        return i
    noun.append(items[i])
    return i - 1


def _strip(reading: Reading, items: list[Word]) -> None:
    """Takes the joints from both ends of ``items``; a preposition right before the figure is its case."""
    while items and items[-1].role in _LINKS:
        last = items.pop()
        reading.case = last.text if last.role == "p" else reading.case
    while items and items[0].role in _JOINTS:
        del items[0]


def _is_verb(items: Sequence[Word], i: int, tail: bool = False) -> bool:
    """Whether word ``i`` acts as a verb; a word that is also a noun does so where no noun leads up to it.

    None does before 率, 量, 额: 入住率 is a noun.
    """
    role = items[i].role
    if i + 1 < len(items) and items[i + 1].text in _MEASURES:
        return False
    if role in ("v", "h"):
        return True
    if role != "vn":
        return False
    if tail:
        return not any(w.role in ("v", "h") for w in items[:i])
    before = items[i - 1] if i else None
    return before is None or before.role not in _NOUN - {"、"} or before.text[-1] in _OFFICE


def _trim(noun: Sequence[Word]) -> str:
    """The noun phrase of ``noun``, its words from last to first, cut from its left to the length of a phrase."""
    words, size = [], 0
    for w in noun:
        if size + len(w.text) > LONGEST:
            break
        words.append(w.text)
        size += len(w.text)
    words.reverse()
    return "".join(words).lstrip("的和与及、")


def _read_right(reading: Reading, words: Sequence[Word], at: int) -> None:
    head: list[str] = []
    i = at + 1
    while i < len(words) and words[i].role == "u":
        i += 1
    while i < len(words) and i - at < 14:
        w, follower = words[i], words[i + 1] if i + 1 < len(words) else Word(",", ",")
        verbal = w.role in ("v", "vn", "h")
        ends = follower.role in (",", "、", "F", "u")
        light = w.role != "h" and words[at - 1].role == "h" and at > 0
        compound = follower.role == "n" and (w.role == "vn" or (not head and len(follower.text) == 1))
        if verbal and not ((head or light) and ends) and not compound:
            break
        if not verbal and w.role not in ("n", "a", "x", "q", "b", "l"):
            if w.role == "u" and head and follower.role in ("n", "q"):
                i += 1
                continue
            break
        head.append(w.text)
        i += 1
    reading.head = "".join(head)[:LONGEST]
    reading.end = i
    if i < len(words) and words[i].role in ("、", "v") and (i == at + 1 or words[i].role == "、"):
        _described(reading, words, i)


def _described(reading: Reading, words: Sequence[Word], i: int) -> None:
    """The noun behind a long description: 12个集养老、医疗于一体的服务中心. It enumerates and ends with 的.

    A verb inside its last part is no description but what the counted do (20名医生、护士参加为期三天的义诊).
    """
    last = noun = 0
    stop = min(len(words), i + _DESCRIBED)
    while i < stop and words[i].role not in _ENDS:
        role = words[i].role
        if role == "、":
            last = i
        elif role == "u":
            noun = i + 1
        elif role in ("v", "h") and last and not noun and i > last + 1:
            return
        i += 1
    tail = words[noun:i] if last and last < noun else []
    if 0 < len(tail) <= 6 and tail[-1].role in ("n", "q", "x", "vn") and all(w.role in _NOUN | {"v"} for w in tail):
        reading.head, reading.end = "".join([w.text for w in tail])[-LONGEST:], i


def _deed(words: Sequence[Word], i: int) -> str:
    out: list[str] = []
    end = next((k for k in range(i, min(len(words), i + 14)) if words[k].role == ","), min(len(words), i + 14))
    i = next((k for k in range(i, end) if words[k].role == "h"), i)
    while i < end:
        w = words[i]
        if w.role == "F" and out:
            break
        if w.role in ("v", "vn") or (out and w.role in ("n", "a", "q", "b")):
            out.append(w.text)
        elif out and w.role not in _SKIP:
            break
        i += 1
    text = "".join(out)
    return text if len(text) <= 10 else "".join(out[:3])


def _fate(r: Reading, words: Sequence[Word], at: int) -> str:
    """The verb behind a figure that says all by itself (2人死亡、16人失联); empty where it stands before (死亡2人)."""
    whole = words_of("whole")
    if at + 1 == len(words) or words[at + 1].text not in whole or (r.tail in whole and not r.adjacent):
        return ""
    ends = at + 2 == len(words) or words[at + 2].role in _FATE_ENDS
    return words[at + 1].text if ends else ""


def _compose(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    if fate := _fate(r, words, at):
        return fate
    if r.tail:
        return _with_tail(r, before, words, at)
    if r.noun and _SHARE.fullmatch(r.noun) and before:
        return before.subject + r.noun
    if r.noun and not (r.head and not r.verb):
        if not r.verb and before and r.joined and not _CHANGE.search(before.tail):
            r.verb = before.verb or (before.tail if before.head else "")
        if r.head and r.verb:
            return r.verb + r.head
        return r.verb + r.noun
    if r.head:
        if r.case in ("为", "对", "向", "给") and r.after:
            return r.case + r.head + r.after
        if r.joined and before and (before.tail or before.verb):
            r.verb = before.tail or before.verb
            return r.verb + r.head
        if r.verb:
            return r.verb + r.head
        return r.head + r.after if r.after else (r.noun + r.head)
    if r.verb:
        return r.verb + r.after
    return _carry(r, before, words, at)


def _with_tail(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    if _CHANGE.fullmatch(r.tail) or _SHARE.match(r.tail):
        if not r.noun and before:
            r.noun = before.subject
        return r.noun + r.tail + ("" if r.noun else r.head)
    if r.head:
        return r.tail + r.head
    if r.noun and not r.noun.endswith(_BODIES):
        return r.verb + r.noun + r.tail
    if r.tail in words_of("whole"):
        return r.tail
    if r.after:
        return r.tail + r.after
    if before and before.topic:
        r.noun = before.topic
        return r.tail + r.noun
    topic = _clause_before(words, at)
    return r.tail + (topic.noun if topic else "") if topic and topic.noun else r.tail + r.after


def _clause_before(words: Sequence[Word], at: int) -> Reading | None:
    """The reading of the clause before the figure's own, as if the figure stood at its end."""
    i = at - 1
    while i >= 0 and words[i].role not in (",", "F"):
        i -= 1
    while i >= 0 and words[i].role == ",":
        i -= 1
    if i < 0:
        return None
    if words[i].role == "F":
        return None
    return _read([*words[max(0, i - 40) : i + 1], Word("0", "F")], min(i, 40) + 1)


def _carry(r: Reading, before: Reading | None, words: Sequence[Word], at: int) -> str:
    """What a bare figure is about: the figure before it, the clause before it, or what follows."""
    if r.after and not r.joined and not r.case and words[r.end].role not in _JOINTS:
        return r.after
    topic = None if r.joined else _clause_before(words, at)
    if topic and (topic.noun or topic.tail):
        r.verb, r.noun = topic.verb, topic.noun
        return topic.verb + topic.noun + topic.tail
    if before:
        r.verb, r.noun, r.tail, r.head = before.verb, before.noun, before.tail, before.head
        return before.phrase
    return r.after
