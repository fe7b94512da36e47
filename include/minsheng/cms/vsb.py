"""Visual SiteBuilder (博达, Webplus): /info/1001/1234.htm; a list's later pages lie in a folder of its name.

``news.htm`` goes on at ``news/22.htm``, ``news/21.htm``, … (the numbers count down, so that old pages
keep theirs): only the page's own 下页 link knows the next. Addresses name no day; the list does.
"""

from __future__ import annotations

import re

from minsheng.cms.base import Layout
from minsheng.cms.plain import Plain


class Vsb(Plain):
    name = "vsb"
    layout = Layout(
        family="vsb",
        title=("form[name=_newscontent_fromname] h1", "form[name=_newscontent_fromname] h2", ".titlestyle", "h1", "h2"),
        body=("#vsb_content", "#vsb_content_2", "#vsb_content_4", "[id^=vsb_content]", ".v_news_content"),
        date=(".timestyle", ".timestyle44003", ".info", ".date"),
        publisher=(".source", ".authorstyle"),
        author=(".authorstyle",),
    )  # fmt: skip
    articles = (
        re.compile(r"/info/\d+/\d+\.s?html?$"),
        re.compile(r"/content\.jsp\?(?=.*\bwbtreeid=\d+)(?=.*\bwbnewsid=\d+)"),
        # Webplus: /2021/1116/c123a4567/page.htm
        re.compile(r"/(?P<year>20\d\d)/(?P<month>\d\d)(?P<day>\d\d)/c\d+a\d+/page\.(?:htm|psp)$"),
    )
