"""RSS, Atom and sitemap files as links with the day each gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from lxml import etree

from minsheng import SHANGHAI
from minsheng.acquire.body import decode
from minsheng.cms import Link


class NotAFeed(Exception):
    """The bytes are neither a feed nor a sitemap."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Entries, and the further sitemaps that an index names (with the day of their last change)."""

    links: list[Link]
    sitemaps: list[Link]


def read(data: bytes, url: str, limit: int) -> Feed:
    """The feed or sitemap ``data`` (itself gzipped or not) from ``url``. Raises ``NotAFeed``, ``BadBody``."""
    if data.startswith(b"\x1f\x8b"):
        data = decode(data, "gzip", limit)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAFeed(f"no XML: {error}") from None
    if root is None or _name(root) not in {"rss", "RDF", "feed", "urlset", "sitemapindex"}:
        raise NotAFeed(f"no feed: its root is {'nothing' if root is None else _name(root)}")
    links: list[Link] = []
    sitemaps: list[Link] = []
    for node in root.iter("{*}item", "{*}entry", "{*}url", "{*}sitemap"):
        found = _link(node, url)
        if found is not None:
            (sitemaps if _name(node) == "sitemap" else links).append(found)
    if not links and not sitemaps:
        raise NotAFeed("no entry in it")
    return Feed(links, sitemaps)


def _link(node: etree._Element, url: str) -> Link | None:
    target, title, day = "", "", None
    for child in node.iter():
        name, text = _name(child), (child.text or "").strip()
        if name in {"link", "loc"} and not target:
            target = text or (child.get("href") or "" if child.get("rel", "alternate") == "alternate" else "")
        elif name == "title":
            title = title or text
        elif name in {"pubDate", "published", "publication_date", "date", "updated", "lastmod"}:
            day = day or day_in(text)
    return Link(urljoin(url, target), title, day) if target else None


def day_in(text: str) -> date | None:
    """The Shanghai day of a feed's timestamp (RFC 822 or ISO 8601; without a zone it is Shanghai's)."""
    for read_moment in (datetime.fromisoformat, parsedate_to_datetime, _leading_day):
        try:
            moment = read_moment(text.replace("/", "-"))
        except ValueError:
            continue
        return (moment.astimezone(SHANGHAI) if moment.tzinfo else moment).date()
    return None


def _leading_day(text: str) -> datetime:
    return datetime.fromisoformat(text[:10])


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""
