"""Punctuation of a mirrored text: full-width marks that were folded to ASCII on the way.

Mirrors hold GBK, where Chinese writes ，：（ and never their ASCII forms; a text of theirs that has none of them
was folded since.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minsheng.clean.repair.edits import Edit

WIDE = re.compile("[，：；？！（）]")
HAN = "\u3007\u4e00-\u9fff“”‘’《》、。…—"
NARROW = re.compile(rf"(?<=[{HAN})])[,:;?!()]|[,:;?!()](?=[{HAN}(])")


def has_wide_marks(text: str) -> bool:
    """Whether the text holds any mark in its full-width form."""
    return WIDE.search(text) is not None


def widen(text: str) -> Iterator[Edit]:
    """Full-width forms for the marks that stand beside Chinese."""
    for match in NARROW.finditer(text):
        yield Edit(match.start(), match.end(), chr(ord(match[0]) + 0xFEE0), "width")
