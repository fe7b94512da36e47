"""From the replay's pages to the published tables: the figures that stand in them, whatever happened on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from minsheng import runner
from minsheng.apart import StepFailed
from minsheng.settings import Settings
from minsheng.warehouse import WarehouseError
from replay import DAYS, FIRST_DAY, expected, serve

from .replayed import VISIT, ask, figures, replayed, settings_for, tables

pytestmark = pytest.mark.xdist_group("end_to_end")


def written() -> dict[str, Counter[tuple[Decimal, str]]]:
    """The figures that the replay's articles hold on the second day, by the path of their address."""
    return {
        article["path"]: Counter((Decimal(f["value"]).normalize(), f["unit"]) for f in article["figures"])
        for article in expected()
        if 2 in article["days"]
    }


def test_the_run_is_complete_and_audited() -> None:
    done = replayed().run
    assert done.snapshot, done.failures
    assert done.audit is not None
    assert done.audit["expectations"] >= 10


def test_every_published_article_has_exactly_the_figures_that_were_written_into_it() -> None:
    wanted = written()
    found = {urlsplit(url).path: counts for url, counts in figures(replayed().settings).items()}
    assert len(found) >= 40
    wrong = {path: (counts - wanted[path], wanted[path] - counts) for path, counts in found.items() if path in wanted}
    assert {path: both for path, both in wrong.items() if any(both)} == {}


def test_pages_end_in_every_outcome_that_the_replay_provokes() -> None:
    outcomes = dict(ask(replayed().settings, "SELECT outcome, sum(pages) FROM fct_page_outcome GROUP BY ALL"))
    assert {"new", "unchanged", "revised", "gone", "refused", "blocked"} <= set(outcomes)


def test_what_gave_no_article_is_a_row_with_its_reason() -> None:
    lost = dict(ask(replayed().settings, "SELECT reason, sum(lost) FROM fct_outcome WHERE step = 'fetch' GROUP BY ALL"))
    assert {"gone", "refused", "blocked"} <= set(lost)


def test_a_garbled_mirror_page_and_its_original_are_one_cluster() -> None:
    clusters = ask(
        replayed().settings,
        "SELECT cluster_id FROM dim_article GROUP BY ALL HAVING count(*) > 1 AND sum(is_original::INT) = 1",
    )
    assert len(clusters) >= 2


def test_every_figure_has_its_sentence_and_most_their_region() -> None:
    query = "SELECT bool_and(contains(sentence, surface)), avg((ref_area IS NOT NULL)::INT) FROM fct_observation"
    [(sourced, placed)] = ask(replayed().settings, query)
    assert sourced
    assert placed > 0.95


def test_running_the_same_dates_again_leaves_the_same_rows() -> None:
    done = replayed()
    assert len(done.first["fct_observation"]) > 250
    assert done.again == done.first


def test_a_failing_step_leaves_the_published_snapshot_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replayed().settings
    before = settings.snapshot.resolve()

    def full(*_: object) -> None:
        raise WarehouseError("no space left on device")

    def here(step: Callable[[Settings], object], settings: Settings) -> object:  # where it can be made to fail
        try:
            return step(settings)
        except WarehouseError as error:
            raise StepFailed(f"WarehouseError: {error}") from error

    monkeypatch.setattr("minsheng.warehouse.publish", full)
    monkeypatch.setattr("minsheng.runner.apart", here)
    told = []
    run = runner.run([], DAYS[2], DAYS[2], settings, complain=lambda *complaint: told.append(complaint))
    assert not run.complete
    assert told == [("publish", "nothing published", "WarehouseError: no space left on device")]
    assert settings.snapshot.resolve() == before


@pytest.mark.parametrize("seconds", [1.5, 4.0, 9.0])
def test_a_run_killed_anywhere_and_started_again_gives_the_same_tables(tmp_path: Path, seconds: float) -> None:
    with serve(tmp_path / "sources") as replay:
        whole = settings_for(replay, tmp_path / "whole")
        assert runner.run(["jiangling", "zunyi"], FIRST_DAY, FIRST_DAY, whole).snapshot
        killed = settings_for(replay, tmp_path / "killed")
        command = [sys.executable, "-m", "minsheng.cli", "run", "--from", str(FIRST_DAY), "--to", str(FIRST_DAY)]
        command += ["--source", "jiangling", "--source", "zunyi"]
        environ = os.environ | {
            "MINSHENG_DATA": str(killed.data),
            "MINSHENG_SOURCES": str(killed.sources),
            "MINSHENG_ALLOW_HOSTS": f"[{','.join(f'{chr(34)}{host}{chr(34)}' for host in replay.allow_hosts)}]",
        }
        process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert runner.run(["jiangling", "zunyi"], FIRST_DAY, FIRST_DAY, killed).snapshot
    found, wanted = tables(killed, VISIT), tables(whole, VISIT)
    assert len(found.pop("fct_conduct")) == len(wanted.pop("fct_conduct"))  # the killed one asked for a page twice
    assert found == wanted
