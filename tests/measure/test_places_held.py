"""Whose a figure is where a list, a visit, a bracket or a short name tells."""

from __future__ import annotations

import pytest

from minsheng.measure.places import Places

LIST = "红塔区慰问职工2400人；元江县走访312名；易门县办会4场。"


def at(body: str, mark: str, title: str = "") -> str | None:
    place = Places(title, body, None, None, None).at(body.index(mark))
    return place and place.name


def test_the_whole_city_named_first_is_the_article_s_before_a_county_of_a_list() -> None:
    body = f"春节期间，全市共筹集资金486万元。{LIST}\n今年计划再建驿站20个。"
    assert at(body, "20个") == at(body, "486万元") == "玉溪市"
    assert at(body, "2400人") == "红塔区"
    body = f"玉溪市发布通告。全国有工会9个。{LIST}\n今年计划再建驿站20个。"
    assert at(body, "20个") == "玉溪市"


@pytest.mark.parametrize(
    "text",
    [
        "江陵县务工人数达9.2万人，公安县7.1万人。",
        "江陵县务工规模9.2万人；公安县务工人员7.1万人。",
        "江陵县打工者9.2万人，公安县务工7.1万人。",
    ],
)
def test_those_of_a_county_who_work_elsewhere_are_its_figure(text: str) -> None:
    body = f"荆州市推进就业，荆州市通报。{text}"
    assert at(body, "9.2万") == "江陵县"
    assert at(body, "7.1万") == "公安县"


@pytest.mark.parametrize("where", ["在公安县务工人数", "广东务工人员", "公安县务工的"])
def test_where_those_of_the_article_s_region_work_is_no_place(where: str) -> None:
    assert at(f"江陵县推进就业，江陵县通报。其中{where}9.2万人。", "9.2万") == "江陵县"


@pytest.mark.parametrize(
    "going",
    ["书记来到普济镇一处安置点，看望了", "随后到普济镇看望了", "书记赴江陵县普济镇调研，帮助", "抵达普济镇，走访了"],
)
def test_where_a_visit_goes_holds_for_what_follows(going: str) -> None:
    body = f"江陵县领导下乡，江陵县通报。在熊河镇，书记走进500亩基地。{going}3户脱贫户。该点安置412户。"
    assert at(body, "500亩") == "熊河镇"
    assert at(body, "3户") == at(body, "412户") == "普济镇"


@pytest.mark.parametrize(
    "going", ["干部赴公安县学习，签约", "干部到荆州市考察，签约", "干部来到浙江省，签约", "把水送到普济镇，投资"]
)
def test_a_journey_out_of_the_article_s_region_or_for_another_end_places_nothing(going: str) -> None:
    assert at(f"江陵县推进招商，江陵县通报。{going}3个项目。", "3个") == "江陵县"


def test_a_visit_goes_on_to_the_next_town_of_a_county() -> None:
    body = "书记深入江陵县熊河镇、普济镇调研。\n在熊河镇，书记走进500亩基地。\n随后，书记来到普济镇安置点，看望了3户。"
    assert at(body, "500亩", "书记到江陵县调研") == "熊河镇"
    assert at(body, "3户", "书记到江陵县调研") == "普济镇"


@pytest.mark.parametrize(
    "name, full",
    [("莫旗", "莫力达瓦达斡尔族自治旗"), ("喀左县", "喀喇沁左翼蒙古族自治县"), ("阜蒙县", "阜新蒙古族自治县")],
)
def test_banners_and_counties_go_by_what_everybody_calls_them(name: str, full: str) -> None:
    assert at(f"恩施州务工20万人，{name}3万人，长阳县2万人。", "3万人") == full


def test_the_figure_of_a_place_of_a_list_that_nobody_knows_is_not_the_one_s_before() -> None:
    body = (
        "荆州市通报，荆州市行动。江陵县务工5万人，豫阳县3万人，公安县2万人，其中贫困县4万人，全市27万人。示范县达9个。"
    )
    places = Places("", body, None, None, None)
    assert places.unresolved == ["豫阳县"]
    assert [at(body, f"{n}万人") for n in (5, 3, 2)] == ["江陵县", None, "公安县"]
    assert at(body, "27万人") == "荆州市"


