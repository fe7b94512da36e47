"""TRS WCM (拓尔思): /202111/t20211116_3412326.shtml; lists index.shtml, index_1.shtml, index_2.shtml, …

The number of pages stands in a script, ``createPageHTML(25, 0, "index", "shtml")`` or ``var countPage = 25``.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from minsheng.cms.base import Layout, ListRequest
from minsheng.cms.html import decode, scripted_next
from minsheng.cms.plain import Plain

COUNTED = re.compile(r"var\s+(?:countPage|pageCount)\s*=\s*(\d+)")
LIST_FILE = re.compile(r"(?P<stem>index|default|list)(?:_(?P<current>\d+))?\.(?P<suffix>s?html?|jhtml)$")


class Trs(Plain):
    name = "trs"
    layout = Layout(
        family="trs",
        title=("meta[name=ArticleTitle]", ".xl_title", ".article-title", "h1", "h2"),
        body=(
            ".TRS_Editor", ".trs_editor_view", ".TRS_UEDITOR", ".Custom_UnionStyle", "#zoom", "#Zoom", ".xl_content",
            ".article-content", ".article_content",
        ),
        date=("meta[name=PubDate]", ".xl_time", ".date", ".time"),
        publisher=("meta[name=ContentSource]", ".xl_source", ".source", ".ly"),
        author=("meta[name=Author]", ".author"),
        editor=(".editor", ".bianji"),
    )  # fmt: skip
    articles = (
        re.compile(r"/t(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)_\d+(?:_[a-z0-9]+)?\.(?:[sjg]?html?)$"),
        re.compile(r"/t\d{6,9}\.s?html?$"),  # later versions, without a day
    )

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:
        """The next of index.shtml, index_1.shtml, …, as long as the page's own script counts more."""
        text = decode(data)
        scripted, target = scripted_next(text, url)
        if scripted:
            return ListRequest(target) if target else None
        counted, file = COUNTED.search(text), LIST_FILE.search(url) or LIST_FILE.search("index.html")
        if counted is None or file is None:
            return super().following(data, url, page)
        following = urljoin(url, f"{file['stem']}_{page}.{file['suffix']}")
        return ListRequest(following) if page < int(counted[1]) else None
