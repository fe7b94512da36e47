"""Publishing: readers find the last generation or the next, never half of one, whatever happens to the publisher."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import duckdb
import pytest

from minsheng.settings import Settings
from minsheng.warehouse import PublishError, QueryError, WarehouseError, connect_writer, note_audit, publish, query


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, keep_generations=3, lock_wait=5)


def build(settings: Settings, version: int, rows: int = 1000, *, audited: bool = True) -> None:
    """Marts of which every table and every row says which version it is."""
    with connect_writer(settings) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS marts")
        connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
        connection.execute("CREATE OR REPLACE TABLE raw.pages AS SELECT 1 AS page")
        for table in ("fct_observation", "dim_article"):
            connection.execute(
                f"CREATE OR REPLACE TABLE marts.{table} AS "
                f"SELECT {version} AS version, 'rules-1' AS measured_by, range AS n FROM range({rows + version})"
            )
        connection.execute("COMMENT ON TABLE marts.dim_article IS 'One row an article''s latest revision.'")
        connection.execute("COMMENT ON COLUMN marts.dim_article.n IS 'A number.'")
        connection.execute("CREATE SCHEMA IF NOT EXISTS builds")
        connection.execute(f"CREATE OR REPLACE TABLE builds.latest AS SELECT 'build {version}' AS build_id")
        if audited:
            note_audit(connection, f"build {version}")


CONSISTENT = """
    SELECT (SELECT min(version) FROM fct_observation), (SELECT max(version) FROM dim_article),
           (SELECT count(*) FROM fct_observation), (SELECT count(*) FROM dim_article)
