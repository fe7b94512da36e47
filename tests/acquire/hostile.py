"""A test server that misbehaves in named ways, each on a port of its own; and well-behaved sites made of a dict.

A behaviour is a coroutine that gets the request's path and fields and writes whatever it likes to the socket.
"""

from __future__ import annotations

import asyncio
import gzip
import ssl
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import brotli
import zstandard

ARTICLE = "<html><title>全县民生实事</title><body><p>全年发放补贴12万元，惠及群众340人次。</p></body></html>".encode()


@dataclass
class Request:
    """What a client asked for, and when; ``n`` counts the requests for the same path, from 1."""

    method: str
    path: str
    fields: dict[str, str]
    body: bytes
    at: float
    n: int = 1


Writer = asyncio.StreamWriter
Behaviour = Callable[[Request, Writer], Awaitable[None]]


@dataclass
class Site:
    """One server: where it listens, what it was asked, how many requests it ever had open at once."""

    port: int = 0
    log: list[Request] = field(default_factory=list)
    open_now: int = 0
    most_open: int = 0

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/a/t20240520_1.html", scheme: str = "http") -> str:
        return f"{scheme}://{self.host}{path}"


def reply(body: bytes = ARTICLE, status: str = "200 OK", **fields: str) -> bytes:
    """A well-formed answer; ``Content_Encoding='gzip'`` sets that field."""
    named = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in fields.items()}
    return (
        f"HTTP/1.1 {status}\r\n".encode()
        + b"".join(f"{k}: {v}\r\n".encode() for k, v in named.items())
        + b"\r\n"
        + body
    )


@contextmanager
def serving(
    behaviours: dict[str, Behaviour], tls: dict[str, ssl.SSLContext] | None = None
) -> Iterator[dict[str, Site]]:
    """Each behaviour on a free port of 127.0.0.1, in a thread of their own."""
    sites = {name: Site() for name in behaviours}
    loop = asyncio.new_event_loop()
    ready = threading.Event()

    async def main() -> None:
        servers = []
        for name, behaviour in behaviours.items():
            handler = _handler(sites[name], behaviour)
            servers.append(await asyncio.start_server(handler, "127.0.0.1", 0, ssl=(tls or {}).get(name), backlog=500))
            sites[name].port = servers[-1].sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        for server in servers:
            server.close()
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    stop = asyncio.Event()

    def run() -> None:
        loop.run_until_complete(main())
        loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield sites
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def _handler(site: Site, behaviour: Behaviour) -> Callable[[asyncio.StreamReader, Writer], Awaitable[None]]:
    async def handle(reader: asyncio.StreamReader, writer: Writer) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError, TimeoutError):
            while (request := await _read(reader, site)) is not None:
                site.open_now += 1
                site.most_open = max(site.most_open, site.open_now)
                try:
                    await behaviour(request, writer)
                    await writer.drain()
                finally:
                    site.open_now -= 1
                if writer.is_closing():
                    break
        writer.close()

    return handle


async def _read(reader: asyncio.StreamReader, site: Site) -> Request | None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    at = time.monotonic()
    first, *lines = head.strip().split("\r\n")
    fields = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(fields.get("content-length", 0)))
    method, path, _ = first.split(" ")
    n = 1 + sum(r.path == path for r in site.log)
    site.log.append(Request(method, path, fields, body, at, n))
    return site.log[-1]


def pages(answers: dict[str, bytes | Callable[[Request], bytes]]) -> Behaviour:
    """A well-behaved site: its answers by path, 404 for the rest."""

    async def behave(request: Request, writer: Writer) -> None:
        answer = answers.get(request.path, reply(b"not here", "404 Not Found"))
        writer.write(answer(request) if callable(answer) else answer)

    return behave


def page(answer: bytes | Callable[[Request], bytes], robots: bytes | None = None) -> Behaviour:
    """The same answer to everything but robots.txt, which is missing unless given."""

    async def behave(request: Request, writer: Writer) -> None:
        if request.path == "/robots.txt":
            writer.write(robots or reply(b"", "404 Not Found"))
        else:
            writer.write(answer(request) if callable(answer) else answer)

    return behave


def stream(pieces: Callable[[Writer], Awaitable[None]]) -> Behaviour:
    """What ``pieces`` writes, to everything but robots.txt."""

    async def behave(request: Request, writer: Writer) -> None:
        if request.path == "/robots.txt":
            writer.write(reply(b"", "404 Not Found"))
        else:
            await pieces(writer)

    return behave


