"""One HTTP exchange: through the guard, in the host's turn, within its limits of size and time.

What comes back is what came over the wire (httpcore, which undoes the chunking and nothing else).
"""

from __future__ import annotations

import asyncio
import ssl
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Self
from urllib.parse import urlencode, urlsplit

import certifi
import httpcore

from minsheng import __version__
from minsheng.acquire.address import netloc
from minsheng.acquire.archive import Records
from minsheng.acquire.guard import GuardedBackend
from minsheng.acquire.hosts import Host, retry_after
from minsheng.acquire.robots import AGENT
from minsheng.settings import Settings

CONNECT_SECONDS = 15
KEEP_ALIVE_SECONDS = 30
PAUSING = {429, 503}
TROUBLING = PAUSING | {403, 500, 502, 504}
_CHUNKED = b"transfer-encoding"


class Trouble(Exception):
    """An exchange without a usable answer. ``again``: asking once more may help. ``sent``: a request went out."""

    def __init__(self, message: str, *, again: bool, sent: bool = True) -> None:
        super().__init__(message)
        self.again, self.sent = again, sent
        self.seconds = 0.0
        self.started_at = datetime.now(UTC)
        self.request = b""


@dataclass(slots=True)
class Answer:
    """An answer as it came. ``headers`` by lower-case name, several of one name joined; ``head`` as it was."""

    started_at: datetime
    seconds: float
    status: int
    headers: dict[str, str]
    request: bytes
    head: bytes
    body: bytes
    ip: str | None
    protocol: str

    def records(self, revisit: str | None = None) -> Records:
        """What the archive keeps of it."""
        return Records(self.request, self.head, self.body, self.ip, self.protocol, revisit=revisit)


