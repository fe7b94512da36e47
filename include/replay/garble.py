"""What some mirrors do to an article: Traditional characters, pinyin in brackets inserted among the GBK bytes.

A character of several readings is looked for as two bytes, anywhere, even across the border of two
characters; the insertion there tears both apart, as seeds of the project show.
"""

from __future__ import annotations

from functools import cache

READINGS = {
    "動": "dòng", "車": "chē", "間": "jiān", "來": "lái", "開": "kāi", "實": "shí", "領": "lǐng", "導": "dǎo",
    "戶": "hù", "鎮": "zhèn", "區": "qū", "現": "xiàn", "專": "zhuān", "內": "nèi", "經": "jīng", "廠": "chǎng",
    "貧": "pín", "業": "yè", "發": "fā",
}  # fmt: skip


def garble(text: str) -> str:
    """``text`` (Simplified) as such a mirror shows it."""
    data = _traditional().convert(text).encode("gbk", "replace")
    for character, reading in READINGS.items():
        sought = character.encode("gbk")
        data = data.replace(sought, sought + f"({reading})".encode("gbk"))
    return "\n".join(_read(line) for line in data.split(b"\n"))


def _read(data: bytes) -> str:
    """GBK as a forgiving reader decodes it: a pair that is no character is one question mark, both bytes gone."""
    out, at = [], 0
    while at < len(data):
        size = 1 if data[at] < 0x80 else 2
        try:
            out.append(data[at : at + size].decode("gbk"))
        except UnicodeDecodeError:
            out.append("?")
        at += size
    return "".join(out)


@cache
def _traditional():
    from opencc import OpenCC

    return OpenCC("s2t")
