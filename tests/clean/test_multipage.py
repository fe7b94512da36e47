"""Articles over several pages become one."""

import pytest

from minsheng.clean import clean, following, join, next_page
from minsheng.cms import Layout

from .pages import PARAGRAPHS, TITLE, page

URL = "http://a.example/2023/05/04/1234.html"


def part(paragraphs, link="") -> bytes:
    return page(body="".join(f"<p>{p}</p>" for p in paragraphs) + link)


@pytest.mark.parametrize(
    "link, target",
    [
        ('<a href="1234_2.html">下一页</a>', "http://a.example/2023/05/04/1234_2.html"),
        ('<a href="/2023/05/04/1234-2.html">下一页 &gt;</a>', "http://a.example/2023/05/04/1234-2.html"),
        ('<a href="?page=2">下一页</a>', "http://a.example/2023/05/04/1234.html?page=2"),
        ('<a href="?id=1235">下一页</a>', None),
        ('<a href="1235.html">下一页</a>', None),
        ('<a href="http://b.example/2023/05/04/1234_2.html">下一页</a>', None),
        ('<a href="javascript:void(0)">下一页</a>', None),
        ('<a href="http://[broken">下一页</a>', None),
        ("", None),
    ],
)
def test_the_next_page_is_the_articles_own(link, target):
    assert next_page(part(PARAGRAPHS, link), URL) == target


def test_the_number_at_the_end_of_a_first_page_is_its_own():
    data = part(PARAGRAPHS, '<a href="art_7_2.html">下一页</a>')
    assert next_page(data, "http://a.example/art_7.html") == "http://a.example/art_7_2.html"


FIRST = "http://a.gov.cn/x/1234.html"
TRS = "http://a.gov.cn/x/202207/t20220716_51234{}.shtml"
TRS_COUNTS = """<script>
var currentPage = {at};//所在页从0开始
var nextPage = currentPage+1//下一页
var countPage = 3//共多少页
if(currentPage!=(countPage-1)) document.write("<a href=\\"{stem}"+"_" + nextPage + "."+"shtml\\">下一页</a>");
</script>"""


@pytest.mark.parametrize(
    "url, pager, target",
    [
        # TRS counts its pages in a script, from 0
        (TRS.format(""), '<script>createPageHTML(3, 0,"t20220716_51234","shtml");</script>', TRS.format("_1")),
        (TRS.format("_1"), '<script>createPageHTML(3, 1,"t20220716_51234","shtml");</script>', TRS.format("_2")),
        (TRS.format(""), TRS_COUNTS.format(at=0, stem="t20220716_51234"), TRS.format("_1")),
        (TRS.format("_1"), TRS_COUNTS.format(at=1, stem="t20220716_51234"), TRS.format("_2")),
        (
            FIRST,
            "<script>document.write('<a href=\"1234_2.html\">下一页</a>')</script>",
            "http://a.gov.cn/x/1234_2.html",
        ),
        # numbers, arrows, pictures, words elsewhere
        (
            FIRST,
            '<b>1</b> <a href="1234_2.html">[2]</a> <a href="1234_3.html">[3]</a>',
            "http://a.gov.cn/x/1234_2.html",
        ),
        (FIRST, '<b>1</b> <a href="1234_2.html">第2页</a>', "http://a.gov.cn/x/1234_2.html"),
        (TRS.format(""), '<b>1</b> <a href="t20220716_51234_1.shtml">2</a>', TRS.format("_1")),
        (
            "http://a.gov.cn/x/1234_2.html",
            '<a href="1234.html">1</a> <b>2</b> <a href="1234_3.html">3</a>',
            "http://a.gov.cn/x/1234_3.html",
        ),
        (FIRST, '<a href="1234_2.html">&gt;</a>', "http://a.gov.cn/x/1234_2.html"),
        (FIRST, '<a href="1234_2.html"><img src="n.gif" alt="下一页"></a>', "http://a.gov.cn/x/1234_2.html"),
        (FIRST, '<a href="1234_2.html" title="下一页"><i></i></a>', "http://a.gov.cn/x/1234_2.html"),
        (FIRST, '<a href="1234_2.html">点击进入下一页</a>', "http://a.gov.cn/x/1234_2.html"),
        (FIRST, '<link rel="next" href="1234_2.html">', "http://a.gov.cn/x/1234_2.html"),
        # the shapes that addresses have
        (FIRST, '<a href="https://a.gov.cn/x/1234_2.html">下一页</a>', "https://a.gov.cn/x/1234_2.html"),
        ("http://a.cn/2022/07/16/123/1.html", '<a href="2.html">下一页</a>', "http://a.cn/2022/07/16/123/2.html"),
        (
            "http://a.cn/2022/07/16/123/2.html",
            '<a href="1.html">上一页</a><a href="3.html">下一页</a>',
            "http://a.cn/2022/07/16/123/3.html",
        ),
        ("http://a.cn/123/", '<a href="/123/2/">下一页</a>', "http://a.cn/123/2/"),
        (
            "http://a.cn/2021/1116/c1a2/page.htm",
            '<a href="page2.htm">下一页</a>',
            "http://a.cn/2021/1116/c1a2/page2.htm",
        ),
        (
            "http://a.cn/n1/c1001-32476.html",
            '<a href="c1001-32476-2.html">下一页</a>',
            "http://a.cn/n1/c1001-32476-2.html",
        ),
        ("http://a.cn/show-1-45-1.html", '<a href="show-1-45-2.html">下一页</a>', "http://a.cn/show-1-45-2.html"),
        ("http://a.cn/7-2.html", '<a href="7-3.html">下一页</a>', "http://a.cn/7-3.html"),
        ("http://a.cn/talk_2.html", '<a href="talk_3.html">下一页</a>', "http://a.cn/talk_3.html"),
        ("http://a.cn/a.jsp?id=3&page=2", '<a href="?id=3&page=3">下一页</a>', "http://a.cn/a.jsp?id=3&page=3"),
        ("http://a.cn/a.jsp?id=3&page=2", '<a href="?page=3&id=3">下一页</a>', "http://a.cn/a.jsp?page=3&id=3"),
        (
            FIRST,
            '<base href="http://a.gov.cn/y/"><a href="../x/1234_2.html">下一页</a>',
            "http://a.gov.cn/x/1234_2.html",
        ),
    ],
)
def test_pages_of_an_article_are_told_by_their_address(url, pager, target):
    assert next_page(part(PARAGRAPHS, pager), url) == target


