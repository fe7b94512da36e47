"""Pages whose parts are in two charsets: a fragment of GBK in a page of UTF-8, a template of one around the other.

Each run of non-ASCII bytes is UTF-8, in the legacy charset, or changes from one to the other: what is found is the
likeliest way through the page, on which a change costs something, and so do characters that nobody writes.
"""

from __future__ import annotations

import re
from codecs import utf_8_decode
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple

UTF8 = "utf-8"
LEGACY = ("gb18030", "big5hkscs")
_MOST_RUNS = 30_000  # more than a page of news has; bounds the time
_MOST_CUT = 30_000  # bytes of runs that are neither charset throughout, through which a change is sought
_RUN = re.compile(rb"[\x80-\xff]+")
_UTF8 = re.compile(rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){2,}")  # two characters of Chinese and more
# The same by kinds of bytes: to search the kinds takes a twentieth of the time.
_KINDS = bytes(1 if b in (*range(0xE2, 0xEA), 0xEF) else 2 if b in range(0x80, 0xC0) else 0 for b in range(256))
_TWO = b"\1\2\2\1\2\2"
_BLOCK = 4096
_BEFORE = 200  # bytes before a place that is not of the page's charset, where the other may begin
_HANZI = range(0x4E00, 0xA000)
_LETTERS = (range(0x80, 0x100), range(0x370, 0x500))
# What a character costs: 1 where it is common.
_LETTER, _HANZI_UTF8, _LEVEL_2, _OTHER_SCRIPT, _RARE, _LOST = 2, 3, 5, 7, 10, 5
_CHANGE = 6  # of charset from one run to the next
_CUT = 8  # and within a run, where a damaged byte is likelier


class Part(NamedTuple):
    """``data[start:end]`` is in ``charset``."""

    start: int
    end: int
    charset: str


class _Change(NamedTuple):
    before: _Change | None
    at: int
    charset: str


class _Way(NamedTuple):
    """What the bytes so far cost, and the changes of charset on the way."""

    cost: int
    changes: _Change | None


Ways = dict[str, _Way]  # by the charset in which they end


_cost = itemgetter(0)


def may_be_mixed(data: bytes, charset: str) -> bool:
    """Whether a page that is not UTF-8 throughout and was read as ``charset`` may hold parts in another; quick."""
    return charset == UTF8 or (charset in LEGACY and _TWO in data.translate(_KINDS))


def without_utf8(data: bytes) -> bytes:
    """The bytes without what reads as Chinese in UTF-8."""
    return _UTF8.sub(b"", data) if _TWO in data.translate(_KINDS) else data


def parts(data: bytes, charset: str, legacy: str) -> list[Part]:
    """The parts of a page in UTF-8 and the ``legacy`` charset, in order: mostly ``charset``, which is one of the two.
    One part where there is no other, or the page is too long to say.
    """
    other = legacy if charset == UTF8 else UTF8
    ways = {charset: _Way(0, None), other: _Way(_CHANGE, _Change(None, 0, other))}
    at, runs, uncut = 0, 0, _MOST_CUT
    kinds = data.translate(_KINDS)
    while (place := _fault(data, at) if charset == UTF8 else kinds.find(_TWO, at)) >= 0:
        at = _run_start(data, max(at, place - _BEFORE))
        for run in _RUN.finditer(data, at):
            at, end = run.span()
            if at > place and ways[other].cost >= ways[charset].cost + _CHANGE:
                break
            runs += 1
            if runs > _MOST_RUNS:
                return [Part(0, len(data), charset)]
            costs, whole = _costs(run[0][:_BLOCK], data[end : end + 1], legacy)
            if whole or end - at > uncut:
                entered = _entered(ways, at, _CHANGE)
                ways = {name: _Way(way.cost + costs[name], way.changes) for name, way in entered.items()}
            else:
                uncut -= end - at
                ways = _through(data, at, end, ways, legacy)
            at = end
    return list(_parts(min(ways.values(), key=_cost).changes, charset, len(data)))


def _fault(data: bytes, at: int) -> int:
    """Where from a place on the bytes are not UTF-8; -1 where they are."""
    while at < len(data):
        try:
            at += utf_8_decode(data[at : at + _BLOCK], "strict", at + _BLOCK >= len(data))[1]
        except UnicodeDecodeError as fault:
            return at + fault.start
    return -1


def _run_start(data: bytes, at: int) -> int:
    """Where the run that goes on at a place begins, if not too far from it."""
    first = max(at - _BLOCK, 0)
    while at > first and data[at - 1] >= 0x80:
        at -= 1
    return at


