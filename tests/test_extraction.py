"""The steps between the rooms: what a page says against what is known of its fetching."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from minsheng.contracts import Article, Outcome, Page
from minsheng.extraction import keep_outcomes, kept_outcomes, read_page
from minsheng.settings import Settings

URL = "http://www.example.gov.cn/2024/zw/content.html"
FETCHED = datetime(2024, 5, 21, 1, 0, tzinfo=UTC)


def read(stated: str, pager: str = "") -> Article:
    """The article of a page that states this day, fetched on 21 May 2024."""
    html = f"""<html><head><title>江陵县办好民生实事</title></head><body><h1>江陵县办好民生实事</h1>
    <p>发布时间：{stated} 来源：江陵县融媒体中心</p>
    <p>今年以来，全县城镇新增就业4100人，改造老旧小区12个，惠及居民2300户。各部门将民生实事列入清单，按月督办。</p>
    <p>下一步，全县将继续把实事办好，让群众得到实惠，并把办理的结果向社会公布，接受群众的监督。</p>{pager}</body></html>"""
    page = Page(
        page_id="p",
        source_id="s",
        url=URL,
        canonical_url=URL,
        fetched_at=FETCHED,
        logical_date=date(2024, 5, 20),
        outcome="new",
        content_type="text/html; charset=utf-8",
    )
    found = read_page(page, html.encode(), None, None)
    assert isinstance(found, tuple), found
    return found[0]


@pytest.mark.parametrize("stated", ["2024-05-20", "2024-05-21"])
def test_a_date_up_to_the_fetching_is_the_articles(stated: str) -> None:
    article = read(stated)
    assert article.published_at is not None
    assert article.published_at.date().isoformat() == stated
    assert not article.warnings


def test_a_date_after_the_fetching_is_left_out_and_told() -> None:
    article = read("2030-05-20")
    assert article.published_at is None
    assert article.figures == 3, "its figures stay"
    assert article.warnings == ["published 2030-05-20 stands on a page fetched 2024-05-21: left out"]


@pytest.mark.parametrize(
    "pager, told",
    [
        ('<a href="content_2.html">下一页</a>', "zw/content_2.html is missing: it was not asked for"),
        (
            '<script>createPageHTML(2, 0, "content", "html");</script>',
            "zw/content_1.html is missing: it was not asked for",
        ),
        ('<a href="javascript:go(2)">下一页</a>', "whether the article goes on is not known"),
    ],
)
def test_an_article_that_goes_on_where_nothing_was_read_says_so(pager: str, told: str) -> None:
    """As units archived before its pager could be read do, and pages whose script alone knows the next."""
    [warning] = read("2024-05-20", pager).warnings
    assert warning.endswith(told)


def test_what_discovery_lost_is_kept_whole_whoever_else_keeps_it(tmp_path: Path) -> None:
    settings, day = Settings(data=tmp_path), date(2024, 5, 20)
    lost = [Outcome("s", day, "discover", f"{URL}?{n}", "no_date", "原因") for n in range(50)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keep_outcomes("s", day, lost, settings), range(100)))
    assert kept_outcomes("s", day, settings) == lost
    assert [file.name for file in (settings.archive / "s" / "2024-05-20").iterdir()] == ["discovery.jsonl"]


def test_what_discovery_lost_is_read_line_by_line_and_damage_is_named_with_its_place(tmp_path: Path) -> None:
    settings, day = Settings(data=tmp_path), date(2024, 5, 20)
    lost = [Outcome("s", day, "discover", "http://h.cn/", "list_failed", f"no\u2028list {n}") for n in range(2)]
    keep_outcomes("s", day, lost, settings)
    assert kept_outcomes("s", day, settings) == lost, "a separator of lines within one ends none"
    file = settings.archive / "s" / "2024-05-20" / "discovery.jsonl"
    for old, new in (("{", "("), ('"step"', '"stXp"')):
        keep_outcomes("s", day, lost, settings)
        file.write_bytes(file.read_bytes().replace(old.encode(), new.encode(), 1))
        with pytest.raises(OSError, match=r"discovery\.jsonl is damaged \(.*\): put back a copy"):
            kept_outcomes("s", day, settings)
