"""What a list page yields: its articles with headline and day, and the way to its next page."""

from __future__ import annotations

import json
import time
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cms import FAMILIES, Layout, Link, ListRequest

HOME = "http://a.gov.cn/xwdt/index.shtml"


def links(html: str, family: str = "trs", layout: Layout | None = None, encoding: str = "utf-8") -> list[Link]:
    chosen = FAMILIES[family]
    return chosen.links(html.encode(encoding), HOME, layout or chosen.layout)


def following(html: str, family: str, url: str = HOME, page: int = 1) -> ListRequest | None:
    return FAMILIES[family].following(html.encode(), url, page)


def test_links_come_in_page_order_absolute_with_headline_and_listed_day() -> None:
    html = """<ul><li><span>2021-11-17</span><a href="./202111/t20211116_2.shtml#top">乙县</a></li>
    <li><a href="../ywdt/202111/t20211115_1.shtml"> 甲
    县 </a></li></ul><a href="index_1.shtml">下一页</a><a href="javascript:void(0)">打印</a>"""
    assert links(html) == [
        Link("http://a.gov.cn/xwdt/202111/t20211116_2.shtml", "乙县", date(2021, 11, 17)),
        Link("http://a.gov.cn/ywdt/202111/t20211115_1.shtml", "甲 县", date(2021, 11, 15)),
    ]


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="/info/1/2.htm">题</a><span>2021-11-16</span></li>',
        '<li><a href="/info/1/2.htm">题</a> [2021/11/16]</li>',
        '<tr><td><a href="/info/1/2.htm">题</a></td><td>2021年11月16日 08:30</td></tr>',
        '<li><h4><a href="/info/1/2.htm">题</a></h4><p>摘要</p><div><em>2021.11.16</em></div></li>',
        '<li><a href="/info/1/2.htm" title="题"><i>题</i><b>2021-11-16</b></a></li>',
    ],
)
def test_the_day_is_read_from_the_links_own_row(row: str) -> None:
    other = row.replace("/2.htm", "/3.htm").replace("2021", "2019")
    found = links(f"<table>{row}{other}</table>" if "<tr>" in row else f"<ul>{row}{other}</ul>", "vsb")
    assert [(link.title, link.day) for link in found] == [("题", date(2021, 11, 16)), ("题", date(2019, 11, 16))]


def test_a_cut_headline_is_completed_from_the_title_attribute() -> None:
    html = '<a href="/info/1/2.htm" title="全县召开民生工作推进会议">全县召开民生…</a>'
    assert links(html, "vsb")[0].title == "全县召开民生工作推进会议"


def test_a_picture_and_a_headline_that_link_to_one_article_are_one_entry() -> None:
    html = '<a href="/info/1/2.htm"><img src="x.jpg"></a><a href="/info/1/2.htm">题目</a>'
    assert [link.title for link in links(html, "vsb")] == ["题目"]


def test_selectors_narrow_where_links_are_taken_from() -> None:
    html = (
        '<p class="nav"><a href="/info/1/1.htm">旧</a></p><ul class="list"><li><a href="/info/1/2.htm">新</a></li></ul>'
    )
    assert [link.title for link in links(html, "vsb", Layout(family="vsb", list_links=(".list",)))] == ["新"]
    assert [link.title for link in links(html, "vsb", Layout(family="vsb", list_links=(".list a",)))] == ["新"]


def test_a_sites_own_address_pattern_replaces_the_familys() -> None:
    html = '<a href="/x/2021111612.html">甲</a><a href="/t20211116_1.shtml">乙</a>'
    layout = Layout(article_urls=(r"/x/(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)\d+\.html$",))
    assert [(link.title, link.day) for link in links(html, "plain", layout)] == [("甲", date(2021, 11, 16))]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_headlines_are_decoded_whatever_the_page_claims(encoding: str) -> None:
    html = '<meta charset="utf-8"><a href="/info/1/2.htm">荆州江陵：民生实事</a>'
    assert links(html, "vsb", encoding=encoding)[0].title == "荆州江陵：民生实事"


def test_the_base_element_counts() -> None:
    html = '<base href="http://b.gov.cn/x/"><a href="t20211116_1.shtml">题</a>'
    assert links(html)[0].url == "http://b.gov.cn/x/t20211116_1.shtml"


def test_one_box_of_twenty_thousand_links_is_read_in_linear_time() -> None:
    html = "<div>" + "".join(f'<a href="/info/1/{n}.htm">题{n}</a>' for n in range(20_000)) + "</div>"
    start = time.process_time()
    assert len(links(html, "vsb")) == 20_000
    assert time.process_time() - start < 6