def test_what_the_county_says_of_itself_is_the_county_s() -> None:
    body = "章庄铺镇种莼菜。\n今年，县里将投资3600万元。近年来市里拨款30万元，今年省里补助20万元。\n镇里建库2座。"
    title = "公安县章庄铺镇：致富路"
    assert at(body, "3600万元", title) == "公安县"
    assert at(body, "30万元", title) == "荆州市"
    assert at(body, "20万元", title) == "湖北省"
    assert at(body, "2座", title) == "章庄铺镇"
    assert at("江陵县办学，江陵县通报。熊河镇出资5万元，县里的学校7所。小区里有6户。", "7所") == "江陵县"
    assert at("江陵县办学，江陵县通报。\n熊河镇出资5万元，小区里有6户。", "6户") == "熊河镇"


def test_a_bracket_that_names_a_place_and_no_more_is_where_the_figure_was_taken() -> None:
    body = "河南省通报，河南省部署。均30毫米、最大68.2毫米（商城县30日5时至6时）；转移9人，最高31℃（固始县）。设点4处"
    assert [at(body, mark) for mark in ("68.2毫米", "31℃")] == ["商城县", "固始县"]
    assert [at(body, mark) for mark in ("30毫米", "9人", "4处")] == ["河南省"] * 3
    body = "河南省通报雨情，河南省部署。转移9人（固始县5人），签约8个（湖北省），获评3名（固始县某村张某等）。"
    assert [at(body, mark) for mark in ("9人", "8个")] == ["河南省"] * 2


def test_a_village_once_placed_keeps_its_town() -> None:
    body = (
        "江陵县农业，江陵县通报。走进江陵县熊河镇陈涧村，果园5亩。\n全县核桃6万亩。\n陈涧村党支部书记介绍，分红157户。"
    )
    assert at(body, "6万亩") == "江陵县"
    assert at(body, "157户") == "熊河镇"
    assert at(body.replace("5亩。", "5亩。普济镇陈涧村修路。"), "157户") == "江陵县"


def test_the_first_of_a_list_of_several_counties_is_not_the_article_s() -> None:
    body = (
        f"北京发布预警。{'始终守护一方平安。' * 8}根据要求，总队派出力量分赴房山区琉璃河镇、窦店镇、石楼镇、青龙湖镇，"
        "海淀区苏家坨镇，怀柔区九渡河镇，丰台区，担负加固任务。共动用3440名兵力。期间转移群众3128人。"
    )
    assert at(body, "3440名") == at(body, "3128人") == "北京市"


def test_a_name_that_its_list_settled_opens_a_clause_of_that_text() -> None:
    body = "云南省通报。会上推介了红河、大理等地的做法。红河交警服务企业；大理交警严格查验，退办5辆。"
    assert at(body, "5辆") == "大理白族自治州"
    body = "云南省通报。会上推介了昆明、安宁等地的做法，守护一方安宁，全省办结5件。"
    assert at(body, "5件") == "云南省"


@pytest.mark.parametrize("lies", ["坐落于", "位于", "地处"])
def test_a_company_that_lies_in_a_city_goes_on_there(lies: str) -> None:
    body = f"吉林省推进创新。{lies}长春市的奥光公司是高新技术企业。今年，企业列出400多个计划。"
    assert at(body, "400多个") == "长春市"


def test_where_the_most_was_measured_holds_up_to_the_semicolon() -> None:
    body = "江陵县降雨，江陵县通报。最大降雨点熊河镇238.5毫米，1小时最大雨强78毫米；大于100毫米站点43个。"
    assert [at(body, mark) for mark in ("238.5毫米", "78毫米", "43个")] == ["熊河镇", "熊河镇", "江陵县"]
