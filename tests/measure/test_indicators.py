"""What a figure measures: the phrase of the clause, and the indicator of the vocabulary."""

from __future__ import annotations

import csv
import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.measure.indicators import lookup, phrases, unmapped
from minsheng.measure.indicators_lookup import dimension
from minsheng.measure.indicators_words import is_word
from minsheng.vocabulary import SEEDS, VOCABULARY

GOLD = Path(__file__).resolve().parents[2].parent / "shared" / "gold"
FIGURE = re.compile(
    r"\d[\d.]*(?:余)?[万亿]?(?:余)?(?:个百分点|人次|平方米|公里|千瓦时|[人名户件个所座株袋元亩吨项场次处%套台条艘辆镇乡米类])"
)


def read(sentence: str) -> list[str]:
    spans = [m.span() for m in FIGURE.finditer(sentence)]
    return phrases(sentence, (0, len(sentence)), spans, [False] * len(spans))


def test_who_lives_in_a_place_is_of_the_place_and_not_of_the_sentence_before() -> None:
    text = "村里有200人外出务工。村里共有300户。"
    start = text.index("300户")
    assert phrases(text, (text.index("。") + 1, len(text)), [(start, start + 4)], [False]) == ["村户"]


def test_a_word_is_one_of_the_vocabulary_and_no_part_of_one_nor_more() -> None:
    known: set[str] = set()
    for name in ("words", "phrase_words"):
        with (VOCABULARY / f"{name}.csv").open(encoding="utf-8") as rows:
            known |= {row["word"] for row in csv.DictReader(rows)}
    asked = {text for word in known for text in (word, word[:-1], word[1:], word + "，")}
    assert {text for text in asked if is_word(text)} == known


def test_how_many_months_it_was_is_no_part_of_what_was_done() -> None:
    text = "今年前7个月发生火灾3起。"
    assert phrases(text, (0, len(text)), [(10, 12)], [False]) == ["发生火灾"]


def alike(a: str, b: str) -> float:
    shared = sum((Counter(a) & Counter(b)).values())
    return 2 * shared / (len(a) + len(b))


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("3座中型水库、17座小型水库超汛限水位。", ["中型水库超汛限水位", "小型水库超汛限水位"]),
        ("31座水库超汛限0.5米运行。", ["水库超汛限", "水库超汛限"]),
        ("发放购房补贴320万元、育儿补贴90万元共计410万元。", ["发放购房补贴", "育儿补贴", "补贴"]),
        ("镇里共有300户、900人。", ["镇户", "镇人"]),
        ("出动警力40人次，查处案件5项，拘留15人。", ["出动警力", "查处案件", "拘留"]),
        ("抓获嫌疑人12人，逮捕10人。", ["抓获嫌疑人", "逮捕嫌疑人"]),
        ("税收收入20亿元，剔除留抵退税因素后增长5个百分点。", ["税收收入", "税收收入增长"]),
        ("利润总额3000万元，财政收支缺口5亿元。", ["利润总额", "财政收支缺口"]),
        ("收支相抵结余2万元，失业保险金发放标准为1600元。", ["收支相抵结余", "失业保险金发放标准"]),
        ("稻虾共作面积90万亩，开通航线9条通达11个城市。", ["稻虾共作面积", "开通航线", "通达城市"]),
        ("产值超百亿企业3个，营收破十亿元企业8个。", ["产值企业", "营收企业"]),
        ("净增规上企业33户、总数达到338户。", ["净增规上企业", "规上企业"]),
        ("新建5G基站426个（累计1985个）。", ["新建5G基站", "5G基站"]),
        ("新增床位20个，累计达到1080个。", ["新增床位", "床位"]),
        ("新增20个车位，累计达到1080个。", ["新增车位", "车位"]),
        ("新增就业1200人，累计达到5600人。", ["新增就业", "新增就业"]),
        ("春季植树期间，种植樟子松3010株、云杉287株。", ["种植樟子松", "种植云杉"]),
        ("新建10所公办幼儿园，改扩建13所小学。", ["新建公办幼儿园", "改扩建小学"]),
        ("全市城镇新增就业4.1万余人。", ["城镇新增就业"]),
        ("上半年，地区生产总值1234亿元，同比增长5.3%。", ["地区生产总值", "地区生产总值增长"]),
        ("全县完成造林3.2万亩，同比增长8.1%。", ["完成造林", "造林增长"]),
        ("空气优良率98%。", ["空气优良率"]),
        ("全市出口36吨；进口7吨，下降0.4%。", ["出口", "进口", "进口下降"]),
        ("共排查隐患542项，已整改540项，整改率99.6%。", ["排查隐患", "整改隐患", "整改率"]),
        ("累计发放贷款3亿元。", ["发放贷款"]),
        ("一季度末余额30亿元，上半年末余额40亿元。", ["余额", "余额"]),
        ("组织300名医护人员开展义诊。", ["组织医护人员"]),
        ("提供500个优质培训管理岗位。", ["提供优质培训管理岗位"]),
        ("评选9个省级放心消费示范主体。", ["评选省级放心消费示范主体"]),
        ("每人发放100元至300元不等的老年津贴。", ["发放", "发放老年津贴"]),
        ("修复17个乡镇的道路26.7公里、桥梁25座。", ["修复乡镇", "道路", "桥梁"]),
        ("全年接待游客120万人次，旅游收入8亿元。", ["接待游客", "旅游收入"]),
        ("完成520户适老化改造。", ["完成适老化改造"]),
        ("电商培训惠及农民1000人次。", ["惠及农民"]),
        ("群众参与1400人次。", ["群众参与"]),
        ("开展文艺演出、图书展销等文化活动20场。", ["开展文化活动"]),
        ("解决群众反映强烈的问题920件。", ["解决问题"]),
        ("项目由政府投入200万元修建便民桥。", ["投入修建便民桥"]),
        ("粮食播种面积80万亩，总产量40万吨。", ["粮食播种面积", "总产量"]),
        ("安排资金500万元，其中财政资金300万元。", ["安排资金", "财政资金"]),
        ("山洪造成2人死亡、16人失联。", ["死亡", "失联"]),
        ("全县因灾死亡2户，失踪6户。", ["因灾死亡", "失踪"]),
        ("截至8月10日，有388.86万人遭受洪涝灾害。", ["遭受洪涝灾害"]),
        ("一是每户增加61元。", ["增加"]),
        ("涉农贷款增加3亿元，同比多增1亿元。", ["涉农贷款增加", "涉农贷款多增"]),
        ("民生支出24亿元，增支2亿元。", ["民生支出", "民生支出增支"]),
        ("施工队清理河道时有2人受伤。", ["受伤"]),
        ("酒店平均入住率78.3%。", ["酒店平均入住率"]),
        ("检查经营户120户，受理投诉64件，罚款3万元。", ["检查经营户", "受理投诉", "罚款"]),
        ("受理投诉64件，办结60件。", ["受理投诉", "办结投诉"]),
        ("审结环境污染防治案件89件、生态保护案件20件。", ["审结环境污染防治案件", "审结生态保护案件"]),
        ("建成12个集养老、医疗、康复于一体的服务中心。", ["建成服务中心"]),
        ("组织300名医护人员、志愿者开展为期一周的义诊。", ["组织医护人员"]),
        ("据通报，有2人在抗洪中因公殉职。", ["因公殉职"]),
        ("设置安置点57个。", ["设置安置点"]),
        ("有60岁以上老人203人。", ["老人"]),
        ("招录青年职工85名。", ["招录青年职工"]),
    ],
)
def test_the_phrase_names_verb_and_object(sentence: str, expected: list[str]) -> None:
    found = read(sentence)
    assert len(found) == len(expected)
    assert all(alike(f, e) >= 0.66 for f, e in zip(found, expected, strict=True)), found


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("城镇居民人均收入增长5%，农村居民7%。", ["城镇居民人均收入增长", "农村居民人均收入增长"]),
        ("工业增加值增长4%，建筑业6%，利润率9%。", ["工业增加值增长", "建筑业增加值增长", "利润率"]),
        ("发病率降低2个百分点，山区3个百分点。", ["发病率降低", "山区发病率降低"]),
        ("烟尘排放量减少20吨、氨氮30吨。", ["烟尘排放量减少", "氨氮排放量减少"]),
    ],
)
def test_the_members_of_a_list_of_changes_are_named_like_its_first(sentence: str, expected: list[str]) -> None:
    article = Article("test", "https://example.org/1", "", sentence, "", "test")
    assert [o.indicator for o in measure(article).observations] == expected


