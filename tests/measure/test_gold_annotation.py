"""The gold articles beside this test are annotated as `docs/figures.md` defines a figure, and hold together."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minsheng import vocabulary

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(GOLD.glob("*.txt"))
UNITS = {"CNY", "USD", "1", "%", "pp", "m", "m2", "m3", "m3/h", "kg", "W", "kWh", "h", "d", "mo", "a", "ug/m3"} | {
    "{person}", "{visit}", "{household}", "{time}", "{item}"
}  # fmt: skip
FIELDS = {
    "n", "surface", "value", "value_max", "bound", "unit", "classifier", "indicator", "indicator_id", "region",
    "region_code", "time_phrase", "period_start", "period_end", "as_of", "status", "estimated", "kind", "basis",
    "direction", "optional", "char_start", "char_end",
}  # fmt: skip
IDS = {row["indicator_id"] for row in vocabulary.rows("indicators")} | {None}
DAYS = ("period_start", "period_end", "as_of")
BASES = {row["basis"] for row in vocabulary.rows("change_bases")} | {None}
YEAR_BASIS = re.compile("(?:year|same_period)_(?:19|20)[0-9]{2}")


def test_there_are_gold_articles() -> None:
    assert len(ARTICLES) >= 12
    assert [path.with_suffix(".jsonl") for path in ARTICLES] == sorted(GOLD.glob("*.jsonl"))


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_annotation_fits_its_article(path: Path) -> None:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    body = body.rstrip("\n")
    title, day, source = head.split("\n")
    assert title
    assert day.startswith("日期: ")
    assert source.startswith("来源: ")
    published = date.fromisoformat(day.removeprefix("日期: ")[:10])
    done = 0
    lines = path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()
    for n, figure in enumerate(map(json.loads, lines), start=1):
        assert set(figure) == FIELDS
        assert figure["n"] == n
        assert figure["char_start"] >= done
        done = figure["char_end"]
        assert body[figure["char_start"] : done] == figure["surface"]
        assert figure["unit"] in UNITS
        assert figure["bound"] in {"exact", "about", "at_least", "at_most", "range"}
        assert (figure["value_max"] is not None) == (figure["bound"] == "range")
        assert figure["kind"] in {"level", "change", "share"}
        assert figure["status"] in {"actual", "target"}
        assert figure["time_phrase"] is None or figure["time_phrase"] in body
        assert 2 <= len(figure["indicator"]) <= 15
        assert set(figure["indicator"]) <= set(body)
        assert len(figure["region_code"]) == 6
        assert figure["indicator_id"] in IDS
        assert isinstance(figure["estimated"], bool)
        check_change(figure)
        check_days(figure, published)


def check_change(figure: dict[str, Any]) -> None:
    """A change goes up or down, perhaps against something; nothing else does."""
    if figure["kind"] == "change":
        assert figure["direction"] in {"up", "down"}
        assert figure["basis"] in BASES or YEAR_BASIS.fullmatch(figure["basis"])
    else:
        assert (figure["direction"], figure["basis"]) == (None, None)


def check_days(figure: dict[str, Any], published: date) -> None:
    """Days are ordered, of one way of counting, and past where the figure is reported."""
    start, end, as_of = (day and date.fromisoformat(day) for day in map(figure.get, DAYS))
    assert as_of is None or (start, end) == (None, None)
    assert start is None or (end is not None and start <= end)
    if figure["status"] == "actual":
        assert all(day is None or day <= published for day in (start, end, as_of))
