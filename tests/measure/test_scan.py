"""Scanning: which numerals are figures, with what value, unit and bound, and why the others are not."""

import pytest

from minsheng.measure.figure import Figure
from minsheng.measure.scan import scan


def only(text: str) -> Figure:
    figures, _ = scan(text)
    assert len(figures) == 1, [text[f.start : f.end] for f in figures]
    return figures[0]


@pytest.mark.parametrize(
    "text, surface, value, unit, classifier",
    [
        ("清运垃圾3023吨", "3023吨", 3_023_000, "kg", "吨"),
        ("收购粮食500斤", "500斤", 250, "kg", "斤"),
        ("流转土地12万亩", "12万亩", 80_000_000, "m2", "万亩"),
        ("绿化3公顷", "3公顷", 30_000, "m2", "公顷"),
        ("铺设管网18.5公里", "18.5公里", 18_500, "m", "公里"),
        ("装机５０兆瓦", "５０兆瓦", 50_000_000, "W", "兆瓦"),
        ("装机200万千瓦", "200万千瓦", 2_000_000_000, "W", "万千瓦"),
        ("发电3千瓦时", "3千瓦时", 3, "kWh", "千瓦时"),
        ("供水2亿立方米", "2亿立方米", 200_000_000, "m3", "亿立方米"),
        ("下拨资金1.2亿元", "1.2亿元", 120_000_000, "CNY", "亿元"),
        ("引进外资300万美元", "300万美元", 3_000_000, "USD", "万美元"),
        ("服务群众2.64万人次", "2.64万人次", 26_400, "{visit}", "人次"),
        ("走访困难群众300户", "300户", 300, "{household}", "户"),
        ("举办招聘会二十场", "二十场", 20, "{time}", "场"),
        ("更换水泵管道三套", "三套", 3, "{item}", "套"),
        ("压缩至3个工作日", "3个工作日", 3, "d", "个工作日"),
        ("用时两个半小时", "两个半小时", 2.5, "h", "小时"),
        ("房价为1.2万元/平方米", "1.2万元/平方米", 12_000, "CNY/m2", "万元/平方米"),
        ("流量为468立方米每秒", "468立方米每秒", 468 * 3600, "m3/h", "立方米每秒"),
        ("即九成居民", "九成", 90, "%", "成"),
        ("产量增长1.5倍", "1.5倍", 1.5, "1", "倍"),
        ("利率降低0.3个百分点", "0.3个百分点", 0.3, "pp", "个百分点"),
        ("覆盖三分之二的行政村", "三分之二", 66.666666667, "%", None),
        ("投资44.69亿人民币", "44.69亿人民币", 4_469_000_000, "CNY", "亿人民币"),
        ("生产雨伞200万把", "200万把", 2_000_000, "{item}", "把"),
        ("接种疫苗3万剂次", "3万剂次", 30_000, "{item}", "剂次"),
        ("周转量3亿吨公里", "3亿吨公里", 300_000_000, "t.km", "亿吨公里"),
        ("利率下调25个基点", "25个基点", 0.25, "pp", "个基点"),
        ("收入翻两番", "两番", 300, "%", "番"),
        ("造成一人死亡", "一人", 1, "{person}", "人"),
        ("最低气温零下5摄氏度", "零下5摄氏度", -5, "Cel", "摄氏度"),
        ("最低气温-12.5℃", "-12.5℃", -12.5, "Cel", "℃"),
        ("带动2000余农民就业", "2000余", 2000, "{person}", None),
        ("常住人口达到42万。", "42万", 420_000, "{person}", None),
        ("投资3.5 亿元", "3.5 亿元", 350_000_000, "CNY", "亿元"),
        ("出口额港币5000万元", "5000万元", 50_000_000, "HKD", "万元"),
        ("预计年产5000吨优质水产品", "5000吨", 5_000_000, "kg", "吨"),
        ("人民币兑美元6.8元", "6.8元", 6.8, "CNY", "元"),
        ("奖金1万元/人", "1万元/人", 10_000, "CNY", "万元/人"),
        ("流量每秒210立方米", "210立方米", 210 * 3600, "m3/h", "立方米"),
        ("商务部等9部门发文", "9部门", 9, "{item}", "部门"),
        ("用时1分20秒", "1分20秒", 80 / 3600, "h", "分"),
        ("成绩为10秒86", "10秒86", 10.86 / 3600, "h", "秒"),
        ("历时三年零六个月", "三年零六个月", 3.5, "a", "年"),
        ("补贴1200元/人·月", "1200元/人·月", 1200, "CNY", "元/人·月"),
        ("奖励3000元/人/学年度", "3000元/人/学年度", 3000, "CNY", "元/人/学年度"),
        ("投资三千万元", "三千万元", 30_000_000, "CNY", "万元"),
        ("景气指数达125.6点", "125.6点", 125.6, "{score}", "点"),
        ("能耗0.5吨标准煤/万元", "0.5吨标准煤/万元", 0.05, "kg/CNY", "吨标准煤/万元"),
        ("床位6.8张/千人", "6.8张/千人", 0.0068, "{item}/{person}", "张/千人"),
        ("车辆以120km/h通过", "120km/h", 120_000, "m/h", "km/h"),
        ("修路五公里半", "五公里半", 5500, "m", "公里"),
        ("修路半公里", "半公里", 500, "m", "公里"),
        ("历时近一年半", "近一年半", 1.5, "a", "年"),
        ("经过近一个半小时", "近一个半小时", 1.5, "h", "小时"),
        ("投资一个半亿", "一个半亿", 150_000_000, "CNY", "亿"),
        ("改建3\u200b所", "3\u200b所", 3, "{item}", "所"),
        ("修路15㎞", "15㎞", 15_000, "m", "㎞"),
        ("流转½亩", "½亩", 333, "m2", "亩"),
        ("新建两个半导体项目", "两个", 2, "{item}", "个"),
        ("点赞30万", "30万", 300_000, "{visit}", None),
        ("修路零点五公里", "零点五公里", 500, "m", "公里"),
        ("投资零点三亿元", "零点三亿元", 30_000_000, "CNY", "亿元"),
        ("阳性率万分之2.3", "万分之2.3", 2.3, "10*-4", None),
        ("事故率十万分之三", "十万分之三", 3, "10*-5", None),
        ("即十分之三的农户", "十分之三", 30, "%", None),
        ("营根镇92.6分、", "92.6分", 92.6, "{score}", "分"),
        ("观看人数破千万", "破千万", 10_000_000, "{person}", None),
        ("500吨装船外运", "500吨", 500_000, "kg", "吨"),
        ("流转3亩5分地", "3亩5分地", 2333, "m2", "亩"),
        ("最低零下15度", "零下15度", -15, "Cel", "度"),
        ("采样48.7万人份", "48.7万人份", 487_000, "{item}", "人份"),
        ("客商来自12省和", "12省", 12, "{item}", "省"),
        ("商务部等12国机构", "12国", 12, "{item}", "国"),
        ("开行班列30趟次", "30趟次", 30, "{time}", "趟次"),
        ("菜价5毛6分", "5毛6分", 0.56, "CNY", "毛"),
        ("票价12元5角", "12元5角", 12.5, "CNY", "元"),
        ("利润为负1.2亿元", "负1.2亿元", -120_000_000, "CNY", "亿元"),
    ],
)
def test_value_unit_and_classifier(text: str, surface: str, value: float, unit: str, classifier: str | None) -> None:
    figure = only(text)
    assert text[figure.start : figure.end] == surface
    assert float(figure.value) == pytest.approx(value)
    assert (figure.unit, figure.classifier) == (unit, classifier)


