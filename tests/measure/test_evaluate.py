"""Evaluation: the scorer agrees with the shared one, and our own gold stays above its floors."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from minsheng.clean import clean
from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.measure.evaluate import align, evaluate, score

GOLD = Path(__file__).parent / "gold"
FLOORS = GOLD / "floors.json"
SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "gold"
PUBLISHED = {"001": "2021-11-16", "002": "2021-05-07", "003": "2023-06-08"}
BODY = "江陵县发放补贴1.2亿元，惠及群众3万余人，办结率91.3%。"


def observed(body: str, published: str = "2023-08-01") -> list:
    when = datetime.fromisoformat(published).replace(tzinfo=timezone(timedelta(hours=8)))
    return measure(Article("test", "", "", body, "", "test", published_at=when)).observations


def line(observation: object) -> dict:
    names = ("surface", "unit", "bound", "indicator", "region_code", "status", "kind", "time_phrase")
    values = {"value": float(observation.value), "value_max": None}
    return {name: getattr(observation, name) for name in names} | values


def test_perfect_predictions_score_one() -> None:
    found = observed(BODY)
    result = score([line(o) for o in found], found)
    assert [result.share(f) for f in ("quantity", "bound", "indicator", "region", "status", "kind")] == [1.0] * 6
    assert not result.misses


def test_misses_are_counted_by_class() -> None:
    found = observed(BODY)
    gold = [line(o) for o in found]
    gold[0]["value"] = 5
    gold[1]["bound"] = "exact"
    gold.append({**gold[2], "surface": "17个", "value": 17, "unit": "{item}"})
    result = score(gold, found)
    assert dict(result.misses) == {"wrong value": 1, "wrong bound": 1, "missed": 1}
    assert result.share("quantity") == pytest.approx(2 * 2 / (4 + 3))


def test_the_fields_that_gold_has_are_scored_and_no_others() -> None:
    found = observed("今年，江陵县熊河镇发放补贴1.2亿元，同比增长5%。")
    days = {"period_start": "2023-01-01", "period_end": "2023-08-01", "as_of": None}
    gold = [
        {
            "value": 1.2e8,
            "unit": "CNY",
            "surface": "",
            "indicator_id": "subsidies_paid",
            "region_code": "421024102",
            **days,
        },
        {"value": 5, "unit": "%", "surface": "", "direction": "down", "basis": "same_period_last_year"},
    ]
    result = score(gold, found)
    assert {name: (result.right[name], result.asked[name]) for name in result.asked if name != "sure"} == {
        "indicator_id": (1, 1),
        "region": (1, 1),
        "days": (1, 1),
        "change": (0, 1),
    }
    assert score([{**gold[0], "region_code": "421024101"}], found).right["region"] == 0
    assert score([{**gold[0], "region_code": "421024"}], found).right["region"] == 1
    assert score([{**gold[0], "region_code": None}], found).right["region"] == 0


def test_an_optional_figure_neither_helps_nor_hurts() -> None:
    found = observed(BODY)
    gold = [line(o) for o in found]
    gold[0]["optional"] = True
    assert score(gold, found).share("quantity") == 1.0
    assert score(gold, found[1:]).share("quantity") == 1.0


def test_alignment_keeps_the_order_of_the_text() -> None:
    found = observed(BODY)
    swapped = [line(found[2]), line(found[0]), line(found[1])]
    assert align(swapped, found) == [(1, 0), (2, 1)]
    assert align([], found) == []


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        evaluate(tmp_path, clean)


@pytest.mark.parametrize("line", ["{", "[1]", "3", '{"value": 3}', '{"value": "viele", "unit": "CNY"}'])
def test_a_line_of_gold_that_is_no_figure_is_named(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"value": 1, "unit": "CNY"}\n' + line, "utf-8")
    with pytest.raises(ValueError, match=r"a\.jsonl, line 2: no figure"):
        evaluate(tmp_path, clean)


def test_our_gold_stays_above_its_floors() -> None:
    evaluation = evaluate(GOLD, clean)
    assert evaluation.below(json.loads(FLOORS.read_text("utf-8"))) == [], evaluation.total.examples


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_shared_scorer_agrees_and_the_shared_gold_is_reached(name: str, tmp_path: Path) -> None:
    if not SHARED.exists():
        pytest.skip("needs the shared gold beside the checkout, no part of the project")
    body = (SHARED / f"{name}.repaired.txt").read_text("utf-8")
    found = observed(body, PUBLISHED[name])
    predicted = tmp_path / "predicted.jsonl"
    rows = [line(o) | {"value_max": o.value_max and float(o.value_max)} for o in found]
    predicted.write_text("\n".join(json.dumps(r, ensure_ascii=False) for r in rows), "utf-8")
    command = [sys.executable, SHARED / "score.py", SHARED / f"{name}.jsonl", predicted, "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    gold = [json.loads(row) for row in (SHARED / f"{name}.jsonl").read_text("utf-8").splitlines()]
    ours = score(gold, found)
    assert ours.share("quantity") == pytest.approx(theirs["f1"])
    for field in ("bound", "indicator", "region", "status"):
        assert ours.share(field) == pytest.approx(theirs[field])
    assert theirs["f1"] >= 0.97
    assert theirs["bound"] >= 0.98
    assert theirs["region"] >= 0.97
    assert theirs["status"] >= 0.95
    assert theirs["indicator"] >= 0.85
    sure = [replace(o) for o in found if o.confidence > 0.9]
    assert len(sure) >= 0.5 * len(found)
