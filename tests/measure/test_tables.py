"""Units that stand only in the head of a flattened table reach the bare numbers below."""

import pytest

from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.measure.scan import scan


def read(text: str) -> list[tuple[str, float, str, str | None]]:
    figures, _ = scan(text)
    return [(text[f.start : f.end], float(f.value), f.unit, f.classifier) for f in figures]


def test_the_unit_of_the_whole_table() -> None:
    text = "各镇收入表（单位：万元）\n乡镇 2022 2023\n张家镇 350 1,420.5\n"
    assert read(text) == [("350", 3_500_000, "CNY", "万元"), ("1,420.5", 14_205_000, "CNY", "万元")]


def test_the_unit_of_a_table_may_be_the_first_of_two_or_a_price_for_so_much() -> None:
    assert read("收支表\n单位：万元、%\n科目 本月 同比\n税收 350 4.2\n")[:1] == [("350", 3_500_000, "CNY", "万元")]
    prices = read("价格监测（单位：元/500克）\n品种 本周 上周\n大米 2.85 2.8\n")
    assert [(round(value, 4), unit) for _, value, unit, _ in prices] == [(5.7, "CNY/kg"), (5.6, "CNY/kg")]


def test_an_empty_cell_of_a_column_of_lines_takes_its_unit() -> None:
    assert read("地区生产总值\n亿元\n120.5\n固定资产投资\n亿元\n—\n9.8\n") == [("120.5", 12_050_000_000, "CNY", "亿元")]


def test_a_temperature_of_a_cell_may_be_below_zero() -> None:
    assert [value for _, value, _, _ in read("站点 气温（℃） 电量（kW·h）\n北站 -5.2 1200\n")] == [-5.2, 1200]


def test_each_column_has_its_own_unit() -> None:
    text = "乡镇|产值（万元）|面积（亩）|备注\n张家镇|350|3|无\n李家镇|12|6|无\n"
    assert [(value, unit) for _, value, unit, _ in read(text)] == [
        (3_500_000, "CNY"),
        (2000, "m2"),
        (120_000, "CNY"),
        (4000, "m2"),
    ]


def test_the_unit_of_a_row_goes_before_that_of_the_table() -> None:
    text = "单位：个\n指标 合计 新增\n企业 320 45\n产值（亿元） 18 7\n"
    assert [(value, unit) for _, value, unit, _ in read(text)] == [
        (320, "{item}"),
        (45, "{item}"),
        (1_800_000_000, "CNY"),
        (700_000_000, "CNY"),
    ]


def test_a_cell_that_is_a_unit_is_that_of_its_row_but_for_columns_of_their_own() -> None:
    body = "指标 单位 1-6月 同比（%）\n用电量 万千瓦时 12600 -3.5\n新增就业 人 320 4\n利润 亿元 -2 1\n"
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(float(o.value), o.unit, o.kind, o.direction, o.basis) for o in found] == [
        (126_000_000, "kWh", "level", None, None),
        (3.5, "%", "change", "down", "same_period_last_year"),
        (320, "{person}", "level", None, None),
        (4, "%", "change", "up", "same_period_last_year"),
        (-200_000_000, "CNY", "level", None, None),
        (1, "%", "change", "up", "same_period_last_year"),
    ]


def test_a_head_of_counts_gives_their_unit_and_may_lack_the_cell_over_the_label() -> None:
    for head in ("乡镇 户数 人数 金额（万元）", "户数 参保人数 金额（万元）"):
        assert [(value, unit) for _, value, unit, _ in read(f"{head}\n张家镇 12 30 45\n")] == [
            (12, "{household}"),
            (30, "{person}"),
            (450_000, "CNY"),
        ]


def test_a_column_of_growth_is_in_percent_and_one_of_ranks_has_no_unit() -> None:
    body = "指标 单位 数值 增速 位次\n地区生产总值 亿元 98.6 6.2 3\n"
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(float(o.value), o.unit, o.kind) for o in found] == [(9.86e9, "CNY", "level"), (6.2, "%", "change")]


