"""The conduct record: what the mart says was done to a host is what the WARC records themselves show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from minsheng import SHANGHAI, pipeline
from minsheng.acquire import Candidate, fetch, requests_made
from minsheng.acquire.warc import NOT_MODIFIED
from minsheng.extraction import read_unit
from minsheng.settings import Settings
from minsheng.sources import Source, load_sources
from minsheng.warehouse import build, land, write_shards

from .hostile import ARTICLE, Request, Site, Writer, page, reply, serving

pytestmark = pytest.mark.xdist_group("dbt")
DAY, NEXT = date(2024, 5, 20), date(2024, 5, 21)
PATHS = ("/a/1", "/a/2", "/a/3", "/a/4", "/a/5", "/a/6", "/secret/7")
ROBOTS = b"User-agent: *\nDisallow: /secret/\nCrawl-delay: 0.05\n"


async def moody(request: Request, writer: Writer) -> None:
    """A site that answers in every way that the record counts: 304, 403, 302, 429, 503, and not at all."""
    if request.path == "/a/5":
        writer.close()
        return
    unchanged = request.fields.get("if-none-match") == '"1"'
    writer.write(
        {
            "/robots.txt": reply(ROBOTS),
            "/a/1": reply(b"", "304 Not Modified") if unchanged else reply(ETag='"1"'),
            "/a/2": reply(b"", "403 Forbidden"),
            "/a/3": reply(b"", "302 Found", Location="/a/3b"),
            "/a/4": reply(b"", "429 Slow", Retry_After="0") if request.n == 1 else reply(ARTICLE * 2),
            "/a/6": reply(b"", "503 No", Retry_After="0"),
        }.get(request.path, reply(ARTICLE * 3))
    )


@pytest.fixture
def sites() -> Iterator[dict[str, Site]]:
    with serving({"moody": moody, "plain": page(reply())}) as sites:
        yield sites


@pytest.fixture
def settings(sites: dict[str, Site], make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(*(site.host for site in sites.values()))


def visit(sources: list[Source], settings: Settings) -> None:
    """Two days of each source, archived and landed."""
    for source in sources:
        for day in (DAY, NEXT):
            wanted = [Candidate(str(source.home).rstrip("/") + path) for path in PATHS]
            pages = fetch(source, day, wanted, settings)
            requests = requests_made(source.id, day, settings)
            write_shards(source.id, day, pages=pages, requests=requests, settings=settings)
    land([(source.id, day) for source in sources for day in (DAY, NEXT)], settings)


def conduct(settings: Settings) -> dict[tuple[str, date], dict[str, Any]]:
    """The rows of the mart, by host and day."""
    with duckdb.connect(settings.warehouse, read_only=True) as connection:
        rows = connection.execute("FROM marts.fct_conduct").to_arrow_table().to_pylist()
    return {(row["host"], row["visited_on"]): row for row in rows}


def told_by_the_warc(archive: Path) -> dict[tuple[str, date], dict[str, Any]]:
    """The same, counted from the records of the WARC files alone, without any code of ours."""
    asked: dict[str, list[Any]] = defaultdict(list)
    seen: dict[tuple[str, date], dict[str, Any]] = {}
    sizes: dict[str, int] = {}
    answers = []
    for file in sorted(archive.glob("*/*/*.warc.gz")):
        for record in ArchiveIterator(file.open("rb"), parse_http=False):
            host = urlsplit(record.headers.get("WARC-Target-URI") or "").netloc
            block = record.reader.read()
            if record.record_type == WarcRecordType.request:
                asked[host].append(record.record_date)
            elif record.record_type in (WarcRecordType.response, WarcRecordType.revisit):
                head, _, body = block.partition(b"\r\n\r\n")
                digest = record.headers.get("WARC-Payload-Digest") or ""
                repeated = record.record_type == WarcRecordType.revisit
                repeated = repeated and record.headers.get("WARC-Profile") != NOT_MODIFIED
                if record.record_type == WarcRecordType.response:
                    sizes[digest] = len(body)
                answers.append((host, record.record_date, int(head.split()[1]), len(block), digest if repeated else ""))
    for host, moments in asked.items():
        moments.sort()
        gaps = [None, *((b - a).total_seconds() for a, b in pairwise(moments))]
        for moment, gap in zip(moments, gaps, strict=True):
            row = seen.setdefault((host, moment.astimezone(SHANGHAI).date()), defaultdict(int, gaps=[]))
            row["requests"] += 1
            row["gaps"] += [] if gap is None else [gap]
    for host, moment, status, size, repeated in answers:
        row = seen[host, moment.astimezone(SHANGHAI).date()]
        row["answers"] += 1
        row["bytes"] += size + sizes.get(repeated, 0)
        row[f"stops_{status}"] += 1
    return seen


def test_the_mart_is_what_the_warc_shows(
    sites: dict[str, Site], settings: Settings, make_source: Callable[..., Source]
) -> None:
    moody = make_source(sites["moody"].url("/"), id="moody")
    visit([moody, make_source(sites["plain"].url("/"), id="plain", delay=0.02)], settings)
    build(settings)
    told, shown = conduct(settings), told_by_the_warc(settings.archive)
    assert set(told) == set(shown)
    for key, row in told.items():
        expected = shown[key]
        assert row["requests"] == expected["requests"]
        assert row["bytes"] == expected["bytes"] > 0
        assert row["outages"] == expected["requests"] - expected["answers"]
        assert row["delay_kept"] == pytest.approx(min(expected["gaps"]), abs=2e-6)
        assert row["delay_kept_median"] == pytest.approx(median(expected["gaps"]), abs=2e-6)
        for status in (403, 429, 503):
            assert row[f"stops_{status}"] == expected[f"stops_{status}"]
        assert row["too_soon"] == 0
        assert row["delay_kept"] >= row["delay_asked"] == (0.05 if "moody" in row["source_ids"] else 0.02)
    of_moody = [row for row in told.values() if row["source_ids"] == "moody"]
    assert sum(row["requests"] for row in of_moody) == len(sites["moody"].log)
    for counted in ("stops_403", "stops_429", "stops_503", "outages"):
        assert sum(row[counted] for row in of_moody) > 0, counted
    assert {row["robots_refused"] for row in of_moody} == {"robots.txt: Disallow: /secret/ (1)"}
    assert all("no rule matches" in row["robots_allowed"] for row in of_moody)


def test_a_rerun_that_asks_again_for_what_failed_says_so(
    sites: dict[str, Site], settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source(sites["moody"].url("/"))
    visit([source], settings)
    asked = len(sites["moody"].log)
    visit([source], settings)
    assert {request.path for request in sites["moody"].log[asked:]} == {"/a/5", "/a/6"}
    made = [request for day in (DAY, NEXT) for request in requests_made("site", day, settings)]
    assert sum(request.seconds is not None for request in made) == len(sites["moody"].log)


def test_a_unit_that_was_done_gives_the_same_rows_when_it_is_run_again(
    sites: dict[str, Site], settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source(sites["plain"].url("/"), delay=0.01)
    visit([source], settings)
    first = requests_made("site", DAY, settings)
    visit([source], settings)
    assert requests_made("site", DAY, settings) == first
    assert [request.role for request in first][:2] == ["robots", "page"]


def test_a_unit_of_the_pipeline_carries_its_requests(tmp_path: Path) -> None:
    from replay import FIRST_DAY, serve

    with serve(tmp_path / "sources") as replay:
        settings = Settings(data=tmp_path / "data", sources=replay.sources_dir, allow_hosts=replay.allow_hosts)
        pipeline.acquire("jiangling", FIRST_DAY, settings)
        source = load_sources(settings.sources)["jiangling"]
    made = [request for records in read_unit(source, FIRST_DAY, settings) for request in records.requests]
    assert {"robots", "list", "page"} <= {request.role for request in made}
    [refused] = [request for request in made if request.refused]
    assert refused.clause == "robots.txt: Disallow: /internal/"


def test_whoever_asks_next_waits_as_long_as_the_robots_txt_just_read_asks_for(
    sites: dict[str, Site], settings: Settings, make_source: Callable[..., Source]
) -> None:
    fetch(make_source(sites["moody"].url("/"), delay=0), DAY, [Candidate(sites["moody"].url("/a/8"))], settings)
    [robots, first] = requests_made("site", DAY, settings)
    assert (robots.delay, first.delay) == (0, 0.05)
    assert (first.started_at - robots.started_at).total_seconds() >= 0.05
