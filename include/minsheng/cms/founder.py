"""Founder newspaper editions (方正): a paper's day is a folder, /html/2011-12/08/, of pages (node_2.htm) and articles.

An edition page lists its articles, content_43227.htm; 下一版 leads on through the day. A source names
its list by date: ``…/html/%Y-%m/%d/node_2.htm``.
"""

from __future__ import annotations

import re

from minsheng.cms.base import Layout, ListRequest
from minsheng.cms.html import absolute, decode
from minsheng.cms.plain import Plain

NEXT_EDITION = re.compile(
    r"""<a\s[^<>]{0,300}?href=["']?(?P<href>[^"'\s<>]{1,300})["']?[^<>]{0,300}>"""
    r"""(?:\s|<[^a/<>][^<>]{0,300}>|&nbsp;){0,20}下一?版""",
    re.IGNORECASE,
)
DAY_FOLDER = r"/(?P<year>(?:19|20)\d\d)-?/?(?P<month>\d\d)[-/]?(?P<day>\d\d)/"


class Founder(Plain):
    name = "founder"
    layout = Layout(
        family="founder",
        title=("founder-title", ".bt1", "#ScroLeft h1", ".article h1", "h1", "h2"),
        body=("founder-content", "#ozoom", "#articleContent", ".article-content", "#content"),
        date=("founder-date", "#riqi", ".date", ".time"),
        publisher=("#source", ".source"),
        author=("founder-author", ".author"),
        editor=(".editor",),
    )
    articles = (
        re.compile(DAY_FOLDER + r"(?:[\w-]+/)*content_\d+(?:_\d+)?\.s?html?$"),
        re.compile(DAY_FOLDER + r"(?:[\w-]+/)*[a-z]{2,8}\d{4,}\.s?html?$"),
        re.compile(DAY_FOLDER + r"(?:[\w-]+/)*(?:article|con)_\d+\.s?html?$"),
    )

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:
        """The next edition page of the same day; 下一页 where a section is listed the ordinary way."""
        edition = NEXT_EDITION.search(decode(data))
        target = absolute(url, edition["href"]) if edition else None
        return ListRequest(target) if target and target != url else super().following(data, url, page)