TRADE = ["一般贸易进出口", "保税物流进出口", "一般贸易进出口增长", "保税物流进出口增长"]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("稻谷、大豆、花生产量分别为12万吨、3万吨和5万吨。", ["稻谷产量", "大豆产量", "花生产量"]),
        ("煤炭开采业，黑色金属矿采选业增加值分别增长4%、3%。", ["煤炭开采业增加值增长", "黑色金属矿采选业增加值增长"]),
        (
            "进口大豆、棉花分别为31吨和20吨，分别增长6%、下降5%。",
            ["进口大豆", "进口棉花", "进口大豆增长", "进口棉花下降"],
        ),
        ("一般贸易、保税物流分别进出口46亿元和39亿元，增长3%和2%。", TRADE),
        ("万元产值用水量、万元产值能耗分别比上年下降6%、4%。", ["万元产值用水量下降", "万元产值能耗下降"]),
        ("新增企业31户、农场22个，分别增长6%、5%。", ["新增企业", "新增农场", "新增企业增长", "新增农场增长"]),
        ("牧区、林区职工奖金分别为3万元和1万元。", ["牧区职工奖金", "林区职工奖金"]),
    ],
)
def test_subjects_in_a_row_are_handed_out_in_their_order(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("春茶产量12吨，夏茶8吨，秋茶5吨。", ["春茶产量", "夏茶产量", "秋茶产量"]),
        ("晚稻播种面积80万亩，城区12万亩，青石林场3万亩。", ["晚稻播种面积", "晚稻播种面积", "晚稻播种面积"]),
        ("日供水量前二的分别为青石水库36吨、白云水库22吨。", ["供水量", "供水量"]),
        ("来访最多的国家分别为甲国(120人)、乙国(87人)。", ["来访国家", "来访国家"]),
        ("卫生院（含民办3所）11所。", ["含民办", "卫生院"]),
        ("护理补贴标准分为：60-69岁，55元；70-79岁，85元。", ["护理补贴标准分为", "护理补贴标准分为"]),
    ],
)
def test_a_list_names_what_it_measures_once(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("猪粮比价6.1，环比上涨2%。", "猪粮比价上涨"),
        ("工业用电量较上年同月上升4%。", "工业用电量上升"),
        ("办件量比2021年同期增长7%。", "办件量增长"),
        ("接待游客20万人次，按可比口径较2019年增长8%。", "接待游客增长"),
        ("财政收入增长6%，比全省增速（5%）高1个百分点。", "财政收入增速"),
    ],
)
def test_what_grows_is_the_noun_before_not_what_it_is_compared_with(sentence: str, expected: str) -> None:
    assert alike(read(sentence)[-1], expected) >= 0.8


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("全村耕地180亩，林地2.8万亩，34户，132人。", ["耕地", "林地", "全村户", "全村人"]),
        ("改造建筑面积约5万平方米，共24栋。", ["改造建筑面积", "改造建筑"]),
        ("新建道路里程30公里，共12条。", ["新建道路里程", "新建道路"]),
        ("改造老旧小区12个，建筑面积5万平方米，共24栋。", ["改造老旧小区", "建筑面积", "改造老旧小区"]),
        ("流转土地50亩，12户。", ["流转土地", "流转土地"]),
        ("全村共有12个村民小组，34户，132人。", ["村民小组", "全村户", "全村人"]),
        ("全镇辖8个村，6500户，2.1万人。", ["辖村", "全镇户", "全镇人"]),
        ("改造24个老旧小区，改造建筑面积约5万平方米，共24栋。", ["改造老旧小区", "改造建筑面积", "改造老旧小区"]),
        ("11家平台年交易规模超过百亿元，其中6家超过千亿元。", ["平台", "平台交易规模", "平台", "平台交易规模"]),
    ],
)
def test_what_is_measured_is_not_what_is_counted(sentence: str, expected: list[str]) -> None:
    assert [o.indicator for o in measure(Article("a", "", "", sentence, "", "s")).observations] == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("松江水位与保证水位相比，整体低3米，其他江段低2米。", ["整体水位低", "江段水位低"]),
        ("松江与保证水位相比，低3米。", ["水位低"]),
        ("由青山公司以27亿元竞得。", ["竞得"]),
        ("票价更优惠，在原来的基础上下降30%。", ["票价下降"]),
        ("市供电公司3个营业网点恢复服务。", ["营业网点恢复服务"]),
        ("由青山公司和白云公司联合体以27亿元竞得。", ["竞得"]),
        ("县政府支付5000万元的费用，后期每年要支付1亿元。", ["支付费用", "支付费用"]),
    ],
)
def test_a_predicate_or_an_actor_alone_is_no_phrase(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("木材出口额占出口总值的12%，同比增长30%。", ["占出口总值", "木材出口额增长"]),
        ("木材出口额占出口总值的12%，提高3个百分点。", ["占出口总值", "占出口总值提高"]),
        ("木材出口额5亿元，为预算的104%。", ["木材出口额", "木材出口额为预算"]),
        ("木材出口额5亿元，占出口总值的12%，增长30%。", ["木材出口额", "占出口总值", "木材出口额增长"]),
        ("木材出口额占出口总值的比重为12%。", ["木材出口额占出口总值的比重"]),
        ("基础设施投资下降3.2%，民间投资占全部投资的比重为61%。", ["基础设施投资下降", "民间投资占投资的比重"]),
    ],
)
def test_behind_a_share_the_part_grows_not_the_whole(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("与果农签订900亩的种植协议。", ["签订种植协议"]),
        ("持卡可享受8%的优惠。", ["享受优惠"]),
        ("对新生进行2万元的生活费资助，解决困难。", ["进行生活费资助"]),
        ("处以罚款200元的处罚。", ["处以罚款"]),
        ("4个镇实现辖区内所有道路的全覆盖。", ["镇实现全覆盖"]),
        ("3座泵站出现不同程度的损毁。", ["泵站出现损毁"]),
        ("派出42人组成的医疗队。", ["派出组成"]),
        ("企业收购的57套烘干设备全部投用。", ["烘干设备投用"]),
        ("因大雪滞留的18名旅客和6名乘务员已转移。", ["旅客转移", "滞留乘务员"]),
        ("洼地的46人已转移。", ["转移"]),
        ("需补办的7个项目已完成5个。", ["补办项目", "项目完成"]),
        ("参保人数从去年的2万人增长到今年的5万人。", ["参保人数", "参保人数增长"]),
    ],
)
def test_the_particle_leads_to_the_noun_and_parts_it_from_what_becomes_of_it(
    sentence: str, expected: list[str]
) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("每年完成农机知识培训、就业技能培训3万人次。", ["完成农机知识培训、就业技能培训"]),
        ("涵盖文艺演出、作品展示、体育赛事等8类活动。", ["涵盖活动"]),
        ("开展秩序劝导、文明礼仪等志愿服务20场。", ["开展志愿服务"]),
        ("排查、整改隐患30处。", ["整改隐患"]),
        ("连同10名携带了药品的医生。", ["医生"]),
        ("车间减少了3吨碳排放量。", ["减少碳排放量"]),
    ],
)
def test_a_word_of_doing_that_is_a_member_of_a_list_is_no_verb(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("全县出口额增速快于全国水平（6.1%）。", ["出口额增速"]),
        ("东江水位低于警戒水位（118米），高于去年出口额增速（3%）。", ["警戒水位", "出口额增速"]),
    ],
)
def test_a_value_between_brackets_is_of_what_another_is_compared_with(sentence: str, expected: list[str]) -> None:
    found = measure(Article("b", "", "", sentence, "", "b")).observations
    assert [o.indicator for o in found] == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("省内99个与环保相关的企业，其中74个实现盈利。", ["企业", "企业实现盈利"]),
        ("共有14艘满载粮食的货船到港。", ["货船"]),
        ("共有15个有地下车库的小区。", ["小区"]),
        ("涉及52个村168条370公里的农村公路。", ["涉及村", "涉及农村公路", "涉及农村公路"]),
        ("确保政策落地，累计为860户减免水费。", ["减免水费"]),
        ("受理案件90件安明德表示，审判提速。", ["受理案件"]),
        ("河面开阔，位于下游，全县下辖8镇2乡。", ["下辖镇", "下辖乡"]),
        ("采购11辆汽车，6辆为银色面包车，5辆为工具车。", ["采购汽车", "银色面包车", "工具车"]),
        ("4个展馆分别为花卉展馆、果蔬展馆。", ["展馆"]),
        ("开通主线1条支线4条。", ["开通主线", "开通支线"]),
        ("提出15项重点任务。", ["提出任务"]),
        ("积极开展技能培训30场，顺利完成造林20亩。", ["开展技能培训", "完成造林"]),
        ("旅游收入增长16%，增速大幅提高10个百分点。", ["旅游收入增长", "旅游收入增速提高"]),
        ("贷款余额增长5%，投资增长3%，出口增长2%。", ["贷款余额增长", "投资增长", "出口增长"]),
        ("大项目90个，投资增长3%。", ["大项目", "大项目投资增长"]),
        ("接种非免疫规划疫苗55袋，完成秋整地20亩。", ["接种非免疫规划疫苗", "完成秋整地"]),
        ("组建抢收队3个，补种蔬菜20亩。", ["组建抢收队", "补种蔬菜"]),
        ("集体收入186元，分红92元。", ["集体收入", "分红"]),
        ("农村常住居民人均可支配收入862元。", ["农村常住居民人均可支配收入"]),
        ("城镇登记失业人员3人，企业退休人员9人。", ["城镇登记失业人员", "企业退休人员"]),
        ("新增农村外出务工人员3人，脱贫30户。", ["新增农村外出务工人员", "脱贫"]),
        ("完成育秧8亩，占计划的91个百分点。", ["完成育秧", "完成育秧占计划"]),
        ("还田率78%，比全市平均水平高6个百分点。", ["还田率", "还田率高"]),
        ("产值增长7%，比全省平均水平高3个百分点。", ["产值增长", "产值增长"]),
        ("日均办件量由32件增至56件。", ["日均办件量", "日均办件量增至"]),
        ("新建粪污处理中心3个、大棚5座。", ["新建粪污处理中心", "新建大棚"]),
        ("受理群众诉求86件，办结84件。", ["受理群众诉求", "办结群众诉求"]),
        ("实施改造29户，每户补贴3000元。", ["实施改造", "每户补贴"]),
        ("检查企业23户，责令整改15户，约谈12户。", ["检查企业", "责令整改企业", "约谈企业"]),
        ("午餐补助标准由每生每天4元提高到5元。", ["午餐补助标准", "午餐补助标准提高"]),
        ("空气优良天数256个，优良率84%，同比增加11个。", ["空气优良天数", "优良率", "空气优良天数增加"]),
        ("家庭医生签约服务率78%，污水集中处理率98%。", ["家庭医生签约服务率", "污水集中处理率"]),
        ("投资增长5%，增速回落至3%，出口降幅收窄至2%。", ["投资增长", "投资增速", "出口降幅"]),
        ("投资增长5%，增速比1—8月加快3个百分点。", ["投资增长", "投资增速加快"]),
        ("税收下降5%，降幅较上月收窄1个百分点，降幅收窄2个百分点。", ["税收下降", "税收降幅收窄", "税收降幅收窄"]),
        ("零售额同比由负转正，增长2%，食品价格上涨3%，环比上涨1%。", ["零售额增长", "食品价格上涨", "食品价格上涨"]),
        ("可申请2万元的学费资助和生活补贴。", ["申请学费资助"]),
        ("更新设备30台，夜间消费3亿元，本地居民2万人。", ["更新设备", "夜间消费", "本地居民"]),
        ("建成省级以上平台3个、12个国家级及以上景区。", ["建成省级平台", "建成国家级景区"]),
        ("生产复合材料20万吨、植物生长刺激素16万吨。", ["生产复合材料", "生产植物生长刺激素"]),
        ("涵盖12类33项文化活动。", ["涵盖文化活动", "涵盖文化活动"]),
        ("在37个路口组织266名盯守人员，及时劝返。", ["路口组织盯守人员", "组织盯守人员"]),
        ("6名少年在河边玩耍。", ["少年玩耍"]),
        ("跟踪37个重点企业用电量情况。", ["跟踪企业用电量情况"]),
        ("共有6处房屋倒塌、2人受伤。", ["房屋倒塌", "受伤"]),
        ("国道3处损毁、21处轻微受损。", ["国道", "国道受损"]),
        ("配备8套搅拌设备、5套烘干设备。", ["配备搅拌设备", "配备烘干设备"]),
        ("线路上有7条分支处于积水中。", ["分支处于积水中"]),
    ],
)
def test_what_is_counted_may_stand_far_behind_its_number(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "2名护林员因公殉职 山城青年报客户端8月1日电 记者从县林业局获悉",
        "2名护林员因公殉职中新网8月1日电 记者从县林业局获悉",
        "2名护林员因公殉职 山城日报讯 县林业局昨日通报",
        "2名护林员因公殉职中国山城报-中国山城新闻网讯（记者",
    ],
)
def test_a_byline_ends_the_headline_before_it(sentence: str) -> None:
    assert read(sentence) == ["护林员因公殉职"]


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("酒店平均房价412元，热线日均受理诉求3200件。", ["酒店平均房价", "日均受理诉求"]),
        ("新建社区日间照料中心12个，组建医共体4个。", ["新建社区日间照料中心", "组建医共体"]),
        ("下达灾后重建资金3亿元，网约车新增120辆。", ["下达灾后重建资金", "网约车新增"]),
        ("处理厨余垃圾300吨，抓获在逃人员12名。", ["处理厨余垃圾", "抓获在逃人员"]),
        ("农田平均亩产值5500元，平均增长300元。", ["农田平均亩产值", "农田平均亩产值增长"]),
        ("贷款余额10075亿元，首次突破9000亿元大关，较年初增加922亿元。", ["贷款余额", "贷款余额", "贷款余额增加"]),
    ],
)
def test_a_mean_is_told_from_a_total_and_a_word_keeps_its_first_character(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("全程网上可办率98.5%，到考率99%。", ["全程网上可办率", "到考率"]),
        ("家庭医生签约服务覆盖率达75.6%，生活垃圾回收利用率37%。", ["家庭医生签约服务覆盖率", "生活垃圾回收利用率"]),
        ("全镇实现覆盖率98%。", ["实现覆盖率"]),
        ("发放创业担保贷款321元。", ["发放创业担保贷款"]),
        ("重点人群签约率92.1%。", ["重点人群签约率"]),
        ("极端最高气温40.3米，平均住院日7.2次。", ["极端最高气温", "平均住院日"]),
        ("全社会研发投入强度2.8%。", ["全社会研发投入强度"]),
        ("现场达成初步就业意向68人。", ["达成就业意向"]),
        ("民用汽车保有量120万辆，其中私人汽车89万辆。", ["民用汽车保有量", "私人汽车保有量"]),
        ("建有大豆良种繁育基地3处。", ["建有大豆良种繁育基地"]),
        ("设备全部藏于地下，最深处达18米。", ["最深处"]),
        ("外贸进出口总额226.8亿元｜汽车出口成为亮点", ["外贸进出口总额"]),
        ("批准逮捕各类犯罪嫌疑人856人，提起公诉1956人。", ["批准逮捕犯罪嫌疑人", "提起公诉犯罪嫌疑人"]),
        ("排查整治隐患322处，整改完成310处。", ["排查整治隐患", "整改完成隐患"]),
        ("群众投诉按时办结率99%。", ["群众投诉按时办结率"]),
        ("建成高标准农田45亩，今年新建5亩、改造提升3亩。", ["建成高标准农田", "新建高标准农田", "改造提升高标准农田"]),
        (
            "接待游客312人次，实现旅游收入187元，分别恢复至同期的118%和109%。",
            ["接待游客", "实现旅游收入", "接待游客恢复", "实现旅游收入恢复"],
        ),
        ("新登记经营主体23户，日均新增12户。", ["登记经营主体", "日均新增经营主体"]),
        ("投资36元的污水处理厂二期工程日处理能力达10吨。", ["投资污水处理厂二期工程", "污水处理厂二期工程日处理能力"]),
        ("公司处分7名员工，开除3人和降职1人。", ["处分员工", "开除员工", "降职员工"]),
        ("普通高中在校学生5万人，招生3万人。", ["普通高中在校学生", "招生"]),
        ("开工总投资3亿元的产业园项目。", ["总投资"]),
        ("报销医疗费用2.3亿元，住院报销比例达到68.2%。", ["报销医疗费用", "住院报销比例"]),
        ("税收占比70.4%，提高0.8个百分点。", ["税收占比", "税收占比提高"]),
        ("带动1200户农户户均增收2600元。", ["带动农户", "农户户均增收"]),
        ("市区共有14万人参加城镇居民基本医疗保险。", ["参加城镇居民基本医疗保险"]),
    ],
)
def test_a_name_keeps_its_beginning_and_a_verb_its_own_object(sentence: str, expected: list[str]) -> None:
    assert read(sentence) == expected


