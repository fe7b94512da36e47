"""Where each CMS family puts its articles and lists: the replay's addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from replay.content import Article, Site

PER_PAGE = 4


@dataclass(frozen=True)
class ListPage:
    """One page of a list: what stands on it and where the next one is (none: the last)."""

    path: str
    column: str
    entries: list[Entry]
    number: int
    pages: int
    following: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of a list: an address with its headline and day."""

    path: str
    title: str
    day: str


def article_path(family: str, article_id: str, column: str, day: date) -> str:
    """The address that a family gives to an article."""
    return {
        "trs": f"/{column}/{day:%Y%m}/t{day:%Y%m%d}_{article_id}.shtml",
        "ucap": f"/{column}/{day:%Y%m}/content_{article_id}.html",
        "jpage": f"/art/{day.year}/{day.month}/{day.day}/art_{column}_{article_id}.html",
        "vsb": f"/info/{column}/{article_id}.htm",
        "founder": f"/html/{day:%Y-%m/%d}/content_{article_id}.htm",
        "plain": f"/{column}/{day:%Y/%m%d}/{article_id}.html",
    }[family]


def path_of(site: Site, article: Article) -> str:
    """The address of an article of ``site``."""
    return article_path(site.family, article.id, article.column, article.day)


def part_path(path: str, number: int) -> str:
    """The address of the ``number``-th page (from 1) of the article at ``path``."""
    stem, _, suffix = path.rpartition(".")
    return path if number == 1 else f"{stem}_{number - 1}.{suffix}"


def list_path(family: str, column: str, number: int, pages: int) -> str:
    """The address of the ``number``-th page (from 1) of a column's list."""
    first = number == 1
    return {
        "trs": f"/{column}/index.shtml" if first else f"/{column}/index_{number - 1}.shtml",
        "ucap": f"/{column}/index.html" if first else f"/{column}/index_{number}.html",
        "jpage": f"/col/col{column}/index.html",
        "vsb": f"/list{column}.htm" if first else f"/list{column}/{pages - number + 1}.htm",
        "plain": f"/{column}/list.html" if first else f"/{column}/list.html?page={number}",
    }[family]


def entries(site: Site, articles: list[Article], day: date) -> list[Entry]:
    """The lines of a site's list as of ``day``: its articles, its dead and forbidden links, a sticky one on top."""
    lines = [(a.day, a.id, Entry(_listed(site, a), a.title, a.day.isoformat())) for a in articles]
    for extra in site.extra:
        if extra["day"] <= day:
            entry = Entry(extra_path(site, extra), extra["title"], extra["day"].isoformat())
            lines.append((extra["day"], extra["id"], entry))
    lines.sort(key=lambda line: (line[1] == site.sticky, line[0], line[1]), reverse=True)
    return [entry for _, _, entry in lines]


def extra_path(site: Site, extra: dict[str, Any]) -> str:
    """Where an entry leads that is no ordinary article."""
    column = "internal" if extra["kind"] == "forbidden" else next(iter(site.columns))
    return article_path(site.family, extra["id"], column, extra["day"])


def moved_path(site: Site, article: Article) -> str:
    """The old address of an article that has moved: still in the list, answered with a redirect."""
    return article_path(site.family, article.id, "old", article.day)


def _listed(site: Site, article: Article) -> str:
    return moved_path(site, article) if article.id == site.moved else path_of(site, article)


def list_pages(site: Site, lines: list[Entry]) -> list[ListPage]:
    """The pages of the site's one list, in order (all families but the newspaper's)."""
    column = next(iter(site.columns))
    chunks = [lines[i : i + PER_PAGE] for i in range(0, len(lines), PER_PAGE)] or [[]]
    paths = [list_path(site.family, column, n, len(chunks)) for n in range(1, len(chunks) + 1)]
    return [
        ListPage(path, column, chunk, n, len(chunks), paths[n] if n < len(chunks) else "")
        for n, (path, chunk) in enumerate(zip(paths, chunks, strict=True), 1)
    ]


def editions(site: Site, articles: list[Article]) -> list[ListPage]:
    """A newspaper's pages: one a day and section that has articles, each leading on to the day's next."""
    pages = []
    for day in sorted({a.day for a in articles}, reverse=True):
        columns = [c for c in site.columns if any(a.day == day and a.column == c for a in articles)]
        for number, column in enumerate(columns, 1):
            here = [a for a in articles if a.day == day and a.column == column]
            lines = [Entry(path_of(site, a), a.title, "") for a in here]
            more = edition_path(day, number + 1) if number < len(columns) else ""
            pages.append(ListPage(edition_path(day, number), column, lines, number, len(columns), more))
    return pages


def edition_path(day: date, number: int) -> str:
    """The address of a newspaper's page; node_1 is the paper's own overview, so the first page is node_2."""
    return f"/html/{day:%Y-%m/%d}/node_{number + 1}.htm"
