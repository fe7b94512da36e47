"""Any page of the archive is found by its address and a time, whatever unit it lies in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minsheng import SHANGHAI
from minsheng.acquire import Candidate, fetch
from minsheng.acquire.finding import find, shown, standing
from minsheng.cli import main
from minsheng.contracts import Page
from minsheng.settings import Settings, get_settings

from .hostile import Request, Site, pages, reply, serving

DAYS = [date(2024, 5, 20) + timedelta(days=n) for n in range(5)]
Answers = dict[str, bytes | Callable[[Request], bytes]]
Visit = Callable[..., list[Page]]


def text(words: str) -> bytes:
    return f"<html><title>新闻</title><p>{words}</p></html>".encode()


@pytest.fixture
def answers() -> Answers:
    return {}


@pytest.fixture
def site(answers: Answers) -> Iterator[Site]:
    with serving({"site": pages(answers)}) as sites:
        yield sites["site"]


@pytest.fixture
def settings(site: Site, make_settings: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    made = make_settings(site.host)
    monkeypatch.setenv("MINSHENG_DATA", str(made.data))
    get_settings.cache_clear()
    yield made
    get_settings.cache_clear()


@pytest.fixture
def visit(site: Site, settings: Settings, make_source: Callable[..., object]) -> Visit:
    source = make_source(site.url("/"), hosts=frozenset({site.host}))

    def visited(day: date, *paths: str) -> list[Page]:
        return fetch(source, day, [Candidate(site.url(path)) for path in paths], settings)  # type: ignore[arg-type]

    return visited


def call(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["archive", "find", *map(str, arguments)])


def at(page: Page) -> str:
    """Just after the page was captured."""
    return (page.fetched_at + timedelta(milliseconds=1)).isoformat()


def test_a_page_is_found_by_address_and_time_in_all_its_revisions(
    answers: Answers, site: Site, settings: Settings, visit: Visit, tmp_path: Path
) -> None:
    url = site.url("/a/t20240520_1.html")
    captured = []
    for day, words in zip(DAYS, ["甲", "甲", "乙", None, "丙"], strict=True):
        answers.pop("/a/t20240520_1.html", None)
        if words:
            answers["/a/t20240520_1.html"] = reply(text(words))
        answers["/a/t20240520_11.html"] = reply(text("another"))
        captured += visit(day, "/a/t20240520_1.html", "/a/t20240520_11.html")[:1]
    found = find(url, settings)
    assert [(c.logical_date, c.entry.outcome, c.entry.revision) for c in found] == list(
        zip(DAYS, ["new", "unchanged", "revised", "gone", "revised"], [1, 1, 2, 2, 3], strict=True)
    )
    assert standing(found, captured[0].fetched_at - timedelta(seconds=1)) is None
    for page, words in zip(captured, ["甲", "甲", "乙", None, "丙"], strict=True):
        held = standing(found, datetime.fromisoformat(at(page)))
        assert held is not None
        assert held.entry.started_at == page.fetched_at
        assert shown(held, found, settings) == (text(words) if words else None)

    rows = [json.loads(line) for line in call(url, "--format", "jsonl").stdout.splitlines()]
    assert [(r["logical_date"], r["warc_file"], r["warc_offset"]) for r in rows] == [
        (str(p.logical_date), p.warc_file, p.warc_offset) for p in captured
    ]
    file = tmp_path / "page.html"
    result = call(url, "--at", at(captured[1]), "--write", file)
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == text("甲")
    assert "unchanged" in result.stderr
    assert call(url, "--write", "-").stdout_bytes == text("丙")


def test_any_form_of_an_address_finds_it_and_so_does_the_one_it_was_redirected_to(
    answers: Answers, site: Site, settings: Settings, visit: Visit
) -> None:
    answers |= {"/old": reply(b"", "301 Moved", Location="/a/%E6%96%B0.html?id=7"), "/a/%E6%96%B0.html?id=7": reply()}
    visit(DAYS[0], "/old")
    for form in ("/a/新.html?id=7", "/./a/%e6%96%b0.html?id=7#top".replace("%e6%96%b0", "%E6%96%B0")):
        assert [c.entry.outcome for c in find(site.url(form), settings)] == ["new"]
    old = find(site.url("/old"), settings)
    assert [(c.entry.role, c.entry.outcome) for c in old] == [("hop", None), ("page", "new")]


def test_an_address_that_led_to_a_page_of_another_shows_that_page(
    answers: Answers, site: Site, settings: Settings, visit: Visit
) -> None:
    answers |= {"/one": reply(text("甲")), "/two": reply(b"", "301 Moved", Location="/one")}
    visit(DAYS[0], "/one", "/two")
    found = find(site.url("/two"), settings)
    held = standing(found)
    assert held is not None
    assert shown(held, found, settings) == text("甲")


def test_what_the_archive_does_not_hold_is_said_and_ends_with_1(
    answers: Answers, site: Site, settings: Settings, visit: Visit
) -> None:
    answers["/a"] = reply(text("甲"))
    [page] = visit(DAYS[0], "/a")
    visit(DAYS[0], "/gone")
    nothing = call(site.url("/b"))
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert nothing.stderr == f"minsheng: {site.url('/b')}: not in the archive\n"
    early = call(site.url("/a"), "--at", page.fetched_at.astimezone(SHANGHAI).date() - timedelta(days=1))
    assert (early.exit_code, early.stdout) == (1, "")
    assert call(site.url("/gone")).exit_code == 0
    assert call(site.url("/gone"), "--write", "-").exit_code == 1
    assert call(site.url("/a"), "--at", "yesterday").exit_code == 2
    (settings.archive / str(page.warc_file)).unlink()
    assert call(site.url("/a")).exit_code == 0
    assert "not read" in call(site.url("/a"), "--write", "-").stderr


def test_a_list_and_robots_are_found_too(
    answers: Answers, site: Site, settings: Settings, visit: Visit, make_source: Callable[..., object]
) -> None:
    from minsheng.acquire import discover

    listed = text('<a href="/a/t20240520_1.html">题目</a>')
    answers |= {"/list/": reply(listed), "/robots.txt": reply(b"User-agent: *\nDisallow: /x/")}
    discover(make_source(site.url("/"), site.url("/list/")), DAYS[0], settings)  # type: ignore[arg-type]
    assert call(site.url("/list/"), "--write", "-").stdout_bytes == listed
    assert call(site.url("/robots.txt"), "--write", "-").stdout_bytes.startswith(b"User-agent")
