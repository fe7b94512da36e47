"""The CSV files of the vocabulary keep what their YAML promises, those too that dbt does not load."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from minsheng.vocabulary import SEEDS


def promises() -> Iterator[tuple[str, str, Any]]:
    """Each seed, column and data test of the YAML files beside the CSV files."""
    for file in sorted(SEEDS.glob("*.yml")):
        for seed in yaml.safe_load(file.read_text(encoding="utf-8")).get("seeds", []):
            for column in seed.get("columns", []):
                for promise in column.get("data_tests", []):
                    yield seed["name"], column["name"], promise


def column(seed: str, name: str) -> list[str]:
    with (SEEDS / f"{seed}.csv").open(encoding="utf-8", newline="") as lines:
        return [row[name] for row in csv.DictReader(lines)]


@pytest.mark.parametrize("seed, name, promise", [p for p in promises() if p[2] in ("not_null", "unique")])
def test_a_column_is_whole_and_without_repetition(seed: str, name: str, promise: str) -> None:
    values = column(seed, name)
    if promise == "unique":
        assert sorted(values) == sorted(set(values))
    else:
        assert all(values)


@pytest.mark.parametrize(
    "seed, name, promise", [p for p in promises() if isinstance(p[2], dict) and "accepted_values" in p[2]]
)
def test_a_column_holds_none_but_its_values(seed: str, name: str, promise: dict[str, Any]) -> None:
    accepted = {str(value) for value in promise["accepted_values"]["arguments"]["values"]}
    assert {value for value in column(seed, name) if value} <= accepted


def test_every_vocabulary_file_is_described() -> None:
    assert {file.stem for file in SEEDS.glob("*.csv")} == {seed for seed, _, _ in promises()}


def test_townships_stand_in_the_order_of_their_codes_with_nothing_to_quote() -> None:
    """They are read as plain lines and looked up by bisection (places_gazetteer)."""
    codes, names, counties = (column("townships", what) for what in ("township_code", "township_name", "county_code"))
    assert codes == sorted(set(codes))
    assert {len(code) for code in codes} == {9}
    assert {len(code) for code in counties} == {6}
    assert not any(mark in name for name in names for mark in ',"')
