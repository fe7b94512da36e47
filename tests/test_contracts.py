"""The records' Arrow schemas follow their declarations, and ids depend on their parts alone."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from minsheng.contracts import Article, Observation, Outcome, Page, Repair, arrow_schema, stable_id

DAY = date(2024, 5, 20)


@pytest.mark.parametrize("record", [Page, Article, Observation, Outcome])
def test_schema_has_every_field_in_declared_order(record: type) -> None:
    assert arrow_schema(record).names == [f.name for f in fields(record)]


def test_only_optional_fields_are_nullable() -> None:
    schema = arrow_schema(Observation)
    assert not schema.field("value").nullable
    assert schema.field("value_max").nullable
    assert schema.field("indicator_id").nullable


def test_a_record_goes_through_arrow_and_comes_back() -> None:
    article = Article(
        article_id="a",
        url="http://example.invalid/1",
        title="题",
        body="共发现问题2279个。",
        text_sha256="0" * 64,
        method="selectors",
        published_at=datetime(2024, 5, 20, tzinfo=UTC),
        authors=["张三"],
        repairs=[Repair("width", 0, 1, "Ａ")],
        bands=[-(2**63), 2**63 - 1],
        rejected={"date": 3},
        logical_date=DAY,
    )
    [back] = pa.Table.from_pylist([asdict(article)], schema=arrow_schema(Article)).to_pylist(maps_as_pydicts="strict")
    assert back == asdict(article)


@pytest.mark.parametrize("value", ["0.000000001", "134908400000000", "91.3", "99999999999999999999999999999.999999999"])
def test_values_are_stored_exactly(value: str) -> None:
    assert pa.scalar(Decimal(value), arrow_schema(Observation).field("value").type).as_py() == Decimal(value)


def test_stable_id_depends_on_the_parts_and_their_borders() -> None:
    assert stable_id("a", 1) == stable_id("a", 1)
    assert stable_id("ab", "c") != stable_id("a", "bc")
    assert len(stable_id("x")) == 16
