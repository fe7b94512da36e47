"""The guard: which addresses may be asked at all, and a network backend that connects to checked IPs alone.

A name is resolved once, every address it has is checked, and the connection goes to one of exactly those
(no second look-up that could answer otherwise); TLS still verifies the name. Each connection, so each
redirect too, passes here.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore

from minsheng.acquire.address import DEFAULT_PORTS, ascii_host, netloc, port_of

MAX_REDIRECTS = 10
NAT64 = ipaddress.ip_network("64:ff9b::/96")
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """The guard or robots.txt forbids a request; the message says why."""


def check_url(url: str, hosts: frozenset[str] | None) -> None:
    """Raise ``Refused`` unless ``url`` is http(s), without credentials, on a host and port that ``hosts`` names.

    Ports 80 and 443 go with a bare host name; another port only where ``host:port`` is named. ``None``
    for ``hosts`` leaves that check to the address alone (robots.txt may redirect across hosts).
    """
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except (ValueError, UnicodeError) as error:
        raise Refused(f"not an address: {error}") from None
    if parts.scheme not in DEFAULT_PORTS or not host:
        raise Refused(f"only http and https are fetched, not {parts.scheme or 'no scheme'}:")
    if parts.username is not None or parts.password is not None:
        raise Refused("an address with credentials is not fetched")
    if any(c.isspace() or ord(c) < 32 for c in url):
        raise Refused("an address with white space or control characters is not fetched")
    if hosts is None:
        return
    full = f"{host}:{port_of(url)}"
    if full not in hosts and not (host in hosts and port in (None, 80, 443)):
        raise Refused(f"{netloc(url)} is no host of the source")


def is_public(address: Address) -> bool:
    """Whether an IP address is of the public internet; one that carries another (mapped, 6to4, NAT64) as that is."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:  # fec0::/10: nobody's since RFC 3879, but networks that have it route it
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the order to try them. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only, and to those ``host:port`` that the setting allows by name."""

    def __init__(self, allow_hosts: frozenset[str]) -> None:
        self._allow_hosts = allow_hosts
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Resolve, check every address, connect to the first that answers."""
        try:
            addresses = await asyncio.wait_for(resolve(host, port), timeout)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"cannot resolve {host}: {error}") from error
        if f"{host}:{port}" not in self._allow_hosts:
            for address in addresses:
                if not is_public(ipaddress.ip_address(address.partition("%")[0])):
                    raise Refused(f"{host} is at {address}, which is no public address")
        failure: Exception = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = type(error)(f"cannot connect to {host} ({address}) port {port}: {error}")
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Part of httpcore's interface."""
        await asyncio.sleep(seconds)
