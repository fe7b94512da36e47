"""Each cell of a flattened table takes the thing, the region and the time of its own row and column."""

from datetime import UTC, date, datetime

import pytest
from selectolax.lexbor import LexborHTMLParser

from minsheng.clean.fallback import by_trafilatura
from minsheng.clean.tables import table_lines
from minsheng.contracts import Article, Observation
from minsheng.measure import measure


def read(title: str, body: str, published: str = "2024-07-26") -> list[Observation]:
    at = datetime.fromisoformat(published).replace(tzinfo=UTC)
    return measure(Article("test", "", title, body, "", "test", published_at=at)).observations


def named(found: list[Observation]) -> list[tuple[float, str, str | None]]:
    return [(float(o.value), o.indicator, o.region) for o in found]


def days(found: list[Observation]) -> list[tuple[str, str]]:
    return [(f"{o.period_start:%y%m%d}" if o.period_start else "", f"{o.period_end:%y%m%d}") for o in found]


@pytest.mark.parametrize("by", [" ", "\t", "|", " | "])
def test_a_cell_takes_the_head_of_its_own_column_and_the_region_of_its_row(by: str) -> None:
    body = (
        "县市 地区生产总值（亿元） 增速（%） 城镇居民人均可支配收入（元）\n"
        "吉首市 118.6 5.4 19872\n泸溪县 38.9 6.1 14236\n花垣县 41.3 -3.8 14107\n全州合计 402.5 5.6 16120\n"
        "注：增速按可比价格计算。"
    ).replace(" ", by)
    found = read("湘西州2024年上半年县市主要指标", body)
    assert named(found) == [
        (value, thing, region)
        for region, values in {
            "吉首市": (11_860_000_000, 5.4, 19872),
            "泸溪县": (3_890_000_000, 6.1, 14236),
            "花垣县": (4_130_000_000, 3.8, 14107),
            "湘西土家族苗族自治州": (40_250_000_000, 5.6, 16120),
        }.items()
        for value, thing in zip(values, ("地区生产总值", "地区生产总值增速", "城镇居民人均可支配收入"), strict=True)
    ]
    assert [o.indicator_id for o in found[-3:]] == ["gdp", "gdp_change_rate", "urban_income_per_head"]
    assert [(o.kind, o.direction) for o in found[6:9]] == [("level", None), ("change", "down"), ("level", None)]
    assert {(o.period_start, o.period_end) for o in found} == {(date(2024, 1, 1), date(2024, 6, 30))}
    assert all(o.time_phrase is None for o in found)


@pytest.mark.parametrize("by", ["\t", " ", "|"])
def test_a_comma_of_thousands_keeps_a_row_one(by: str) -> None:
    rows = ("指标 单位 累计", "财政收入 万元 8,213", "用电量 万千瓦时 5,120", "总人口 人 1,203")
    found = read("甲县主要指标", "\n".join(rows).replace(" ", by))
    assert named(found) == [
        (82_130_000, "财政收入", None),
        (51_200_000, "用电量", None),
        (1203, "总人口", None),
    ]


def test_a_cell_that_is_a_unit_of_one_letter_is_no_part_of_the_label() -> None:
    body = (
        "指标名称 计量单位 累计 同比增长(%)\n规模以上工业增加值 % — 7.6\n财政总收入 亿元 21.36 3.9\n"
        "城镇居民人均可支配收入 元 36912 4.8\n新增就业 人 5120 -2.5\n"
    )
    assert [(o.surface, o.unit, o.indicator, o.kind) for o in read("都昌县2023年主要经济指标", body)] == [
        ("7.6", "%", "规模以上工业增加值增长", "change"),
        ("21.36", "CNY", "财政总收入", "level"),
        ("3.9", "%", "财政总收入增长", "change"),
        ("36912", "CNY", "城镇居民人均可支配收入", "level"),
        ("4.8", "%", "城镇居民人均可支配收入增长", "change"),
        ("5120", "{person}", "新增就业", "level"),
        ("2.5", "%", "新增就业增长", "change"),
    ]


def test_a_row_of_a_thing_names_it_before_what_the_column_measures() -> None:
    body = (
        "作物|播种面积（万亩）|总产量（万吨）|单产（公斤/亩）\n小麦|1120.5|531.6|474.4\n油菜|36.2|7.1|196\n"
        "合 计|1156.7|538.7|465.7\n"
    )
    found = read("周口市2023年夏粮生产情况", body, "2023-07-20")
    assert named(found)[:6] == [
        (7_470_000_000, "小麦播种面积", "周口市"),
        (5_316_000_000, "小麦总产量", "周口市"),
        (0.7116, "小麦单产", "周口市"),
        (241_333_333, "油菜播种面积", "周口市"),
        (71_000_000, "油菜总产量", "周口市"),
        (0.294, "油菜单产", "周口市"),
    ]
    assert [o.indicator for o in found[6:]] == ["播种面积", "总产量", "单产"]
    assert found[2].unit == "kg/m2"


