"""The plain family: sites of no known product, and the base of all other families.

Its addresses are told by what news addresses have in common: a date in the path, or a number long
enough to be an article's. Its lists go on where a link says 下一页.
"""

from __future__ import annotations

import re
from datetime import date

from minsheng.cms import jsonlist
from minsheng.cms.base import Layout, Link, ListRequest, first_day, matches
from minsheng.cms.html import article_links, decode, next_link
from minsheng.scripts import in_scripts

NOT_A_PAGE = re.compile(
    r"\.(?:jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|zip|rar|mp4|mp3|css|js|xml|apk|wps|ofd)$", re.IGNORECASE
)
NOT_AN_ARTICLE = re.compile(r"/(?:index|default|list|node|nbs)(?:[_.-]?\w+)*\.(?:[sj]?html?|jspx?|aspx?|php)$", re.I)
PAGE_BODY = (
    ".TRS_Editor", ".trs_editor_view", "#zoom", "#Zoom", ".article-content", ".article_content", "#articleContent",
    "#article-content", "[itemprop=articleBody]", "#content", ".content", "article",
)  # fmt: skip


class Plain:
    """A family told by regular expressions; the subclasses state their own and how their lists go on."""

    name = "plain"
    layout = Layout(
        family="plain",
        title=("meta[name=ArticleTitle]", "h1", ".title", "#title"),
        body=PAGE_BODY,
        date=(
            "meta[name=PubDate]",
            "meta[name=publishdate]",
            "meta[property='article:published_time']",
            ".date",
            ".time",
        ),
        publisher=("meta[name=ContentSource]", ".source", "#source"),
        author=("meta[name=Author]", ".author"),
        editor=(".editor", "#editor"),
    )
    articles: tuple[re.Pattern[str], ...] = (
        # /2021/05/07/99869719.html, /2021-05/07/…, /20210507/…, /202105/07/…: a day, then something with a digit
        re.compile(
            r"/(?P<year>(?:19|20)\d\d)[-/_]?(?P<month>0[1-9]|1[0-2]|[1-9](?=[-/_]))[-/_]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=/))"
            r"(?:/[^/?]*)*/[^/?]*\d[^/?]*$"
        ),
        # /news/20210507123.html, t20210507_123.htm, P20210507…: a day at the head of the last part
        re.compile(
            r"/[a-zA-Z_-]{0,8}(?P<year>20\d\d)-?(?P<month>0[1-9]|1[0-2])-?(?P<day>0[1-9]|[12]\d|3[01])[^/?]*\.s?html?$"
        ),
        re.compile(r"/(?:[a-zA-Z]+[_-])*\d{4,}(?:_\d+)?\.(?:[sj]?html?|jspx?|aspx?|php)$"),
        re.compile(r"[?&](?:id|aid|newsid|articleid|infoid|contentid)=[0-9a-fA-F-]{3,}", re.IGNORECASE),
    )

    def links(self, data: bytes, url: str, layout: Layout) -> list[Link]:
        """The articles of a list page, in page order; ``layout`` narrows where they stand and how they look."""
        return self._links_in(decode(data), url, layout)

    def following(self, data: bytes, url: str, page: int) -> ListRequest | None:  # noqa: ARG002 -- others count pages
        """The page behind 下一页; of a list of JSON the one with the next number."""
        text = decode(data)
        if (value := jsonlist.parsed(text)) is not None:
            target = jsonlist.following(value, url)
        else:
            target = next_link(text, url)
        return ListRequest(target) if target else None

    def fillers(self, data: bytes, url: str) -> list[ListRequest]:  # noqa: ARG002 -- most pages are whole
        """None: the entries stand in the page."""
        return []

    def day_of(self, url: str) -> date | None:
        """The day in an article's address; None where it names none, or none of the calendar."""
        return first_day(self.articles, url)

    def is_article(self, url: str) -> bool:
        """Whether the address has the shape of an article's in this family."""
        return matches(self.articles, url) and not matches((NOT_A_PAGE, NOT_AN_ARTICLE), url.partition("?")[0])

    def _links_in(self, text: str, url: str, layout: Layout) -> list[Link]:
        own = [re.compile(p) for p in layout.article_urls]

        def is_article(target: str) -> bool:
            return matches(own, target) if own else self.is_article(target)

        def day_of(target: str) -> date | None:
            return first_day(own, target) or self.day_of(target)

        if (value := jsonlist.parsed(text)) is not None:
            return jsonlist.links(value, url, is_article, day_of)
        found = article_links(text, url, selectors=layout.list_links, is_article=is_article, day_of=day_of)
        if not found:  # one entry alone may be anything that a page says of another
            scripted = jsonlist.links(list(in_scripts(text)), url, is_article, day_of)
            found = scripted if len(scripted) > 1 else []
        return found
