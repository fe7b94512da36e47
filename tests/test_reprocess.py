"""Reprocessing the archive of the replay's two days: the same rows, by the rules of today, from the archive alone."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given
from hypothesis import settings as tries
from hypothesis import strategies as st

from minsheng import SHANGHAI, pipeline, runner
from minsheng.acquire import archived_units, ledger
from minsheng.cli import main
from minsheng.contracts import Article
from minsheng.extraction import read_unit
from minsheng.reprocess import NotLanded, Selection, is_current, land, land_all, read, reprocess, select, shares
from minsheng.settings import Settings, get_settings
from minsheng.sources import load_sources
from minsheng.vocabulary import fingerprint
from minsheng.warehouse import write_shards
from replay import DAYS, serve

pytestmark = pytest.mark.xdist_group("reprocess")
TABLES = ("pages", "articles", "observations", "outcomes", "requests")
Rows = dict[str, list[tuple]]


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The replay's two days acquired, read and landed as the daily run does; its servers are gone."""
    root = tmp_path_factory.mktemp("replayed")
    with serve(root / "sources") as replay:
        settings = Settings(data=root / "data", sources=replay.sources_dir, allow_hosts=replay.allow_hosts)
        for number, day in DAYS.items():
            replay.set_day(number)
            for source_id in pipeline.source_ids(settings):
                pipeline.acquire(source_id, day, settings)
                pipeline.extract(source_id, day, settings)
            pipeline.land([(source_id, day) for source_id in pipeline.source_ids(settings)], settings)
    return settings


@pytest.fixture
def settings(replayed: Settings, tmp_path: Path) -> Settings:
    """A copy of the replayed data that a test may change."""
    shutil.copytree(replayed.data, tmp_path / "data")
    return replayed.model_copy(update={"data": tmp_path / "data"})


@pytest.fixture(autouse=True)
def no_site_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("a site was asked")

    monkeypatch.setattr("minsheng.acquire.courier.Courier.send", asked)


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("MINSHENG_DATA", str(settings.data))
    monkeypatch.setenv("MINSHENG_SOURCES", str(settings.sources))
    get_settings.cache_clear()
    yield settings
    get_settings.cache_clear()


class Deadly:
    """In place of a source: whoever reads a unit of it, dies."""

    @property
    def id(self) -> str:
        os._exit(1)


class Interrupted:
    """In place of a source: the first process that reads its unit is stopped once the shards are written."""

    def __init__(self, source_id: str, day: date, settings: Settings) -> None:
        self.unit, self.settings = (source_id, day), settings

    @property
    def id(self) -> str:
        first = self.settings.data / "read once"
        if not first.exists():
            read(load_sources(self.settings.sources)[self.unit[0]], self.unit[1], self.settings)
            first.touch()
            time.sleep(60)
        return self.unit[0]

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):  # as pickle asks
            raise AttributeError(name)
        return getattr(load_sources(self.settings.sources)[self.unit[0]], name)


