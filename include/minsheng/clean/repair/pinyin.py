"""Pinyin that a mirror put in brackets behind characters of several readings: `車(chē)間` was 车间.

Finds the insertions; those that tore a character apart (`?dòng)浾`) are left to `torn`, which needs the
reading that stands in them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from minsheng.clean.repair.edits import Edit
from minsheng.clean.repair.language import all_readings, readings

MARKED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = rf"[a-zü{MARKED}ê]{{1,6}}"
INSERTED = re.compile(rf"\((?<=[^\s!-?\ufffd]\()({SYLLABLE})\)")
TORN = re.compile(rf"[?\ufffd]\(?({SYLLABLE})\)")
CERTAIN = 3  # so many insertions are no author's: behind so many Traditional characters, or one other so often


def _reads(char: str, syllable: str) -> bool:
    return syllable in readings().get(char, ())


def count_insertions(text: str) -> int:
    """How many different Traditional characters have their own reading behind them, counted up to ``CERTAIN``.

    Pinyin that tore a character apart counts as much as that.
    """
    if any(c in MARKED for match in TORN.finditer(text) for c in match[1]):
        return CERTAIN
    found: set[str] = set()
    for match in INSERTED.finditer(text):
        if len(found) >= CERTAIN:
            break
        if _reads(text[match.start() - 1], match[1]):
            found.add(text[match.start() - 1])
    return len(found)


def insertions(text: str) -> Iterator[Edit]:
    """The insertions to take out of a mirrored text.

    Behind a Traditional character its own reading, and any marked syllable; behind an ASCII letter, which
    then is the second byte of a torn character (`彼f(shuō)`), a marked syllable. Behind another character of several
    readings one of them, if it seldom stands without: what an author explains is explained once.
    """
    found = list(INSERTED.finditer(text))
    explained = Counter(char for m in found if m[1] in all_readings().get(char := text[m.start() - 1], ()))
    mostly = {char for char, n in explained.items() if n >= CERTAIN and 3 * n > 2 * text.count(char)}
    for match in found:
        before, syllable = text[match.start() - 1], match[1]
        marked = any(c in MARKED for c in syllable)
        bytewise = marked and (before in readings() or before.isascii() or not before.isalpha())
        if bytewise or before in mostly or _reads(before, syllable) or before in "@[\\]^_`{|}~":
            yield Edit(match.start(), match.end(), "", "pinyin")
