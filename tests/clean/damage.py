"""The damage that mirrors do, as functions: clean Simplified text in, what their page shows out.

Worked out from two such pages byte by byte. The mirror converts each character to Traditional, holds the text as
GBK, puts pinyin behind every pair of bytes that happens to be a character of its list, breaks the stream in front
of full stops and exclamation marks (wherever their bytes are found), and decodes what has become of it.
"""

from __future__ import annotations

import random
import re
from functools import cache

import opencc

from minsheng.clean.repair.language import readings

BREAK = b"\x00"  # stands for markup that the mirror put into the byte stream
BROKEN_BEFORE = tuple(mark.encode("gbk") for mark in "。！")
KEPT = "干里后余采制准范只征松面系周斗谷"  # conversions of these that the mirrors do not make


@cache
def _traditional() -> dict[str, str]:
    convert = opencc.OpenCC("s2t").convert
    chars = [c for c in map(chr, range(0x4E00, 0x9FA6)) if c not in KEPT]
    pairs = zip(chars, convert("\n".join(chars)).split("\n"), strict=True)
    return {a: b for a, b in pairs if len(b.encode("gbk", "ignore")) == 2}


def traditional(text: str) -> str:
    """Each character by itself, as far as GBK has the Traditional one."""
    return "".join(_traditional().get(c, c) for c in text)


def pinyin_list(share: float = 1.0, seed: int = 0) -> dict[bytes, bytes]:
    """What a mirror inserts behind which bytes: this share of the Traditional characters that have a reading."""
    choice = random.Random(seed)
    return {
        char.encode("gbk"): f"({sorted(said)[0]})".encode("gbk", "ignore")
        for char, said in readings().items()
        if said and sorted(said)[0].isalpha() and choice.random() < share
    }


def insert_pinyin(stream: bytes, inserted: dict[bytes, bytes]) -> bytes:
    """Pinyin behind each match, aligned with a character or not, which is what tears characters apart."""
    out = bytearray()
    i = 0
    while i < len(stream):
        pair = stream[i : i + 2]
        if pair in inserted:
            out += pair + inserted[pair]
            i += 2
        else:
            out.append(stream[i])
            i += 1
    return bytes(out)


def insert_breaks(stream: bytes) -> bytes:
    """A break in front of the bytes of 。 and ！ wherever they stand."""
    return re.sub(b"(?=" + b"|".join(map(re.escape, BROKEN_BEFORE)) + b")", BREAK, stream)


def decode(stream: bytes, hole: str = "?", swallow: bool = True, strict: bool = False) -> str:
    """GBK, a lead byte without its second becoming ``hole``; an ASCII byte below @ behind it is swallowed with it.

    Pairs that code page 936 and browsers show as characters of private use are holes as well if ``strict``.
    Characters outside GBK have been written as their GB18030 four bytes and are read back whole.
    """
    charset = "gbk" if strict else "gb18030"
    out: list[str] = []
    i = 0
    while i < len(stream):
        lead, rest = stream[i], stream[i + 1 : i + 2]
        if lead < 0x80:
            out.append("" if stream[i : i + 1] == BREAK else chr(lead))
            i += 1
        elif rest >= b"@" and (char := stream[i : i + 2].decode(charset, "ignore")):
            out.append(char)
            i += 2
        elif rest and rest[0] < 0x40:
            out.append(hole)
            i += 2 if swallow or rest == BREAK else 1
        else:
            out.append(hole)
            i += 2 if rest and rest[0] >= 0x80 else 1
    return "".join(out)


def mirror(text: str, inserted: dict[bytes, bytes] | None = None, *, hole: str = "?", swallow: bool = True) -> str:
    """The whole way of a text through a mirror."""
    stream = traditional(text).encode("gbk", "replace")
    stream = insert_breaks(insert_pinyin(stream, pinyin_list() if inserted is None else inserted))
    return decode(stream, hole, swallow)


def lose_bytes(
    text: str, places: int, seed: int = 0, *, hole: str = "?", convert: bool = True, strict: bool = False
) -> str:
    """The text with some lead bytes gone, each leaving a hole and a shift up to the next ASCII byte."""
    choice = random.Random(seed)
    chars = [c.encode("gbk", "replace") for c in (traditional(text) if convert else text)]
    double = [i for i, pair in enumerate(chars) if len(pair) == 2 and chars[i] >= b"\xb0"]
    for i in choice.sample(double, min(places, len(double))):
        chars[i] = chars[i][:1] + BREAK + chars[i][1:]
    return decode(b"".join(chars), hole, strict=strict)


def lose_any_byte(text: str, places: int, seed: int = 0, *, convert: bool = False, charset: str = "") -> str:
    """The text with some first or second bytes of characters gone without a trace, as `decode` shows it or Python."""
    choice = random.Random(seed)
    stream = (traditional(text) if convert else text).encode("gbk", "replace")
    starts: list[int] = []
    i = 0
    while i < len(stream):
        if stream[i] >= 0xB0:
            starts.append(i)
        i += 2 if stream[i] >= 0x80 else 1
    gone = {start + choice.randrange(2) for start in choice.sample(starts, min(places, len(starts)))}
    stream = bytes(byte for i, byte in enumerate(stream) if i not in gone)
    return stream.decode(charset, "replace") if charset else decode(stream)
