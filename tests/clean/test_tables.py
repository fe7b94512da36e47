"""A statistics table becomes lines that say what prose would: the unit behind each number, the sign kept."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from minsheng.clean.tables import table_lines


def lines(*rows: str) -> list[str] | None:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    tree = LexborHTMLParser("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return table_lines(tree.css_first("table"))


def test_a_column_of_units_gives_each_row_its_own() -> None:
    assert lines("指标|单位|总量|增长(%)", "零售总额|亿元|1802.5|8.9", "用电量|亿千瓦时|32.1|-3.1") == [
        "零售总额：总量1802.5亿元，增长8.9%。",
        "用电量：总量32.1亿千瓦时，增长-3.1%。",
    ]


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("产值（万元）", "1,350", "产值1,350万元"),
        ("面积(单位：亩)", "35", "面积35亩"),
        ("同比±%", "−8.5", "同比-8.5%"),
        ("增长（±%）", "+2.0", "增长2.0%"),
        ("2023", "35", "2023年35"),
        ("户数（户）", "35户", "户数（户）35户"),
        ("备注（注1）", "35", "备注（注1）35"),
        ("人数", "—", "人数—"),
    ],
)
def test_a_head_gives_its_unit_to_bare_numbers_only(head: str, cell: str, expected: str) -> None:
    assert lines(f"乡镇|{head}|合计", f"甲镇|{cell}|1") == [f"甲镇：{expected}，合计1。"]


def test_the_unit_of_a_row_goes_to_amounts_not_to_rates_and_ranks() -> None:
    assert lines("指标|1-6月|增长（%）|位次", "投资（亿元）|23.4|-2.1|7") == ["投资：1-6月23.4亿元，增长-2.1%，位次7。"]


def test_a_caption_gives_the_unit_of_the_table() -> None:
    found = lines("单位：万元|单位：万元|单位：万元", "乡镇|2022|2023", "甲镇|35|47")
    assert found == ["单位：万元", "甲镇：2022年35万元，2023年47万元。"]


def test_a_column_of_offices_is_no_column_of_units() -> None:
    assert lines("序号|单位|人数（人）", "1|水利局|35") == ["1：单位水利局，人数35人。"]