def test_trs_counts_pages_in_a_script() -> None:
    first = 'createPageHTML(3, 0, "index", "shtml");'
    assert following(first, "trs") == ListRequest("http://a.gov.cn/xwdt/index_1.shtml")
    assert following('createPageHTML(3, 1, "index", "shtml");', "trs", "http://a.gov.cn/xwdt/index_1.shtml", 2) == (
        ListRequest("http://a.gov.cn/xwdt/index_2.shtml")
    )
    assert following('createPageHTML(3, 2, "index", "shtml");', "trs") is None
    assert following("var countPage = 2;", "trs", "http://a.gov.cn/xwdt/", 1) == ListRequest(
        "http://a.gov.cn/xwdt/index_1.html"
    )
    assert following("var countPage = 2;", "trs", "http://a.gov.cn/xwdt/index_1.html", 2) is None


@pytest.mark.parametrize("family", ["trs", "ucap"])
def test_later_scripts_name_their_box_and_count_from_one(family: str) -> None:
    url = "http://a.gov.cn/x/list.shtml"
    assert following("createPageHTML('page_div',3, 1,'list','shtml',49);", family, url) == ListRequest(
        "http://a.gov.cn/x/list_2.shtml"
    )
    assert following("createPageHTML('page_div',3,2,'list','shtml',49);", family, url, 2) == ListRequest(
        "http://a.gov.cn/x/list_3.shtml"
    )
    assert following("createPageHTML('page_div',3,3,'list','shtml',49);", family, url, 3) is None


@pytest.mark.parametrize("label", ["下一页", "下页", "下一頁", "[下一页]", "下一页 &gt;", "&gt;", "Next"])
def test_a_plain_link_leads_on(label: str) -> None:
    assert following(f'<a href="news/22.htm">{label}</a>', "vsb", "http://a.gov.cn/news.htm") == ListRequest(
        "http://a.gov.cn/news/22.htm"
    )


@pytest.mark.parametrize(
    "html",
    [
        "<span>下一页</span>",
        '<a href="#">下一页</a>',
        '<a href="javascript:go(2)">下一页</a>',
        '<a href="22.htm">下一篇</a>',
    ],
)
def test_the_last_page_leads_nowhere(html: str) -> None:
    assert following(html, "plain") is None


def test_ucap_counts_on_where_only_a_script_draws_the_link() -> None:
    assert following("var pageCount = 3", "ucap", "http://a.gov.cn/x/index.html", 1) == ListRequest(
        "http://a.gov.cn/x/index_2.html"
    )
    assert following("var pageCount = 3", "ucap", "http://a.gov.cn/x/index_2.html", 2) == ListRequest(
        "http://a.gov.cn/x/index_3.html"
    )
    assert following("var pageCount = 3", "ucap", "http://a.gov.cn/x/index_3.html", 3) is None


def test_a_newspaper_goes_on_to_the_next_edition_page() -> None:
    html = '<a class="preart" href="node_3.htm">下一版 <img src="d.gif"></a>'
    assert following(html, "founder", "http://a.cn/html/2011-12/08/node_2.htm") == ListRequest(
        "http://a.cn/html/2011-12/08/node_3.htm"
    )


JPAGE = """<script type="text/xml"><datastore><recordset>
<record><![CDATA[<li><a href="/art/2021/11/16/art_5_2.html" title="乙">乙</a><span>2021-11-16</span></li>]]></record>
<record><![CDATA[<li><a href="/art/2021/11/15/art_5_1.html" title="甲">甲</a><span>2021-11-15</span></li>]]></record>
</recordset></datastore></script>
<script>$("#9").jpage({perPage: 2, totalRecord: 5, proxyUrl: '/module/jpage/dataproxy.jsp',
data: {col: 1, appid: 1, webid: 67, path: '/', columnid: 5, sourceContentType: 1, unitid: '9', webname: '甲县',
permissiontype: 0}});
</script>"""
PROXY = (
    "<datastore><totalrecord>5</totalrecord><recordset><record><![CDATA["
    "<a href='/art/2021/11/14/art_5_0.html'>丙</a>]]></record></recordset></datastore>"
)


def test_jpage_reads_the_records_in_its_script() -> None:
    found = links(JPAGE, "jpage")
    assert [(link.title, link.day) for link in found] == [("乙", date(2021, 11, 16)), ("甲", date(2021, 11, 15))]


