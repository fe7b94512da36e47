"""measure(): every numeral is accounted for, whatever the text; contracts of the observations."""

import gzip
import json
import pickle
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from minsheng import vocabulary
from minsheng.contracts import Article
from minsheng.measure import RULES_VERSION, Measurement, measure, measured_by

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
ARTICLES = SHARED / "articles" / "articles.jsonl.gz"
NUMERALS = frozenset("0123456789０１２３４５６７８９〇零一二三四五六七八九十百千万亿两廿卅")
SHANGHAI = timezone(timedelta(hours=8))


def article(body: str, title: str = "", published: str = "2023-08-01T09:00") -> Article:
    when = datetime.fromisoformat(published).replace(tzinfo=SHANGHAI)
    return Article("test", "https://example.org/1", title, body, "", "test", published_at=when)


def assert_accounted(body: str, result: Measurement) -> None:
    """Each numeral character lies in exactly one observation or rejection, each span is its surface."""
    spans = [(o.char_start, o.char_end, o.surface) for o in result.observations]
    spans += [(r.char_start, r.char_end, r.surface) for r in result.rejections]
    seen = bytearray(len(body))
    for start, end, surface in spans:
        assert body[start:end] == surface
        for at in range(start, end):
            if body[at] in NUMERALS:
                seen[at] += 1
    wrong = [at for at, c in enumerate(body) if c in NUMERALS and seen[at] != 1]
    assert not wrong, [(body[max(0, at - 8) : at + 8], seen[at]) for at in wrong[:5]]
    assert result.article.figures == len(result.observations)
    assert sum(result.article.rejected.values()) == len(result.rejections)


CHARACTERS = (
    "0129０３〇零一二两三十百千万亿廿半几数余多近约第每个人次件元"
    "亩米年月日号时分成折倍%‰、，。；：“”《》（）-—~至到/.+ \n"
)
WORDS = [
    "《》",
    "“湖北省”",
    "产量",
    "万元",
    "公里",
    "个百分点",
    "分之",
    "以上",
    "左右",
    "计划",
    "同比增长",
    "截至",
    "今年以来",
    "江陵县",
    "分别",
]
PIECES = st.sampled_from([*CHARACTERS, *WORDS])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200)))
@example("“《》”3个。")
@example("人数")
@example("甲、“《》”产量分别增长3%、4%。")
def test_any_text_gives_a_result_that_accounts_for_every_numeral(body: str) -> None:
    assert_accounted(body, measure(article(body)))


