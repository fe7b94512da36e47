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

from minsheng import SHANGHAI, __version__
from minsheng.acquire.address import netloc
from minsheng.acquire.archive import Records
from minsheng.acquire.guard import GuardedBackend
from minsheng.acquire.hosts import Closed, Host, retry_after
from minsheng.acquire.robots import AGENT
from minsheng.settings import Settings

CONNECT_SECONDS = 15
KEEP_ALIVE_SECONDS = 30
PAUSING = {429, 503}
TROUBLING = PAUSING | {403, 500, 502, 504}
_CHUNKED = b"transfer-encoding"


class Trouble(Exception):
    """An exchange without a usable answer. ``again``: asking once more may help; ``request``: what went out."""

    def __init__(self, message: str, *, again: bool) -> None:
        super().__init__(message)
        self.again = again
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
    truncated: str | None = None

    def records(self, revisit: str | None = None) -> Records:
        """What the archive keeps of it."""
        return Records(
            self.request, self.head, self.body, self.ip, self.protocol, revisit=revisit, truncated=self.truncated
        )


@dataclass(slots=True)
class Courier:
    """Carries the requests of one run; ``delays`` are what each host's robots.txt asks for, seconds,
    ``hours`` those of the day (Shanghai) that the source may be visited in.
    """

    settings: Settings
    delay: float
    hours: tuple[int, int] = (0, 24)
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
            self.hosts[name] = Host(name, s.hosts, s.max_wait, s.backoff)
        return self.hosts[name]

    def delay_of(self, url: str) -> float:
        """The delay that is kept to the host of an address, seconds."""
        return max(self.delay, self.delays.get(netloc(url), 0.0))

    async def send(
        self,
        url: str,
        *,
        form: dict[str, str] | None = None,
        json: str | None = None,
        fields: dict[str, str] | None = None,
        seconds: float,
        limit: int | None = None,
    ) -> Answer:
        """Ask for ``url`` (POST with a form or JSON) within ``seconds``. Bodies longer than ``limit`` are cut.

        Raises ``Trouble``, ``Refused`` by the guard, ``Closed`` where the host is left alone.
        """
        if not self.hours[0] <= datetime.now(SHANGHAI).hour < self.hours[1]:
            raise Closed(f"it is visited from {self.hours[0]} to {self.hours[1]} o'clock (Shanghai) only")
        ask = self._ask(url, form, json, fields or {})
        host = self.host(url)
        async with host.turn(self.delay_of(url)) as turn:
            if self.sent >= self.settings.run_requests:
                used = f"the run's budget of {self.settings.run_requests} requests is used"
                raise Trouble(used, again=False)
            self.sent += 1
            clock = _Clock()
            try:
                async with asyncio.timeout(seconds):
                    answer = await self._exchange(ask, limit, clock)
            except (TimeoutError, *_TROUBLES) as error:
                trouble = _trouble(error, seconds)
                trouble.started_at, trouble.seconds, trouble.request = clock.started_at, clock.seconds, ask.message
                if not isinstance(error, Trouble):  # whose own limits are no fault of the host
                    turn.pause = host.trouble(str(trouble), None)
                raise trouble from error
            finally:
                turn.heard_at = clock.heard_at or clock.started_at.timestamp()
            if answer.status in TROUBLING:
                turn.pause = host.trouble(f"HTTP {answer.status}", _pause_asked(answer))
            else:
                host.fine()
            return answer

    def _ask(self, url: str, form: dict[str, str] | None, json: str | None, fields: dict[str, str]) -> _Ask:
        content = None if form is None else urlencode(form).encode()
        kind = "application/x-www-form-urlencoded"
        if json is not None:
            content, kind = json.encode(), "application/json"
        headers = self._headers(url, fields, content, kind)
        return _Ask("GET" if content is None else "POST", url, headers, content or b"")

    async def _exchange(self, ask: _Ask, limit: int | None, clock: _Clock) -> Answer:
        allowed = limit or self.settings.page_bytes
        patience = {"timeout": {"connect": CONNECT_SECONDS}}
        async with self._pool(netloc(ask.url)).stream(
            ask.method, ask.url, headers=ask.headers, content=ask.content or None, extensions=patience
        ) as response:
            clock.heard_at = time.time()
            body, cut = bytearray(), False
            async for piece in response.aiter_stream():
                body += piece
                cut = len(body) > allowed
                if cut and limit is None:
                    raise Trouble(f"over {allowed} bytes", again=False)
                if cut:
                    del body[allowed:]
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
            started_at=clock.started_at,
            seconds=clock.seconds,
            status=response.status,
            headers=joined,
            request=ask.message,
            head=_message(f"HTTP/1.1 {response.status} {reason}", _as_kept(pairs), b""),
            body=bytes(body),
            ip=address[0] if address else None,
            protocol="h2" if version.startswith("HTTP/2") else "http/1.1",
            truncated="length" if cut else None,
        )

    def _headers(self, url: str, fields: dict[str, str], content: bytes | None, kind: str) -> list[tuple[str, str]]:
        posted = {} if content is None else {"Content-Type": kind, "Content-Length": str(len(content))}
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


_TROUBLES = (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, Trouble)


@dataclass(frozen=True, slots=True)
class _Ask:
    """A request as it goes out."""

    method: str
    url: str
    headers: list[tuple[str, str]]
    content: bytes

    @property
    def message(self) -> bytes:
        """The request as HTTP/1.1 writes it, for the archive."""
        return _message(f"{self.method} {_target(self.url)} HTTP/1.1", self.headers, self.content)


@dataclass(slots=True)
class _Clock:
    """When an exchange began, and when its answer began to come (Unix time; 0: it has not)."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    heard_at: float = 0.0
    _began: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long the exchange has taken so far."""
        return time.monotonic() - self._began


def _pause_asked(answer: Answer) -> float | None:
    """The seconds that an answer asks us to stay away for; None where it does not."""
    if answer.status not in PAUSING:
        return None
    return retry_after(answer.headers.get("retry-after"), answer.started_at)


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
