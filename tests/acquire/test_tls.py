"""TLS and HTTP/2: the connection goes to the checked address, the certificate is held against the name."""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import RequestReceived

from minsheng.acquire import Candidate, courier, fetch, guard, read_archive
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import ARTICLE, page, reply, serving

DAY = date(2024, 5, 20)
NAME = "www.county.example"


@pytest.fixture
def server_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """A server's context with a certificate for NAME, which the client trusts; NAME is at 127.0.0.1."""
    certificate(tmp_path)

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    monkeypatch.setattr(guard, "resolve", resolve)
    monkeypatch.setattr(courier, "_ssl_context", lambda: ssl.create_default_context(cafile=str(tmp_path / "cert.pem")))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


def visit(
    port: int, name: str, make_source: Callable[..., Source], make_settings: Callable[..., Settings]
) -> tuple[str, str]:
    home = f"https://{name}:{port}/"
    source, settings = make_source(home), make_settings(f"{name}:{port}", retries=0)
    [found] = fetch(source, DAY, [Candidate(f"{home}a/t20240520_1.shtml")], settings)
    assert [data for _, data in read_archive("site", DAY, settings)] == ([ARTICLE] if found.outcome == "new" else [])
    return found.outcome, found.error or ""


def test_the_name_is_proved_though_the_connection_goes_to_an_address(
    server_side: ssl.SSLContext, make_source: Callable[..., Source], make_settings: Callable[..., Settings]
) -> None:
    with serving({"site": page(reply())}, tls={"site": server_side}) as sites:
        assert visit(sites["site"].port, NAME, make_source, make_settings) == ("new", "")


def test_a_certificate_for_another_name_proves_nothing(
    server_side: ssl.SSLContext, make_source: Callable[..., Source], make_settings: Callable[..., Settings]
) -> None:
    with serving({"site": page(reply())}, tls={"site": server_side}) as sites:
        outcome, error = visit(sites["site"].port, "www.other.example", make_source, make_settings)
        assert outcome == "failed"
        assert "Hostname mismatch" in error
        assert not sites["site"].log


def test_http_2_is_spoken_where_a_server_offers_it(
    server_side: ssl.SSLContext, make_source: Callable[..., Source], make_settings: Callable[..., Settings]
) -> None:
    server_side.set_alpn_protocols(["h2"])
    with serving_http_2(server_side) as (port, asked):
        assert visit(port, NAME, make_source, make_settings) == ("new", "")
        assert asked == ["/robots.txt", "/a/t20240520_1.shtml"]


@contextmanager
def serving_http_2(context: ssl.SSLContext) -> Iterator[tuple[int, list[str]]]:
    """A server that speaks HTTP/2 alone; its port, and the paths it was asked for."""
    asked: list[str] = []
    ports: list[int] = []
    loop, ready = asyncio.new_event_loop(), threading.Event()
    stop = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = H2Connection(H2Configuration(client_side=False, header_encoding="utf-8"))
        connection.initiate_connection()
        with suppress(ConnectionError):
            while True:
                writer.write(connection.data_to_send())
                data = await reader.read(65536)
                if not data:
                    break
                for event in connection.receive_data(data):
                    if isinstance(event, RequestReceived):
                        path = dict(event.headers)[":path"]
                        asked.append(path)
                        status = "404" if path == "/robots.txt" else "200"
                        connection.send_headers(event.stream_id, [(":status", status), ("content-type", "text/html")])
                        connection.send_data(event.stream_id, ARTICLE, end_stream=True)
        writer.close()

    async def main() -> None:
        server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
        ports.append(server.sockets[0].getsockname()[1])
        ready.set()
        await stop.wait()
        server.close()
        await asyncio.sleep(0.05)

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield ports[0], asked
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)


def certificate(folder: Path) -> None:
    """A certificate for NAME that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    names = x509.SubjectAlternativeName([x509.DNSName(NAME), x509.IPAddress(ipaddress.ip_address("192.0.2.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = made.add_extension(names, critical=False)
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
