"""Text that is set with a blank between Chinese and figures (新建 10 所学校), as some editors do, closed up.

Measuring reads such text as it would stand without those blanks; where a figure stands is said of the text as it was.
"""

from __future__ import annotations

from typing import Final

from minsheng.measure.seldom import Seldom

_ALNUM: Final = "0-9０-９A-Za-z"
_BLANKS: Final = Seldom(  # the blank itself first: re skips to it
    rf"[ \u00a0](?:(?<=[一-鿿].)(?=[{_ALNUM}])|(?<=[{_ALNUM}%％‰℃].)(?=[一-鿿%％‰℃]))"
)
_CLOSE: Final = Seldom(rf"[一-鿿](?=[{_ALNUM}])|[{_ALNUM}%％‰℃](?=[一-鿿])")
_PROSE: Final = Seldom("[^\n]*[，,。；;][^\n]*")  # in other lines blanks may keep cells apart


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
    """The text closed up; None where few of its figures stand apart (then a blank may mean something)."""
    if " " not in text and "\u00a0" not in text:
        return None
    blanks = {hit.start() for hit in _BLANKS.finditer(text)}
    if not blanks or len(blanks) < sum(1 for _ in _CLOSE.finditer(text)):
        return None
    prose = {at for line in _PROSE.finditer(text) for at in range(line.start(), line.end())} & blanks
    return Closed(text, prose) if prose else None
