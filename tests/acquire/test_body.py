"""Content encodings come undone, and never past the limit."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from minsheng.acquire.body import BadBody, decode


def raw_deflate(data: bytes) -> bytes:
    return zlib.compress(data)[2:-4]


ENCODERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("gzip", gzip.compress),
    ("deflate", zlib.compress),
    ("deflate", raw_deflate),
    ("br", brotli.compress),
    ("zstd", zstandard.compress),
]


@pytest.mark.parametrize(("name", "encode"), ENCODERS)
@given(data=st.binary(max_size=5000))
def test_what_was_encoded_comes_back(name: str, encode: Callable[[bytes], bytes], data: bytes) -> None:
    assert decode(encode(data), name, 10_000) == data
    assert decode(encode(gzip.compress(data)), f"gzip, {name}", 10_000) == data


@pytest.mark.parametrize(("name", "encode"), ENCODERS)
def test_a_bomb_stops_at_the_limit(name: str, encode: Callable[[bytes], bytes]) -> None:
    assert len(decode(encode(bytes(100_000)), name, 100_000)) == 100_000
    with pytest.raises(BadBody, match="over 99999 bytes"):
        decode(encode(bytes(100_000)), name, 99_999)


@pytest.mark.parametrize(("name", "encode"), ENCODERS)
def test_a_body_that_ends_early_is_no_body(name: str, encode: Callable[[bytes], bytes]) -> None:
    whole = encode(b"".join(str(n).encode() for n in range(5000)))
    with pytest.raises(BadBody, match="broken"):
        decode(whole[: len(whole) // 2], name, 10**6)


@pytest.mark.parametrize(("name", "encode"), [("gzip", gzip.compress), ("zstd", zstandard.compress)])
@given(first=st.binary(max_size=600), second=st.binary(max_size=600))
def test_two_members_are_one_body(name: str, encode: Callable[[bytes], bytes], first: bytes, second: bytes) -> None:
    assert decode(encode(first) + encode(second), name, 10_000) == first + second


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
@given(data=st.binary(min_size=1, max_size=300))
def test_rubbish_is_a_bad_body_and_nothing_worse(name: str, data: bytes) -> None:
    with suppress(BadBody):
        assert len(decode(data, name, 1000)) <= 1000
