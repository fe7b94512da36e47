"""Landing: a unit's rows are replaced as a whole, and nobody else's."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from minsheng import disk
from minsheng.contracts import Article, arrow_schema
from minsheng.settings import Settings
from minsheng.warehouse import (
    LandingError,
    UnitShards,
    WarehouseError,
    connect_writer,
    land,
    land_sources,
    write_shards,
)
from minsheng.warehouse.shards import ROW_GROUP, TABLES, shards_of

from .records import DAY, NEXT_DAY, SITES, article, figures, lost, page, requests


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, lock_wait=0.5)


def shard(source_id: str, day, settings: Settings, **changes: object) -> Article:
    visit = page(source_id, "park.html", day)
    read = article(visit, **changes)
    write_shards(
        source_id,
        day,
        pages=[visit],
        articles=[read],
        observations=figures(read),
        outcomes=[lost(source_id, day)],
        requests=requests(source_id, day),
        settings=settings,
    )
    return read


def rows(settings: Settings, sql: str) -> list[tuple]:
    with connect_writer(settings) as connection:
        return connection.execute(sql).fetchall()


def test_shards_hold_the_contract_under_a_partition_of_the_unit(settings: Settings) -> None:
    shard("jia", DAY, settings)
    for name, record in TABLES.items():
        [file] = (settings.landing / name / "source_id=jia" / "logical_date=2024-05-20").iterdir()
        assert pq.read_schema(file).equals(arrow_schema(record))


def test_every_value_comes_back_from_the_raw_schema_as_it_was(settings: Settings) -> None:
    read = shard("jia", DAY, settings)
    assert land([("jia", DAY)], settings).rows == {
        "pages": 1,
        "articles": 1,
        "observations": 3,
        "outcomes": 1,
        "requests": 4,
    }
    [(published, authors, repairs, bands, rejected)] = rows(
        settings, "SELECT published_at, authors, repairs, bands, rejected FROM raw.articles"
    )
    assert published == read.published_at
    assert (authors, bands, rejected) == ([], [101, 102, 103], {"date": 2})
    assert repairs == [{"kind": "pinyin", "char_start": 0, "char_end": 2, "original": "截(jié)至"}]
    values = rows(settings, "SELECT value FROM raw.observations ORDER BY n")
    assert [value for (value,) in values] == [figure.value for figure in figures(read)]


def test_landing_a_unit_again_replaces_its_rows_and_nobody_elses(settings: Settings) -> None:
    for source_id, day in [("jia", DAY), ("jia", NEXT_DAY), ("yi", DAY)]:
        shard(source_id, day, settings)
    land([("jia", DAY), ("jia", NEXT_DAY), ("yi", DAY)], settings)
    shard("jia", DAY, settings, title="口袋公园开门迎客")
    land([("jia", DAY)], settings)
    found = rows(settings, "SELECT source_id, logical_date, title FROM raw.articles ORDER BY ALL")
    assert found == [
        ("jia", DAY, "口袋公园开门迎客"),
        ("jia", NEXT_DAY, "口袋公园开园"),
        ("yi", DAY, "口袋公园开园"),
    ]


def test_running_a_unit_twice_gives_the_same_files_and_the_same_rows(settings: Settings) -> None:
    shard("jia", DAY, settings)
    land([("jia", DAY)], settings)
    files, before = sorted(settings.landing.rglob("*.*")), rows(settings, "FROM raw.observations ORDER BY n")
    shard("jia", DAY, settings)
    land([("jia", DAY), ("jia", DAY)], settings)
    assert sorted(settings.landing.rglob("*.*")) == files
    assert rows(settings, "FROM raw.observations ORDER BY n") == before


def test_a_unit_that_became_empty_loses_its_rows(settings: Settings) -> None:
    shard("jia", DAY, settings)
    land([("jia", DAY)], settings)
    write_shards("jia", DAY, settings=settings)
    assert land([("jia", DAY)], settings).rows["observations"] == 0
    assert rows(settings, "SELECT count(*) FROM raw.observations") == [(0,)]


def test_a_unit_without_shards_keeps_its_rows_and_is_named(settings: Settings) -> None:
    assert land([("jia", DAY)], settings).missing == [("jia", DAY)]


def test_a_record_of_another_unit_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="Page of yi 2024-05-20 among those of jia 2024-05-20"):
        write_shards("jia", DAY, pages=[page("yi", "x.html")], settings=settings)


def test_a_record_without_unit_gets_the_units(settings: Settings) -> None:
    read = article(page("jia", "park.html"))
    write_shards("jia", DAY, articles=[replace(read, source_id="", logical_date=None)], settings=settings)
    land([("jia", DAY)], settings)
    assert rows(settings, "SELECT source_id, logical_date FROM raw.articles") == [("jia", DAY)]


def test_a_run_that_dies_between_its_shards_leaves_the_earlier_ones_in_force(settings: Settings, monkeypatch) -> None:
    shard("jia", DAY, settings)
    whole = Path.replace

    def die_at_the_manifest(self: Path, target: Path) -> Path:
        if target.name == "manifest.json":
            raise KeyboardInterrupt
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", die_at_the_manifest)
    with pytest.raises(KeyboardInterrupt):
        shard("jia", DAY, settings, title="半截")
    monkeypatch.undo()
    land([("jia", DAY)], settings)
    assert rows(settings, "SELECT title FROM raw.articles") == [("口袋公园开园",)]


def test_a_draft_that_another_process_may_be_writing_is_left_and_one_of_a_dead_process_swept(
    settings: Settings,
) -> None:
    shard("jia", DAY, settings)
    folder = settings.landing / "articles" / "source_id=jia" / "logical_date=2024-05-20"
    live, stale = folder / "0123.parquet.1.part", folder / "4567.parquet.2.part"
    for draft in (live, stale):
        draft.write_bytes(b"half")
    os.utime(stale, (time.time() - 2 * 3600,) * 2)
    shard("jia", DAY, settings, title="口袋公园开门迎客")
    assert live.exists()
    assert not stale.exists()
    assert len(list(folder.glob("*.parquet"))) == 1


def test_a_unit_that_two_threads_write_is_that_of_the_last_to_end(settings: Settings) -> None:
    with UnitShards("jia", DAY, settings) as shards:
        shards.add({"pages": [page("jia", f"{n}.html") for n in range(ROW_GROUP)]})  # enough for a draft to be there
        other = threading.Thread(target=shard, args=("jia", DAY, settings))
        other.start()
        other.join()
        assert land([("jia", DAY)], settings).rows["pages"] == 1
    assert land([("jia", DAY)], settings).rows["pages"] == ROW_GROUP


def test_a_writer_that_ends_while_another_puts_its_shards_in_place_waits_for_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    patient, whole = settings.model_copy(update={"lock_wait": 30}), disk.replace
    other = threading.Thread(target=shard, args=("jia", DAY, patient), kwargs={"title": "口袋公园开门迎客"})

    def replace_late(path: Path, data: bytes) -> None:
        if other.ident is None:
            other.start()
            other.join(1)  # in vain, where it waits
        whole(path, data)

    monkeypatch.setattr(disk, "replace", replace_late)
    shard("jia", DAY, patient)
    other.join()
    assert all(file.exists() for file in shards_of(("jia", DAY), patient).values())
    land([("jia", DAY)], patient)
    assert rows(settings, "SELECT title FROM raw.articles") == [("口袋公园开门迎客",)]


def test_the_names_of_shards_are_on_the_disk_before_the_manifest_says_them(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: dict[Path, list[str]] = {}
    whole = disk.sync

    def sync(path: Path) -> None:
        if path.is_dir():
            synced[path] = sorted(file.name for file in path.iterdir())
        whole(path)

    monkeypatch.setattr(disk, "sync", sync)
    files = write_shards("jia", DAY, settings=settings)
    assert list(synced.values())[:-1] == [[file.name] for file in files.values()]
    assert list(synced.values())[-1] == [".lock", "manifest.json"]


def test_a_unit_larger_than_what_is_held_in_memory_is_written_as_one(settings: Settings) -> None:
    reports = [article(page("jia", f"{n}.html")) for n in range(ROW_GROUP + 1)]
    held = 0
    with UnitShards("jia", DAY, settings) as shards:
        for report in reports:
            shards.add({"articles": [report], "observations": figures(report)})
            held = max(held, *(len(shard._rows) for shard in shards._shards.values()))
    assert held < ROW_GROUP
    assert shards.rows == {"articles": ROW_GROUP + 1, "observations": 3 * (ROW_GROUP + 1)}
    assert land([("jia", DAY)], settings).rows["observations"] == 3 * (ROW_GROUP + 1)
    found = rows(settings, "SELECT count(DISTINCT article_id) FROM raw.articles")
    assert found == [(ROW_GROUP + 1,)]


def test_an_error_while_a_unit_is_written_leaves_the_earlier_shards_and_no_draft(settings: Settings) -> None:
    shard("jia", DAY, settings)
    files = sorted(settings.landing.rglob("*.*"))

    def written_half() -> None:
        with UnitShards("jia", DAY, settings) as shards:
            shards.add({"pages": [page("jia", f"{n}.html") for n in range(ROW_GROUP)]})
            raise OSError("the archive cannot be reached")

    with pytest.raises(OSError, match="cannot be reached"):
        written_half()
    assert sorted(settings.landing.rglob("*.*")) == files
    assert land([("jia", DAY)], settings).rows["pages"] == 1


def test_a_disk_that_is_full_leaves_no_draft_of_any_table(settings: Settings) -> None:
    shard("jia", DAY, settings)
    files = sorted(settings.landing.rglob("*.*"))
    report = article(page("jia", "park.html"))
    many = {"pages": [page("jia", f"{n}.html") for n in range(ROW_GROUP)], "articles": [report] * ROW_GROUP}

    def written_until_full() -> None:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        try:
            with UnitShards("jia", DAY, settings) as shards:
                shards.add(many)  # a row group of each: drafts that closing still adds to
                resource.setrlimit(resource.RLIMIT_FSIZE, (1, limits[1]))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    with pytest.raises(OSError, match="File too large"):
        written_until_full()
    assert sorted(settings.landing.rglob("*.*")) == files


def test_a_manifest_that_is_damaged_is_one_line_that_names_the_unit(settings: Settings) -> None:
    shard("jia", DAY, settings)
    [manifest] = settings.landing.rglob("manifest.json")
    manifest.write_bytes(b"")
    with pytest.raises(LandingError, match="the manifest of jia 2024-05-20 is damaged"):
        land([("jia", DAY)], settings)


def test_a_table_of_an_older_contract_gets_the_new_columns(settings: Settings) -> None:
    shard("jia", DAY, settings)
    land([("jia", DAY)], settings)
    rows(settings, "ALTER TABLE raw.observations DROP COLUMN estimated")
    shard("jia", NEXT_DAY, settings)
    land([("jia", NEXT_DAY)], settings)
    found = rows(settings, "SELECT logical_date, any_value(estimated) FROM raw.observations GROUP BY ALL ORDER BY ALL")
    assert found == [(DAY, None), (NEXT_DAY, False)]


def test_the_registry_is_replaced_as_a_whole(settings: Settings) -> None:
    assert land_sources(SITES, settings) == 2
    assert land_sources(SITES[:1], settings) == 1
    assert rows(settings, "SELECT source_id FROM raw.sources") == [("jia",)]


HOLDER = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"


@pytest.fixture
def holder(settings: Settings):
    """Another process that holds the warehouse."""
    rows(settings, "SELECT 1")
    process = subprocess.Popen([sys.executable, "-c", HOLDER, settings.warehouse], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.wait()


def test_a_held_warehouse_is_one_line_that_says_who_holds_it(settings: Settings, holder: subprocess.Popen) -> None:
    shard("jia", DAY, settings)
    with pytest.raises(WarehouseError, match=rf"warehouse.duckdb is still held by .*\(PID {holder.pid}\) after 0.5 s"):
        land([("jia", DAY)], settings)


def test_a_warehouse_that_is_let_go_in_time_is_waited_for(settings: Settings, holder: subprocess.Popen) -> None:
    shard("jia", DAY, settings)
    patient = settings.model_copy(update={"lock_wait": 30})
    os.kill(holder.pid, signal.SIGSTOP)  # still holds the lock, surely, when land begins
    killer = subprocess.Popen([sys.executable, "-c", f"import os, time; time.sleep(1); os.kill({holder.pid}, 9)"])
    begun = time.monotonic()
    assert land([("jia", DAY)], patient).rows["articles"] == 1
    assert time.monotonic() - begun > 0.5
    killer.wait()


def test_a_file_that_is_no_database_is_one_line(settings: Settings) -> None:
    settings.warehouse.write_bytes(b"no database" * 1000)
    with pytest.raises(WarehouseError, match=r"warehouse.duckdb cannot be opened: .*not a valid DuckDB") as caught:
        land([], settings)
    assert "\n" not in str(caught.value)


def test_a_failed_landing_leaves_the_rows_as_they_were(settings: Settings) -> None:
    shard("jia", DAY, settings)
    land([("jia", DAY)], settings)
    files = write_shards("jia", NEXT_DAY, articles=[article(page("jia", "b.html", NEXT_DAY))], settings=settings)
    files["outcomes"].write_bytes(b"cut short")
    with pytest.raises(LandingError, match=r"landing in .* failed"):
        land([("jia", NEXT_DAY)], settings)
    assert rows(settings, "SELECT DISTINCT logical_date FROM raw.articles") == [(DAY,)]


def test_reading_needs_no_more_than_duckdb(settings: Settings) -> None:
    """The warehouse is a plain DuckDB file: what was landed can be read with nothing of ours."""
    shard("jia", DAY, settings)
    land([("jia", DAY)], settings)
    with duckdb.connect(settings.warehouse, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM raw.observations").fetchone() == (3,)
