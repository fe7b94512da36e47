"""Where a figure belongs: names, scopes, hierarchy, asides, history."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from minsheng.measure.places import Place, Places, current, unresolved
from minsheng.measure.places_gazetteer import COUNTRY, gazetteer, regions

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "gold"


def at(body: str, mark: str, *, title: str = "", on: date | None = None, site: str | None = None) -> str | None:
    place = Places(title, body, on, None, site).at(body.index(mark))
    return place and place.name


def test_the_clause_names_the_region() -> None:
    body = "桐城市推进水利建设。宿松县修复水渠12公里；太湖县新建泵站3座，改造管网8公里。"
    assert at(body, "12公里") == "宿松县"
    assert at(body, "3座") == "太湖县"
    assert at(body, "8公里") == "太湖县"


def test_an_office_of_the_main_region_takes_the_word_back() -> None:
    body = "宜昌市召开会议，宜昌市民政局、全市各部门参加。\n夷陵区新建公园2座。市教育局扩建学校5所。"
    assert at(body, "2座") == "夷陵区"
    assert at(body, "5所") == "宜昌市"


def test_a_region_that_opens_a_sentence_is_the_topic_of_the_next() -> None:
    body = "襄阳市各县竞相发力。谷城县兴修水利。共清淤30公里，新建泵站9座。\n全市投入资金2亿元。"
    assert at(body, "30公里") == "谷城县"
    assert at(body, "2亿元") == "襄阳市"


@pytest.mark.parametrize(
    "scope, name", [("全县", "昌乐县"), ("我市", "潍坊市"), ("全省", "山东省"), ("该镇", "鄌郚镇"), ("全镇", "鄌郚镇")]
)
def test_scopes_are_read_against_the_context(scope: str, name: str) -> None:
    body = f"山东省潍坊市昌乐县鄌郚镇推行新办法，鄌郚镇干部走访农户。{scope}受理诉求20件。"
    assert at(body, "20件") == name


def test_the_country_is_a_region_too() -> None:
    assert at("全国新增就业300万人，湖北省新增20万人。", "300万人") == "中国"
    assert at("全国新增就业300万人，湖北省新增20万人。", "20万人") == "湖北省"


def test_a_harbour_is_no_district_and_a_treasury_is_its_government_s() -> None:
    assert at("防城港港口吞吐货物120万吨。", "120万吨") == "防城港市"
    body = "京山市开展救灾，京山市转移群众。省财政下拨资金3000万元。"
    assert at(body, "3000万元") == "湖北省"


def test_figures_of_other_countries_belong_to_no_region() -> None:
    body = "广东省外贸增长。美国进口增加5亿元。广东省进口增加8亿元。"
    assert at(body, "5亿元") is None
    assert at(body, "8亿元") == "广东省"


@pytest.mark.parametrize("route", ["武汉至宜昌高速公路", "武汉—上海高铁", "武汉至深圳航线"])
def test_the_ends_of_a_route_have_no_figures(route: str) -> None:
    assert at(f"天门市加快建设。{route}总投资32亿元。", "32亿元") == "天门市"


def test_guests_from_another_country_are_counted_where_they_are() -> None:
    body = "桂林市接待入境游客1.2万人次。韩国游客8000人次，民宿入住率86.5%。"
    assert at(body, "8000人次") == "桂林市"
    assert at(body, "86.5%") == "桂林市"


@pytest.mark.parametrize("context, code", [("长春市", "220104"), ("北京市", "110105")])
def test_names_of_several_provinces_follow_the_hierarchy(context: str, code: str) -> None:
    place = Places("", f"{context}朝阳区新建学校3所。", None, None, None).main
    assert place == Place("朝阳区", code)


def test_the_site_settles_an_ambiguous_name_and_is_the_last_resort() -> None:
    assert Places("", "鼓楼区新建学校3所。", None, None, "320100").main == Place("鼓楼区", "320106")
    assert Places("", "新建学校3所。", None, None, "421024").main == Place("江陵县", "421024")
    assert Places("", "新建学校3所。", None, None, None).main is None


def test_the_forced_region_is_the_main_one_by_code_or_name() -> None:
    for forced in ("420300", "十堰市"):
        assert Places("", "武汉市新建学校3所。", None, forced, None).main == Place("十堰市", "420300")


def test_a_rare_short_name_said_again_stands_for_itself() -> None:
    assert at("岫岩加强防汛。岫岩共设安置点515处。", "515处") == "岫岩满族自治县"


def test_an_unsettled_name_is_reported() -> None:
    places = Places("", "鼓楼区新建学校3所。", None, None, None)
    assert places.main is None
    assert unresolved([places, places]) == [("鼓楼区", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "和平发展的理念深入人心，",
        "阳光大道和上海路改造，",
        "天津大学的专家",
        "与北京经开区签订协议，",
        "赴浙江省考察，",
        "比江苏省多，",
    ],
)
def test_words_roads_organisations_and_other_sides_do_not_capture_a_figure(text: str) -> None:
    assert at(f"十堰市开展活动，十堰市各部门参与。{text}办理事项37项。", "37项") == "十堰市"


def test_a_township_is_found_in_its_county_and_carries_its_own_code() -> None:
    places = Places("", "昌乐县鄌郚镇走访农户300户。", date(2023, 6, 1), None, None)
    assert places.main == Place("鄌郚镇", "370725108")


def test_a_township_of_that_name_elsewhere_is_not_taken() -> None:
    assert at("十堰市推进建设。鄌郚镇改造厕所20座。", "20座") != "鄌郚镇"


@pytest.mark.parametrize(
    "said", ["发放城乡低保金", "部分乡镇修路", "建设宜居乡村", "收入快于城镇居民，其中城镇居民", "惠及延庆乡亲"]
)
def test_words_that_meet_are_no_township(said: str) -> None:
    assert Places("", f"今年以来，{said}支出90万元。", None, None, None).main is None


@pytest.mark.parametrize("who", ["水利部门", "教育部门", "财政部署专班", "公安部队员"])
def test_a_department_is_no_ministry(who: str) -> None:
    assert at(f"谷城县投入资金300万元。{who}修复工程12处。", "12处") == "谷城县"


@pytest.mark.parametrize("said", ["选举产生襄阳市第十届人大代表", "评定襄阳市级项目"])
def test_a_level_and_a_congress_are_no_place(said: str) -> None:
    assert at(f"谷城县投入资金300万元。{said}12名，开展活动30场。", "30场") == "谷城县"


def test_a_city_is_no_township_with_the_character_before() -> None:
    assert at("记者从河南新乡获悉，全市新建学校3所。", "3所") == "新乡市"


def test_coordinated_regions_share_the_one_above() -> None:
    assert at("今年以来，武汉市、襄阳市和宜昌市新增企业30家。", "30家") == "湖北省"


def test_names_are_those_of_the_article_s_day() -> None:
    assert Places("", "北京市崇文区改造院落20处。", date(2008, 5, 1), None, None).main == Place("崇文区", "110103")
    assert Places("", "北京市崇文区改造院落20处。", date(2023, 5, 1), None, None).main == Place("北京市", "110000")


def test_a_former_code_leads_to_today_s() -> None:
    assert current("342224", date(1995, 1, 1)) == "341323"  # Lingbi, from Suxian prefecture to Suzhou city
    assert current("110103", date(2008, 1, 1)) == "110101"
    assert current("330103", date(2020, 1, 1)) == "330105"
    assert current("341323") == "341323"
    assert current("420600", date(2005, 1, 1)) == "420600"  # Xiangfan, renamed
    assert current("510200", date(1990, 1, 1)) == "500000"  # Chongqing, from city to municipality
    assert current("422800", date(1990, 1, 1)) == "422800"  # Western Hubei, renamed Enshi
    assert current("999999") is None


def test_every_code_ever_given_leads_somewhere_or_nowhere_in_finite_time() -> None:
    today = {r.code for r in regions() if r.until == 9999}
    lost = [r.code for r in regions() if (new := current(r.code, date(r.since, 6, 1))) is not None and new not in today]
    assert lost == []


def test_the_main_region_is_the_lowest_that_covers_the_article() -> None:
    body = "记者从湖北省了解到，江陵县整治河道。江陵县清理垃圾30吨，熊河镇、普济镇各投入2万元。"
    assert Places("江陵县整治人居环境", body, None, None, None).main == Place("江陵县", "421024")


def test_every_region_has_a_chain_up_to_its_province() -> None:
    names = gazetteer(None)
    for code, region in list(names.by_code.items()):
        if code != COUNTRY and region.level != "township":
            assert names.chain(code)[-1] == code[:2] + "0000"


@given(st.text(alphabet="江陵县十堰市全省我该镇与北京朝阳区，。；\n1a", max_size=80))
def test_any_text_gives_a_place_or_none_everywhere(text: str) -> None:
    places = Places("", text, None, None, None)
    for position in range(len(text)):
        place = places.at(position)
        assert place is None or (place.name and place.code.isdigit())


@pytest.mark.parametrize("unit", ["江陵县", "市", "全县", "镇", "、武汉市", "朝阳"])
def test_a_hostile_line_takes_linear_time(unit: str) -> None:
    started = time.process_time()
    Places("", unit * (300_000 // len(unit)), None, None, None).at(100_000)
    assert time.process_time() - started < 10


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs the shared gold beside the checkout, no part of the project")
@pytest.mark.parametrize("name", ["001", "002", "003"])
def test_gold_regions(name: str) -> None:
    title, _, body = (GOLD / f"{name}.repaired.txt").read_text("utf-8").strip().partition("\n")
    body = f"{title}\n{body}"
    places = Places("", body, date(2022, 1, 1), None, None)
    right = total = position = 0
    for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines():
        figure = json.loads(line)
        found = body.find(figure["surface"], position)
        if found >= 0:
            position, total = found + 1, total + 1
            place = places.at(found)
            right += place is not None and place.code[:6] == figure["region_code"]
    assert right / total >= 0.97


def test_a_medium_that_bears_the_city_s_name_leaves_the_article_to_its_subdistrict() -> None:
    body = "深圳新闻网讯 近日，6位志愿者走进福城街道，看望环卫工人50名。"
    assert at(body, "6位") == at(body, "50名") == "福城街道"


def test_the_only_county_that_a_text_keeps_naming_is_the_main_region() -> None:
    body = "记者从北京市发改委获悉，石景山区新建学校将建成班级48个。北京市介绍，石景山区补上缺口，石景山区居民受益。"
    assert at(body, "48个") == "石景山区"


def test_a_county_named_in_the_title_alone_is_known() -> None:
    assert at("全市在建项目214个。", "214个", title="前三季度诸城经济运行稳中向好") == "诸城市"


def test_a_region_inside_a_quoted_name_is_no_place() -> None:
    body = "监利市评选道德模范，2人荣登“荆州好人榜”，1人荣登“湖北好人榜”，带动志愿者300名。"
    assert at(body, "1人") == at(body, "300名") == "监利市"


def test_the_region_that_another_is_said_to_lie_in_takes_no_figures() -> None:
    body = "松滋市是湖北省重要的粮食产区，上半年收购粮食12万吨。"
    assert at(body, "12万吨") == "松滋市"


def test_a_list_of_regions_shares_its_figures_out() -> None:
    body = "上半年，苏州、无锡GDP分别为105.6亿元、98.4亿元，增长6.6%和7.0%，新增企业30家。"
    spans = [(body.index(s), body.index(s) + len(s)) for s in ("105.6亿元", "98.4亿元", "6.6%", "7.0%", "30家")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [found[i].name for i in range(4)] == ["苏州市", "无锡市", "苏州市", "无锡市"]  # type: ignore[union-attr]
    assert 4 not in found
    body = "苏州、无锡分别完成投资5亿元、6亿元，同比增长6.6%、下降7.0%。"
    spans = [(body.index(s), body.index(s) + len(s)) for s in ("5亿元", "6亿元", "6.6%", "7.0%")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [found[i].name for i in range(4)] == ["苏州市", "无锡市"] * 2  # type: ignore[union-attr]
    body = "苏州、无锡各建成学校5所和6所。"
    spans = [(body.index(s), body.index(s) + len(s)) for s in ("5所", "6所")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [place.name for place in found.values() if place] == ["苏州市", "无锡市"]
    body = "苏州、无锡以6.6%、7.0%的增速领先，以诚待客，新增企业30家、50家。"
    spans = [(body.index(s), body.index(s) + len(s)) for s in ("6.6%", "7.0%", "30家", "50家")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [found[i].name for i in range(4)] == ["苏州市", "无锡市"] * 2  # type: ignore[union-attr]


def test_a_river_that_bears_a_city_s_name_is_no_place() -> None:
    for river in ("牡丹江干流", "牡丹江、穆棱河"):
        assert at(f"谷城县加强防汛。{river}水位上涨，谷城县转移37人。{river}沿线设点9个。", "9个") == "谷城县"
    assert at("牡丹江、湖北两地合作。牡丹江设点9个。", "9个") == "牡丹江市"


def test_a_name_that_says_something_else_too_is_settled_by_its_list() -> None:
    body = "江苏省加快发展，无锡、南通分别建成学校3所、5所。"
    spans = [(body.index(s), body.index(s) + 2) for s in ("3所", "5所")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [place.name for place in found.values() if place] == ["无锡市", "南通市"]


def test_a_full_name_wins_over_a_short_one_that_it_cuts() -> None:
    assert at("荆州市排查隐患80处，其中江陵县12处。", "12处") == "江陵县"


@pytest.mark.parametrize(
    "text",
    [
        "创建省级生态示范县3个",
        "通过阿里拍卖平台成交房产3套",
        "走访周口店3次",
        "参观中山舰3次",
        "提高水平和效率，办结3件",
        "朝阳助学行动资助学生3名",
        "新增城区绿化面积3公顷",
        "黄河口湿地3处",
        "三江源保护站3处",
        "黄河南岸堤段3处",
        "太湖南岸堤段3处",
    ],
)
def test_a_name_inside_another_word_is_no_place(text: str) -> None:
    assert at(f"谷城县推进民生工作。谷城县{text}。", "3") == "谷城县"
    assert at(f"谷城县推进民生工作。{text}。", "3") == "谷城县"


@pytest.mark.parametrize(
    "text",
    [
        "从山东寿光引进新品种",
        "来自四川、重庆的务工人员返岗",
        "援助西藏、新疆干部",
        "向山东省捐赠棉被",
        "携手上海市开设专线",
        "物资运往天津市，装车",
        "蔬菜销往武汉、长沙等地",
        "接待广东、浙江客商",
        "海南、广西籍渔船回港",
        "为武汉铁塔订单生产配件",
        "荆州市民李女士求助电话",
        "开通北京、上海、广州等航线",
        "占全省总量的比重为",
        "高于全省平均水平",
        "增速高于全国1.9个百分点、全省",
        "快于全国（5.2%）1个百分点、全省（4.1%）",
        "占全国的5%、全省的",
        "高于全国及全省平均水平",
        "高于襄阳市1.9个百分点、宜昌市",
        "除襄州区外，各镇新建",
        "（不含襄州区）新建",
        "率先在全省开展试点，建成",
        "获评全省首个试点，建成",
    ],
)
def test_guests_goods_comparisons_and_exclusions_do_not_capture_a_figure(text: str) -> None:
    assert (
        at(f"谷城县推进民生工作，谷城县各镇参与，谷城县居民受益，谷城县获好评。今年以来，{text}37个。", "37个")
        == "谷城县"
    )


@pytest.mark.parametrize(
    "rank",
    [
        "高出全省0.1个百分点",
        "高出全国平均2个百分点",
        "高出湖北省0.1个百分点",
        "超全省平均2个百分点",
        "领先全省3个百分点",
        "增幅全省排第7位",
        "全省排第7位",
        "全省排名第一",
        "排全省第7位",
        "列全省56位",
        "居全省第3位",
        "排名全省前列",
        "全省领先",
        "全省首创碳汇交易",
        "在全省率先建成交易中心",
        "全省率先建成交易中心",
        "在全省17个市州中排名第3位",
    ],
)
def test_a_whole_that_something_is_only_ranked_in_takes_nothing_behind_it(rank: str) -> None:
    body = f"谷城县经济稳中向好，谷城县通报。上半年，工业增长28%，{rank}；新增企业37个。"
    assert at(body, "37个") == "谷城县"


@pytest.mark.parametrize("subject", ["全省最低工资提高", "全省第一产业新增", "全省先进", "全省首批债券", "全省降本"])
def test_a_whole_that_opens_a_clause_with_its_subject_takes_it(subject: str) -> None:
    assert at(f"谷城县推进民生工作，谷城县通报。谷城县修路8公里，{subject}37个。", "37个") == "湖北省"


def test_a_list_of_figures_behind_a_comparison_of_time_still_goes_on_to_the_whole() -> None:
    body = "谷城县推进民生工作，谷城县通报。比上年增长5%、全省完成37个。"
    assert at(body, "37个") == "湖北省"


@pytest.mark.parametrize("name", ["新建区", "新安县", "上城区"])
def test_a_region_that_begins_like_a_word_is_a_place(name: str) -> None:
    assert at(f"{name}推进民生工作。位于{name}新建学校3所。", "3所") == name


def test_the_whole_compared_with_has_only_the_figure_in_its_parenthesis() -> None:
    body = "谷城县经济稳中向好。谷城县用电量增速快于全国水平（3.1%），比上年提高1.2个百分点。"
    assert at(body, "3.1%") == "中国"
    assert at(body, "1.2个") == "谷城县"


def test_what_a_parenthesis_names_stays_in_it() -> None:
    body = "襄阳市通报灾情。襄阳市因灾受伤9人（谷城县4人，南漳县5人），转移安置60人（保康县22人），恢复供电80户。"
    assert [at(body, mark) for mark in ("9人", "60人", "80户")] == ["襄阳市"] * 3
    assert [at(body, mark) for mark in ("4人", "5人", "22人")] == ["谷城县", "南漳县", "保康县"]


def test_a_place_inside_a_clause_does_not_pass_a_semicolon() -> None:
    body = "襄阳市防汛有力，襄阳市各部门上岗，襄阳市通报。最大雨量出现在谷城县五山镇，为111毫米；有2个站点超过90毫米。"
    assert at(body, "2个") == "襄阳市"


def test_counted_regions_lie_in_the_one_above() -> None:
    body = "襄阳市公布灾情。谷城县转移60人。谷城县五山镇清淤4公里。此次降雨致5个县3800人受灾。"
    assert at(body, "4公里") == "五山镇"
    assert at(body, "3800人") == "襄阳市"
    assert at("湖北省发布数据，全国31个省（自治区、直辖市）和新疆生产建设兵团报来样本65例。", "65例") == "中国"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("在对全省16个省辖市的评议中，谷城县列前茅。", "湖北省"),
        ("全国500强企业有16个项目落户。", "谷城县"),
        ("世界500强企业有16个项目落户。", "谷城县"),
        ("省市联合投入资金建成16个社区。", "谷城县"),
    ],
)
def test_prefectures_of_a_province_lists_of_the_best_and_two_levels_together(sentence: str, name: str) -> None:
    assert at(f"湖北省襄阳市谷城县经济稳中向好。谷城县企业增多。{sentence}", "16个") == name


def test_a_dateline_is_the_weakest_sign() -> None:
    body = "新华社福州8月13日电 记者从福建省水利厅获悉，今年省级启动项目30个。"
    assert at(body, "30个") == "福建省"
    assert at("新华社福州8月13日电 今年启动项目30个。", "30个") == "福州市"


@pytest.mark.parametrize("short, name", [("恩施州", "恩施土家族苗族自治州"), ("长阳县", "长阳土家族自治县")])
def test_autonomous_regions_go_by_short_names(short: str, name: str) -> None:
    assert at(f"湖北省降雨量居前的是宜昌市98毫米、{short}112毫米。", "112毫米") == name


def test_among_which_goes_on_about_what_was_told_before() -> None:
    body = "襄阳市加快建设，襄阳市各部门参与。截至6月底，湖北省新建学校60所。其中，小学21所。\n新建公园5座。"
    assert at(body, "21所") == "湖北省"
    assert at(body, "5座") == "襄阳市"


def test_a_short_name_of_several_regions_is_that_of_the_text_s_province() -> None:
    assert at("北京市发布消息，朝阳新增企业1500家。", "1500家") == "朝阳区"
    assert at("辽宁省发布消息，朝阳新增企业1500家。", "1500家") == "朝阳市"


def test_the_publisher_decides_where_nothing_else_does() -> None:
    def main(body: str, publisher: str, site: str | None = None) -> str | None:
        place = Places("", body, None, None, site, publisher).main
        return place and place.code

    assert main("鼓楼区新建学校3所。", "南京日报") == "320106"
    assert main("我市新建学校3所。", "南京日报") == "320100"
    assert main("新建学校3所。", "南京日报") is None
    assert main("新建学校3所。", "南京市教育局") == "320100"
    assert main("新建学校3所。", "国家统计局") is None
    assert main("龙都街道新建学校3所。", "诸城市人民政府") == "370782002"
    assert main("我市新建学校3所。", "南京日报", "420600") == "420600"
    assert main("襄阳市新建学校3所。", "南京日报") == "420600"
    assert main("我县新建学校3所。", "新丰家园网") == "440233"


def test_what_is_newly_built_is_no_county() -> None:
    body = "谷城县推进建设。今年新建县城至石花镇公路，新建县道3条。"
    assert at(body, "3条") == "谷城县"
    assert at("江西省南昌市新建区新建学校3所。", "3所") == "新建区"


def test_an_example_does_not_take_the_count_of_all() -> None:
    body = "襄阳市推进治水，襄阳市各部门参与。今年，谷城县银杏泵站等4项工程开工；谷城县新建学校、医院等6个项目。"
    assert at(body, "4项") == "襄阳市"
    assert at(body, "6个") == "谷城县"


def test_the_province_in_a_company_s_name_is_no_place() -> None:
    body = "谷城县举办招聘会。湖北汉江（集团）钢铁有限公司提供岗位60个，谷城县居民受益。"
    assert at(body, "60个") == "谷城县"


def test_a_national_office_is_nobody_s_topic_but_makes_a_national_article() -> None:
    body = "谷城县发生险情，谷城县各部门赶赴现场。应急管理部派出工作组。截至目前，转移群众60人。"
    assert at(body, "60人") == "谷城县"
    body = "新华社北京3月9日电 记者从国家税务总局获悉，上半年全国减税8110亿元。中小企业受益6000亿元。"
    assert at(body, "8110亿元") == at(body, "6000亿元") == "中国"


def test_a_city_that_bears_a_word_s_name_is_sure_before_its_whole() -> None:
    assert at("江苏省发布数据。上半年，南通全市投资60亿元。", "60亿元") == "南通市"


PIECES = [
    "襄阳市",
    "谷城县",
    "3个县及",
    "全市",
    "五山镇",
    "（",
    "）",
    "，",
    "；",
    "。",
    "其中",
    "转移60人",
    "出现在",
    "通报",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
@example("出现在受灾3个县及五山镇，；谷城县")  # the hold of the place within ends after the one around it
@example("受灾2个县受灾谷城县，；；转移60人")
def test_the_marks_of_a_text_stand_in_its_order(body: str) -> None:
    starts = Places("", f"襄阳市通报，襄阳市各部门参与。{body}", None, None, None)._starts
    assert starts == sorted(starts)


def test_the_region_that_ends_the_title_does_not_take_the_one_that_opens_the_body() -> None:
    assert at("熊河镇种植水稻5000亩，普济镇3000亩。", "5000亩", title="走进江陵县") == "熊河镇"
    assert at("江陵县新增就业80人、公安县70人、石首市60人。", "80人", title="荆州市") == "江陵县"


def test_the_sum_of_several_counties_is_not_the_last_one_s_because_it_is_a_city_too() -> None:
    body = "江陵县建成厂房5万平方米、公安县3万平方米、石首市2万平方米，全市共建成10万平方米。"
    assert at(body, "2万平方米") == "石首市"
    assert at(body, "10万平方米", title="荆州市建设厂房") == "荆州市"


@pytest.mark.parametrize(
    "body",
    [
        "产品销往北京、上海、广州等地，年销售额3000万元。",
        "组织干部赴浙江、江苏、上海考察学习，签约项目12个，引资3000万元。",
        "务工人员分布在广东、浙江、江苏、福建等省，今年寄回3000万元。",
    ],
)
def test_provinces_named_as_markets_do_not_outvote_the_county_of_the_title(body: str) -> None:
    assert at(body, "3000万元", title="江陵县农业") == "江陵县"


@pytest.mark.parametrize(
    "text",
    [
        "嫩江与警戒水位相比，整体偏低",
        "嫩江、松花江干流水势平稳，转移",
        "穆棱河、牡丹江全线退水，转移",
        "嫩江和保证水位相比，偏低",
    ],
)
def test_rivers_in_a_row_and_rivers_compared_with_their_marks_are_no_place(text: str) -> None:
    body = f"黑龙江省通报汛情，黑龙江省防汛。嫩江市转移5人，牡丹江市转移6人。\n{text}8处。"
    assert at(body, "8处") == "黑龙江省"


def test_a_city_before_its_new_area_is_a_place_though_the_area_begins_with_a_river() -> None:
    assert at("江苏省通报。昨日，江苏南京江北新区转移7人。", "7人") == "南京市"


@pytest.mark.parametrize(
    "places",
    [
        "熊河镇沙口村、普济镇新河村、白马寺镇岭山村等3个地方",
        "熊河镇沙口村、普济镇新河村和岭山村3个地方",
        "熊河镇中心小学、普济镇卫生院3个地方",
    ],
)
def test_a_list_of_villages_and_houses_lies_in_the_region_above_them_all(places: str) -> None:
    assert at(f"江陵县抓紧抗旱，江陵县各镇行动。该局在{places}打井。", "3个") == "江陵县"


def test_a_list_with_counts_is_no_list_of_places() -> None:
    body = "江陵县抓紧抗旱，江陵县各镇行动。在熊河镇两个村、普济镇三个村打井。"
    assert at(body, "两个") == "熊河镇"
    assert at(body, "三个") == "普济镇"


@pytest.mark.parametrize("office", ["山东省地震局", "省地震局"])
def test_the_office_that_only_tells_is_no_place(office: str) -> None:
    body = f"平原县发生地震，平原县各部门行动，平原县通报。另据{office}消息，共记录到余震46次。全省设点9个。"
    assert at(body, "46次") == "平原县"
    assert at(body, "9个") == "山东省"
    national = "新华社北京8月6日电 据山东省地震局消息，共记录到余震46次。河北省、河南省、辽宁省派出队伍。"
    assert at(national, "46次") == "山东省"


def test_a_sum_before_a_parenthesis_lies_above_all_that_it_names() -> None:
    body = "江陵县突发山洪，江陵县转移3人，江陵县通报。共有26处房屋倒塌、21人受伤（荆州20人，宜昌1人），清淤2处。"
    assert at(body, "26处") == at(body, "21人") == "湖北省"
    assert at(body, "20人") == "荆州市"
    assert at(body, "2处") == "江陵县"
    body = "湖北省通报灾情，湖北省各地行动。湖北省共21人受伤（荆州20人，宜昌1人）。"
    assert at(body, "21人") == "湖北省"


@pytest.mark.parametrize("again", ["项目建成后，", "该项目", "据了解，项目一期投产后，", "荆州市发展良好。该基地"])
def test_a_project_stands_where_it_was_introduced(again: str) -> None:
    body = f"荆州市推进招商，荆州市各部门行动。某公司计划在荆州公安县投资15亿元。{again}年产玻璃20万吨。"
    assert at(body, "15亿元") == at(body, "20万吨") == "公安县"


def test_here_means_the_place_inside_the_article_s_region_that_was_named_last() -> None:
    body = "湖北省推进建设，湖北省通报。中车松滋新能源产业园赶制订单。当地政府改造路段5处。"
    assert at(body, "5处") == "松滋市"
    body = "湖北省推进建设，湖北省通报。公安县章庄铺镇举办演出。\n湖北省投入2亿元。当地居民参加30人。"
    assert at(body, "30人") == "公安县"
    body = "江陵县抗旱，江陵县各镇行动。熊河镇打井。\n当地电力部门出动60人。"
    assert at(body, "60人") == "江陵县"


def test_and_also_opens_on_a_place_that_holds_for_its_sentence() -> None:
    body = "湖北省各地招引学子，湖北省通报。还有荆州松滋市，于8日举办活动，学子300名参加。"
    assert at(body, "300名") == "松滋市"


@pytest.mark.parametrize(
    "text",
    [
        "在全国进口下降1.1%的形势下，",
        "特别是在全国进口下降1.1%的形势下，",
        "某公司全国工厂的装机容量达1.1%，",
        "7月份全国城镇失业率为1.1%，",
    ],
)
def test_the_country_inside_a_clause_has_the_figure_of_its_clause(text: str) -> None:
    body = f"江陵县外贸增长，江陵县通报。{text}江陵县进口增长30%。"
    assert at(body, "1.1%") == "中国"
    assert at(body, "30%") == "江陵县"


def test_what_is_given_to_a_region_inside_the_article_s_is_that_region_s() -> None:
    body = "荆州市抗旱，荆州市通报。市防汛办向江陵县紧急调拨水泵60台，向公安县、石首市等地拨付资金30万元。全市设点9个。"
    assert at(body, "60台") == "江陵县"
    assert at(body, "30万元") == at(body, "9个") == "荆州市"
    body = "江陵县助农，江陵县通报。江陵县企业向荆州市捐赠水泵60台。"
    assert at(body, "60台") == "江陵县"


def test_a_region_that_is_guided_or_picked_out_heads_its_sentence() -> None:
    body = "荆州市抗旱，荆州市通报。指导江陵县启用水井60眼；清淤8处。比如公安县，打井7眼；清淤9处。"
    assert at(body, "60眼") == at(body, "8处") == "江陵县"
    assert at(body, "7眼") == at(body, "9处") == "公安县"


def test_counties_that_are_counted_without_a_classifier_lie_in_the_one_above() -> None:
    body = "湖北省防汛，湖北省通报。荆州市维持四级响应，其他7市终止响应。"
    assert at(body, "7市") == at(body.replace("其他", "其余"), "7市") == "湖北省"
    body = "襄阳市公布灾情，襄阳市行动。谷城县清淤4公里，降雨致5县3800人受灾。"
    assert at(body, "3800人") == "襄阳市"


def test_a_list_of_places_on_roads_lies_in_the_region_above_them_all() -> None:
    body = "北京市通报，北京市抢险。接报密云区石城镇黄峪口村、怀柔区111国道K62+500处、延庆区妫河桥等10处断路。"
    assert at(body, "10处") == "北京市"


def test_a_larger_region_in_the_name_of_an_honour_takes_no_count() -> None:
    body = "安化县通报，安化县各镇行动。安化县创建省级度假区1处、湖南省星级乡村旅游区25处、湖南省旅游示范村3处。"
    assert at(body, "25处") == at(body, "3处") == "安化县"


def test_places_joined_by_a_pause_and_an_and_are_one_list() -> None:
    body = "北京市抢修，北京市通报。房山区、门头沟区，以及昌平地区停电的270个村已恢复。"
    assert at(body, "270个") == "北京市"


def test_somebody_far_away_is_in_no_place_of_the_article() -> None:
    body = "青海省通报，青海省警方行动。远在广东的女士报警，称8人被困。"
    assert at(body, "8人") == "青海省"


def test_what_a_county_tells_the_reporter_is_its_own() -> None:
    body = "荆州市抗旱，荆州市通报。8月5日，记者从江陵县水利局了解到，全线抢修，四条大路贯通。已运水7趟。"
    assert at(body, "四条") == at(body, "7趟") == "江陵县"
    body = "江陵县抗旱，江陵县通报。记者从荆州市水利局获悉，四条大路贯通。"
    assert at(body, "四条") == "江陵县"


def test_what_a_national_office_tells_the_reporter_is_the_country_s() -> None:
    assert at("记者从水利部获悉，大型水库拦洪21亿立方米。", "21亿") == "中国"


def test_a_remark_does_not_break_a_list_that_shares_its_figures_out() -> None:
    body = "前7个月，松滋市（含园区）、石首市、公安县分别进出口5亿元、4亿元和1亿元。"
    spans = [(body.index(s), body.index(s) + 3) for s in ("5亿元", "4亿元", "1亿元")]
    found = Places("", body, None, None, None).shared_out((0, len(body)), spans)
    assert [place.name for place in found.values() if place] == ["松滋市", "石首市", "公安县"]


def test_the_place_of_a_maximum_has_not_the_stations_above_a_mark() -> None:
    body = "荆州市通报。荆州市最大雨量为江陵县熊河站238毫米，超过100毫米的站点有43处，50毫米以上的有90处。"
    assert [at(body, figure) for figure in ("238毫米", "43处", "90处")] == ["江陵县", "荆州市", "荆州市"]


def test_the_whole_prefecture_is_no_county_of_that_name() -> None:
    body = "凉山州通报。西昌市新建学校12所。全州新建学校312所。"
    assert [at(body, figure) for figure in ("12所", "312所")] == ["西昌市", "凉山彝族自治州"]
    assert at("桂林市通报。全州县新建学校12所，全州新建桥9座。", "9座") == "全州县"
