"""Foreign WARC files become units of our own archive, each page under the day it was captured on."""

from __future__ import annotations

import gzip
import io
import random
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from minsheng.acquire import Candidate, adopt, archived_units, fetch, further_pages, ledger, read_archive
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.entry import Entry
from minsheng.acquire.reading import read_entries
from minsheng.settings import Settings
from minsheng.sources import Source

from .hostile import DOOR, page, reply, serving
from .test_archive import warc_check

FIRST = "http://www.example.gov.cn/a/t20240520_1061267.shtml"
SECOND = "http://www.example.gov.cn/a/t20240520_1061268.shtml"
DAY, AT = date(2024, 5, 20), "2024-05-20T01:00:00Z"


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


def test_an_article_with_the_marks_of_a_door_is_taken_over(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    login = "<title>市民可人脸识别登录办事</title><form><input type=password></form><h1>市民可人脸识别登录办事</h1>"
    text = (
        f"<html>{login}<p>发布时间：2024-05-20</p><p>全县已有2300人在手机上办结了民生事项，满意度达到95.4%。</p></html>"
    )
    file = crawl(tmp_path / "a.warc.gz", (FIRST, AT, text.encode()))
    assert adopt([file], {"site": source}, make_settings()).records == {"new": 1}


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
        ("http://www.other.gov.cn/a/t20240520_1061267.shtml", "2024-05-20T17:00:00Z", b"<p>1</p>"),
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


def test_a_crawler_that_undid_the_encodings_and_kept_their_fields_is_understood(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings, plain = make_settings(), "<html><p>全县12人</p></html>".encode()
    undone = crawl(tmp_path / "a.warc.gz", (FIRST, AT, plain), **{"Content-Encoding": "gzip"})
    unchunked = crawl(tmp_path / "b.warc.gz", (SECOND, AT, plain), **{"Transfer-Encoding": "chunked"})
    done = adopt([undone, unchunked], {"site": source}, settings)
    assert done.records == {"new": 2}
    assert [data for _, data in read_archive("site", DAY, settings)] == [plain, plain]


def test_a_capture_whose_body_cannot_be_undone_costs_only_itself(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    odd = crawl(tmp_path / "a.warc.gz", (FIRST, AT, b"ZZ\r\n\x00\x01"), **{"Transfer-Encoding": "chunked"})
    fine = crawl(tmp_path / "b.warc.gz", (SECOND, AT, b"<p>2</p>"))
    done = adopt([odd, fine], {"site": source}, settings)
    assert (done.records, done.broken) == ({"unreadable": 1, "new": 1}, {})


def test_what_the_crawler_cut_short_is_left_out(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    file = crawl(tmp_path / "a.warc", (FIRST, AT, b"<p>1</p>"), compressed=False)
    file.write_bytes(file.read_bytes().replace(b"WARC-Payload-Digest:", b"WARC-Truncated: length\r\nX:"))
    done = adopt([file], {"site": source}, settings)
    assert (done.records, done.units) == ({"truncated": 1}, [])
    assert archived_units(settings) == []


def test_the_further_pages_of_an_article_come_with_it_and_are_no_articles(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    second, third = (FIRST.replace(".shtml", f"_{n}.shtml") for n in (1, 2))
    link = '<p>{}</p><a href="{}">下一页</a>'
    file = crawl(
        tmp_path / "a.warc.gz",
        (second, "2024-05-20T01:00:00Z", link.format("乙", third).encode()),
        (FIRST, "2024-05-20T01:00:01Z", link.format("甲", second).encode()),
        (SECOND, "2024-05-20T01:00:02Z", b"<p>b</p>"),
    )
    done = adopt([file], {"site": source}, settings)
    assert done.records == {"new": 2, "part": 1}
    assert [page.url for page in ledger("site", DAY, settings)] == [FIRST, SECOND]
    [(first, further)] = further_pages("site", DAY, settings).items()
    assert first == ledger("site", DAY, settings)[0].page_id
    assert [(p.url, p.outcome, p.error) for p in further] == [
        (second, "new", None),
        (third, "failed", "not among the captures of that day"),
    ]
    assert adopt([file], {"site": source}, settings).records == {"held": 2}
    again = (FIRST, "2024-05-20T03:00:00Z", link.format("甲", second).encode())
    rest = crawl(tmp_path / "b.warc.gz", (third, "2024-05-20T02:00:00Z", b"<p>c</p>"), again)
    assert adopt([rest], {"site": source}, settings).records == {"held": 1, "part": 1}
    [further] = further_pages("site", DAY, settings).values()
    assert [p.outcome for p in further] == ["new", "new"]
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))


def test_a_capture_fills_the_place_of_a_page_that_could_not_be_fetched(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    with UnitArchive("site", DAY, settings) as unit:
        unit.append(Entry(role="page", url=FIRST, started_at=datetime.now(UTC), outcome="failed", error="HTTP 502"))
    file = crawl(tmp_path / "a.warc.gz", (FIRST, AT, b"<p>1</p>"))
    assert adopt([file], {"site": source}, settings).records == {"new": 1}
    assert [page.outcome for page in ledger("site", DAY, settings)] == ["new"]
    assert adopt([file], {"site": source}, settings).records == {"held": 1}


def test_a_capture_is_compared_with_what_the_archive_holds_of_the_days_between(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    for day, body in ((21, b"<p>2</p>"), (20, b"<p>1</p>")):
        adopt(
            [crawl(tmp_path / f"{day}.warc.gz", (FIRST, f"2024-05-{day}T01:00:00Z", body))],
            {"site": source},
            settings,
        )
    later = crawl(tmp_path / "c.warc.gz", (SECOND, AT, b"<p>s</p>"), (FIRST, "2024-05-22T01:00:00Z", b"<p>2</p>"))
    assert adopt([later], {"site": source}, settings).records == {"new": 1, "unchanged": 1}


def test_only_the_days_wanted_are_taken(tmp_path: Path, source: Source, make_settings: Callable[..., Settings]) -> None:
    captures = [(FIRST, f"2024-05-{day}T01:00:00Z", b"<p>%d</p>" % day) for day in (20, 21, 22)]
    file = crawl(tmp_path / "a.warc.gz", *captures)
    done = adopt([file], {"site": source}, make_settings(), date(2024, 5, 21), date(2024, 5, 21))
    assert done.units == [("site", date(2024, 5, 21))]
    assert done.records == {"new": 1, "out_of_span": 2}


def test_a_unit_that_another_run_holds_does_not_cost_the_others(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings(lock_wait=0)
    file = crawl(tmp_path / "a.warc.gz", (FIRST, AT, b"<p>1</p>"), (SECOND, "2024-05-21T01:00:00Z", b"<p>2</p>"))
    with UnitArchive("site", DAY, settings):
        done = adopt([file], {"site": source}, settings)
    assert done.units == [("site", date(2024, 5, 21))]
    assert list(done.broken) == ["site 2024-05-20"]


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
    assert set(done.broken) == {str(file) for file in files[:3]}


@pytest.mark.parametrize("how", ["plain", "a member a record", "one member"])
def test_what_a_cut_off_file_ends_with_is_left_to_the_whole_file(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings], how: str
) -> None:
    settings = make_settings()
    first, second = random.Random(1).randbytes(400), random.Random(2).randbytes(4000)  # gzip makes them no smaller
    whole = crawl(tmp_path / "whole.warc", (FIRST, AT, first), (SECOND, AT, second), compressed="record" in how)
    if how == "one member":
        whole.write_bytes(gzip.compress(whole.read_bytes()))
    cut = tmp_path / "cut.warc"
    for missing in (4100, 2000, 300):
        cut.write_bytes(whole.read_bytes()[:-missing])
        done = adopt([cut], {"site": source}, settings)
        assert list(done.broken) == [str(cut)]
        assert [page_.url for page_ in ledger("site", DAY, settings)] == [FIRST]
    done = adopt([cut, whole], {"site": source}, settings)
    assert (done.records, list(done.broken)) == ({"held": 2, "new": 1}, [str(cut)])
    assert [data for _, data in read_archive("site", DAY, settings)] == [first, second]
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))


def test_a_file_cut_off_anywhere_gives_no_page_that_is_not_whole(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings, body = make_settings(), "<p>全县共收集问题11个</p>".encode()
    plain = crawl(tmp_path / "plain.warc", (FIRST, AT, body), compressed=False).read_bytes()
    packed = crawl(tmp_path / "packed.warc.gz", (FIRST, AT, body)).read_bytes()
    files = []
    for name, data in (("plain", plain), ("packed", packed), ("one", gzip.compress(plain))):
        for end in range(0, len(data) - 12, 7):  # what follows the last block is twelve bytes at most
            files.append(tmp_path / f"{name}-{end}.warc")
            files[-1].write_bytes(data[:end])
    done = adopt(files, {"site": source}, settings)
    assert (done.records, done.units, len(done.broken)) == ({}, [], len(files))


def test_an_answer_shorter_than_the_site_announced_is_left_out(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    short = crawl(tmp_path / "a.warc.gz", (FIRST, AT, b"<p>1</p>"), **{"Content-Length": "400"})
    undone = crawl(
        tmp_path / "b.warc.gz", (SECOND, AT, b"<p>2</p>"), **{"Content-Length": "400", "Content-Encoding": "gzip"}
    )
    assert adopt([short, undone], {"site": source}, settings).records == {"truncated": 1, "new": 1}


def test_a_file_gzipped_as_a_whole_is_read(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    packed, how = gzip.compress(b"<p>1</p>" * 9), {"Content-Encoding": "gzip"}
    file = crawl(tmp_path / "a.warc", (FIRST, AT, packed), (SECOND, AT, packed), compressed=False, **how)
    file.write_bytes(gzip.compress(file.read_bytes()))
    other = crawl(tmp_path / "b.warc.gz", (FIRST, "2024-05-21T01:00:00Z", b"<p>2</p>"))
    done = adopt([file, other], {"site": source}, settings)
    assert (done.records, done.broken) == ({"new": 2, "revised": 1}, {})
    assert [data for _, data in read_archive("site", DAY, settings)] == [b"<p>1</p>" * 9] * 2
    [line, _] = [entry for entry in read_entries("site", DAY, settings) if entry.role == "page"]
    assert str(line.note).startswith("adopted from a.warc <urn:uuid:")
    assert adopt([file], {"site": source}, settings).records == {"held": 2}


@pytest.mark.parametrize("at", ["yesterday", "2024-05-20 01:00:00", "9999-12-31T23:59:59Z"])
def test_a_record_without_a_day_costs_only_itself(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings], at: str
) -> None:
    file = crawl(tmp_path / "a.warc.gz", (FIRST, at, b"<p>1</p>"), (SECOND, AT, b"<p>2</p>"))
    done = adopt([file], {"site": source}, make_settings())
    assert (done.records, done.broken) == ({"unreadable": 1, "new": 1}, {})


def test_a_header_without_end_costs_only_its_record(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    file = tmp_path / "a.warc.gz"
    endless = crawl(file, (FIRST, AT, b"<p>1</p>"), **{"X-Long": "x" * 100_000}).read_bytes()
    file.write_bytes(endless + crawl(tmp_path / "b.warc.gz", (SECOND, AT, b"<p>2</p>")).read_bytes())
    done = adopt([file], {"site": source}, make_settings())
    assert (done.records, done.broken) == ({"unreadable": 1, "new": 1}, {})


def test_an_address_in_angle_brackets_is_that_address(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    file = crawl(tmp_path / "a.warc.gz", (f"<{FIRST}>", AT, b"<p>1</p>"))
    assert adopt([file], {"site": source}, settings).records == {"new": 1}
    assert [page_.url for page_ in ledger("site", DAY, settings)] == [FIRST]


def texts(settings: Settings, day: date = DAY) -> list[tuple[str, int, bytes]]:
    return [(p.outcome, p.revision, data) for p, data in read_archive("site", day, settings)]


def test_a_page_captured_twice_a_day_is_kept_twice_where_it_has_changed(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    file = crawl(
        tmp_path / "a.warc.gz",
        (FIRST, "2024-05-20T05:00:00Z", b"<p>1</p>"),
        (FIRST, "2024-05-20T03:00:00Z", b"<p>2</p>"),
        (FIRST, "2024-05-20T02:00:00Z", b"<p>1</p>"),
        (FIRST, AT, b"<p>1</p>"),
    )
    assert adopt([file], {"site": source}, settings).records == {"new": 1, "revised": 2, "held": 1}
    wanted = [("new", 1, b"<p>1</p>"), ("revised", 2, b"<p>2</p>"), ("revised", 3, b"<p>1</p>")]
    assert texts(settings) == wanted
    assert len({page_.page_id for page_ in ledger("site", DAY, settings)}) == 3
    assert adopt([file], {"site": source}, settings).records == {"held": 4}
    assert texts(settings) == wanted
    next_day = crawl(tmp_path / "b.warc.gz", (FIRST, "2024-05-21T01:00:00Z", b"<p>1</p>"))
    assert adopt([next_day], {"site": source}, settings).records == {"unchanged": 1}
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))


def test_an_earlier_capture_of_a_day_comes_with_a_later_file_and_the_latest_still_counts(
    tmp_path: Path, source: Source, make_settings: Callable[..., Settings]
) -> None:
    settings = make_settings()
    late = crawl(tmp_path / "a.warc.gz", (FIRST, "2024-05-20T05:00:00Z", b"<p>2</p>"))
    early = crawl(tmp_path / "b.warc.gz", (FIRST, AT, b"<p>1</p>"))
    assert adopt([late], {"site": source}, settings).records == {"new": 1}
    assert adopt([early], {"site": source}, settings).records == {"new": 1}
    assert [data for *_, data in texts(settings)] == [b"<p>2</p>", b"<p>1</p>"]
    assert len({revision for _, revision, _ in texts(settings)}) == 2
    next_day = crawl(tmp_path / "c.warc.gz", (FIRST, "2024-05-21T01:00:00Z", b"<p>2</p>"))
    assert adopt([next_day], {"site": source}, settings).records == {"unchanged": 1}


@tries(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    captures=st.lists(st.tuples(st.integers(0, 70), st.sampled_from("abc")), min_size=1, max_size=10),
    cuts=st.lists(st.integers(0, 10), max_size=3),
)
def test_no_text_of_a_page_is_lost_in_whatever_files_its_captures_come(
    tmp_path: Path,
    source: Source,
    make_settings: Callable[..., Settings],
    captures: list[tuple[int, str]],
    cuts: list[int],
) -> None:
    root = tmp_path / uuid.uuid4().hex
    root.mkdir()
    settings = make_settings().model_copy(update={"data": root / "data"})
    ends = [0, *sorted(cuts), len(captures)]
    files = []
    moments = [
        f"{datetime(2024, 5, 20, tzinfo=UTC) + timedelta(hours=hour):%Y-%m-%dT%H:%M:%SZ}" for hour, _ in captures
    ]
    for start, end in pairwise(ends):
        told = [(FIRST, at, text.encode()) for at, (_, text) in zip(moments, captures, strict=True)]
        files.append(crawl(root / f"{len(files)}.warc.gz", *told[start:end]))
        adopt(files[-1:], {"site": source}, settings)

    def kept() -> list[bytes]:
        return [data for _, day in archived_units(settings) for *_, data in texts(settings, day)]

    assert {text.encode() for _, text in captures} <= set(kept())
    if not cuts:
        assert adopt(files, {"site": source}, settings).records == {"held": len(captures)}
    adopt(files, {"site": source}, settings)  # what a page went back to may come with the file that says so
    before = kept()
    assert adopt(files, {"site": source}, settings).records == {"held": len(captures)}
    assert kept() == before


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
