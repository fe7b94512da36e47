"""Characters that no author typed: invisible ones, entities of HTML, full-width digits and letters, doubled marks."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

from minsheng.clean.repair.edits import GONE, Edit

ENTITY = re.compile(r"&(?:amp;)*(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
# controls but for tab and line ends; soft hyphen, zero-width, direction and interlinear marks; private use
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ue000-\uf8ff\U000f0000-\U0010ffff]+"
    "|[\u200c\u200d](?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff].)"  # joiners hold emoji together
)
BLANK = re.compile("[\xa0\u202f]")
SURROGATE = re.compile("[\ud800-\udfff]")
WIDE = re.compile("[０-９]+(?:[．，：／－][０-９]+)*％?|[Ａ-Ｚａ-ｚ]+")
DOUBLED = re.compile("(?<![。，、；：])([。，、；：])\\1(?![。，、；：])")  # three and more are meant: 。。。


def _each(pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], kind: str, text: str) -> Iterator[Edit]:
    return (Edit(m.start(), m.end(), new(m), kind) for m in pattern.finditer(text))


def unescape(text: str) -> Iterator[Edit]:
    """Entities that an extraction left, escaped once or more."""
    for match in ENTITY.finditer(text) if "&" in text else ():
        new = html.unescape(re.sub("^&(?:amp;)+(?=.)", "&", match[0]))
        if new != match[0]:
            yield Edit(match.start(), match.end(), new, "entity")


def drop_invisible(text: str) -> Iterator[Edit]:
    """Characters without a glyph, or with one in some private font only."""
    return _each(INVISIBLE, lambda _: "", "invisible", text)


def plain_blanks(text: str) -> Iterator[Edit]:
    """No-break spaces, which only layout needs."""
    return _each(BLANK, lambda _: " ", "blank", text)


def drop_surrogates(text: str) -> Iterator[Edit]:
    """Halves of characters, which no file can hold."""
    return _each(SURROGATE, lambda _: GONE, "undecodable", text)


def narrow(text: str) -> Iterator[Edit]:
    """Full-width digits, with the marks inside a number, and letters."""
    return _each(WIDE, lambda m: "".join(chr(ord(c) - 0xFEE0) for c in m[0]), "width", text)


def single(text: str) -> Iterator[Edit]:
    """Marks that stand twice: 。。 but not …… or ——, nor three and more."""
    return _each(DOUBLED, lambda m: m[1], "punctuation", text)
