"""Whose a figure is where the country, a line or a station is only named."""

from __future__ import annotations

import pytest

from minsheng.measure.places import Places


def at(body: str, mark: str, title: str = "") -> str | None:
    place = Places(title, body, None, None, None).at(body.index(mark))
    return place and place.name


@pytest.mark.parametrize(
    "text",
    [
        "组委会收到全国26个省、市、自治区300名作者的作品。",
        "展览吸引了来自全省的300名选手。",
        "产品销往16个省市区300家超市。",
        "现场邀请到18个省的300户企业参展。",
    ],
)
def test_where_people_and_goods_come_from_or_go_to_is_no_place(text: str) -> None:
    assert at(f"江陵县举办展会，江陵县通报。{text}", "300") == "江陵县"


def test_provinces_that_something_is_held_in_lie_in_the_country() -> None:
    assert at("江陵县参加展会，江陵县通报。活动在10个省举办，涉及县市14个。", "10个") == "中国"


@pytest.mark.parametrize(
    "text",
    [
        "拥有“古城”世界文化遗产、石刻等世界级名片，现有古迹50处。",
        "2023世界机器人大会开幕，展品50件。",
        "古迹众多，全国重点文物保护单位50处。",
        "全球光伏20强企业有50家落户。",
        "由全国道德模范王某等50名爱好者发起。",
    ],
)
def test_an_honour_or_an_event_that_bears_the_whole_s_name_is_not_the_whole(text: str) -> None:
    assert at(f"江陵县推进文旅，江陵县通报。{text}", "50") == "江陵县"


def test_a_count_that_the_article_s_region_is_one_of_is_the_whole_s() -> None:
    body = "江陵县推进试点，江陵县通报。获批全国4个创新试点之一，建成项目12个。"
    assert at(body, "4个") == "中国"
    assert at(body, "12个") == "江陵县"
    assert at("江陵县推进文旅，江陵县获评湖北省首批10个基地之一，建成项目3个。", "10个") == "湖北省"


def test_the_railway_s_company_is_no_place() -> None:
    assert at("江陵县铁路开通，江陵县通报。国铁集团克服困难，架设桥梁86座。", "86座") == "江陵县"


@pytest.mark.parametrize(
    "text",
    [
        "武汉至荆州最快50分钟。",
        "线路设汉川东、天门市、潜江东、荆州50座车站。",
        "武汉东站至荆州站，全线50公里。",
        "武汉、潜江东、荆州站均开行列车50列。",
        "其中天门南、潜江东为改建车站，荆州为新建车站。项目架设桥梁50座。",
    ],
)
def test_stations_and_ends_of_a_journey_are_no_place(text: str) -> None:
    assert at(f"湖北省铁路开通，湖北省通报。{text}", "50") == "湖北省"


def test_the_length_of_a_line_lies_in_the_region_above_all_that_it_passes() -> None:
    body = "舟山市建设铁路，舟山市通报。铁路经宁波市鄞州区、北仑区，东至定海区，全长77公里。该市投资8亿元。"
    assert at(body, "77公里") == "浙江省"
    assert at("荆州市治水，荆州市通报。河道连接公安县、江陵县，在江陵县境内全长9公里。", "9公里") == "江陵县"
    assert at(body, "8亿元") == "舟山市"


@pytest.mark.parametrize(
    "gauge, name",
    [
        ("松花江干流哈尔滨站", "哈尔滨市"),
        ("松花江干流富锦（二）站", "富锦市"),
        ("穆棱河密山桥站", "密山市"),
        ("嫩江江桥站", "黑龙江省"),
    ],
)
def test_a_gauge_stands_in_the_place_that_it_bears(gauge: str, name: str) -> None:
    body = f"黑龙江省通报汛情。{gauge}水位118.30米，上涨0.05米。各地转移群众30人。"
    assert at(body, "0.05") == name
    assert at(body, "30人") == "黑龙江省"


def test_the_squad_of_a_city_is_its_own() -> None:
    assert at("湖北省通报灾情。其中，荆州消防支队1名队员受伤。", "1名") == "荆州市"


