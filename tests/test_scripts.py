"""JSON in a page's scripts: found wherever a script holds it, walked in the order of the text, never for long."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng import SHANGHAI
from minsheng.scripts import MOST_NODES, in_scripts, moment, objects

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("markup", "values"),
    [
        ("<script>var a = [1, 2]; var b = {'x': 1}; load({\"y\": 2})</script>", [[1, 2], {"y": 2}]),
        ('<script type="application/json"> {"a": [3]} </script>', [{"a": [3]}]),
        ("<SCRIPT>var a = [1]</SCRIPT><p>= [2]</p><script>show([3])</script>", [[1], [3]]),
        ('<script>window.state={"a":undefined,"b":[undefined, 1]}</script>', [{"a": None, "b": [None, 1]}]),
        ('<script>var a = {"said": "it is undefined, "}</script>', [{"said": "it is undefined, "}]),
        ("<script>var a = [1</script>", []),
        ("<p>no script</p>", []),
        ("", []),
    ],
)
def test_the_values_of_scripts(markup: str, values: list[Any]) -> None:
    assert list(in_scripts(markup)) == values


def test_objects_come_outer_before_inner_in_the_order_of_the_text() -> None:
    value = json.loads('[{"n": 1, "in": [{"n": 2}, {"n": 3, "in": {"n": 4}}]}, {"n": 5}]')
    assert [item["n"] for item in objects(value)] == [1, 2, 3, 4, 5]
    assert [item["n"] for item in objects(value, 4)] == [1, 2]  # the lists count, too


@given(JSON)
def test_every_object_is_walked_once(value: Any) -> None:
    seen: list[Any] = []
    json.loads(json.dumps(value), object_hook=seen.append)
    assert sum(1 for _ in objects(value)) == len(seen)


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (1716170400, datetime(2024, 5, 20, 10, 0, tzinfo=SHANGHAI)),
        ("1716170400", datetime(2024, 5, 20, 10, 0, tzinfo=SHANGHAI)),
        (1716170400123, datetime(2024, 5, 20, 10, 0, tzinfo=SHANGHAI)),
        ("1716170400123", datetime(2024, 5, 20, 10, 0, tzinfo=SHANGHAI)),
        ("202405201000", None),
        (20240520, None),
        (-1716170400, None),
        (True, None),
        (1716170400.0, None),
        ("2024-05-20", None),
        ("１７１６１７０４００", None),
        (None, None),
    ],
)
def test_a_count_since_1970_is_a_time(value: Any, at: datetime | None) -> None:
    assert moment(value) == at


@pytest.mark.parametrize("piece", ["a = [", 'f({"a":', "[", "= ", '{"a":undefined ', "= [1] ", "= [[[],[]],"])
def test_hostile_scripts_take_little_time(piece: str) -> None:
    start = time.process_time()
    for value in in_scripts(f"<script>{piece * 100_000}</script>"):
        assert sum(1 for _ in objects(value, MOST_NODES)) <= MOST_NODES
    assert time.process_time() - start < 2
