"""The audit says yes to sound marts, no to each planted fault, and leaves the warehouse free for the publisher."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from minsheng.pipeline import AuditFailed
from minsheng.pipeline import audit as audit_step
from minsheng.quality import Audit, AuditError, audit
from minsheng.quality.suites import SUITES
from minsheng.settings import Settings
from minsheng.warehouse import PublishError, WarehouseError, connect_writer, latest, note_audit, publish, query

from ..warehouse.built import copy_of  # noqa: TID252 (the tests are no package on the path)

pytestmark = pytest.mark.xdist_group("dbt")

TABLES = {"{figures}": "UPDATE marts.fct_observation SET", "{sources}": "UPDATE marts.dim_source SET"}
PLANTED = {
    "sentence is given": "{figures} sentence = NULL WHERE n = 2",
    "observation_id is a key": "INSERT INTO marts.fct_observation FROM marts.fct_observation LIMIT 1",
    "ref_area is given in 90% of the rows": "{figures} ref_area = NULL WHERE n != 1",
    "ref_area is given in 50% of the rows": "{figures} ref_area = NULL WHERE n != 1",
    "every figure stands in its sentence": "{figures} surface = '没有' WHERE n = 1",
    "a region has a code of 6 or 9 digits": "{figures} ref_area = '42' WHERE n = 1",
    "a period is written as SDMX writes it": "{figures} time_period = '五月' WHERE n = 1",
    "every unit is in dim_unit": "{figures} unit_measure = 'heap' WHERE unit_measure = 'CNY' AND source_id = 'yi'",
    "a share in per cent lies within 0 and 100": "{figures} obs_value = 101 WHERE kind = 'share'",
    "a value lies within the bounds of its unit": (
        "{figures} obs_value = 3e15 WHERE unit_measure = 'CNY' AND source_id = 'bing'"
    ),
    "nothing was published after it was fetched": "{figures} published_at = '2999-01-01'",
    "only a change has a direction": "{figures} direction = 'up' WHERE kind = 'level'",
    "metric_id is a key": (
        "INSERT INTO marts.fct_metric SELECT * REPLACE ('another' AS indicator) FROM marts.fct_metric"
    ),
    "a series has one value a period": (
        "INSERT INTO marts.fct_metric SELECT * REPLACE ('another' AS metric_id) FROM marts.fct_metric LIMIT 1"
    ),
    "the value lies among those reported": "UPDATE marts.fct_metric SET obs_value_high = obs_value - 1",
    "obs_value is given": (
        "{figures} obs_value = NULL WHERE unit_measure = 'CNY' AND source_id = 'jia';"
        "UPDATE marts.fct_metric SET obs_value = NULL WHERE metric_id = 'another'"
    ),
    "a cluster of reprints has one original": "UPDATE marts.dim_article SET is_original = true",
    "article_id is a key": "INSERT INTO marts.dim_article FROM marts.dim_article LIMIT 1",
    "url is a key": "INSERT INTO marts.dim_article FROM marts.dim_article LIMIT 1",
    "a source gives no more articles a day than its registry entry expects": "{sources} articles_max = 1",
    "a source gives no fewer articles a day than its registry entry expects": "{sources} articles_min = 50",
    "a source gives as many figures an article as its registry entry expects": (
        "{sources} figures_min = 50, figures_max = 90"
    ),
    "a source names the region of as many figures as its registry entry expects": ("{sources} region_share = 0.99"),
    "a source that was visited gave at least one page": (
        "UPDATE marts.fct_page_outcome SET outcome = 'failed' WHERE source_id = 'yi'"
    ),
    "no host was asked again before its delay was over": "UPDATE marts.fct_conduct SET too_soon = 1",
    "no host told us to stop more than once in ten requests": "UPDATE marts.fct_conduct SET stops_429 = 2",
    "at most half of the figures fail a check": "INSERT INTO marts.quarantine FROM marts.quarantine",
    "a text is decoded": "UPDATE marts.dim_article SET undecoded = 3",
    "published_at is given in 80% of the rows": "UPDATE marts.dim_article SET published_at = NULL",
}


def plant(settings: Settings) -> None:
    with connect_writer(settings) as connection:
        for statement in dict.fromkeys(PLANTED.values()):
            for short, long in TABLES.items():
                statement = statement.replace(short, long)
            connection.execute(statement)


def unmet(verdict: Audit) -> set[str]:
    return {finding.expectation for finding in verdict.results if not finding.passed}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Audit]:
    settings = copy_of(tmp_path_factory.mktemp("sound"))
    return settings, audit(settings)


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Audit]:
    settings = copy_of(tmp_path_factory.mktemp("faulty"))
    with connect_writer(settings) as connection:
        note_audit(connection, latest(connection))  # as the audit of the same rows does in ``sound``
    publish(settings)
    plant(settings)
    return settings, audit(settings)


def test_sound_marts_pass_with_a_warning_about_the_many_in_quarantine(sound: tuple[Settings, Audit]) -> None:
    _, verdict = sound
    assert verdict.passed
    assert unmet(verdict) == {"at most one figure of ten fails a check"}
    assert [finding.suite for finding in verdict.warnings] == ["quarantine"]


def test_the_data_docs_show_the_verdict(sound: tuple[Settings, Audit]) -> None:
    settings, verdict = sound
    assert verdict.docs == settings.docs / "index.html"
    pages = "".join(page.read_text("utf-8") for page in (settings.docs / "validations").rglob("*.html"))
    assert "every figure stands in its sentence" in pages


def test_what_the_audit_passed_can_be_published_and_nothing_that_was_built_after_it(
    sound: tuple[Settings, Audit],
) -> None:
    settings, _ = sound
    assert publish(settings).exists()
    with connect_writer(settings) as connection:
        connection.execute("UPDATE builds.latest SET build_id = 'of another process'")
    with pytest.raises(PublishError, match="was built again since the audit; run again"):
        publish(settings)


def test_what_the_audit_did_not_pass_cannot_be_published(faulty: tuple[Settings, Audit]) -> None:
    with pytest.raises(PublishError, match="holds no marts that passed the audit"):
        publish(faulty[0])


@pytest.mark.parametrize("expectation", PLANTED)
def test_a_planted_fault_is_found(expectation: str, faulty: tuple[Settings, Audit]) -> None:
    assert expectation in unmet(faulty[1])


def test_every_expectation_but_that_of_an_empty_mart_was_seen_to_fail(faulty: tuple[Settings, Audit]) -> None:
    met = {finding.expectation for finding in faulty[1].results if finding.passed}
    assert met == {"there is something to publish"}


def short_of_articles(published: list[int], visited: int, least: float) -> bool:
    """Whether a source that expects ``least`` articles a day breaches it: days of its articles, days of its visits."""
    [rule] = [rule for rule in SUITES["dim_source"] if "no fewer articles" in rule.says]
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA marts")
        day = "DATE '2024-05-01' + day::INTEGER AS logical_date"
        connection.execute(
            f"CREATE TABLE marts.fct_page_outcome AS SELECT 'a' AS source_id, {day} FROM range(1) t(day)"
        )
        lost = f"SELECT 'a' AS source_id, {day}, 'discover' AS step FROM range({visited}) t(day)"  # found nothing
        connection.execute(f"CREATE TABLE marts.fct_outcome AS {lost}")
        articles = f"SELECT 'a' AS source_id, n AS article_id, NULL::DATE AS published_on, {day}"
        connection.execute(
            f"CREATE TABLE marts.dim_article AS {articles} FROM (SELECT unnest($1::INTEGER[]), 1) t(day, n)",
            [published],
        )
        connection.execute(
            "CREATE TABLE marts.dim_source AS SELECT 'a' AS source_id, $1::DOUBLE AS articles_min", [least]
        )
        query = rule.arguments["unexpected_rows_query"].format(batch="marts.dim_source")
        return bool(connection.execute(query).fetchall())


@pytest.mark.parametrize(
    ("published", "visited", "least", "breach"),
    [
        ([], 1, 0.3, False),  # a county's Sunday without news
        ([], 4, 0.3, True),
        ([0], 4, 0.3, False),
        ([0, 0, 1], 2, 2, True),
        ([0, 0, 1, 1], 2, 2, False),
        (list(range(12)), 60, 0.5, True),  # it was lively once; the last four weeks count
        (list(range(32, 60, 2)), 60, 0.5, False),
    ],
)
def test_too_few_articles_is_told_by_the_mean_of_the_last_weeks(
    published: list[int], visited: int, least: float, breach: bool
) -> None:
    assert short_of_articles(published, visited, least) is breach


def test_no_expectation_fails_for_an_error_of_its_own(faulty: tuple[Settings, Audit]) -> None:
    assert [finding for finding in faulty[1].results if finding.observed.startswith("error")] == []


def test_a_failing_audit_stops_the_pipeline_before_it_publishes(faulty: tuple[Settings, Audit]) -> None:
    settings, verdict = faulty
    assert not verdict.passed
    with connect_writer(settings) as connection:
        connection.execute("DELETE FROM marts.dim_article")
        connection.execute("UPDATE marts.fct_observation SET ref_area = NULL")
    with pytest.raises(AuditFailed, match="there is something to publish") as caught:
        audit_step(settings)
    assert "ref_area is given in 50% of the rows" in str(caught.value)
    [(published,)] = query("SELECT count(*) FROM dim_article", settings).rows
    assert published == 5


def test_who_takes_the_warehouse_before_the_first_look_is_waited_for_and_then_named(
    sound: tuple[Settings, Audit], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = sound[0].model_copy(update={"lock_wait": 0.3})
    monkeypatch.setattr(
        sys.modules["minsheng.quality.audit"], "_require_marts", lambda _: None
    )  # has just let go of the file
    hold = "import duckdb, sys, time; c = duckdb.connect(sys.argv[1]); print('held', flush=True); time.sleep(60)"
    holder = subprocess.Popen([sys.executable, "-c", hold, settings.warehouse], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError, match=rf"is still held by .*\(PID {holder.pid}\) after 0.3 s") as caught:
            audit(settings)
    finally:
        holder.kill()
        holder.wait()
    assert "\n" not in str(caught.value)


def test_while_the_audit_looks_nobody_can_write(sound: tuple[Settings, Audit]) -> None:
    from minsheng.quality.audit import _held

    write = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    with _held(sound[0]):
        tried = subprocess.run([sys.executable, "-c", write, sound[0].warehouse], capture_output=True, text=True)
    assert "Conflicting lock is held" in tried.stderr


def test_without_marts_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="build the marts first"):
        audit(Settings(data=tmp_path))
