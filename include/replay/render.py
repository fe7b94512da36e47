"""A site as of one day, as answers by address: pages drawn by its family's templates, in its own encoding."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader

from replay.content import DAYS, FOLDER, Article, Site, load_sites
from replay.families import Entry, ListPage, editions, entries, extra_path, list_pages, moved_path, part_path, path_of
from replay.garble import garble

SLOW = 1.5  # seconds that the slow page waits


@dataclass(frozen=True)
class Answer:
    """What an address answers. ``modified`` is when it last changed; ``delay`` seconds it waits first."""

    status: int
    body: bytes
    modified: datetime
    content_type: str = "text/html"
    location: str = ""
    delay: float = 0.0

    @property
    def etag(self) -> str:
        """A strong validator: the digest of the body."""
        return f'"{sha256(self.body).hexdigest()[:20]}"'


@cache
def answers(site_id: str, day: int) -> dict[str, Answer]:
    """All that stands on a site on replay day 1 or 2, by path and query."""
    site = load_sites()[site_id]
    articles = site.on(day)
    now = _morning(DAYS[day])
    found = {
        part_path(path_of(site, a), number): _article(site, a, day, number)
        for a in articles
        for number in range(1, len(a.pages) + 1)
    }
    if site.slow in site.articles:
        path = path_of(site, site.articles[site.slow])
        found[path] = replace(found[path], delay=SLOW)
    if site.moved in site.articles:
        article = site.articles[site.moved]
        found[moved_path(site, article)] = Answer(301, b"", now, location=path_of(site, article))
    for extra in site.extra:
        if extra["kind"] == "verify":
            found[extra_path(site, extra)] = Answer(200, _draw(site, "verify.html"), now, _type(site))
        if extra["kind"] == "forbidden":
            secret = b"<html><body>Whoever reads this has ignored robots.txt.</body></html>"
            found[extra_path(site, extra)] = Answer(200, secret, now)
    pages = _lists(site, day)
    for page in pages:
        found.setdefault(page.path, Answer(200, _list(site, page, pages), now, _type(site)))
    links = "".join(f'<a href="{p.path}">{site.columns[p.column]}</a>' for p in pages if p.number == 1)
    found["/"] = Answer(200, _encode(site, f"<html><body><h1>{site.name}</h1>{links}</body></html>"), now, _type(site))
    if site.robots:
        found["/robots.txt"] = Answer(200, site.robots.encode(), _morning(DAYS[1]), "text/plain")
    return found


def data_proxy(site_id: str, day: int, query: str) -> Answer | None:
    """jpage's later records, ``startrecord`` to ``endrecord`` of a column, as XML; None for a wrong request."""
    site = load_sites()[site_id]
    asked = {k: v[0] for k, v in parse_qs(query).items()}
    if site.family != "jpage" or asked.get("columnid") not in site.columns or "unitid" not in asked:
        return None
    start, end = int(asked.get("startrecord", "1")), int(asked.get("endrecord", "0"))
    lines = entries(site, site.on(day), DAYS[day])
    rows = (f'<a href="{e.path}">{e.title}</a><span>[{e.day}]</span>' for e in lines[max(start, 1) - 1 : end])
    records = "".join(f"<record><![CDATA[<li>{row}</li>]]></record>" for row in rows)
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?><datastore><totalrecord>{len(lines)}</totalrecord>'
        f"<totalpage>1</totalpage><recordset>{records}</recordset></datastore>"
    )
    return Answer(200, xml.encode(), _morning(DAYS[day]), "text/xml; charset=UTF-8")


def _lists(site: Site, day: int) -> list[ListPage]:
    if site.family == "founder":
        return editions(site, site.on(day))
    return list_pages(site, entries(site, site.on(day), DAYS[day]))


def _list(site: Site, page: ListPage, pages: list[ListPage]) -> bytes:
    total = sum(len(p.entries) for p in pages)
    return _draw(site, f"{site.family}.list.html", page=page, title=site.columns[page.column], total=total)


def _article(site: Site, article: Article, day: int, number: int = 1) -> Answer:
    # related links are older than the article, so that a page only changes when its article does
    older = [a for a in site.articles.values() if a.day < article.day and day < site.gone.get(a.id, 9)]
    older = [a for a in older if a.id not in site.gone]
    related = [Entry(path_of(site, a), a.title, "") for a in older[-3:]]
    lines = article.pages[number - 1]
    more = part_path(path_of(site, article), number + 1) if number < len(article.pages) else ""
    if article.garbled:
        article = replace(article, title=garble(article.title), author=garble(article.author))
        lines = [garble(line) for line in lines]
    body = _draw(site, f"{site.family}.article.html", a=article, blocks=blocks(lines), related=related, more=more)
    changed = DAYS[2] if article in site.revised.values() else article.day
    return Answer(200, body, _morning(changed), _type(site))


def blocks(lines: list[str]) -> list[tuple[str, Any]]:
    """Paragraphs ``("p", text)``, headings ``("h", text)`` and tables ``("table", rows)`` of a text's lines."""
    out: list[tuple[str, Any]] = []
    for line in lines:
        if line.startswith("|"):
            if not out or out[-1][0] != "table":
                out.append(("table", []))
            out[-1][1].append(line.strip("|").split("|"))
        else:
            out.append(("h", line[3:]) if line.startswith("## ") else ("p", line))
    return out


def _draw(site: Site, template: str, **values: Any) -> bytes:
    return _encode(site, _environment().get_template(template).render(site=site, **values))


def _encode(site: Site, text: str) -> bytes:
    return text.encode(site.charset)


def _type(site: Site) -> str:
    """The header names the charset only where the site tells the truth in it."""
    return "text/html; charset=utf-8" if site.charset == site.claims else "text/html"


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 0, 30, tzinfo=UTC)


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER / "templates"), autoescape=True)
