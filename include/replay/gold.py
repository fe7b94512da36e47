"""What measuring should find in the replay: ``expected.json``, gathered from the texts by ``python -m replay.gold``.

A row an article and state: ``site``, ``path`` of its address, ``id``, ``title``, ``day``, the replay ``days`` on which
it stands so, and its ``figures`` in the order of the text, each ``surface``, ``value`` and ``unit`` (UCUM codes).
"""

from __future__ import annotations

import json
from typing import Any

from replay.content import DAYS, FOLDER, Article, Site, load_sites
from replay.families import path_of

FILE = FOLDER / "expected.json"


def expected() -> list[dict[str, Any]]:
    """The rows, of every article in each state it is ever in."""
    return [
        _row(site, article)
        for site in load_sites().values()
        for article in (*site.articles.values(), *site.revised.values())
    ]


def as_json() -> str:
    """The file's text: a row a line, so that a change shows as one."""
    rows = (json.dumps(row, ensure_ascii=False) for row in expected())
    return "[\n" + ",\n".join(rows) + "\n]\n"


def _row(site: Site, article: Article) -> dict[str, Any]:
    return {
        "site": site.id,
        "path": path_of(site, article),
        "id": article.id,
        "title": article.title,
        "day": article.day.isoformat(),
        "days": [day for day in DAYS if article in site.on(day)],
        "figures": article.figures,
    }


if __name__ == "__main__":
    FILE.write_text(as_json(), "utf-8")
