"""A ledger that is lost or damaged costs a reader nothing: the WARC files tell it; where they cannot, it is named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from minsheng.acquire import archived_units, ledger, read_archive, strays
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.finding import find
from minsheng.acquire.reading import read_entries, units_before
from minsheng.cli import main
from minsheng.settings import Settings

from .test_archive import DAY, visit
from .test_finding import answers, call, settings, site, text  # noqa: F401 (fixtures)

NEXT = date(2024, 5, 21)


@pytest.fixture
def own(make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(lock_wait=0, warc_bytes=2500)


@pytest.fixture
def unit(own: Settings) -> Path:
    """Eight pages in several WARC files."""
    with UnitArchive("site", DAY, own) as archive:
        for n in range(8):
            visit(archive, n)
    return own.archive / "site" / "2024-05-20"


def damage(file: Path, old: bytes, new: bytes, line: int) -> None:
    lines = file.read_bytes().splitlines(keepends=True)
    assert old in lines[line]
    lines[line] = lines[line].replace(old, new, 1)
    file.write_bytes(b"".join(lines))


@pytest.mark.parametrize("line", [0, 3, 7])
def test_a_damaged_line_is_read_from_the_warc_files(own: Settings, unit: Path, line: int) -> None:
    before = read_entries("site", DAY, own)
    damage(unit / "ledger.jsonl", b'"role"', b'"rXle"', line)
    changed = (unit / "ledger.jsonl").read_bytes()
    assert read_entries("site", DAY, own) == before
    assert len(list(read_archive("site", DAY, own))) == 8
    assert (unit / "ledger.jsonl").read_bytes() == changed, "who reads, writes nothing"
    with UnitArchive("site", DAY, own) as archive:
        assert archive.entries == before
    assert b"rXle" not in (unit / "ledger.jsonl").read_bytes()


def test_a_page_whose_line_is_damaged_is_found(own: Settings, unit: Path) -> None:
    damage(unit / "ledger.jsonl", b'"role"', b'"rXle"', 3)
    assert [c.entry.url for c in find("http://h.cn/3.html", own)] == ["http://h.cn/3.html"]


@pytest.mark.parametrize("left", [None, b""])
def test_a_unit_without_its_ledger_is_read_like_any_other(own: Settings, unit: Path, left: bytes | None) -> None:
    before = ledger("site", DAY, own)
    (unit / "ledger.jsonl").unlink()
    if left is not None:
        (unit / "ledger.jsonl").write_bytes(left)
    assert archived_units(own) == [("site", DAY)]
    assert units_before("site", NEXT, own) == [DAY]
    assert ledger("site", DAY, own) == before
    assert len(find("http://h.cn/5.html", own)) == 1


def test_a_ledger_that_was_cut_short_is_read_on_in_the_warc_files(own: Settings, unit: Path) -> None:
    before, lines = read_entries("site", DAY, own), (unit / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    for left in (lines[:5], [*lines[:5], lines[5][:40]], lines[:7]):
        (unit / "ledger.jsonl").write_bytes(b"".join(left))
        assert read_entries("site", DAY, own) == before


def test_damage_in_both_is_named_and_nothing_is_cut_off(own: Settings, unit: Path) -> None:
    second = sorted(unit.glob("*.warc.gz"))[1]
    whole = second.read_bytes()
    middle = len(whole) // 3
    second.write_bytes(whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :])
    assert len(read_entries("site", DAY, own)) == 8, "the ledger tells all there is"
    (unit / "ledger.jsonl").rename(unit / "kept")
    damaged = second.read_bytes()
    said = r"ledger\.jsonl is lost or damaged, and so is .*site-20240520-00001\.warc\.gz at \d+: put back a copy"
    with pytest.raises(OSError, match=said):
        read_entries("site", DAY, own)
    with pytest.raises(OSError, match=said), UnitArchive("site", DAY, own):
        pass
    assert second.read_bytes() == damaged
    (unit / "kept").rename(unit / "ledger.jsonl")
    assert len(read_entries("site", DAY, own)) == 8


@pytest.mark.parametrize("line", [0, 7])
def test_a_damaged_line_that_no_warc_file_tells_is_named(own: Settings, unit: Path, line: int) -> None:
    damage(unit / "ledger.jsonl", b'"role"', b'"rXle"', line)
    sorted(unit.glob("*.warc.gz"))[-1].unlink()
    kept = (unit / "ledger.jsonl").read_bytes()
    with pytest.raises(OSError, match=rf"ledger\.jsonl is damaged in line {line + 1}, and the WARC files lack"):
        read_entries("site", DAY, own)
    with pytest.raises(OSError, match="the WARC files lack"), UnitArchive("site", DAY, own):
        pass
    assert (unit / "ledger.jsonl").read_bytes() == kept


def test_a_torn_record_at_the_end_is_no_damage_though_its_body_holds_gzip(own: Settings) -> None:
    import gzip
    import random

    chance = random.Random(1)
    inner = gzip.compress(chance.randbytes(3000), mtime=0)
    body = chance.randbytes(90_000) + inner + chance.randbytes(90_000)  # does not get shorter: stands in the file as is
    with UnitArchive("site", DAY, own) as archive:
        visit(archive, 0)
        visit(archive, 1, body)
    folder = own.archive / "site" / "2024-05-20"
    [file] = folder.glob("*.warc.gz")
    assert inner in file.read_bytes()
    file.write_bytes(file.read_bytes()[:-4])
    (folder / "ledger.jsonl").unlink()
    assert [entry.url for entry in read_entries("site", DAY, own)] == ["http://h.cn/0.html"]


def test_find_names_the_unit_that_cannot_be_read_and_tells_of_the_others(
    site: object,  # noqa: F811
    answers: dict[str, bytes],  # noqa: F811
    settings: Settings,  # noqa: F811
) -> None:
    for day in (DAY, NEXT):
        with UnitArchive("site", day, settings) as archive:
            for n in range(3):
                visit(archive, n)
    [file] = (settings.archive / "site" / "2024-05-20").glob("*.warc.gz")
    file.write_bytes(file.read_bytes()[:700] + b"\xff" * 9 + file.read_bytes()[709:])
    (file.parent / "ledger.jsonl").unlink()
    told = call("http://h.cn/1.html")
    assert told.exit_code == 1
    assert "2024-05-21" in told.stdout
    assert "minsheng: site 2024-05-20: not read: " in told.stderr


def test_a_folder_that_is_no_day_is_passed_over(own: Settings, unit: Path, tmp_path: Path) -> None:
    for name in ("2024-05-20.bak", "20240521", "notes"):
        (unit.parent / name).mkdir()
    (unit.parent / "2024-05-20.bak" / "ledger.jsonl").write_bytes((unit / "ledger.jsonl").read_bytes())
    assert archived_units(own) == [("site", DAY)]
    assert units_before("site", NEXT, own) == [DAY]
    assert [capture.logical_date for capture in find("http://h.cn/1.html", own)] == [DAY]
    assert strays(own) == [unit.parent / "2024-05-20.bak"]
    told = CliRunner().invoke(main, ["reprocess"], env={"MINSHENG_DATA": str(own.data)})
    assert "2024-05-20.bak: passed over: its name is no day" in told.stderr