def real_articles() -> Iterator[dict[str, str]]:
    if not ARTICLES.exists():
        pytest.skip("needs the shared articles beside the checkout, no part of the project")
    with gzip.open(ARTICLES, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def test_every_numeral_of_the_real_articles_is_accounted_for() -> None:
    figures = placed = mapped = 0
    for text in real_articles():
        result = measure(article(text["text"], published=text["published"]))
        assert_accounted(text["text"], result)
        figures += len(result.observations)
        placed += sum(o.region_code is not None for o in result.observations)
        mapped += sum(o.indicator_id is not None for o in result.observations)
    assert figures > 10_000
    assert placed / figures >= 0.95
    assert mapped / figures >= 0.60


def test_measuring_twice_gives_the_same() -> None:
    body = "今年以来，江陵县发放补贴1.2亿元，惠及群众3万余人，同比增长5.3%。"
    assert measure(article(body)) == measure(article(body))


def test_a_measurement_passes_between_processes() -> None:
    found = measure(article("全县发放补贴1.2亿元。"))
    assert pickle.loads(pickle.dumps(found)) == found


def test_an_observation_carries_its_sentence_period_and_direction() -> None:
    body = "7月28日，发布会举行。上半年，江陵县培训农民3000人次，同比下降5.3%。"
    trained, change = measure(article(body)).observations
    assert trained.sentence == "上半年，江陵县培训农民3000人次，同比下降5.3%。"
    assert (str(trained.period_start), str(trained.period_end)) == ("2023-01-01", "2023-06-30")
    assert (trained.kind, trained.status, trained.unit) == ("level", "actual", "{visit}")
    assert (change.kind, change.direction, change.basis) == ("change", "down", "same_period_last_year")
    assert trained.region_code == "421024"


def test_a_deadline_lies_ahead_and_a_report_behind() -> None:
    body = "县里要求，未办结的事项在6月底前销号80件，年内再改造村级公路56公里。6月底，全县存有事项90件。"
    deadline, year, report = measure(article(body, published="2024-05-20T09:00")).observations
    assert (str(deadline.as_of), str(report.as_of)) == ("2024-06-30", "2023-06-30")
    assert (str(year.period_start), str(year.period_end)) == ("2024-01-01", "2024-12-31")


def test_what_is_done_by_the_end_of_a_month_that_is_nearly_over_is_no_plan() -> None:
    body = "截至8月底，已建成学校41所。"
    (built,) = measure(article(body, published="2023-08-30T09:00")).observations
    assert (built.status, str(built.as_of)) == ("actual", "2023-08-31")


def test_a_rate_of_time_holds_in_its_own_clause_only() -> None:
    body = "截至10月底，基础养老金由每人每月180元提高到198元，惠及老人3.7万人。"
    assert [o.time_phrase for o in measure(article(body)).observations] == ["每月", "每月", "截至10月底"]


def test_a_report_until_a_day_counts_up_to_it_and_not_from_when_it_began() -> None:
    (found,) = measure(article("截至8月10日12时，自7月29日开始的强降雨已造成1人死亡。")).observations
    assert (found.time_phrase, str(found.as_of)) == ("截至8月10日12时", "2023-08-10")


def test_a_sentence_that_takes_the_one_before_apart_is_of_its_time() -> None:
    body = "上半年，江陵县实现产值88亿元。其中，化工产值23亿元。分行业看，纺织业增长4%。全县有企业90家。"
    total, part, branch, count = measure(article(body)).observations
    assert [o.period_end for o in (part, branch)] == [total.period_end] * 2
    assert [o.time_phrase for o in (part, branch)] == ["上半年"] * 2
    assert count.period_end is None


def test_a_comparison_with_the_period_before_holds_in_its_own_clause() -> None:
    body = "产值增长9%，两年平均增长5%；投资增长8%，销售增长3%。"
    assert [o.basis for o in measure(article(body)).observations] == [None, "two_year_average", None, None]
    body = "上半年，全县货运量同比增长3.2%，较一季度加快0.7个百分点，其中水运增长4%。"
    assert [o.basis for o in measure(article(body)).observations] == [
        "same_period_last_year",
        "previous_period",
        "same_period_last_year",
    ]


@pytest.mark.parametrize(
    "body, change",
    [
        ("增速比1—2月加快0.3个百分点。", ("change", "up", "previous_period")),
        ("粮价较6月上涨3.2%。", ("change", "up", "previous_period")),
        ("粮价较6月同期上涨3.2%。", ("change", "up", None)),
        ("均价同比低0.12元。", ("change", "down", "same_period_last_year")),
        ("同比多争取4200万元。", ("change", "up", "same_period_last_year")),
        ("办事材料精简62%。", ("change", "down", None)),
        ("采摘期拉长4.3个月。", ("change", "up", None)),
    ],
)
def test_what_changed_and_against_what(body: str, change: tuple[str, str, str | None]) -> None:
    (found,) = measure(article(body)).observations
    assert (found.kind, found.direction, found.basis) == change


def test_what_is_made_quicker_is_against_no_period_named_before() -> None:
    body = "上半年，全县货运量同比增长3.2%，办理时限压缩50%。"
    assert [o.basis for o in measure(article(body)).observations] == ["same_period_last_year", None]
    body = "贷款余额比年初增加3亿元，增长2%。全县居民收入增长5%。"
    assert [o.basis for o in measure(article(body)).observations] == ["start_of_year", "start_of_year", None]


@pytest.mark.parametrize(
    "body, bases",
    [
        ("上半年，客流比2019年同期增长5%和6%。产值增长7%。", ["same_period_2019"] * 2 + [None]),
        ("上半年，客流比2019年、2020年增长5%。", [None]),
        ("2022年，学校比2017年增加9所，学生比2021年增加90人。", ["year_2017", "previous_year"]),
        ("2022年二季度，客流较2021年同期增长5%。", ["same_period_last_year"]),
        ("客流较2019年7月增长5%，较2019年底增长6%，同比增长7%。", [None, None, "same_period_last_year"]),
        ("2019年客流增长5%。", [None]),
        ("客流比前年多3万人次，比前年同期增长5%。", ["year_2021", "same_period_2021"]),
        ("去年，客流比前年增长5%，收入比2019年多3万元。", ["previous_year", "year_2019"]),
    ],
)
def test_a_change_against_an_older_year_names_it(body: str, bases: list[str | None]) -> None:
    assert [o.basis for o in measure(article(body)).observations] == bases


def test_a_clause_with_a_time_of_its_own_is_planned_by_its_own_words() -> None:
    body = "每年将继续扩大规模，去年新引入15支团队，2025年全县计划引入200支以上。"
    assert [o.status for o in measure(article(body)).observations] == ["actual", "target"]


@pytest.mark.parametrize(
    "body, found",
    [
        ("工业增速-1.2%至3.4%。", ("-1.2%至3.4%", -1.2, 3.4, None)),
        ("工业增速-1.2至3.4%。", ("-1.2至3.4%", -1.2, 3.4, None)),
        ("工业增速-3.4%至-1.2%。", ("3.4%至-1.2%", 1.2, 3.4, "down")),
        ("工业增长1.2%-3.4%。", ("1.2%-3.4%", 1.2, 3.4, "up")),
    ],
)
def test_a_range_of_growth_may_begin_below_zero(body: str, found: tuple[str, float, float, str | None]) -> None:
    (o,) = measure(article(body)).observations
    assert (o.surface, float(o.value), float(o.value_max or 0), o.direction) == found


def test_growth_from_one_rate_to_another_is_no_range() -> None:
    found = measure(article("工业增速由-3.4%到-1.2%，从-2%到5%。")).observations
    assert [(float(o.value), o.direction) for o in found[:2]] == [(3.4, "down"), (1.2, "down")]
    assert [float(o.value) for o in found[2:]] == [2, 5]


def test_what_is_lost_is_no_profit() -> None:
    found = measure(article("企业由去年的亏损1.3亿元转为盈利2.6亿元。")).observations
    assert [(o.indicator, o.indicator_id) for o in found] == [("亏损", None), ("转为盈利", "profits")]


def test_a_phrase_holds_no_region() -> None:
    body = "截至8日，全市最大降雨量312毫米，其中江陵县268毫米。监利市新建江陵县方向公交线路3条。"
    assert [o.indicator for o in measure(article(body)).observations[1:]] == ["最大降雨量", "新建方向公交线路"]


@pytest.mark.parametrize(
    "body, status",
    [
        ("全县已建成车位1905个。", "actual"),
        ("全县计划新建车位1905个。", "target"),
        ("全县将新建车位1905个。", "target"),
        ("全县将1905个车位纳入管理。", "actual"),
        ("到2025年，全县车位达到1905个。", "target"),
        ("按照三年行动计划，全县建成车位1905个。", "actual"),
        ("力争年底前，新建车位1905个。", "target"),
        ("正在办理诉求2件。", "target"),
        ("教育支出安排80亿元。", "target"),
        ("一般公共预算收入80亿元。", "actual"),
        ("“三公”经费预算1860万元。", "target"),
        ("经研究，面向社会公开招聘教师89名。", "target"),
        ("今年以来，面向社会公开招聘教师89名。", "actual"),
        ("师资方面，全市公开招聘教师412名。", "actual"),
        ("据气象台预报，仍有10毫米降雨。", "target"),
        ("现将有关情况通报如下：全市共录取考生700人。", "actual"),
        ("误差不得高于5克。", "target"),
        ("新的一年，新建公路60公里。", "target"),
        ("新的一年，已新建公路60公里。", "actual"),
        ("目标任务5000户。", "target"),
        ("改造任务1.6万亩。", "target"),
        ("完成改造任务1.6万亩。", "actual"),
        ("分解任务89项。", "actual"),
        ("承诺的12件实事已全部办结。", "actual"),
        ("全线共需40台吊车。", "target"),
        ("6个村将推进改造。", "target"),
        ("6个村将继续推进改造。", "actual"),
        ("误差不会高于5克。", "actual"),
    ],
)
def test_what_is_planned_is_a_target(body: str, status: str) -> None:
    assert measure(article(body)).observations[0].status == status


def test_a_plan_introduces_its_list_and_dates_it() -> None:
    body = "2024年，县政府将办好以下3件实事：\n1.新建公路30公里。\n2.培训2000人次，已完成800人次。\n全县有车位40个。"
    told = [(o.status, o.time_phrase) for o in measure(article(body, published="2024-08-01T09:00")).observations]
    assert told == [*[("target", "2024年")] * 3, ("actual", "2024年"), ("actual", None)]


def test_the_title_dates_a_planned_list() -> None:
    body = "县长作报告，提出将办好2件实事，分别是：\n（1）新建公路30公里。\n（2）改造危房30户。"
    found = measure(Article("a", "", "县政府2024年将为民办好2件实事", body, "", "s")).observations
    assert [(o.status, o.time_phrase) for o in found] == [("target", None), *[("target", "2024年")] * 2]


def test_a_list_of_what_was_done_reports() -> None:
    body = "今年以来，全县完成以下工作：\n一、新建公路20公里。\n二、改造危房30户。"
    assert [(o.status, o.time_phrase) for o in measure(article(body)).observations] == [("actual", "今年以来")] * 2


@pytest.mark.parametrize(
    ("body", "statuses"),
    [
        ("市财政预算安排3200万元；该市改造水源，建成农田45亩。", ["target", "actual"]),
        ("2024年，支出安排44亿元。其中安排“三保”支出26亿元，教育经费8亿元。", ["target"] * 3),
        ("2023年，支出安排44亿元。其中已支出26亿元。", ["target", "actual"]),
        ("“十四五”期间，规划实施重大项目186个。", ["target"]),
        ("计划投资30亿元，完成投资18亿元，占年度计划的60%。", ["target", "actual", "actual"]),
        ("计划总投资30亿元，累计完成投资18亿元。", ["target", "actual"]),
        ("计划完成投资30亿元，新建学校2所。", ["target", "target"]),
        ("计划新建公路30公里，完成投资2亿元。", ["target", "target"]),
        ("拟建学校12所，在建8所，建成3所。", ["target", "actual", "actual"]),
        ("今年全市计划实施的项目120个，总投资30亿元。", ["target", "target"]),
        ("本年度计划新开工项目270项，实际已开工129项。", ["target", "actual"]),
        ("2022年度计划投资3亿元，完成投资2亿元。", ["target", "actual"]),
        ("按年度计划完成投资3亿元，完成本年度计划投资2亿元。", ["actual", "actual"]),
        ("计划基金规模达到3亿元。", ["target"]),
        ("计划招生1350人，比去年增加20人。", ["target", "target"]),
        ("今年承诺的12件实事已启动8件，建校3所。", ["target", "actual", "actual"]),
        ("预计投资5亿元的项目12个；初步统计损失3.2亿元。", ["target", "target", "actual"]),
        ("完成年度任务38.9万人的109.5%。", ["target", "actual"]),
        ("年初收入预算50亿元，完成53亿元。", ["target", "actual"]),
        ("2023年部门预算收入合计50万元，其中：财政拨款收入40万元。", ["target", "target"]),
        ("收入预算安排55.4亿元，增长4%。", ["target", "target"]),
        ("县第二小学即将投用。学校占地3亩，设计规模36个班，可提供学位1600个。", ["actual", "target", "target"]),
        ("县第二小学位于城东。学校占地3亩，设计规模36个班，可提供学位1600个。", ["actual"] * 3),
    ],
)
def test_what_is_reported_beside_a_plan_is_no_target(body: str, statuses: list[str]) -> None:
    assert [o.status for o in measure(article(body)).observations] == statuses


def test_a_planned_column_of_a_flattened_table_is_a_target() -> None:
    body = "完成情况如下：\n项目 计划 完成\n改造危房 60户 64户\n新建公厕 45座 47座\n"
    assert [o.status for o in measure(article(body)).observations] == ["target", "actual", "target", "actual"]
    budget = "单位：万元\n项目 预算数 执行数 执行率\n城乡低保 5200 4986 95.9%\n临时救助 300 288 96%\n"
    assert [o.status for o in measure(article(budget)).observations] == ["target", "actual", "actual"] * 2


def test_a_short_length_that_no_known_measure_has_is_less_sure() -> None:
    """It may be a dimension of one thing."""
    known, unknown = (measure(article(body)).observations[0] for body in ("水位18.5米。", "主塔旁18.5米引桥。"))
    assert unknown.confidence < 0.9 < known.confidence


@pytest.mark.parametrize("body", ["全县发放补贴□2万元。", "全县发放补贴2万元□。"])
def test_a_figure_that_a_broken_character_touches_is_not_sure(body: str) -> None:
    (damaged,) = measure(article(body)).observations
    (sound,) = measure(article(body.replace("□", ""))).observations
    assert sound.confidence > 0.9 > 0.6 > damaged.confidence


@pytest.mark.parametrize(
    "body, kind, direction",
    [
        ("产值增长5.3%。", "change", "up"),
        ("失业率下降0.2个百分点。", "change", "down"),
        ("产值增长到5亿元。", "level", None),
        ("办结率提高至95%。", "share", None),
        ("办结率91.3%。", "share", None),
        ("净增300户。", "change", "up"),
        ("产值同比增长102.4%。", "change", "up"),
        ("产值翻一番。", "change", "up"),
        ("收入比前年多了近2万元。", "change", "up"),
        ("收入比2019年多了近2万元。", "change", "up"),
        ("改造提升茶园、改造提升3.1万亩。", "level", None),
    ],
)
def test_kind_and_direction(body: str, kind: str, direction: str | None) -> None:
    (observation,) = measure(article(body)).observations
    assert (observation.kind, observation.direction) == (kind, direction)


def test_changes_carry_through_a_list() -> None:
    body = "三次产业投资分别增长2.8%、3.6%和7.1%。"
    assert [(o.kind, o.direction) for o in measure(article(body)).observations] == [("change", "up")] * 3
    body = "受理量增加了三成，近七成事项网上办。"
    assert [o.kind for o in measure(article(body)).observations] == ["change", "share"]


HOSTILE = (
    *("1", "一", "万", "（", "“", "《", "%", "约", "县", "计划"),
    *(
        "1、",
        "1个",
        "1,234,",
        "元/",
        "1元/",
        "至1",
        "1至",
        "1%、",
        "以1%、",
        "增长1%、",
        "第1、",
        "2021年",
        "-1℃",
        "\n1",
    ),
    *("单位：万元\n1 2\n", "1、：\n", "1万个一（“元/至1%、"),
)


def spent(piece: str, characters: int) -> float:
    body = (piece * characters)[:characters]
    started = time.process_time()
    assert_accounted(body, measure(article(body)))
    return time.process_time() - started


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_line_stays_linear(piece: str) -> None:
    spent(piece, 1_000)
    small, large = (min(spent(piece, size) for _ in range(3)) for size in (5_000, 20_000))
    assert large <= 8 * small + 0.2, "four times the line: 4 is linear, 16 would be square"


def test_start_up_is_quick() -> None:
    """Import and vocabulary in a fresh process; generous, for a shared machine."""
    code = (
        "import time; t = time.process_time(); from minsheng.measure.scan import scan; scan('约3万元');"
        "print(time.process_time() - t)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 1.0


@settings(deadline=None, max_examples=50)
@given(st.datetimes(timezones=st.sampled_from([None, UTC, SHANGHAI, timezone(timedelta(hours=-12))])))
@example(datetime(1, 1, 1))  # noqa: DTZ001
@example(datetime.min.replace(tzinfo=SHANGHAI))
@example(datetime.max.replace(tzinfo=UTC))
def test_no_day_of_publication_raises(when: datetime) -> None:
    body = (
        "去年同期12人，昨天3人，上周4人，上月5人，前年6人，上半年7人，2月30日8人，今年以来9人，截至去年底2人。"
        "明年计划新建3所，到12月底前完成4个，“十四五”期间投入5亿元，上季度1人，本周2人，近三年3人。"
    )
    undated = replace(article(body), published_at=when)
    assert_accounted(body, measure(undated))


def test_other_words_are_other_rules(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    fingerprint = vocabulary.fingerprint.__wrapped__  # without its cache
    monkeypatch.setattr(vocabulary, "SEEDS", tmp_path)
    (tmp_path / "units.csv").write_text("unit\n人\n", "utf-8")
    before = fingerprint()
    (tmp_path / "units.csv").write_text("unit\n人\n户\n", "utf-8")
    assert fingerprint() != before
    assert measured_by() == f"{RULES_VERSION}+{vocabulary.fingerprint()}"


def test_a_lone_surrogate_is_read_as_a_damaged_character() -> None:
    result = measure(article("今年\ud800修路3公里。", title="标题\udc00"))
    assert [(o.surface, o.unit) for o in result.observations] == [("3公里", "m")]
    assert result.article.body == "今年\ufffd修路3公里。"


@pytest.mark.parametrize(
    ("subject", "actor"),
    [("根据市统计局", "市统计局"), ("在市统计局", "市统计局"), ("经信局", "经信局"), ("由县卫健局", "县卫健局")],
)
def test_an_actor_is_named_without_its_preposition(subject: str, actor: str) -> None:
    (observation,) = measure(article(f"{subject}公布的数据显示，企业有300家。")).observations
    assert observation.actor == actor


def test_who_is_quoted_is_named_without_the_preposition() -> None:
    body = "据市统计局统计，出口3亿元，比前一日增加2亿元，较前一日减少1%。"
    found = measure(Article("test", "https://example.org/1", "", body, "", "test")).observations
    assert [(o.actor, o.basis) for o in found] == [("市统计局", b) for b in (None, *["previous_period"] * 2)]
