"""Cuts a sentence into words with coarse parts of speech: longest match against the vocabulary, no statistics.

The words lie in ``include/vocabulary``: ``words.csv`` (from a general dictionary) and ``phrase_words.csv`` (the
verbs of administration and what is left out of a phrase; it wins). An unknown character counts as a noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from unicodedata import category

from minsheng import vocabulary
from minsheng.measure.places_gazetteer import read
from minsheng.vocabulary import VOCABULARY

_LATIN: Final = "A-Za-zⅠ-Ⅻ"
_OPENING: Final = re.compile(f'[（(《“"‘「0-9０-９{_LATIN}]')  # what one of the next may begin with
_PHRASE_WORDS: Final = list(read(VOCABULARY / "phrase_words.csv"))
_FORMULAS: Final = "|".join([re.escape(word) for role, word, _ in _PHRASE_WORDS if role == "x"])  # PM10, SO2
_PIECE: Final = re.compile(
    rf"(?P<latin>(?:{_FORMULAS})(?![0-9])|[0-9]?[{_LATIN}]+(?:[0-9][{_LATIN}]+)*(?:[0-9]+[.．][0-9]+)?)"  # 5G, PM2.5
    r"|(?P<left_out>[（(](?:[^（）()\d\n]{0,12}|[A-Za-z][A-Za-z0-9.]{1,7})[）)]|[0-9０-９]{1,3}(?:[-—至~～][0-9０-９]{1,3})?周?岁(?!(?:及?以[上下])?的?人口)(?:及?以[上下])?的?(?=[一-龥])|[0-9０-９]+(?:[-—–~～至][0-9０-９]+(?=[年月日号时]))?(?:年[底末初度]?|[日号]|月(?:份|[底末初]|[上中下]旬)?|时许?|小时|分钟|天|个月)?)"
    rf"|(?P<quoted>《[^》\n]{{1,40}}》|[“\"‘「][^“”\"‘’」\n]{{1,20}}[”\"’」])"
)
_MARKS: Final = "，,；;：:。！？!?\n（）()【】[]|｜—…"
_PAIR: Final = 2
_BITS: Final = 21  # of a character's code
_SLOTS: Final = 0x7FFF  # of the table of words, for two thirds of them, less one
_SPREAD: Final = 1021  # spreads the words over it: two slots side by side are looked at
_BEFORE: Final = 60
_BEHIND: Final = 30
_SHORT: Final = 20
_VALUES: Final = "0123456789.万亿余多 "
_SPOKEN: Final = "，。！？!?"  # what is quoted with one of these is said, not named
_QUOTES: Final = '《》“”"‘’「」 '
_MARK: Final = re.compile("[，,；;。：:][，,；;。：:]*")  # one first: re skips to it


class _Begun:
    """What begins with two characters, the codes of which are ``pair`` (0 for none)."""

    __slots__ = ("pair",)

    def __init__(self, text: str) -> None:
        self.pair = (ord(text[0]) << _BITS) + ord(text[1]) if len(text) == _PAIR else 0


class Word(_Begun):
    """A word and its role: v, vn, n, a, d, p, c, u, s (left out), h (light verb), q (quoted), x (latin),
    ``F`` (a figure; its text is the end of its unit), ``、`` and ``,`` (any mark that ends a clause)."""

    __slots__ = ("role", "text")

    def __init__(self, text: str, role: str) -> None:
        super().__init__(text)
        self.text = text
        self.role = role


PARTS: Final = "；"  # parts a sentence into such as have their own subjects
_STOP: Final = Word(",", ",")
_LIST: Final = Word("、", "、")
_PART: Final = Word(PARTS, ",")
_OPEN: Final = Word("（", ",")  # that a clause ends there is no news for what stands behind
_CLOSE: Final = Word("）", ",")


def words_of(note: str) -> frozenset[str]:
    """The words of ``phrase_words.csv`` with that note (a word may have several, joined by ``|``)."""
    return frozenset(word for _, word, notes in _PHRASE_WORDS if note in notes.split("|"))


class _Singles(dict[str, Word | None]):
    """Words of one character: a mark or symbol (✍) ends a clause, an unknown Chinese character is a noun, others say
    nothing."""

    def __missing__(self, character: str) -> Word | None:
        known = Word(character, "n") if "一" <= character <= "龥" else _STOP if category(character) == "So" else None
        return self.setdefault(character, known)


def _words() -> dict[str, Word]:
    """Every word; the corrections of ``phrase_words.csv`` win over the dictionary."""
    with vocabulary.uncollected():
        found = {word: Word(word, role) for word, role in read(VOCABULARY / "words.csv")}
    for role, word, _ in _PHRASE_WORDS:
        found[word] = Word(word, role)
    return found


class _Head(_Begun):
    """Two characters that longer words begin with: the word that they are themselves, the longer words, and the third
    character of each."""

    __slots__ = ("longer", "thirds", "word")

    def __init__(self, text: str, word: Word | None) -> None:
        super().__init__(text)
        self.word = word
        self.longer: list[Word] = []
        self.thirds = ""

    def longest(self, run: str, at: int) -> Word | None:
        """The longest word that stands at a place of ``run`` where these two characters do."""
        found, size = self.word, _PAIR
        third = ord(run[at + _PAIR]) if at + _PAIR < len(run) else -1
        for i in range(len(self.thirds)):
            if ord(self.thirds[i]) == third:
                word = self.longer[i]
                length = len(word.text)
                if length > size and at + length <= len(run):
                    j = _PAIR + 1
                    while j < length and ord(word.text[j]) == ord(run[at + j]):
                        j += 1
                    if j == length:
                        found, size = word, length
        return found


class _Heads:
    """By two characters what begins so: a word where only the two make one, else a head. A table with open addressing
    by their codes, half the time of a dictionary, for which a string is made at each place of a text; the marks, a byte
    for each slot (0 where it is empty), keep what is elsewhere in memory from being looked at in vain."""

    def __init__(self, heads: Iterable[_Begun]) -> None:
        marks = bytearray(_SLOTS + 1)
        self.table: list[_Begun | None] = [None] * (_SLOTS + 1)
        for head in heads:
            slot = _slot(head.pair)
            while marks[slot] != 0:
                slot = (slot + 1) & _SLOTS
            marks[slot], self.table[slot] = _mark(head.pair), head
        self.marks = bytes(marks)

    def at(self, run: str, at: int) -> _Begun | None:
        """What begins with the two characters at a place of ``run``, which has as many."""
        pair = (ord(run[at]) << _BITS) + ord(run[at + 1])
        slot, mark = _slot(pair), _mark(pair)
        while (found := self.marks[slot]) != 0:
            if found == mark:
                head = self.table[slot]
                if head is not None and head.pair == pair:
                    return head
            slot = (slot + 1) & _SLOTS
        return None


def _slot(pair: int) -> int:
    return ((pair >> _BITS) * _SPREAD + pair) & _SLOTS


def _mark(pair: int) -> int:
    return ((pair >> _BITS) * 3 + pair) & 0xFF | 1


def _heads() -> _Heads:
    heads: dict[str, Word | _Head] = {text: word for text, word in _WORDS.items() if len(text) == _PAIR}
    for text, word in _WORDS.items():
        if len(text) > _PAIR:
            head = heads.get(text[:2])
            if not isinstance(head, _Head):
                head = heads[text[:2]] = _Head(text[:2], head)
            head.longer.append(word)
            head.thirds += text[2]
    return _Heads(heads.values())


def _singles() -> _Singles:
    singles = _Singles((word, _WORDS[word]) for word in _WORDS if len(word) == 1)
    singles.update(dict.fromkeys(_MARKS, _STOP))
    singles.update({"、": _LIST, ";": _PART, PARTS: _PART, "（": _OPEN, "(": _OPEN, "）": _CLOSE, ")": _CLOSE})
    return singles


_WORDS: Final = _words()
_DOING: Final = ("v", "vn")
CHANGES: Final = frozenset(vocabulary.words("change_words"))
_A_TIME: Final = "日月年"
_OPENERS: Final = words_of("opens")  # what says nothing alone, but begins words with a character behind it
_HEADS: Final = _heads()
_SINGLES: Final = _singles()


def is_word(text: str) -> bool:
    """Whether the text is a common word of the language (so that it is no safe sign of a place)."""
    if len(text) < _PAIR:
        return text in _WORDS
    hit = _HEADS.at(text, 0)
    word = hit.longest(text, 0) if isinstance(hit, _Head) else hit if isinstance(hit, Word) else None
    return word is not None and len(word.text) == len(text)


def _is_deed(word: Word) -> bool:
    """Whether a word tells what is done, not that something grew."""
    return word.role in _DOING and word.text not in CHANGES


def _is_opened(character: str, word: Word | None) -> bool:
    """Whether a character is Chinese and no word by itself."""
    return word is not None and word.role == "n" and character not in _WORDS


def segment(run: str, out: list[Word]) -> None:
    """Appends the words of a run of characters and its marks."""
    i, end = 0, len(run)
    opener: Word | None = None  # the character before, where it may begin a word with this one
    while i < end:
        hit = _HEADS.at(run, i) if i + 1 < end else None
        word = hit.longest(run, i) if isinstance(hit, _Head) else hit if isinstance(hit, Word) else None
        if word is None:
            word = _SINGLES[run[i]]
            if opener is not None and _is_opened(run[i], word):
                out.pop()  # 超期, 月子: two characters that no word begins with are one
                word = Word(opener.text + run[i], "n")
            i += 1
            opener = None
            if word is not None:
                out.append(word)
                if len(word.text) == 1 and word.text in _OPENERS:
                    opener = word
        else:
            i += len(word.text)
            if opener is not None and opener.text in _A_TIME and _is_deed(word):
                out.pop()
                word = Word(opener.text + word.text, word.role)  # 日处理, 月补贴
            opener = None
            out.append(word)


def cut(sentence: str, spans: Sequence[tuple[int, int]]) -> tuple[list[Word], list[int]]:
    """The words of a sentence with its figures (``spans``, in order) as words of their own, and where those stand.

    Only what can name a figure is read: the clause behind it, the two before it, and of those what is near.
    """
    out: list[Word] = []
    figures: list[int] = []
    at, behind = 0, 0
    for start, end in spans:
        if start - at > behind + _BEFORE:
            _pieces(sentence, at, at + behind, out)
            out.append(_STOP)
            at = start - _BEFORE
        if start - at > _SHORT and len(marks := [m.end() for m in _MARK.finditer(sentence, at, start)]) > 2:
            if figures:
                _pieces(sentence, at, marks[0], out)
            at = marks[-3] if marks[-1] == start else marks[-2]
        if at < start:
            _pieces(sentence, at, start, out)
        figures.append(len(out))
        out.append(Word(sentence[max(start, end - 3) : end].lstrip(_VALUES), "F"))
        at, behind = max(at, end), _BEHIND
    _pieces(sentence, at, min(len(sentence), at + behind) if spans else len(sentence), out)
    return out, figures


def _pieces(sentence: str, start: int, end: int, out: list[Word]) -> None:
    at = start
    while opening := _OPENING.search(sentence, at, end):
        piece = _PIECE.match(sentence, opening.start(), end)
        if piece is None:
            at = opening.end()
            segment(sentence[start:at], out)
        else:
            segment(sentence[start : piece.start()], out)
            kind = piece.lastgroup
            if kind == "latin":
                out.append(Word(piece[0], "x"))
            elif kind == "quoted" and any(mark in piece[0] for mark in _SPOKEN):
                out.append(_STOP)
            elif kind != "left_out" and (name := piece[0].strip(_QUOTES)):  # a region's name is blank by now
                out.append(Word(name, "q"))
            at = piece.end()
        start = at
    segment(sentence[start:end], out)
