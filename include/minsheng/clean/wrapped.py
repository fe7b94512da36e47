"""Paragraphs that were broken into lines of one width (by <br>, or in a text file) put together again.

A number would else be cut in two, and a sentence lose its time and place. What tells such a text from a list is that
most of its lines end at one width, in the middle of a sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import east_asian_width

from .blocks import Block
from .labels import about_article

_NARROWEST, _WIDEST = 15, 60  # hanzi in a line
_RAGGED = 2.0  # hanzi by which a line may be shorter: no mark begins one, no number is cut
_LEAST_LINES = 4
_SHARE = 0.3  # of the lines that fill the width; the others end paragraphs
_BROKEN = 0.8  # of those that do not end a sentence
_PROSE = 0.6  # of those with a mark: the rows of a table and the names of a list have none
_ENDS = re.compile("[。！？!?…][”』」）)]?$")
_ENDS_ITEM = re.compile("[。！？!?…；;：:][”』」）)]?$")
_MARK = re.compile("[，。；：、]")
_BEGINS = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十]{1,3}[章节条部]|\d{1,2}(?:[.．](?!\d)|[、）)])|[●■◆★▲•]"
)
_WORD = re.compile("[A-Za-z]$")


def _width(text: str) -> float:
    """The width of a line in hanzi."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)


def _line_width(widths: list[float]) -> float:
    """The width at which the lines were broken, 0 where they were not: what most of them fill and few exceed."""
    best, most = 0.0, 0
    for width in set(widths):
        filled = sum(1 for w in widths if width - _RAGGED <= w <= width)
        longer = sum(1 for w in widths if w > width)
        if _NARROWEST <= width <= _WIDEST and longer <= 1 and filled > most:
            best, most = width, filled
    return best if most >= max(_LEAST_LINES, _SHARE * len(widths)) else 0.0


def _filled(lines: list[Block], widths: list[float]) -> list[bool]:
    """Which lines fill the width at which the text was broken; none where it was not."""
    width = _line_width(widths)
    filled = [width - _RAGGED <= w <= width for w in widths]
    texts = [line.text for line, full in zip(lines, filled, strict=True) if full]
    broken = sum(1 for text in texts if not _ENDS_ITEM.search(text))
    prose = sum(1 for text in texts if _MARK.search(text))
    return filled if broken >= max(_LEAST_LINES, _BROKEN * len(texts)) and prose >= _PROSE * len(texts) else []


def unwrap(lines: list[Block]) -> list[Block]:
    """The lines with those joined that were one paragraph; as they are where they were not broken at one width."""
    cut = [line.text[: 2 * _WIDEST + 1] for line in lines]
    filled = max(_filled(lines, [_width(text) for text in cut]), _filled(lines, [float(len(t)) for t in cut]), key=sum)
    if not filled:
        return lines
    out: list[Block] = []
    goes_on = False
    for at, (line, full) in enumerate(zip(lines, filled, strict=True)):
        last = out[-1] if out else line
        if goes_on and line.box == last.box and not _BEGINS.match(line.text) and not about_article(line.text):
            gap = " " if _WORD.search(last.text) and line.text[0].isascii() and line.text[0].isalpha() else ""
            out[-1] = replace(last, text=last.text + gap + line.text, links=last.links + line.links)
        else:
            out.append(line)
        headline = at == 0 and not _MARK.search(line.text)
        goes_on = full and not headline and not _ENDS.search(line.text)
    return out
