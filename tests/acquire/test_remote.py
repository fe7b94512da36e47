"""An archive at an fsspec address: any machine reads and continues it, no crash between two of them costs a record."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import fsspec
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from minsheng import pipeline
from minsheng.acquire import archived_units, ledger, payload, read_archive, remote
from minsheng.acquire.archive import UnitArchive
from minsheng.acquire.reading import salvage, units_before
from minsheng.extraction import read_unit
from minsheng.settings import Settings, get_settings
from minsheng.sources import load_sources
from replay import FIRST_DAY, serve

from .hostile import page, reply, serving
from .test_archive import BODY, DAY, visit, warc_check

Machine = Callable[[str], Settings]


@pytest.fixture(params=["memory", "file"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"memory://{uuid.uuid4()}/archive" if request.param == "memory" else f"file://{tmp_path}/store/archive"


@pytest.fixture
def machine(address: str, tmp_path: Path, make_settings: Callable[..., Settings]) -> Machine:
    """The settings of a machine by its name: a disk of its own, the archive at the common address."""

    def make(name: str) -> Settings:
        return make_settings(archive_at=address).model_copy(update={"data": tmp_path / name})

    return make


def write(settings: Settings, *numbers: int, handed_over: bool = True) -> None:
    """Visits appended to the unit; a machine that dies before it hands the unit over leaves them on its disk."""
    with pytest.MonkeyPatch.context() as patch:
        if not handed_over:
            patch.setattr(remote, "push", lambda *_: None)
        with UnitArchive("site", DAY, settings) as unit:
            for n in numbers:
                if f"http://h.cn/{n}.html" not in unit.pages:
                    visit(unit, n)


def numbers(settings: Settings) -> list[int]:
    return [int(found.url.split("/")[-1].removesuffix(".html")) for found, _ in read_archive("site", DAY, settings)]


def files(address: str) -> dict[str, bytes]:
    fs, root = fsspec.url_to_fs(address)
    return {name.split("/")[-1]: fs.cat_file(name) for name in fs.find(root)}


def check(address: str, folder: Path) -> None:
    """Other tools read what lies at the address without complaint."""
    folder.mkdir()
    for name, data in files(address).items():
        if name.endswith(".warc.gz"):
            (folder / name).write_bytes(data)
            warc_check(folder / name)


def test_what_one_machine_archives_every_other_reads(machine: Machine) -> None:
    write(machine("one"), 1, 2)
    other = machine("other")
    assert archived_units(other) == [("site", DAY)]
    assert units_before("site", date(2024, 5, 21), machine("third")) == [DAY]
    assert ledger("site", DAY, machine("fourth")) == ledger("site", DAY, machine("one"))
    assert [data for _, data in read_archive("site", DAY, other)] == [BODY, BODY]


def test_another_machine_goes_on_with_the_unit_and_the_first_sees_it(
    machine: Machine, address: str, tmp_path: Path
) -> None:
    write(machine("one"), 1, 2)
    write(machine("other"), 1, 2, 3)
    assert numbers(machine("one")) == [1, 2, 3]
    write(machine("one"), 4)
    assert numbers(machine("other")) == numbers(machine("third")) == [1, 2, 3, 4]
    assert sorted(files(address)) == ["ledger.jsonl", "site-20240520-00000.warc.gz"]
    check(address, tmp_path / "checked")


def test_rotated_files_are_all_there_when_another_goes_on(machine: Machine, address: str, tmp_path: Path) -> None:
    def small(name: str) -> Settings:
        return machine(name).model_copy(update={"warc_bytes": 2500})

    write(small("one"), *range(6))
    write(small("other"), *range(9))
    assert numbers(machine("third")) == list(range(9))
    assert len(files(address)) > 3
    check(address, tmp_path / "checked")


def test_what_could_not_be_handed_over_is_when_the_unit_is_opened_next(machine: Machine, address: str) -> None:
    write(machine("one"), 1)
    write(machine("one"), 2, handed_over=False)
    assert numbers(machine("one")) == [1, 2], "it is safe on its own disk"
    assert numbers(machine("other")) == [1]
    write(machine("one"))
    assert numbers(machine("other")) == [1, 2]


def test_where_another_went_on_meanwhile_what_was_not_handed_over_is_set_aside(machine: Machine) -> None:
    one = machine("one")
    write(one, 1)
    write(one, 2, 3, handed_over=False)
    write(machine("other"), 4)
    write(one, 5)
    assert numbers(one) == numbers(machine("other")) == [1, 4, 5]
    [kept] = one.archive.glob("site/*/aside-0/*.warc.gz")
    warc_check(kept)
    assert b"http://h.cn/3.html" in (kept.parent / "ledger.jsonl").read_bytes()


def test_a_ledger_that_is_lost_at_the_address_or_damaged_costs_no_reader_a_page(machine: Machine, address: str) -> None:
    write(machine("one"), 1, 2, 3)
    fs, root = fsspec.url_to_fs(address)
    name = f"{root}/site/2024-05-20/ledger.jsonl"
    whole = fs.cat_file(name)
    local = machine("other")
    assert numbers(local) == [1, 2, 3]
    (local.archive / "site/2024-05-20/ledger.jsonl").write_bytes(whole.replace(b'"role"', b'"rXle"', 2))
    for file in (local.archive / "site/2024-05-20").glob("*.warc.gz"):
        file.unlink()
    assert numbers(local) == [1, 2, 3], "damaged here"
    fs.pipe_file(name, whole.replace(b'"role"', b'"rXle"', 2))
    assert numbers(machine("third")) == [1, 2, 3], "damaged there"
    fs.rm_file(name)
    assert archived_units(machine("fourth")) == [("site", DAY)], "lost there"
    assert numbers(machine("fourth")) == [1, 2, 3]


def test_local_copies_may_be_deleted(machine: Machine) -> None:
    write(machine("one"), 1)
    for path in machine("one").archive.rglob("*.*"):
        if path.is_file():
            path.unlink()
    assert numbers(machine("one")) == [1]
    write(machine("one"), 2)
    assert numbers(machine("one")) == [1, 2]


def test_an_address_that_cannot_be_reached_is_named_and_nothing_is_lost(
    machine: Machine, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = machine("one")
    write(one, 1)

    def unreachable(*_: object, **__: object) -> None:
        raise TimeoutError("no route to the store")

    fs, _ = fsspec.url_to_fs(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(fs), "put_file", unreachable)
        with pytest.raises(OSError, match=f"the archive at {address}: TimeoutError: no route to the store"):
            write(one, 2)
    assert numbers(one) == [1, 2]
    [first, _] = ledger("site", DAY, one)
    other = machine("other")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(fs), "get_file", unreachable)
        with pytest.raises(OSError, match="no route to the store"):
            salvage(first, other)  # says nothing about the page: it is not taken for damaged
        with pytest.raises(OSError, match="no route to the store"):
            UnitArchive("site", DAY, other).__enter__()
    write(one)
    assert payload(first, other) == BODY


@tries(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("abc"), st.lists(st.integers(0, 20), max_size=4), st.booleans()), max_size=8))
def test_whoever_writes_and_dies_when_no_record_is_lost(
    make_settings: Callable[..., Settings], tmp_path: Path, turns: list[tuple[str, list[int], bool]]
) -> None:
    address, root = f"memory://{uuid.uuid4()}", tmp_path / uuid.uuid4().hex
    machines = {name: make_settings(archive_at=address).model_copy(update={"data": root / name}) for name in "abcz"}
    safe: set[int] = set()
    for name, wanted, handed_over in turns:
        write(machines[name], *wanted, handed_over=handed_over)
        if handed_over:
            safe |= set(wanted)
    at_address = numbers(machines["z"])
    assert len(set(at_address)) == len(at_address)
    assert safe <= set(at_address)
    on_disks = b"".join(p.read_bytes() for p in root.rglob("ledger.jsonl"))
    assert all(b"/%d.html" % n in on_disks for _, wanted, _ in turns for n in wanted)


def test_a_day_is_fetched_on_one_machine_and_read_on_another(address: str, tmp_path: Path) -> None:
    with serve(tmp_path / "sources") as replay:
        common = {"sources": replay.sources_dir, "allow_hosts": replay.allow_hosts, "archive_at": address}
        fetched = pipeline.acquire("jiangling", FIRST_DAY, Settings(data=tmp_path / "one", **common))
        source = load_sources(replay.sources_dir)["jiangling"]
    read, here = (list(read_unit(source, FIRST_DAY, Settings(data=tmp_path / m, **common))) for m in ("other", "one"))
    assert sum(len(records.articles) for records in read) == fetched["new"]
    assert read == here


def test_two_may_fetch_a_file_at_once_and_what_cannot_be_fetched_leaves_nothing(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=30)

    class Store:
        def get_file(self, name: str, to: str) -> None:
            Path(to).write_bytes(b"record")
            if name == "lost":
                raise OSError("the connection broke")
            both.wait()  # neither has renamed its draft when the other's is written

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: remote._get(Store(), "found", tmp_path / "a.warc.gz"), range(2)))
    with pytest.raises(OSError, match="broke"):
        remote._get(Store(), "lost", tmp_path / "b.warc.gz")
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.warc.gz": b"record"}


def test_a_folder_is_the_archive_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINSHENG_ARCHIVE", str(tmp_path / "elsewhere"))
    settings = Settings(data=tmp_path / "data")
    write(settings, 1)
    assert settings.archive == tmp_path / "elsewhere"
    assert numbers(settings) == [1]
    assert not (tmp_path / "data" / "archive").exists()


def test_a_page_asked_for_once_does_not_go_into_the_archive(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving({"site": page(reply(b"<p>1</p>"))}) as sites:
        monkeypatch.setenv("MINSHENG_ARCHIVE", address)
        monkeypatch.setenv("MINSHENG_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", f'["{sites["site"].host}"]')
        get_settings.cache_clear()
        pipeline.fetch_one(sites["site"].url())
        get_settings.cache_clear()
        assert "/a/t20240520_1.html" in [request.path for request in sites["site"].log]
    assert files(address) == {}