@pytest.mark.parametrize(
    "text",
    [
        "湖北省某某（集团）有限公司每年捐款30万元。",
        "荆州市教育局副局长李某表示，30年来江陵变化大。",
        "在省财政厅支持下，新建泵站30座。",
        "在海关总署支持下，企业增至30家。",
        "水利部督导组实地查看堤防30处。",
        "称一行人在湖北省旅游期间迷路，其中老人30名。",
    ],
)
def test_what_is_around_the_article_s_region_and_helps_or_speaks_is_no_place(text: str) -> None:
    assert at(f"江陵县推进发展，江陵县通报。{text}", "30") == "江陵县"


def test_what_a_national_office_lets_a_reporter_know_is_still_the_country_s() -> None:
    assert at("江陵县推进发展，江陵县通报。记者从水利部了解到，今年建成水库30座。", "30") == "中国"


def test_a_zone_in_a_list_of_counties_is_the_city_s() -> None:
    body = "荆州市通报灾情。江陵县转移5人，公安县6人，高新区转移9人；开发区2人。"
    assert at(body, "6人") == "公安县"
    assert at(body, "9人") == at(body, "2人") == "荆州市"
    assert at("江陵县通报灾情。普济镇转移5人，开发区9人。", "9人") == "江陵县"
    assert at("荆州市通报招商。江陵县推进建设，开发区建成厂房3座。", "3座") == "江陵县"


@pytest.mark.parametrize(
    "text",
    [
        "荆州市以外各县建成9处。",
        "荆州市外，其余各县建成9处。",
        "香港及台湾地区旅客消费9亿元。",
        "武汉、宜昌等地的客商签约9个。",
        "武汉、宜昌等地的外销量达9吨。",
        "其中卫生投资9亿元。",
    ],
)
def test_what_is_left_out_far_or_another_word_is_no_place(text: str) -> None:
    assert at(f"湖北省推进发展，湖北省通报。{text}", "9") == "湖北省"


def test_one_storied_houses_are_no_district() -> None:
    assert at("北京市西城区通报灾情。转移平房院落32户，平房区排水19处。", "19处") == "西城区"
    assert at("哈尔滨市通报灾情。各区行动，平房区排水19处。", "19处") == "平房区"


def test_a_county_that_stands_somewhere_is_no_station() -> None:
    assert at("湖北省通报。荆州市站在新的起点上，新建学校3所。", "3所") == "荆州市"


def test_provinces_that_there_are_so_many_of_are_the_country_s() -> None:
    assert at("江苏省通报经济。数据显示，已公布的有17个省份增速回升。", "17个") == "中国"


def test_the_city_around_has_what_is_counted_in_characters_right_behind_it() -> None:
    assert at("江陵县推进文旅，江陵县通报。展览以荆州三个古镇为重点。", "三个") == "荆州市"


def test_a_land_of_several_provinces_is_the_country_s() -> None:
    assert at("江苏省新闻，江苏省通报。上半年，长三角铁路发送旅客5万人次。", "5万") == "中国"


def test_districts_of_a_kind_lie_in_the_city() -> None:
    assert at("房山区办招聘会，房山区通报。9个结对平原区继续帮扶。", "9个") == "北京市"


def test_who_only_helps_is_no_place() -> None:
    body = "玄武区推进环保，玄武区通报。在区检察院和红山街道的见证下，企业分两批签约。"
    assert at(body, "两批") == "玄武区"


