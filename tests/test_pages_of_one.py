"""`minsheng extract URL` reads an article that goes on over several pages as the daily run does: as one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner

from minsheng.cli import main
from minsheng.settings import get_settings

FIRST = "今年以来，青禾县统筹推进民生实事，累计投入资金3.6亿元，办结实事项目128个。群众的操心事一件件有了着落。"
SECOND = "在乡村，该县新建农村公路86公里，改造危桥14座。下一步，将继续推进其余实事，力争年底前全部完成。"


def page(text: str, link: str = "") -> bytes:
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>青禾县办好民生实事</title></head><body>'
        f'<h1>青禾县办好民生实事</h1><div class="info">发布时间：2024-05-20 来源：青禾日报</div>'
        f'<div class="content"><p>{text}</p>{link}</div></body></html>'
    ).encode()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nothing on stderr: the tests read it."""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    for name, data in {
        "art_1.html": page(FIRST, '<a href="art_1_2.html">下一页</a>'),
        "art_1_2.html": page(SECOND),
        "art_2.html": page(FIRST, '<a href="art_2_2.html">下一页</a>'),
        "t20240520_7.html": page(FIRST, '<script>createPageHTML(2, 0,"t20240520_7","html");</script>'),
        "t20240520_7_1.html": page(SECOND, '<script>createPageHTML(2, 1,"t20240520_7","html");</script>'),
        "robots.txt": b"User-agent: *\nDisallow:\n",
    }.items():
        (tmp_path / name).write_bytes(data)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    host = f"127.0.0.1:{server.server_port}"
    monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps([host]))
    get_settings.cache_clear()
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{host}"
    server.shutdown()
    server.server_close()
    get_settings.cache_clear()


def cleaned(url: str) -> dict:
    result = CliRunner().invoke(main, ["clean", url, "--format", "json"])
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_the_further_pages_of_an_address_are_read_with_it(site: str) -> None:
    result = CliRunner().invoke(main, ["extract", f"{site}/art_1.html", "--format", "jsonl"])
    assert [json.loads(line)["surface"] for line in result.stdout.splitlines()] == [
        "3.6亿元",
        "128个",
        "86公里",
        "14座",
    ]
    article = cleaned(f"{site}/art_1.html")
    assert article["body"] == f"{FIRST}\n{SECOND}"
    assert article["url"] == f"{site}/art_1.html"


def test_so_are_those_that_a_script_counts(site: str) -> None:
    article = cleaned(f"{site}/t20240520_7.html")
    assert (article["body"], article["warnings"]) == (f"{FIRST}\n{SECOND}", [])


def test_a_further_page_that_is_missing_is_told(site: str) -> None:
    article = cleaned(f"{site}/art_2.html")
    assert article["body"] == FIRST
    assert [w for w in article["warnings"] if "art_2_2.html is missing" in w]


def test_what_only_the_warehouse_needs_is_not_shown(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(page(FIRST))
    assert "bands" not in cleaned(str(file))
