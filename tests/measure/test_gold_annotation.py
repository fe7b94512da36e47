"""The gold articles beside this test are annotated as `docs/figures.md` defines a figure, and hold together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

GOLD = Path(__file__).parent / "gold"
ARTICLES = sorted(GOLD.glob("*.txt"))
UNITS = {"CNY", "USD", "1", "%", "pp", "m", "m2", "m3", "m3/h", "kg", "W", "kWh", "h", "d", "mo", "a", "ug/m3"} | {
    "{person}", "{visit}", "{household}", "{time}", "{item}"
}  # fmt: skip
FIELDS = {
    "n", "surface", "value", "value_max", "bound", "unit", "classifier", "indicator", "region", "region_code",
    "time_phrase", "status", "kind", "optional", "char_start", "char_end",
}  # fmt: skip


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
