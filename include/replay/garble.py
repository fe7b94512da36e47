"""What some mirrors do to an article, as the project's seeds show it.

Each character becomes Traditional, the text is held as GBK, pinyin in brackets goes behind every two bytes
that read as a character of several readings, even across the border of two characters, and the stream is
broken in front of the bytes of 。 and ！, wherever they stand. Both tear characters apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

READINGS = {
    "動": "dòng", "車": "chē", "間": "jiān", "來": "lái", "開": "kāi", "實": "shí", "領": "lǐng", "導": "dǎo",
    "戶": "hù", "鎮": "zhèn", "區": "qū", "現": "xiàn", "專": "zhuān", "內": "nèi", "經": "jīng", "廠": "chǎng",
    "貧": "pín", "業": "yè", "發": "fā",
}  # fmt: skip
BREAK = b"\x00"  # stands for the markup that such a mirror puts into the stream
BROKEN_BEFORE = re.compile(b"(?=" + b"|".join(re.escape(mark.encode("gbk")) for mark in "。！") + b")")


def garble(text: str) -> str:
    """``text`` (Simplified) as such a mirror shows it."""
    return "\n".join(_read(_damage(line)) for line in text.split("\n"))


def _damage(line: str) -> bytes:
    stream = "".join(map(_traditional, line)).encode("gbk", "replace")
    out, at = b"", 0
    readings = {char.encode("gbk"): f"({reading})".encode("gbk") for char, reading in READINGS.items()}
    while at < len(stream):
        inserted = readings.get(stream[at : at + 2])
        size = 2 if inserted else 1
        out += stream[at : at + size] + (inserted or b"")
        at += size
    return BROKEN_BEFORE.sub(BREAK, out)


def _read(stream: bytes) -> str:
    """GBK as a forgiving reader decodes it: a lead byte without its second is a question mark, and swallows ASCII."""
    out, at = "", 0
    while at < len(stream):
        pair = stream[at : at + 2]
        if pair[0] < 0x80:
            out += "" if pair[:1] == BREAK else chr(pair[0])
            at += 1
        else:
            out += pair.decode("gbk", "ignore")[:1] if pair[1:] >= b"@" else "?"
            at += 2
    return out


@cache
def _traditional(char: str) -> str:
    """The Traditional form by itself, where GBK has it: mirrors convert without a look at the word."""
    converted = _converter().convert(char)
    return converted if len(converted.encode("gbk", "ignore")) == 2 else char


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("s2t")
