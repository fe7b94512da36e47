"""Foreign WARC files become units of our own archive, each page under the day it was captured on."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minsheng.acquire import Candidate, adopt, archived_units, fetch, ledger, read_archive
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import DOOR, page, reply, serving
from .test_archive import warc_check

FIRST = "http://www.example.gov.cn/a/t20240520_1.shtml"
SECOND = "http://www.example.gov.cn/a/t20240520_2.shtml"


@pytest.fixture
def source(make_source: Callable[..., Source]) -> Source:
    return make_source("http://www.example.gov.cn/")


def crawl(file: Path, *captures: tuple[str, str, bytes], compressed: bool = True, **fields: str) -> Path:
    """A WARC file as another crawler writes it: (address, moment, body)."""
    with file.open("wb") as stream:
        writer = WARCWriter(stream, gzip=compressed)
        writer.write_record(writer.create_warcinfo_record(file.name, {"software": "another"}))
        for url, at, body in captures:
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *fields.items()], protocol="HTTP/1.1")
            dated = {"WARC-Date": at}
            record = writer.create_warc_record(
                url, "response", payload=io.BytesIO(body), http_headers=head, warc_headers_dict=dated
            )
            request = writer.create_warc_record(url, "request", http_headers=StatusAndHeaders("GET / HTTP/1.1", []))
            writer.write_record(request)
            writer.write_record(record)
    return file


def test_pages_of_known_sources_go_under_the_shanghai_day_of_their_capture(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    later = crawl(
        tmp_path / "b.warc.gz",
        (FIRST, "2024-05-22T01:00:00Z", b"<p>2</p>"),
        (SECOND, "2024-05-22T01:00:01Z", b"<p>b</p>"),
    )
    early = crawl(
        tmp_path / "a.warc",
        (FIRST, "2024-05-20T17:00:00Z", b"<p>1</p>"),
        (SECOND, "2024-05-20T15:00:00Z", b"<p>b</p>"),
        ("http://www.other.gov.cn/a/t20240520_1.shtml", "2024-05-20T17:00:00Z", b"<p>1</p>"),
        ("http://www.example.gov.cn/about.html", "2024-05-20T17:00:00Z", b"<p>1</p>"),
        ("http://www.example.gov.cn/a/t20240520_3.shtml", "2024-05-20T17:00:00Z", DOOR),
        compressed=False,
    )
    done = adopt([later, early], {"site": source}, settings)
    assert done.units == archived_units(settings) == [("site", date(2024, 5, d)) for d in (20, 21, 22)]
    assert done.records == {"new": 2, "revised": 1, "unchanged": 1, "foreign": 1, "no_article": 1, "blocked": 1}
    assert not done.broken
    read = {day: [(p.url, p.revision, d) for p, d in read_archive("site", day, settings)] for _, day in done.units}
    assert list(read.values()) == [[(SECOND, 1, b"<p>b</p>")], [(FIRST, 1, b"<p>1</p>")], [(FIRST, 2, b"<p>2</p>")]]
    [page_] = ledger("site", date(2024, 5, 21), settings)
    assert page_.fetched_at.isoformat() == "2024-05-20T17:00:00+00:00"
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))


def test_doing_it_again_adds_nothing(tmp_path: Path, source: Source, make_settings: Callable[..., Settings]) -> None:
    settings = make_settings()
    file = crawl(tmp_path / "a.warc.gz", (FIRST, "2024-05-20T01:00:00Z", b"<p>1</p>"))
    adopt([file], {"site": source}, settings)
    before = ledger("site", date(2024, 5, 20), settings)
    assert adopt([file], {"site": source}, settings).records == {"held": 1}
    assert ledger("site", date(2024, 5, 20), settings) == before


def test_encodings_are_undone(tmp_path: Path, source: Source, make_settings: Callable[..., Settings]) -> None:
    settings = make_settings()
    packed = gzip.compress("<p>全县12人</p>".encode())
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    how = {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
    adopt([crawl(tmp_path / "a.warc.gz", (FIRST, "2024-05-20T01:00:00Z", chunked), **how)], {"site": source}, settings)
    assert [data.decode() for _, data in read_archive("site", date(2024, 5, 20), settings)] == ["<p>全县12人</p>"]
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))


@pytest.mark.parametrize("damage", [b"", b"no warc at all", b"\x1f\x8b\x08\x00rubbish"])
def test_a_broken_file_does_not_cost_the_others(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings], damage: bytes
) -> None:
    settings = make_settings()
    good = crawl(tmp_path / "good.warc.gz", (FIRST, "2024-05-20T01:00:00Z", b"<p>1</p>"))
    torn = crawl(
        tmp_path / "torn.warc.gz",
        (SECOND, "2024-05-20T01:00:00Z", b"<p>2</p>" * 100),
        (FIRST, "2024-05-21T01:00:00Z", b"x"),
    )
    torn.write_bytes(torn.read_bytes()[:-200])
    (tmp_path / "bad.warc.gz").write_bytes(damage)
    files = [tmp_path / "missing.warc.gz", tmp_path / "bad.warc.gz", torn, good]
    done = adopt(files, {"site": source}, settings)
    assert done.records["new"] == 2
    assert set(done.broken) == {str(files[0]), str(files[1])}


def test_an_adopted_page_is_what_the_next_visit_compares_with(
    tmp_path: Path, make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    with serving({"site": page(reply(b"<p>1</p>"))}) as sites:
        site = sites["site"]
        source, settings = make_source(site.url("/")), make_settings(site.host)
        adopt(
            [crawl(tmp_path / "a.warc.gz", (site.url(), "2024-05-20T01:00:00Z", b"<p>1</p>"))],
            {"site": source},
            settings,
        )
        [found] = fetch(source, date(2024, 5, 21), [Candidate(site.url())], settings)
        assert found.outcome == "unchanged"
        warc_check(*settings.archive.glob("site/*/*.warc.gz"))
