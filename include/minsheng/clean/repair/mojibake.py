"""Text decoded by the wrong charset, decoded again by the right one.

Three mistakes are common: UTF-8 taken for Windows-1252 (`ä¸­å›½`, `â€œ`), UTF-8 taken for GBK (`涓浗`, `鈥溿€`),
GBK taken for Latin-1 (`ÖÐ¹ú`). `锟斤拷` is what is left where the bytes were thrown away: it becomes □.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from minsheng.clean.repair.edits import GONE, Edit
from minsheng.clean.repair.gbk import pair_of
from minsheng.clean.repair.language import language

_WINDOWS = {chr(b): b for b in range(0x80, 0x100)} | {
    bytes([b]).decode("cp1252"): b for b in range(0x80, 0xA0) if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_REST = "[" + "".join(re.escape(char) for char, b in _WINDOWS.items() if b < 0xC0) + "]"
WINDOWS = re.compile(f"(?:[\xe2-\xef]{_REST}{{2}}|[\xc2\xc3]{_REST}|[\xf0]{_REST}{{3}})+")
QUOTES = frozenset("“”‘’…—–«»·")  # of Windows-1252, and of clean Chinese text as well
LATIN = re.compile("[\xa1-\xfe]{4,}")
REPLACED = re.compile("锟斤拷|(?<=锟斤拷)锟?斤?")
CHINESE = re.compile("[\u2010-\u2027\u2160-\u2179\u2460-\u249b\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]*")
_HIGH = "".join(re.escape(char) for char in _WINDOWS)
_LEAD = "".join(re.escape(char) for char, b in _WINDOWS.items() if b not in (0x80, 0xA0, 0xFF))  # A0: a blank
PAIRS = re.compile(f"(?:[{_LEAD}][@-~{_HIGH}])+")
HANZI = re.compile("[\u4e00-\u9fff]")
GARBLED = re.compile(f"[\xe4-\xe9]{_REST}{{2}}")  # a hanzi of UTF-8 as Windows-1252
PAGE = 20  # hanzi that come to light on a page that is misread, be they fewer than those it shows
DEEPEST = 3  # misreadings one upon the other
MARGIN = 4  # bits a character of it by which the new reading has to win


def _leads() -> str:
    """The characters that the first two bytes of Chinese in UTF-8 make in GBK."""
    pairs = (bytes((a, b)).decode("gb18030") for a in (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF) for b in range(0x80, 0xC0))
    return "".join(pairs)


GBK = re.compile(f"[{_leads()}][^\x00-\x7f]{{1,2}}[{_leads()}]|[鈥銆锛]")
RUN = re.compile("[^\x00-\x7f](?:[^\x00-\x7f]|\\?(?=[^\x00-\x7f]))*\\??")


def undo_windows(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as Windows-1252."""
    for match in WINDOWS.finditer(text):
        new = bytes(_WINDOWS[char] for char in match[0]).decode("utf-8", "ignore")
        one = len(new) == 1 and new > "\u2e80" and QUOTES.issuperset(match[0][1:])
        if new and not one and (CHINESE.fullmatch(new) or new < "\u0100"):
            yield Edit(match.start(), match.end(), new, "mojibake")


def reread(text: str, stream: bytes | None = None) -> tuple[str, list[str]]:
    """A whole page or file that was read as Latin-1 or Windows-1252, read as the UTF-8 or GBK that it was, and which.

    For the text as it was decoded: white space and controls (U+0085, U+00A0) are bytes of its characters. A text of
    which no such part comes to light as Chinese is returned as it is. ``stream`` is the text in UTF-8, if at hand.
    """
    charsets: list[str] = []
    stream = text.encode("utf-8", "surrogatepass") if stream is None else stream
    letters = _letters(stream, PAGE)  # every hanzi that could come to light holds one, and most pages none
    if not letters or (letters < PAGE and _at_least(HANZI, text, letters)):
        return text, charsets
    for _ in range(DEEPEST):
        found = {
            "utf-8": [new for match in WINDOWS.finditer(text) if (new := _utf8(match[0]))],
            "gbk": [edit.new for edit in undo_latin(text)],
        }
        hanzi = {name: sum(map(_hanzi, news)) for name, news in found.items()}
        charset = max(hanzi, key=lambda name: hanzi[name])
        if not hanzi[charset] or (hanzi[charset] < PAGE and _at_least(HANZI, text, hanzi[charset])):
            break
        text = WINDOWS.sub(_utf8_there, text) if charset == "utf-8" else PAIRS.sub(_gbk_there, text)
        charsets.append(charset)
    return text, charsets