def test_a_share_and_a_growth_are_of_the_column_before() -> None:
    body = (
        "行业 企业数（户） 营业收入（亿元） 同比（%） 利润总额（亿元） 占比（%）\n"
        "有色金属冶炼 25 856.3 6.2 32.1 45.6\n总计 210 1876.4 4.1 88.5 100\n"
    )
    found = read("铜陵市2023年分行业规模以上工业", body, "2024-03-01")
    assert [(o.indicator, o.kind) for o in found] == [
        ("有色金属冶炼企业数", "level"),
        ("有色金属冶炼营业收入", "level"),
        ("有色金属冶炼营业收入", "change"),
        ("有色金属冶炼利润总额", "level"),
        ("有色金属冶炼利润总额占比", "share"),
        ("企业数", "level"),
        ("营业收入", "level"),
        ("营业收入", "change"),
        ("利润总额", "level"),
        ("利润总额占比", "share"),
    ]


def test_a_list_of_ranks_is_read_by_its_columns_and_a_row_of_all_may_have_no_rank() -> None:
    body = (
        "排名 城市 PM2.5（微克/立方米） 优良天数比例（%） 同比变化（%）\n"
        "1 威海市 24 96.8 -3.2\n2 烟台市 27 93.5 1.1\n全省平均 38 80.1 2.5\n"
    )
    found = read("山东省2024年3月城市空气质量排名", body, "2024-04-12")
    assert named(found) == [
        (24, "PM2.5", "威海市"),
        (96.8, "优良天数比例", "威海市"),
        (3.2, "优良天数比例变化", "威海市"),
        (27, "PM2.5", "烟台市"),
        (93.5, "优良天数比例", "烟台市"),
        (1.1, "优良天数比例变化", "烟台市"),
        (38, "PM2.5", "山东省"),
        (80.1, "优良天数比例", "山东省"),
        (2.5, "优良天数比例变化", "山东省"),
    ]


def test_columns_of_a_month_and_of_the_year_so_far_are_counted_from_the_title() -> None:
    body = (
        "2024年3月工业主要指标\n指标\t单位\t本月\t本月同比±%\t累计\t累计同比±%\n"
        "工业用电量\t亿千瓦时\t9.8\t3.1\t28.7\t4.4\n出口交货值\t亿元\t2.6\t-7.5\t7.9\t-2.1\n"
    )
    found = read("安阳市统计月报", body, "2024-04-20")
    month, so_far = ("240301", "240331"), ("240101", "240331")
    assert days(found) == [month, month, so_far, so_far] * 2
    assert [o.time_phrase for o in found[:4]] == ["本月", "本月", "累计", "累计"]
    assert [o.indicator for o in found] == ["工业用电量"] * 4 + ["出口交货值"] * 4


def test_a_column_of_the_year_before_and_one_of_the_budget_have_times_of_their_own() -> None:
    body = (
        "项目 年初预算（万元） 累计完成（万元） 上年同期（万元） 增长（%）\n"
        "一、一般公共预算收入 520000 285600 270100 5.7\n1.税收收入 390000 201500 196400 2.6\n"
        "其中：增值税 150000 82300 80100 2.7\n"
    )
    found = read("平度市2024年1—6月财政收支", body, "2024-07-15")
    row = [("240101", "241231"), ("240101", "240630"), ("230101", "230630"), ("240101", "240630")]
    assert days(found) == row * 3
    assert [o.status for o in found] == ["target", "actual", "actual", "actual"] * 3
    assert [o.indicator for o in found[::4]] == ["一般公共预算收入", "税收收入", "增值税"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("指标 2023年 2022年 增速（%）", [("230101", "231231"), ("220101", "221231"), ("230101", "231231")]),
        ("指标 2023 2022 增速（%）", [("230101", "231231"), ("220101", "221231"), ("230101", "231231")]),
        ("指标 12月 1—12月 同比（%）", [("231201", "231231"), ("230101", "231231"), ("230101", "231231")]),
        ("指标 12月 上年同月 同比（%）", [("231201", "231231"), ("221201", "221231"), ("231201", "231231")]),
    ],
)
def test_the_head_of_a_column_names_its_time(head: str, expected: list[tuple[str, str]]) -> None:
    found = read("永州市2023年国民经济统计", f"{head}\n一般公共预算收入（亿元） 156.3 148.2 5.5\n", "2024-03-20")
    assert days(found) == expected


