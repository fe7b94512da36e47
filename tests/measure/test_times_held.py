"""A time said once holds for the sentences behind it as far as they go on with it, and no further."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from minsheng.contracts import Article
from minsheng.measure import measure


def phrases(body: str, title: str = "") -> list[str | None]:
    article = Article("test", "https://example.org/1", title, body, "", "test")
    article = replace(article, published_at=datetime(2023, 8, 10, 12, tzinfo=UTC))
    return [o.time_phrase for o in measure(article).observations]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("8月9日，省厅通报2023年全省上半年水质情况。断面90个，达标80个。全省有湖30处。", ["上半年"] * 3),
        ("法院发布上半年工作数据。1至6月，收案90件。\n执行案件30件。", ["1至6月"] * 2),
        (
            "市局公布上半年收支情况。截至6月底，存款9亿元。新开户30户。上半年贷款3亿元。办证40件。",
            ["截至6月底", None, "上半年", "上半年"],
        ),
        ("市局通报上半年收支情况。下半年，计划开工3处。目前平稳。新开户30户。", ["下半年", None]),
        ("市局通报上半年收支情况。计划建桥3座。全市总面积90平方公里。", [None, None]),
        ("市局通报2019年至今年上半年收支情况。办证40件。", [None]),
        ("市局发布《2022年收支情况》。办证40件。", [None]),
        ("市局通报今年重点工作情况。办证40件。", [None]),
        ("了解上半年收支情况。办证40件。", [None]),
        ("市局公布上半年收支情况。6月末，存款9亿元。\n新开户30户。", ["6月末", "上半年"]),
        ("市局公布上半年收支情况。1—2月，存款9亿元。\n新开户30户。", ["1—2月", "上半年"]),
        ("市局公布上半年收支情况。7月，存款9亿元。\n新开户30户。", ["7月", None]),
        ("市局公布上半年收支情况。3月末，存款9亿元。\n新开户30户。", ["3月末", None]),
        ("一、2022年工作情况\n办证40件。\n（二）教育\n建校3所。", ["2022年"] * 2),
        ("一、2022年工作回顾\n办证40件。\n二、2023年工作安排\n（一）教育\n建校3所。", ["2022年", "2023年"]),
        ("二、2024年工作安排\n建校3所。目前建桥2座。铺路3公里。", ["2024年", "目前", None]),
        ("二、2022年工作安排\n建校3所。", [None]),
        ("二、下一步工作安排\n建校3所。", [None]),
        ("二、2024年工作回顾\n建校3所。", [None]),
    ],
)
def test_the_period_of_a_report_holds_until_another_time_is_named(body: str, expected: list[str | None]) -> None:
    assert phrases(body) == expected


@pytest.mark.parametrize(
    "title, expected",
    [
        ("某县2022年财政收支情况", ["2022年", "去年底", None]),
        ("某县2023年重点工作情况", [None, "去年底", None]),
        ("某县2022年大事", [None, "去年底", None]),
        ("2023年1—4月主要经济指标", ["2023年1—4月", "去年底", None]),
        ("一季度工业运行分析", ["一季度", "去年底", None]),
        ("2023年4月8日主要指标", [None, "去年底", None]),
        ("某县工业运行情况（1—4月）", ["1—4月", "去年底", None]),
        ("2022年某县市场监管工作综述", ["2022年", "去年底", None]),
        ("某县工业运行情况（工信局）", [None, "去年底", None]),
        ("某县法院2022年工作报告", ["2022年", "去年底", None]),
        ("某县2022年政府工作报告", [None, "去年底", None]),
        ("某县2022年政府工作总结", ["2022年", "去年底", None]),
    ],
)
def test_a_title_says_what_is_reported_on(title: str, expected: list[str | None]) -> None:
    assert phrases("办证40件。去年底建桥3座。办班5期。", title) == expected


@pytest.mark.parametrize(
    "title, body, expected",
    [
        ("某县法院工作报告", "请予审议。\n2022年，我院成效显著。\n结案40件。", ["2022年"]),
        ("2023年政府工作报告", "2022年，我县成效显著。\n建桥40座。", ["2022年"]),
        ("2023年政府工作报告", "我县成效显著。2022年，县里平稳。\n建桥40座。", [None]),
        ("2023年政府工作报告", "2023年，我县成效显著。\n建桥40座。", [None]),
        ("某县法院召开会议", "2022年，我院成效显著。\n结案40件。", [None]),
    ],
)
def test_a_yearly_report_is_of_the_year_that_it_opens_with(title: str, body: str, expected: list[str | None]) -> None:
    assert phrases(body, title) == expected


def test_the_period_of_a_title_holds_without_a_day_of_publication() -> None:
    found = measure(Article("test", "", "某县2023年1—4月收支情况", "办证40件。", "", "test")).observations
    assert [(o.time_phrase, str(o.period_end)) for o in found] == [("2023年1—4月", "2023-04-30")]
    found = measure(Article("test", "", "某县上半年收支情况", "办证40件。", "", "test")).observations
    assert [o.time_phrase for o in found] == [None]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("上半年，产值9亿元，增长3%。形势平稳。汽车业增长5%。", ["上半年"] * 3),
        ("上半年，产值9亿元。停工4天，比去年同期减少2天。汽车业增长5%。", ["上半年", None, None, "上半年"]),
        ("上半年，产值9亿元。停工4天。汽车业增长5%。", ["上半年", None, None]),
        ("上半年，产值9亿元。\n停工4天，比去年同期减少2天。汽车业增长5%。", ["上半年", None, None, None]),
        ("前7个月，进口平稳。汽车业增长5%。", ["前7个月"]),
        ("8月9日，票价3元。票价平稳。汽车业增长5%。", ["8月9日", None]),
        ("目前，票价3元。票价平稳。汽车业增长5%。", ["目前", None]),
        ("近年来，进口平稳。汽车业增长5%。", [None]),
        ("上半年，产值9亿元。\n形势平稳。汽车业增长5%。", ["上半年", None]),
        (f"上半年，产值9亿元。{'形势平稳，' * 40}稳。汽车业增长5%。", ["上半年", None]),
    ],
)
def test_growth_goes_on_over_sentences_without_figures(body: str, expected: list[str | None]) -> None:
    assert phrases(body) == expected


@pytest.mark.parametrize(
    "body, expected",
    [
        ("截至6月底，建校3所。已有5家企业签约，累计发放补贴9万元。", ["截至6月底"] * 3),
        ("截至6月底，建校3所。县里为已建的学校，派出教师30名。", ["截至6月底", None]),
        ("截至6月底，建校3所。\n已有5家企业签约。", ["截至6月底", None]),
        ("上半年建校3所。已有5家企业签约。", ["上半年", None]),
        ("截至目前，3市启动响应。县级层面，5个县启动响应。", ["截至目前"] * 2),
    ],
)
def test_what_adds_up_goes_on_with_an_as_of_date(body: str, expected: list[str | None]) -> None:
    assert phrases(body) == expected


@pytest.mark.parametrize(
    "body, expected",
    [
        ("8月9日8时，甲站水位9米。乙站水位8米，比昨日上涨1米。丙站比昨日上涨2米。", ["8月9日8时"] * 4),
        ("8月8日8时至9日8时，普降暴雨。甲站降雨90毫米。调来水泵3台。", ["8月8日8时至9日8时", None]),
        ("8月8日8时至9日8时，普降暴雨。甲站降雨90毫米。冲毁桥梁3座。", ["8月8日8时至9日8时", "8月8日8时至9日8时"]),
        ("8月8日上午，甲县遭遇冰雹。造成农作物受灾90亩。", ["8月8日上午"]),
        ("8月8日上午，甲县遭遇冰雹。慰问受灾群众90人。", [None]),
        ("8月8日上午，甲县召开会议。因灾死亡2人。", [None]),
        ("8月8日上午，甲县遭遇冰雹。\n因灾死亡2人。", [None]),
        ("5月8日上午，甲县遭遇冰雹。因灾死亡2人。", [None]),
        ("8月9日8时，水厂停水。抢修设备两台。", [None]),
        ("截至8月8日20时，转移80人。体育馆建筑面积1200平方米。", ["截至8月8日20时", None]),
        (f"截至8月8日20时，转移80人。{'各部门加强值守，' * 9}不漏。倒房3间。", ["截至8月8日20时", None]),
    ],
)
def test_the_hour_of_a_bulletin(body: str, expected: list[str | None]) -> None:
    assert phrases(body) == expected


@pytest.mark.parametrize(
    "body, expected",
    [
        ("8月9日，甲县举办招聘会。参会企业多。本次活动共组织企业75家，提供岗位90个。", ["8月9日"] * 2),
        ("8月9日，甲县举办招聘会。此次共组织企业75家。其中，民企60家。", ["8月9日"] * 2),
        ("8月9日，甲县举行2023年第三季度开工活动。此次共有75个项目开工，投资90亿元。", ["8月9日"] * 2),
        (
            "8月9日，甲县举行三季度开工活动。此次共有9个项目开工，年预计投资5亿元。其中，工业项目7个。",
            ["8月9日", None, "8月9日"],
        ),
        ("8月9日，甲县举行三季度开工活动。本次集中开工的项目共75个。", ["8月9日"]),
        ("8月9日，甲县举行三季度签约仪式。本次签约项目75个。", ["8月9日"]),
        ("8月9日，县长调研。本次共走访企业75家。", [None]),
        ("8月9日，县长调研。本次活动共组织企业75家。", [None]),
        ("8月9日，甲县举办招聘会。本次活动的场馆共有座位75个。", [None]),
        ("8月9日，甲县举办招聘会。全县共有企业75家。", [None]),
        ("8月9日，甲县举办招聘会。本次活动将共组织企业75家。", [None]),
    ],
)
def test_what_is_told_of_an_event_is_of_its_day(body: str, expected: list[str | None]) -> None:
    assert phrases(body) == expected


def test_in_a_report_of_a_year_the_year_before_is_the_one_before_that() -> None:
    body = "城镇化率由上年的57.1%提高到58.2%。"
    article = Article("test", "", "2021年某县统计公报", body, "", "test")
    article = replace(article, published_at=datetime(2023, 8, 10, 12, tzinfo=UTC))
    found = measure(article).observations
    assert [(o.time_phrase, str(o.period_start)) for o in found] == [("上年", "2020-01-01"), ("2021年", "2021-01-01")]


@pytest.mark.parametrize(
    "body, expected",
    [
        (
            "2022年，产油9万吨，增长3%，年末存栏猪8万头。产鱼5万吨，增长4%。",
            ["2022年", "2022年", "年末", "2022年", "2022年"],
        ),
        ("2022年，产油9万吨。产鱼5万吨，增长4%，年末存栏猪8万头。", ["2022年", "2022年", "2022年", "年末"]),
        ("2022年，产油9万吨。产鱼5万吨，年末存栏猪8万头。", ["2022年", None, "年末"]),
        ("6月末，存款9亿元，增长3%。贷款5亿元，增长4%。", ["6月末"] * 4),
    ],
)
def test_growth_goes_on_with_the_time_before_but_for_a_day_on_which_only_stocks_were_counted(
    body: str, expected: list[str | None]
) -> None:
    assert phrases(body) == expected
