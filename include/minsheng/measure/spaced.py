"""Text that is set with blanks around its numbers (新建 10 所学校) or in them (3 200元, 5 . 1 %), closed up.

Measuring reads such text as it would stand without those blanks; where a figure stands is said of the text as it was.
"""

from __future__ import annotations

from typing import Final

from minsheng.measure.seldom import Seldom

_ALNUM: Final = "0-9０-９A-Za-z"
_WIDE: Final = "一-鿿，。；：、"
_BLANK: Final = "[ \u00a0]"
_AROUND: Final = Seldom(  # the blank itself first: re skips to it
    rf"{_BLANK}(?:(?<=[{_WIDE}）].)(?=[{_ALNUM}{_WIDE}（])|(?<=[{_ALNUM}%％‰℃].)(?=[{_WIDE}（%％‰℃]))"
)
_INSIDE: Final = Seldom(  # groups of three digits (GB/T 15835-2011), and a decimal point that stands apart
    rf"(?<![\d.,])\d{{1,3}}(?:{_BLANK}\d{{3}}){{1,4}}(?!\d)(?=(?:\.\d+)?[一-鿿%％])"
    rf"|(?<![\d.])\d+{_BLANK}[.．]{_BLANK}(?=\d)"
)
_CLOSE: Final = Seldom(rf"[一-鿿](?=[{_ALNUM}])|[{_ALNUM}%％‰℃](?=[一-鿿])")
_LINE: Final = Seldom("[^\n]+")
_PROSE: Final = Seldom("[，。；;]|,(?![0-9０-９])|(?<![0-9０-９]),")  # in other lines blanks may keep cells apart


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


def close_up(text: str) -> Closed | None:
    """The text closed up; None where no blank is to be closed: those around numbers are where most numbers have them
    (else a blank may mean something)."""
    if " " not in text and "\u00a0" not in text:
        return None
    blanks = {hit.start() for hit in _AROUND.finditer(text)}
    if len(blanks) < sum(1 for _ in _CLOSE.finditer(text)):
        blanks = set()
    blanks.update(at for hit in _INSIDE.finditer(text) for at in range(*hit.span()) if text[at] in _BLANK)
    if not blanks:
        return None
    lines = [line.span() for line in _LINE.finditer(text)]
    prose = {at for span in lines if _PROSE.search(text, *span) for at in range(*span)} & blanks
    return Closed(text, prose) if prose else None
