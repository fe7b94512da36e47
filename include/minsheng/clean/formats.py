"""Text that is neither a page nor prose: feeds and other XML, JSON, rich text, mail and saved pages.

Read as a text file it would be an article of tags and braces.
"""

from __future__ import annotations

import json
import re

_XML = re.compile(
    r"(?P<declared><\?xml[^>]*>)?(?:\s|<!--(?:(?!-->).)*-->|<(?:\?|!(?!--))[^>]*>)*+<(?P<root>[\w:.-]{1,60})", re.S
)
_FEEDS = frozenset({"rss", "feed", "rdf:rdf", "urlset", "sitemapindex", "opml", "svg"})
# The elements that a page, or a piece of one, may begin with; wml is the page of old telephones.
_PAGE = re.compile(
    r"(?:.*:)?(?:html|head|body|title|meta|link|style|script|base|noscript|div|p|a|b|i|u|br|hr|h[1-6]|span|font|center|"
    r"table|tbody|t[rdh]|[uod]l|li|form|img|section|article|main|header|footer|nav|strong|em|iframe|wml)"
)
_OBJECT = re.compile(
    r"""(?P<call>(?:(?:var|let|const)\s+)?[A-Za-z_$][\w$.]{0,60}\s*[=(]\s*)?(?:\[\s*){0,3}"""
    r"""\{\s*(?:"(?:[^"\\\n]|\\.){0,200}"\s*:|'[^'\n]{0,200}'\s*:|(?(call)[\w$]{1,60}\s*:|\}))"""
)
_MIME = re.compile(r"^MIME-Version:\s*\d", re.M | re.I)
_HEAD = 2000


def other_format(text: str) -> str | None:
    """The name of the format that a text is in where that is neither HTML nor prose; None for those."""
    start = text[: 2 * _HEAD].lstrip()
    if start.startswith("<"):
        found = _XML.match(start)
        root = found["root"].lower() if found else ""
        declared = found is not None and found["declared"]
        return f"XML ({root})" if root in _FEEDS or (declared and not _PAGE.fullmatch(root)) else None
    if start.startswith("{\\rtf"):
        return "RTF"
    if _OBJECT.match(start) or (start.startswith("[") and _is_json(text)):
        return "JSON"
    return "MIME" if _MIME.search(start[:_HEAD]) else None


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
