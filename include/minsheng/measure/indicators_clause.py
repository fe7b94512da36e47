"""What is said around one figure, and what a following figure may take of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from minsheng.measure.indicators_behind import done, identity, past_bracket
from minsheng.measure.indicators_lists import measured
from minsheng.measure.indicators_words import CHANGES, Word, words_of

SHARES: Final = ("占", "占比", "比重", "比例", "份额")
_BARE: Final = words_of("bare")
BEING: Final = words_of("link")
_GROWN: Final = CHANGES | _BARE
_TRADES: Final = words_of("trade")


def is_change(verb: str) -> bool:
    """Whether a verb (or two: 增速加快) says that something became more or less, and nothing else."""
    return verb in _GROWN or (verb[-2:] in _GROWN and verb[:-2] in _GROWN)


def has_change(text: str) -> bool:
    """Whether a word of growth or decline is part of the text."""
    return any(word in text for word in CHANGES)


class Reading:
    """What is said around one figure: verbs before the object, the object, verbs right before the figure,
    the noun behind it, and at ``end`` of the ``words`` what is done to it. ``joined``: no mark parts it from the
    figure before; ``adjacent``: nor does 、. ``parts`` are the words of the noun from last to first; ``quantity``
    is what it measures, alone and ``qualified``, once ``quantify`` has been asked. ``shared``: where a 分别 stands
    before the figure; ``bracket``: it stands alone between brackets; ``listed``: its noun names what a list is of,
    not its member; ``compared``: it is what another is compared with, or the growth over that; ``owner``: of a share,
    what is a part (the 出口 of 出口占总值的12%); ``among``: it is a part of those counted before (其中);
    ``follows``: what stands before it is said of the figure before that (3处损毁、5处受损);
    ``acted``: its noun ends in the verb that says what became of it (26处房屋倒塌、3人受伤);
    ``whole``: its noun is what it is a share of (为预算的98%); ``kin``: the last before it that counts the same;
    ``of``: 的 stands right before it; ``qualified_by``: the figure before only qualifies its noun (投资3亿元的水厂
    日处理能力10万吨); ``rest``: 其他 does; ``scope``: the place of which it is all (全村, 耕地20亩，30户);
    ``counted``: the last before it that counts things; ``beside``: the one before it that measures what it counts."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words = words
        self.unit = ""
        self.end = 0
        self.verb = ""
        self.noun = ""
        self.tail = ""
        self.head = ""
        self.case = ""
        self.joined = False
        self.adjacent = False
        self.phrase = ""
        self.parts: Sequence[Word] = ()
        self.quantity = ""
        self.qualified = ""
        self.shared = -1
        self.bracket = False
        self.listed = False
        self.compared = False
        self.owner = ""
        self.among = False
        self.follows = False
        self.acted = False
        self.whole = False
        self.of = False
        self.qualified_by = False
        self.rest = ""
        self.kin: Reading | None = None
        self.scope = ""
        self.counted: Reading | None = None
        self.beside: Reading | None = None

    def quantify(self) -> str:
        """The quantity that the noun ends in; empty if none."""
        if not self.quantity and self.noun:
            self.quantity, self.qualified = measured(self.parts)
        return self.quantity

    @property
    def after(self) -> str:
        """The verb and object that follow, past further figures of the same list; what the counted are (2辆为面包车),
        where nothing else names them."""
        if self.end < len(self.words) and self.words[self.end].text in BEING:
            return "" if self.head else identity(self.words, self.end + 1)
        return "" if self.acted else done(self.words, past_bracket(self.words, self.end), self.head != "")

    @property
    def topic(self) -> str:
        """The noun that a following figure may be about."""
        return self.noun or self.head

    @property
    def subject(self) -> str:
        """What a following rate of change or share may be of: with the verb, where it stands like a noun or alone."""
        if self.owner:
            return self.owner
        if self.head or not self.tail or is_change(self.tail) or self.tail.startswith(SHARES):
            traded = self.verb if self.verb in _TRADES else ""  # what is exported grows, not what is made
            return traded + self.topic or self.verb
        grown = self.tail[-2:]
        return self.noun + (self.tail.removesuffix(grown) if grown in _GROWN else self.tail)