"""


def test_readers_see_the_marts_alone_with_their_descriptions_and_what_made_them(settings: Settings) -> None:
    build(settings, 1)
    assert publish(settings) == settings.snapshot
    tables = query("SELECT table_name, comment FROM duckdb_tables() ORDER BY ALL", settings).rows
    assert [table for table, _ in tables] == ["dim_article", "fct_observation", "published"]
    assert tables[0][1] == "One row an article's latest revision."
    assert query("SELECT comment FROM duckdb_columns() WHERE comment = 'A number.'", settings).rows == [("A number.",)]
    told = query("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'published'", settings).rows
    assert len(told) == 7
    assert all(comment for _, comment in told)
    rows = query("SELECT table_name, row_count, generation, measured_by FROM published", settings).rows
    assert rows == [("dim_article", 1001, 1, "rules-1"), ("fct_observation", 1001, 1, "rules-1")]


def test_a_table_macro_of_the_marts_reads_the_snapshots_own_tables(settings: Settings) -> None:
    build(settings, 1)
    with connect_writer(settings) as connection:
        body = "SELECT n, marts.fct_observation.version FROM warehouse.marts.fct_observation WHERE n < most"
        connection.execute(f"CREATE MACRO marts.small(most) AS TABLE {body}")
        connection.execute("COMMENT ON MACRO TABLE marts.small IS 'Those under a bound.'")
    publish(settings)
    assert query("FROM small(2) ORDER BY n", settings).rows == [(0, 1), (1, 1)]
    told = "SELECT comment FROM duckdb_functions() WHERE function_name = 'small'"
    assert query(told, settings).rows == [("Those under a bound.",)]
    with connect_writer(settings) as connection:
        assert connection.execute("SELECT count(*) FROM marts.small(2)").fetchone() == (2,)


def test_the_file_stands_alone_and_in_the_format_that_refuses_a_stale_log(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    assert [file.name for file in settings.snapshot.parent.iterdir()] == ["minsheng.duckdb"]
    tags = duckdb.connect(settings.snapshot, read_only=True).execute("SELECT tags FROM duckdb_databases()").fetchall()
    assert any("v1.5.0" in str(tag) for (tag,) in tags)


def test_the_last_generations_are_kept_and_the_link_leads_to_the_newest(settings: Settings) -> None:
    for version in range(1, 6):
        build(settings, version)
        publish(settings)
    kept = sorted(path.name for path in settings.published.iterdir())
    assert kept == ["current", "gen_3", "gen_4", "gen_5"]
    assert (settings.published / "current").readlink() == Path("gen_5")
    assert query(CONSISTENT, settings).rows == [(5, 5, 1005, 1005)]


def test_before_the_first_snapshot_a_query_says_so(settings: Settings) -> None:
    with pytest.raises(QueryError, match=r"nothing is published yet: .*minsheng.duckdb does not exist"):
        query("SELECT 1", settings)


def test_nothing_built_is_one_line_and_publishes_nothing(settings: Settings) -> None:
    with pytest.raises(PublishError, match=r"warehouse.duckdb holds no marts, build them first"):
        publish(settings)
    assert list(settings.published.iterdir()) == []


def test_marts_that_were_not_audited_are_not_published(settings: Settings) -> None:
    build(settings, 1, audited=False)
    with pytest.raises(PublishError, match=r"warehouse.duckdb holds no marts that passed the audit"):
        publish(settings)
    assert list(settings.published.iterdir()) == []


def test_what_another_process_built_since_the_audit_is_not_published(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    build(settings, 2)
    build(settings, 3, audited=False)
    with pytest.raises(PublishError, match=r"warehouse.duckdb was built again since the audit; run again$"):
        publish(settings)
    assert query(CONSISTENT, settings).rows == [(1, 1, 1001, 1001)]


HOSTILE = [
    "SELECT * FROM read_text('/etc/hostname')",
    "COPY fct_observation TO 'stolen.csv'",
    "ATTACH 'other.duckdb'",
    "SET enable_external_access = true",
    "DELETE FROM fct_observation",
    "CREATE TABLE mine AS SELECT 1",
]


@pytest.mark.parametrize("sql", [*HOSTILE, "SELECT nothing FROM nowhere", "SELEC", "FROM a; FROM b"])
def test_a_query_reads_the_snapshot_and_nothing_else(
    sql: str, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # where a query that got through would write
    build(settings, 1)
    publish(settings)
    with pytest.raises(QueryError) as caught:
        query(sql, settings)
    assert "\n" not in str(caught.value)
    assert query("SELECT count(*) FROM fct_observation", settings).rows == [(1001,)]
    assert not {"stolen.csv", "other.duckdb"} & {path.name for path in tmp_path.iterdir()}


@pytest.mark.parametrize("sql", ["", " \n", ";", ";;", "-- a remark"])
def test_a_query_that_asks_nothing_is_told_so(sql: str, settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    with pytest.raises(QueryError, match=r"^nothing was asked$"):
        query(sql, settings)


def test_a_query_is_one_statement(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    with pytest.raises(QueryError, match=r"^one statement at a time$"):
        query("SELECT 1; SELECT 1", settings)
    assert query("SELECT ';' AS mark;;", settings) == (["mark"], [(";",)])
    assert query("PIVOT (SELECT 1 AS v, 'a' AS k) ON k USING sum(v)", settings) == (["a"], [(1,)])


def test_a_query_takes_parameters_and_names_its_columns(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    assert query("SELECT n FROM dim_article WHERE n = $n", settings, {"n": 7}) == (["n"], [(7,)])


def publisher(settings: Settings, prelude: str) -> subprocess.Popen[str]:
    """A process of its own that publishes, after ``prelude`` has made its life hard."""
    code = f"""
        import os, pathlib, resource, signal, sys
        from pathlib import Path
        from minsheng.settings import Settings
        from minsheng.warehouse import PublishError, publish, publishing
        settings = Settings(data=Path(sys.argv[1]), lock_wait=5)
        {prelude}
        try:
            publish(settings)
        except PublishError as error:
            sys.exit(str(error))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(settings.data)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)


