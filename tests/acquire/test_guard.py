"""Which addresses may be asked, and that the address checked is the address connected to."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.acquire import Candidate, fetch, guard
from minsheng.acquire.address import canonical
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import page, reply, serving

HOSTS = frozenset({"www.example.gov.cn", "example.gov.cn:8080"})


@pytest.mark.parametrize(
    "url",
    [
        "http://www.example.gov.cn/a.html",
        "https://www.example.gov.cn/a.html",
        "http://www.example.gov.cn:443/a.html",
        "http://example.gov.cn:8080/a.html",
        "http://WWW.EXAMPLE.GOV.CN./a.html",
    ],
)
def test_a_host_that_the_source_names_is_allowed(url: str) -> None:
    guard.check_url(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://www.example.gov.cn/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "//www.example.gov.cn/a",
        "http://example.gov.cn/a",
        "http://www.example.gov.cn:22/a",
        "http://www.example.gov.cn.evil.org/a",
        "http://www.example.gov.cn@evil.org/a",
        "http://user:secret@www.example.gov.cn/a",
        "http://www.example.gov.cn\\@evil.org/a",
        "http://www.example.gov.cn/a b",
        "http://www.example.gov.cn/a\r\nHost: x",
        "http://[::1/a",
        "http://",
        "",
    ],
)
def test_anything_else_is_refused(url: str) -> None:
    with pytest.raises(guard.Refused):
        guard.check_url(url, HOSTS)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("218.200.1.1", True),
        ("2408:8000::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.100.100.200", False),  # the metadata service of Alibaba Cloud
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("fe80::1", False),
        ("fec0::1", False),
        ("feff::1", False),
        ("fd00:ec2::254", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
    ],
)
def test_only_addresses_of_the_public_internet_are_public(address: str, public: bool) -> None:
    assert guard.is_public(ipaddress.ip_address(address)) is public


@given(st.ip_addresses(v=4, network="10.0.0.0/8"))
def test_a_private_address_stays_private_in_every_disguise(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for disguise in (number | 0xFFFF << 32, (0x64FF9B << 96) | number, (0x2002 << 112) | (number << 80)):
        assert not guard.is_public(ipaddress.IPv6Address(disguise))


def test_a_name_is_resolved_once_and_a_second_answer_is_never_asked_for(
    monkeypatch: pytest.MonkeyPatch, make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    answers = iter([["198.51.100.7"], ["127.0.0.1"]])  # a public address (of documentation), then the rebinding
    asked: list[str] = []
    connected: list[str] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return next(answers)

    async def connect(self: object, host: str, *_: object) -> None:
        connected.append(host)
        raise OSError("no route in a test")

    monkeypatch.setattr(guard, "resolve", resolve)
    monkeypatch.setattr(guard, "is_public", lambda address: not address.is_loopback)
    monkeypatch.setattr("httpcore.AnyIOBackend.connect_tcp", connect)
    source = make_source("http://rebinding.example/", delay=0)
    with pytest.raises(BaseException):  # noqa: B017, PT011 - whatever the stand-in raised: it is the connection that counts
        fetch(source, date(2024, 5, 20), [Candidate("http://rebinding.example/a")], make_settings(retries=0))
    assert asked == ["rebinding.example"]
    assert connected == ["198.51.100.7"]


def test_a_private_address_that_no_setting_allows_is_never_connected_to(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"private": page(reply())}) as sites:
        site = sites["private"]
        [found] = fetch(make_source(site.url("/")), date(2024, 5, 20), [Candidate(site.url())], make_settings())
        assert found.outcome == "refused"
        assert "no public address" in (found.error or "")
        assert not site.log


@pytest.mark.parametrize(
    ("url", "known_as"),
    [
        ("HTTP://WWW.Example.GOV.cn:80", "http://www.example.gov.cn/"),
        ("https://example.gov.cn:443/a/../b/./c.html#top", "https://example.gov.cn/b/c.html"),
        ("http://example.gov.cn//a", "http://example.gov.cn/a"),
        ("http://example.gov.cn/新闻/1.html?q=县", "http://example.gov.cn/%E6%96%B0%E9%97%BB/1.html?q=%E5%8E%BF"),
        ("http://example.gov.cn/%E6%96%B0.html", "http://example.gov.cn/%E6%96%B0.html"),
        ("http://[::1", "http://[::1"),
        ("file:///a b", "file:///a b"),
    ],
)
def test_an_address_is_known_by_its_canonical_form(url: str, known_as: str) -> None:
    assert canonical(url) == known_as


@given(st.text(max_size=60))
def test_the_canonical_form_of_anything_is_its_own(text: str) -> None:
    for url in (text, f"http://h.cn/{text}"):
        assert canonical(canonical(url)) == canonical(url)
