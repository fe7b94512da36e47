"""What is printed: values that JSON knows, tables that stay in their columns."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from minsheng import render
from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.pipeline import Audited
from minsheng.render import summary
from minsheng.runner import Run

DAY = datetime(2024, 5, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Decimal("120000000.000000000"), 120000000),
        (Decimal("91.300000000"), 91.3),
        (datetime(2024, 5, 20, tzinfo=UTC), "2024-05-20T00:00:00+00:00"),
        (float("nan"), None),
        (uuid.UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (timedelta(days=1), "1 day, 0:00:00"),
        ({"a": [Decimal(1)]}, {"a": [1]}),
        (True, True),
    ],
)
def test_every_value_becomes_one_that_json_knows(value: object, printed: object) -> None:
    assert json.loads(json.dumps(render.plain(value), allow_nan=False)) == printed


def test_a_column_of_a_name_already_given_is_kept() -> None:
    assert json.loads(render.rows(["a", "a"], [(1, 2)], "jsonl")) == {"a": 1, "a_2": 2}


def test_columns_are_aligned_by_their_width_on_a_terminal() -> None:
    table = render.rows(["region", "n"], [("江陵县", 1), ("x", 2)], "table").splitlines()
    assert [render.width(line[: line.rindex(line[-1])]) for line in table[2:]] == [8, 8]


def test_control_characters_neither_break_a_table_nor_reach_the_terminal() -> None:
    table = render.rows(["text"], [("a\nb\x1b[31m",)], "table")
    assert len(table.splitlines()) == 3
    assert "\x1b" not in table


@pytest.mark.parametrize(("value", "shown"), [(Decimal("1.20"), "1.2"), (Decimal("1E+6"), "1,000,000"), (None, "")])
def test_numbers_are_shown_plainly(value: Decimal | None, shown: str) -> None:
    assert render.number(value) == shown


@pytest.mark.parametrize(("count", "said"), [(0, "0 figures"), (1, "1 figure"), (2, "2 figures")])
def test_one_thing_is_no_plural(count: int, said: str) -> None:
    assert render.many(count, "figure") == said


@pytest.mark.parametrize(
    ("text", "columns", "kept"), [("江陵县", 6, "江陵县"), ("江陵县421024", 9, "江陵县4.."), ("江陵县", 5, "江..")]
)
def test_what_is_too_wide_is_cut_by_its_width_on_a_terminal(text: str, columns: int, kept: str) -> None:
    assert render.cut(text, columns) == kept


def test_a_table_of_figures_keeps_within_its_width() -> None:
    place = "恩施土家族苗族自治州"
    body = f"去年{place}城镇常住居民人均可支配收入8000元到1万元，{place}" + "城镇新增就业和再就业人数" * 3 + "5万人。"
    text = render.figure_table("", measure(Article("", "", "", body * 9, "", "", published_at=DAY)), True)
    assert max(map(render.width, text.splitlines())) <= render.WIDTH
    assert "8,000 to 10,000" in text
    assert "422800 " in text


@pytest.mark.parametrize(
    ("kind", "basis", "status", "estimated", "shown"),
    [
        ("level", None, "actual", False, ""),
        ("share", None, "actual", False, "share"),
        ("change", "same_period_last_year", "actual", True, "yoy est."),
        ("change", None, "target", False, "change target"),
        ("change", "another_base", "actual", False, "another base"),
    ],
)
def test_what_is_no_plain_level_says_so(kind: str, basis: str | None, status: str, estimated: bool, shown: str) -> None:
    [found] = measure(Article("", "", "", "江陵县新增就业5万人。", "", "")).observations
    assert render.kind(replace(found, kind=kind, basis=basis, status=status, estimated=estimated)) == shown


def test_a_run_says_of_its_audit_whether_it_passed_failed_or_was_never_made() -> None:
    assert "audit      not made" in summary(Run())
    assert "audit      not passed" in summary(Run(failures=[("audit", "nothing published", "AuditFailed: one")]))
    assert "audit      33 expectations checked, all met\n" in summary(Run(audit=Audited(expectations=33, warnings=[])))


def test_a_run_names_the_expectations_that_only_warn() -> None:
    told = summary(Run(audit=Audited(expectations=33, warnings=["dim_source: as many articles (observed 2)"])))
    assert "33 expectations checked, 1 not met\n           warning: dim_source: as many articles (observed 2)\n" in told
