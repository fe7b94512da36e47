"""The replay's HTTP servers: one port a site, conditional requests as RFC 9110 says, and a control port."""

from __future__ import annotations

import json
import threading
import time
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from replay.content import load_sites
from replay.render import Answer, answers, data_proxy


class Clock:
    """The replay's day, 1 or 2, shared by all its servers."""

    def __init__(self) -> None:
        self.day = 1


class Quiet(BaseHTTPRequestHandler):
    """HTTP/1.1 with keep-alive, and no line on stderr for each request."""

    protocol_version = "HTTP/1.1"
    server_version = "replay"
    sys_version = ""

    def log_message(self, format: str, *args: object) -> None:
        pass

    def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
        """Send one whole answer; a HEAD gets its headers only."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD" and status != 304:
            self.wfile.write(body)


class SiteHandler(Quiet):
    """One site. Its server carries ``site_id`` and the shared ``clock``."""

    def do_GET(self) -> None:
        """A page, 304 where the visitor's copy is current, or 404."""
        answer = self._find(urlsplit(self.path).query)
        if answer is None:
            self.reply(404, {"Content-Type": "text/html; charset=utf-8"}, "<h1>404</h1><p>页面不存在</p>".encode())
            return
        time.sleep(answer.delay)
        headers = {
            "Content-Type": answer.content_type,
            "ETag": answer.etag,
            "Last-Modified": format_datetime(answer.modified, usegmt=True),
        }
        if answer.location:
            self.reply(answer.status, {"Location": answer.location}, b"")
        elif self._has_current(answer):
            self.reply(304, {k: v for k, v in headers.items() if k != "Content-Type"}, b"")
        else:
            self.reply(answer.status, headers, answer.body)

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """The data proxy: its parameters may come in the body or in the address."""
        form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")
        answer = self._find(f"{form}&{urlsplit(self.path).query}")
        if answer is None:
            self.reply(404, {}, b"")
        else:
            self.reply(200, {"Content-Type": answer.content_type}, answer.body)

    def _find(self, query: str) -> Answer | None:
        server = self.server
        assert isinstance(server, SiteServer)
        if urlsplit(self.path).path.endswith("/dataproxy.jsp"):
            return data_proxy(server.site_id, server.clock.day, query)
        return answers(server.site_id, server.clock.day).get(self.path)

    def _has_current(self, answer: Answer) -> bool:
        """RFC 9110, 13.2.2: If-None-Match decides where it is given, If-Modified-Since only where it is not."""
        known = self.headers.get("If-None-Match")
        if known is not None:
            return known.strip() == "*" or answer.etag in [t.strip().removeprefix("W/") for t in known.split(",")]
        try:
            since = parsedate_to_datetime(self.headers["If-Modified-Since"])
        except (TypeError, ValueError):
            return False
        return answer.modified <= since


class SiteServer(ThreadingHTTPServer):
    """One site on a free port of localhost."""

    daemon_threads = True

    def __init__(self, site_id: str, clock: Clock, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), SiteHandler)
        self.site_id, self.clock = site_id, clock


class ControlHandler(Quiet):
    """``GET /`` says the day and the sites' addresses; ``POST /day/2`` turns the day."""

    def do_GET(self) -> None:
        """The state as JSON."""
        server = self.server
        assert isinstance(server, ControlServer)
        state = {"day": server.clock.day, "sites": server.sites}
        self.reply(200, {"Content-Type": "application/json"}, json.dumps(state).encode())

    def do_POST(self) -> None:
        """Turn the day."""
        server = self.server
        assert isinstance(server, ControlServer)
        if self.path not in {"/day/1", "/day/2"}:
            self.reply(404, {}, b"")
            return
        server.clock.day = int(self.path[-1])
        self.do_GET()


class ControlServer(ThreadingHTTPServer):
    """Where the demo turns the day."""

    daemon_threads = True

    def __init__(self, clock: Clock, sites: dict[str, str], port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), ControlHandler)
        self.clock, self.sites = clock, sites


def address(server: ThreadingHTTPServer) -> str:
    """``http://127.0.0.1:port`` of a server."""
    return f"http://127.0.0.1:{server.server_address[1]}"


def start(port: int = 0) -> tuple[Clock, dict[str, SiteServer], ControlServer]:
    """All servers, listening, each in a thread; ``port`` is the control's (0: a free one)."""
    clock = Clock()
    sites = {site_id: SiteServer(site_id, clock) for site_id in load_sites()}
    control = ControlServer(clock, {k: address(s) for k, s in sites.items()}, port)
    for server in (*sites.values(), control):
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    return clock, sites, control
