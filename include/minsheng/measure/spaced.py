"""Text that is set with blanks around its numbers (新建 10 所学校) or in them (3 200元, 5 . 1 %), closed up.

Measuring reads such text as it would stand without those blanks; where a figure stands is said of the text as it was.
"""

from __future__ import annotations

from itertools import islice
from typing import Final

from minsheng.measure.characters import Characters
from minsheng.measure.seldom import Seldom
from minsheng.measure.sentences import positions

_ALNUM: Final = "0-9０-９A-Za-z"
_BLANK: Final = "[ \u00a0]"
_INSIDE: Final = Seldom(  # groups of three digits (GB/T 15835-2011), and a decimal point that stands apart
    rf"(?<![\d.,])\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,4}}(?!\d)(?=(?:\.\d+)?[一-鿿%％])"
    rf"|(?<![\d.])\d+{_BLANK}[.．]{_BLANK}(?=\d)"
)
_CLOSE: Final = Seldom(rf"[一-鿿](?=[{_ALNUM}])|[{_ALNUM}%％‰℃](?=[一-鿿])")
_LINE: Final = Seldom("[^\n]+")
_PROSE: Final = Seldom("[，。；;]|,(?![0-9０-９])|(?<![0-9０-９]),")  # in other lines blanks may keep cells apart
_WIDE: Final = frozenset("，。；：、（）")
_GOES_ON: Final = Characters("0123456789.．")  # a number behind a blank in it
_SIGNS: Final = frozenset("%％‰℃")
_NONE, _HAN, _LATIN, _SIGN = range(4)  # what may stand beside a blank
_APART: Final = frozenset(((_HAN, _HAN), (_HAN, _LATIN), (_LATIN, _HAN), (_LATIN, _SIGN), (_SIGN, _HAN)))


class Closed:
    """A text without its blanks, and for each of its characters where it stood."""

    def __init__(self, text: str, blanks: set[int]) -> None:
        self.places = [at for at in range(len(text)) if at not in blanks]
        self.text = "".join([text[at] for at in self.places])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span that is not empty stood."""
        return self.places[start], self.places[end - 1] + 1

    def passage(self, text: str, passage: str, start: int, end: int) -> str:
        """How a passage that holds a span stood in ``text``."""
        at = self.text.find(passage, max(0, end - len(passage)), start + len(passage))
        low, high = self.span(at, at + len(passage)) if at >= 0 else self.span(start, end)
        return text[low:high]


def _beside(character: str) -> int:
    if "一" <= character <= "鿿" or character in _WIDE:
        return _HAN
    if (character.isascii() and character.isalnum()) or "０" <= character <= "９":
        return _LATIN
    return _SIGN if character in _SIGNS else _NONE


def _is_apart(text: str, at: int) -> bool:
    before = _beside(text[at - 1 : at])
    return before != _NONE and (before, _beside(text[at + 1 : at + 2])) in _APART


def _is_mostly_close(text: str, apart: int) -> bool:
    """Whether more numbers and letters stand close to Chinese than the ``apart`` that do not."""
    return len(list(islice(_CLOSE.finditer(text), apart + 1))) > apart


def close_up(text: str, *, title: bool = False) -> Closed | None:
    """The text closed up; None where no blank is to be closed: those around numbers are where most numbers have them
    (else a blank may mean something), and in lines of prose or a ``title``."""
    at_blanks = positions(text, " \u00a0")
    blanks = {at for at in at_blanks if _is_apart(text, at)}
    if blanks and _is_mostly_close(text, len(blanks)):
        blanks = set()
    grouped = any([text[at - 1 : at].isdecimal() and _GOES_ON.at(text, at + 1) for at in at_blanks])
    if grouped:
        blanks.update(at for hit in _INSIDE.finditer(text) for at in range(*hit.span()) if text[at].isspace())
    if not blanks:
        return None
    lines = [line.span() for line in _LINE.finditer(text)]
    prose = {at for span in lines if title or _PROSE.search(text, *span) for at in range(*span)} & blanks
    return Closed(text, prose) if prose else None