def _letters(stream: bytes, enough: int) -> int:
    """How many letters of Latin-1 (U+00A1 to U+00FF) stand in UTF-8, counted up to ``enough``: by the first of their
    bytes, which searches a page a hundred times as fast as a pattern does.
    """
    count = 0
    for first, low in ((0xC3, 0x80), (0xC2, 0xA1)):
        at = stream.find(first)
        while at >= 0 and count < enough:
            count += stream[at + 1 : at + 2] >= bytes([low])
            at = stream.find(first, at + 1)
    return count


def _at_least(pattern: re.Pattern[str], text: str, fewest: int) -> bool:
    """Whether a pattern is found so often."""
    return sum(1 for _ in islice(pattern.finditer(text), fewest)) == fewest


def _hanzi(text: str) -> int:
    """How many hanzi a text holds, those that are still misread with them."""
    return len(HANZI.findall(text)) + len(GARBLED.findall(text))


def _utf8(run: str) -> str:
    new = bytes(_WINDOWS[char] for char in run).decode("utf-8", "ignore")
    return "" if QUOTES.issuperset(run[1:]) and len(new) == 1 else new


def _utf8_there(match: re.Match[str]) -> str:
    return _utf8(match[0]) or match[0]


def _gbk_there(match: re.Match[str]) -> str:
    """The run as GBK; quotation marks, or a sign and a letter (°C), are those of clean text beside it."""
    run = match[0]
    if QUOTES.issuperset(run) or all(char < "\x7f" for char in run[1::2]):
        return run
    try:
        return bytes(_WINDOWS.get(char) or ord(char) for char in run).decode("gbk")
    except UnicodeDecodeError:
        return run


def undo_latin(text: str) -> Iterator[Edit]:
    """GBK that was read as Latin-1."""
    for match in LATIN.finditer(text):
        new = match[0].encode("latin-1").decode("gbk", "replace")
        if CHINESE.fullmatch(new) and language().bits(new) < 13 * len(new):
            yield Edit(match.start(), match.end(), new, "mojibake")


def undo_gbk(text: str) -> Iterator[Edit]:
    """UTF-8 that was read as GBK; what was lost at its seams is □."""
    if not GBK.search(text):
        return
    bits = language().bits
    for match in RUN.finditer(text):
        new = _decoded(match[0])
        if new and bits(new) + MARGIN * len(new) < bits(match[0]):
            yield Edit(match.start(), match.end(), new, "mojibake")


def _decoded(run: str) -> str:
    """The run read as UTF-8, or nothing if that is no Chinese with few losses."""
    stream = b"".join(_gbk_bytes(char) for char in run)
    new = re.sub("\ufffd+", GONE, stream.decode("utf-8", "replace"))
    good = new.replace(GONE, "")
    return new if good and len(good) >= 2 * new.count(GONE) and CHINESE.fullmatch(good) else ""


def _gbk_bytes(char: str) -> bytes:
    """The bytes of a character in code page 936, where 80 is the euro; a hole is a byte that UTF-8 rejects."""
    if char == "€":
        return b"\x80"
    return bytes(pair_of().get(char, (0xFF,)))


def undo_replaced(text: str) -> Iterator[Edit]:
    """What U+FFFD written in UTF-8 and read as GBK leaves."""
    for match in REPLACED.finditer(text):
        yield Edit(match.start(), match.end(), GONE if len(match[0]) == 3 else "", "mojibake")
