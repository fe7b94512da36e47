"""Near-duplicates by MinHash: articles of nearly the same text share a band.

One permutation hashing with densification by rotation (Li, Owen, Zhang 2012; Shrivastava, Li 2014) over
character shingles of the folded text: each shingle is hashed once, so that an article costs well under a
millisecond without any native library. Clusters are then a join on equal bands, however many articles there are.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from hashlib import blake2b
from zlib import crc32

SHINGLE = 8  # characters: templates of different days share few so long
BANDS = 32
ROWS = 4
_BINS = BANDS * ROWS
_EMPTY = 1 << 33
_NOT_WORD = re.compile(r"[\W_]+")


def bands(body: str) -> list[int]:
    """``BANDS`` signed 64-bit hashes of a text; [] for one too short to tell (under two shingles).

    Punctuation, white space, width and case do not count. Two texts with a share s of common shingles (Jaccard)
    have a band in common with probability 1 - (1 - s^ROWS)^BANDS: 0.99 at s = 0.6, 1e-6 at s = 0.01.
    """
    text = _NOT_WORD.sub("", unicodedata.normalize("NFKC", body)).lower()
    data = text.encode("utf-16-le", "surrogatepass")
    width = 2 * SHINGLE
    if len(data) < width + 2:
        return []
    lowest = [_EMPTY] * _BINS
    # CRC alone is linear in the text; the multiplication (Knuth) spreads it over bins and values.
    for shingle in {data[i : i + width] for i in range(0, len(data) - width + 1, 2)}:
        value = (crc32(shingle) * 2654435761) & 0xFFFFFFFF
        at = value >> 25
        if value < lowest[at]:
            lowest[at] = value
    full = _densified(lowest)
    packed = struct.pack(f"<{_BINS}Q", *full)
    size = 8 * ROWS
    return [
        int.from_bytes(
            blake2b(packed[i * size : (i + 1) * size], digest_size=8, salt=bytes([i])).digest(), "little", signed=True
        )
        for i in range(BANDS)
    ]


def _densified(lowest: list[int]) -> list[int]:
    """Empty bins take the value of the next full one, marked with the distance."""
    out = list(lowest)
    distance, value = 0, _EMPTY
    for i in range(2 * _BINS - 1, -1, -1):
        j = i % _BINS
        if lowest[j] != _EMPTY:
            distance, value = 0, lowest[j]
        else:
            distance += 1
            out[j] = value + (distance << 34)
    return out
