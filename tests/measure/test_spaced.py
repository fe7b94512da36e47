"""Text set with blanks around its numbers is measured as it would be without them, and cited as it stands."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng import SHANGHAI
from minsheng.contracts import Article, Measurement
from minsheng.measure import measure
from minsheng.measure.spaced import close_up

CLOSE = (
    "截至10月底，甲市今年新建5G基站300个，同比增长5.2%；发放补贴1.2亿元，惠及群众5万多人次。",
    "1至9月，全县接待游客120万人次，其中A级景区接待近80万人次，气温达35℃。",
    "全县共有学校14所，另据记者了解，3名教师获奖。",
)


def spaced(text: str) -> str:
    """As editors do who set a blank between Chinese and all else."""
    return re.sub(r"(?<=[一-龥])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[一-龥])|(?<=[0-9])(?=[%℃])", " ", text)


def measured(body: str, title: str = "") -> Measurement:
    when = datetime(2023, 11, 2, tzinfo=SHANGHAI)
    return measure(Article("a", "", title, body, "", "test", published_at=when))


@pytest.mark.parametrize("text", CLOSE)
def test_blanks_around_numbers_change_no_figure(text: str) -> None:
    close, apart = measured(text), measured(spaced(text))
    told = (
        "value",
        "unit",
        "bound",
        "indicator",
        "indicator_id",
        "time_phrase",
        "period_end",
        "as_of",
        "kind",
        "basis",
    )
    assert [[getattr(o, field) for field in told] for o in apart.observations] == [
        [getattr(o, field) for field in told] for o in close.observations
    ]
    assert [r.reason for r in apart.rejections] == [r.reason for r in close.rejections]
    assert apart.article.rejected == close.article.rejected


@pytest.mark.parametrize("text", CLOSE)
def test_a_figure_is_cited_with_the_blanks_that_it_has(text: str) -> None:
    body = spaced(text)
    result = measured(body)
    assert result.article.body == body
    for found in result.observations:
        assert found.surface == body[found.char_start : found.char_end]
        assert found.surface in found.sentence
        assert found.sentence in body
    for rejection in result.rejections:
        assert rejection.surface == body[rejection.char_start : rejection.char_end]


@pytest.mark.parametrize(
    "body, values",
    [
        ("发放补贴3 200元，惠及12 345户，面积1 236.5亩，另有1 200余个。", ["3200", "12345", "824333", "1200"]),
        ("共计1 . 2万人，完成投资210 . 5 万元，增长 5 . 1 %。", ["12000", "2105000", "5.1"]),
        ("新建 10 所 学校 ，其中 小学 3 所 。", ["10", "3"]),
        ("一是1. 5个村受益，2. 6个镇受益。", ["5", "6"]),
    ],
)
def test_blanks_in_a_number_part_nothing(body: str, values: list[str]) -> None:
    assert [str(o.value) for o in measured(body).observations] == values


def test_a_title_is_read_closed_up_and_kept_as_it_is() -> None:
    body, title = "江陵县共有 14 所学校，建成 3 所。", "江陵县 2022 年上半年工作总结"
    apart, close = measured(body, title), measured(body, title.replace(" ", ""))
    assert apart.article.title == title
    assert [o.period_end for o in apart.observations] == [o.period_end for o in close.observations]


@pytest.mark.parametrize(
    "text",
    [
        "甲县 120 35\n乙县 98 41",  # the cells of a table
        "乡镇 人口（人） 损失（万元）\n甲镇 1,203 345.6\n乙镇 2,856 78",
        "税收 万元 8,213\n用电 万千瓦时 5,120",
        "摄影 张三 5月1日新建学校14所，招聘教师412名。",  # a slip among figures that stand close
        "新建学校14所，招聘教师412名。",
        "",
    ],
)
def test_a_blank_that_may_mean_something_stays(text: str) -> None:
    assert close_up(text) is None


def test_lines_that_are_no_prose_keep_their_blanks() -> None:
    closed = close_up("全县新建学校 14 所，其中小学 9 所。\n甲镇 120 35\n乙镇 98 41")
    assert closed is not None
    assert closed.text == "全县新建学校14所，其中小学9所。\n甲镇 120 35\n乙镇 98 41"


@given(st.text("甲万5 3%，。A\n年\u00a0", max_size=60))
def test_spans_lead_back_to_where_they_stood(text: str) -> None:
    closed = close_up(text)
    if closed is None:
        return
    assert len(closed.text) < len(text)
    for at, character in enumerate(closed.text):
        start, end = closed.span(at, at + 1)
        assert text[start:end] == character
