"""The replay's articles and sites as data: Markdown with a head, and the figures marked in the text.

``[[1.2亿元|120000000 CNY]]`` in a text is shown as 1.2亿元 and expected as the figure 120000000 CNY, so
each article carries its own gold; ``replay.gold`` gathers it. A line ``===`` is where a TRS site begins the article's
next page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FIRST_DAY = date(2024, 5, 20)
SECOND_DAY = date(2024, 5, 21)
PAGE_BREAK = "==="
DAYS = {1: FIRST_DAY, 2: SECOND_DAY}

FIGURE = re.compile(r"\[\[(?P<surface>[^|\]]+)\|(?P<value>[\d.]+) (?P<unit>[^\]]+)\]\]")


@dataclass(frozen=True)
class Article:
    """One article in one state; its ``text`` still has the figures marked.

    ``reprint`` and ``garbled`` name the article (``site/id``) whose text stands here, as it was or as a mirror
    shows it; ``garbled`` may also be true for a mirrored text of its own.
    """

    id: str
    title: str
    day: date
    column: str
    text: str
    publisher: str = ""
    subtitle: str = ""
    author: str = ""
    editor: str = ""
    garbled: bool | str = False
    reprint: str = ""

    @property
    def lines(self) -> list[str]:
        """The text as the author wrote it, a line a paragraph, heading (``## ``) or table row (``|``)."""
        return [line for page in self.pages for line in page]

    @property
    def pages(self) -> list[list[str]]:
        """The lines of each page over which the site spreads the text."""
        shown = FIGURE.sub(lambda m: m["surface"], self.text)
        return [[line for line in page.splitlines() if line.strip()] for page in shown.split(f"\n{PAGE_BREAK}\n")]

    @property
    def figures(self) -> list[dict[str, str]]:
        """What measuring should find, in the order of the text."""
        return [m.groupdict() for m in FIGURE.finditer(self.text)]


@dataclass(frozen=True)
class Site:
    """One site and all that stands on it; ``revised`` holds the second day's version of an article."""

    id: str
    name: str
    name_en: str
    family: str
    level: str
    charset: str
    claims: str
    columns: dict[str, str]
    region_code: str = ""
    robots: str = ""
    sticky: str = ""
    moved: str = ""
    slow: str = ""
    gone: dict[str, int] = field(default_factory=dict)
    extra: list[dict[str, Any]] = field(default_factory=list)
    articles: dict[str, Article] = field(default_factory=dict)
    revised: dict[str, Article] = field(default_factory=dict)

    def on(self, day: int) -> list[Article]:
        """The articles that stand on the site on replay day 1 or 2, newest first."""
        there = [
            self.revised.get(a.id, a) if day == 2 else a
            for a in self.articles.values()
            if a.day <= DAYS[day] and day < self.gone.get(a.id, 9)
        ]
        return sorted(there, key=lambda a: (a.day, a.id), reverse=True)


@cache
def load_sites() -> dict[str, Site]:
    """Every site with its articles, reprints and mirrored texts resolved, by id."""
    sites = {}
    for declared in yaml.safe_load((FOLDER / "sites.yml").read_text("utf-8")):
        texts = {p.stem: _read(p) for p in sorted((FOLDER / "content" / declared["id"]).glob("*.md"))}
        first = {k: a for k, a in texts.items() if "@" not in k}
        sites[declared["id"]] = Site(
            **declared, articles=first, revised={a.id: a for k, a in texts.items() if "@" in k}
        )
    for site in sites.values():
        for key, article in site.articles.items():
            origin = article.reprint or (article.garbled if isinstance(article.garbled, str) else "")
            if origin:
                name, _, number = origin.partition("/")
                source = sites[name].articles[number]
                site.articles[key] = replace(article, text=source.text, author=source.author)
    return sites


def _read(path: Path) -> Article:
    _, head, text = path.read_text("utf-8").split("---\n", 2)
    return Article(id=path.stem.partition("@")[0], text=text, **yaml.safe_load(head))
