"""Addresses: the canonical form that an article is known by, and the queue (host) that an address belongs to."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
_RESERVED = "%/?#[]@!$&'()*+,;=:~-._"


@lru_cache(maxsize=16384)
def canonical(url: str) -> str:
    """The form under which an address is known: lower-case scheme and host, no default port, dot segments or
    fragment, everything outside ASCII percent-encoded as UTF-8 (RFC 3986, 6.2). What is no http(s) address stays
    as it is (the guard refuses it).
    """
    try:
        parts = urlsplit(url.strip())
        path = urlsplit(urljoin("http://h/", re.sub("^/+", "/", parts.path))).path
    except ValueError:
        return url
    if parts.scheme not in DEFAULT_PORTS or not (host := netloc(url)):
        return url
    return urlunsplit((parts.scheme, host, quote(path or "/", _RESERVED), quote(parts.query, _RESERVED), ""))


def netloc(url: str) -> str:
    """``host``, or ``host:port`` where the port is not the scheme's own: the name of the queue it waits in.
    Empty where there is none.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = ascii_host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError):
        return ""
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, DEFAULT_PORTS.get(parts.scheme)) else f"{host}:{port}"


def ascii_host(host: str) -> str:
    """A host name as it goes on the wire (IDNA), lower case and without a final dot. Raises ValueError."""
    host = host.lower().rstrip(".")
    return host if host.isascii() else host.encode("idna").decode("ascii")


def port_of(url: str) -> int:
    """The port that an http(s) address connects to."""
    parts = urlsplit(url)
    return parts.port or DEFAULT_PORTS[parts.scheme]


def file_path(url: str) -> Path:
    """The path that a ``file:`` address names."""
    return Path(unquote(urlsplit(url).path))


def safe_name(text: str) -> str:
    """``text`` as the name of a file."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", text)