def test_a_column_of_growth_is_one_also_where_its_cells_have_their_per_cent() -> None:
    body = "单位：万元\n县市 投资 同比\n江陵县 5000 3.2%\n石首市 2000 -1.5%\n"
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(float(o.value), o.unit, o.kind, o.direction) for o in found] == [
        (50_000_000, "CNY", "level", None),
        (3.2, "%", "change", "up"),
        (20_000_000, "CNY", "level", None),
        (1.5, "%", "change", "down"),
    ]


def changed(body: str) -> list[tuple[str, float, str, str | None]]:
    found = measure(Article("test", "", "", body, "", "test")).observations
    return [(o.surface, float(o.value), o.unit, o.direction) for o in found if o.kind == "change"]


@pytest.mark.parametrize("head", ["增减", "增减量", "同比增减", "比上年增减数"])
def test_a_column_of_changes_is_in_the_unit_of_its_row(head: str) -> None:
    body = f"指标 单位 本年 上年 {head}\n床位数 张 1240 1100 140\n总人口 万人 58.2 58.7 -0.5\n净利润 万元 330 340 -10\n"
    assert changed(body) == [
        ("140", 140, "{item}", "up"),
        ("0.5", 5000, "{person}", "down"),
        ("10", 100_000, "CNY", "down"),
    ]
    assert changed(f"指标 单位 本年 上年 {head}\n失业率 % 3.1 3.3 -0.2\n") == [("0.2", 0.2, "pp", "down")]


def test_its_unit_may_be_of_the_column_before_or_of_the_cell_and_a_plus_is_a_sign_too() -> None:
    assert changed("乡镇\t户数（户）\t增减量\n甲镇\t1240\t+12\n") == [("12", 12, "{household}", "up")]
    assert changed("乡镇 户数（户） 增减量\n甲镇 1240 +12\n") == [("12", 12, "{household}", "up")]
    assert changed("企业 净利润 增减\n甲厂 330万元 -12万元\n") == [("12万元", 120_000, "CNY", "down")]


@pytest.mark.parametrize(
    "body",
    [
        "指标 单位 本年 上年 增减\n税收 万元 350 340 2.9\n",  # the rate of the two numbers before it
        "指标 单位 本年 上年 增减（±%）\n税收 万元 350 340 2.9\n",
        "指标 单位 本年 增减%\n税收 万元 350 2.9\n",
        "指标 单位 本年 增减\n税收 万元 350 2.9%\n",
        "指标 单位 本年 同比增减\n税收 万元 350 2.9\n",
        "单位：万元、%\n指标 本年 增减\n税收 350 2.9\n",
    ],
)
def test_it_is_in_per_cent_where_head_cell_or_table_say_so(body: str) -> None:
    assert [found[1:] for found in changed(body)] == [(2.9, "%", "up")]


def test_the_head_of_a_column_of_shares_names_its_per_cents_only() -> None:
    body = "项目 计划 完成 完成率 容积率\n改造农村危房 60户 63户 105% 1.8\n"
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(float(o.value), o.unit, o.kind, o.indicator, o.indicator_id) for o in found] == [
        (60, "{household}", "level", "改造农村危房", "homes_renovated"),
        (63, "{household}", "level", "改造农村危房", "homes_renovated"),
        (105, "%", "share", "改造农村危房完成率", "completion_share"),
    ]


def test_a_unit_of_a_table_is_read_with_its_longest_word_and_a_column_of_years_has_none() -> None:
    assert read("单位：万千瓦时\n年份 用电量\n2022 300\n") == [("300", 3_000_000, "kWh", "万千瓦时")]


def test_without_a_head_a_unit_that_is_a_cell_is_that_of_the_next_number_only() -> None:
    assert [value for _, value, _, _ in read("地区生产总值 亿元 98.6 6.2\n")] == [9.86e9]
    assert len(read("指标 单位 2022 2023\n地区生产总值 亿元 98.6 106.2\n")) == 2


