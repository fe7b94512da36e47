"""Reports of one form and other figures, a day each, as functions: near alike in words, and none a reprint."""

from __future__ import annotations

import random

STREETS = ("人民", "解放", "建设", "文化", "滨河", "环城", "迎宾", "和平")
GOODS = (
    "白菜",
    "萝卜",
    "土豆",
    "黄瓜",
    "番茄",
    "茄子",
    "青椒",
    "豆角",
    "芹菜",
    "菠菜",
    "生姜",
    "猪肉",
    "牛肉",
    "鸡蛋",
    "草鱼",
    "大米",
)
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英"
OFFICES = ("水利局", "教育局", "财政局", "民政局", "交通运输局", "云溪镇", "白石镇")


def _day(day: int) -> str:
    return f"{day // 30 + 1}月{day % 30 + 1}日"


def weather(day: int, dice: random.Random) -> str:
    said = "".join(
        f"{when}，{dice.choice(['晴', '多云', '小雨转阴'])}，{dice.choice('东南西北')}风{dice.randint(1, 6)}级，"
        f"最高气温{dice.randint(8, 36)}℃，最低气温{dice.randint(-5, 7)}℃。"
        for when in ("今天白天到夜间", "明天", "后天")
    )
    return f"县气象台{_day(day)}发布：{said}近期早晚温差较大，请市民注意适时增减衣物，谨防感冒。"


def prices(day: int, dice: random.Random) -> str:
    rows = "".join(
        f"{good}：平均价格{dice.randint(1, 40)}.{dice.randint(10, 99)}元，环比{dice.choice(['上涨', '下降'])}"
        f"{dice.randint(0, 20)}.{dice.randint(1, 9)}%。\n"
        for good in GOODS
    )
    return f"据价格监测，{_day(day)}全县主要农副产品零售价格如下。\n{rows}请广大经营者明码标价，维护市场秩序。"


def steady_prices(day: int, dice: random.Random) -> str:
    """Of all prices two are others than the day before."""
    now = random.Random(0)
    prices = [now.randint(100, 4000) for _ in GOODS]
    for past in range(day + 1):
        for at in random.Random(past).sample(range(len(GOODS)), 2):
            prices[at] += random.Random(past * 31 + at).choice([-20, -10, 10, 20])
    rows = "".join(f"{good}每公斤{price / 100:.2f}元，" for good, price in zip(GOODS, prices, strict=True))
    return f"县发展和改革局{_day(day)}监测，城区集贸市场主要农副产品价格总体平稳。{rows[:-1]}。监测数据仅供参考。"


def bulletin(day: int, dice: random.Random) -> str:
    new = dice.randint(0, 4)
    return (
        f"{_day(day)}0时至24时，全省新增确诊病例{new}例，新增无症状感染者{dice.randint(0, 6)}例，新增治愈出院"
        f"{dice.randint(0, 5)}例，解除医学观察的密切接触者{dice.randint(0, 40)}人。截至{_day(day)}24时，全省累计报告"
        f"确诊病例{1200 + day // 2}例，累计治愈出院{1150 + day // 2}例，现有疑似病例0例，尚在接受医学观察的密切接触者"
        f"{dice.randint(100, 180)}人。请广大居民做好个人防护，少聚集、勤洗手、常通风，发热时及时到发热门诊就诊。"
    )


def air(day: int, dice: random.Random) -> str:
    return (
        f"市生态环境局通报：{day % 12 + 1}月，全市环境空气质量优良天数{dice.randint(15, 31)}天，优良天数比例为"
        f"{dice.randint(60, 99)}.{dice.randint(1, 9)}%；细颗粒物（PM2.5）平均浓度为{dice.randint(15, 70)}微克/立方米，"
        f"可吸入颗粒物（PM10）平均浓度为{dice.randint(30, 110)}微克/立方米，二氧化硫平均浓度为{dice.randint(3, 15)}"
        f"微克/立方米，臭氧日最大8小时滑动平均值第90百分位数为{dice.randint(80, 190)}微克/立方米。"
    )


def closed_road(day: int, dice: random.Random) -> str:
    streets = [dice.choice(STREETS) + dice.choice("东南西北") for _ in range(3)]
    return (
        "因施工需要，为确保施工期间道路交通安全畅通，根据有关法律规定，"
        f"决定自{_day(day)}{dice.randint(0, 23)}时起，对{streets[0]}路（{streets[1]}路至{streets[2]}路）"
        f"长{dice.randint(100, 3000)}米的路段实行交通管制，工期{dice.randint(2, 90)}天，禁止机动车通行。"
        "请过往车辆和行人按照交通标志指示绕道行驶，服从现场交警和施工人员指挥。施工给您带来不便，敬请谅解。特此通告。"
    )


def appointment(day: int, dice: random.Random) -> str:
    name = dice.choice("张王李赵陈杨黄周吴徐孙胡朱高林") + "".join(dice.choices(GIVEN, k=2))
    return (
        f"根据选拔任用工作的有关规定，现将{name}同志任前有关情况予以公示。{name}，{dice.choice('男女')}，汉族，"
        f"{dice.randint(1966, 1990)}年{dice.randint(1, 12)}月生，大学学历，现任县{dice.choice(OFFICES)}副职，"
        f"拟任县{dice.choice(OFFICES)}主要负责人。公示期自{_day(day)}起{dice.randint(3, 7)}个工作日。如对公示对象有问题"
        "反映的，请于公示期间内以来电、来信、来访等形式反映，反映情况要坚持实事求是的原则，并提供真实姓名和联系方式。"
        f"举报电话：{dice.randint(1000000, 9999999)}。"
    )


FORMS = (weather, prices, steady_prices, bulletin, air, closed_road, appointment)