@dataclass(slots=True)
class Courier:
    """Carries the requests of one run; ``delays`` are what each host's robots.txt and the source ask for, seconds."""

    settings: Settings
    delay: float
    hosts: dict[str, Host] = field(default_factory=dict)
    delays: dict[str, float] = field(default_factory=dict)
    sent: int = 0
    _pools: dict[str, httpcore.AsyncConnectionPool] = field(default_factory=dict)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, name: str) -> httpcore.AsyncConnectionPool:
        """The connections to one host, http and https: a pool for all would look at each before every request."""
        if name not in self._pools:
            self._pools[name] = httpcore.AsyncConnectionPool(
                ssl_context=_ssl_context(),
                http2=True,
                max_connections=2,
                keepalive_expiry=KEEP_ALIVE_SECONDS,
                network_backend=GuardedBackend(self.settings.allow_hosts),
            )
        return self._pools[name]

    def host(self, url: str) -> Host:
        """The queue that an address waits in."""
        name = netloc(url)
        if name not in self.hosts:
            s = self.settings
            self.hosts[name] = Host(name, s.data / "hosts", s.max_wait, s.backoff)
        return self.hosts[name]

    def delay_of(self, url: str) -> float:
        """The delay that is kept to the host of an address, seconds."""
        return max(self.delay, self.delays.get(netloc(url), 0.0))

    async def send(
        self,
        url: str,
        *,
        form: dict[str, str] | None = None,
        fields: dict[str, str] | None = None,
        seconds: float,
        limit: int | None = None,
    ) -> Answer:
        """Ask for ``url`` (POST where there is a form) within ``seconds``. Bodies longer than ``limit`` are cut.

        Raises ``Trouble``, ``Refused`` by the guard, ``Closed`` where the host is left alone.
        """
        content = urlencode(form).encode() if form is not None else b""
        method = "GET" if form is None else "POST"
        headers = self._headers(url, fields or {}, content if form is not None else None)
        request = _message(f"{method} {_target(url)} HTTP/1.1", headers, content)
        host = self.host(url)
        async with host.turn(self.delay_of(url)) as turn:
            if self.sent >= self.settings.run_requests:
                raise Trouble(
                    f"the run's budget of {self.settings.run_requests} requests is used", again=False, sent=False
                )
            self.sent += 1
            started, clock = datetime.now(UTC), time.monotonic()
            try:
                async with asyncio.timeout(seconds):
                    answer = await self._exchange(method, url, headers, content, limit, turn_heard := _Heard())
            except (
                TimeoutError,
                httpcore.TimeoutException,
                httpcore.NetworkError,
                httpcore.ProtocolError,
                Trouble,
            ) as error:
                trouble = _trouble(error, seconds)
                trouble.started_at, trouble.seconds, trouble.request = started, time.monotonic() - clock, request
                turn.heard_at = turn_heard.at
                if not isinstance(error, Trouble):
                    turn.pause = host.trouble(str(trouble), None)
                raise trouble from error
            turn.heard_at = turn_heard.at
            answer.request, answer.started_at, answer.seconds = request, started, time.monotonic() - clock
            if answer.status in TROUBLING:
                asked = retry_after(answer.headers.get("retry-after"), started) if answer.status in PAUSING else None
                turn.pause = host.trouble(f"HTTP {answer.status}", asked)
            else:
                host.fine()
            return answer

    async def _exchange(
        self, method: str, url: str, headers: list[tuple[str, str]], content: bytes, limit: int | None, heard: _Heard
    ) -> Answer:
        allowed = limit or self.settings.page_bytes
        patience = {"timeout": {"connect": CONNECT_SECONDS}}
        async with self._pool(netloc(url)).stream(
            method, url, headers=headers, content=content or None, extensions=patience
        ) as response:
            heard.at = time.time()
            body = bytearray()
            async for piece in response.aiter_stream():
                body += piece
                if len(body) > allowed:
                    if limit is None:
                        raise Trouble(f"over {allowed} bytes", again=False)
                    del body[limit:]
                    break
            stream = response.extensions["network_stream"]
            address = stream.get_extra_info("server_addr")
        version = response.extensions["http_version"].decode()
        reason = response.extensions.get("reason_phrase", b"").decode("latin-1")
        pairs = [(k.decode("latin-1"), v.decode("latin-1")) for k, v in response.headers]
        joined: dict[str, str] = {}
        for name, value in pairs:
            joined[name.lower()] = f"{joined[name.lower()]}, {value}" if name.lower() in joined else value
        return Answer(
            datetime.now(UTC),
            0.0,
            response.status,
            joined,
            b"",
            _message(f"HTTP/1.1 {response.status} {reason}", _as_kept(pairs), b""),
            bytes(body),
            address[0] if address else None,
            "h2" if version.startswith("HTTP/2") else "http/1.1",
        )

    def _headers(self, url: str, fields: dict[str, str], content: bytes | None) -> list[tuple[str, str]]:
        posted = (
            {}
            if content is None
            else {
                "Content-Type": "application/x-www-form-urlencoded",
                "Content-Length": str(len(content)),
            }
        )
        contact = f" (+{self.settings.contact})" if self.settings.contact else ""
        common = {
            "Host": netloc(url),
            "User-Agent": f"{AGENT}/{__version__}{contact}",
            "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
            "Accept-Encoding": "gzip, deflate, br, zstd",
        }
        return [*common.items(), *posted.items(), *fields.items()]


@cache
def _ssl_context() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(slots=True)
class _Heard:
    at: float = 0.0


def _trouble(error: BaseException, seconds: float) -> Trouble:
    if isinstance(error, Trouble):
        return error
    if isinstance(error, TimeoutError):
        return Trouble(f"not done within {seconds:.0f} s", again=False)
    text = str(error) or type(error).__name__
    hopeless = isinstance(error.__context__, ssl.SSLError) or "SSL" in text or "CERTIFICATE" in text.upper()
    return Trouble(f"{type(error).__name__}: {text}", again=not hopeless)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _message(start: str, headers: list[tuple[str, str]], body: bytes) -> bytes:
    lines = [start, *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body


def _as_kept(headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The header fields as archived: chunking is undone, so its field is renamed (as Common Crawl does)."""
    return [(f"X-Crawler-{k}" if k.lower().encode() == _CHUNKED else k, v) for k, v in headers]
