"""The office that did what a figure counts, where the sentence names one as its subject."""

from __future__ import annotations

import re
from typing import Final

from minsheng import vocabulary
from minsheng.measure.characters import Characters

_REACH: Final = 120  # characters before the figure in which its subject may stand
_LONGEST: Final = 14  # characters of an office's name before its ending
_RUN: Final = re.compile(r"[\s\S]*[^一-鿿]")
_BY: Final = re.compile("根?据|按照?|[在由]|经(?![济信贸开营])")  # 据海关统计, 由县卫健局负责; not 经信局
_BEFORE: Final = Characters("，。；：、“”）)\n\r\t\f\v \u3000\xa0")


_ENDINGS: Final = [re.escape(s) for s in vocabulary.words("organisations", "suffix") if len(s) > 1 or s in "局厅"]
_OFFICE: Final = re.compile(  # the ending of an office's name with a verb near behind it; group 2 ends with the verb
    rf"({'|'.join(_ENDINGS)})(?=([一-鿿]{{0,2}}?(?:{'|'.join(map(re.escape, vocabulary.words('office_verbs')))})))"
)


def offices(text: str, sentence: tuple[int, int]) -> list[tuple[int, int, str]]:
    """The offices that open a clause of the sentence, in order: start, end of their verb, name."""
    found: list[tuple[int, int, str]] = []
    first, last = sentence
    for hit in _OFFICE.finditer(text, first, last):
        at = hit.start()
        low = max(first, at - _LONGEST - 1)
        run = _RUN.match(text, low, at)
        start = run.end() if run else low
        if start == at or at - start > _LONGEST or (start and not _BEFORE.at(text, start - 1)):
            continue
        if not found or found[-1][0] != start:
            by = _BY.match(text, start, at)
            found.append((start, hit.end(2), text[by.end() if by else start : hit.end()]))
    return found


def office_at(found: list[tuple[int, int, str]], at: int) -> str | None:
    """The nearest of the sentence's offices before ``at``, or None."""
    for start, end, name in reversed(found):
        if end <= at:
            return name if start >= at - _REACH else None
    return None
