"""Every way a server may misbehave ends in its outcome, within its time, and holds nothing else up."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from minsheng.acquire import Candidate, discover, fetch, read_archive
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import BEHAVIOURS, LIST, Site, page, pages, reply, serving
from .test_tls import certificate

DAY = date(2024, 5, 20)
NAMED = frozenset({"localhost", "169.254.169.253", "2130706433"})


def names(sites: dict[str, Site]) -> frozenset[str]:
    return frozenset(site.host for site in sites.values())


@pytest.fixture
def misbehaving() -> Iterator[dict[str, Site]]:
    behaviours = {name: behaviour for name, (behaviour, _, _) in BEHAVIOURS.items()}
    with serving({**behaviours, "good": page(lambda request: reply(request.path.encode() * 20))}) as sites:
        yield sites


def test_each_ends_in_its_outcome_and_holds_nothing_else_up(
    misbehaving: dict[str, Site], make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    good = misbehaving["good"]
    settings = make_settings(*names(misbehaving))
    source = make_source(good.url("/"), hosts=names(misbehaving) | NAMED)
    ordinary = [good.url(f"/a/t20240520_{n}.html") for n in range(50)]
    urls = {site.url(): name for name, site in misbehaving.items() if name != "good"}

    started = time.monotonic()
    pages_ = {page.url: page for page in fetch(source, DAY, [Candidate(u) for u in [*urls, *ordinary]], settings)}
    took = time.monotonic() - started

    told = {urls[u]: (page.outcome, page.error or "") for u, page in pages_.items() if u in urls}
    wrong = {
        n: (told[n], BEHAVIOURS[n][1:])
        for n in told
        if told[n][0] != BEHAVIOURS[n][1] or BEHAVIOURS[n][2] not in told[n][1]
    }
    assert not wrong
    assert len(told) == len(BEHAVIOURS) >= 25
    assert {pages_[u].outcome for u in ordinary} == {"new"}
    last_ordinary = max(pages_[u].fetched_at for u in ordinary)
    first = min(page.fetched_at for page in pages_.values())
    assert last_ordinary - first < timedelta(seconds=10)
    assert took < 30
    assert len(list(read_archive("site", DAY, settings))) == sum(p.outcome == "new" for p in pages_.values())


def test_a_troubled_host_is_left_alone(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"storm": page(reply(b"", "503 No"))}) as sites:
        site = sites["storm"]
        candidates = [Candidate(site.url(f"/a/t20240520_{n}.html")) for n in range(40)]
        found = fetch(make_source(site.url("/")), DAY, candidates, make_settings(site.host, retries=0))
        assert len(site.log) == 1 + 5  # robots.txt, and five pages before the circuit opens
        assert {page.outcome for page in found} == {"failed"}
        assert sum("left alone after 5 troubles" in (page.error or "") for page in found) == 35


def test_a_wait_that_was_asked_for_is_kept(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"once": BEHAVIOURS["429 once"][0]}) as sites:
        site = sites["once"]
        [found] = fetch(make_source(site.url("/")), DAY, [Candidate(site.url())], make_settings(site.host))
        asked = [r.at for r in site.log if r.path != "/robots.txt"]
        assert found.outcome == "new"
        assert asked[1] - asked[0] >= 1


def test_a_run_keeps_to_its_budget(make_settings: Callable[..., Settings], make_source: Callable[..., Source]) -> None:
    with serving({"good": page(lambda request: reply(request.path.encode()))}) as sites:
        site = sites["good"]
        candidates = [Candidate(site.url(f"/a/t20240520_{n}.html")) for n in range(9)]
        found = fetch(make_source(site.url("/")), DAY, candidates, make_settings(site.host, run_requests=5))
        assert len(site.log) == 5
        assert sorted(page.outcome for page in found) == ["failed"] * 5 + ["new"] * 4


def test_a_list_of_100_000_links_is_an_alarm_and_takes_no_longer_than_it_must(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"list": pages({"/": reply(LIST)})}) as sites:
        site = sites["list"]
        started = time.process_time()
        limits = {"page_bytes": 20_000_000, "page_seconds": 120}
        found = discover(make_source(site.url("/")), DAY, make_settings(site.host, **limits))
        assert len(found.candidates) == 10_000
        assert [o.reason for o in found.outcomes] == ["too_many_links"]
        assert time.process_time() - started < 30


def test_nothing_goes_to_a_server_that_cannot_prove_its_name(
    tmp_path: Path, make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"self-signed": page(reply())}, tls={"self-signed": self_signed(tmp_path)}) as sites:
        site = sites["self-signed"]
        [found] = fetch(
            make_source(site.url("/", "https")), DAY, [Candidate(site.url(scheme="https"))], make_settings(site.host)
        )
        assert found.outcome == "failed"
        assert (found.error or "").startswith("robots.txt cannot be reached: ")
        assert "CERTIFICATE_VERIFY_FAILED" in (found.error or "")
        assert not site.log


def test_https_from_a_server_that_speaks_http_fails(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"plain": page(reply())}) as sites:
        site = sites["plain"]
        [found] = fetch(
            make_source(site.url("/", "https")), DAY, [Candidate(site.url(scheme="https"))], make_settings(site.host)
        )
        assert (found.outcome, site.log) == ("failed", [])


def self_signed(folder: Path) -> ssl.SSLContext:
    certificate(folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
