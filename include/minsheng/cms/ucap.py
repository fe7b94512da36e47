"""UCAP (开普云): /202111/content_5651234.htm, /content/post_3654321.html, /art/… on its regional platforms.

The article stands in ``#UCAP-CONTENT`` or, on the platforms of whole provinces, in a box of its own.
Lists run index.html, index_2.html, … or home.htm, home_1.htm, …, with 下一页 as a link or in a script.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from minsheng.cms.base import Layout, ListRequest
from minsheng.cms.html import decode, scripted_next
from minsheng.cms.plain import Plain

COUNT = re.compile(r"(?:pageCount|nPageCount|totalPage|page_count)\w*\s*(?:=|:|\()\s*['\"]?(\d+)")
LIST_FILE = re.compile(r"(?P<stem>[A-Za-z]+?)(?:_(?P<number>\d+))?\.(?P<suffix>s?html?)$")


class Ucap(Plain):
    name = "ucap"
    layout = Layout(
        family="ucap",
        title=("meta[name=ArticleTitle]", "#ti", ".article h1", ".pages-title", "h1", "h2"),
        body=("#UCAP-CONTENT", "#ucapcontent", "ucapcontent", ".pages_content", ".article-content", "#zoomcon"),
        date=("meta[name=PubDate]", "meta[name=firstpublishedtime]", ".pages-date", ".date", ".time"),
        publisher=("meta[name=ContentSource]", ".pages-date .font", ".ly", ".source"),
        author=("meta[name=Author]",),
        editor=(".pages-editor", "#editor", ".editor"),
    )
    articles = (
        re.compile(r"/(?P<year>20\d\d)-(?P<month>\d\d)/(?P<day>\d\d)/content_\d+\.s?html?$"),
        re.compile(r"/(?:20\d{4}/)?content_\d+\.s?html?$"),
        re.compile(r"/content/post_\d+\.html$"),
        re.compile(r"/(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)/[0-9a-f]{32}\.html$"),
        re.compile(r"/c\d+/(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)/(?:[0-9a-f-]+|\d+)\.(?:html|shtml)$"),
        re.compile(r"/20\d{4}/(?:[0-9a-f]{32}|\d{8,10}|c\d+_\d+)\.s?html$"),
        re.compile(r"/c/(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)/\d+\.s?html$"),
    )

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:
        """The page behind 下一页; where a script draws that link, the next number while its count holds."""
        linked = super().following(data, url, page)
        if linked:
            return linked
        text = decode(data)
        scripted, target = scripted_next(text, url)
        if scripted:
            return ListRequest(target) if target else None
        count, file = COUNT.search(text), LIST_FILE.search(url) or LIST_FILE.search("index.html")
        if count is None or file is None or page >= int(count[1]):
            return None
        # the first page has no number; the second is _1 on the portal (home_1.htm) and _2 on the platforms
        number = int(file["number"]) + 1 if file["number"] else (1 if file["stem"] == "home" else 2)
        return ListRequest(urljoin(url, f"{file['stem']}_{number}.{file['suffix']}"))