@pytest.mark.parametrize(
    "text, surface, bound",
    [
        ("发放补贴约160万元", "约160万元", "about"),
        ("签约160万元", "160万元", "exact"),
        ("培训近100人", "近100人", "about"),
        ("培训100人左右", "100人左右", "about"),
        ("培训100余人", "100余人", "at_least"),
        ("培训三百多人", "三百多人", "at_least"),
        ("产量突破5万吨", "突破5万吨", "at_least"),
        ("参加者超过1000多人", "超过1000多人", "at_least"),
        ("满意率98%以上", "98%以上", "at_least"),
        ("每户补助不低于500元", "不低于500元", "at_least"),
        ("误差控制在3%以内", "3%以内", "at_most"),
        ("费用不超过200元", "不超过200元", "at_most"),
        ("到场不足20人", "不足20人", "at_most"),
        ("整治近百个小区", "近百个", "about"),
        ("上千名群众参与", "上千名", "at_least"),
        ("植树数千株", "数千株", "at_least"),
        ("解决问题十几个", "十几个", "at_least"),
        ("解决问题30几个", "30几个", "at_least"),
        ("出动1000来辆", "1000来辆", "about"),
        ("九成五以上居民", "九成五以上", "at_least"),
        ("超半数居民", "超半数", "at_least"),
        ("一般贸易占比过半", "过半", "at_least"),
        ("近半企业复工", "近半", "about"),
        ("占比近一半", "近一半", "about"),
        ("每斤仅近一元", "近一元", "about"),
        ("接上近百家园区", "近百家", "about"),
    ],
)
def test_bounds_before_inside_and_after(text: str, surface: str, bound: str) -> None:
    figure = only(text)
    assert (text[figure.start : figure.end], figure.bound) == (surface, bound)


