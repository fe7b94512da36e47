"""The polite meter: no host sees two requests closer than its delay, or two at a time, whoever asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest

from minsheng.acquire import Candidate, fetch
from minsheng.pipeline import fetch_one
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import Site, page, reply, serving

DAY = date(2024, 5, 20)


def closest(site: Site) -> float:
    """The least time between two requests, as the host saw them, seconds."""
    return min(b.at - a.at for a, b in pairwise(site.log))


def test_each_host_is_asked_in_its_own_time_and_all_of_them_side_by_side(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    hosts, pages, delay = 5, 10, 0.1
    with serving({f"host {n}": page(lambda request: reply(request.path.encode())) for n in range(hosts)}) as sites:
        names = frozenset(site.host for site in sites.values())
        urls = [site.url(f"/a/{n}.html") for n in range(pages) for site in sites.values()]
        source = make_source(urls[0], hosts=names, delay=delay)
        started = time.monotonic()
        found = fetch(source, DAY, map(Candidate, urls), make_settings(*names))
        took = time.monotonic() - started
        assert {p.outcome for p in found} == {"new"}
        assert min(map(closest, sites.values())) >= delay
        assert max(site.most_open for site in sites.values()) == 1
        assert took < 0.8 * hosts * pages * delay  # one after the other they could not be so quick


def test_two_sources_on_one_host_share_its_queue(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"host": page(lambda request: reply(request.path.encode()))}) as sites:
        site = sites["host"]
        settings = make_settings(site.host)

        def visit(name: str) -> None:
            candidates = [Candidate(site.url(f"/{name}/{n}.html")) for n in range(8)]
            fetch(make_source(site.url("/"), id=name, delay=0.05), DAY, candidates, settings)

        runs = [threading.Thread(target=visit, args=(name,)) for name in ("first", "second")]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert len([r for r in site.log if r.path != "/robots.txt"]) == 16
        assert closest(site) >= 0.05
        assert site.most_open == 1


def test_a_page_asked_for_alone_waits_in_the_queue_of_the_runs(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"host": page(lambda request: reply(request.path.encode()))}) as sites:
        site = sites["host"]
        settings = make_settings(site.host)
        fetch(make_source(site.url("/")), DAY, [Candidate(site.url("/1"))], settings)
        monkeypatch.setattr("minsheng.settings.get_settings", lambda: settings)
        fetch_one(site.url("/2"))
        assert [r.path for r in site.log] == ["/robots.txt", "/1", "/2"]
        assert site.log[2].at - site.log[1].at >= 3  # the delay of a source that names none


def test_a_crawl_delay_longer_than_ours_is_kept(
    make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    robots = reply(b"User-agent: *\nCrawl-delay: 0.3")
    with serving({"host": page(lambda request: reply(request.path.encode()), robots=robots)}) as sites:
        site = sites["host"]
        fetch(
            make_source(site.url("/")), DAY, [Candidate(site.url(f"/{n}")) for n in range(4)], make_settings(site.host)
        )
        assert min(b.at - a.at for a, b in pairwise(site.log[1:])) >= 0.3
