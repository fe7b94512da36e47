"""Hanweb jpage (大汉): /art/2021/11/16/art_123_456.html; lists in a script block, later pages from a data proxy.

A list page carries its first entries as XML, ``<datastore>…<record><![CDATA[…]]></record>``, in a script
that no selector sees into, and the parameters with which its own script asks ``dataproxy.jsp`` for
``startrecord`` to ``endrecord``. The proxy answers with the same XML. Every parameter goes into the
address as well as into the POST, so that each page has an address of its own and says how it goes on.
Where the parameters are hidden (encrypted), the XML's own ``<nextgroup>`` link leads on.

Its later version (jpaas) leaves the list out of the page: scripts with ``url`` and ``queryData`` fill it in from JSON
whose ``data.html`` holds the entries, and the count of which the next page is asked for in ``paramJson``.
"""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urljoin, urlsplit

from minsheng.cms import jpaas
from minsheng.cms.base import Layout, Link, ListRequest
from minsheng.cms.html import absolute, asking, decode
from minsheng.cms.plain import Plain

TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord\s*:\s*['\"]?(\d+)", re.IGNORECASE)
PER_PAGE = re.compile(r"perPage\s*:\s*['\"]?(\d+)", re.IGNORECASE)
PROXY = re.compile(r"""proxyUrl\s*:\s*['"](?P<url>[^'"]+)|['"](?P<plain>[^'"]*/dataproxy\.jsp[^'"]*)['"]""")
PARAMETER = re.compile(
    r"""['"]?\b(?P<key>col|appid|webid|path|columnid|sourceContentType|unitid|webname|permissiontype)['"]?"""
    r"""\s*[:=]\s*(?:'(?P<single>[^']{0,200})'|"(?P<double>[^"]{0,200})"|(?P<bare>[^\s,;&'"}<>]{1,200}))"""
)
NEXT_GROUP = re.compile(r"""<nextgroup>.{0,40}?href=["'](?P<href>[^"'<>\s]+)""", re.DOTALL | re.IGNORECASE)
WINDOW = ("startrecord", "endrecord", "perpage")


class Jpage(Plain):
    name = "jpage"
    layout = Layout(
        family="jpage",
        title=("meta[name=ArticleTitle]", "#title", ".title", "h1", ".art-title"),
        body=("#zoom", "#Zoom", ".bt_content", "#barrierfree_container #zoom", ".article-content", ".art_con"),
        date=("meta[name=PubDate]", "meta[name=pubDate]", ".date", ".time"),
        publisher=("meta[name=ContentSource]", "meta[name=contentSource]", ".source", ".ly"),
        author=("meta[name=Author]", "meta[name=author]"),
        editor=(".editor", ".bianji"),
    )
    articles = (
        re.compile(r"/art/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/art_\d+_\d+(?:_\d+)?\.html?$"),
        re.compile(r"/art/(?P<year>(?:19|20)\d\d)/(?P<month>\d{1,2})/(?P<day>\d{1,2})/art_[0-9a-f]{32}\.html?$"),
        re.compile(r"/art/(?P<year>(?:19|20)\d\d)/art_[0-9a-f]{32}\.html?$"),
    )

    def links(self, data: bytes, url: str, layout: Layout) -> list[Link]:
        """The articles of the records first; a page without any is read as a plain list."""
        text = decode(data)
        if (unit := jpaas.unit_html(text)) is not None:
            return self._links_in(unit, url, layout)
        records = "".join(unescape(r) if "&lt;" in r else r for r in _records(text))
        return self._links_in(f"<ul>{records}</ul>" if records else text, url, layout)

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:
        """The data proxy's next window of records (or the unit's next page), until the list's total is reached."""
        text = decode(data)
        if (unit := jpaas.unit_html(text)) is not None:
            target = jpaas.following(unit, url)
            return ListRequest(target) if target else None
        asked = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        form, endpoint = self._request(text, url, asked)
        if "columnid" not in form or "unitid" not in form:
            group = NEXT_GROUP.search(text)
            target = absolute(url, unescape(group["href"])) if group and _records(text) else None
            return ListRequest(target) if target else super().following(data, url, page)
        total = next((int(n) for m in TOTAL.finditer(text) for n in m.groups() if n), None)
        here = len(_records(text))
        seen = int(asked["endrecord"]) if asked.get("endrecord", "").isdigit() else here
        size = int(asked["perpage"]) if asked.get("perpage", "").isdigit() else _number(PER_PAGE, text) or here
        if not here or not size or (total is not None and seen >= total):
            return None
        window = dict(zip(WINDOW, map(str, (seen + 1, seen + max(size, here), size)), strict=True))
        return ListRequest(asking(endpoint, {**window, **form}), "POST", form)

    def fillers(self, data: bytes, url: str) -> list[ListRequest]:
        """The units of a jpaas page."""
        return [ListRequest(target) for target in jpaas.units(decode(data), url)]

    def _request(self, text: str, url: str, asked: dict[str, str]) -> tuple[dict[str, str], str]:
        """The proxy's parameters and address: from the address itself, else from the first page's script."""
        if "columnid" in asked:
            return {k: v for k, v in asked.items() if k not in WINDOW}, url
        form: dict[str, str] = {}
        for match in PARAMETER.finditer(text):
            form.setdefault(match["key"], match["single"] or match["double"] or match["bare"] or "")
        proxy = PROXY.search(text)
        return form, urljoin(url, (proxy["url"] or proxy["plain"]) if proxy else "/module/web/jpage/dataproxy.jsp")


def _records(text: str) -> list[str]:
    """The HTML of each record. Split, not matched: a page of unclosed records must not take quadratic time."""
    parts = (part.partition("</record>") for part in text.split("<record>")[1:])
    return [body.strip().removeprefix("<![CDATA[").removesuffix("]]>") for body, closed, _ in parts if closed]


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match[1]) if match else None