def test_years_of_a_table_of_some_months_are_those_months() -> None:
    body = "2024年1—5月主要指标\n单位：亿元\n指标 2024年 2023年\n进出口总额 120.5 118.2\n"
    assert days(read("防城港市统计局", body)) == [("240101", "240531"), ("230101", "230531")]


def test_a_column_of_years_dates_the_rows() -> None:
    body = "年份 播种面积（万亩） 总产量（万吨）\n2021 120.5 52.3\n2022年 121.2 53.1\n"
    found = read("柘城县历年粮食产量", body)
    assert days(found) == [("210101", "211231")] * 2 + [("220101", "221231")] * 2
    assert [o.indicator for o in found] == ["播种面积", "总产量"] * 2


def test_regions_may_head_the_columns() -> None:
    body = "指标 单位 全市 江陵县 石首市\n地区生产总值 亿元 689.5 38.6 62.4\n固定资产投资增速 % 6.8 7.9 -2.1\n"
    found = read("荆州市2024年1—3月主要经济指标", body)
    assert [o.region for o in found] == ["荆州市", "江陵县", "石首市"] * 2
    assert [o.indicator for o in found] == ["地区生产总值"] * 3 + ["固定资产投资增速"] * 3
    assert [(o.kind, o.direction) for o in found[3:]] == [("change", "up"), ("change", "up"), ("change", "down")]


@pytest.mark.parametrize(
    "head",
    [
        "地区 城镇居民 农村居民\n人均可支配收入（元） 同比±% 人均可支配收入（元） 同比±%\n",
        "地区\t城镇居民\t\t农村居民\t\n\t人均可支配收入（元）\t同比±%\t人均可支配收入（元）\t同比±%\n",
        "| 地区 | 城镇居民 | | 农村居民 | |\n|---|---|---|---|---|\n"
        "| | 人均可支配收入（元） | 同比±% | 人均可支配收入（元） | 同比±% |\n",
    ],
)
def test_a_head_over_several_columns_goes_before_theirs(head: str) -> None:
    by = "\t" if "\t" in head else " | " if "|" in head else " "
    rows = "全市 11031 5.2 5012 7.1\n霍山县 11876 5.4 5346 7.3\n".replace(" ", by)
    found = read("六安市2024年一季度城乡居民收入", head + rows)
    urban, rural = "城镇居民人均可支配收入", "农村居民人均可支配收入"
    assert [o.indicator for o in found] == [urban, urban, rural, rural] * 2
    assert [o.region for o in found] == ["六安市"] * 4 + ["霍山县"] * 4


def test_the_title_names_what_a_table_of_regions_and_times_measures() -> None:
    body = "1—4月规模以上工业增加值增速（%）\n地区\t4月\t1—4月\n全市\t6.1\t5.8\n永安市\t7.2\t-6.9\n"
    found = read("三明市2024年工业统计", body)
    assert {(o.indicator, o.kind, o.unit) for o in found} == {("规模以上工业增加值", "change", "%")}
    assert days(found) == [("240401", "240430"), ("240101", "240430")] * 2
    assert [o.direction for o in found] == ["up", "up", "up", "down"]


def test_cells_with_units_of_their_own_are_named_by_row_and_column_too() -> None:
    body = "项目 年度目标 已完成 完成率\n新增公办幼儿园学位 3000个 2800个 93.3%\n新增就业 20000人 21500人 107.5%\n"
    found = read("钦州市2023年民生实事进展", body, "2023-11-10")
    assert [(o.indicator, o.status) for o in found] == [
        ("新增公办幼儿园学位", "target"),
        ("新增公办幼儿园学位", "actual"),
        ("新增公办幼儿园学位完成率", "actual"),
        ("新增就业", "target"),
        ("新增就业", "actual"),
        ("新增就业完成率", "actual"),
    ]