def test_what_something_adds_to_a_growth_is_not_that_growth() -> None:
    found = measure(Article("a", "", "", "出口增长5.2%，拉动经济增长0.8个百分点。", "", "s")).observations
    assert [o.indicator for o in found] == ["出口增长", "拉动经济增长"]


def test_a_long_phrase_is_cut_between_words_and_members() -> None:
    (found,) = read("采购移动式应急照明灯、大容量电动水泵、折叠橡皮小艇30台。")
    assert found == "折叠橡皮小艇"


def test_a_figure_for_somebody_says_what_is_done_for_them() -> None:
    persons, money = read("为432名妇女发放救助金43.2万元。")
    assert persons == "为妇女发放救助金"
    assert money == "发放救助金"


def test_the_phrase_leaves_out_regions_and_dates() -> None:
    body = "江陵县地区生产总值300亿元。2023年7月，新建学校3所。"
    measured = measure(Article("a", "", "江陵县", body, "", "s"))
    assert [o.indicator for o in measured.observations] == ["地区生产总值", "新建学校"]


@pytest.mark.parametrize(
    "body, expected",
    [
        ("采购50座客车10辆。", "采购客车"),
        ("检修10马力以上船舶30艘。", "检修船舶"),
        ("新建35千伏变电站3座。", "新建变电站"),
        ("铺设管径300毫米管网8公里。", "铺设管径管网"),
        ("停靠3万吨级散货轮200艘。", "停靠散货轮"),
        ("建成5G基站300个。", "建成5G基站"),
        ("入选“湖北省”3个。", "入选"),
    ],
)
def test_the_phrase_leaves_out_units_of_specifications_and_quoted_regions(body: str, expected: str) -> None:
    assert [o.indicator for o in measure(Article("a", "", "", body, "", "s")).observations] == [expected]