def _parts(last: _Change | None, charset: str, size: int) -> Iterator[Part]:
    changes = []
    while last is not None:
        changes.append(last)
        last = last.before
    start = 0
    for change in reversed(changes):
        if change.at > start:
            yield Part(start, change.at, charset)
        start, charset = change.at, change.charset
    yield Part(start, size, charset)


def _entered(ways: Ways, at: int, price: int) -> Ways:
    """The ways on, each charset continued or changed to."""
    on = {}
    for name, way in ways.items():
        other = min((w for n, w in ways.items() if n != name), default=way, key=_cost)
        changed = other.cost + price < way.cost
        on[name] = _Way(other.cost + price, _Change(other.changes, at, name)) if changed else way
    return on


def _costs(run: bytes, after: bytes, legacy: str) -> tuple[dict[str, int], bool]:
    """What a run costs in each charset, and whether it is one of the two as a whole. ``after`` is the ASCII byte behind
    it, which may be its last character's second one.
    """
    utf8 = _strictly(run, UTF8)
    if utf8 and len(utf8) > 1 and _common().fullmatch(utf8):
        return {UTF8: len(utf8), legacy: _RARE * len(run)}, True
    old = _strictly(run, legacy) or (_strictly(run + after, legacy) if b"@" <= after <= b"~" else "")
    costs = {
        UTF8: _cost_utf8(utf8 or run.decode(UTF8, "replace")),
        legacy: _cost_legacy(old or run.decode(legacy, "replace"), legacy),
    }
    return costs, bool(utf8 or (old and _TWO not in run.translate(_KINDS)))


def _strictly(run: bytes, charset: str) -> str:
    try:
        return run.decode(charset)
    except UnicodeDecodeError:
        return ""


def _through(data: bytes, start: int, end: int, ways: Ways, legacy: str) -> Ways:
    """The ways through a run, byte by byte, with changes within it."""
    reached: list[Ways] = [{} for _ in range(start, end + 1)]
    reached[0] = _entered(ways, start, _CHANGE)
    for at in range(start, end):
        here = reached[at - start]
        if at > start and here:
            missing = {name: _Way(1 << 60, None) for name in (UTF8, legacy) if name not in here}
            here = _entered(here | missing, at, _CUT)
        for name, way in here.items():
            size, cost = _first(data[at : at + 4], name)
            there = reached[min(at + size, end) - start]
            if name not in there or way.cost + cost < there[name].cost:
                there[name] = _Way(way.cost + cost, way.changes)
    return reached[-1]


@lru_cache(4096)
def _first(data: bytes, charset: str) -> tuple[int, int]:
    """How many bytes the first character takes, and its cost."""
    for size in (2, 3, 4) if charset == UTF8 else (2,):
        char = _strictly(data[:size], charset)
        if len(char) == 1:
            return size, _cost_utf8(char) if charset == UTF8 else _cost_legacy(char, charset)
    return 1, _LOST


def _cost_utf8(text: str) -> int:
    rest = _common().sub("", text)
    return len(text) - len(rest) + sum(map(_cost_uncommon, rest))


def _cost_uncommon(char: str) -> int:
    code = ord(char)
    if char == "\ufffd":
        return _LOST
    return _HANZI_UTF8 if code in _HANZI else _LETTER if any(code in letters for letters in _LETTERS) else _LEVEL_2


def _cost_legacy(text: str, charset: str) -> int:
    known = _known(charset)
    return sum(known.get(char, _RARE) for char in text)


@cache
def _known(charset: str) -> dict[str, int]:
    """What the characters of a legacy charset cost: its first level and marks are in daily use, its second is not; and
    GB18030 has what is in daily use in the other script.
    """
    gb = charset == "gb18030"
    first, last = (0xD7, 0xF7) if gb else (0xC6, 0xF9)
    known = {char: _OTHER_SCRIPT for char, cost in _known("big5hkscs").items() if cost == 1} if gb else {}
    for lead in (0xA1, 0xA2, 0xA3, *range(0xB0 if gb else 0xA4, last + 1)):
        for trail in range(0xA1 if gb else 0x40, 0xFF):
            known[_strictly(bytes((lead, trail)), charset)] = 1 if lead <= first else _LEVEL_2
    return known | {chr(i): 0 for i in range(0x80)} | {"\ufffd": _LOST}


@cache
def _common() -> re.Pattern[str]:
    """Characters in daily use in either script, a run of them."""
    chars = {char for charset in LEGACY for char, cost in _known(charset).items() if cost == 1}
    return re.compile(f"[{re.escape(''.join(sorted(chars)))}]+")