async def slow_drip(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(1000):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def slow_head(writer: Writer) -> None:
    for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 1000:
        writer.write(bytes([letter]))
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(writer: Writer) -> None:
    await asyncio.sleep(30)


async def endless(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"4000\r\n" + b"z" * 0x4000 + b"\r\n")
        await writer.drain()


async def broken_chunks(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")


async def cut_chunks(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nhello")
    await writer.drain()
    writer.close()


async def promises_more(writer: Writer) -> None:
    writer.write(reply(ARTICLE, Content_Length=str(len(ARTICLE) + 50)))
    await writer.drain()
    writer.close()


async def hangs_up(writer: Writer) -> None:
    writer.close()


async def resets(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 1000)
    await writer.drain()
    writer.transport.abort()


async def rubbish(writer: Writer) -> None:
    writer.write(b"220 ftp.example ready\r\n\r\n")
    await writer.drain()
    writer.close()


async def header_flood(writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"v" * 1000) for n in range(1000)) + b"\r\n")


def chain(request: Request) -> bytes:
    """A redirect to the next of endlessly many addresses."""
    return reply(b"", "302 Found", Location=request.path + "x")


def storm(request: Request) -> bytes:
    return reply(b"slow down", "429 Too Many Requests")


def once_429(request: Request) -> bytes:
    return reply(b"", "429 Too Many Requests", Retry_After="1") if request.n == 1 else reply()


def once_500(request: Request) -> bytes:
    return reply(b"", "500 Oops") if request.n == 1 else reply()


ZEROS = bytes(30_000_000)


def _zeros(compress: Callable[[bytes], bytes]) -> Callable[[Request], bytes]:
    return lambda request: reply(compress(ZEROS), Content_Encoding=compress.__name__.strip("_"))


def br(data: bytes) -> bytes:
    return brotli.compress(data, quality=1)


def zstd(data: bytes) -> bytes:
    return zstandard.compress(data)


def gzip_(data: bytes) -> bytes:
    return gzip.compress(data)


def redirect(to: str) -> Behaviour:
    return page(reply(b"", "302 Found", Location=to))


BIG_ROBOTS = b"User-agent: *\nDisallow: /private/\n" + b"# filler\n" * 1_200_000 + b"Disallow: /\n"
LIST_LINKS = 100_000
LIST = (
    "<html><body><ul>"
    + "".join(f'<li><a href="/a/t20240520_{n}.html">第{n}条</a><span>2024-05-20</span></li>' for n in range(LIST_LINKS))
    + "</ul></body></html>"
).encode()
DOOR = "<html><title>访问验证</title><body><div id='slider'>请完成安全验证后继续访问</div></body></html>".encode()

# name -> (behaviour, the outcome it has to end in, what the error has to say)
BEHAVIOURS: dict[str, tuple[Behaviour, str, str]] = {
    "slow drip": (stream(slow_drip), "failed", "not done within"),
    "slow head": (stream(slow_head), "failed", "not done within"),
    "silence": (stream(silence), "failed", "not done within"),
    "endless body": (stream(endless), "failed", "over 2000000 bytes"),
    "gzip bomb": (page(_zeros(gzip_)), "failed", "once decompressed"),
    "brotli bomb": (page(_zeros(br)), "failed", "once decompressed"),
    "zstd bomb": (page(_zeros(zstd)), "failed", "once decompressed"),
    "many encodings": (page(reply(Content_Encoding="gzip, gzip, gzip")), "failed", "3 content encodings"),
    "false encoding": (page(reply(Content_Encoding="gzip")), "failed", "broken gzip"),
    "unknown encoding": (page(reply(Content_Encoding="rot13")), "failed", "unknown content encoding"),
    "redirect loop": (redirect("/a/t20240520_1.html"), "failed", "redirect loop"),
    "redirect chain": (page(chain), "failed", "more than 10 redirects"),
    "redirect to another port of 127.0.0.1": (redirect("http://127.0.0.1:9/x"), "refused", "no host of the source"),
    "redirect to metadata": (redirect("http://169.254.169.254/latest/"), "refused", "no host of the source"),
    "redirect to metadata that the source names": (
        redirect("http://169.254.169.253/x"),
        "refused",
        "no public address",
    ),
    "redirect to a name at 127.0.0.1": (redirect("http://localhost/x"), "refused", "no public address"),
    "redirect to a number": (redirect("http://2130706433/x"), "refused", "no public address"),
    "redirect to a file": (redirect("file:///etc/passwd"), "refused", "only http and https"),
    "redirect to rubbish": (redirect("http://[::1"), "refused", "not an address"),
    "content-length too long": (stream(promises_more), "failed", "RemoteProtocolError"),
    "content-length too short": (page(reply(ARTICLE, Content_Length="40")), "new", ""),
    "broken chunks": (stream(broken_chunks), "failed", "RemoteProtocolError"),
    "cut chunks": (stream(cut_chunks), "failed", "RemoteProtocolError"),
    "429 storm": (page(storm), "failed", "HTTP 429"),
    "429 once": (page(once_429), "new", ""),
    "503 for a day": (page(reply(b"", "503 No", Retry_After="86400")), "failed", "HTTP 503"),
    "500 once": (page(once_500), "new", ""),
    "hangs up": (stream(hangs_up), "failed", "RemoteProtocolError"),
    "resets": (stream(resets), "failed", "Error"),
    "rubbish": (stream(rubbish), "failed", "RemoteProtocolError"),
    "header flood": (stream(header_flood), "failed", "RemoteProtocolError"),
    "empty body": (page(reply(b"")), "failed", "empty body"),
    "304 unasked": (page(reply(b"", "304 Not Modified")), "failed", "304"),
    "gone": (page(reply(b"", "410 Gone")), "gone", "HTTP 410"),
    "forbidden": (page(reply(b"", "403 Forbidden")), "blocked", "HTTP 403"),
    "verification page": (page(reply(DOOR)), "blocked", "verification_page"),
    "robots of 10 MB": (page(reply(), robots=reply(BIG_ROBOTS)), "new", ""),
    "robots that answers 500": (page(reply(), robots=reply(b"", "500 Oops")), "refused", "robots.txt answered 500"),
    "robots that forbids": (page(reply(), robots=reply(b"User-agent: *\nDisallow: /a/")), "refused", "Disallow: /a/"),
    "robots that waits for days": (
        page(reply(), robots=reply(b"User-agent: *\nCrawl-delay: 86400")),
        "refused",
        "Crawl-delay: 86400 s",
    ),
    "robots in a loop": (
        page(reply(), robots=reply(b"", "301 Moved", Location="/robots.txt")),
        "new",
        "",
    ),
}
