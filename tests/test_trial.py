"""A trial of a source against a live site (on localhost): what holds is said, what does not comes with what to mend."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minsheng import SHANGHAI
from minsheng.acquire import requests_made
from minsheng.cli import main
from minsheng.settings import Settings, get_settings
from minsheng.sources import Design, Post, Source, load_sources
from minsheng.trial import Finding, trial, trials
from replay import DAYS, Replay, serve

from .acquire.hostile import DOOR, Request, Site, hangs_up, pages, reply, serving, stream

DAY = DAYS[2]
Answers = dict[str, bytes | Callable[[Request], bytes]]


@pytest.fixture(scope="module")
def replay(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replay]:
    with serve(tmp_path_factory.mktemp("sources")) as running:
        running.set_day(2)
        yield running


@pytest.fixture
def settings(replay: Replay, tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", sources=replay.sources_dir, allow_hosts=replay.allow_hosts)


def changed(replay: Replay, name: str, **fields: Any) -> Source:
    """A source of the replay, declared otherwise than it is."""
    return load_sources(replay.sources_dir)[name].model_copy(update=fields)


def told(findings: list[Finding]) -> dict[str, str]:
    """What is to be mended, by what it is about."""
    return {finding.about: finding.says for finding in findings if not finding.ok}


def test_the_sites_of_the_replay_hold_whatever_family_they_are_built_by(replay: Replay, settings: Settings) -> None:
    sources = list(load_sources(replay.sources_dir).values())
    found = list(trials(sources, DAY, settings))
    assert [told(one) for one in found] == [{}] * 7
    seen = {source.id: {f.about: f.says for f in one} for source, one in zip(sources, found, strict=True)}
    assert set(seen["jiangling"]) == {"registry", "robots", "list", "article", "encoding", "selectors"}
    assert "layout:trs" in seen["jiangling"]["selectors"]
    assert "goes on at http" in seen["changle"]["list"]
    assert "Crawl-delay of 0.1 s is kept" in seen["changle"]["robots"]
    assert seen["pingyao"]["encoding"] == "gb18030"
    assert seen["zunyi"]["encoding"] == "gb18030, whatever the pages say (utf-8)"
    assert all("2024-05-21" in one["list"] for one in seen.values())


def test_a_trial_is_on_record_and_asks_again_for_nothing_that_it_has(replay: Replay, settings: Settings) -> None:
    source = changed(replay, "jiangling")
    trial(source, DAY, settings)
    first = requests_made(source.id, DAY, settings)
    assert {request.role for request in first} == {"robots", "list", "page"}
    assert len(first) <= 2 + 5
    trial(source, DAY, settings)
    assert [r.role for r in requests_made(source.id, DAY, settings)[len(first) :]] == ["list"]
    assert not told(trial(source, DAY + timedelta(days=1), settings))  # all unchanged by then, and read all the same


def test_the_wrong_family_is_told_and_the_right_one_named(replay: Replay, settings: Settings) -> None:
    says = told(trial(changed(replay, "jiangling", family="vsb", examples=()), DAY, settings))
    assert "is not built by vsb; as family trs it would lead to" in says["list"]


def test_an_article_named_as_a_list_page_is_told(replay: Replay, settings: Settings) -> None:
    source = changed(replay, "jiangling")
    article = source.examples[0].url
    says = told(trial(source.model_copy(update={"lists": (article,)}), DAY, settings))
    assert says["list"] == f"{article} has the address of an article, and is no list page"


def test_list_links_that_select_nothing_are_told(replay: Replay, settings: Settings) -> None:
    source = changed(replay, "jiangling", layouts=(Design(list_links=("ul.of-the-old-design",)),))
    assert "(ul.of-the-old-design) selects none of those" in told(trial(source, DAY, settings))["list"]


def test_the_wrong_encoding_is_told(replay: Replay, settings: Settings) -> None:
    says = told(trial(changed(replay, "jiangling", encoding="gb2312"), DAY, settings))
    assert says == {"encoding": "encoding: gb2312 is declared, but the pages are in utf-8: mend it"}
    assert not told(trial(changed(replay, "pingyao", encoding="gbk"), DAY, settings))


def test_a_list_that_is_not_kept_up_is_told(replay: Replay, settings: Settings) -> None:
    says = told(trial(changed(replay, "jiangling"), DAY + timedelta(days=400), settings))
    assert "the newest of 2024-05-21: it is not kept up" in says["list"]


def test_an_example_that_is_not_recognised_is_told_without_a_visit(replay: Replay, settings: Settings) -> None:
    source = changed(replay, "jiangling")
    wrong = source.model_copy(update={"not_articles": (source.examples[0].url,)})
    says = told(trial(wrong, DAY, settings))
    assert set(says) == {"registry"}
    assert says["registry"].endswith(f": recognised as an article, but is none: {source.examples[0].url}")


# A site made of a dict: what it shows instead of what it ought to.

TEXT = (
    "<p>截至5月底，全县共排查道路隐患326处，整改298处，整改率91.4%。县财政拨付维修资金1250万元，惠及群众约2.6万人。</p>"
)


def article(n: int, box: str = "class='TRS_Editor'", head: str = "") -> bytes:
    body = "".join(TEXT.replace("326", str(326 + n + i)) for i in range(4))
    return reply(
        f"<html><head><title>全县晒出民生账本第{n}期</title>{head}</head><body><a href='/'>首页</a>"
        f"<h1>全县晒出民生账本第{n}期</h1><div {box}>{body}</div></body></html>".encode()
    )


def listing(count: int = 4, day: date = DAY) -> bytes:
    rows = (
        f"<li><a href='/a/t{day:%Y%m%d}_{n}.shtml'>民生账本第{n}期</a><span>{day}</span></li>" for n in range(count)
    )
    return reply(f"<html><body><ul>{''.join(rows)}</ul></body></html>".encode())


@pytest.fixture
def answers() -> Answers:
    good = {f"/a/t{DAY:%Y%m%d}_{n}.shtml": article(n) for n in range(4)}
    return {"/list/": listing(), **good}


@pytest.fixture
def site(answers: Answers) -> Iterator[Site]:
    with serving({"site": pages(answers)}) as sites:
        yield sites["site"]


def source_of(site: Site, **fields: Any) -> Source:
    given = {"id": "site", "name": "测试县", "name_en": "Test", "level": "county", "family": "trs", "delay": 0.01}
    return Source(**{**given, "home": site.url("/"), "lists": (site.url("/list/"),), "note": "a test", **fields})


def findings(site: Site, tmp_path: Path, **fields: Any) -> list[Finding]:
    quick = {"backoff": 0.01, "retries": 0, "max_wait": 1}
    settings = Settings(data=tmp_path / "data", allow_hosts=frozenset({site.host}), **quick)  # type: ignore[arg-type]
    return trial(source_of(site, **fields), DAY, settings)


def tried(site: Site, tmp_path: Path, **fields: Any) -> dict[str, str]:
    return told(findings(site, tmp_path, **fields))


def test_a_sound_site_has_nothing_to_mend(site: Site, tmp_path: Path) -> None:
    assert tried(site, tmp_path) == {}


@pytest.mark.parametrize("fields", [{}, {"Retry_After": "86400"}], ids=["", "for a day"])
@pytest.mark.parametrize(
    ("path", "about"), [("/robots.txt", "robots"), ("/list/", "list"), ("/a/", "article"), ("_3.shtml", "article")]
)
def test_a_site_that_is_asked_too_often_wants_a_longer_delay(
    answers: Answers, site: Site, tmp_path: Path, path: str, about: str, fields: dict[str, str]
) -> None:
    full = reply(b"", "429 Too Many Requests", **fields)
    answers |= {known: full for known in [*answers] if path in known} or {path: full}
    says = tried(site, tmp_path)[about]
    assert says.endswith("asked too often (HTTP 429): try again later, with a longer delay than 0.01 s")


@pytest.mark.parametrize(
    ("path", "answer", "about", "says"),
    [
        ("/robots.txt", reply(b"User-agent: *\nDisallow: /list/"), "robots", "Disallow: /list/): leave it alone"),
        ("/robots.txt", reply(b"", "500 Oops"), "robots", "robots.txt answered 500"),
        ("/list/", reply(b"", "404 Not Found"), "list", "(HTTP 404): name the list page that the site has now"),
        ("/list/", reply(b"", "403 Forbidden"), "list", "is shut (HTTP 403): it is left alone"),
        ("/list/", reply(DOOR), "list", "is a verification_page: it is left alone"),
        ("/list/", reply(b"<p><a href='/x/y'>z</a>"), "list", "none of its 1 links has the shape of one"),
        ("/list/", listing(0), "list", "leads to no article"),
        ("/a/", reply(DOOR), "article", "(blocked: verification_page)"),
        ("/a/", reply(b"", "410 Gone"), "article", "0 of the first 4 could be read"),
        ("/a/", reply(b"<html><body><p>x</p></body></html>"), "article", "see what these pages are"),
        ("/a/", article(1, "class='of-our-own'"), "selectors", "our own search did; set layouts.body"),
        (
            "/a/",
            article(1, head="<meta name='PubDate' content='2019-01-02'>"),
            "selectors",
            "says 2019-01-02, the list",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_broken_is_named_with_what_to_do(
    answers: Answers, site: Site, tmp_path: Path, path: str, answer: bytes, about: str, says: str
) -> None:
    answers |= {known: answer for known in [*answers] if known.startswith(path)} or {path: answer}
    found = tried(site, tmp_path)
    assert says in found[about]


def test_selectors_of_its_own_that_find_nothing_are_told_though_the_familys_do(site: Site, tmp_path: Path) -> None:
    design = Design(body=("div.of-the-old-design",), title=("h1",), date=("span.day",), editor=("p.editor",))
    says = tried(site, tmp_path, layouts=(design,))
    assert set(says) == {"selectors"}
    assert "body: div.of-the-old-design found nothing, the family's own did; mend layouts.body" in says["selectors"]
    assert "date: span.day found nothing; mend layouts.date" in says["selectors"]
    assert "title" not in says["selectors"]
    assert "editor" not in says["selectors"]


def test_a_selector_that_an_earlier_design_had_is_no_fault_of_todays(site: Site, tmp_path: Path) -> None:
    earlier = Design(until=DAY - timedelta(days=1), body=("div.of-the-old-design",))
    assert tried(site, tmp_path, layouts=(earlier, Design())) == {}


def test_a_door_that_all_articles_stand_behind_is_left_alone(answers: Answers, site: Site, tmp_path: Path) -> None:
    answers |= {known: reply(DOOR) for known in answers if known.startswith("/a/")}
    assert "they are left alone" in tried(site, tmp_path)["article"]


def test_a_list_that_wants_a_post_is_looked_at(answers: Answers, site: Site, tmp_path: Path) -> None:
    entries = [{"title": "账本", "url": f"/a/t{DAY:%Y%m%d}_{n}.shtml", "time": str(DAY)} for n in range(3)]
    answers["/front/list"] = lambda request: reply(
        json.dumps(entries if request.body == b'{"pageNo": 1}' else []).encode()
    )
    post = Post(url=site.url("/front/list"), body={"pageNo": 1})
    assert tried(site, tmp_path, lists=(), posts=(post,)) == {}
    answers["/front/list"] = reply(json.dumps({"total": 9, "list": entries}).encode())
    [seen] = [f.says for f in findings(site, tmp_path, lists=(), posts=(post,)) if f.about == "list"]
    assert seen.endswith('goes on with {"pageNo": 2}')
    answers["/front/list"] = reply(b"[]")
    assert "/front/list leads to no article" in tried(site, tmp_path, lists=(), posts=(post,))["list"]


def test_a_site_is_left_alone_outside_its_hours(site: Site, tmp_path: Path) -> None:
    now = datetime.now(SHANGHAI).hour
    says = tried(site, tmp_path, hours=(now - 1, now) if now else (2, 3))
    assert "o'clock (Shanghai) only): try again later" in says["list"]
    assert not site.log


def test_a_host_that_hangs_up_is_no_fault_of_the_list(tmp_path: Path) -> None:
    with serving({"dead": stream(hangs_up)}) as sites:
        says = tried(sites["dead"], tmp_path)
    assert "cannot be reached (RemoteProtocolError" in says["list"]


def test_a_feed_that_is_none_is_told(site: Site, tmp_path: Path) -> None:
    assert "is no feed" in tried(site, tmp_path, feeds=(site.url("/list/"),))["list"]


def test_a_list_that_scripts_fill_is_looked_at_filled(answers: Answers, site: Site, tmp_path: Path) -> None:
    unit = "/api-gateway/jpaas-publish-server/front/page/build/unit"
    shell = f"<html><body><p>栏目</p><script url='{unit}' queryData=\"{{'pageId':'5'}}\"></script></body></html>"
    paths = [f"/art/2024/art_{n:032x}.html" for n in range(3)]
    rows = "".join(f"<li><a href='{path}'>账本</a><span>{DAY}</span></li>" for path in paths)
    answers |= {
        "/list/": reply(shell.encode()),
        f"{unit}?pageId=5": reply(json.dumps({"data": {"html": rows}}).encode()),
    }
    answers |= {path: article(n, "id='zoom'") for n, path in enumerate(paths)}
    assert tried(site, tmp_path, family="jpage") == {}


def test_a_site_that_does_not_answer_costs_only_itself(replay: Replay, settings: Settings) -> None:
    silent = changed(replay, "zunyi", home="http://127.0.0.1:9/", lists=("http://127.0.0.1:9/l/",))
    named = settings.model_copy(update={"allow_hosts": settings.allow_hosts | {"127.0.0.1:9"}})
    one, other = trials([silent, changed(replay, "jiangling")], DAY, named)
    assert told(one)["robots"].startswith("robots.txt cannot be reached: ConnectError: cannot connect to 127.0.0.1")
    assert "was not asked for (robots.txt cannot be reached" in told(one)["list"]
    assert told(other) == {}


class TestCommand:
    """``minsheng sources check``."""

    @pytest.fixture(autouse=True)
    def environment(self, replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        monkeypatch.setenv("MINSHENG_DATA", str(tmp_path / "data"))
        monkeypatch.setenv("MINSHENG_SOURCES", str(replay.sources_dir))
        monkeypatch.setenv("MINSHENG_ALLOW_HOSTS", json.dumps(sorted(replay.allow_hosts)))
        monkeypatch.delenv("MINSHENG_CONTACT", raising=False)
        get_settings.cache_clear()
        yield
        get_settings.cache_clear()

    def test_nobody_is_visited_before_it_is_said_who_asks(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["sources", "check", "jiangling"])
        assert result.exit_code == 2
        assert "MINSHENG_CONTACT must say who asks" in result.stderr
        assert not (tmp_path / "data").exists()

    def test_offline_looks_at_the_files_alone(self, tmp_path: Path) -> None:
        result = CliRunner().invoke(main, ["sources", "check", "--offline"])
        assert (result.exit_code, result.stdout) == (0, "7 sources checked, 0 findings\n")
        assert not (tmp_path / "data").exists()

    def test_the_findings_are_a_table_and_what_to_mend_stands_on_stderr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("MINSHENG_CONTACT", "mailto:data@example.org")
        get_settings.cache_clear()
        result = CliRunner().invoke(main, ["sources", "check", "jiangling"])
        assert result.exit_code == 1  # by the calendar of today the replay's list is years old
        assert "minsheng: jiangling: list: http" in result.stderr
        assert "1 sources checked, 1 findings" in result.stdout
        assert [line.split()[:2] for line in result.stdout.splitlines()[2:7:3]] == [
            ["jiangling", "registry"],
            ["jiangling", "article"],
        ]
