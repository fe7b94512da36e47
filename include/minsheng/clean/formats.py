"""Text that is neither a page nor prose: feeds and other XML, JSON, rich text, mail and saved pages.

Read as a text file it would be an article of tags and braces.
"""

from __future__ import annotations

import json
import re

_XML = re.compile(
    r"(?P<declared><\?xml[^>]*>)?(?:\s|<!--(?:(?!-->).)*-->|<(?:\?|!(?!--))[^>]*>)*+<(?P<root>[\w:.-]{1,60})", re.S
)
_FEEDS = frozenset({"rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "opml"})
# The elements that a page, or a piece of one, may begin with; wml is the page of old telephones.
_PAGE = re.compile(
    r"(?:.*:)?(?:html|head|body|title|meta|link|style|script|base|noscript|div|p|a|b|i|u|br|hr|h[1-6]|span|font|center|"
    r"table|tbody|t[rdh]|[uod]l|li|form|img|section|article|main|header|footer|nav|strong|em|iframe|wml|input|small|"
    r"big|label|button|select|textarea|pre|blockquote|d[dt]|fieldset|video|audio|canvas|embed|aside|figure|s|su[bp])|jsp:.*"
)
# Where a page begins behind what it opens with; what an XML document or a string quotes of one is none.
_PAGE_IN_XML = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|(?P<page><html\b|<!doctype\s+html\b)", re.S | re.I
)
_PAGE_IN_JSON = re.compile(
    r""""(?:[^"\\]|\\.)*+(?:"|\Z)|'(?:[^'\\\n]|\\.)*+'|(?P<page><(?:html|body)\b|<!doctype\s+html\b)""", re.S | re.I
)
_OBJECT = re.compile(
    r"""(?P<call>(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]{0,60}\s*[=(]\s*)?(?:\[\s*){0,3}"""
    r"""\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|'[^'\n]{0,200}'\s*:|(?(call)[\w$]{1,60}\s*:|\}))"""
)
_TALK = re.compile(r"[\s)\];]*(?:<(?!!--)|[\u2018-\u201d\u3001-\u9fff\uff01-\uff5e])")  # behind a value: no more JSON
_MIME = re.compile(r"^MIME-Version:[ \t]*\d[\d.]*[ \t]*(?:\([^)\n]*\))?[ \t]*\r?$", re.M | re.I)
_HEADER = re.compile(r"^(?:From|To|Subject|Date|Received|Return-Path|Message-ID|Content-[A-Z-]+):", re.M | re.I)
_HEAD = 2000


def other_format(text: str) -> str | None:
    """The name of the format that a text is in where that is neither HTML nor prose; None for those."""
    text = text.lstrip()
    start = text[: 2 * _HEAD]
    if start.startswith("<"):
        found = _XML.match(start)
        return f"XML ({found['root'].lower()})" if found and _is_xml(text, found) else None
    if start.startswith("{\\rtf"):
        return "RTF"
    if found := _OBJECT.match(start):
        return "JSON" if not _begins_page(_PAGE_IN_JSON, text) and not _goes_on(text, found) else None
    if start.startswith("[") and _is_json(text):
        return "JSON"
    return "MIME" if _MIME.search(start[:_HEAD]) and _HEADER.search(start[:_HEAD]) else None


def _is_xml(text: str, found: re.Match[str]) -> bool:
    """By a feed's root, or by a declaration before a root of no page behind which no other element follows."""
    root = found["root"].lower()
    if root not in _FEEDS:
        if not found["declared"] or _PAGE.fullmatch(root):
            return False
        _, end, rest = text.rpartition(f"</{found['root']}>")
        if end and re.search(r"<[A-Za-z]", rest):
            return False
    return not _begins_page(_PAGE_IN_XML, text)


def _begins_page(pattern: re.Pattern[str], text: str) -> bool:
    return any(found["page"] for found in pattern.finditer(text))


def _goes_on(text: str, found: re.Match[str]) -> bool:
    """Whether markup or prose follows the first value."""
    try:
        _, end = json.JSONDecoder().raw_decode(text, text.index("{", found.start()))
    except (ValueError, RecursionError):
        return False
    return _TALK.match(text, end) is not None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
