"""Time phrases become days, counted from the day of publication."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.contracts import Article
from minsheng.measure import measure
from minsheng.measure.periods import Mark, find
from minsheng.measure.periods_days import Days, days

PUBLISHED = date(2023, 8, 10)


def read(text: str, published: date | None = PUBLISHED, planned: bool = False) -> list[tuple[Mark, Days]]:
    return [(m, days(m.phrase, m.kind, published, planned)) for m in find(text, (0, len(text)))]


@pytest.mark.parametrize(
    "text, phrase, start, end, as_of",
    [
        ("今年以来，新增", "今年以来", "2023-01-01", "2023-08-10", None),
        ("去年，新增", "去年", "2022-01-01", "2022-12-31", None),
        ("2021年，新增", "2021年", "2021-01-01", "2021-12-31", None),
        ("上半年，新增", "上半年", "2023-01-01", "2023-06-30", None),
        ("一季度，新增", "一季度", "2023-01-01", "2023-03-31", None),
        ("前三季度，新增", "前三季度", "2023-01-01", "2023-09-30", None),
        ("一季度末，贷款余额", "一季度末", None, None, "2023-03-31"),
        ("2022年三季度末，失业率", "2022年三季度末", None, None, "2022-09-30"),
        ("上半年末存款余额", "上半年末", None, None, "2023-06-30"),
        ("1至7月，新增", "1至7月", "2023-01-01", "2023-07-31", None),
        ("前7个月，新增", "前7个月", "2023-01-01", "2023-07-31", None),
        ("前7月，新增", "前7月", "2023-01-01", "2023-07-31", None),
        ("2022年前4月新增", "2022年前4月", "2022-01-01", "2022-04-30", None),
        ("2019年3月至2021年6月间，改造", "2019年3月至2021年6月间", "2019-03-01", "2021-06-30", None),
        ("2020年11月5日—2021年2月8日，改造", "2020年11月5日—2021年2月8日", "2020-11-05", "2021-02-08", None),
        ("4月上旬，部署", "4月上旬", "2023-04-01", "2023-04-10", None),
        ("12月，新增", "12月", "2022-12-01", "2022-12-31", None),
        ("6月当月，出口", "6月当月", "2023-06-01", "2023-06-30", None),
        ("自1963年建院以来，收治", "自1963年建院以来", "1963-01-01", "2023-08-10", None),
        ("7月28日，新增", "7月28日", "2023-07-28", "2023-07-28", None),
        ("自8月2日起新增", "自8月2日起", "2023-08-02", "2023-08-10", None),
        ("4月底以来，新增", "4月底以来", "2023-04-30", "2023-08-10", None),
        ("年初以来，新增", "年初以来", "2023-01-01", "2023-08-10", None),
        ("自2020年3月开馆，接待", "自2020年3月", "2020-03-01", "2023-08-10", None),
        ("自7月29日至8月1日，降雨", "7月29日至8月1日", "2023-07-29", "2023-08-01", None),
        ("2016年启动建设至今，新增", "2016年启动建设至今", "2016-01-01", "2023-08-10", None),
        ("29日20时至30日20时，降雨", "29日20时至30日20时", "2023-07-29", "2023-07-30", None),
        ("23日，转移", "23日", "2023-07-23", "2023-07-23", None),
        ("预计11日至13日降雨", "11日至13日", "2023-08-11", "2023-08-13", None),
        ("30日至8月1日夜间，降雨", "30日至8月1日", "2023-07-30", "2023-08-01", None),
        ("30日至2日，降雨", "30日至2日", "2023-07-30", "2023-08-02", None),
        ("房山30日16至17时降雨", "30日16至17时", "2023-07-30", "2023-07-30", None),
        ("9日8时，水位", "9日8时", "2023-08-09", "2023-08-09", None),
        ("于9日16时40分抢通", "9日16时40分", "2023-08-09", "2023-08-09", None),
        ("9日16时至18时40分，降雨", "9日16时至18时40分", "2023-08-09", "2023-08-09", None),
        ("9日上午，搜救", "9日上午", "2023-08-09", "2023-08-09", None),
        ("受灾。9日，转移", "9日", "2023-08-09", "2023-08-09", None),
        ("截至目前，新增", "截至目前", None, None, "2023-08-10"),
        ("截至6月底，新增", "截至6月底", None, None, "2023-06-30"),
        ("截至2022年底，新增", "截至2022年底", None, None, "2022-12-31"),
        ("截至8月4日12时，转移", "截至8月4日12时", None, None, "2023-08-04"),
        ("截至8月4日晚上6点，转移", "截至8月4日晚上6点", None, None, "2023-08-04"),
        ("截至6日上午10时30分，转移", "截至6日上午10时30分", None, None, "2023-08-06"),
        ("截至昨日下午5点半，转移", "截至昨日下午5点半", None, None, "2023-08-09"),
        ("截至8月4日17:00，转移", "截至8月4日17:00", None, None, "2023-08-04"),
        ("截至8月5日上午，转移", "截至8月5日上午", None, None, "2023-08-05"),
        ("今年春季，新增", "今年春季", "2023-03-01", "2023-05-31", None),
        ("今夏新增", "今夏", "2023-06-01", "2023-08-31", None),
        ("2022年冬天新增", "2022年冬天", "2022-12-01", "2023-02-28", None),
        ("今年秋季起，新增", "今年秋季起", "2023-09-01", None, None),
        ("今冬明春，新增", "今冬明春", "2023-12-01", "2024-05-31", None),
        ("去冬今春，新增", "去冬今春", "2022-12-01", "2023-05-31", None),
        ("今年春节期间，接待", "今年春节期间", None, None, None),
        ("今年春茶产量", "今年", "2023-01-01", "2023-12-31", None),
        ("上世纪七十年代，新增", "上世纪七十年代", "1970-01-01", "1979-12-31", None),
        ("上个世纪80年代新增", "上个世纪80年代", "1980-01-01", "1989-12-31", None),
        ("目前，新增", "目前", None, None, "2023-08-10"),
        ("截止到昨日，转移", "截止到昨日", None, None, "2023-08-09"),
        ("截止至7月26日，发生", "截止至7月26日", None, None, "2023-07-26"),
        ("7月31日前发放", "7月31日前", None, None, "2023-07-31"),
        ("截至昨日，转移", "截至昨日", None, None, "2023-08-09"),
        ("昨日，转移", "昨日", "2023-08-09", "2023-08-09", None),
        ("去年底，建成", "去年底", None, None, "2022-12-31"),
        ("2022年底，建成", "2022年底", None, None, "2022-12-31"),
        ("11月至2月，新增", "11月至2月", "2022-11-01", "2023-02-28", None),
        ("3.一季度，新增", "一季度", "2023-01-01", "2023-03-31", None),
        ("到2025年，建成", "到2025年", None, None, "2025-12-31"),
        ("十四五期间，建成", "十四五期间", "2021-01-01", "2025-12-31", None),
        ("活动开展以来，走访", "活动开展以来", None, "2023-08-10", None),
        ("据悉，试点复航以来，接待", "试点复航以来", None, "2023-08-10", None),
        ("“暖冬”行动以来，走访", "“暖冬”行动以来", None, "2023-08-10", None),
        ("某中心自揭牌以来，走访", "自揭牌以来", None, "2023-08-10", None),
        ("自2006年启动“圆梦 筑梦”以来，走访", "自2006年启动“圆梦 筑梦”以来", "2006-01-01", "2023-08-10", None),
        ("协会去年8月成立以来，走访", "去年8月成立以来", "2022-08-01", "2023-08-10", None),
        ("驿站7月3日运行以来，走访", "7月3日运行以来", "2023-07-03", "2023-08-10", None),
        ("自2022年底组建以来，走访", "自2022年底组建以来", "2022-12-31", "2023-08-10", None),
        ("今年来，走访", "今年来", "2023-01-01", "2023-08-10", None),
        ("过去一年，走访", "过去一年", "2022-08-11", "2023-08-10", None),
        ("迄今，走访", "迄今", None, None, "2023-08-10"),
        ("7月20—22日，走访", "7月20—22日", "2023-07-20", "2023-07-22", None),
        ("7月30日——8月2日，走访", "7月30日——8月2日", "2023-07-30", "2023-08-02", None),
        ("8月7至9日，走访", "8月7至9日", "2023-08-07", "2023-08-09", None),
        ("7月17、18两日，走访", "7月17、18两日", "2023-07-17", "2023-07-18", None),
        ("10月1日至7日，接待", "10月1日至7日", "2022-10-01", "2022-10-07", None),
        ("即日起至9月底，发放", "即日起至9月底", "2023-08-10", "2023-09-30", None),
        ("五一假期，接待", "五一假期", "2023-04-29", "2023-05-03", None),
        ("“五一”假期，接待", "“五一”假期", "2023-04-29", "2023-05-03", None),
        ("端午小长假接待", "端午小长假", "2023-06-22", "2023-06-24", None),
        ("眼下，接待", "眼下", None, None, "2023-08-10"),
        ("2024年5月前，建成", "2024年5月前", None, None, "2024-04-30"),
        ("10月前完成", "10月前", None, None, "2023-09-30"),
        ("2025年前建成", "2025年前", None, None, "2024-12-31"),
        ("2025年前后建成", "2025年", "2025-01-01", "2025-12-31", None),
        ("7月前10天，销售", "7月", "2023-07-01", "2023-07-31", None),
        ("2021年起，新增", "2021年起", "2021-01-01", "2023-08-10", None),
        ("自2021年3月起新增", "自2021年3月起", "2021-03-01", "2023-08-10", None),
        ("2026年起，新增", "2026年起", "2026-01-01", None, None),
        ("从9月起发放", "9月起", "2023-09-01", None, None),
        ("从12月底起发放", "12月底起", "2023-12-31", None, None),
        ("8月20日起发放", "8月20日起", "2023-08-20", None, None),
        ("2022年起草标准", "2022年", "2022-01-01", "2022-12-31", None),
        ("2021年改制后，产值", "2021年改制后", "2021-01-01", "2023-08-10", None),
        ("2025年投产后，产值", "2025年投产后", "2025-01-01", None, None),
        ("8月9日8时，水位", "8月9日8时", "2023-08-09", "2023-08-09", None),
        ("8月2日8时起降雨", "8月2日8时起", "2023-08-02", "2023-08-10", None),
        ("截至2023年一季度末，新增", "截至2023年一季度末", None, None, "2023-03-31"),
        ("截至上半年末，新增", "截至上半年末", None, None, "2023-06-30"),
        ("截至昨日23时，转移", "截至昨日23时", None, None, "2023-08-09"),
        ("浓度下降到2022年的33", "2022年", "2022-01-01", "2022-12-31", None),
        ("8月2日8时间", "8月2日", "2023-08-02", "2023-08-02", None),
        ("7月下旬以来，出动", "7月下旬以来", "2023-07-21", "2023-08-10", None),
        ("自7月中旬，出动", "自7月中旬", "2023-07-11", "2023-08-10", None),
        ("据介绍，自7月31日以来，检查", "自7月31日以来", "2023-07-31", "2023-08-10", None),
        ("自今年5月20日启动行动至今，整治", "自今年5月20日启动行动至今", "2023-05-20", "2023-08-10", None),
        ("7月24日凌晨至7月25日10时许，降雨", "7月24日凌晨至7月25日10时许", "2023-07-24", "2023-07-25", None),
        ("7月29日上午，搜救", "7月29日上午", "2023-07-29", "2023-07-29", None),
        ("7月31日下午1时许，转移", "7月31日下午1时许", "2023-07-31", "2023-07-31", None),
        ("8月6日15时58分，救出", "8月6日15时58分", "2023-08-06", "2023-08-06", None),
        ("7月29日晚会吸引", "7月29日", "2023-07-29", "2023-07-29", None),
        ("昨日8时至今日8时，降雨", "昨日8时至今日8时", "2023-08-09", "2023-08-10", None),
        ("7月最后一周，成交", "7月最后一周", "2023-07-25", "2023-07-31", None),
        ("他说，5年来我市新增", "5年来", None, None, None),
        ("本月上旬，出动", "本月上旬", "2023-08-01", "2023-08-10", None),
        ("本月上旬以来，出动", "本月上旬以来", "2023-08-01", "2023-08-10", None),
        ("截至上月底，建成", "截至上月底", None, None, "2023-07-31"),
        ("截至今年6月底，建成", "截至今年6月底", None, None, "2023-06-30"),
        ("2024年春运，发送", "2024年春运", None, None, None),
        ("2023年春节期间，接待", "2023年春节期间", None, None, None),
        ("今年“五一”小长假，接待", "今年“五一”小长假", "2023-04-29", "2023-05-03", None),
        ("2023年春季学期，资助", "2023年春季学期", "2023-03-01", "2023-07-31", None),
        ("2023年秋，招收", "2023年秋", "2023-09-01", "2023-11-30", None),
        ("2023年春茶产量", "2023年", "2023-01-01", "2023-12-31", None),
        ("2021—2022年榨季，产糖", "2021—2022年榨季", None, None, None),
        ("全年粮食产量", "全年", "2022-01-01", "2022-12-31", None),
        ("今晨，降雨", "今晨", "2023-08-10", "2023-08-10", None),
        ("昨晚，转移", "昨晚", "2023-08-09", "2023-08-09", None),
        ("今天夜里到明天，降雨", "今天夜里到明天", "2023-08-10", "2023-08-11", None),
        ("未来三天，降雨", "未来三天", "2023-08-11", "2023-08-13", None),
        ("下周，投放", "下周", "2023-08-14", "2023-08-20", None),
        ("一年来，新增", "一年来", "2022-08-11", "2023-08-10", None),
        ("多年来，新增", "多年来", None, None, None),
        ("按往年亩产", "往年", None, None, None),
        ("今年全市夏灌期间，新增", "今年全市夏灌期间", None, None, None),
        ("2023年中、高考期间，新增", "2023年中、高考期间", None, None, None),
        ("5年来，新增", "5年来", None, None, None),
        ("该市十五年来累计新增", "十五年来", None, None, None),
        ("30多年来，新增", "30多年来", None, None, None),
        ("降雨期间，新增", "降雨期间", None, None, None),
        ("在防汛期间，新增", "防汛期间", None, None, None),
        ("8月9日，活动期间，新增", "8月9日", "2023-08-09", "2023-08-09", None),
        ("去年冬季期间，新增", "去年冬季", "2022-12-01", "2023-02-28", None),
    ],
)
def test_phrases_and_their_days(text: str, phrase: str, start: str | None, end: str | None, as_of: str | None) -> None:
    mark, meant = read(text)[0]
    assert mark.phrase == phrase
    assert [str(day) if day else None for day in meant] == [start, end, as_of]


@pytest.mark.parametrize("text", ["孩子的明天", "桥下周边停车", "活动贯穿全年，参观", "未来三年", "三年来一年来"])
def test_what_only_looks_like_a_time(text: str) -> None:
    assert all(found == Days() for _, found in read(text)[:1])


@pytest.mark.parametrize(
    "text, published, planned, start",
    [
        ("全年产值", "2023-01-20", False, "2022-01-01"),
        ("全年产值", "2023-04-18", False, "2022-01-01"),
        ("全年产值", "2023-12-20", False, "2023-01-01"),
        ("全年产值", "2023-04-18", True, "2023-01-01"),
        ("2023年，全年产值", "2023-12-31", False, "2023-01-01"),
        ("过去的一年，新增", "2023-01-20", False, "2022-01-01"),
        ("一年来，新增", "2023-02-20", False, "2022-01-01"),
    ],
)
def test_the_year_that_is_over_is_told_by_the_day_of_publication(
    text: str, published: str, planned: bool, start: str
) -> None:
    assert str(read(text, date.fromisoformat(published), planned)[-1][1].start) == start


def test_what_is_compared_with_is_no_period() -> None:
    assert read("增速比一季度加快2个百分点") == []
    assert [mark[0].phrase for mark in read("上半年客流恢复到2019年同期的118%")] == ["上半年"]


@pytest.mark.parametrize(
    "text, phrases",
    [
        ("上半年兑付奖励300万元，达到去年全年奖励总额的八成，惠及农户90户", ["上半年"] * 3),
        ("一季度客流量是2019年的1.3倍，创收2亿元", ["一季度"] * 2),
        ("今年来访人数已超过2021年、2022年，达3万人次", ["今年"]),
        ("新增床位在2022年基础上增加40张", [None]),
        ("降雨量120毫米，为1963年以来最大值，转移900人", [None] * 2),
        ("上半年占比从去年的27%提升到34%，投资3亿元", ["去年", "上半年", "上半年"]),
        ("一季度收入3亿元（去年同期2亿元），开工12个项目", ["一季度", "去年", "一季度"]),
        ("规上产值（1—6月）80亿元，书展将于9月举办，入场券50元", ["1—6月", "9月"]),
        ("某报8月5日讯 全县转移900人", [None]),
        ("8月8日，记者从县水利局获悉，7月30日以来，转移900人", ["7月30日以来"]),
        ("2021年、2022年分别接待30人次、50人次", ["2021年", "2022年"]),
        ("2021年和2022年，全市分别建成学校3所、5所，增速分别为6%、7%", ["2021年", "2022年"] * 2),
        ("2021年、2022年，城镇和农村分别接待30人次、50人次", ["2022年"] * 2),
        ("2021年、2022年分别接待30人次、50人次、70人次", ["2022年"] * 3),
        ("2020年末、2021年末，户籍人口分别为36万人、35万人；建桥3座", ["2020年末", "2021年末", "2021年末"]),
        ("截至8月5日，2023年度医保已参保20.36万人", ["截至8月5日"]),
        ("全年任务3万人，8月10日新增就业200人", ["全年", "8月10日"]),
        ("3件将于12月底前完成", ["12月底前"]),
        ("上半年开工5家，新增30家（截至7月底）", ["上半年", "截至7月底"]),
        ("失业率由2020年的5%降至2022年的4.5%", ["2020年", "2022年"]),
        ("2021年至今，每年办案约90件，其中刑事案件50件，民事案件40件", ["每年"] * 3),
        ("6月以来，每天开馆，展出40件，其中瓷器9件", ["6月以来"] * 2),
        ("8月9日，2023年全县“雏鹰”助学金发放仪式在一中举行，发放6万元", ["8月9日"]),
        ("8月9日，县长调研，2023年全县举办招聘会30场", ["2023年"]),
        ("继2021年获评后，再获奖金5万元", [None]),
        ("目前，有县2个，上半年销售30件；现有网点20处、上半年揽件50件", ["目前", "上半年", "目前", "上半年"]),
        ("2021年，新增会员30家，现有会员90家", ["2021年", None]),
        (
            "上半年新增30人，去年同期为20人；建桥5座，比2020年的2座多3座",
            ["上半年", "去年", "上半年", "2020年", "上半年"],
        ),
        ("上半年新增30人，去年同期20人、10人，客流恢复到2019年的126%", ["上半年", "去年", "去年", "上半年"]),
        ("住房去年底为2.9万套，空置3套；交付项目86个", ["去年底", "去年底", None]),
        ("2023年1月起，低保标准提高到每人每月680元，每月发放3次", ["2023年1月起", "每月"]),
        ("2021年，在甲县试点，在现有地块种树90株", ["2021年"]),
        ("截至8月1日6时，雨强31日10时至11时90毫米，最大站点降雨700毫米", ["31日10时至11时", "截至8月1日6时"]),
        ("8月8日，县政府发布《通知》，贷款最高限额90万元", [None]),
        ("今年以来，县长8日介绍，招聘60人", ["今年以来"]),
        ("8月8日，县政府召开新闻发布会，介绍招聘60人", [None]),
        ("8月8日，市民政局公布房源300套", ["8月8日"]),
        ("8月8日，县气象台发布预警后，排查桥梁30座", ["8月8日"]),
        ("除了铜树等1986年出土的文物外，还展出文物60件，其中面具9件", [None] * 2),
        ("去年，除2020年建的桥3座外，还建桥5座", ["去年"] * 2),
        ("8月8日，拆除2021年违建30处", ["2021年"]),
        ("1986年出土的200件文物迁入，展出文物60件", ["1986年", None]),
        ("去年，依据2021年起施行的办法，招聘60人", ["去年"]),
        ("学前三年毛入园率93.6%，前三年新增学位500个", [None, "前三年"]),
        ("截至6月底，建桥9座，目前通车3座；目前在建5座", ["截至6月底", "截至6月底", "目前"]),
        (
            "目前，蓄水9万吨，较去年同期（8万吨）偏多5%，较多年同期均值（10万吨）偏少8%",
            ["目前", "去年", "目前", "多年同期", "目前"],
        ),
        ("上半年增长6%，快于去年全年（4.5%），比去年（2022年全年）多", ["上半年", "去年全年"]),
        ("今年按往年亩产300斤算，收入3万元", ["往年", "今年"]),
        ("近年来，产量120万吨，占全县全年产量的两成", ["近年来"] * 2),
        ("上半年新增企业30家，累计已有90家，贷款3亿元", ["上半年", None, "上半年"]),
        ("上半年培训30人，累计办班90期", ["上半年"] * 2),
    ],
)
def test_each_figure_has_the_time_that_it_is_of(text: str, phrases: list[str | None]) -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=published)
    assert [o.time_phrase for o in measure(article).observations] == phrases


@pytest.mark.parametrize(
    "text, start, end",
    [
        ("1—4月，游客由去年同期的3万人次增长", "2022-01-01", "2022-04-30"),
        ("今年来，建桥去年同期为3座", "2022-01-01", "2022-08-10"),
        ("2023年2月，游客比2020年同期的3万人次增长", "2020-02-01", "2020-02-29"),
        ("建桥去年同期为3座", "2022-01-01", "2022-12-31"),
    ],
)
def test_the_same_period_is_that_of_the_year_named(text: str, start: str, end: str) -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=published)
    (found,) = measure(article).observations
    assert (str(found.period_start), str(found.period_end)) == (start, end)


@pytest.mark.parametrize(
    "text, days",
    [
        ("8月9日8时，甲站水位9米。乙站水位8米。丙站流量20立方米每秒。", ["2023-08-09"] * 3),
        ("截至8月8日20时，转移80人。倒房3间。", ["2023-08-08"] * 2),
        ("截至8月8日晚上8点半，转移80人。倒房3间。", ["2023-08-08"] * 2),
        ("截至8月8日20:30，转移80人。倒房3间。", ["2023-08-08"] * 2),
        ("截至8月8日20时，转移80人。去年转移9人。倒房3间。", ["2023-08-08", "2022-01-01", "None"]),
        ("截至8月8日20时，转移80人。\n全县有学校3所。", ["2023-08-08", "None"]),
        ("截至8月8日20时，转移80人。9日10时，又转移5人。", ["2023-08-08", "2023-08-09"]),
        ("8月9日8时，甲站水位9米。预计乙站水位8米。", ["2023-08-09", "None"]),
        ("8月9日，建校3所。全县有学校30所。", ["2023-08-09", "None"]),
    ],
)
def test_the_hour_of_a_bulletin_holds_until_another_time_is_named(text: str, days: list[str]) -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=published)
    assert [str(o.period_start or o.as_of) for o in measure(article).observations] == days


@pytest.mark.parametrize(
    "text, phrase, start",
    [
        ("2021年6月开工，同年11月建桥3座", "同年11月", "2021-11-01"),
        ("2021年6月开工。同年建桥3座", "同年", "2021-01-01"),
        ("比2019年少，2021年6月开工，当年建桥3座", "当年", "2021-01-01"),
        ("2019年开工。当年建桥3座", "当年", "2023-01-01"),
        ("不同年龄段的学生30名", None, "None"),
        ("同年建桥3座", None, "None"),
        ("8月5日，省里开会。同日，县里下达资金3亿元", "同日", "2023-08-05"),
        ("8月5日，省里开会，今年事多。同一天，县里下达资金3亿元", None, "None"),
        ("同日下达资金3亿元", None, "None"),
    ],
)
def test_the_same_year_or_day_is_the_one_named_before(text: str, phrase: str | None, start: str) -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=published)
    (found,) = measure(article).observations
    assert (found.time_phrase, str(found.period_start)) == (phrase, start)


@pytest.mark.parametrize(
    "text, days",
    [
        ("2020年，建桥30座，10月通车12座", ["2020-12-31", "2020-10-31"]),
        ("去年建桥30座，6月底通车12座，年底通车20座", ["2022-12-31", "2022-06-30", "2022-12-31"]),
        ("2021年招聘30人，6月底剩9人，全年补贴5万元", ["2021-12-31", "2021-06-30", "2021-12-31"]),
        ("2021年一季度建桥3座，二季度5座，上半年8座", ["2021-03-31", "2021-06-30", "2021-06-30"]),
        ("2021年11月建桥3座，3月建桥5座", ["2021-11-30", "2023-03-31"]),
        ("今年一、二季度产值分别为3亿元、5亿元", ["2023-03-31", "2023-06-30"]),
        ("1、2、3月，产值分别为3亿元、5亿元、4亿元", ["2023-01-31", "2023-02-28", "2023-03-31"]),
        ("2020—2022年，产值分别为3亿元、5亿元、4亿元", ["2020-12-31", "2021-12-31", "2022-12-31"]),
        ("2020—2022年，甲站、乙站分别建桥3座、5座", ["2022-12-31"] * 2),
        ("去年建桥3座，上半年建桥5座", ["2022-12-31", "2023-06-30"]),
        ("去年建桥3座，目前5座，6月建桥7座", ["2022-12-31", "2023-08-10", "2023-06-30"]),
        ("去年建桥3座，10月前建成5座", ["2022-12-31", "2023-09-30"]),
        ("去年产值9亿元，全年有望突破10亿元", ["2022-12-31", "2023-12-31"]),
    ],
)
def test_a_part_of_the_year_is_of_the_year_named_before(text: str, days: list[str]) -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=published)
    assert [str(o.period_end or o.as_of) for o in measure(article).observations] == days


@pytest.mark.parametrize(
    "text, published, start, status",
    [
        ("今冬，已供热60户，受理诉求30件", "2024-05-20", "2023-12-01", "actual"),
        ("今冬供热60户，受理诉求30件", "2024-05-20", "2024-12-01", "target"),
        ("今冬，已供热60户，受理诉求30件", "2024-12-20", "2024-12-01", "actual"),
        ("计划明年建桥；去冬今春共建桥3座，清渠5公里", "2024-05-20", "2023-12-01", "actual"),
        ("计划明年建桥；2023年建桥3座，清渠5公里", "2024-05-20", "2023-01-01", "actual"),
    ],
)
def test_what_is_done_in_a_season_is_of_the_last(text: str, published: str, start: str, status: str) -> None:
    day = datetime.fromisoformat(published).replace(hour=12, tzinfo=UTC)
    article = replace(Article("test", "https://example.org/1", "", text, "", "test"), published_at=day)
    found = measure(article).observations
    assert [(str(o.period_start), o.status) for o in found] == [(start, status)] * 2


def test_growth_in_the_next_sentence_is_of_the_same_time_and_basis() -> None:
    published = datetime(2023, 8, 10, 12, tzinfo=UTC)
    body = "上半年，产值80亿元，同比增长5%。汽车业产值9亿元，增长7%。客流比2019年增长2%。\n绿地6公顷。"
    body += "\n一季度税收增长3%。近三年投资增长9%。"
    article = replace(Article("test", "https://example.org/1", "", body, "", "test"), published_at=published)
    found = measure(article).observations
    assert [(str(o.value), o.basis, str(o.period_end)) for o in found] == [
        ("8000000000", None, "2023-06-30"),
        ("5", "same_period_last_year", "2023-06-30"),
        ("900000000", None, "2023-06-30"),
        ("7", "same_period_last_year", "2023-06-30"),
        ("2", "year_2019", "2023-06-30"),
        ("60000", None, "None"),
        ("3", "same_period_last_year", "2023-03-31"),
        ("9", None, "None"),
    ]


@pytest.mark.parametrize(
    "published, planned, year", [("2023-01-16", False, 2022), ("2023-01-16", True, 2023), ("2023-12-30", False, 2023)]
)
def test_the_whole_year_is_the_one_reported_on(published: str, planned: bool, year: int) -> None:
    ((_, meant),) = read("全年完成造林", date.fromisoformat(published), planned)
    assert (meant.start, meant.end) == (date(year, 1, 1), date(year, 12, 31))


@pytest.mark.parametrize(
    ("phrase", "published", "planned", "year"),
    [
        ("年末", "2024-03-18", False, 2023),
        ("年末", "2024-07-18", False, 2023),
        ("年末", "2024-12-20", False, 2024),
        ("年底", "2024-03-18", False, 2023),
        ("年底", "2024-07-18", False, 2024),
        ("年末", "2024-03-18", True, 2024),
        ("年底前", "2024-03-18", True, 2024),
        ("今年年末", "2024-03-18", False, 2024),
    ],
)
def test_the_end_of_the_year_is_that_of_the_year_reported_on(
    phrase: str, published: str, planned: bool, year: int
) -> None:
    assert days(phrase, "month", date.fromisoformat(published), planned).as_of == date(year, 12, 31)


@pytest.mark.parametrize(
    "body, status, end",
    [
        ("今年已改造危房280户。", "actual", "2023-08-10"),
        ("今年来自省外的游客3000人。", "actual", "2023-08-10"),
        ("4所学校今秋投用。", "target", "2023-11-30"),
        ("2030年，装机达到300万千瓦。", "target", "2030-12-31"),
        ("即日起至9月底，发放补贴500万元。", "target", "2023-09-30"),
        ("年内再改造公路56公里。", "target", "2023-12-31"),
        ("年内已改造公路56公里。", "actual", "2023-08-10"),
    ],
)
def test_what_is_reported_ends_by_the_day_of_publication(body: str, status: str, end: str) -> None:
    article = Article("test", "https://example.org/1", "", body, "", "test")
    (found,) = measure(replace(article, published_at=datetime(2023, 8, 10, 12, tzinfo=UTC))).observations
    assert (found.status, str(found.period_end)) == (status, end)


@pytest.mark.parametrize(
    "body, estimated",
    [
        ("经初步核算，一季度产值98亿元。", [True]),
        ("据初步统计，山洪冲毁桥梁3座；倒塌房屋20间。", [True, True]),
        ("预计年产稻谷5吨，产值9万元；去年产值8万元。", [True, True, False]),
        ("产值9万元，预计增收2万元。", [False, True]),
    ],
)
def test_an_estimate_holds_as_far_as_its_word_reaches(body: str, estimated: list[bool]) -> None:
    found = measure(Article("test", "https://example.org/1", "", body, "", "test")).observations
    assert [o.estimated for o in found] == estimated


@pytest.mark.parametrize(
    "body, status, phrase",
    [
        ("剩余7个年底前全部完工。", "target", "年底前"),
        ("剩余7个项目计划9月底前完工。", "target", "9月底前"),
        ("7个项目6月底前已完工。", "actual", None),
        ("投资7亿元的项目年底前完工。", "actual", None),
        ("建成7个，年底前完工。", "actual", None),
    ],
)
def test_a_deadline_behind_the_figure_makes_a_plan(body: str, status: str, phrase: str | None) -> None:
    article = Article("test", "https://example.org/1", "", body, "", "test")
    (found,) = measure(replace(article, published_at=datetime(2023, 8, 10, 12, tzinfo=UTC))).observations
    assert (found.status, found.time_phrase) == (status, phrase)


@pytest.mark.parametrize(
    "body, status",
    [
        ("1—6月产值预计达3亿元，占全省近4%。", ["actual", "actual"]),
        ("上半年，预计出口3亿元。", ["actual"]),
        ("今年产值预计达3亿元。", ["target"]),
        ("2022年，项目开工，预计投资3亿元。", ["target"]),
        ("预计2022年全县产值达3亿元，增长5%。", ["actual", "actual"]),
        ("预计2023年全县产值达3亿元。", ["target"]),
    ],
)
def test_what_is_estimated_of_a_time_that_is_over_is_reported(body: str, status: list[str]) -> None:
    article = Article("test", "https://example.org/1", "", body, "", "test")
    found = measure(replace(article, published_at=datetime(2023, 8, 10, 12, tzinfo=UTC))).observations
    assert [(o.status, o.estimated) for o in found] == [(s, True) for s in status]


@pytest.mark.parametrize(
    "text",
    [
        "长期以来，新增",
        "该公司一年多以来新增",
        "有气象记录以来共3次",
        "自有气象记录以来最大",
        "建成后年产值",
        "投产后年加工",
        "全年龄段",
        "困难体现在3个方面",
        "5年内",
        "2.8月",
        "三年底子",
        "行政拘留10日，",
        "30日内",
        "每3日，",
        "在此期间，",
        "是5年来最多的一次",
        "三年来的变化",
        "2.5年来，",
        "期间，",
    ],
)
def test_words_that_hold_a_time_word_are_no_period(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text, published, start, end, as_of",
    [
        ("6月底前销号", "2024-05-20", None, None, "2024-06-30"),
        ("9月底前销号", "2024-05-20", None, None, "2024-09-30"),
        ("1月底前销号", "2023-12-20", None, None, "2024-01-31"),
        ("四季度开工", "2024-05-20", "2024-10-01", "2024-12-31", None),
        ("8至10月开工", "2024-05-20", "2024-08-01", "2024-10-31", None),
        ("年内开工", "2024-05-20", "2024-01-01", "2024-12-31", None),
        ("明年底完工", "2024-05-20", None, None, "2025-12-31"),
    ],
)
def test_what_is_planned_lies_ahead(
    text: str, published: str, start: str | None, end: str | None, as_of: str | None
) -> None:
    ((_, meant),) = read(text, date.fromisoformat(published), planned=True)
    assert [str(day) if day else None for day in meant] == [start, end, as_of]


def test_without_a_publication_date_a_relative_phrase_has_no_days() -> None:
    ((mark, meant),) = read("今年以来，新增", None)
    assert (mark.phrase, meant) == ("今年以来", Days())


PARTS = st.sampled_from(
    [*"0123456789二三四十廿年月日季度前上下半今去到至以来截底初末旬本周-—、", "截至", "十四五", "以来", "季度"]
)


@given(st.lists(PARTS, max_size=20).map("".join), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_text_resolves_to_ordered_days_or_to_none(text: str, published: date) -> None:
    for planned in (False, True):
        for _, meant in read(text, published, planned):
            if meant.start and meant.end:
                assert meant.start <= meant.end