def test_a_list_with_a_figure_each_in_brackets_shares_the_next_ones_out() -> None:
    body = "江苏省经济增长。扬州（34亿元）、盐城（33亿元）和泰州（32亿元）分别增长6.2%、6.1%、6.3%。"
    spans = [(body.index(s), body.index(s) + len(s)) for s in ("34亿元", "33亿元", "32亿元", "6.2%", "6.1%", "6.3%")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert {i: p and p.name for i, p in found.items()} == {3: "扬州市", 4: "盐城市", 5: "泰州市"}


@pytest.mark.parametrize("what", ["省级工程技术研究中心", "市级企业技术中心", "首批省级专业镇"])
def test_the_rank_of_a_thing_is_no_office(what: str) -> None:
    assert at(f"江陵县推进创新，江陵县通报。拥有国家级平台2个，{what}5家。", "5家") == "江陵县"
    assert at("江陵县推进创新，江陵县通报。省级财政补助30万元。", "30万") == "湖北省"


def test_the_name_of_a_province_that_a_county_bears_too() -> None:
    assert at("“龙江认亲”活动启动。记者从省民政厅获悉，活动包括5个措施。", "5个") == "黑龙江省"
    assert at("龙江县推进助学，龙江县通报。龙江中学新建教室5间。", "5间") == "龙江县"


def test_the_other_cities_of_several_lie_in_the_province() -> None:
    body = "东营市举办活动。东营市设立主会场，其他8个城市线上参加。"
    assert at(body, "8个") == "山东省"
    assert at("东营市推进文化惠民，东营市通报。新建12个城市书房。", "12个") == "东营市"


@pytest.mark.parametrize(
    "text",
    [
        "争取帮扶资金3200万元，其中佛山市帮扶1500万元；引进企业30家。",
        "佛山市帮扶1500万元，引进企业30家。",
        "佛山市派驻干部30名。",
        "天津市、上海市等地援建学校4所，改造30所。",
        "天津市对口支援江陵县资金2亿元，援建学校30所。",
        "在全国各地支援下，修复道路30条。",
        "在全国各地、各兄弟单位的大力支援下，修复道路30条。",
        "在天津市的帮扶下，修复道路30条。",
    ],
)
def test_another_region_that_helps_is_no_place(text: str) -> None:
    assert at(f"江陵县推进发展，江陵县通报。{text}", "30", "江陵县新闻") == "江陵县"


def test_another_region_that_helps_in_a_list_takes_no_vote() -> None:
    text = "争取帮扶资金3200万元，其中佛山市帮扶1500万元；引进企业6家。累计就业30人。"
    for mark in ("3200万", "1500万", "6家", "30人"):
        assert at(text, mark, "江陵县推进协作") == at(f"江陵县{text}", mark) == "江陵县"


def test_a_region_that_helps_early_outvotes_not_the_article_s() -> None:
    body = "江陵县恢复生产。天津市援建学校4所，新建住房30套。"
    assert [at(body, mark) for mark in ("4所", "30套")] == ["江陵县"] * 2


def test_the_region_that_helps_keeps_its_own_article() -> None:
    body = "佛山市帮扶凉山州，佛山市通报。佛山市援建学校4所，顺德区派驻干部5名。凉山州新建公路6公里。"
    assert [at(body, mark) for mark in ("4所", "5名", "6公里")] == ["佛山市", "顺德区", "凉山彝族自治州"]
    assert at("全国通报，我国对口支援成效显著。佛山市援建学校4所。", "4所") == "佛山市"


@pytest.mark.parametrize("land", ["黄河流域", "长江流域", "京津冀", "长三角", "粤港澳大湾区"])
def test_a_land_of_several_provinces_is_no_place_in_a_county_s_article(land: str) -> None:
    text = f"{land}重点工程开工以来，累计建成淤地坝6座，治理面积30亩。"
    assert at(f"江陵县治水，江陵县通报。{text}", "6座") == at(text, "30亩", "江陵县治水") == "江陵县"
    assert at(f"荆州市治水，荆州市通报。{text}", "6座") == "荆州市"
    assert at(f"湖北省治水，湖北省通报。{text}", "6座") == "中国"
    assert at(f"江陵县治水，江陵县通报。{land}铁路发送旅客9万人次。", "9万") == "中国"


def test_counties_of_all_the_province_are_the_province_s_also_where_the_county_is_ranked_among_them() -> None:
    body = "江陵县经济增长，江陵县通报。增速在全省103个县（市、区）中居第8位，新增企业45家。"
    assert [at(body, mark) for mark in ("103个", "45家")] == ["湖北省", "江陵县"]
    assert at("江陵县经济增长，江陵县通报。考核列全市9个县市区第2位。", "9个") == "荆州市"
