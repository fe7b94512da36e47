"""Bytes to text: which charset a page is in, whatever it says, and how much of it could not be read.

The order that proves right on Chinese pages: a byte order mark; UTF-8 if the bytes are UTF-8 (text in a
legacy charset practically never is, by chance); then the candidates, declared ones first, by how plausible
what they give is. Pages that mix two charsets are read part by part. What was misread before it was written
down (mojibake of a whole page) is read again.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from itertools import accumulate

from minsheng.clean.mixed import LEGACY, Part, may_be_mixed, parts, without_utf8
from minsheng.clean.repair.mojibake import reread

_DECLARED = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]{3,20})""", re.I)
_XML = re.compile(rb"""<\?xml[^>]{0,80}encoding\s*=\s*["']([\w-]{3,20})""", re.I)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# WHATWG reads every GB label as GB18030 and Big5 with the Hong Kong supplement.
_LABELS = {"gb2312": "gb18030", "gbk": "gb18030", "gb-18030": "gb18030", "gb_2312": "gb18030", "big5": "big5hkscs"}
_MAGIC = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"\x1f\x8b",
    b"Rar!",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
)
_HANZI = re.compile("[\u4e00-\u9fff]+")
_ODD = re.compile("[\ufffd\ue000-\uf8ff\u0080-\u009f\uac00-\ud7ff\u3400-\u4dbf\U00020000-\U0003ffff]")
_TAG = re.compile(rb"<(/?)(?!(?:br|img|meta|link|input|hr|p|li|t[dhr]|d[dt]|option)\b)[a-z]", re.I)
_REPLACEMENT = {"utf-8": b"\xef\xbf\xbd", "gb18030": b"\x84\x31\xa4\x37"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text``, the ``encoding`` that gave it, and how many of its characters are U+FFFD that were not on the page.

    ``misread``: the charsets of a page that somebody had read as Latin-1 and written down so, in the order undone.
    ``mixed``: the other charset that parts of the page are in.
    """

    text: str
    encoding: str
    undecoded: int
    misread: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()


def is_binary(data: bytes) -> bool:
    """Whether the bytes are no text in any charset: a known file signature, or NULs and other control bytes."""
    head = data[:4096]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return False
    controls = len(head) - len(head.translate(None, bytes(set(range(9)) | set(range(14, 27)) | {28, 29, 30, 31})))
    return head.lstrip().startswith(_MAGIC) or controls * 20 > len(head)


def nesting(data: bytes) -> int:
    """How deep elements may be nested, from above. Those that close themselves (p, li, cells) are not counted, nor are
    ends of what was never begun.
    """
    steps = (-1 if m[1] else 1 for m in _TAG.finditer(data))
    return max(accumulate(steps, lambda depth, step: max(depth + step, 0), initial=0))


def declared(data: bytes, content_type: str | None = None) -> list[str]:
    """The charsets that the header, the XML declaration and the meta elements name, in that order, as codec names."""
    found = [m[1] for m in _DECLARED.finditer((content_type or "").encode("ascii", "ignore"))]
    found += [m[1] for m in _XML.finditer(data, 0, 200)] + [m[1] for m in _DECLARED.finditer(data, 0, 8192)]
    names: list[str] = []
    for raw in found:
        label = raw.decode("ascii", "ignore").lower()
        try:
            name = codecs.lookup(_LABELS.get(label, label)).name
        except LookupError:
            continue
        if name not in names:
            names.append(name)
    return names


def decode(data: bytes, content_type: str | None = None) -> Decoded:
    """The text of a page or file; never raises. Undecodable bytes become U+FFFD and are counted."""
    found = _decode(data, content_type)
    text, misread = reread(found.text, data if found.encoding == "utf-8" else None)
    return replace(found, text=text, misread=tuple(misread)) if misread else found


def _decode(data: bytes, content_type: str | None) -> Decoded:
    for bom, name in _BOMS:
        if data.startswith(bom):
            return Decoded(
                data[len(bom) :].decode("utf-8", "replace") if name == "utf-8" else data.decode(name, "replace"),
                name,
                0,
            )
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0)
    except UnicodeDecodeError as error:
        # A page cut off inside its last character is UTF-8 all the same.
        if error.start >= len(data) - 3 and error.reason == "unexpected end of data":
            return Decoded(data.decode("utf-8", "replace"), "utf-8", 1)
    names = declared(data, content_type)
    candidates = dict.fromkeys([*names, "utf-8", "gb18030", "big5hkscs"])
    sample = _dense(data)
    rest = without_utf8(sample)  # it may put the legacy text behind it out of step
    best = max(candidates, key=lambda name: (_plausible(sample, name), name in names))
    legacy = max(
        (name for name in candidates if name in LEGACY), key=lambda name: (_plausible(rest, name), name in names)
    )
    return _with(data, legacy if best in LEGACY else best, legacy)


def _dense(data: bytes, size: int = 20_000) -> bytes:
    """Lines with non-ASCII bytes, up to ``size``: what tells charsets apart, whichever markup stands around it."""
    runs = re.findall(rb"[\x80-\xff][^<>\r\n]*", data[:400_000])  # none cut: it would go on inside a character
    return b"\n".join(runs)[:size]


def _plausible(sample: bytes, name: str) -> float:
    """The share of the sample's non-ASCII that reads as common Chinese under ``name``, odd characters against it."""
    try:
        text = sample.decode(name, "replace")
    except LookupError:
        return -1.0
    high = sum(1 for c in text if ord(c) > 127)
    if not high:
        return 0.0
    hanzi = "".join(_HANZI.findall(text))
    codec, low, top = ("big5", 0xA4, 0xC6) if name.startswith("big5") else ("gb2312", 0xB0, 0xD7)
    levels = hanzi.encode(codec, "ignore")[::2]
    # UTF-8 and GB share hanzi; level 1 of GB 2312 and of Big5 are the characters in daily use.
    common = sum(1 for b in levels if low <= b <= top)
    if name == "utf-8":
        common = max(common, len(hanzi) * 9 // 10)
    return (common - 3 * len(_ODD.findall(text))) / high


def _with(data: bytes, charset: str, legacy: str) -> Decoded:
    """The text in a charset, or in it and the other (UTF-8 and ``legacy``) where they are mixed."""
    found = parts(data, charset, legacy) if may_be_mixed(data, charset) else [Part(0, len(data), charset)]
    texts, undecoded = [], 0
    for part in found:
        stretch = data[part.start : part.end]
        texts.append(stretch.decode(part.charset, "replace"))
        own = stretch.count(_REPLACEMENT[part.charset]) if part.charset in _REPLACEMENT else 0
        undecoded += max(0, texts[-1].count("\ufffd") - own)
    others = dict.fromkeys(part.charset for part in found if part.charset != charset)
    return Decoded("".join(texts), charset, undecoded, mixed=tuple(others))
