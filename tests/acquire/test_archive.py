"""The archive: readable by others, mended after a crash anywhere, and rebuilt from the WARC alone."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

from minsheng import disk
from minsheng.acquire import ledger, read_archive, warc
from minsheng.acquire.archive import Records, UnitArchive
from minsheng.acquire.body import BadBody
from minsheng.acquire.entry import Entry
from minsheng.acquire.reading import read_entries
from minsheng.settings import Settings

DAY = date(2024, 5, 20)
BODY = "<p>全县脱贫人口12345人</p>".encode("gb18030")


def visit(unit: UnitArchive, n: int, body: bytes = BODY, **fields: object) -> Entry:
    entry = Entry(
        role="page",
        url=f"http://h.cn/{n}.html",
        started_at=datetime(2024, 5, 20, 6, 0, n % 60, tzinfo=UTC),
        seconds=0.1,
        outcome="new",
        canonical_url=f"http://h.cn/{n}.html",
        http_status=200,
        sha256=hashlib.sha256(body).hexdigest(),
        payload_digest=warc.digest(body),
    )
    request = b"GET / HTTP/1.1\r\nHost: h.cn\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Odd: \xe9\r\n\r\n"
    return unit.append(entry.model_copy(update=fields), Records(request, head, body, "1.2.3.4", "http/1.1"))


@pytest.fixture
def settings(make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(lock_wait=0)


@pytest.fixture
def unit_folder(settings: Settings) -> Path:
    with UnitArchive("site", DAY, settings) as unit:
        for n in range(4):
            visit(unit, n)
        unit.append(Entry(role="page", url="http://h.cn/x", started_at=datetime.now(UTC), outcome="refused"))
    return settings.archive / "site" / "2024-05-20"


def warc_check(*files: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", *map(str, files)]
    assert subprocess.run(command, capture_output=True, text=True, check=False).stdout == ""
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    for file in files:
        for record in ArchiveIterator(file.open("rb"), parse_http=False):
            assert record.verify_block_digest() is True


def test_what_is_written_is_read_byte_for_byte(settings: Settings, unit_folder: Path) -> None:
    found = list(read_archive("site", DAY, settings))
    assert [page.url for page, _ in found] == [f"http://h.cn/{n}.html" for n in range(4)]
    assert {data for _, data in found} == {BODY}
    assert len(ledger("site", DAY, settings)) == 5
    with (settings.archive / str(found[0][0].warc_file)).open("rb") as file:
        assert file.seek(found[0][0].warc_offset or 0)
        record = next(iter(ArchiveIterator(file, parse_http=False)))
        assert b"X-Odd: \xe9\r\n" in record.reader.read()


def test_other_tools_read_it_without_complaint(unit_folder: Path) -> None:
    [file] = unit_folder.glob("*.warc.gz")
    warc_check(file)
    kinds = [r.record_type for r in ArchiveIterator(file.open("rb"), parse_http=True)]
    assert kinds.count(WarcRecordType.warcinfo) == 1
    assert kinds.count(WarcRecordType.request) == kinds.count(WarcRecordType.response) == 4
    assert kinds.count(WarcRecordType.metadata) == 5


def test_a_lost_ledger_is_rebuilt_from_the_warc_alone(settings: Settings, unit_folder: Path) -> None:
    before = read_entries("site", DAY, settings)
    (unit_folder / "ledger.jsonl").unlink()
    with UnitArchive("site", DAY, settings) as unit:
        assert unit.entries == before
    assert read_entries("site", DAY, settings) == before


def test_a_crash_at_any_byte_costs_the_torn_group_and_nothing_else(settings: Settings, unit_folder: Path) -> None:
    [file] = unit_folder.glob("*.warc.gz")
    whole, lines = file.read_bytes(), (unit_folder / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    ends = [e.end or 0 for e in read_entries("site", DAY, settings)]
    step = max(1, len(whole) // 150)
    for cut in {*range(0, len(whole), step), *ends, *(e - 1 for e in ends), *(e + 1 for e in ends[:-1])}:
        safe = sum(end <= cut for end in ends)
        for logged, torn in ((safe, b""), (max(safe - 1, 0), b""), (max(safe - 1, 0), lines[max(safe - 1, 0)][:30])):
            file.write_bytes(whole[:cut])
            (unit_folder / "ledger.jsonl").write_bytes(b"".join(lines[:logged]) + torn)
            with UnitArchive("site", DAY, settings) as unit:
                assert [e.end for e in unit.entries] == ends[:safe], cut
                visit(unit, 50)
            assert [p.url for p in ledger("site", DAY, settings)][-1] == "http://h.cn/50.html"
            assert len(list(read_archive("site", DAY, settings))) == min(safe, 4) + 1
    warc_check(file)


def test_a_file_that_has_grown_enough_is_followed_by_the_next(make_settings: Callable[..., Settings]) -> None:
    settings = make_settings(warc_bytes=2500)
    with UnitArchive("site", DAY, settings) as unit:
        for n in range(8):
            visit(unit, n)
    files = sorted((settings.archive / "site" / "2024-05-20").glob("*.warc.gz"))
    assert [f.name for f in files[:2]] == ["site-20240520-00000.warc.gz", "site-20240520-00001.warc.gz"]
    warc_check(*files)
    assert len(list(read_archive("site", DAY, settings))) == 8
    shutil.copy(settings.archive / "site" / "2024-05-20" / "ledger.jsonl", settings.data / "ledger.before")
    (settings.archive / "site" / "2024-05-20" / "ledger.jsonl").unlink()
    with UnitArchive("site", DAY, settings):
        pass
    assert (settings.archive / "site" / "2024-05-20" / "ledger.jsonl").read_bytes() == (
        settings.data / "ledger.before"
    ).read_bytes()


def test_a_payload_that_was_changed_behind_our_back_is_told(settings: Settings, unit_folder: Path) -> None:
    ledger_file = unit_folder / "ledger.jsonl"
    ledger_file.write_text(ledger_file.read_text().replace(hashlib.sha256(BODY).hexdigest(), "0" * 64))
    with pytest.raises(BadBody, match=r"site-20240520-00000\.warc\.gz at \d+ is not what was archived"):
        list(read_archive("site", DAY, settings))


def test_a_unit_is_written_by_one_run_at_a_time(settings: Settings) -> None:
    with (
        UnitArchive("site", DAY, settings),
        pytest.raises(disk.Busy, match="another run holds 2024-05-20 of site"),
        UnitArchive("site", DAY, settings),
    ):
        pass
    with UnitArchive("site", DAY, settings):
        pass


def test_a_write_that_fails_leaves_nothing_half_done(
    settings: Settings, unit_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [file] = unit_folder.glob("*.warc.gz")
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with UnitArchive("site", DAY, settings) as unit:
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(OSError, match="No space left"):
            visit(unit, 9)
    assert file.read_bytes() == before
