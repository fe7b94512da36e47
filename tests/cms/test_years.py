"""Entries of a list that tell month and day alone get the year that the order of their list gives them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.cms import FAMILIES, Link
from minsheng.cms.years import latest_after, with_years

TODAY = date(2022, 7, 20)
HOME = "http://a.gov.cn/zw.htm"


def entries(days: str) -> list[Link]:
    """Links with these short days, ``07-16 07-15``."""
    parts = [tuple(map(int, day.split("-"))) for day in days.split()]
    return [Link(f"http://a.gov.cn/info/1/{n}.htm", "", None, (m, d)) for n, (m, d) in enumerate(parts)]


def resolved(days: str, latest: date = TODAY) -> list[str]:
    return [str(link.day) for link in with_years(entries(days), latest)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("07-20 07-16 07-15", "2022-07-20 2022-07-16 2022-07-15"),
        ("01-03 12-28 12-27", "2022-01-03 2021-12-28 2021-12-27"),
        ("07-14 07-16 07-15", "2022-07-14 2022-07-16 2022-07-15"),  # no strict order
        ("12-25 09-01 07-16 07-15", "2021-12-25 2021-09-01 2022-07-16 2022-07-15"),  # two pinned to the top
        ("07-16 07-15 03-01 07-14", "2022-07-16 2022-07-15 2022-03-01 2022-07-14"),  # one out of order
        (
            "07-16 03-02 11-20 08-15 06-30 05-05 12-01",  # a slow list, its page over more than a year
            "2022-07-16 2022-03-02 2021-11-20 2021-08-15 2021-06-30 2021-05-05 2020-12-01",
        ),
        ("03-02 02-29", "2022-03-02 2020-02-29"),
    ],
)
def test_the_order_of_a_list_tells_the_year(days: str, found: str) -> None:
    assert resolved(days) == found.split()


def test_what_says_its_day_keeps_it_and_what_says_none_stays_without() -> None:
    links = [Link("http://a.gov.cn/1", "", date(2019, 1, 2)), Link("http://a.gov.cn/2", "", None), *entries("07-16")]
    assert [link.day for link in with_years(links, TODAY)] == [date(2019, 1, 2), None, date(2022, 7, 16)]
    assert latest_after(links[:2], TODAY) == TODAY


@given(gaps=st.lists(st.integers(0, 20), min_size=1, max_size=200), size=st.integers(5, 25))
def test_a_list_in_order_gets_its_years_right_page_by_page_however_long(gaps: list[int], size: int) -> None:
    days = [TODAY]
    for gap in gaps:
        days.append(days[-1] - timedelta(days=gap))
    latest, found = TODAY, list[date | None]()
    for start in range(0, len(days), size):
        page = with_years(entries(" ".join(f"{d:%m-%d}" for d in days[start : start + size])), latest)
        found += [link.day for link in page]
        latest = latest_after(page, latest)
    leap = [d for d in days if (d.month, d.day) != (2, 29)]  # two in the list may be years apart
    assert [d for d in found if d is not None and (d.month, d.day) != (2, 29)] == leap


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="/info/1/2.htm">题</a><span>[07-16]</span></li>',
        '<li><span>07/16</span><a href="/info/1/2.htm">题</a></li>',
        '<li><a href="/info/1/2.htm">全县3-5岁儿童</a> 07-16 08:30</li>',
        '<li><a href="/info/1/2.htm">题<i>（7月16日）</i></a></li>',
        '<tr><td><a href="/info/1/2.htm">题</a></td><td>07.16</td></tr>',
    ],
)
def test_month_and_day_that_stand_alone_in_a_row_are_its_short_day(row: str) -> None:
    html = f"<table>{row}</table>" if "<tr>" in row else f"<ul>{row}</ul>"
    [link] = FAMILIES["vsb"].links(html.encode(), HOME, FAMILIES["vsb"].layout)
    assert (link.day, link.short) == (None, (7, 16))


@pytest.mark.parametrize(
    "row",
    [
        '<li><b>16</b><i>2022-07</i><a href="/info/1/2.htm">题</a></li>',
        '<li><a href="/info/1/2.htm"><p>16日</p><p>2022年7月</p><h3>题</h3></a></li>',
        '<li><b>07-16</b><i>2022</i><a href="/info/1/2.htm">题</a></li>',
    ],
)
def test_a_day_in_pieces_is_put_together(row: str) -> None:
    [link] = FAMILIES["vsb"].links(f"<ul>{row}</ul>".encode(), HOME, FAMILIES["vsb"].layout)
    assert (link.day, link.short) == (date(2022, 7, 16), None)


@pytest.mark.parametrize(
    "row",
    [
        '<li><a href="/info/1/2.htm">全县7-16岁学生</a></li>',
        '<li><a href="/info/1/2.htm">题</a><span>[13-45]</span></li>',
        '<li><a href="/info/1/2.htm">题</a><span>[02-30]</span></li>',
        '<li><a href="/info/1/2.htm">题</a><span>1/2/3</span></li>',
        '<li><b>7</b><a href="/info/1/2.htm">题</a></li>',
    ],
)
def test_other_numbers_of_a_row_are_no_day(row: str) -> None:
    [link] = FAMILIES["vsb"].links(f"<ul>{row}</ul>".encode(), HOME, FAMILIES["vsb"].layout)
    assert (link.day, link.short) == (None, None)
