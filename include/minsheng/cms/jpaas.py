"""Hanweb's later platform (jpaas): list pages without entries, filled in by units of JSON.

A page names each unit in a script, ``<script url="/api-gateway/jpaas-publish-server/front/page/build/unit"
queryData="{'parseType':'bulidstatic','webId':'3096',…,'pageId':'1554467'}">``. Asked for with these parameters, the
unit answers ``{"success": true, "data": {"html": "<ul>…</ul><div class='pagination' rows='15' count='92'
pageNo='1'>"}}``, and with ``paramJson={"pageNo":2,"pageSize":15}`` beside them its next page.
"""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qsl, urlsplit

from selectolax.lexbor import LexborHTMLParser

from minsheng.cms.html import absolute, asking, base_of
from minsheng.cms.jsonlist import parsed

UNIT = "/page/build/unit"
MOST_UNITS = 5  # of a page; the rest are menus and pictures
PARAMETER = re.compile(r"""['"](?P<key>\w{1,40})['"]\s*:\s*['"](?P<value>[^'"]{0,400})['"]""")
COUNTED = re.compile(r"""\b(?P<key>rows|count|pageNo)['"]?\s*[:=]\s*['"]?(?P<number>\d{1,9})""", re.IGNORECASE)


def units(text: str, url: str) -> list[str]:
    """The addresses of the units that fill a page in, in its order."""
    if "querydata" not in text.lower():
        return []
    tree = LexborHTMLParser(text)
    base, found = base_of(tree, url), list[str]()
    for script in tree.css("script[querydata][url]"):
        target = absolute(base, script.attributes.get("url"))
        asked = {m["key"]: m["value"] for m in PARAMETER.finditer(script.attributes.get("querydata") or "")}
        if target and urlsplit(target).path.endswith(UNIT) and asked:
            found.append(asking(target, asked))
    return list(dict.fromkeys(found))[:MOST_UNITS]


def unit_html(text: str) -> str | None:
    """The markup that a unit's answer holds; None for anything else."""
    answer = parsed(text)
    data = answer.get("data") if isinstance(answer, dict) else None
    html = data.get("html") if isinstance(data, dict) else None
    return html if isinstance(html, str) else None


def following(html: str, url: str) -> str | None:
    """The address of the unit's page after the one at ``url``, as long as its own count of entries goes beyond it."""
    counted = {m["key"].lower(): int(m["number"]) for m in COUNTED.finditer(html)}
    rows, count, here = counted.get("rows", 0), counted.get("count", 0), counted.get("pageno", 0)
    if not (rows and here and here * rows < count):
        return None
    asked = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    window = json.dumps({"pageNo": here + 1, "pageSize": rows}, separators=(",", ":"))
    return asking(url, {**asked, "paramJson": window})