@pytest.mark.parametrize(
    "text, low, high",
    [
        ("奖励8000元到1万元", 8000, 10_000),
        ("配备3—5个岗位", 3, 5),
        ("惠及5至8万人", 50_000, 80_000),
        ("降雨30-50毫米", 0.03, 0.05),
        ("约三四十人到场", 30, 40),
        ("补助标准为30%-40%", 30, 40),
        ("每份500克至2千克", 0.5, 2),
        ("气温-5～3℃", -5, 3),
        ("气温5℃-8℃", 5, 8),
        ("长5──8米", 5, 8),
        ("八五折到九五折", 85, 95),
    ],
)
def test_ranges_share_unit_and_magnitude(text: str, low: float, high: float) -> None:
    figure = only(text)
    assert figure.bound == "range"
    assert (float(figure.value), float(figure.value_max or 0)) == (low, high)


def test_from_to_is_two_figures_not_a_range() -> None:
    figures, _ = scan("覆盖率由30%至50%")
    assert [float(f.value) for f in figures] == [30, 50]


@pytest.mark.parametrize(
    "text, values, unit",
    [
        ("各镇分别建成3、5和8座", [3, 5, 8], "{item}"),
        ("产量分别为5.1、6.2和7.3万吨", [51e6, 62e6, 73e6], "kg"),
        ("产量5.1、6.2、7万吨", [51e6, 62e6, 70e6], "kg"),
        ("收入为1.2和3.4亿元", [120e6, 340e6], "CNY"),
        ("支出为1.2亿、3000万和56万元", [120e6, 30e6, 560e3], "CNY"),
        ("各投入3、5亿元", [300e6, 500e6], "CNY"),
        ("补贴800、1200和1500元", [800, 1200, 1500], "CNY"),
        ("分别为8000、6000和1.2万元", [8000, 6000, 12_000], "CNY"),
        ("每公斤分别为4.5和6.8元/公斤", [4.5, 6.8], "CNY/kg"),
        ("增速分别为5.1、-6.2和7.3%", [5.1, 6.2, 7.3], "%"),
        ("提高0.3个和1.4个百分点", [0.3, 1.4], "pp"),
        ("提高2和3个百分点", [2, 3], "pp"),
        ("甲县21.3、乙县22.8、丙县25.0微克/立方米", [21.3, 22.8, 25], "ug/m3"),
        ("甲县12，乙县15，丙镇3所", [12, 15, 3], "{item}"),
        ("务工人数达9.2万，甲县7.1万，两县均超过3万。", [92_000, 71_000, 30_000], "{person}"),
    ],
)
def test_a_list_shares_the_unit_and_magnitude_of_its_last(text: str, values: list[float], unit: str) -> None:
    figures, _ = scan(text)
    assert [(float(f.value), f.unit) for f in figures] == [(value, unit) for value in values]


@pytest.mark.parametrize(
    "text, surfaces",
    [
        ("惠及3、4、5号楼居民120人", ["120人"]),
        ("PM2.5和3.2万家企业", ["3.2万家"]),
        ("涉及2.3、3.4节", ["3.4节"]),
        ("甲县3、5、7组共12户", ["7组", "12户"]),
        ("温度23.5、湿度60.2%", ["60.2%"]),
        ("减少5个和3个项目", ["5个", "3个"]),
        ("产值达120.3、投资56.7亿元", ["56.7亿元"]),
        ("2022、2023年分别投入3万元、5万元", ["3万元", "5万元"]),
    ],
)
def test_an_enumeration_of_ordinals_or_of_other_things_shares_nothing(text: str, surfaces: list[str]) -> None:
    figures, _ = scan(text)
    assert [text[f.start : f.end] for f in figures] == surfaces