def test_a_topic_from_the_sentence_before_has_no_part_of_a_figure() -> None:
    text = "车站接待1.2万人。同比下降2%。"
    assert phrases(text, (10, 17), [(14, 16)], [True]) == ["车站接待下降"]


def test_words_of_two_sentences_make_no_phrase() -> None:
    text = "水库降雨减少。经19人。"
    assert phrases(text, (7, 12), [(8, 11)], [False]) == ["水库降雨减少"]


def test_a_bare_figure_takes_the_line_before_it() -> None:
    text = "学位供给\n3754个"
    assert phrases(text, (5, 10), [(5, 10)], [False]) == ["学位供给"]


@given(st.text(alphabet="新建学校所完成了的为把、，（）12个万元%年 a《》“”", max_size=60))
def test_any_sentence_gives_a_short_phrase_without_numbers(sentence: str) -> None:
    for found in read(sentence):
        assert len(found) <= 15
        assert not re.search(r"(?<![A-Za-z\d])\d+(?![A-Za-z\d])", found)  # but in names: 5G, G7
        assert set(found) <= set(sentence)


def test_a_hostile_line_takes_linear_time() -> None:
    text = "新建学校3所、" * 20_000
    spans = [m.span() for m in FIGURE.finditer(text)]
    started = time.process_time()
    assert all(phrases(text, (0, len(text)), spans, [False] * len(spans)))
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "words, unit, kind, expected",
    [
        ("城镇新增就业", "{person}", "level", "urban_jobs_new"),
        ("地区生产总值", "CNY", "level", "gdp"),
        ("地区生产总值增长", "%", "change", "gdp_change_rate"),
        ("办结率", "%", "share", "closure_rate"),
        ("发放救助金", "CNY", "level", "aid_paid"),
        ("高标准农田建设", "m2", "level", "farmland_standard"),
        ("清理生活垃圾", "kg", "level", "waste_cleared"),
        ("接待游客", "{visit}", "level", "tourists"),
        ("森林覆盖率", "%", "share", "forest_coverage"),
        ("加装电梯", "{item}", "level", "elevators"),
        ("新增公办幼儿园学位", "{item}", "level", "school_places_new"),
        ("农作物受灾面积", "m2", "level", "crops_affected"),
        ("天高云淡", "{item}", "level", None),
        ("月均工资", "CNY", "level", "wages"),
        ("追回拖欠工资", "CNY", "level", "wages_recovered"),
        ("进口", "CNY", "level", "imports"),
        ("农村居民人均可支配收入年均增长", "%", "change", "rural_income_per_head_change_rate"),
        ("投资占年计划", "%", "share", "completion_share"),
        ("进口下降", "%", "change", "imports_change_rate"),
        ("增速高于平均水平", "pp", "change", "growth_pace"),
        ("高于工业", "pp", "change", "growth_pace"),
        ("新增供热面积", "m2", "level", "heating"),
        ("恢复灌溉面积", "m2", "level", "irrigated_area"),
        ("示范面积", "m2", "level", None),
        ("项目占地面积", "m2", "level", "land_used"),
        ("投入运行维护费用", "CNY", "level", "running_costs"),
        ("队伍参加展演", "{item}", "level", "performances"),
        ("开展摸排", "{time}", "level", "inspections"),
        ("白茶产值", "CNY", "level", "farm_output_value"),
        ("规上工业总产值", "CNY", "level", "industrial_output"),
        ("综合产值", "CNY", "level", "output_value"),
        ("村集体增收", "CNY", "change", "village_collective_income"),
        ("产业发展基金", "CNY", "level", None),
        ("医保基金", "CNY", "level", "medical_fund"),
        ("志愿者上门走访", "{visit}", "level", "people_visited"),
        ("清理村内水塘", "{item}", "level", None),
        ("覆盖行政村", "{item}", "level", "villages_covered"),
        ("大桥全长", "m", "level", "route_length"),
        ("新建桥梁", "{item}", "level", "bridges"),
        ("积水深度", "m", "level", "water_depth"),
        ("河道水位", "m", "level", "water_level"),
        ("万元地区生产总值用水量下降", "%", "change", "water_volume_used_change_rate"),
        ("水库蓄水量增长", "%", "change", "water_stored_change_rate"),
        ("游客被困", "{person}", "level", "people_trapped"),
        ("救出被困人员", "{person}", "level", "people_rescued"),
        ("粮食产量", "kg", "level", "grain_output"),
        ("油料产量", "kg", "level", "farm_output"),
        ("拉动投资增长", "pp", "change", "growth_contribution"),
        ("最大小时雨强", "m/h", "level", "rainfall"),
        ("资助贫困学生", "{person}", "level", "education_aid"),
        ("护理人员", "{person}", "level", "personnel"),
        ("县级医务人员", "{person}", "level", "health_workers"),
        ("城市绿地面积", "m2", "level", "urban_green_area"),
        ("流域面积", "m2", "level", "area"),
    ],
)
def test_a_phrase_is_mapped_by_words_unit_and_kind(words: str, unit: str, kind: str, expected: str | None) -> None:
    assert lookup(words, unit, kind, words) == expected


