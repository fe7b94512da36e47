"""The search for the text behind a torn stretch: a Viterbi search over the bytes.

A state is the last character mended and the byte that waits for its partner. A byte that is not known is tried
with every value, and the likeliest Chinese wins, if it wins clearly over leaving the text as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from heapq import nsmallest
from itertools import chain, islice
from math import log2
from operator import itemgetter
from typing import NamedTuple

from minsheng.clean.repair.choices import Choice, choices_of, seconds
from minsheng.clean.repair.edits import GONE, Edit
from minsheng.clean.repair.gbk import char_of, pair_of, undefined
from minsheng.clean.repair.language import all_readings, follow, language
from minsheng.clean.repair.pinyin import TORN

HOLES = "?\ufffd"
DECODED = re.compile("[\ufffd\ue000-\ue864]")  # what a decoder puts in, and no author
TEAR = 8  # bits against a character being torn at a `?` at all
LOSS = 20  # bits against a byte missing where nothing shows it
NO_BREAK = 24  # bits against a lone lead byte that swallowed nothing although no break is in sight
GUESS = 3  # bits against naming the ASCII character that a lead byte swallowed
DIGIT = 6  # bits against a digit among them
UNDEFINED = 6  # bits against a `?` for a pair of bytes that is no character
LOSS_MORE = 30  # and against one more of them in the same stretch
MARGIN = 8  # bits by which mending has to win
PLAIN_MARGIN = 24  # in a text that nothing but question marks and rare words speak against
NEAR = 150  # characters from a hole on that a search seldom passes
OWN_TWO, OWN_ONE = 2, 3  # bits against what the text itself shows to follow two characters, and one
BEAM = 30  # bits behind the best at which a state is given up
MOST_WORK_HERE = 450_000  # candidates weighed for one place, half a second; damaged news takes less
MOST_WORK = 900_000  # and for a whole text, beside; there may be four rounds of it
WORK_A_CHARACTER = 5  # so many for each character; what takes more is noise, not an article with damage
MOST_FOLLOWERS = 200  # of one character
STATES = 30  # states kept at one place
WIDTH = 16  # states that one state with an unknown byte may become
REST = re.compile("[.:]\\d|%")  # no number begins so
BREAKS = "。！？!?\ufffd"  # in front of these the mirror breaks the byte stream
A_STATE = 6  # candidates that cost as much as one state does by itself
UNKNOWN = -1  # a waiting byte of which nothing is known; -b: GBK has no character for b with it
NONE: Counter[str] = Counter()
NOWHERE: dict[str, int] = {}

Trail = tuple["Trail", str] | None  # the characters emitted, last first


class State(NamedTuple):
    """One way to read the text up to a token."""

    bits: int
    last: str
    context: str  # the last two characters, folded
    waiting: int | None  # a lead byte without its second
    mended: bool
    unfolded: bool  # an ASCII character was read as the full-width one that somebody folded later
    trail: Trail


class Token(NamedTuple):
    """A character of the damaged text, or a hole with the reading that an insertion left behind it."""

    start: int
    end: int
    char: str
    reading: str | None


class NoText(Exception):
    """So much would have to be weighed that this is no damaged text but noise."""


class Search:
    """The search over one text. ``swallowed``: the ASCII characters a lead byte may have swallowed."""

    def __init__(self, text: str, swallowed: str, *, traditional: bool, work: int = 0) -> None:
        self.text = text
        self.choices = choices_of(traditional)
        self.swallowed = swallowed
        self.margin = MARGIN if traditional or DECODED.search(text) else PLAIN_MARGIN
        self.model = language()
        self.unfolded = self.commas = False
        self.work = work
        self.own: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.shown: dict[str, dict[str, int]] = {}
        self.followers: dict[str, list[Choice]] = {}
        self._learn(0, len(text), 1)

    def run(self, start: int, silent_end: int) -> Edit | None:
        """The edit that mends what was torn from ``start`` on, or None if it is better left.

        Before ``silent_end`` a byte may be missing anywhere; else only where a hole shows it. Raises ``NoText``.
        """
        here = max(start - 1, 0), start + NEAR
        self._learn(*here, -1)  # what stands here is in question and no witness
        edit = self._search(start, silent_end)
        self._learn(*here, 1)
        return edit

    def _search(self, start: int, silent_end: int) -> Edit | None:
        before = f"  {self.text[max(start - 2, 0) : start]}"[-2:]
        states = [State(0, before[1], "".join(map(self.model.fold, before)), None, False, False, None)]
        end, limit = start, self.work + MOST_WORK_HERE
        while end < len(self.text):
            token = self._token(end)
            if end < silent_end:
                states += [
                    s._replace(bits=s.bits + LOSS, waiting=UNKNOWN, mended=True)
                    for s in states
                    if s.waiting is None and not s.mended
                ]
            elif end > start and all(s.waiting is None for s in states):
                break
            stepped = self._steps(states, token, self.text[token.end : token.end + 2], limit)
            lossy = self._lost_seconds(states, token) if end < silent_end else ()
            states = _best_of_each(chain(stepped, lossy, self._lost_again(states, token)))
            end = token.end
            if self.work > MOST_WORK + WORK_A_CHARACTER * len(self.text):
                raise NoText
            if self.work > limit:
                return None
        return self._winner(states, start, end)

    def _learn(self, start: int, end: int, sign: int) -> None:
        """Count what follows what in a part of the text: its names come again where it is torn. -1 forgets it."""
        context = "  "
        for char in map(self.model.fold, self.text[start:end]):
            if char > "\u3006" and context[1] > "\u3006":
                self.own[context[1]][char] += sign
                if context[0] > "\u3006":
                    self.own[context][char] += sign
            context = context[1] + char
        self.shown.clear()

    def _shown(self, context: str) -> dict[str, int]:
        """Bits of what the text itself shows to follow the context."""
        known = self.shown.get(context)
        if known is None and context[-1:] not in self.own:
            return NOWHERE
        if known is None:
            known = self.shown[context] = {}
            for part, against in ((context[-1:], OWN_ONE), (context, OWN_TWO)):
                counts = self.own.get(part, NONE)
                total = sum(counts.values())
                known.update({c: round(log2(total / n)) + against for c, n in counts.items() if n > 0})
        return known

    def _cost(self, context: str, char: str) -> int:
        cost, shown = self.model.cost(context, char), self._shown(context).get(char)
        return cost if shown is None or cost < shown else shown

    def _token(self, start: int) -> Token:
        torn = TORN.match(self.text, start) if self.text[start] in HOLES else None
        return Token(start, torn.end() if torn else start + 1, self.text[start], torn[1] if torn else None)

    def _winner(self, states: list[State], start: int, end: int) -> Edit | None:
        """The winner's edit. All states have read up to ``end``; one character more decides between them."""
        follower = self.model.fold(self.text[end : end + 1] or " ")

        def total(state: State) -> int:
            return state.bits + self._cost(state.context, follower)

        whole = [s for s in states if s.waiting is None]
        kept = min((total(s) for s in whole if not s.mended), default=None)
        best = min((s for s in whole if s.mended), key=total, default=None)
        if best is None or (kept is not None and total(best) + self.margin > kept):
            return None
        new = _emitted(best.trail)
        self.unfolded |= best.unfolded
        self.commas |= "," in new
        return Edit(start, end, new, "torn")

    def _emit(self, state: State, char: str, waiting: int | None, extra: int = 0, folded: str = "") -> State:
        folded = folded or self.model.fold(char)
        bits = state.bits + extra + self._cost(state.context, folded)
        context = follow(state.context, folded)
        return State(bits, char, context, waiting, state.mended, state.unfolded, (state.trail, char))

    def _steps(self, states: list[State], token: Token, following: str, limit: int) -> Iterator[State]:
        for state in states:
            if self.work > limit:
                return
            self.work += A_STATE
            yield from self._step(state, token, following)

    def _step(self, state: State, token: Token, following: str) -> Iterator[State]:
        if state.waiting is None:
            yield from self._aligned(state, token)
        elif token.char in HOLES:
            yield from self._hole(state, token, following)
        elif token.char < "\x80":
            yield from self._ascii(state, token.char)
        elif pair := pair_of().get(token.char):
            yield from self._take(state, *pair)

    def _aligned(self, state: State, token: Token) -> Iterator[State]:
        """A character as it stands; at a hole perhaps a lead byte that lost its partner."""
        kept = state
        for char in self.text[token.start : token.end]:
            kept = self._emit(kept, char, None)
        if kept.bits <= state.bits + BEAM:
            yield kept
        if token.char in HOLES:
            leads: Iterable[int] = ()
            if token.reading is not None:
                leads = seconds().get((pair_of().get(state.last, (0, 0))[1], token.reading), ())
            for lead in leads or (UNKNOWN,):
                yield state._replace(bits=state.bits + TEAR, waiting=lead, mended=True)

    def _lost_seconds(self, states: list[State], token: Token) -> Iterator[State]:
        """Where a character's second byte went missing: its first was paired with the first of the next one."""
        first, second = pair_of().get(token.char, (0, 0))
        for state in states if second > 0x80 else ():
            if state.waiting is None and not state.mended:
                lossy = state._replace(bits=state.bits + LOSS, mended=True)
                yield from self._likeliest(lossy, self.choices.by_lead.get(first, ()), second)

    def _lost_again(self, states: list[State], token: Token) -> Iterator[State]:
        """Where a second byte went missing before the first was made up for: what follows is in step again."""
        first, second = pair_of().get(token.char, (0, 0))
        shifted = [s for s in states if s.waiting is not None and s.waiting > 0] if first else []
        if shifted:
            best = min(shifted, key=itemgetter(0))
            lossy = best._replace(bits=best.bits + LOSS_MORE)
            self.work += A_STATE * WIDTH
            for ended in self._likeliest(lossy, self.choices.by_lead.get(best.waiting or 0, ()), None):
                yield self._emit(ended, token.char, None)
            for whole in self._take(lossy, first, None):
                yield from self._likeliest(whole, self.choices.by_second.get(second, ()), None)

    def _ascii(self, state: State, char: str) -> Iterator[State]:
        """An ASCII character: the second byte that was missed, or a full-width character folded since."""
        if "@" <= char <= "~":
            yield from self._take(state, ord(char), None)
        if char >= " ":
            wide = (0xA3, ord(char) | 0x80) if char > " " else (0xA1, 0xA1)
            yield from self._take(state._replace(unfolded=True), *wide)

    def _take(self, state: State, second: int, third: int | None) -> Iterator[State]:
        """The waiting byte takes the next; a byte left over waits, or is ASCII and stands for itself."""
        rest = None if third is None or third < 0x80 else third
        if state.waiting is not None and state.waiting < 0:
            choices = self.choices.by_second.get(second, [])
            if state.waiting != UNKNOWN:
                possible = undefined()[-state.waiting]
                choices = [c for c in choices if pair_of()[c[1]][0] in possible]
            taken = self._likeliest(state, choices, rest)
        else:
            char = char_of().get((state.waiting or 0, second))
            taken = [self._emit(state, char, rest)] if char else []
        for new in taken:
            yield new if third is None or rest else self._emit(new, chr(third), None)

    def _likeliest(self, state: State, choices: Iterable[Choice], waiting: int | None) -> list[State]:
        """The best few of many characters that may come next."""
        context, trail = state.context, state.trail
        longer, shorter = self.model.row(context), self.model.row(context[-1])
        behind_two, behind_one, shown = longer.costs, shorter.costs, self._shown(context)
        back_one, back_two = longer.back_off, longer.back_off + shorter.back_off
        ranked = []
        for bits, char, folded in choices:
            cost = behind_two.get(folded)
            if cost is None:
                cost = behind_one.get(folded)
                cost = back_two + bits if cost is None else back_one + cost
            if folded in shown and shown[folded] < cost:
                cost = shown[folded]
            ranked.append((cost, char, folded))
        self.work += len(ranked) + WIDTH
        return [
            State(state.bits + cost, char, context[-1] + folded, waiting, state.mended, state.unfolded, (trail, char))
            for cost, char, folded in nsmallest(WIDTH, ranked)
        ]

    def _hole(self, state: State, hole: Token, following: str) -> Iterator[State]:
        """A `?` while a byte waits: its partner, seen as a lead byte, with the ASCII byte that it swallowed."""
        if state.waiting is None or state.waiting < 0:
            if state.waiting == UNKNOWN and hole.reading is None:
                return  # no byte of the character is left, and two question marks are often meant
            chars = self._followers(state.context)
        else:
            chars = self.choices.by_first.get(state.waiting, [])
        self.work += 2 * len(chars)
        if hole.reading is not None:
            read = [c for c in chars if hole.reading in all_readings().get(c[1], ())]
            yield from self._likeliest(state, read or chars, None)
            return
        cut, following = REST.match(following), following[:1]
        bare = 0 if hole.char != "?" or not following.strip() or following in BREAKS else NO_BREAK
        bare = DIGIT if bare and following.isascii() else bare
        leads = undefined()
        lost = [c for c in chars if pair_of()[c[1]][1] in leads]
        for mended in self._likeliest(state, chars, None):
            if cut:  # of a number, whose first digit is gone
                yield self._emit(mended, GONE, None, folded="0")
                continue
            alone = min(bare, UNDEFINED) if pair_of()[mended.last][1] in leads else bare
            yield mended._replace(bits=mended.bits + alone)
            yield self._emit(mended, GONE, None, GUESS if following.isdigit() else DIGIT, folded="0")
            if not following.isdigit():  # a digit may be gone: say so, invent no number
                for swallowed in self.swallowed:
                    yield self._emit(mended, swallowed, None, GUESS)
        for mended in self._likeliest(state, lost, UNKNOWN):
            yield mended._replace(bits=mended.bits + UNDEFINED, waiting=-pair_of()[mended.last][1])

    def _followers(self, context: str) -> list[Choice]:
        """The characters likeliest behind this one, in every form that GBK has."""
        known = self.followers.get(context[-1])
        if known is None:
            likeliest = islice(self.model.row(context[-1]).costs, MOST_FOLLOWERS)  # in the order of their costs
            by_symbol = self.choices.by_symbol
            known = self.followers[context[-1]] = [c for symbol in likeliest for c in by_symbol.get(symbol, ())]
        return known


def _best_of_each(states: Iterable[State]) -> list[State]:
    """The best state of each kind, without those too far behind."""
    best: dict[tuple[str, int | None, bool], State] = {}
    for state in states:
        key = (state.context, state.waiting, state.mended)
        if key not in best or state.bits < best[key].bits:
            best[key] = state
    limit = min((s.bits for s in best.values()), default=0) + BEAM
    return nsmallest(STATES, (s for s in best.values() if s.bits <= limit), key=itemgetter(0))


def _emitted(trail: Trail) -> str:
    chars: list[str] = []
    while trail is not None:
        chars.append(trail[1])
        trail = trail[0]
    return "".join(reversed(chars))
