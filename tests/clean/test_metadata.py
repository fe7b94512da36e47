"""Headline, date, people: as pages write them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from minsheng.clean import clean, dates, people, titles
from minsheng.clean.labels import about_article, read
from minsheng.cms import FAMILIES

from .pages import PARAGRAPHS, TITLE, page

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    "text, at",
    [
        ("2021-11-16 08:15:09", datetime(2021, 11, 16, 8, 15, 9)),  # noqa: DTZ001
        ("2021年11月16日 08:15", datetime(2021, 11, 16, 8, 15)),  # noqa: DTZ001
        ("2021年9月7日", datetime(2021, 9, 7)),  # noqa: DTZ001
        ("2021/11/16 8:15", datetime(2021, 11, 16, 8, 15)),  # noqa: DTZ001
        ("2019  09/07  19:02".replace("  ", " / "), datetime(2019, 9, 7, 19, 2)),  # noqa: DTZ001
        ("2021.11.16", datetime(2021, 11, 16)),  # noqa: DTZ001
        ("2021-11-16T00:15:09Z", datetime(2021, 11, 16, 8, 15, 9)),  # noqa: DTZ001
        ("2021-11-16T08:15:09+08:00", datetime(2021, 11, 16, 8, 15, 9)),  # noqa: DTZ001
        ("2022/7/16 9:05 下午", datetime(2022, 7, 16, 21, 5)),  # noqa: DTZ001
        ("2022-07-16 9:05:10 PM", datetime(2022, 7, 16, 21, 5, 10)),  # noqa: DTZ001
        ("2022-07-16 12:05 AM", datetime(2022, 7, 16, 0, 5)),  # noqa: DTZ001
        ("2021年11月16日 星期二 上午 08:15", datetime(2021, 11, 16, 8, 15)),  # noqa: DTZ001
        ("二〇二四年五月二十日", datetime(2024, 5, 20)),  # noqa: DTZ001
        ("二○二四年十二月三十一日 08:15", datetime(2024, 12, 31, 8, 15)),  # noqa: DTZ001
        ("二零二零年十月十日", datetime(2020, 10, 10)),  # noqa: DTZ001
        ("二O一一年一月十五日", datetime(2011, 1, 15)),  # noqa: DTZ001
        ("二0二四年十一月二日", datetime(2024, 11, 2)),  # noqa: DTZ001
        ("一九九八年二月 二十八日", datetime(1998, 2, 28)),  # noqa: DTZ001
    ],
)
def test_dates_are_read_as_written(text, at):
    assert dates.first(text).at == at.replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "text", ["2021-02-30", "12021-11-16", "编号20211116", "2021-11-161", "", "二〇二四年二月三十日", "二〇二四年五月"]
)
def test_what_is_no_day_is_none(text):
    assert dates.first(text) is None


@pytest.mark.parametrize("span", ["2024年1-4月", "2024年3 - 5 月", "2023年10-12月", "2024.1-4月", "2024年1-3季度"])
def test_a_span_of_months_is_no_day_and_no_label(span):
    title = f"青禾县{span}主要经济指标"
    assert dates.first(title) is None
    assert about_article(title) is None
    dated = clean(f"{title}\n发布时间：2024-05-09 来源：青禾日报\n\n{PARAGRAPHS[0]}".encode())
    assert (dated.title, dated.published_at.date(), dated.publisher) == (title, date(2024, 5, 9), "青禾日报")
    html = clean(page(title=title, line="").decode().replace(TITLE, title).encode())
    assert (html.title, html.published_at) == (title, None)


ADDRESSES = [
    "http://a.gov.cn/xw/202207/t20220716_123456.shtml",
    "http://a.gov.cn/art/2022/7/6/art_12_3456.html",
    "http://a.cn/html/2011-12/08/content_43227.htm",
    "http://a.cn/html/2011/12/08/content_43227.htm",
    "http://a.cn/20111208/abc12345.html",
    "http://a.cn/2022-07/16/content_5701.htm",
    "http://a.cn/20220716/0123456789abcdef0123456789abcdef.html",
    "http://a.cn/c1234/20220716/123456.shtml",
    "http://a.cn/c/2022-07-16/123456.shtml",
    "http://a.cn/2021/1116/c12a345/page.htm",
    "http://a.cn/news/20210507123.html",
    "http://a.cn/news/P20210507123.html",
    "http://a.cn/news/doc-2021-05-07-1.html",
    "http://a.gov.cn/info/1001/1234.htm",
    "http://a.gov.cn/content/post_3654321.html",
]


@pytest.mark.parametrize(
    "url, day",
    [
        ("http://a.gov.cn/zwgk/202111/t20211116_3412326.shtml", date(2021, 11, 16)),
        ("https://a.cn/2021/05/07/99869719.html", date(2021, 5, 7)),
        ("http://a.gov.cn/art/2021/11/16/art_123_456.html", date(2021, 11, 16)),
        ("http://a.cn/html/2011-12/08/content_43227.htm", date(2011, 12, 8)),
        ("http://a.gov.cn/info/1001/1234.htm", None),
        ("http://20211116.cn/", None),
        ("http://politics.people.com.cn/n1/2022/0716/c1001-32476.html", date(2022, 7, 16)),
        ("http://a.edu.cn/2021/1116/c123a4567/page.htm", date(2021, 11, 16)),
        ("http://a.gov.cn/content/c202207/16/x.html", date(2022, 7, 16)),
        ("http://a.cn/p/ab20220716.html", date(2022, 7, 16)),
        ("http://a.cn/2022/1316/c1.html", None),
        ("http://a.cn/2022/07165/1.html", None),
        ("http://a.cn/tel/13820220716.html", None),
    ],
)
def test_an_address_says_the_day(url, day):
    stamp = dates.of_url(url)
    assert (stamp.day if stamp else None) == day


def test_the_page_is_believed_before_meta_and_address_and_disagreement_is_recorded():
    head = (
        '<meta name="PubDate" content="2023-05-03 08:00"><meta property="article:published_time" content="2023-05-02">'
    )
    found = clean(page(head=head), url="http://a.gov.cn/art/2023/5/4/art_1_2.html")
    assert found.published_at == datetime(2023, 5, 4, 9, 30, tzinfo=SHANGHAI)
    assert found.published_from == "page"
    assert found.warnings == ["published: page says 2023-05-04, meta says 2023-05-03"]


@pytest.mark.parametrize(
    "head, url, at, source",
    [
        ('<meta name="PubDate" content="2023-05-03 08:00">', None, datetime(2023, 5, 3, 8), "meta"),  # noqa: DTZ001
        ('<script>var pubtime = "2023-05-03 08:00:00";</script>', None, datetime(2023, 5, 3, 8), "script"),  # noqa: DTZ001
        ('<script>var ct = "1683072000";</script>', None, datetime(2023, 5, 3, 8), "script"),  # noqa: DTZ001
        ("", "http://a.cn/t20230503_1.html", datetime(2023, 5, 3), "url"),  # noqa: DTZ001
        ("", None, None, None),
    ],
)
def test_where_the_page_says_nothing_the_next_best_is_asked(head, url, at, source):
    found = clean(page(head=head, line="<span>来源：青禾日报</span>"), url=url)
    assert found.published_at == (at and at.replace(tzinfo=SHANGHAI))
    assert found.published_from == source


@pytest.mark.parametrize("url", ADDRESSES)
def test_what_a_family_reads_in_its_addresses_is_read_here(url):
    days = {day for family in FAMILIES.values() if (day := family.day_of(url))}
    stamp = dates.of_url(url)
    assert {stamp.day if stamp else None} == (days or {None})


NAMED = "2022-07-10 2022-07-16"


@pytest.mark.parametrize(
    "line",
    [
        "成文日期：{} 发布日期：{}",
        "<span>成文日期：{}</span><span>发布日期：{}</span>",
        "<ul><li>成文日期：{}</li><li>发布日期：{}</li></ul>",
        "<table><tr><td>发文机关：</td><td>市民政局</td><td>成文日期：</td><td>{}</td></tr>"
        "<tr><td>文号：</td><td>民发1号</td><td>发布日期：</td><td>{}</td></tr></table>",
        "<p>【成文日期】{}　【发布日期】{}</p>",
        "<p>成文日期 {} 发布日期 {}</p>",
        "生成日期：{} 发布日期：{}",
        "印发日期：{} 公开日期：{}",
        "更新时间：{} 发布时间：{}",
        "<div>更新时间：{}</div><div>发布时间：{}</div>",
        "截止时间：{} 发布时间：{}",
        "实施日期：{} 来源：青禾日报 {}",
        "更新时间：{} 来源：青禾日报 {}",
    ],
)
@pytest.mark.parametrize(
    "first, second", [NAMED.split(), NAMED.split()[::-1], ("2022年7月10日", "2022年7月16日 10:00")]
)
def test_the_day_of_publication_is_told_from_other_days(line, first, second):
    found = clean(page(line=line.format(first, second)))
    assert found.published_at.date() == dates.first(second).day
    assert (found.published_from, found.warnings) == ("page", [])


def test_so_is_one_without_its_year():
    found = clean(page(line="更新时间：07-20 10:00 发布时间：07-16 09:00"), url="http://a.gov.cn/t20220716_1.html")
    assert found.published_at == datetime(2022, 7, 16, 9, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "line, head, url, day, source",
    [
        ("成文日期：2022-07-10", "", None, date(2022, 7, 10), "page"),
        ("成文日期：2022-07-10", "", "http://a.gov.cn/t20220716_1.html", date(2022, 7, 16), "url"),
        ("成文日期：2022-07-10", '<meta name="PubDate" content="2022-07-16">', None, date(2022, 7, 16), "meta"),
        ("更新时间：2022-07-20", '<meta name="PubDate" content="2022-07-16">', None, date(2022, 7, 16), "meta"),
        ("更新时间：2022-07-20", "", None, date(2022, 7, 20), "page"),
        ("实施日期：2022-08-01", "", None, None, None),
    ],
)
def test_another_day_stands_in_where_none_of_publication_is_named(line, head, url, day, source):
    found = clean(page(line=line, head=head), url=url)
    assert (found.published_at and found.published_at.date(), found.published_from) == (day, source)


def test_two_days_of_publication_on_one_page_are_told():
    found = clean(page(line="<p>发布时间：2023-05-04 09:30</p><p>发布日期：2023-05-03</p>"))
    assert found.published_at == datetime(2023, 5, 4, 9, 30, tzinfo=SHANGHAI)
    assert found.warnings == ["published: page says 2023-05-04 and 2023-05-03"]


def test_the_time_of_day_is_taken_from_where_the_day_has_one():
    found = clean(page(line="<p>发布日期：2023-05-04</p><p>2023-05-04 09:30:15 来源：青禾日报</p>"))
    assert found.published_at == datetime(2023, 5, 4, 9, 30, 15, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "head, at",
    [
        ('<meta name="createDate" content="2022-07-01 08:00"><meta name="PubDate" content="2022-07-16 10:00">', 10),
        (
            '<meta name="lastpublishedtime" content="2022-07-20">'
            '<meta name="firstpublishedtime" content="2022-07-16-10:00:00">',
            10,
        ),
        ('<meta name="PubDate" content="20220716">', 0),
        ('<meta name="PubDate" content="20220716100000">', 10),
        ('<meta name="createDate" content="2022-07-16">', 0),
    ],
)
def test_meta_elements_that_tell_of_publication_are_believed_first(head, at):
    found = clean(page(head=head, line="<span>来源：青禾日报</span>"))
    assert (found.published_at, found.published_from) == (datetime(2022, 7, 16, at, tzinfo=SHANGHAI), "meta")


def test_a_stamp_has_its_day_in_shanghai():
    assert dates.first("2021-11-15T20:00:00Z").day == date(2021, 11, 16)
    assert dates.first("2021-11-16").at.utcoffset() == timedelta(hours=8)


@pytest.mark.parametrize(
    "line, names",
    [
        ("(通讯员 况蓉 张明坤)", ["况蓉", "张明坤"]),
        ("本报记者 王小明 通讯员 李红", ["王小明", "李红"]),
        ("记者王小明 通讯员李红、张伟", ["王小明", "李红", "张伟"]),
        ("（记者 张 三 通讯员 李 四）", ["张三", "李四"]),
        ("青禾日报全媒体记者 王小明", ["王小明"]),
        ("（王小明）", ["王小明"]),
        ("（青禾日报记者 王小明 报道）", None),
        ("记者：请问今年有什么打算？", None),
        ("高标准农田", None),
        ("记者从会议上获悉，今年投资3亿元。", None),
    ],
)
def test_bylines_are_told_from_text_and_split_into_names(line, names):
    assert people.byline(line) == names


@pytest.mark.parametrize(
    "value, wanted",
    [
        ("陈大文", ["陈大文"]),
        ("记者 陈大文 通讯员 李小图", ["陈大文", "李小图"]),
        ("陈大文 李文", ["陈大文", "李文"]),
        ("陈大文/文 李图/图", ["陈大文", "李图"]),
        ("巴图", ["巴图"]),
        ("王小明文", ["王小明"]),
        ("张三文 李四摄", ["张三", "李四"]),
        ("文/王小明 图/李红", ["王小明", "李红"]),
        ("青禾通讯", ["青禾通讯"]),
        ("欧阳修文", ["欧阳修文"]),
        ("记者 欧阳修文 通讯员 李图", ["欧阳修文", "李图"]),
        ("欧阳小明文 王五图", ["欧阳小明", "王五"]),
        ("王小明 文", ["王小明"]),
    ],
)
def test_what_somebody_did_is_told_from_the_end_of_a_name(value, wanted):
    assert people.names(value) == wanted


@pytest.mark.parametrize(
    "line, authors",
    [
        ("来源：青禾日报 记者：张三、李四", ["张三", "李四"]),
        ("来源：青禾日报 记者：张三、李四 王五 摄影：赵六", ["张三", "李四", "王五"]),
        ("来源：青禾日报　记者 张三　通讯员 李四", ["张三", "李四"]),
        ("来源：青禾日报记者 张 三 通讯员：李四", ["张三", "李四"]),
        ("来源：青禾日报 通讯员：诸葛亮 点击：36", ["诸葛亮"]),
        ("来源：青禾日报 作者：记者 张三 责任编辑：实习生 李四 摄影：记者 王五", ["张三"]),
        ("来源：青禾日报 记者：本网", []),
        ("来源：青禾日报 记者 张三 武汉报道", ["张三"]),
        ("来源：青禾日报 记者 张三 荆州报道", ["张三"]),
        ("来源：青禾日报 记者 张三 李四报道", ["张三", "李四"]),
        ("来源：青禾日报 记者 王强 温州讯", ["王强"]),
        ("来源：青禾日报 记者 王强 马良镇讯", ["王强"]),
        ("来源：青禾日报 记者 温州市报道", []),
        ("来源：青禾日报 作者：记者 张三 武汉报道", ["张三"]),
    ],
)
def test_reporters_are_named_in_the_line_of_date_and_source(line, authors):
    found = clean(page(line=f"<p>2023-05-04 09:30 {line}</p>", after=""))
    assert (found.publisher, found.authors) == ("青禾日报", authors)
    assert found.published_at == datetime(2023, 5, 4, 9, 30, tzinfo=SHANGHAI)


def test_who_wrote_is_kept_beside_who_took_the_pictures_whatever_the_family_name():
    line = "（青禾县融媒体中心记者 欧阳小明 诸葛亮/文 王五/图）"
    assert people.byline(line) == ["欧阳小明", "诸葛亮", "王五"]


@pytest.mark.parametrize(
    "line", ["记者：您好，请谈谈今年的打算", "记者：张局长您好，今年有什么打算", "记者：王小明，您好"]
)
def test_what_a_reporter_asks_is_no_label(line):
    assert about_article(line) is None


@pytest.mark.parametrize("line", ["袁兆辉 武丽伟", "王小明　李红"])
def test_two_names_alone_are_a_byline_at_the_end_only(line):
    assert people.byline(line) is None
    assert len(people.byline(line, last=True)) == 2


def test_labels_without_spaces_are_told_apart():
    labels = read("来源:山西日报时间:2021-09-17 08:31:26")
    assert (labels.get("label_source"), labels.stamp.day) == ("山西日报", date(2021, 9, 17))


@pytest.mark.parametrize(
    "line",
    [
        "投资方向：道路、桥梁、供水等12个项目，总投资3亿元。",
        "一是聚焦大事难事",
        "会议强调：要办好民生实事，让群众满意！",
    ],
)
def test_a_line_of_text_is_not_about_the_article(line):
    assert about_article(line) is None


@pytest.mark.parametrize(
    "whole, title",
    [
        ("全县民生实事全部办结_青禾县人民政府", "全县民生实事全部办结"),
        ("全县民生实事全部办结-要闻-青禾新闻网", "全县民生实事全部办结"),
        ("全县民生实事全部办结 | 青禾日报 | qinghe.example", "全县民生实事全部办结"),
        ("全县民生实事--全部办结--青禾网", "全县民生实事--全部办结"),
        ("“十四五”规划（2021-2025年）发布", "“十四五”规划（2021-2025年）发布"),
    ],
)
def test_the_sites_name_is_taken_off_the_title(whole, title):
    assert titles.without_site(whole) in (title, title.split("--")[0])


@pytest.mark.parametrize("title", [f"{TITLE}_要闻_青禾网", "青禾县人民政府", "", TITLE])
def test_the_headline_is_what_the_page_shows(title):
    assert clean(page(title=title)).title == TITLE


@pytest.mark.parametrize(
    "end", ["...", "…", "……", "", "…_青禾县人民政府", "...-青禾县人民政府", "... - 青禾", "_青禾网"]
)
@pytest.mark.parametrize("shown", ["<h1>{}</h1>", '<div class="title">{}</div>'])
def test_a_title_element_that_is_cut_off_gives_way_to_the_whole_headline(end, shown):
    data = (
        page(title=TITLE.split()[0] + end).decode().replace(f"<h1>{TITLE}</h1>", shown.format(TITLE.replace(" ", "")))
    )
    found = clean(data.encode())
    assert (found.title, found.publisher) == (TITLE.replace(" ", ""), "青禾日报")
    assert found.published_at == datetime(2023, 5, 4, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "title",
    [
        "青禾县人民政府 要闻动态 {}",
        "青禾县人民政府-要闻动态-{}",
        "青禾县人民政府 - 要闻动态 - {}",
        "青禾县人民政府门户网站 {}",
        "青禾新闻网-{}",
        "青禾县人民政府 >> 政务公开 >> {}",
        "青禾县人民政府|{}",
        "要闻动态-青禾县人民政府-{}",
        "欢迎访问青禾县人民政府网站 今日要闻 {}",
        "青禾县人民政府：{}",
    ],
)
@pytest.mark.parametrize("shown", ["<h1>{}</h1>", '<div class="title">{}</div>', "<p>{}</p>"])
def test_names_of_site_and_section_before_the_headline_are_none_of_it(title, shown):
    short = "县里召开推进会"
    data = page(title=title.format(short)).decode().replace(f"<h1>{TITLE}</h1>", shown.format(short))
    assert clean(data.encode()).title == short


@pytest.mark.parametrize(
    "title, headings",
    [
        ("青禾县人民政府 关于公布民生实事的通知", ["青禾县人民政府 关于公布民生实事的通知"]),
        ("青禾县办好民生实事 提升群众幸福感", ["提升群众幸福感"]),
        ("“十四五”规划解读|一图读懂：民生-保障", ["民生-保障"]),
    ],
)
def test_what_a_headline_says_first_is_its_own(title, headings):
    assert titles.headline(title, headings, [], []) == title


def test_what_stands_apart_after_the_whole_title_is_no_part_of_it():
    assert (
        titles.headline("全县民生实事全部办结_青禾网", ["全县民生实事全部办结 ——青禾县走笔"], [], [])
        == "全县民生实事全部办结"
    )
    assert titles.headline("他们这样说……_青禾网", ["他们这样说……", "他们这样说了什么"], [], []) == "他们这样说……"


@pytest.mark.parametrize(
    "value, wanted",
    [
        ("张小三返回首页", ["张小三"]),
        ("记者 张小三返回富民网 李四", ["张小三", "李四"]),
        ("买买提·阿不都", ["买买提·阿不都"]),
    ],
)
def test_the_words_of_a_link_glued_to_a_name_are_none_of_it(value, wanted):
    assert people.names(value) == wanted


@pytest.mark.parametrize(
    "html",
    [
        page(line="<span>发布时间：2024-02-31 10:00</span><span>来源：青禾日报</span>"),
        page(head='<meta name="PubDate" content="2024-02-31">', line=""),
    ],
)
def test_a_day_that_the_calendar_does_not_have_is_told(html):
    found = clean(html)
    assert found.published_at is None
    assert [w for w in found.warnings if "2024-02-31" in w and "calendar" in w]


ELSEWHERE = (
    '<span class="source">邻县时报</span><span class="author">李四</span><span class="time">2026-11-22 08:00</span>'
)


@pytest.mark.parametrize(
    "place",
    [
        '<div class="hot"><p><a href="/x">另一条新闻的标题</a>{}</p></div>',
        '<ul><li><a href="/y">邻县召开推进会议部署任务</a>{}</li></ul>',
    ],
)
def test_a_layout_names_publisher_author_and_date_in_the_articles_head_only(place):
    other = place.format(ELSEWHERE)
    data = page(line="<span>2023-05-04 09:30</span>", after=f"<p>责任编辑：赵强</p>{other}")
    article = clean(data, layout=FAMILIES["plain"].layout)
    assert (article.publisher, article.authors, article.published_at.date()) == (None, [], date(2023, 5, 4))
    own = ELSEWHERE.replace("邻县时报", "青禾日报").replace("李四", "王小明").replace("2026-11-22", "2023-05-04")
    article = clean(page(line=own, after=other), layout=FAMILIES["plain"].layout)
    assert (article.publisher, article.authors) == ("青禾日报", ["王小明"])
    assert article.published_at.date() == date(2023, 5, 4)


@pytest.mark.parametrize(
    "line", ["二〇二四年五月二十日 来源：青禾日报", "发布时间：二〇二四年五月二十日　来源：青禾日报"]
)
def test_a_date_in_hanzi_dates_the_article(line):
    found = clean(page(line=f"<p>{line}</p>", after=""))
    assert (found.published_at, found.published_from) == (datetime(2024, 5, 20, tzinfo=SHANGHAI), "page")
    assert found.publisher == "青禾日报"


@pytest.mark.parametrize("value", ["本站原创", "原创", "互联网", "本站"])
def test_a_source_that_names_nobody_is_none(value):
    assert clean(page(line=f"<p>2023-05-04 来源：{value}</p>", after="")).publisher is None


def test_the_path_of_a_page_names_no_publisher():
    assert clean(page(line="<span>2023-05-04 09:30</span>")).publisher is None