A_UNIT = {
    "money": "CNY",
    "ratio": "%",
    "points": "pp",
    "person": "{person}",
    "visit": "{visit}",
    "household": "{household}",
    "event": "{time}",
    "item": "{item}",
    "area": "m2",
    "mass": "kg",
    "volume": "m3",
    "length": "m",
    "duration": "d",
    "energy": "kWh",
    "power": "W",
    "price": "CNY/m2",
    "per": "m3/h",
    "concentration": "ug/m3",
    "temperature": "Cel",
    "transport": "t.km",
    "sound": "dB",
}
BY_OTHER_NAMES = {("parks_built", "area"): "what parks measure in area is green area"}


def rows() -> list[dict[str, str]]:
    with (SEEDS / "indicators.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["indicator_id"])
def test_every_indicator_is_reached_by_its_own_name(row: dict[str, str]) -> None:
    name = row["indicator_name_zh"]
    for of in row["dimension"].split("|"):
        assert dimension(A_UNIT[of]) == of
        kind = row["kind"] if row["kind"] != "any" else "share" if of == "ratio" else "level"
        context, near = row["context"].split("|")[0], row["near"].split("|")[0]
        found = lookup(name, A_UNIT[of], kind, name + context, near)
        assert (found == row["indicator_id"]) != ((row["indicator_id"], of) in BY_OTHER_NAMES), of


@pytest.mark.parametrize(
    "sentence, expected",
    [
        ("新增城镇就业4.1万人。", [("新增城镇就业", "urban_jobs_new")]),
        ("PM2.5平均浓度28微克/立方米。", [("PM2.5平均浓度", "pm25")]),
        ("PM10浓度42微克/立方米。", [("PM10浓度", "air_pollutants")]),
        ("居民人均预期寿命80.6岁。", [("居民人均预期寿命", "life_expectancy")]),
        ("工业拉动经济增长0.8个百分点。", [("拉动经济增长", "growth_contribution")]),
        ("PM2.5平均浓度下降6.7%。", [("PM2.5平均浓度下降", "pm25_change_rate")]),
        ("二氧化硫浓度下降6.7%。", [("二氧化硫浓度下降", "air_pollutants_change_rate")]),
        ("设置接种点26个、接种车9辆。", [("设置接种点", "medical_facilities"), ("接种车", "vehicles")]),
        ("港口泊位112个。", [("港口泊位", "berths")]),
        ("停车泊位112个。", [("停车泊位", "parking_spaces")]),
        ("平均溢价率12%。", [("平均溢价率", "premium_rate")]),
        ("研发经费投入强度2.87%。", [("研发经费投入强度", "rnd_intensity")]),
        ("乡镇专职消防队15支。", [("乡镇专职消防队", "teams")]),
        ("集体访人次下降30%。", [("集体访人次下降", "cases_change_rate")]),
        ("降低成本300万元。", [("降低成本", "costs_saved")]),
        ("节约标准煤3万吨。", [("节约标准煤", "energy_savings")]),
        (
            "清理河道垃圾20吨，拆除违建4处。",
            [("清理河道垃圾", "waste_cleared"), ("拆除违建", "illegal_structures_cleared")],
        ),
        ("惠及教师300名，市教育局拨款200万元。", [("惠及教师", "teachers"), ("拨款", "funds_paid")]),
        ("走访12个乡镇、203个村。", [("走访乡镇", "places_visited"), ("走访村", "places_visited")]),
        ("共有12个乡镇、203个村。", [("乡镇", "townships_covered"), ("个村", "villages_covered")]),
        ("三所学校、四座桥梁建成。", [("学校建成", "schools_built"), ("桥梁建成", "bridges")]),
        ("12名教师、300名学生获奖。", [("教师获奖", "teachers"), ("学生获奖", "students")]),
        ("全县有3个村。", [("个村", "villages_covered")]),
        ("查出宫颈癌前病变35例，养殖稻虾共作2万亩。", [("查出宫颈癌前病变", None), ("养殖稻虾共作", "aquaculture")]),
        ("收支相抵结余3亿元，营收12亿元。", [("收支相抵结余", None), ("营收", "sales")]),
        ("涉及84个乡镇，0.7万人口。", [("涉及乡镇", "townships_covered"), ("人口", "population")]),
        ("山洪致3人遇难2人失联 通报", [("遇难", "deaths"), ("失联", "missing")]),
        ("某某县有3个村。", [("个村", "villages_covered")]),
        ("造成3个村2.3万人受灾。", [("村受灾", "villages_covered"), ("受灾", "people_affected")]),
        ("造成7户农房（约120平方米）损毁。", [("农房损毁", "houses_damaged"), ("造成农房", None)]),
        ("5名学生已无生命体征。", [("学生无生命体征", "deaths")]),
        ("最大降雨量出现在龙山村，135毫米。", [("最大降雨量", "rainfall")]),
        ("最大点雨量位于龙山村，为90毫米。", [("最大雨量", "rainfall")]),
        ("最高气温出现在北岭镇，达41℃。", [("气温", "air_temperature")]),
        ("出口茶叶3亿元，增长5%。", [("出口茶叶", "exports_by_kind"), ("出口茶叶增长", "exports_by_kind_change_rate")]),
        (
            "水库蓄水20亿立方米，比历史同期偏少31%。",
            [("水库蓄水", "water_stored"), ("水库蓄水偏少", "water_stored_change_rate")],
        ),
        ("江苏地区接待游客30万人次，浙江地区20万人次。", [("接待游客", "tourists"), ("接待游客", "tourists")]),
        ("可吸入颗粒物（PM10）平均42微克/立方米。", [("可吸入颗粒物平均", "air_pollutants")]),
        ("4所民办学校中签率为62%。", [("民办学校", "schools"), ("民办学校中签率", None)]),
        ("37座大型水库总蓄水量184亿立方米。", [("大型水库", "reservoirs"), ("大型水库总蓄水量", "water_stored")]),
        ("组织14支救援力量。", [("组织救援力量", "teams_deployed")]),
        ("超期工单12件，月子中心12家。", [("超期工单", None), ("月子中心", None)]),
        ("秸秆还田率95%，航班正常率86%。", [("秸秆还田率", None), ("航班正常率", None)]),
        ("粮食总产量30万吨。", [("粮食总产量", "grain_output")]),
        ("未整改问题12个。", [("未整改问题", None)]),
        ("尚未完工项目3个。", [("尚未完工项目", None)]),
        ("垃圾清运不及时17个。", [("垃圾清运不及时", None)]),
        ("救助未成年人35名。", [("救助未成年人", "aid_people")]),
        ("培训未就业大学生50人。", [("培训未就业大学生", "people_trained")]),
        ("查扣汽车9辆，立案3起。", [("查扣汽车", "goods_seized"), ("立案", "cases_handled")]),
        ("刑拘12人，逮捕7人。", [("刑拘", "suspects"), ("逮捕", "suspects")]),
        ("出动队员90名，累计出动300人次。", [("出动队员", "staff_deployed"), ("出动队员", "staff_deployed")]),
        ("解决融资问题12个、用地问题8个。", [("解决融资问题", "issues_resolved"), ("解决用地问题", "issues_resolved")]),
        ("咨询类3件、求助类2件、建议类1件。", [("咨询类", None), ("求助类", None), ("建议类", "suggestions")]),
        ("城管局3件、住建局5件、公安局8件。", [("城管局", None), ("住建局", None), ("公安局", None)]),
        ("日处理污水3万吨。", [("日处理污水", "sewage_treated")]),
        (
            "国省考断面22个，断面水质优良率95%。",
            [("国省考断面", "monitored_sections"), ("断面水质优良率", "water_quality_rate")],
        ),
        ("企业物流成本下降15%。", [("企业物流成本下降", "costs_change_rate")]),
        ("查处酒驾12起，侦破案件3起。", [("查处酒驾", "traffic_offences"), ("侦破案件", "cases_solved")]),
        ("诈骗损失12万元。", [("诈骗损失", "fraud_losses")]),
        ("建议90件，其中涉及道路的36件。", [("建议", "suggestions"), ("涉及道路建议", "suggestions")]),
        ("牲畜存栏30万头，其中牛9万头。", [("牲畜存栏", "livestock"), ("牛存栏", "livestock")]),
        (
            "新登记主体90户，其中企业50户、商户40户。",
            [("登记主体", None), *[(f"登记{x}", "market_entities_new") for x in ("企业", "商户")]],
        ),
        ("新增就业30人，其中失业人员10人。", [(f"{x}新增就业", "urban_jobs_new") for x in ("", "失业人员")]),
        ("新建30公里公路，其中村道20公里。", [("新建公路", "roads_built"), ("新建村道", "roads_built")]),
        ("现有公路30公里，其中农村公路20公里。", [("公路", "roads_length"), ("农村公路", "roads_length")]),
        ("新增就业9万人。其中江陵县5万人。", [("新增就业", "urban_jobs_new")] * 2),
        ("新增就业90人，培训300人次。", [("新增就业", "urban_jobs_new"), ("培训", "people_trained")]),
        ("注销企业90户，退出低保30户。", [("注销企业", None), ("退出低保", None)]),
        ("不起诉30人，逾期贷款5亿元。", [("不起诉", None), ("逾期贷款", None)]),
        (
            "消费价格上涨2%，其中食品类下降1%。",
            [("消费价格上涨", "price_index"), ("食品类下降", "consumer_price_by_kind_change_rate")],
        ),
        ("可容纳90人避险。", [("容纳避险", None)]),
        ("破坏耕地30亩，盗采砂石5万立方米。", [("破坏耕地", None), ("盗采砂石", None)]),
        ("收入为年初预算的104%。", [("收入为预算", "completion_share")]),
        ("新增病例中，江陵县4例。", [("新增病例", "infections")]),
        ("3个县启动Ⅱ级应急响应。", [("县启动Ⅱ级应急响应", "counties_covered")]),
        ("抓获犯罪嫌疑人12名，治愈出院9例。", [("抓获犯罪嫌疑人", "suspects"), ("治愈出院", None)]),
        ("三、预算金额：468元，出栏12头。", [("预算金额", "money_total"), ("出栏", "livestock_slaughtered")]),
        (
            "固定资产投资增长6%，比1—2月加快1个百分点。分县看，江陵县增长9%。",
            [
                ("固定资产投资增长", "fixed_investment_change_rate"),
                ("固定资产投资加快", "growth_pace"),
                ("固定资产投资增长", "fixed_investment_change_rate"),
            ],
        ),
        ("咨询类3件、投诉类2件、其他1件。", [("咨询类", None), ("投诉类", None), ("其他", None)]),
        ("0—14岁人口占9%。", [("岁人口占", "output_share")]),
        ("秋收进度27%。", [("秋收进度", "completion_share")]),
        ("王小明 摄   轨道交通线设站37座。", [("轨道交通线设站", "transit_stations")]),
        ("查获鞭炮300件“真没想到，会这样”。", [("查获鞭炮", "goods_seized")]),
        ("查获违法行为3起。", [("查获违法行为", "cases_handled")]),
        ("综合网络 ✍ 3名女子被困", [("女子被困", "people_trapped")]),
        ("调度7家具有供水资质的大型企业。", [("调度大型企业", "enterprises")]),
        ("带动80个水稻种植大户增收。", [("带动水稻种植大户增收", "farm_coops")]),
        ("他种了6亩新品种谷子。", [("种了新品种谷子", "sown_area")]),
        ("安排35位教师24小时进行服务。", [("安排教师", "teachers")]),
        ("对12个小区进行电话抽查。", [("对小区电话抽查", "entities_inspected")]),
        ("60个村被纳入项目村。", [("村纳入项目村", "villages_covered")]),
        ("达成就业意向160人次。", [("达成就业意向", "job_intentions")]),
        ("主机总长9.5米。", [("主机总长", None)]),
        ("年加工小米5万吨。", [("年加工小米", "output_volume")]),
        ("4所新学校投入使用，容纳学生2700人。", [("新学校投入使用", "schools_built"), ("容纳学生", "school_capacity")]),
        ("人数：12人 年龄：35岁以下", [("人数", None)]),
        ("重度污染天数3天。", [("重度污染天数", "heavy_pollution_days")]),
        ("出现重污染天气2天。", [("出现重污染天气", "heavy_pollution_days")]),
        ("轻度污染天数20天。", [("轻度污染天数", "lightly_polluted_air_days")]),
        ("轻、中度污染天数20天。", [("轻、中度污染天数", "polluted_air_days")]),
        ("重度及以上污染天数2天。", [("重度及污染天数", "heavy_pollution_days")]),
        ("重污染天数比例为1.3%。", [("重污染天数比例", "heavy_pollution_day_rate")]),
        ("优良天数比例为95%。", [("优良天数比例", "air_quality_rate")]),
        (
            "优级天数12天、良级天数20天、优良天数32天、中度污染天数3天。",
            [
                ("优级天数", "excellent_air_days"),
                ("良级天数", "fair_air_days"),
                ("优良天数", "good_air_days"),
                ("中度污染天数", "moderately_polluted_air_days"),
            ],
        ),
        (
            "空气质量共监测181天，其中优良178天，轻度污染3天。",
            [("空气质量监测", None), ("优良", "good_air_days"), ("轻度污染", "lightly_polluted_air_days")],
        ),
        ("城镇失业人员实现再就业230人。", [("城镇失业人员再就业", "unemployed_reemployed")]),
        (
            "新增就业人数5万人，使3200名下岗失业人员实现再就业。",
            [("新增就业人数", "urban_jobs_new"), ("下岗失业人员再就业", "unemployed_reemployed")],
        ),
        ("推广“耕、种、收”全程智能化，亩产提升30%。", [("亩产提升", "farm_output_change_rate")]),
        ("水稻亩产700公斤、玉米600公斤。", [("水稻亩产", "yield_per_area"), ("玉米亩产", "yield_per_area")]),
        (
            "林下种植：年产出有机蜂蜜20吨；碳汇探索：开展碳汇交易项目，年增收80万元。",
            [("年产出有机蜂蜜", "farm_output"), ("碳汇交易项目增收", "income_raised")],
        ),
        ("粮食产量3万吨；同比增长3%。", [("粮食产量", "grain_output"), ("粮食产量增长", "grain_output_change_rate")]),
        ("帮助32名困难人员实现就业。", [("帮助困难人员就业", "hard_to_employ_employed")]),
        ("带动12户农户实现增收。", [("带动农户增收", "farm_household_income")]),
        ("发现围墙坍塌1处并进行了清理。", [("发现围墙坍塌", None)]),
        ("查处案件5起且罚款3万元。", [("查处案件", "cases_handled"), ("罚款", "fines")]),
        ("村里每天需要30多人做事。", [("做事", None)]),
        ("园区里每天需要30多人做事。", [("做事", None)]),
        ("吸纳20多名村里的闲置劳动力。", [("吸纳闲置劳动力", None)]),
        ("发放创业贷款3亿元，230户。", [("发放创业贷款", "startup_loans"), ("发放创业贷款", "loans_granted")]),
        (
            "完成投资30元；其中：民间投资，增长3%。",
            [("完成投资", "investment_total"), ("民间投资增长", "investment_by_kind_change_rate")],
        ),
        ("养牛30头，羊20只、鸡500只。", [("养牛", None), ("养羊", None), ("养鸡", None)]),
        (
            "新建公厕12座、旅游厕所8座。",
            [("新建公厕", "public_toilets_built"), ("新建旅游厕所", "public_toilets_built")],
        ),
        ("举办2期为期30天的公益培训班。", [("举办公益培训班", "activities_held"), ("举办公益培训班", None)]),
        (
            "推送预警信息23万条，制定国家标准2项。",
            [("推送预警信息", "warnings_issued"), ("制定国家标准", "standards_issued")],
        ),
        ("住房保障4907件，药品类56件。", [("住房保障", None), ("药品类", None)]),
        ("早稻产量下降1.2%。", [("早稻产量下降", "farm_output_change_rate")]),
        ("小麦保费 18元/亩 保额 900元/亩", [("小麦保费", "insurance_cover"), ("保额", "insurance_cover")]),
    ],
)
def test_a_figure_is_named_by_its_own_words(sentence: str, expected: list[tuple[str, str | None]]) -> None:
    found = measure(Article("a", "", "", sentence, "", "s"), region="410527").observations
    assert [(o.indicator, o.indicator_id) for o in found] == expected


def test_the_unit_decides_with_the_words() -> None:
    assert lookup("地区生产总值", "{person}", "level", "") != "gdp"
    assert lookup("森林覆盖率", "m", "level", "") is None
    assert dimension("CNY/m2") == "price"
    assert dimension("no such unit") == "other"


def test_unmapped_phrases_come_most_frequent_first() -> None:
    assert unmapped([("甲乙", None), ("丙丁", "gdp"), ("戊己", None), ("戊己", None)]) == [("戊己", 2), ("甲乙", 1)]


def test_every_indicator_is_found_by_its_own_words() -> None:
    with (SEEDS / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 200
    assert len({r["indicator_id"] for r in rows}) == len(rows)
    for row in rows:
        groups = [group.split("|") for group in row["words"].split("+")]
        assert all(word for group in groups for word in group), row["indicator_id"]
        assert row["aggregation"] in {"sum", "mean", "last", "none"}
        assert row["kind"] in {"level", "change", "share", "any"}


@pytest.mark.skipif(not GOLD.is_dir(), reason="needs the shared gold beside the checkout, no part of the project")
def test_gold_indicators() -> None:
    right = total = 0
    for path in sorted(GOLD.glob("*.jsonl")):
        body = path.with_suffix("").with_suffix(".repaired.txt").read_text("utf-8")
        spans, gold, position = [], [], 0
        for figure in map(json.loads, path.read_text("utf-8").splitlines()):
            start = body.find(figure["surface"], position)
            if start >= 0:
                position = start + len(figure["surface"])
                spans.append((start, position))
                gold.append(figure)
        for (start, end), figure in zip(spans, gold, strict=True):
            if figure["optional"]:
                continue
            low = max(body.rfind(mark, 0, start) for mark in "。！？\n") + 1
            high = min(h for h in (*(body.find(mark, end) for mark in "。！？\n"), len(body)) if h >= 0)
            near = [s for s in spans if low <= s[0] and s[1] <= high]
            found = phrases(body, (low, high), near, [False] * len(near))[near.index((start, end))]
            total += 1
            right += alike(found, figure["indicator"]) >= 0.5
    assert right / total >= 0.9
