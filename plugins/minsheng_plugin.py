"""The page "minsheng" in Airflow's navigation: what the published snapshot holds, and the last audit.

Read-only, for logged-in users only; it opens the snapshot anew for each view, so it never shows half a build.
"""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, ClassVar

from airflow.api_fastapi.core_api.security import requires_authenticated
from airflow.plugins_manager import AirflowPlugin
from fastapi import Depends, FastAPI, HTTPException
from fastapi.responses import FileResponse, HTMLResponse

from minsheng import SHANGHAI
from minsheng.settings import get_settings

PREFIX = "/minsheng"
STYLE = """body{font:14px/1.5 system-ui,sans-serif;margin:2rem;color:#222;background:#fff}
table{border-collapse:collapse;margin:0 0 2rem}th,td{padding:.2rem .8rem;border-bottom:1px solid #ddd;text-align:left}
td.number{text-align:right;font-variant-numeric:tabular-nums}"""

# Airflow does not protect a plugin's app, and the generated documentation would stay open even so.
app = FastAPI(dependencies=[Depends(requires_authenticated())], docs_url=None, redoc_url=None, openapi_url=None)


@app.get("/", response_class=HTMLResponse)
def snapshot() -> str:
    """The tables of the last snapshot, or why there is none."""
    from minsheng.summary import summary
    from minsheng.warehouse import QueryError

    try:
        tables = summary(get_settings())
    except QueryError as error:
        return page(f"<p>{escape(str(error))}</p>")
    return page(audit() + "".join(table(heading, *answer) for heading, answer in tables.items()))


@app.get("/data-docs/{path:path}")
def data_docs(path: str) -> FileResponse:
    """A file of the Data Docs that Great Expectations wrote."""
    root = get_settings().docs.resolve()
    file = (root / (path or "index.html")).resolve()
    if not file.is_relative_to(root) or not file.is_file():
        raise HTTPException(404)
    return FileResponse(file)


def audit() -> str:
    """The last audit: it passed if the snapshot is newer, since only then is one published."""
    settings = get_settings()
    docs = settings.docs / "index.html"
    if not docs.is_file():
        return ""
    passed = settings.snapshot.stat().st_mtime >= docs.stat().st_mtime
    verdict = "passed" if passed else "did not pass, or publishing is under way: readers keep the snapshot below"
    return f'<p>Last audit: {moment(docs)}, {verdict}. <a href="{PREFIX}/data-docs/">Data Docs</a></p>'


def moment(file: Path) -> str:
    """When a file was written, in Shanghai."""
    return datetime.fromtimestamp(file.stat().st_mtime, SHANGHAI).strftime("%Y-%m-%d %H:%M")


def page(body: str) -> str:
    """A whole page around ``body``."""
    return f'<!doctype html><meta charset="utf-8"><title>minsheng</title><style>{STYLE}</style><h1>minsheng</h1>{body}'


def table(heading: str, columns: list[str], rows: list[tuple[Any, ...]]) -> str:
    """Rows as an HTML table; every value is escaped, since it may come from a web page."""
    head = "".join(f"<th>{escape(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(cell, row))}</tr>" for row in rows)
    return f"<h2>{escape(heading)}</h2><table><tr>{head}</tr>{body}</table>"


def cell(value: Any) -> str:
    """One value."""
    if isinstance(value, int):
        return f'<td class="number">{value:,}</td>'
    return f"<td>{escape('' if value is None else str(value))}</td>"


class MinshengPlugin(AirflowPlugin):
    """Registers the page with Airflow."""

    name = "minsheng"
    fastapi_apps: ClassVar = [{"app": app, "url_prefix": PREFIX, "name": "minsheng"}]
    # The slash at the end: without it the address is the UI's own page.
    external_views: ClassVar = [
        {"name": "minsheng", "href": f"{PREFIX}/", "url_route": "minsheng-snapshot", "destination": "nav"}
    ]
