"""Which articles a unit visits: those of its day, those of the days before, none of a later day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest

from minsheng import SHANGHAI
from minsheng.acquire import Candidate, discover, feeds, fetch
from minsheng.acquire.body import BadBody
from minsheng.settings import Settings
from minsheng.sources import Post, Source

from .hostile import DOOR, Request, Site, pages, reply, serving
from .test_archive import warc_check

DAY = date(2024, 5, 20)
Answers = dict[str, bytes | Callable[[Request], bytes]]


def address(day: date, n: int = 1) -> str:
    return f"/a/t{day:%Y%m%d}_{n}.shtml"


def listing(*days: date | int, following: str = "", dated: bool = True, above: str = "") -> bytes:
    """A list page in the order given: days back from DAY, or days; ``above`` stands over the list."""
    rows = ""
    for n, day in enumerate(DAY - timedelta(days=d) if isinstance(d, int) else d for d in days):
        href = address(day, n) if dated else f"/a/content_{n}.html"
        rows += f'<li><a href="{href}">第{n}条新闻标题</a><span>{day if dated else ""}</span></li>'
    more = f'<a href="{following}">下一页</a>' if following else ""
    return reply(f"<html><body>{above}<ul>{rows}</ul>{more}</body></html>".encode())


@pytest.fixture
def answers() -> Answers:
    return {}


@pytest.fixture
def site(answers: Answers) -> Iterator[Site]:
    with serving({"site": pages(answers)}) as sites:
        yield sites["site"]


@pytest.fixture
def settings(site: Site, make_settings: Callable[..., Settings]) -> Settings:
    return make_settings(site.host, recheck_days=3)


@pytest.fixture
def source(site: Site, make_source: Callable[..., Source]) -> Source:
    return make_source(site.url("/"), site.url("/list/"))


def days_back(found: list[Candidate]) -> list[int | None]:
    return [None if c.day is None else (DAY - c.day).days for c in found]


def lists_asked(site: Site) -> list[str]:
    return [r.path for r in site.log if r.path.startswith("/list")]


def test_the_day_and_the_days_to_recheck_and_nothing_later(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    answers["/list/"] = listing(-2, -1, 0, 0, 1, 3, 4, 9)
    found = discover(source, DAY, settings)
    assert days_back(found.candidates) == [0, 0, 1, 3]
    assert [c.title for c in found.candidates] == [f"第{n}条新闻标题" for n in (2, 3, 4, 5)]
    assert not found.outcomes


def test_a_list_is_walked_until_it_is_older(answers: Answers, site: Site, source: Source, settings: Settings) -> None:
    answers["/list/"] = listing(-9, -8, -7, following="/list/p2.html")
    answers["/list/p2.html"] = listing(-1, 0, 1, following="/list/p3.html")
    answers["/list/p3.html"] = listing(2, 3, 4, following="/list/p4.html")
    answers["/list/p4.html"] = listing(5, 6, 7, following="/list/p5.html")
    answers["/list/p5.html"] = listing(8, 9)
    assert days_back(discover(source, DAY, settings).candidates) == [0, 1, 2, 3]
    assert lists_asked(site) == ["/list/", "/list/p2.html", "/list/p3.html", "/list/p4.html"]


def test_articles_pinned_to_the_top_do_not_end_the_walk(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    answers["/list/"] = listing(200, 150, 90, 90, following="/list/p2.html")
    answers["/list/p2.html"] = listing(50, 0, 1, following="/list/p3.html")
    answers["/list/p3.html"] = listing(60, 2, 70, 80, following="/list/p4.html")
    answers["/list/p4.html"] = listing(3, 40, following="/list/p5.html")
    answers["/list/p5.html"] = listing(41, 42, following="/list/p6.html")
    answers["/list/p6.html"] = listing(43, 44, following="/list/p7.html")
    assert sorted(days_back(discover(source, DAY, settings).candidates)) == [0, 1, 2, 3]  # type: ignore[type-var]
    assert lists_asked(site)[-1] == "/list/p6.html"


def test_a_list_that_goes_on_in_a_circle_ends(answers: Answers, source: Source, settings: Settings) -> None:
    answers["/list/"] = listing(0, 0, following="/list/p2.html")
    answers["/list/p2.html"] = listing(1, 1, following="/list/")
    assert days_back(discover(source, DAY, settings).candidates) == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (reply(b"<html><body><div id='app'></div><a href='/about.html'>x</a></body></html>"), "layout_changed"),
        (reply(b"ok"), "list_empty"),
        (reply(DOOR), "blocked"),
        (reply(b"", "404 Not Found"), "list_failed"),
        (reply(b"", "500 Oops"), "list_failed"),
    ],
)
def test_finding_nothing_is_an_alarm_and_is_tried_again_by_the_next_run(
    answers: Answers, source: Source, settings: Settings, answer: bytes, reason: str
) -> None:
    answers["/list/"] = answer
    [outcome] = discover(source, DAY, settings).outcomes
    assert (outcome.step, outcome.reason, outcome.subject) == ("discover", reason, source.lists[0])
    assert outcome.detail
    answers["/list/"] = listing(0)
    assert len(discover(source, DAY, settings).candidates) == 1


def test_a_list_with_a_login_box_is_a_list_however_short(answers: Answers, source: Source, settings: Settings) -> None:
    answers["/list/"] = listing(0, 1, above="<form>密码<input type=password></form>")
    found = discover(source, DAY, settings)
    assert not found.outcomes
    assert days_back(found.candidates) == [0, 1]


NOSCRIPT = "<noscript>请开启JavaScript</noscript>"


@pytest.mark.parametrize(
    "above", [NOSCRIPT, '<title>登录服务-要闻</title><div style="display:none"><input type="password"></div>']
)
def test_a_short_list_with_the_marks_of_a_door_is_walked(
    answers: Answers, source: Source, settings: Settings, above: str
) -> None:
    answers["/list/"] = listing(0, 1, above=above)
    found = discover(source, DAY, settings)
    assert not found.outcomes
    assert days_back(found.candidates) == [0, 1]


def jpaas(page: int, *days_back: int, count: int = 5) -> bytes:
    """A unit of a Hanweb jpaas list: JSON with the entries as markup."""
    rows = "".join(
        f"<li><a href='/art/{day:%Y}/art_{n + 100 * page:032x}.html'>新闻</a><span>{day}</span></li>"
        for n, day in enumerate(DAY - timedelta(days=d) for d in days_back)
    )
    html = f"<ul>{rows}</ul><div class='pagination' rows='2' count='{count}' pageNo='{page}'></div>"
    return reply(json.dumps({"success": True, "data": {"html": html}}).encode(), Content_Type="application/json")


UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
SHELL = reply(
    f"<html><body><div><script src='/u.js' url='{UNIT}' queryData=\"{{'webId':'67','pageId':'5'}}\"></script></div>"
    f"<p>栏目</p>{NOSCRIPT}</body></html>".encode()
)


def test_a_list_that_scripts_fill_from_json_is_walked_like_another(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    second = "%7B%22pageNo%22%3A2%2C%22pageSize%22%3A2%7D"
    third = second.replace("A2%2C", "A3%2C")
    answers |= {"/list/": SHELL, f"{UNIT}?webId=67&pageId=5": jpaas(1, -1, 0)}
    answers |= {f"{UNIT}?webId=67&pageId=5&paramJson={second}": jpaas(2, 1, 2)}
    answers |= {f"{UNIT}?webId=67&pageId=5&paramJson={third}": jpaas(3, 8)}
    found = discover(source.model_copy(update={"family": "jpage"}), DAY, settings)
    assert not found.outcomes
    assert days_back(found.candidates) == [0, 1, 2]
    assert [r.path for r in site.log][-2:] == [path for path in answers if "paramJson" in path]


def test_a_list_that_is_json_itself_is_walked_like_another(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    for page, days in enumerate([(-1, 0), (1, 2), (8, 9), (10, 11)], 1):
        entries = [
            {
                "title": f"第{n}条",
                "url": address(DAY - timedelta(days=n)),
                "publishedTimeStr": str(DAY - timedelta(days=n)),
            }
            for n in days
        ]
        body = json.dumps({"data": {"results": entries, "total": 8, "page": page}}).encode()
        answers[f"/search/5?_isJson=true&page={page}"] = reply(body, Content_Type="application/json")
    json_list = source.model_copy(update={"lists": (site.url("/search/5?_isJson=true&page=1"),)})
    found = discover(json_list, DAY, settings)
    assert not found.outcomes
    assert days_back(found.candidates) == [0, 1, 2]
    assert [r.path[-1] for r in site.log if r.path.startswith("/search")] == ["1", "2", "3"]


def test_a_list_that_wants_a_post_of_json_is_walked_by_its_body(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    def search(request: Request) -> bytes:
        asked = json.loads(request.body)
        assert (request.method, request.fields["content-type"]) == ("POST", "application/json")
        days = [DAY - timedelta(days=n) for n in ([0, 1], [2, 3], [8, 9], [10])[asked["pageNo"] - 1]]
        entries = [{"f_1": "标题", "url": address(day), "save_time": f"{day} 08:00:00"} for day in days]
        return reply(json.dumps({"data": {"list": entries, "pager": {"total": 7}}, "table": asked["table"]}).encode())

    answers["/irs/front/list"] = search
    post = Post(url=site.url("/irs/front/list"), body={"table": "要闻", "pageNo": 1})
    posted = Source(**{**source.model_dump(exclude={"extra_hosts"}), "lists": (), "posts": (post,)})
    found = discover(posted, DAY, settings)
    assert not found.outcomes
    assert days_back(found.candidates) == [0, 1, 2, 3]
    bodies = [json.loads(request.body) for request in site.log if request.method == "POST"]
    assert bodies == [{"table": "要闻", "pageNo": n} for n in (1, 2, 3)]
    warc_check(*settings.archive.glob("site/*/*.warc.gz"))
    answers["/irs/front/list"] = reply(b'{"data": {"list": []}}')
    assert [o.reason for o in discover(posted, DAY + timedelta(days=1), settings).outcomes] == ["list_empty"]


@pytest.mark.parametrize(
    ("unit", "reasons"),
    [
        (reply(b'{"success": false, "data": null}'), {"layout_changed"}),
        (reply(b"", "404 Not Found"), {"list_failed", "layout_changed"}),
    ],
)
def test_a_unit_that_gives_nothing_is_an_alarm(
    answers: Answers, source: Source, settings: Settings, unit: bytes, reasons: set[str]
) -> None:
    answers |= {"/list/": SHELL, f"{UNIT}?webId=67&pageId=5": unit}
    found = discover(source.model_copy(update={"family": "jpage"}), DAY, settings)
    assert {outcome.reason for outcome in found.outcomes} == reasons


def test_robots_that_forbid_the_list_are_obeyed(
    answers: Answers, source: Source, settings: Settings, site: Site
) -> None:
    answers |= {"/robots.txt": reply(b"User-agent: *\nDisallow: /list/"), "/list/": listing(0)}
    [outcome] = discover(source, DAY, settings).outcomes
    assert outcome.reason == "refused"
    assert lists_asked(site) == []


def test_a_rerun_finds_what_the_first_run_found(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    answers["/list/"] = listing(0, 1)
    first = discover(source, DAY, settings)
    answers["/list/"] = listing(0, 0, 0, 1)
    site.log.clear()
    assert discover(source, DAY, settings) == first
    assert not site.log


def test_a_day_that_is_not_over_is_looked_at_again(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    today = datetime.now(SHANGHAI).date()
    answers["/list/"] = listing(today)
    assert len(discover(source, today, settings).candidates) == 1
    answers["/list/"] = listing(today, today, today)
    assert len(discover(source, today, settings).candidates) == 3


def test_a_page_that_no_list_shows_any_more_is_visited_and_seen_to_be_gone(
    answers: Answers, source: Source, settings: Settings
) -> None:
    kept, deleted = address(DAY, 0), address(DAY, 1)
    answers |= {"/list/": listing(0, 0), kept: reply(), deleted: reply(b"<p>2</p>")}
    outcomes = []
    for n in range(6):
        day = DAY + timedelta(days=n)
        visited = fetch(source, day, discover(source, day, settings).candidates, settings)
        outcomes.append({p.url.rpartition("_")[2]: p.outcome for p in visited})
        answers["/list/"] = listing(*(-d for d in range(20, 0, -1)))  # newer articles have pushed both out
        answers.pop(deleted, None)
        answers |= {address(DAY + timedelta(days=20 - d), d): reply() for d in range(20)}
    told = [(o.get("0.shtml", "-"), o.get("1.shtml", "-")) for o in outcomes]
    assert told[:2] == [("new", "new"), ("unchanged", "gone")]
    assert [t for _, t in told[2:]] == ["-"] * 4


def test_a_backfill_walks_a_list_once_and_not_once_for_every_day(
    answers: Answers, site: Site, source: Source, settings: Settings
) -> None:
    answers["/list/"] = listing(*range(-30, -20), following="/list/p2.html")
    answers["/list/p2.html"] = listing(*range(-20, 0), following="/list/p3.html")
    answers["/list/p3.html"] = listing(*range(10), following="/list/p4.html")
    answers["/list/p4.html"] = listing(*range(10, 20))
    found = [days_back(discover(source, DAY - timedelta(days=n), settings).candidates) for n in range(3)]
    assert found == [[0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5]]
    assert lists_asked(site) == ["/list/", "/list/p2.html", "/list/p3.html", "/list/p4.html"]
    newest = DAY + timedelta(days=30)  # a copy that does not go beyond the day may be incomplete: it is asked for
    discover(source, newest, settings)
    assert lists_asked(site)[4:] == ["/list/", "/list/p2.html"]


def test_out_of_its_hours_a_site_is_left_alone(
    answers: Answers, site: Site, settings: Settings, make_source: Callable[..., Source]
) -> None:
    hour = (datetime.now(SHANGHAI).hour + 2) % 24
    source = make_source(site.url("/"), site.url("/list/"), hours=(hour, hour + 1))
    [outcome] = discover(source, DAY, settings).outcomes
    assert "o'clock" in outcome.detail
    assert [p.outcome for p in fetch(source, DAY, [Candidate(site.url())], settings)] == ["failed"]
    assert not site.log


def test_undated_articles_are_watched_as_long_as_dated_ones(
    answers: Answers, site: Site, settings: Settings, make_source: Callable[..., Source]
) -> None:
    layouts = [{"article_urls": (r"/a/content_\d+\.html",)}]
    source = make_source(site.url("/"), site.url("/list/"), family="plain", layouts=tuple(layouts))
    answers |= {"/list/": listing(0, dated=False), "/a/content_0.html": reply()}
    seen = []
    for n in range(6):
        day = datetime.now(SHANGHAI).date() - timedelta(days=6 - n)
        found = discover(source, day, settings)
        assert not found.outcomes
        seen.append(len(fetch(source, day, found.candidates, settings)))
    assert seen == [1, 1, 1, 1, 0, 0]


def test_what_a_list_shows_without_a_day_is_no_article_of_a_day_long_ago(
    answers: Answers, site: Site, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source(site.url("/"), site.url("/list/"), family="vsb")
    rows = "".join(f'<li><a href="/info/1/{n}.htm">新闻标题</a></li>' for n in range(5))
    answers["/list/"] = reply(f"<ul>{rows}</ul>".encode())
    found = discover(source, DAY, settings)
    assert found.candidates == []
    assert [(o.reason, o.subject) for o in found.outcomes] == [("undated", source.lists[0])]


def short_listing(newest: int, count: int, following: str) -> bytes:
    """A list of articles without a day in their addresses, one a day, the newest so many days ago."""
    today = datetime.now(SHANGHAI).date()
    back = range(newest, newest + count)
    rows = "".join(
        f'<li><a href="/info/1/{10_000 - n}.htm">新闻标题</a><span>[{today - timedelta(days=n):%m-%d}]</span></li>'
        for n in back
    )
    return reply(
        f'<ul>{rows}</ul><p>热点 <a href="/info/1/9950.htm">旧闻</a></p><a href="{following}">下页</a>'.encode()
    )


def test_a_list_without_years_is_walked_back_over_years(
    answers: Answers, site: Site, settings: Settings, make_source: Callable[..., Source]
) -> None:
    source = make_source(site.url("/"), site.url("/list/"), family="vsb")
    answers["/list/"] = short_listing(0, 20, "/list/1.htm")
    answers |= {f"/list/{n}.htm": short_listing(20 * n, 20, f"/list/{n + 1}.htm") for n in range(1, 60)}
    for back in (5, 500, 900):
        day = datetime.now(SHANGHAI).date() - timedelta(days=back)
        found = discover(source, day, settings)
        assert not found.outcomes
        dated = {c.url.rpartition("/")[2]: (day - c.day).days for c in found.candidates if c.day}
        assert dated == {f"{10_000 - back - n}.htm": n for n in range(4)}


def test_a_list_that_ends_after_the_day_is_an_alarm(answers: Answers, source: Source, settings: Settings) -> None:
    answers["/list/"] = listing(-9, -8, following="/list/p2.html")
    answers["/list/p2.html"] = listing(-3, -2)
    found = discover(source, DAY, settings)
    assert found.candidates == []
    assert [(o.reason, o.subject) for o in found.outcomes] == [("span_not_reached", source.lists[0])]
    assert str(DAY + timedelta(days=2)) in found.outcomes[0].detail


STRAY = reply(f'<div id="app"></div><p><a href="{address(date(2020, 1, 1))}">网站声明</a></p>'.encode())


@pytest.mark.parametrize("redesigned", [STRAY, listing(0, 0, 0)])
def test_a_list_that_gives_far_less_than_it_gave_is_an_alarm_until_it_is_mended(
    answers: Answers, source: Source, settings: Settings, redesigned: bytes
) -> None:
    answers["/list/"] = listing(*range(20))
    assert not discover(source, DAY, settings).outcomes
    newer = DAY + timedelta(days=1)
    for _ in range(2):  # it does not get used to it
        answers["/list/"] = redesigned
        [outcome] = discover(source, newer, settings).outcomes
        assert (outcome.reason, outcome.subject) == ("layout_changed", source.lists[0])
        assert "that had 20" in outcome.detail
    answers["/list/"] = listing(*range(-1, 6))
    assert not discover(source, newer, settings).outcomes


def test_a_list_that_is_no_longer_one_is_an_alarm_when_it_is_first_seen_too(
    answers: Answers, source: Source, settings: Settings
) -> None:
    answers["/list/"] = STRAY
    [outcome] = discover(source, DAY, settings).outcomes
    assert outcome.reason == "layout_changed"
    assert outcome.detail.startswith("only 1 old articles found in ")


def test_after_a_month_a_list_counts_as_what_it_is_now(
    answers: Answers, source: Source, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers["/list/"] = listing(*range(20))
    discover(source, DAY, settings)
    answers["/list/"] = listing(0, 1, 2)
    monkeypatch.setattr("minsheng.acquire.lists.MEMORY", timedelta(0))
    assert not discover(source, DAY + timedelta(days=1), settings).outcomes


RSS = """<?xml version="1.0" encoding="utf-8"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>政府网</title><link>/</link>
<item><title>甲</title><link>/a/t20240520_1.shtml</link><pubDate>Mon, 20 May 2024 08:00:00 +0800</pubDate></item>
<item><title>乙&x;</title><link>/a/t20240519_2.shtml</link><pubDate>Sun, 19 May 2024 23:30:00 GMT</pubDate></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>丙</title><updated>2024-05-20T01:00:00Z</updated>
<link rel="alternate" href="/a/t20240520_3.shtml"/><link rel="self" href="/x"/></entry></feed>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{base}map.xml</loc>
<lastmod>2024-05-20</lastmod></sitemap><sitemap><loc>{base}old.xml</loc><lastmod>2020-01-01</lastmod></sitemap></sitemapindex>"""
MAP = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{base}a/t20240520_4.shtml</loc></url>
<url><loc>{base}a/t20190520_4.shtml</loc></url><url><loc>{base}about.html</loc></url></urlset>"""


