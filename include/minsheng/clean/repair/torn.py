"""Characters torn apart in a stream of GBK bytes, put together again.

Where a byte was lost, or an insertion fell between the two bytes of a character, the decoder wrote `?` and
paired what followed wrongly, until an ASCII byte set it right: `福“一老一小”。` became `?！耙焕弦恍　?。`. The bytes
are still there, but for those at the `?`. A Viterbi search walks the text from each `?`: a state is the last
character mended and the byte that waits for its partner, an unknown byte is tried with every value, and the
likeliest Chinese wins, if it wins clearly over leaving the text as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minsheng.clean.repair.edits import Edit
from minsheng.clean.repair.gbk import LEADS, char_of, pair_of, undefined_leads
from minsheng.clean.repair.language import Language, language, readings
from minsheng.clean.repair.pinyin import TORN

HOLES = "?\ufffd"
TEAR = 8  # bits against a character being torn at a `?` at all
WIDE_SWALLOW = 24  # bits against a lone lead byte that swallowed nothing although no break is in sight
GUESS = 3  # bits against naming the ASCII character that a lead byte swallowed
UNDEFINED = 6  # bits against a `?` for a pair of bytes that is no character
MARGIN = 8  # bits by which mending has to win
BEAM = 48  # bits behind the best at which a state is given up
MOST_HOLES = 4000  # a text with more is no text any more; bounds the time
BREAKS = "。！？!?"  # in front of these the mirror breaks the byte stream
LOST = -1  # a waiting byte of which nothing is known


Trail = tuple["Trail", str] | None  # the characters emitted, last first


class State(NamedTuple):
    """One way to read the text up to a token. ``waiting`` is a lead byte without its second, or None."""

    bits: int
    last: str
    folded: str
    waiting: int | None
    mended: bool
    unfolded: bool  # an ASCII character was read as the full-width one that somebody folded later
    trail: Trail


class Token(NamedTuple):
    """A character of the damaged text, or a hole with the reading that an insertion left behind it."""

    start: int
    end: int
    char: str
    reading: str | None = None


def mend(text: str) -> tuple[list[Edit], bool | None]:
    """Edits that put torn characters together, and whether full-width punctuation was folded to ASCII since.

    It was where an ASCII mark has to be read as the full-width one (True), it was not where ASCII commas
    stood in the byte stream already (False); None where nothing tells.
    """
    holes = [i for i, char in enumerate(text) if char in HOLES]
    if not holes or len(holes) > MOST_HOLES:
        return [], None
    search = Search(text, swallowed=_swallowed(text))
    edits = list(search.mend(holes))
    if search.unfolded and len(search.swallowed) > 1:
        search = Search(text, swallowed=(" ",))
        edits = list(search.mend(holes))
    return edits, True if search.unfolded else False if search.commas else None


def _swallowed(text: str) -> tuple[str, ...]:
    """What a lead byte may have swallowed: a blank, and a comma where this text writes ASCII commas."""
    return (" ", ",") if "," in text and "，" not in text else (" ",)


def _tokens(text: str, start: int) -> Iterator[Token]:
    i = start
    while i < len(text):
        torn = TORN.match(text, i) if text[i] in HOLES else None
        end = torn.end() if torn else i + 1
        yield Token(i, end, text[i], torn[1] if torn else None)
        i = end


class Search:
    """The search over one text."""

    def __init__(self, text: str, swallowed: tuple[str, ...]) -> None:
        self.text = text
        self.swallowed = swallowed
        self.model: Language = language()
        self.unfolded = self.commas = False

    def mend(self, holes: list[int]) -> Iterator[Edit]:
        """The edits for these holes, left to right."""
        done = 0
        for hole in holes:
            edit = self.run(hole) if hole >= done else None
            if edit is not None:
                done = edit.end
                yield edit

    def run(self, hole: int) -> Edit | None:
        """The edit that mends what was torn at ``hole``, or None if it is better left."""
        before = self.text[hole - 1] if hole else " "
        first = next(_tokens(self.text, hole))
        states = self._reduce(self._first(first, before))
        end = first.end
        clean_at = hole  # end of the last token at which some mended state was not in step
        for token in _tokens(self.text, end):
            if all(s.waiting is None for s in states):
                break
            clean_at = token.end
            following = self.text[token.end : token.end + 1]
            states = self._reduce(n for s in states for n in self._step(s, token, following))
            end = token.end
            if not states:
                return None
        return self._best(states, hole, max(end, clean_at))

    def _best(self, states: list[State], hole: int, end: int) -> Edit | None:
        """The winner's edit. All states have read up to ``end``; one character more decides between them."""
        follower = self.model.fold(self.text[end : end + 1] or " ")

        def total(state: State) -> int:
            return state.bits + self.model.cost(state.folded, follower)

        whole = [s for s in states if s.waiting is None]
        kept = min((total(s) for s in whole if not s.mended), default=None)
        best = min((s for s in whole if s.mended), key=total, default=None)
        if best is None or (kept is not None and total(best) + MARGIN > kept):
            return None
        self.unfolded |= best.unfolded
        self.commas |= "," in _emitted(best.trail)
        return Edit(hole, end, _emitted(best.trail), "torn")

    def _reduce(self, states: Iterable[State]) -> list[State]:
        """The best state of each kind, without those too far behind."""
        best: dict[tuple[str, int | None, bool], State] = {}
        for state in states:
            key = (state.folded, state.waiting, state.mended)
            if key not in best or state.bits < best[key].bits:
                best[key] = state
        limit = min((s.bits for s in best.values()), default=0) + BEAM
        return [s for s in best.values() if s.bits <= limit]

    def _emit(self, state: State, char: str, waiting: int | None, extra: int = 0) -> State:
        folded = self.model.fold(char)
        bits = state.bits + extra + self.model.cost(state.folded, folded)
        return state._replace(bits=bits, last=char, folded=folded, waiting=waiting, trail=(state.trail, char))

    def _first(self, hole: Token, before: str) -> Iterator[State]:
        """The hole itself: a real question mark, or a lead byte that lost its partner."""
        folded = self.model.fold(before)
        start = State(0, before, folded, None, False, False, None)
        if hole.reading is None:
            yield self._emit(start, hole.char, None)
        lead_of_pair = pair_of().get(before, (0, 0))[1]
        known = _second_bytes(lead_of_pair, hole.reading) if hole.reading else []
        for lead in known or LEADS:
            yield State(TEAR, before, folded, lead, True, False, None)

    def _step(self, state: State, token: Token, following: str) -> Iterator[State]:
        if state.waiting is None:
            yield self._aligned(state, token)
        elif token.char in HOLES:
            yield from self._hole(state, token, following)
        elif state.waiting == LOST:
            pair = _bytes(token.char)
            for lead in LEADS if len(pair) == 2 else ():
                yield from self._pair(state, lead, *pair)
        else:
            direct = _bytes(token.char)
            if len(direct) == 2 or "@" <= token.char <= "~":
                yield from self._pair(state, state.waiting, *direct)
            if " " <= token.char <= "~":
                wide = (0xA3, ord(token.char) | 0x80) if token.char != " " else (0xA1, 0xA1)
                yield from self._pair(state._replace(unfolded=True), state.waiting, *wide)

    def _aligned(self, state: State, token: Token) -> State:
        for char in self.text[token.start : token.end]:
            state = self._emit(state, char, None)
        return state

    def _pair(self, state: State, lead: int, second: int, third: int | None = None) -> Iterator[State]:
        """The waiting lead byte takes the next byte; a byte left over waits, or is ASCII and stands for itself."""
        char = char_of().get((lead, second))
        if char is None:
            return
        if third is None or third >= 0x80:
            yield self._emit(state, char, third)
        else:
            yield self._emit(self._emit(state, char, None), chr(third), None)

    def _hole(self, state: State, hole: Token, following: str) -> Iterator[State]:
        """A `?` while a byte waits: its partner, seen as a lead byte, with the ASCII byte that it swallowed."""
        assert state.waiting is not None
        if state.waiting == LOST:
            return
        chars = char_of()
        known = _second_bytes(state.waiting, hole.reading) if hole.reading else []
        for second in known or LEADS:
            mended = self._emit(state, chars[state.waiting, second], None)
            if hole.reading is not None:
                yield mended
                continue
            if following.isdigit():
                yield self._emit(mended, "?", None)  # a digit may be gone: say so, invent no number
            else:
                for swallowed in self.swallowed:
                    yield self._emit(mended, swallowed, None, GUESS)
            bare = hole.char != "?" or not following or following in BREAKS or following.isascii()
            yield mended._replace(bits=mended.bits + (0 if bare else WIDE_SWALLOW))
        if hole.reading is None:
            for second in undefined_leads():
                yield self._emit(state, chars[state.waiting, second], LOST, UNDEFINED)


def _emitted(trail: Trail) -> str:
    chars: list[str] = []
    while trail is not None:
        chars.append(trail[1])
        trail = trail[0]
    return "".join(reversed(chars))


def _second_bytes(first: int, reading: str) -> list[int]:
    """Second bytes of the characters that begin with ``first`` and are read so."""
    chars = char_of()
    return [b for b in LEADS if reading in readings().get(chars.get((first, b), ""), ())]


def _bytes(char: str) -> tuple[int, ...]:
    """The bytes of a character, none if it is not in GBK."""
    return (ord(char),) if char < "\x80" else pair_of().get(char) or ()
