"""What the marts hold, read from a warehouse that dbt built over landed rows (``tests/warehouse/built.py``)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
import yaml

from minsheng import PROJECT
from minsheng.contracts import stable_id
from minsheng.warehouse import BuildFailed, build, connect_writer, land, latest, write_shards

from ..warehouse.built import INDICATOR, built, copy_of, fill  # noqa: TID252 (the tests are no package on the path)
from ..warehouse.records import DAY, NEXT_DAY, SENTENCE, article, figures, page  # noqa: TID252 (likewise)

pytestmark = pytest.mark.xdist_group("dbt")
DOCUMENTED = {"staging": "_staging", "intermediate": "_intermediate", "marts": "_marts"}


def ask(sql: str) -> list[tuple]:
    with duckdb.connect(built().settings.warehouse, read_only=True) as connection:
        connection.execute("SET search_path = 'marts'")
        return connection.execute(sql).fetchall()


def article_id(source_id: str, path: str) -> str:
    return stable_id("article", f"http://{source_id}.example/{path}")


def test_an_empty_warehouse_builds_as_well_as_a_full_one() -> None:
    assert built().empty.models == built().full.models > 15
    assert built().empty.tests == built().full.tests > 100


def test_the_warehouse_is_free_again_after_the_build() -> None:
    code = "import duckdb, sys; duckdb.connect(sys.argv[1], read_only=True).close()"
    subprocess.run([sys.executable, "-c", code, built().settings.warehouse], check=True)


def test_the_latest_revision_counts_and_the_earlier_stays_in_the_history() -> None:
    park = article_id("jia", "park.html")
    assert ask(f"SELECT obs_value, revision FROM fct_observation WHERE article_id = '{park}' AND n = 1") == [(13, 2)]
    history = ask(f"""
        SELECT revision, contains(body, '12座'), valid_to IS NULL, is_latest
        FROM dim_article_revision WHERE article_id = '{park}' ORDER BY revision
    """)
    assert history == [(1, True, False, False), (2, False, True, True)]


def test_the_figures_of_an_earlier_revision_are_kept_and_any_day_can_be_shown() -> None:
    park = article_id("jia", "park.html")
    kept = f"SELECT obs_value, revision, superseded_on FROM fct_observation_superseded WHERE article_id = '{park}'"
    assert ask(f"{kept} AND n = 1") == [(12, 1, date(2024, 5, 21))]
    for day, value, metric in [
        ("2024-05-19", [], []),
        ("2024-05-20", [(12,)], [(12,)]),
        ("2024-05-21", [(13,)], [(13,)]),
    ]:
        shown = f"SELECT obs_value FROM fct_observation_as_of('{day}') WHERE article_id = '{park}' AND n = 1"
        assert ask(shown) == value
        assert ask(f"SELECT obs_value FROM fct_metric_as_of('{day}')") == metric
        assert ask(f"SELECT count(*) FROM dim_article_as_of('{day}') WHERE article_id = '{park}'") == [(len(value),)]


@pytest.mark.parametrize("mart", ["fct_observation", "fct_metric"])
def test_as_of_the_last_day_is_the_mart_itself(mart: str) -> None:
    for one, other in [(mart, f"{mart}_as_of('2024-05-21')"), (f"{mart}_as_of('2024-05-21')", mart)]:
        assert ask(f"FROM {one} EXCEPT ALL FROM {other}") == []
    assert ask(f"SELECT count(*) > 0 FROM {mart}") == [(True,)]


def test_near_duplicates_are_one_cluster_over_a_chain_and_the_publishers_own_page_is_the_original() -> None:
    chain = [article_id("jia", "park.html"), article_id("yi", "copy.html"), article_id("bing", "copy.html")]
    found = ask(f"SELECT cluster_id, article_id, is_original FROM dim_article WHERE article_id IN {tuple(chain)}")
    assert sorted(found) == sorted((min(chain), member, member == chain[0]) for member in chain)


def test_a_metric_counts_a_report_and_its_reprints_once() -> None:
    assert ask("SELECT indicator, obs_value, n_articles, n_sources FROM fct_metric") == [(INDICATOR, 13, 1, 1)]


def metric_of(changes: list[str], columns: str = "time_period_from, obs_value, n_figures") -> list[tuple]:
    """What the model makes of one figure that is reported once more for each of the changes."""
    compiled = built().settings.data / "dbt" / "target" / "compiled" / "minsheng" / "models" / "marts"
    sql = (compiled / "fct_metric.sql").read_text("utf-8")
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{built().settings.warehouse}' AS built (READ_ONLY)")
        figure = "FROM built.marts.fct_observation WHERE is_original AND indicator IS NOT NULL LIMIT 1"
        reports = " UNION ALL ".join(f"(SELECT * REPLACE ({change}) {figure})" for change in changes)
        connection.execute(f"CREATE TABLE reports_now AS {reports}")
        sql = sql.replace('"warehouse"."marts"."fct_observation"', "reports_now")
        return connection.execute(f"SELECT {columns} FROM ({sql})").fetchall()


def test_a_metric_says_whether_its_period_was_stated_and_takes_a_report_that_states_it() -> None:
    stated = "'stated' AS time_period_from, 1 AS obs_value"
    assumed = "'published' AS time_period_from, 2 AS obs_value, published_at + INTERVAL 1 DAY AS published_at"
    assert metric_of([assumed]) == [("published", 2, 1)]
    assert metric_of([assumed, stated]) == [("stated", 1, 2)]
    assert ask("SELECT DISTINCT time_period_from FROM fct_metric") == [("stated",)]


NAMES = {
    "{item}": ("个", "count"),
    "{time}": ("次", "count"),
    "{person}": ("人", "count"),
    "kg": ("千克", "mass"),
    "m2": ("平方米", "area"),
    "h": ("小时", "duration"),
    "kWh": ("千瓦时", "energy"),
    "CNY": ("元", "money"),
}


@pytest.mark.parametrize("code,expected", NAMES.items())
def test_a_unit_has_the_name_and_the_dimension_of_its_preferred_word(code: str, expected: tuple[str, str]) -> None:
    assert ask(f"SELECT unit_name, dimension FROM dim_unit WHERE unit_measure = '{code}'") == [expected]


def test_each_faulty_figure_is_in_quarantine_with_its_reason_and_nowhere_else() -> None:
    found = ask("SELECT observation_id, reason FROM quarantine")
    assert len(found) == 10
    assert all(observation_id == reason for observation_id, reason in found)
    assert ask("SELECT 1 FROM fct_observation WHERE observation_id IN (SELECT observation_id FROM quarantine)") == []


def test_what_was_lost_is_counted_by_step_and_reason() -> None:
    found = ask("SELECT step, reason, lost FROM fct_outcome WHERE step != 'check'")
    assert sorted(found) == [("clean", "no_text", 1), ("fetch", "blocked", 1), ("fetch", "gone", 1)]
    assert ask("SELECT sum(lost) FROM fct_outcome WHERE step = 'check'") == [(10,)]
    pages = ask("SELECT outcome, sum(pages)::INT FROM fct_page_outcome GROUP BY ALL ORDER BY ALL")
    assert pages == [("blocked", 1), ("gone", 1), ("new", 5), ("revised", 1)]


def test_what_was_done_to_a_host_on_a_day_is_one_row() -> None:
    found = ask("SELECT * EXCLUDE (conduct_id, first_at, last_at) FROM fct_conduct")
    row = ("jia.example", date(2024, 5, 21), "jia", "Allow: / (2)", "Disallow: /x/ (1)", 3.0, 3.5, 3.5, 0, 3, 6000)
    assert found == [(*row, 1, 0, 0, 0, 0, 0)]


def test_a_page_that_is_gone_is_marked_in_its_article() -> None:
    assert ask("SELECT title FROM dim_article WHERE withdrawn_at IS NOT NULL") == [("数据有误",)]


def test_a_figure_that_states_no_period_takes_the_day_of_publication_and_says_so() -> None:
    found = ask("SELECT DISTINCT time_period, time_period_from FROM fct_observation WHERE time_phrase IS NULL")
    assert found == [("2024-05-20", "published")]


def test_a_region_knows_what_lies_above_it() -> None:
    found = ask("SELECT region_name, prefecture_name, province_name FROM dim_region WHERE region_code = '421024'")
    assert found == [("江陵县", "荆州市", "湖北省")]


def test_a_code_of_the_past_leads_to_todays() -> None:
    found = ask(
        "SELECT region_code, is_current, current_code FROM dim_region WHERE region_code IN ('110103', '110101')"
    )
    assert sorted(found) == [("110101", True, "110101"), ("110103", False, "110101")]
    assert ask("SELECT region_code FROM dim_region WHERE is_current AND current_code != region_code") == []


PERIODS = {
    ("2024-01-01", "2024-12-31"): "2024",
    ("2024-01-01", "2024-06-30"): "2024-S1",
    ("2024-07-01", "2024-12-31"): "2024-S2",
    ("2024-10-01", "2024-12-31"): "2024-Q4",
    ("2024-02-01", "2024-02-29"): "2024-02",
    ("2024-05-20", "2024-05-20"): "2024-05-20",
    ("2024-01-01", "2024-05-20"): "2024-01-01/P141D",
    ("2024-02-01", "2024-04-30"): "2024-02-01/P90D",
    ("2021-01-01", "2025-12-31"): "2021-01-01/P1826D",
}


@pytest.mark.parametrize("days,expected", PERIODS.items())
def test_a_period_is_written_as_sdmx_writes_it(days: tuple[str, str], expected: str) -> None:
    source = (PROJECT / "dbt_project" / "macros" / "sdmx.sql").read_text("utf-8")
    from jinja2 import Environment

    macro = Environment(autoescape=False).from_string(source).module.time_period  # type: ignore[attr-defined]
    first, last = (f"DATE '{day}'" for day in days)
    assert duckdb.execute(f"SELECT {macro(first, last)}").fetchall() == [(expected,)]


def test_every_column_of_every_model_is_described_and_no_other() -> None:
    for schema, file in DOCUMENTED.items():
        declared = yaml.safe_load((PROJECT / "dbt_project" / "models" / schema / f"{file}.yml").read_text("utf-8"))
        described = {(m["name"], c["name"]) for m in declared["models"] for c in m["columns"] if c["description"]}
        columns = ask(f"SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = '{schema}'")
        assert set(columns) == described


def test_the_descriptions_stand_in_the_database() -> None:
    missing = ask(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'marts' AND comment IS NULL"
    )
    assert missing == []


def test_building_again_over_the_same_landing_gives_the_same_marts(tmp_path) -> None:
    settings = copy_of(tmp_path)
    fill(settings)
    build(settings)
    with connect_writer(settings) as connection:
        [(before,)] = ask("SELECT build_id FROM builds.latest")
        assert latest(connection) not in {before, None}, "a build of its own, for the audit to pass"
        connection.execute(f"ATTACH '{built().settings.warehouse}' AS before (READ_ONLY)")
        tables = [
            name
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts' AND database_name = 'before'"
            ).fetchall()
        ]
        for table in tables:
            changed = f"(FROM marts.{table} EXCEPT ALL FROM before.marts.{table})"
            assert connection.execute(f"SELECT count(*) FROM {changed}").fetchone() == (0,), table
    assert len(tables) > 8


def test_a_value_that_the_contract_does_not_know_fails_the_build_and_is_named(tmp_path) -> None:
    settings = copy_of(tmp_path)
    with connect_writer(settings) as connection:
        connection.execute("UPDATE raw.observations SET bound = 'roughly' WHERE n = 1")
    with pytest.raises(BuildFailed, match=r"test accepted_values_stg_minsheng__observations_bound.*: 1 rows") as caught:
        build(settings)
    assert "\n" not in str(caught.value)


def test_two_captures_of_one_day_are_two_revisions_and_the_day_shows_the_later(tmp_path: Path) -> None:
    settings = copy_of(tmp_path)
    first = page("yi", "fountain.html", NEXT_DAY)
    second = replace(first, page_id="again", fetched_at=first.fetched_at + timedelta(hours=3), revision=2)
    early = article(first, bands=[901])
    late = article(second, bands=[901], revision=2, body=f"{SENTENCE}今年完工。", text_sha256="later")
    both = [*figures(early), *figures(late)]
    write_shards("yi", NEXT_DAY, pages=[first, second], articles=[early, late], observations=both, settings=settings)
    land([("yi", NEXT_DAY)], settings)
    build(settings)
    with connect_writer(settings) as connection:

        def found(columns: str, table: str) -> list[tuple]:
            sql = f"SELECT {columns} FROM marts.{table} WHERE article_id = $id ORDER BY ALL"
            return connection.execute(sql, {"id": early.article_id}).fetchall()

        assert found("revision, superseded_on, is_latest", "dim_article_revision") == [
            (1, NEXT_DAY, False),
            (2, None, True),
        ]
        assert found("revision, sentence", "fct_observation") == [(2, late.body)] * 3
        assert found("revision, sentence", "fct_observation_superseded") == [(1, early.body)] * 3
        assert found("revision", f"dim_article_as_of('{NEXT_DAY}')") == [(2,)]


def test_as_of_a_day_a_reprint_counts_until_its_original_was_known(tmp_path: Path) -> None:
    settings = copy_of(tmp_path)
    for source_id, day in [("yi", DAY), ("jia", NEXT_DAY)]:
        report = article(page(source_id, "well.html", day), bands=[901])
        counted = [replace(figure, indicator_id=INDICATOR, region_code="421023") for figure in figures(report)[:1]]
        write_shards(source_id, day, articles=[report], observations=counted, settings=settings)
        land([(source_id, day)], settings)
    build(settings)
    with connect_writer(settings) as connection:
        for day, source_id in [(DAY, "yi"), (NEXT_DAY, "jia")]:
            [metric] = connection.execute(
                f"SELECT obs_value, n_articles, url FROM marts.fct_metric_as_of('{day}') WHERE ref_area = '421023'"
            ).fetchall()
            assert metric == (12, 1, f"http://{source_id}.example/well.html")
        shown = f"SELECT url FROM marts.fct_observation_as_of('{NEXT_DAY}') WHERE ref_area = '421023' AND is_original"
        assert connection.execute(shown).fetchall() == [("http://jia.example/well.html",)]


@pytest.mark.parametrize("unit,sound", [("CNY", True), ("USD", True), ("m3", False)])
def test_money_that_is_lost_is_negative_and_sound(tmp_path: Path, unit: str, sound: bool) -> None:
    settings = copy_of(tmp_path)
    report = article(page("yi", "loss.html", NEXT_DAY), bands=[902])
    [_, money, _] = figures(report)
    loss = replace(money, value=Decimal(-120_000_000), unit=unit)
    write_shards("yi", NEXT_DAY, articles=[report], observations=[loss], settings=settings)
    land([("yi", NEXT_DAY)], settings)
    build(settings)
    with connect_writer(settings) as connection:
        mart = "fct_observation" if sound else "quarantine"
        found = f"SELECT count(*) FROM marts.{mart} WHERE observation_id = '{loss.observation_id}'"
        assert connection.execute(found).fetchall() == [(1,)]


def test_a_metric_gives_both_ends_of_a_range_with_its_sign() -> None:
    decline = "10 AS obs_value, 20 AS obs_value_max, 'range' AS bound, 'change' AS kind, 'down' AS direction"
    assert metric_of([decline], "obs_value, obs_value_max, obs_value_low, obs_value_high") == [(-10, -20, -20, -10)]


@pytest.mark.parametrize("part", ["unit_measure", "kind", "basis", "status", "time_period", "ref_area", "indicator"])
def test_each_part_of_a_series_makes_another_metric(part: str) -> None:
    assert metric_of([f"'a' AS {part}", f"'b' AS {part}"], "count(DISTINCT metric_id)") == [(2,)]


def test_an_article_counts_the_numerals_that_are_no_figure_by_reason() -> None:
    park = article_id("jia", "park.html")
    shown = f"SELECT rejected_numerals, rejected_reasons ->> 'date' FROM dim_article WHERE article_id = '{park}'"
    assert ask(shown) == [(2, "2")]