def test_feeds_and_sitemaps_are_read_where_a_source_names_them(
    answers: Answers, site: Site, settings: Settings, make_source: Callable[..., Source]
) -> None:
    base = site.url("/")
    answers |= {"/rss.xml": reply(RSS.encode()), "/atom.xml": reply(ATOM.encode()), "/list/": listing(0)}
    answers |= {"/index.xml": reply(INDEX.format(base=base).encode())}
    answers |= {"/map.xml": reply(MAP.format(base=base).encode())}
    feeds_ = (site.url("/rss.xml"), site.url("/atom.xml"))
    source = make_source(base, site.url("/list/"), feeds=feeds_, sitemaps=(site.url("/index.xml"),))
    found = discover(source, DAY, settings)
    assert not found.outcomes
    assert [c.url.removeprefix(base) for c in found.candidates] == [
        "a/t20240520_0.shtml",
        "a/t20240520_1.shtml",
        "a/t20240519_2.shtml",
        "a/t20240520_3.shtml",
        "a/t20240520_4.shtml",
    ]
    assert [c.day for c in found.candidates][2] == DAY  # 23:30 GMT is the next day in Shanghai
    assert "/old.xml" not in [r.path for r in site.log]
    assert "root:" not in str(found)


@pytest.mark.parametrize("data", [b"", b"<html><body>no feed</body></html>", b"\x1f\x8b\x08", b"<rss", bytes(200)])
def test_what_is_no_feed_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises((feeds.NotAFeed, BadBody)):
        feeds.read(data, "http://h.cn/rss", 1000)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-20T23:00:00+08:00", DAY),
        ("2024-05-19T23:00:00Z", DAY),
        ("2024-05-20 08:00:00", DAY),
        ("Mon, 20 May 2024 08:00:00 +0800", DAY),
        ("2024/05/20", DAY),
        ("2024-05-20 8:00", DAY),
        ("2024-02-31", None),
        ("昨天", None),
        ("", None),
    ],
)
def test_the_day_of_a_feeds_timestamp_is_shanghais(text: str, day: date | None) -> None:
    assert feeds.day_in(text) == day
