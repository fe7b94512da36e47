"""Text files with a title, a date line and boilerplate around the article: where the headline stands."""

from __future__ import annotations

import re

from .blocks import Block, tidy
from .labels import about_article
from .people import byline
from .trim import noise

_SENTENCE_END = re.compile("(?:。[”’」』）)]?|[！？；;])$")
_HEAD = 20
_LONGEST = 100


def lines_of(text: str) -> list[Block]:
    """The lines of a text file that hold anything."""
    return [Block(line, "text", 0, 0) for raw in text.splitlines() if (line := tidy(raw))]


def title_at(lines: list[Block]) -> int:
    """The index of the headline, -1 where there is none.

    It is the last line above the label lines (or, without them, above the first paragraph) that is no subtitle,
    byline, control or sentence.
    """
    head = lines[:_HEAD]
    labelled = next((i for i, b in enumerate(head) if about_article(b.text) and not noise(b.text)), -1)
    prose = next(
        (i for i, b in enumerate(head) if b.prose and len(b.text) > 60 and _SENTENCE_END.search(b.text)), len(head)
    )
    stop = labelled if 0 < labelled <= prose else prose
    if stop == len(lines):  # a headline has something to head: neither one line nor a table alone is one
        return -1
    for i in range(stop - 1, -1, -1):
        text = head[i].text
        if text.startswith(("——", "—", "--")) or noise(text) or byline(text) or about_article(text):
            continue
        return i if len(text) <= _LONGEST and not _SENTENCE_END.search(text) else -1
    return -1