def test_a_disk_that_fills_up_leaves_the_last_snapshot_and_one_line(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    build(settings, 2, rows=2_000_000)
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6)); signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    process = publisher(settings, limit)
    _, told = process.communicate(timeout=120)
    assert process.returncode == 1
    [line] = told.strip().splitlines()
    assert line.startswith(f"publishing to {settings.published} failed: ")
    assert line.endswith(f"(the last snapshot stands: {settings.snapshot})")
    assert query(CONSISTENT, settings).rows == [(1, 1, 1001, 1001)]
    assert sorted(path.name for path in settings.published.iterdir()) == ["current", "gen_1"]


@pytest.mark.parametrize("step", ["_copy", "_check", "disk.sync", "_swap"])
def test_a_publisher_killed_at_any_step_leaves_the_last_snapshot_and_the_next_run_sweeps(
    step: str, settings: Settings
) -> None:
    build(settings, 1)
    publish(settings)
    build(settings, 2)
    process = publisher(settings, f"publishing.{step} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)")
    assert process.wait(timeout=120) == -9
    assert query(CONSISTENT, settings).rows == [(1, 1, 1001, 1001)]
    publish(settings)
    assert query(CONSISTENT, settings).rows == [(2, 2, 1002, 1002)]
    assert [path for path in settings.published.iterdir() if path.name.startswith(".")] == []


def test_a_copy_that_lacks_rows_is_not_published(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    from minsheng.warehouse import publishing

    build(settings, 1)
    publish(settings)
    check = publishing._check

    def lose_a_row(file: Path) -> None:
        with duckdb.connect(file) as connection:
            connection.execute("DELETE FROM dim_article WHERE n = 0")
        check(file)

    monkeypatch.setattr(publishing, "_check", lose_a_row)
    with pytest.raises(PublishError, match="dim_article holds 1000 rows instead of 1001"):
        publish(settings)
    assert (settings.published / "current").readlink() == Path("gen_1")


def test_while_another_writes_the_warehouse_nothing_is_published(settings: Settings) -> None:
    build(settings, 1)
    hold = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", hold, settings.warehouse], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError, match="is still held by"):
            publish(settings.model_copy(update={"lock_wait": 0.2}))
    finally:
        holder.kill()
        holder.wait()


READER = """
    import sys
    from pathlib import Path
    from minsheng.settings import Settings
    from minsheng.warehouse import query
    settings, last, asked = Settings(data=Path(sys.argv[1])), 0, 0
    print("ready", flush=True)
    while not (settings.data / "stop").exists():
        [(low, high, figures, articles)] = query(sys.argv[2], settings).rows
        assert low == high and figures == articles == 1000 + low, (low, high, figures, articles)
        assert low >= last, (low, last)
        last, asked = low, asked + 1
    print(asked)
"""


def test_readers_in_other_processes_and_threads_never_fail_nor_see_half_a_build(settings: Settings) -> None:
    build(settings, 1)
    publish(settings)
    command = [sys.executable, "-c", textwrap.dedent(READER), str(settings.data), CONSISTENT]
    readers = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert all(reader.stdout and reader.stdout.readline() == "ready\n" for reader in readers)
    seen: list[tuple[int, ...]] = []

    def read() -> None:
        while not (settings.data / "stop").exists():
            seen.extend(query(CONSISTENT, settings).rows)

    thread = threading.Thread(target=read)
    thread.start()
    for version in range(2, 12):
        build(settings, version)
        publish(settings)
    (settings.data / "stop").touch()
    thread.join()
    asked = [int(reader.communicate(timeout=60)[0]) for reader in readers]
    assert [reader.returncode for reader in readers] == [0, 0]
    assert min(asked) > 3
    assert len(seen) > 3
    assert all(low == high and figures == articles == 1000 + low for low, high, figures, articles in seen)
    assert query(CONSISTENT, settings).rows == [(11, 11, 1011, 1011)]


def test_a_folder_that_cannot_be_written_is_one_line(settings: Settings) -> None:
    build(settings, 1)
    settings.published.write_text("a file where the folder should be")
    with pytest.raises(PublishError, match=rf"publishing to {settings.published} failed: .*{os.strerror(17)}"):
        publish(settings)