def test_jpage_asks_its_proxy_window_by_window_until_the_total() -> None:
    second = following(JPAGE, "jpage", "http://a.gov.cn/col/col5/index.html")
    assert second is not None
    assert second.method == "POST"
    assert second.form is not None
    assert (second.form["columnid"], second.form["unitid"], second.form["webname"]) == ("5", "9", "甲县")
    assert second.url.startswith("http://a.gov.cn/module/jpage/dataproxy.jsp?startrecord=3&endrecord=4&perpage=2&")
    third = following(PROXY, "jpage", second.url, 2)
    assert third is not None
    assert "startrecord=5&endrecord=6" in third.url
    assert third.form == second.form
    assert following(PROXY, "jpage", third.url, 3) is None


def test_jpage_takes_the_parameters_from_the_next_groups_link() -> None:
    html = """<script type="text/xml"><datastore><nextgroup><![CDATA[<a href="./dataproxy.jsp?page=1&appid=1&webid=67\
&path='/'&columnid=5&unitid=9"></a>]]></nextgroup><recordset><record><![CDATA[<a href="/art/2021/1/2/art_5_1.html">甲\
</a>]]></record></recordset></datastore></script>"""
    more = following(html, "jpage", "http://a.gov.cn/module/web/jpage/list.html")
    assert more is not None
    assert more.form == {"appid": "1", "webid": "67", "path": "/", "columnid": "5", "unitid": "9"}
    assert more.url.startswith("http://a.gov.cn/module/web/jpage/dataproxy.jsp?startrecord=2&endrecord=2&perpage=1&")


def test_jpage_follows_the_next_group_where_its_parameters_are_hidden() -> None:
    html = """<datastore><nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?p=4fZ8"></a>]]></nextgroup>
    <recordset><record><![CDATA[<a href="/art/2021/1/2/art_5_1.html">甲</a>]]></record></recordset></datastore>"""
    assert following(html, "jpage") == ListRequest("http://a.gov.cn/module/web/jpage/dataproxy.jsp?p=4fZ8")
    assert following("<datastore><nextgroup></nextgroup><recordset></recordset></datastore>", "jpage") is None


COLUMN = "http://a.gov.cn/col/col5/index.html"
SHELL = """<div class="clist"><script src="/cms_files/script/unitbuild.js" parseType="buildstatic"
 url="/api-gateway/jpaas-publish-server/front/page/build/unit"
 queryData="{'parseType':'buildstatic','webId':'67','tplSetId':'Ab1','tagId':'当前栏目list','pageId':'5'}"></script>
<script url="/api-gateway/stat/count" queryData="{'a':'b'}"></script></div>"""


def unit(page: int, count: int, *articles: int) -> str:
    rows = "".join(
        f"<li><a href='/col/col5/art/2024/art_{n:032x}.html'>第{n}条</a><span>2024-05-{n:02}</span></li>"
        for n in articles
    )
    html = f'<ul>{rows}</ul><div class="pagination" rows="2" count="{count}" pageNo="{page}"></div>'
    return json.dumps({"success": True, "code": "200", "data": {"html": html}}, ensure_ascii=False)


def test_jpaas_fills_its_list_in_from_a_unit_that_its_page_names() -> None:
    [filler] = FAMILIES["jpage"].fillers(SHELL.encode(), COLUMN)
    parts = urlsplit(filler.url)
    assert (parts.netloc, parts.path) == ("a.gov.cn", "/api-gateway/jpaas-publish-server/front/page/build/unit")
    assert dict(parse_qsl(parts.query)) == {
        "parseType": "buildstatic",
        "webId": "67",
        "tplSetId": "Ab1",
        "tagId": "当前栏目list",
        "pageId": "5",
    }
    assert [FAMILIES[name].fillers(SHELL.encode(), COLUMN) for name in ("trs", "ucap", "vsb", "plain")] == [[]] * 4


def test_jpaas_units_hold_entries_in_json_and_are_asked_for_page_by_page() -> None:
    [filler] = FAMILIES["jpage"].fillers(SHELL.encode(), COLUMN)
    found = FAMILIES["jpage"].links(unit(1, 3, 21, 20).encode(), filler.url, FAMILIES["jpage"].layout)
    assert [(link.title, link.day) for link in found] == [("第21条", date(2024, 5, 21)), ("第20条", date(2024, 5, 20))]
    assert found[0].url == f"http://a.gov.cn/col/col5/art/2024/art_{21:032x}.html"
    second = following(unit(1, 3, 21, 20), "jpage", filler.url)
    assert second is not None
    asked = dict(parse_qsl(urlsplit(second.url).query))
    assert json.loads(asked.pop("paramJson")) == {"pageNo": 2, "pageSize": 2}
    assert asked == dict(parse_qsl(urlsplit(filler.url).query))
    assert following(unit(2, 3, 19), "jpage", second.url, 2) is None


