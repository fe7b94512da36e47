"""A statistics table becomes lines that say what prose would: the unit behind each number, the sign kept."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from minsheng.clean import clean
from minsheng.clean.tables import table_lines

from .pages import PARAGRAPHS, page


def lines(*rows: str) -> list[str] | None:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    tree = LexborHTMLParser("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    return table_lines(tree.css_first("table"))


def test_a_column_of_units_gives_each_row_its_own() -> None:
    assert lines("指标|单位|总量|增长(%)", "零售总额|亿元|1802.5|8.9", "用电量|亿千瓦时|32.1|-3.1") == [
        "零售总额：总量1802.5亿元，增长8.9%。",
        "用电量：总量32.1亿千瓦时，增长-3.1%。",
    ]


def test_a_column_of_changes_has_the_unit_of_its_row_unless_it_tells_of_per_cents() -> None:
    assert lines(
        "指标|单位|本年|上年|增减",
        "床位数|张|1240|1100|140",
        "企业数|家|88|100|-12",
        "失业率|%|3.1|3.3|-0.2",
        "税收|万元|350|340|2.9",
    ) == [
        "床位数：本年1240张，上年1100张，增减140张。",
        "企业数：本年88家，上年100家，增减-12家。",
        "失业率：本年3.1%，上年3.3%，增减-0.2个百分点。",
        "税收：本年350万元，上年340万元，增减2.9%。",
    ]
    assert lines("乡镇|户数（户）|增减量", "甲镇|1240|+12", "乙镇|960|-3") == [
        "甲镇：户数1240户，增减量12户。",
        "乙镇：户数960户，增减量-3户。",
    ]
    assert lines("指标|单位|本年|同比增减", "税收|万元|350|2.9", "床位|张|12|3") == [
        "税收：本年350万元，同比增减2.9。",
        "床位：本年12张，同比增减3。",
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


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("PM2.5", "35", "PM2.5为35"),
        ("PM10（微克/立方米）", "60", "PM10为60微克/立方米"),
        ("1-9", "4.5", "1-9为4.5"),
        ("上年=100", "102.3", "上年=100为102.3"),
        ("乙类1", "一等", "乙类1：一等"),
        ("其中：B", "35人", "其中：B：35人"),
        ("CPI", "2.3%", "CPI：2.3%"),
        ("例三", "5万元", "例三：5万元"),
        ("其他-", "35", "其他-：35"),
        ("项目Ⅱ", "35", "项目Ⅱ：35"),
        ("姓名：", "张三", "姓名：张三"),
        ("人口(常住)", "35", "人口(常住)35"),
    ],
)
def test_a_head_does_not_run_into_its_value(head: str, cell: str, expected: str) -> None:
    assert lines(f"乡镇|{head}|合计", f"甲镇|{cell}|1") == [f"甲镇：{expected}，合计1。"]


def test_the_unit_of_a_row_goes_to_amounts_not_to_rates_and_ranks() -> None:
    assert lines("指标|1-6月|增长（%）|位次", "投资（亿元）|23.4|-2.1|7") == ["投资：1-6月23.4亿元，增长-2.1%，位次7。"]


def test_a_caption_gives_the_unit_of_the_table() -> None:
    found = lines("单位：万元|单位：万元|单位：万元", "乡镇|2022|2023", "甲镇|35|47")
    assert found == ["单位：万元", "甲镇：2022年35万元，2023年47万元。"]


def test_a_column_of_offices_is_no_column_of_units() -> None:
    assert lines("序号|单位|人数（人）", "1|水利局|35") == ["水利局：人数35人。"]


def test_the_number_of_a_row_is_no_name_and_hides_no_value() -> None:
    assert lines("序号|乡镇|项目（个）|完成率", "1|云溪镇|1|87.5%") == ["云溪镇：项目1个，完成率87.5%。"]


def html(markup: str, *above: str) -> list[str] | None:
    return table_lines(LexborHTMLParser(markup).css_first("table"), above)


HEADS = "<tr><td>乡镇</td><td>收入</td><td>增长</td></tr><tr><td>云溪镇</td><td>1350</td><td>5.2</td></tr>"


@pytest.mark.parametrize(
    ("above", "income", "growth"),
    [
        ("（单位：万元）", "收入1350万元", "增长5.2"),
        ("2023年财政情况表 单位：万元、%", "收入1350万元", "增长5.2%"),
        ("计量单位:微克/立方米", "收入1350微克/立方米", "增长5.2"),
        ("单位：人、户", "收入1350", "增长5.2"),
        ("责任单位：水利局", "收入1350", "增长5.2"),
        ("单位：万元。" + "各地要抓好落实。" * 9, "收入1350", "增长5.2"),
    ],
)
def test_a_line_above_a_table_may_name_its_units(above: str, income: str, growth: str) -> None:
    assert html(f"<table>{HEADS}</table>", "正文。", above) == [f"云溪镇：{income}，{growth}。"]


def test_a_caption_element_is_kept_and_names_the_unit() -> None:
    assert html(f"<table><caption>表1 收入（单位：万元）</caption>{HEADS}</table>") == [
        "表1 收入（单位：万元）",
        "云溪镇：收入1350万元，增长5.2。",
    ]


def test_a_row_of_units_below_the_heads_is_of_the_heads() -> None:
    assert lines("乡镇|户数|耕地", "|户|亩", "云溪镇|1200|8600") == ["云溪镇：户数1200户，耕地8600亩。"]


def test_a_cell_over_several_rows_names_them_with_what_stands_beside() -> None:
    rows = "<tr><td rowspan=2>交通</td><td>公路</td><td>12</td></tr><tr><td>桥梁</td><td>4</td></tr>"
    total = "<tr><td colspan=2>合计</td><td>16</td></tr>"
    head = "<tr><td>类别</td><td>项目</td><td>数量（个）</td></tr>"
    assert html(f"<table>{head}{rows}{total}</table>") == [
        "交通 公路：数量12个。",
        "交通 桥梁：数量4个。",
        "合计：数量16个。",
    ]


def test_two_rows_of_heads_are_one() -> None:
    top = "<tr><td rowspan=2>乡镇</td><td colspan=2>粮食（吨）</td><td colspan=2>蔬菜</td></tr>"
    below = "<tr><td>产量</td><td>增产</td><td>面积（亩）</td><td>占比</td></tr>"
    row = "<tr><td>云溪镇</td><td>1350</td><td>20</td><td>300</td><td>12.5%</td></tr>"
    assert html(f"<table>{top}{below}{row}</table>") == [
        "云溪镇：粮食 产量1350吨，粮食 增产20吨，蔬菜 面积300亩，蔬菜 占比12.5%。"
    ]


@pytest.mark.parametrize("cell", ["td", "th"])
@pytest.mark.parametrize(
    "section",
    ["<{0} colspan=4>{1}</{0}>", "<{0} colspan=3>{1}</{0}><td></td>", "<{0}>{1}</{0}><td></td><td></td><td></td>"],
)
def test_a_row_of_one_text_names_the_rows_below_it_and_no_column(section: str, cell: str) -> None:
    head = "".join(f"<{cell}>{text}</{cell}>" for text in ("指标名称", "计量单位", "1-3月", "同比（%）"))
    rows = (
        head,
        section.format(cell, "一、就业"),
        "<td>新增就业</td><td>人</td><td>4100</td><td>5.3</td>",
        section.format(cell, "二、救助"),
        "<td>发放救助金</td><td>万元</td><td>43.2</td><td>-1.2</td>",
    )
    assert html("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>") == [
        "一、就业",
        "新增就业：1-3月4100人，同比5.3%。",
        "二、救助",
        "发放救助金：1-3月43.2万元，同比-1.2%。",
    ]


def test_a_head_over_all_columns_but_the_first_is_a_head() -> None:
    top = "<tr><td></td><td colspan=2>2023年</td></tr><tr><td>乡镇</td><td>产量（吨）</td><td>面积（亩）</td></tr>"
    assert html(
        f"<table><tr><td>乡镇</td><td>甲</td><td>乙</td></tr>{top}<tr><td>云溪镇</td><td>5</td><td>7</td></tr></table>"
    ) == ["云溪镇：甲 2023年 产量5吨，乙 2023年 面积7亩。"]


def test_names_and_values_side_by_side_stay_together() -> None:
    assert lines("总人口|45.3万人|户数|12.1万户", "面积（平方公里）|2350|乡镇|12个") == [
        "总人口45.3万人，户数12.1万户。",
        "面积2350平方公里，乡镇12个。",
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            ["企业|12|工人|30|其中新增8人", "学校|3|教师|40|其中新增5人"],
            ["企业：12，工人，30，其中新增8人。", "学校：3，教师，40，其中新增5人。"],
        ),
        (["丙村|1001|丁村|1014", "丁村|1007||1021"], ["丙村：1001，丁村，1014。", "丁村：1007，1021。"]),
        (["丙村|1001|丁村|1014|", "戊村|1007|||"], ["丙村1001，丁村1014。", "戊村1007。"]),
        (["丙村|1001|丁村|1014", "戊村|1007||"], ["丙村1001，丁村1014。", "戊村1007。"]),
    ],
)
def test_cells_that_do_not_stand_in_pairs_are_kept(rows: list[str], said: list[str]) -> None:
    assert lines(*rows) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["姓名|张三|性别|男", "年龄|36|工龄|12年"], ["姓名：张三，性别：男。", "年龄36，工龄12年。"]),
        (["姓名|张三|性别|男", "年 龄|36|工 龄|12年", "津贴（元）|300|人数|5人"], None),
        (["项目名称：|某路改造|建设单位：|市住建局", "总投资：|3.5亿元|工期：|24个月"], None),
        (
            ["项目名称|学校新建||", "总投资（万元）|3500|工期|24个月"],
            ["项目名称：学校新建。", "总投资3500万元，工期24个月。"],
        ),
        (["姓名|年龄|职务|工龄", "张三|36|站长|12年", "李四|41|技术员|15年"], ["张三：年龄36，职务站长，工龄12年。"]),
        (
            ["地区|产值|主导产业|增速", "甲县|12亿元|纺织|5%", "乙县|13亿元|化工|6%"],
            ["甲县：产值12亿元，主导产业纺织，增速5%。"],
        ),
        (["姓名|张三|性别|男|", "年龄|36|工龄|12年|其中下乡8年"], ["年龄：张三：36，性别工龄，男12年，其中下乡8年。"]),
        (["姓名|年龄|姓名|年龄", "张三|36|李四|41"], ["张三：年龄36，姓名李四，年龄41。"]),
    ],
)
def test_a_form_is_told_from_a_table_with_heads(rows: list[str], said: list[str] | None) -> None:
    found = lines(*rows)
    assert found
    if said is None:
        assert all("36" not in line or line.startswith("年 龄36，工 龄12年") for line in found)
        assert found[0].endswith(("性别：男。", "建设单位：市住建局。"))
    else:
        assert found[: len(said)] == said


def test_a_value_over_several_columns_of_a_form_is_one() -> None:
    found = html(
        "<table><tr><td>姓名<td>张三<td>年龄<td>36</tr><tr><td>地址<td colspan=3>某市某路5号</tr>"
        "<tr><td>补贴（元）<td>300<td>备注<td></tr></table>"
    )
    assert found == ["姓名：张三，年龄36。", "地址：某市某路5号。", "补贴300元。"]


def test_a_table_all_of_heads_is_read() -> None:
    rows = ("乡镇|产值（万元）|合计", "甲镇|35|1", "乙镇|47|2")
    cells = ("".join(f"<th>{cell}</th>" for cell in row.split("|")) for row in rows)
    found = html("<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>")
    assert found == ["甲镇：产值35万元，合计1。", "乙镇：产值47万元，合计2。"]


def test_a_row_alone_under_a_caption_is_no_row_of_heads() -> None:
    row = "<tr><td>城关镇</td><td>其中1007人参加了</td></tr><tr><td colspan=2>合计</td></tr>"
    found = html(f"<table><tr><th>人数</th><th>人数</th></tr>{row}</table>")
    assert found == ["人数", "城关镇：其中1007人参加了。", "合计"]


def test_months_head_columns_as_years_do() -> None:
    assert lines("指标|1月|2月", "降水量（毫米）|12.5|18") == ["降水量：1月12.5毫米，2月18毫米。"]


def test_a_table_within_one_that_arranges_the_page_is_a_table() -> None:
    inner = f"<table><tr><td><p>{PARAGRAPHS[0]}</p><p>单位：万元</p><table>{HEADS}</table></td></tr></table>"
    body = f"<table><tr><td>{inner}</td></tr></table>"
    assert "云溪镇：收入1350万元，增长5.2。" in clean(page(body=body)).body.split("\n")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1 234", "产值1234万元"),
        ("1&nbsp;234&nbsp;567.8", "产值1234567.8万元"),
        ("- 1 234", "产值-1234万元"),
        ("12 .5", "产值12.5万元"),
        ("<span>12</span>\n<span>.5</span>", "产值12.5万元"),
        ("12. 5", "产值12.5万元"),
        ("1, 234", "产值1,234万元"),
        ("1 234亿元", "产值（万元）1234亿元"),
        ("<p>1 234</p>", "产值1234万元"),
        # two numbers are two
        ("2019 2020", "产值（万元）2019 2020"),
        ("1 2", "产值（万元）1 2"),
        ("99 8.5", "产值（万元）99 8.5"),
        ("100<br>200", "产值（万元）100 200"),
        ("<p>100</p><p>200</p>", "产值（万元）100 200"),
        ("<p>100</p>200", "产值（万元）100 200"),
        ("100<div>200</div>", "产值（万元）100 200"),
        ("5.1%<br>8.5%", "产值（万元）5.1% 8.5%"),
        # words are as they stand
        ("第 1 234 号", "产值（万元）第 1 234 号"),
        ("工业<br>总产值", "产值（万元）工业总产值"),
        ("2023<br>年", "产值（万元）2023年"),
        ("35<script>x</script><style>y</style>", "产值35万元"),
    ],
)
def test_a_number_stands_in_one_piece_and_two_stay_two(cell: str, said: str) -> None:
    assert lines("乡镇|产值（万元）|合计", f"甲镇|{cell}|1") == [f"甲镇：{said}，合计1。"]


def test_a_cell_nested_deep_is_read() -> None:
    deep = "<span>" * 5000 + "35" + "</span>" * 5000
    assert lines("乡镇|产值（万元）|合计", f"甲镇|{deep}|1") == ["甲镇：产值35万元，合计1。"]
