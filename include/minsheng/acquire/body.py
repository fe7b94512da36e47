"""Content encodings undone, never past a limit: a compression bomb costs its compressed size and the limit."""

from __future__ import annotations

import zlib

import brotli  # type: ignore[import-untyped]
import zstandard

MAX_ENCODINGS = 2
_CHUNK = 1 << 16
_SIP = 256  # of zstd, where 4 bytes may stand for 128 KiB: what one step may yield stays within bounds


class BadBody(Exception):
    """A body that cannot be used: broken, over the limit, or in an unknown encoding."""


def decode(data: bytes, content_encoding: str, limit: int) -> bytes:
    """``data`` without its content encodings (gzip, deflate, br, zstd), at most ``limit`` bytes. Raises ``BadBody``."""
    names = [n for n in (p.strip().lower() for p in content_encoding.split(",")) if n not in ("", "identity")]
    if len(names) > MAX_ENCODINGS:
        raise BadBody(f"{len(names)} content encodings")
    for name in reversed(names):
        if name not in _DECODERS:
            raise BadBody(f"unknown content encoding {name!r}")
        try:
            data = _DECODERS[name](data, limit) if data else data
        except (zlib.error, brotli.error, zstandard.ZstdError, EOFError) as error:
            raise BadBody(f"broken {name} body: {error}") from error
        if len(data) > limit:
            raise BadBody(f"over {limit} bytes once decompressed")
    return data


def _gzip(data: bytes, limit: int) -> bytes:
    out = b""
    while data and len(out) <= limit:
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        out += member.decompress(data, limit + 1 - len(out))
        if len(out) > limit:
            break
        if not member.eof:
            raise EOFError("it ends early")
        data = member.unused_data.lstrip(b"\0")
        if not data.startswith(b"\x1f\x8b"):
            break  # what follows the last member is padding or rubbish: gzip(1) ignores it as well
    return out


def _deflate(data: bytes, limit: int) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # zlib's wrapper as RFC 9110 says, or raw as many servers send
        try:
            inflate = zlib.decompressobj(bits)
            out = inflate.decompress(data, limit + 1)
        except zlib.error as error:
            failure = error
            continue
        if not inflate.eof and len(out) <= limit:
            raise EOFError("it ends early")
        return out
    raise failure


def _brotli(data: bytes, limit: int) -> bytes:
    decoder, out = brotli.Decompressor(), bytearray()
    out += decoder.process(data, output_buffer_limit=_CHUNK)
    while len(out) <= limit and not decoder.is_finished():
        more = decoder.process(b"", output_buffer_limit=_CHUNK)
        if not more and decoder.can_accept_more_data():
            raise EOFError("it ends early")
        out += more
    return bytes(out)


def _zstd(data: bytes, limit: int) -> bytes:
    out, at = bytearray(), 0
    while at < len(data) and len(out) <= limit:
        frame = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        while not frame.eof and len(out) <= limit:
            if at >= len(data):
                raise EOFError("it ends early")
            sip = data[at : at + _SIP]
            out += frame.decompress(sip)
            at += len(sip)
        at -= len(frame.unused_data)
    return bytes(out)


_DECODERS = {"gzip": _gzip, "x-gzip": _gzip, "deflate": _deflate, "br": _brotli, "zstd": _zstd}
