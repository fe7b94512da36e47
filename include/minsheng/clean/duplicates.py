"""Near-duplicates by MinHash: articles of nearly the same text share a band.

One permutation hashing with densification by rotation (Li, Owen, Zhang 2012; Shrivastava, Li 2014) over
character shingles of the folded text: each shingle is hashed once, so that an article costs about a millisecond
without any native library. Clusters are then a join on equal bands, however many articles there are.

Shingles with a digit go first, and are hashed several times: two days' weather reports, two notices of closed roads
share their words and differ in their numbers, a reprint keeps both. Some bands look at the head of the text alone,
and closely: a reprint cut short shares all of it.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from hashlib import blake2b
from zlib import crc32

SHINGLE = 8  # characters: templates of different days share few so long
TIMES = 12  # how often a shingle with a digit is hashed
WHOLE = (24, 6)  # bands over the whole text, and the values that each is made of
HEAD = (8, 8)  # the same over the head
HEAD_CHARS = 200
BANDS = WHOLE[0] + HEAD[0]
_MOST_CHARS = 30_000  # bounds the time; what is longer is told by its first so many characters
_EMPTY = 1 << 33
_SPREAD = [(2654435761 + 2 * 0x3C6EF372 * n) & 0xFFFFFFFF for n in range(TIMES)]  # odd; the first is Knuth's
_NOT_WORD = re.compile(r"[\W_]+")
_DIGIT = re.compile(r"\d+")


def bands(body: str) -> list[int]:
    """``BANDS`` signed 64-bit hashes of a text; [] for one too short to tell (under two shingles).

    Punctuation, white space, width and case do not count. Two texts with a share s of common shingles (Jaccard;
    where numbers stand, of those with a digit) have one of n bands of r values in common with probability
    1 - (1 - s^r)^n: one of those over the whole 0.95 at s = 0.7, 2e-5 at s = 0.1; one of those over the head 0.99 at
    s = 0.9, 2e-5 at s = 0.2.
    """
    text = _NOT_WORD.sub("", unicodedata.normalize("NFKC", body)).lower()[:_MOST_CHARS]
    if len(text) <= SHINGLE:
        return []
    digits = {i for match in _DIGIT.finditer(text) for i in range(match.start() - SHINGLE + 1, match.end())}
    codes = [
        (crc32(text[i : i + SHINGLE].encode("utf-16-le", "surrogatepass")), i in digits)
        for i in range(len(text) - SHINGLE + 1)
    ]
    head = codes[: HEAD_CHARS - SHINGLE + 1]
    return [*_banded(codes, *WHOLE, first=0), *_banded(head, *HEAD, first=WHOLE[0])]


def _banded(codes: list[tuple[int, bool]], count: int, size: int, *, first: int) -> list[int]:
    """``count`` bands of ``size`` values each, of the codes of shingles and whether they hold a digit; ``first`` is the
    number of the first, which its hash depends on.
    """
    bins = count * size
    lowest = [_EMPTY] * bins
    # CRC alone is linear in the text; the multiplication spreads it over bins and values.
    for code in {code for code, digit in codes if not digit}:
        value = (code * _SPREAD[0]) & 0xFFFFFFFF
        at = value * bins >> 32
        if value < lowest[at]:
            lowest[at] = value
    # The values of a bin lie side by side: half of one comes before all that are not halved (but in the first bin).
    for code in {code for code, digit in codes if digit}:
        for spread in _SPREAD:
            value = (code * spread) & 0xFFFFFFFF
            at = value * bins >> 32
            value >>= 1
            if value < lowest[at]:
                lowest[at] = value
    packed = struct.pack(f"<{bins}Q", *_densified(lowest))
    return [
        int.from_bytes(
            blake2b(packed[8 * size * i : 8 * size * (i + 1)], digest_size=8, salt=bytes([first + i])).digest(),
            "little",
            signed=True,
        )
        for i in range(count)
    ]


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
