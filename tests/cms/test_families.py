"""Each family knows its own addresses, and the day in them where they name one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cms import FAMILIES

ARTICLES = [
    ("trs", "http://a.gov.cn/ywdt/syyw/202111/t20211116_3412326.shtml", date(2021, 11, 16)),
    ("trs", "https://a.gov.cn/ywdt/202507/t20250708_9904276_slb.shtml", date(2025, 7, 8)),
    ("trs", "http://a.gov.cn/gxyw/t27181042.shtml", None),
    ("jpage", "http://a.gov.cn/art/2021/11/16/art_123_456.html", date(2021, 11, 16)),
    ("jpage", "http://a.gov.cn/art/2024/5/1/art_84324_11233441.html?xxgkhide=1", date(2024, 5, 1)),
    ("ucap", "http://a.gov.cn/xinwen/2021-11/16/content_5651234.htm", date(2021, 11, 16)),
    ("ucap", "http://a.gov.cn/gdyw/content/post_3654321.html", None),
    ("ucap", "http://a.gov.cn/nw4411/20260215/13cea19844984e7794b46a62c3b37d8f.html", date(2026, 2, 15)),
    ("ucap", "http://a.gov.cn/c/2025-07-18/5003243.shtml", date(2025, 7, 18)),
    ("vsb", "http://a.gov.cn/info/1001/1234.htm", None),
    ("vsb", "http://a.edu.cn/2021/1116/c123a4567/page.htm", date(2021, 11, 16)),
    ("vsb", "http://a.gov.cn/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1001&wbnewsid=7", None),
    ("founder", "http://a.com.cn/html/2011-12/08/content_43227.htm", date(2011, 12, 8)),
    ("founder", "http://a.com.cn/html/hbrb/20211116/hbrb3654321.html", date(2021, 11, 16)),
    ("plain", "http://farmer.com.cn/2021/05/07/99869719.html", date(2021, 5, 7)),
    ("plain", "http://a.gov.cn/2026/03-06/3331975.html", date(2026, 3, 6)),
    ("plain", "http://a.gov.cn/system/2024/12/27/030061694.shtml", date(2024, 12, 27)),
    ("plain", "http://a.gov.cn/10462/2023/9/25/677155c779d747b2b8374d249a17aa1e.shtml", date(2023, 9, 25)),
    ("plain", "http://a.gov.cn/news1/8107305.jhtml", None),
    ("plain", "http://a.gov.cn/show.asp?id=4711", None),
]
NOT_ARTICLES = [
    "http://a.gov.cn/",
    "http://a.gov.cn/index.shtml",
    "http://a.gov.cn/ywdt/index_1.shtml",
    "http://a.gov.cn/col/col123/index.html",
    "http://a.gov.cn/xwdt/list_12.html",
    "http://a.gov.cn/html/2011-12/08/node_2.htm",
    "http://a.gov.cn/news/22.htm",
    "http://a.gov.cn/2026/szyf/202606/P020260603605181886003.pdf",
    "http://a.gov.cn/about.html",
]


@pytest.mark.parametrize("family, url, day", ARTICLES)
def test_an_articles_address_is_known_and_dated(family: str, url: str, day: date | None) -> None:
    assert FAMILIES[family].is_article(url)
    assert FAMILIES[family].day_of(url) == day


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("url", NOT_ARTICLES)
def test_lists_homes_and_documents_are_no_articles(family: str, url: str) -> None:
    assert not FAMILIES[family].is_article(url)


@pytest.mark.parametrize(
    "family, url",
    [
        ("trs", "http://a.gov.cn/202113/t20211340_1.shtml"),
        ("jpage", "http://a.gov.cn/art/2021/2/30/art_1_2.html"),
        ("founder", "http://a.com.cn/html/2011-13/08/content_43227.htm"),
    ],
)
def test_a_date_that_does_not_exist_is_no_day(family: str, url: str) -> None:
    assert FAMILIES[family].day_of(url) is None


HOSTS = st.text("[]:a1@%", max_size=6)
ADDRESSES = st.one_of(st.text(max_size=40), st.builds("http://{}/{}".format, HOSTS, st.text(max_size=40)))
NAMES = st.sampled_from(sorted(FAMILIES))


@given(ADDRESSES, NAMES)
def test_no_address_raises(url: str, name: str) -> None:
    FAMILIES[name].day_of(url)
    FAMILIES[name].is_article(url)


@given(st.one_of(st.binary(max_size=300), ADDRESSES.map(lambda a: f'<a href="{a}">下一页</a>'.encode())), NAMES)
def test_no_list_page_raises(data: bytes, name: str) -> None:
    family, url = FAMILIES[name], "http://a.gov.cn/x/index.html"
    assert isinstance(family.links(data, url, family.layout), list)
    family.following(data, url, 1)


def test_every_family_is_registered_under_its_own_name() -> None:
    assert {"trs", "jpage", "ucap", "vsb", "founder", "plain"} == set(FAMILIES)
    assert all(name == f.name == f.layout.family for name, f in FAMILIES.items())
