"""GBK by bytes: the double-byte characters of the code page, and back.

GB18030's double-byte part is used, which gives the undefined and user-defined positions their private-use
characters, as Windows' code page 936 does.
"""

from __future__ import annotations

from functools import cache

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))


@cache
def char_of() -> dict[tuple[int, int], str]:
    """The character of each pair of bytes."""
    pairs = [(a, b) for a in LEADS for b in TRAILS]
    return dict(zip(pairs, b"".join(map(bytes, pairs)).decode("gb18030"), strict=True))


@cache
def pair_of() -> dict[str, tuple[int, int]]:
    """The pair of bytes of each character."""
    return {char: pair for pair, char in char_of().items()}


@cache
def undefined() -> dict[int, frozenset[int]]:
    """Of each lead byte that has some, the second bytes with which it is no character: a strict decoder loses them."""
    pairs = [pair for pair in char_of() if not bytes(pair).decode("gbk", "ignore")]
    return {a: frozenset(b for lead, b in pairs if lead == a) for a in {a for a, _ in pairs}}