@pytest.mark.parametrize(
    "url, pager",
    [
        (TRS.format("_2"), '<script>createPageHTML(3, 2,"t20220716_51234","shtml");</script>'),
        (TRS.format("_2"), TRS_COUNTS.format(at=2, stem="t20220716_51234")),
        (TRS.format(""), TRS_COUNTS.format(at=0, stem="index")),
        (TRS.format(""), '<script>createPageHTML(3, 0,"index","shtml");</script>'),
        (TRS.format(""), '<script>createPageHTML(1, 0,"t20220716_51234","shtml");</script>'),
        ("http://a.gov.cn/content_123.html", '<a href="content_124.html">下一页</a>'),
        (
            "http://a.gov.cn/content_124.html",
            '<a href="content_123.html">上一页</a><a href="content_125.html">下一页</a>',
        ),
        ("http://a.gov.cn/art/2022/7/16/art_12_3456.html", '<a href="art_12_3457.html">下一页</a>'),
        ("http://a.gov.cn/info/1001/5.htm", '<a href="/info/1001/">列表</a><a href="6.htm">下一页</a>'),
        ("http://a.gov.cn/?p=123", '<a href="?p=124">下一页</a>'),
        (FIRST, '<a href="1234_2.html">图片新闻</a>'),
        (FIRST, '<div class="comment-list"><div class="page"><a href="?page=2">下一页</a></div></div>'),
        ("http://a.gov.cn/x/1234_2.html", '<a href="1234.html">1</a><b>2</b>'),
    ],
)
def test_the_next_article_and_other_lists_are_no_pages_of_it(url, pager):
    assert next_page(part(PARAGRAPHS, pager), url) is None


@pytest.mark.parametrize(
    "pager",
    [
        '<a href="javascript:go(2)">下一页</a>',
        '<a href="#" onclick="go(2)">下一页</a>',
        '<a href="http://b.example/1234_2.html">下一页</a>',
        '<a href="part/two.html">下一页</a>',
    ],
)
def test_a_pager_that_leads_nowhere_known_is_told(pager):
    found = following(part(PARAGRAPHS, pager), FIRST)
    assert found.url is None
    assert "下一页" in found.unread


@pytest.mark.parametrize(
    "url, pager",
    [
        (FIRST, ""),
        (FIRST, '<a href="1234_2.html">下一页</a>'),
        (FIRST, '<a href="javascript:;" class="page disabled">下一页</a>'),
        (FIRST, '<li class="disabled"><a href="#">下一页</a></li>'),
        (FIRST, '<a href="1234.html">下一页</a>'),
        (FIRST, '<div class="comments"><a href="javascript:more()">下一页</a></div>'),
        (FIRST, '<a href="#" class="arrow">&gt;</a>'),
        ("http://a.gov.cn/x/1234_2.html", '<a href="1234.html">上一页</a><a href="#">下一页</a>'),
    ],
)
def test_a_pager_at_its_end_is_none(url, pager):
    assert following(part(PARAGRAPHS, pager), url).unread is None


def test_a_layout_may_name_the_link():
    data = part(PARAGRAPHS, '<a class="more" href="b.html">继续</a>')
    assert next_page(data, URL, Layout(next_page=("a.more",))) == "http://a.example/2023/05/04/b.html"


def test_parts_are_joined_in_order_and_what_each_repeats_stands_once():
    repeated = PARAGRAPHS[0]
    parts = [clean(part(PARAGRAPHS[:2])), clean(part((repeated, *PARAGRAPHS[2:])))]
    whole = join(parts)
    assert whole.body == "\n".join(PARAGRAPHS)
    assert (whole.title, whole.authors) == (TITLE, ["王小明", "李红"])
    assert whole.text_sha256 == clean(part(PARAGRAPHS)).text_sha256


def test_a_page_that_repeats_the_article_adds_nothing():
    """As the pages of an article's comments do."""
    parts = [clean(part(PARAGRAPHS)), clean(part(PARAGRAPHS[1:])), clean(part(PARAGRAPHS))]
    assert join(parts).body == "\n".join(PARAGRAPHS)


def test_repairs_move_with_their_text():
    parts = [
        clean(part(PARAGRAPHS[:2])),
        clean(part(("新增学位１２３４个，全部投入使用，群众满意。", *PARAGRAPHS[2:]))),
    ]
    whole = join(parts)
    moved = [whole.body[r.char_start : r.char_end] for r in whole.repairs]
    assert moved == [p.body[r.char_start : r.char_end] for p in parts for r in p.repairs]


def test_no_part_is_an_error():
    with pytest.raises(ValueError, match="at least one"):
        join([])