class DeadlyOnceRead(Deadly):
    """In place of a source: whoever reads a unit of it, dies as soon as an ``Interrupted`` has read its own."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @property
    def id(self) -> str:
        while not (self.settings.data / "read once").exists():
            time.sleep(0.05)
        return super().id


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["reprocess", *map(str, arguments)])


def landed(settings: Settings) -> Rows:
    with duckdb.connect(settings.warehouse, read_only=True) as connection:
        return {name: connection.execute(f"FROM raw.{name} ORDER BY ALL").fetchall() for name in TABLES}


def forget(settings: Settings, *names: str) -> None:
    for name in names:
        path = settings.data / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


def articles(settings: Settings, source_id: str, day: date) -> list[Article]:
    source = load_sources(settings.sources)[source_id]
    return [article for records in read_unit(source, day, settings) for article in records.articles]


def with_articles(settings: Settings) -> tuple[str, date]:
    return next(unit for unit in archived_units(settings) if articles(settings, *unit))


def damage(settings: Settings, source_id: str, day: date) -> Article:
    """Damage the record of an article in the archive; which one."""
    victim = next(a for a in articles(settings, source_id, day) if a.warc_file)
    file = settings.archive / str(victim.warc_file)
    data = bytearray(file.read_bytes())
    data[(victim.warc_offset or 0) + 40 : (victim.warc_offset or 0) + 60] = b"\xff" * 20
    file.write_bytes(data)
    return victim


def everything(settings: Settings) -> Selection:
    return select(load_sources(settings.sources), (), date.min, date.max, (), settings)


def only_rows(settings: Settings, monkeypatch: pytest.MonkeyPatch, **options: bool) -> None:
    """Reprocess everything as far as the raw tables."""
    monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
    done = reprocess(everything(settings), load_sources(settings.sources), settings, **options)
    assert done.failures == []


class TestOwnArchive:
    def test_it_gives_the_rows_that_the_daily_run_gave(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forget(settings, "landing", "warehouse.duckdb")
        only_rows(settings, monkeypatch)
        rows = landed(settings)
        assert rows == landed(replayed)
        assert len(rows["observations"]) > 250

    def test_what_these_rules_have_read_is_not_read_again_unless_forced(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        known, selection = load_sources(settings.sources), everything(settings)
        first = reprocess(selection, known, settings)
        assert (first.current, first.read) == (selection.units, [])
        assert reprocess(selection, known, settings, force=True).current == []

    def test_a_day_is_read_again_when_the_layout_of_its_captures_changes_and_only_then(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        shutil.copytree(settings.sources, tmp_path / "sources")
        [file] = (tmp_path / "sources").rglob("jiangling.yml")
        yaml = file.read_text("utf-8")
        asked = [("jiangling", day) for day in DAYS.values()]
        today = datetime.now(SHANGHAI).date()

        def read_again(layouts: str) -> list[tuple[str, date]]:
            file.write_text(f"{yaml}\nlayouts:\n{layouts}" if layouts else yaml, "utf-8")
            source = load_sources(tmp_path / "sources")["jiangling"]
            return [unit for unit in asked if read(source, unit[1], settings) is not None]

        assert read_again("") == []
        assert read_again(f"  - until: {today}\n  - body: [div.new]\n") == []  # of tomorrow on
        assert read_again("  - list_links: [div.list]\n") == []  # where links stand is nothing to an article
        assert read_again("  - body: [div.sidebar]\n") == asked
        assert read_again("  - body: [div.sidebar]\n") == []
        assert read_again("") == asked

    def test_a_day_is_read_again_when_the_code_that_cleans_has_changed(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source = load_sources(settings.sources)["jiangling"]
        monkeypatch.setattr("minsheng.rules._readers", lambda: "other code")
        assert not is_current(source, DAYS[1], settings)
        assert read(source, DAYS[1], settings) is not None
        assert is_current(source, DAYS[1], settings)

    @pytest.mark.parametrize("victim", ["observations", "articles", "units", "rules"])
    def test_a_day_of_which_a_file_is_damaged_is_read_again(self, settings: Settings, victim: str) -> None:
        source = load_sources(settings.sources)["jiangling"]
        folder = settings.landing / victim / "source_id=jiangling" / f"logical_date={DAYS[1]}"
        [file] = [file for file in folder.iterdir() if file.name != ".lock"]
        file.write_bytes(b"")
        assert not is_current(source, DAYS[1], settings)
        assert read(source, DAYS[1], settings) is not None
        assert is_current(source, DAYS[1], settings)

    def test_shards_that_somebody_else_has_put_in_place_since_are_read_again(self, settings: Settings) -> None:
        source = load_sources(settings.sources)["jiangling"]
        assert is_current(source, DAYS[1], settings)
        write_shards("jiangling", DAYS[1], pages=ledger("jiangling", DAYS[1], settings), settings=settings)
        assert not is_current(source, DAYS[1], settings)

    def test_rows_of_older_rules_are_replaced_and_none_is_doubled(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.measure.RULES_VERSION", "rules-of-tomorrow")
        only_rows(settings, monkeypatch)
        before, after = landed(replayed), landed(settings)
        assert {name: len(rows) for name, rows in after.items()} == {name: len(rows) for name, rows in before.items()}
        with duckdb.connect(settings.warehouse, read_only=True) as connection:
            rules = connection.execute("SELECT DISTINCT measured_by FROM raw.observations").fetchall()
        assert rules == [(f"rules-of-tomorrow+{fingerprint()}",)]

    def test_a_page_that_came_into_the_archive_since_is_reason_to_read_its_day_again(self, settings: Settings) -> None:
        known = load_sources(settings.sources)
        unit = next(u for u in everything(settings).units if is_current(known[u[0]], u[1], settings))
        ledger = settings.archive / unit[0] / unit[1].isoformat() / "ledger.jsonl"
        page = next(line for line in ledger.read_text("utf-8").splitlines() if '"role":"page"' in line)
        with ledger.open("a") as file:
            file.write(page.replace('"url":"http', '"url":"http://other.example/?', 1) + "\n")
        assert not is_current(known[unit[0]], unit[1], settings)

    @tries(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(lost=st.sets(st.integers(0, 13)), forced=st.booleans())
    def test_whatever_was_lost_or_left_undone_the_same_rows_come_back(
        self, replayed: Settings, settings: Settings, lost: set[int], forced: bool
    ) -> None:
        known = load_sources(settings.sources)
        units = archived_units(settings)
        for n in lost:
            source_id, day = units[n % len(units)]
            for folder in settings.landing.glob(f"*/source_id={source_id}/logical_date={day}"):
                shutil.rmtree(folder)
        with duckdb.connect(settings.warehouse) as connection:
            for n in lost:
                connection.execute("DELETE FROM raw.observations WHERE source_id = ?", [units[n % len(units)][0]])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("minsheng.reprocess.finish", lambda *_: None)
            assert reprocess(everything(settings), known, settings, force=forced).failures == []
        assert landed(settings) == landed(replayed)

    def test_a_damaged_record_is_an_outcome_and_costs_nothing_else(self, settings: Settings) -> None:
        source_id, day = with_articles(settings)
        before = articles(settings, source_id, day)
        victim = damage(settings, source_id, day)
        outcomes = read(load_sources(settings.sources)[source_id], day, settings, force=True)
        assert [(o.step, o.reason, o.subject) for o in outcomes or ()] == [("archive", "damaged", victim.url)]
        assert [a for a in before if a != victim] == articles(settings, source_id, day)

    def test_a_unit_whose_file_is_gone_keeps_its_rows_and_the_others_are_read(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source_id, day = with_articles(settings)
        for file in (settings.archive / source_id / day.isoformat()).glob("*.warc.gz"):
            file.unlink()
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        done = reprocess(everything(settings), load_sources(settings.sources), settings, force=True)
        [(subject, reason, detail)] = done.failures
        assert (subject, reason) == (f"{source_id} {day}", "not read")
        assert "No such file" in detail
        assert len(done.read) == len(everything(settings).units) - 1
        assert landed(settings) == landed(replayed)

    def test_a_damaged_or_lost_ledger_costs_no_row(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ledgers = sorted(settings.archive.glob("*/*/ledger.jsonl"))
        for file in ledgers[::2]:
            file.unlink()
        for file in ledgers[1::2]:
            file.write_bytes(file.read_bytes().replace(b'"role"', b'"rXle"', 1))
        forget(settings, "landing", "warehouse.duckdb")
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        assert everything(settings).units == everything(replayed).units
        assert not reprocess(everything(settings), load_sources(settings.sources), settings).failures
        assert landed(settings) == landed(replayed)

    def test_a_unit_of_which_ledger_and_warc_are_damaged_keeps_its_rows_and_is_named(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        source_id, day = with_articles(settings)
        folder = settings.archive / source_id / day.isoformat()
        (folder / "ledger.jsonl").unlink()
        [file] = folder.glob("*.warc.gz")
        data = bytearray(file.read_bytes())
        data[len(data) // 2] ^= 0xFF
        file.write_bytes(data)
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        done = reprocess(everything(settings), load_sources(settings.sources), settings, force=True)
        [(subject, reason, detail)] = done.failures
        assert (subject, reason) == (f"{source_id} {day}", "not read")
        assert f"{folder}/ledger.jsonl is lost or damaged, and so is {file} at " in detail
        assert landed(settings) == landed(replayed)

    def test_the_layout_is_that_of_the_day_of_capture(self, settings: Settings) -> None:
        source_id, day = with_articles(settings)
        source = load_sources(settings.sources)[source_id]
        asked = []

        class Watched(type(source)):  # type: ignore[misc]
            def layout(self, on: date) -> object:
                asked.append(on)
                return source.layout(on)

        read = list(read_unit(Watched.model_construct(**dict(source)), day, settings))
        captured = [article.fetched_at for records in read for article in records.articles if article.fetched_at]
        assert set(asked) == {at.astimezone(SHANGHAI).date() for at in captured}


class TestLanding:
    def test_what_can_land_does_and_what_cannot_is_named(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forget(settings, "warehouse.duckdb")
        units = archived_units(settings)
        [shard] = (settings.landing / "pages" / f"source_id={units[0][0]}" / f"logical_date={units[0][1]}").iterdir()
        shard.write_bytes(b"no Parquet")
        with pytest.raises(NotLanded, match=rf"^{units[0][0]} {units[0][1]}: LandingError: [^;]*$"):
            land(units, settings)
        lost = (units[0][0], units[0][1])
        whole = [page for page in landed(replayed)["pages"] if (page[1], page[5]) != lost]
        assert landed(settings)["pages"] == whole

    def test_a_warehouse_that_cannot_be_opened_is_not_tried_again_for_each_unit(self, settings: Settings) -> None:
        settings.warehouse.write_bytes(b"no database" * 1000)
        units = archived_units(settings)
        [(some, error)] = land_all(units, settings)
        assert (list(some), type(error).__name__) == (units, "WarehouseError")


class TestSelection:
    def test_a_span_that_ends_before_it_begins_is_an_error(self, settings: Settings) -> None:
        with pytest.raises(ValueError, match="the last day, 2024-05-20, is before the first, 2024-05-21"):
            select(load_sources(settings.sources), (), DAYS[2], DAYS[1], (), settings)

    @given(number=st.integers(0, 60), most=st.integers(1, 20))
    def test_shares_are_few_enough_and_hold_every_unit_once(self, number: int, most: int) -> None:
        units = [("jiangling", date.fromordinal(738_000 + n)) for n in range(number)]
        found = shares(units, most)
        assert [unit for share in found for unit in share] == units
        assert len(found) <= most
        assert all(found)


class TestCommand:
    def test_it_reads_lands_builds_audits_and_publishes(
        self, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forget(command, "landing", "warehouse.duckdb")
        result = call()
        assert result.exit_code == 0, result.output
        told = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
        assert told["read"].startswith("14 days of sources")
        assert "observations" in told["landed"]
        assert Path(told["published"]) == command.snapshot
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        again = call()
        assert "skipped" in again.stdout
        assert again.exit_code == 0

    def test_several_processes_give_the_same_rows(
        self, replayed: Settings, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        forget(command, "landing", "warehouse.duckdb")
        assert call("--jobs", 2).stdout.startswith("read       14 days of sources")
        assert landed(command) == landed(replayed)

    def test_what_a_process_of_several_cannot_read_is_named_and_the_others_are_read(
        self, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        for file in (command.archive / "jiangling" / str(DAYS[1])).glob("*.warc.gz"):
            file.unlink()
        result = call("--jobs", 2, "--force")
        [line] = result.stderr.splitlines()
        assert line.startswith(f"minsheng: jiangling {DAYS[1]}: not read: FileNotFoundError")
        assert result.stdout.startswith("read       13 days of sources")

    def test_a_unit_that_ends_its_process_is_named_and_the_others_are_read_and_landed(
        self, replayed: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        forget(settings, "landing", "warehouse.duckdb")
        chosen, known = everything(settings), load_sources(settings.sources)
        done = reprocess(chosen, {**known, "jiangling": Deadly()}, settings, jobs=2)  # type: ignore[dict-item]
        assert [(s, r, d.split(":")[0]) for s, r, d in done.failures] == [
            (f"jiangling {day}", "not read", "BrokenProcessPool") for day in DAYS.values()
        ]
        assert done.read == [unit for unit in chosen.units if unit[0] != "jiangling"]
        before = landed(replayed)["pages"]
        assert landed(settings)["pages"] == [page for page in before if page[1] != "jiangling"]

    def test_a_unit_read_while_another_ends_its_process_counts_as_read_and_tells_its_failures(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        source_id, day = with_articles(settings)
        known = load_sources(settings.sources)
        victim = damage(settings, source_id, day)
        forget(settings, "landing", "warehouse.duckdb")
        deadly, *_, other = (unit for unit in archived_units(settings) if unit[0] != source_id)
        known |= {source_id: Interrupted(source_id, day, settings), deadly[0]: DeadlyOnceRead(settings)}  # type: ignore[dict-item]
        done = reprocess(Selection([(source_id, day), deadly, other]), known, settings, jobs=2)
        assert (done.read, done.current) == ([(source_id, day), other], [])
        assert [(s, r) for s, r, _ in done.failures] == [
            (victim.url, "damaged"),
            (f"{deadly[0]} {deadly[1]}", "not read"),
        ]

    def test_only_the_sources_and_days_asked_for_are_read(
        self, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        result = call("--source", "jiangling", "--from", DAYS[2], "--to", DAYS[2], "--force")
        assert "read       1 days of sources" in result.stdout

    def test_a_source_that_the_registry_does_not_know_is_named_and_the_others_are_read(
        self, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        shutil.copytree(command.archive / "jiangling", command.archive / "closed_down")
        result = call("--from", DAYS[1], "--to", DAYS[1])
        assert result.exit_code == 1
        assert result.stderr.splitlines() == ["minsheng: closed_down: not read: no such source in the registry: 1 days"]
        assert "landed" in result.stdout

    def test_an_archive_that_cannot_be_reached_is_one_line(
        self, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MINSHENG_ARCHIVE", "nowhere://bucket/archive")
        get_settings.cache_clear()
        result = call()
        assert result.exit_code == 1
        [line] = result.stderr.splitlines()
        assert "archive: not read" in line
        assert "the archive at nowhere://bucket/archive" in line

    def test_an_empty_archive_publishes_nothing_and_is_no_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("MINSHENG_DATA", str(tmp_path / "none"))
        get_settings.cache_clear()
        result = call()
        get_settings.cache_clear()
        assert result.exit_code == 0
        assert result.stdout.splitlines()[0] == "read       0 days of sources, from the archive alone"
        assert result.stdout.splitlines()[-1] == "published  nothing: readers keep what they had"

    @pytest.mark.parametrize(
        "arguments",
        [("--from", "2024-05-21", "--to", "2024-05-20"), ("--source", "nowhere"), ("--from", "yesterday")],
    )
    def test_wrong_usage_exits_2(self, command: Settings, arguments: tuple[str, ...]) -> None:
        result = call(*arguments)
        assert result.exit_code == 2
        assert "Error: " in result.stderr


class TestForeignFiles:
    def test_another_archive_of_ours_gives_the_same_figures_under_the_days_of_capture(
        self, replayed: Settings, command: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        forget(command, "archive", "landing", "warehouse.duckdb")
        result = call("--warc", f"{replayed.archive}/*/*/*.warc.gz")
        assert result.exit_code == 0, result.output
        assert result.stdout.startswith("records    ")

        def figures(settings: Settings) -> list[tuple]:
            columns = "article_id, n, surface, value, unit, region_code"
            sql = f"SELECT {columns} FROM raw.observations WHERE revision = 1 ORDER BY ALL"
            with duckdb.connect(settings.warehouse, read_only=True) as connection:
                return connection.execute(sql).fetchall()

        assert figures(command) == figures(replayed)
        days = {day for _, day in archived_units(command)}
        assert days.isdisjoint(DAYS.values()), "they were captured when the test ran"
        again = call("--warc", f"{replayed.archive}/*/*/*.warc.gz")
        assert again.exit_code == 0
        assert "held" in again.stdout
        assert " new" not in again.stdout

    def test_what_cannot_be_read_is_named_and_the_rest_is_taken(
        self, replayed: Settings, command: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("minsheng.reprocess.finish", lambda *_: None)
        bad = tmp_path / "bad.warc.gz"
        bad.write_bytes(b"no WARC")
        fine = next(replayed.archive.glob("jiangling/*/*.warc.gz"))
        forget(command, "archive", "landing", "warehouse.duckdb")
        result = call("--warc", bad, "--warc", tmp_path / "*.nothing", "--warc", tmp_path, "--warc", fine)
        assert result.exit_code == 1
        assert [line.split(": ")[1:3] for line in result.stderr.splitlines()] == [
            [f"{tmp_path}/*.nothing", "not read"],
            [str(tmp_path), "not read"],
            [str(bad), "not read"],
        ]
        assert f"{tmp_path}: not read: a folder: name its files, as '{tmp_path}/*.warc.gz'" in result.stderr
        assert "read       1 days of sources" in result.stdout


@pytest.mark.parametrize("seconds", [1.5, 3.0, 5.0])
def test_killed_anywhere_and_started_again_it_leaves_the_same_rows(
    replayed: Settings, settings: Settings, seconds: float
) -> None:
    forget(settings, "landing", "warehouse.duckdb")
    environ = os.environ | {"MINSHENG_DATA": str(settings.data), "MINSHENG_SOURCES": str(settings.sources)}
    process = subprocess.Popen(
        [sys.executable, "-m", "minsheng.cli", "reprocess"],
        env=environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("minsheng.reprocess.finish", lambda *_: None)
        done = reprocess(everything(settings), load_sources(settings.sources), settings)
    assert done.failures == []
    assert landed(settings) == landed(replayed)
    assert isinstance(done, runner.Run)