@pytest.mark.parametrize("text", ["地区生产总值\n亿元\n98.6\n6.2\n", "地区生产总值（亿元）\n98.6\n6.2\n"])
def test_a_number_alone_in_its_line_takes_the_unit_of_the_line_before(text: str) -> None:
    assert [(value, unit) for _, value, unit, _ in read(text)] == [(9.86e9, "CNY")]


@pytest.mark.parametrize(
    "text",
    [
        "单位：万元\n记者获悉，工作已经结束。\n张家镇 350\n",
        "单位：市教育局\n张家镇 350\n",
        "单位：万元\n1 王家镇\n",
        "单位：万元\n年份 2023\n",
        "张家镇（略）\n李家镇 350\n",
    ],
)
def test_prose_numbers_of_rows_and_years_take_no_unit(text: str) -> None:
    assert read(text) == []


def test_the_line_of_a_statistics_table_is_measured_like_prose() -> None:
    body = (
        "社会消费品零售总额：总量1802.5亿元，增长8.9%。\n"
        "工业用电量：总量32.1亿千瓦时，增长-3.1%，占比40%。\n"
        "税收收入：3亿元，同比-8.5%。"
    )
    found = measure(Article("test", "", "", body, "", "test")).observations
    assert [(float(o.value), o.unit, o.kind, o.direction, o.indicator_id) for o in found] == [
        (180_250_000_000, "CNY", "level", None, "retail_sales"),
        (8.9, "%", "change", "up", "retail_sales_change_rate"),
        (3_210_000_000, "kWh", "level", None, "electricity_by_kind"),
        (3.1, "%", "change", "down", "electricity_by_kind_change_rate"),
        (40, "%", "share", None, "output_share"),
        (300_000_000, "CNY", "level", None, "tax_revenue"),
        (8.5, "%", "change", "down", "tax_revenue_change_rate"),
    ]
    assert found[0].indicator == "社会消费品零售总额"
    assert found[-1].basis == "same_period_last_year"


def test_a_dash_of_a_range_is_no_sign() -> None:
    found = measure(Article("test", "", "", "预计全年产值增长2-3.1%，明年增长5%-8%。", "", "test")).observations
    assert [o.direction for o in found] == ["up", "up"]


@pytest.mark.parametrize(
    "table, count",
    [
        ("指标 单位 1-6月 同比（%）\n用电量 万千瓦时 12600 -3.5\n产值 亿元 — 9.8\n利润 亿元 2 1\n", 5),
        ("乡镇 住房（套） 投资（万元）\n汤口镇 12 350\n谭家桥镇 15 420\n", 4),
        ("指标 单位 2022 2023 增速（%）\n产值 亿元 120.1 128.6 5.8\n粮食 万吨 3.2 3.5 —\n", 5),
        ("序号 乡镇 住房（套） 投资（万元）\n1 汤口镇 12 350\n2 谭家桥镇 15 420\n", 4),
    ],
)
def test_a_table_with_each_cell_in_a_line_of_its_own_says_the_same(table: str, count: int) -> None:
    def observed(body: str) -> list[tuple[object, ...]]:
        found = measure(Article("test", "", "2023年主要指标", f"{body}收入见下文。", "", "test")).observations
        return [(o.surface, o.value, o.unit, o.indicator, o.region, o.period_end, o.kind, o.direction) for o in found]

    assert len(observed(table)) == count
    assert observed(table.replace(" ", "\n")) == observed(table)


@pytest.mark.parametrize(
    "lines",
    [
        ["姓名", "单位", "得分", "甲", "一队", "93.5", "乙", "二队", "91.2"],  # without a unit
        ["指标", "产值（万元）", "甲镇", "乙镇", "350", "丙镇", "12", "丁镇"],  # numbers in other places
        ["乡镇", "产值（万元）", "面积（亩）", "甲镇", "350", "3"],  # one row only
    ],
)
def test_lines_without_the_rows_of_a_table_are_none(lines: list[str]) -> None:
    assert read("\n".join(lines)) == []