def test_a_row_that_is_part_of_the_one_above_has_its_unit_and_a_line_of_one_section_ends_no_table() -> None:
    body = (
        "指标 绝对量 比上年同期增长（%）\n一、投资\n房地产开发投资（亿元） 45.6 -8.9\n其中：住宅 35.2 -7.5\n二、销售\n"
        "商品房销售面积（万平方米） 88.2 -12.3\n"
    )
    assert [(float(o.value), o.unit, o.indicator, o.basis) for o in read("湘潭市2024年1—4月房地产", body)] == [
        (4_560_000_000, "CNY", "房地产开发投资", None),
        (8.9, "%", "房地产开发投资增长", "same_period_last_year"),
        (3_520_000_000, "CNY", "住宅", None),
        (7.5, "%", "住宅增长", "same_period_last_year"),
        (882_000, "m2", "商品房销售面积", None),
        (12.3, "%", "商品房销售面积增长", "same_period_last_year"),
    ]


def test_headings_on_one_line_are_no_head_of_a_table() -> None:
    (found,) = read("江陵县2024年1—6月工作", "一、总体情况 二、存在问题\n全县 新增就业 3200人\n")
    assert (found.indicator, found.period_start) == ("新增就业", None)


HTML = (
    "<table><tr><td rowspan=2>县市</td><td colspan=2>地区生产总值</td><td colspan=2>固定资产投资</td></tr>"
    "<tr><td>总量（亿元）</td><td>增速（%）</td><td>总量（亿元）</td><td>增速（%）</td></tr>"
    "<tr><td>全市</td><td>268.5</td><td>6.2</td><td>98.5</td><td>-3.1</td></tr>"
    "<tr><td>随县</td><td>58.5</td><td>5.2</td><td>18.5</td><td>3.1</td></tr>"
    "<tr><td>合 计</td><td>327</td><td>6</td><td>117</td><td>2</td></tr></table>"
)
MONTHS = (
    "<table><tr><td>指标</td><td>单位</td><td>本月</td><td>累计</td><td>累计同比±%</td></tr>"
    "<tr><td>工业用电量</td><td>亿千瓦时</td><td>9.8</td><td>28.7</td><td>4.4</td></tr>"
    "<tr><td>城镇居民人均可支配收入</td><td>元</td><td>—</td><td>9231</td><td>4.8</td></tr></table>"
)


def cleaned(table: str, by: str) -> str:
    title = "2024年1—3月各县市主要指标"
    if by == "lines":
        return "\n".join([title, *(table_lines(LexborHTMLParser(table).css_first("table")) or [])])
    text = "一季度，全市经济运行总体平稳，各项指标稳中有进，现将主要指标公布如下，供各单位参考使用。"
    page = f"<html><body><article><h1>随州</h1><p>{text}</p><p>{title}</p>{table}<p>{text}</p></article></body></html>"
    lines = [block.text for block in by_trafilatura(page).lines]
    return "\n".join(lines[lines.index(title) : -1])


@pytest.mark.parametrize("by", ["lines", "trafilatura"])
def test_a_table_of_a_page_is_measured_as_cleaning_writes_it(by: str) -> None:
    found = read("随州市统计局公布主要指标", cleaned(HTML, by), "2024-04-25")
    assert [(o.indicator, o.kind) for o in found] == [
        ("地区生产总值", "level"),
        ("地区生产总值增速", "change"),
        ("固定资产投资", "level"),
        ("固定资产投资增速", "change"),
    ] * 3
    assert [o.region for o in found] == ["随州市"] * 4 + ["随县"] * 4 + ["随州市"] * 4
    assert set(days(found)) == {("240101", "240331")}
    found = read("随州市统计局公布主要指标", cleaned(MONTHS, by), "2024-04-25")
    so_far = ("240101", "240331")
    assert days(found) == [("240301", "240331"), so_far, so_far, so_far, so_far]
    assert [o.indicator for o in found] == ["工业用电量"] * 3 + ["城镇居民人均可支配收入"] * 2


@pytest.mark.parametrize("by", ["lines", "trafilatura"])
def test_changes_of_a_page_are_measured_by_their_signs(by: str) -> None:
    rows = ("指标|单位|本年|上年|增减", "医院床位数|张|1240|1100|140", "净利润|万元|330|340|-10")
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    found = read("甲县主要指标", cleaned(f"<table>{cells}</table>", by))
    assert [(float(o.value), o.unit, o.direction) for o in found if o.kind == "change"] == [
        (140, "{item}", "up"),
        (100_000, "CNY", "down"),
    ]


def test_two_lines_of_prose_with_a_label_are_no_table() -> None:
    body = "2023年工作总结\n教育局：本月新建学校3所，培训教师200人。\n交通局：累计修路5公里。\n"
    assert [o.indicator for o in read("江陵县", body)] == ["新建学校", "培训教师", "修路"]
