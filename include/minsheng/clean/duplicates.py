"""Near-duplicates by MinHash: articles of nearly the same text share a band.

One permutation hashing with densification by rotation (Li, Owen, Zhang 2012; Shrivastava, Li 2014) over
character shingles of the folded text: each shingle is hashed once, so that an article costs less than a millisecond
without any native library. Clusters are then a join on equal bands, however many articles there are.

Two days' weather reports, two notices of closed roads share their words and differ in their numbers, a reprint keeps
both: where shingles with a digit fall, those without do not count, and they are hashed several times. And two days'
lists of prices share most numbers, too, but not the days that they name: a band is of the text and of one of these.
Some bands look at the head of the text alone, and closely: a reprint cut short shares all of it. Some take no day into
account, and the text must be all but the same: a mirror's damage hits the one day that is named.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

from minsheng.clean.repair.language import to_simplified
from minsheng.clean.repair.traditional import prevails

SHINGLE = 8  # characters: templates of different days share few so long
TIMES = 12  # how often a shingle with a digit is hashed
WHOLE = (24, 6)  # bands over the whole text, and the values that each is made of
HEAD = (8, 8)  # the same over the head
CLOSE = (6, 16)  # the same over the whole text, days left out
HEAD_CHARS = 200
BANDS = WHOLE[0] + HEAD[0] + CLOSE[0]
_MOST_CHARS = 30_000  # bounds the time; what is longer is told by its first so many characters
_EMPTY = 1 << 33
_MASK = 0xFFFFFFFF
# Odd multipliers, one for each time or band; the first is Knuth's.
_SPREAD = [(2654435761 + 2 * 0x3C6EF372 * n) & _MASK for n in range(max(TIMES, WHOLE[0], HEAD[0]))]
_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d+")
# The day of a date (a copy that lost the month's digit has it still), or a month named without one; not that of an
# agency's dateline (8月14日电), which other sites leave out.
_DAY = re.compile(r"\d{1,2}日(?![电讯])|\d{1,2}月(?!\d{1,2}日)")


def bands(body: str) -> list[int]:
    """``BANDS`` signed 64-bit hashes of a text; [] for one too short to tell (under two shingles).

    Punctuation, white space, width, case and script (Traditional or Simplified) do not count. Two texts with a share s
    of common shingles (Jaccard; where numbers stand, of those with a digit) and a share d of common days have one of n
    bands of r values in common with probability 1 - (1 - d s^r)^n. Where the days are the same that is, of those over
    the whole, 0.95 at s = 0.7, 2e-5 at s = 0.1; of those over the head 0.99 at s = 0.9, 2e-5 at s = 0.2. Of the close
    ones, whatever the days, it is 0.97 at s = 0.95, 0.02 at s = 0.7.
    """
    body = body[: 2 * _MOST_CHARS]
    script = to_simplified(body) if prevails(body) else body
    text = _NOT_WORD.sub("", unicodedata.normalize("NFKC", script)).lower()[:_MOST_CHARS]
    count = len(text) - SHINGLE + 1
    if count < 2:
        return []
    stream = text.encode("utf-32-le", "surrogatepass")
    codes = [crc32(stream[i : i + 4 * SHINGLE]) for i in range(0, 4 * count, 4)]
    digits = sorted({i for m in _DIGIT.finditer(text) for i in range(max(m.start() - SHINGLE + 1, 0), m.end())})
    digits = digits[: bisect_left(digits, count)]
    end = min(HEAD_CHARS - SHINGLE + 1, count)
    whole = _spread(codes, digits)
    head = _spread(codes[:end], digits[: bisect_left(digits, end)])
    return [
        *_banded(*whole, *WHOLE, 0, _days(text)),
        *_banded(*head, *HEAD, WHOLE[0], _days(text[:HEAD_CHARS])),
        *_banded(*whole, *CLOSE, WHOLE[0] + HEAD[0], ()),
    ]


def _days(text: str) -> list[int]:
    return [crc32(day.encode()) for day in {m[0] for m in _DAY.finditer(text)}]


def _spread(codes: Sequence[int], digits: Sequence[int]) -> tuple[list[int], list[int]]:
    """The hashes of the shingles without a digit, and those with one (``digits``: their places), in order. CRC alone
    is linear in the text; the multiplication spreads it over bins and values.
    """
    numbers = {codes[i] for i in digits}
    plain = set(codes) - numbers
    first = _SPREAD[0]
    return sorted([code * first & _MASK for code in plain]), sorted(
        [code * spread & _MASK for spread in _SPREAD[:TIMES] for code in numbers]
    )


def _banded(plain: list[int], numbers: list[int], count: int, size: int, first: int, days: Sequence[int]) -> list[int]:
    """``count`` bands of ``size`` values each; ``first`` is the number of the first, which its hash depends on."""
    bins = count * size
    others = _lowest(plain, bins)
    # Half of a value with a digit: no other is like it.
    lowest = [a >> 1 if a != _EMPTY else b for a, b in zip(_lowest(numbers, bins), others, strict=True)]
    packed = struct.pack(f"<{bins}Q", *_densified(lowest))
    out = []
    for i in range(count):
        day = min([code * _SPREAD[i] & _MASK for code in days], default=0)
        values = packed[8 * size * i : 8 * size * (i + 1)] + struct.pack("<Q", day)
        hashed = blake2b(values, digest_size=8, salt=bytes([first + i])).digest()
        out.append(int.from_bytes(hashed, "little", signed=True))
    return out


def _lowest(values: list[int], bins: int) -> list[int]:
    """The least of the values (32 bits, in order) that fall into each bin."""
    out, at, end = [], 0, len(values)
    for n in range(1, bins + 1):
        value = values[at] if at < end else _EMPTY
        bound = -(-(n << 32) // bins)
        out.append(value if value < bound else _EMPTY)
        at = bisect_left(values, bound, at)
    return out


def _densified(lowest: list[int]) -> list[int]:
    """Empty bins take the value of the next full one, marked with the distance."""
    out, bins = list(lowest), len(lowest)
    distance, value = 0, _EMPTY
    for i in range(2 * bins - 1, -1, -1):
        j = i % bins
        if lowest[j] != _EMPTY:
            distance, value = 0, lowest[j]
        else:
            distance += 1
            out[j] = value + (distance << 34)
    return out