CHANNEL = "https://a.gov.cn/search/db96?page=1&_pageSize=2&_isJson=true"
SEARCHED = {
    "data": {
        "page": 1,
        "rows": 2,
        "total": 5,
        "results": [
            {
                "title": "<em>甲</em> 事",
                "url": "/a/202405/t20240521_1.shtml",
                "publishedTimeStr": "2024-05-20 09:30:00",
            },
            {"title": "乙事", "url": "//a.gov.cn/a/202405/t20240519_2.shtml", "channelId": "db96", "level": 3},
        ],
    }
}
CATALOGUE = {
    "classify": {"post_count": 7},
    "articles": [
        {
            "id": 9,
            "title": "甲事",
            "url": "https://a.gov.cn/content/post_900001.html",
            "created_at": 1,
            "date": 1716134400,
        },
        {"id": 8, "title": "乙事", "url": "https://a.gov.cn/content/post_900002.html", "publish_time": "1716048000000"},
        {"id": 7, "title": "图", "url": "https://a.gov.cn/logo.png", "publish_time": 1716048000},
    ],
    "total": "7",
}


def test_a_list_of_json_is_read_whatever_its_fields_are_called() -> None:
    assert FAMILIES["trs"].links(json.dumps(SEARCHED).encode(), CHANNEL, FAMILIES["trs"].layout) == [
        Link("https://a.gov.cn/a/202405/t20240521_1.shtml", "甲 事", date(2024, 5, 20)),
        Link("https://a.gov.cn/a/202405/t20240519_2.shtml", "乙事", date(2024, 5, 19)),
    ]
    found = links(json.dumps(CATALOGUE), "ucap")
    assert [(link.title, link.day) for link in found] == [("甲事", date(2024, 5, 20)), ("乙事", date(2024, 5, 19))]


@pytest.mark.parametrize("family", ["trs", "ucap", "plain"])
def test_a_list_of_json_goes_on_by_number_until_its_total(family: str) -> None:
    second = following(json.dumps(SEARCHED), family, CHANNEL)
    assert second == ListRequest(CHANNEL.replace("page=1", "page=2"))
    third = following(json.dumps(SEARCHED), family, second.url, 2)
    assert third == ListRequest(CHANNEL.replace("page=1", "page=3"))
    assert following(json.dumps(SEARCHED), family, third.url, 3) is None
    assert following(json.dumps(SEARCHED), family, "https://a.gov.cn/search/db96?_pageSize=2") is None
    assert following(json.dumps({"data": {"results": []}, "total": 5}), family, CHANNEL) is None


def test_entries_that_a_script_holds_are_read_where_the_page_shows_none() -> None:
    data = json.dumps(SEARCHED["data"]["results"], ensure_ascii=False)
    for script in (f"<script>var page = 1; window.list = {data};</script>", f"<script type=a/json> {data}</script>"):
        assert [link.title for link in links(f"<div id='app'></div>{script}", "trs")] == ["甲 事", "乙事"]
    [only] = links(f'<a href="/a/202405/t20240522_3.shtml">丙事</a><script>var list = {data}</script>', "trs")
    assert only.title == "丙事"
    assert links('<script>var share = {"url": "/a/202405/t20240522_3.shtml"}</script>', "trs") == []


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["/info/1/2.htm"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["url", "title", "publishTime", "total", "x"]) | st.text(max_size=5), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(VALUES)
def test_no_json_breaks_the_reading_of_a_list(value: object) -> None:
    for link in links(json.dumps(value), "vsb"):
        assert link.url == "http://a.gov.cn/info/1/2.htm"
    links(json.dumps({"url": "/info/1/2.htm", "publishTime": 10**400}), "vsb")
    following(json.dumps(value), "vsb", CHANNEL)
    following(json.dumps(value), "jpage", CHANNEL)


@pytest.mark.parametrize("odd", ["{", "[]", '{"data": null}', '{"data": {"html": 5}}', '{"a": ' * 3000, "{}"])
def test_json_that_is_no_unit_has_no_entries(odd: str) -> None:
    assert links(odd, "jpage") == []
    assert following(odd, "jpage") is None


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize(
    "piece",
    [
        "<record>",
        "<a href=",
        "<a ",
        "col='",
        "createPageHTML('x',",
        "<nextgroup>",
        "<base ",
        "/2021/05/07",
        "{'a':'",
        "= [",
        "<script>={",
    ],
)
def test_a_megabyte_of_nothing_closed_takes_no_quadratic_time(family: str, piece: str) -> None:
    start = time.process_time()
    page = piece * (1_000_000 // len(piece))
    links(page, family)
    following(page, family)
    FAMILIES[family].fillers(f"<script url=/page/build/unit querydata={page}".encode(), HOME)
    links(f'<a href="/{page}.html">x</a>', family)
    assert time.process_time() - start < 5