@pytest.mark.parametrize(
    "text, reasons",
    [
        ("2021年4月上旬动员", ["date"]),
        ("自3月12日至15日止", ["date"]),
        ("1—6月统计", ["date"]),
        ("二〇二三年起", ["date"]),
        ("一季度末", ["date"]),
        ("上午8:30到场", ["time"]),
        ("14时30分许", ["time"]),
        ("第三届大会", ["ordinal"]),
        ("位列第24、27、56位", ["ordinal"]),
        ("二期工程", ["ordinal"]),
        ("60周岁以上老人", ["age"]),
        ("0-6岁儿童", ["age"]),
        ("208国道沿线", ["road"]),
        ("安装250KVA变压器", ["specification"]),
        ("围墙8米高", ["specification"]),
        ("35千伏变电站", ["specification"]),
        ("一、总体情况", ["section"]),
        ("（二）工作措施", ["section"]),
        ("拨打12345热线", ["telephone"]),
        ("联系电话：0719-8888888", ["telephone"]),
        ("印发《三年行动计划（2023—2025年）》", ["document", "document", "document"]),
        ("落实“三张清单”", ["slogan"]),
        ("打造“15分钟卫生服务圈”", ["slogan"]),
        ("推行“1+20”模式", ["slogan", "slogan"]),
        ("二级响应", ["grade"]),
        ("发生5.5级地震", ["grade"]),
        ("一批企业", ["vague_one"]),
        ("一名工人说", ["vague_one"]),
        ("别有一番景象", ["idiom"]),
        ("统一部署", ["word"]),
        ("十分重要", ["word"]),
        ("服务三农", ["word"]),
        ("万元户", ["word"]),
        ("在十堰市", ["name"]),
        ("近三年来", ["period"]),
        ("每10万人配备", ["per"]),
        ("从五个方面发力", ["enumeration"]),
        ("G1234次列车", ["identifier"]),
        ("站房编号8833102", ["identifier"]),
        ("上半年与下半年", ["date", "date"]),
        ("半年工作会", ["period"]),
        ("成立半年以来", ["period"]),
        ("半导体与半岛，前半周，半个苹果，大半年，工程过半，附近半山", []),
        ("另一半人", ["word"]),
        ("15分钟便民生活圈", ["period"]),
        ("参加100米决赛", ["specification"]),
        ("判处有期徒刑三年", ["specification"]),
        ("处五年以上有期徒刑", ["specification"]),
        ("计划三年内完工", ["period"]),
        ("一年半来，年过半百，半百万元", ["period", "period", "word", "word"]),
        ("早晨6点多，一点常识，凌晨一点，达3256.8点", ["time", "word", "time", "time"]),
        ("师生比1:18，配比1∶6.5，成立30周年，500强", ["formula", "formula", "ordinal", "name"]),
        ("乾隆二十三年，民国17年，5·12地震，COVID-19", ["date", "date", "date", "identifier"]),
        ("2023-8-1，2023 -1.5", ["date", "date", "no_unit"]),
        ("年产10万吨的高性能电池材料项目", ["specification"]),
        ("5公斤装大米，池塘周长120米，满分150分，低于70分的", ["specification"] * 4),
        ("3天内办结，5个工作日内答复，8天长假", ["period", "period", "specification"]),
        ("二〇二四年零点三十分，零点行动，万分感谢", ["date", "word", "word", "word", "word"]),
        ("门票半价，半护理", ["word", "word"]),
        ("编号XJZB2024-0317，24日0—24时", ["identifier", "identifier", "date", "time"]),
        ("三代人，七旬老人", ["word", "age"]),
        ("12国道，3毛重，5管道", ["road", "no_unit", "no_unit"]),
        ("每千瓦时补贴12.3分。", ["per", "no_unit"]),
        ("产值10亿元以上企业，5000万元以上的项目", ["specification", "specification"]),
    ],
)
def test_what_is_no_figure_leaves_with_its_reason(text: str, reasons: list[str]) -> None:
    figures, rejections = scan(text)
    assert [text[f.start : f.end] for f in figures] == []
    assert [r.reason for r in rejections] == reasons


def test_counts_in_speech_are_figures_but_names_between_quotes_are_not() -> None:
    figures, rejections = scan("他说：“村里新修了3公里路。”这是“十大工程”之一。")
    assert [f.unit for f in figures] == ["m"]
    assert [r.reason for r in rejections] == ["slogan", "word"]
