"""What becomes of a page from one logical date to the next, and what a rerun does."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastwarc.warc import ArchiveIterator

from minsheng import pipeline
from minsheng.acquire import Candidate, fetch, ledger, read_archive, requests_made, storage
from minsheng.extraction import kept_outcomes, read_unit
from minsheng.settings import Settings
from minsheng.sources import Source
from replay import serve

from .hostile import DOOR, Request, pages, reply, serving
from .test_archive import warc_check

DAY, NEXT = date(2024, 5, 20), date(2024, 5, 21)
Answers = dict[str, bytes | Callable[[Request], bytes]]


class Place:
    """A site whose answers a test may change, and visits to it."""

    def __init__(self, answers: Answers, site: object, settings: Settings, source: Source) -> None:
        self.answers, self.site, self.settings, self.source = answers, site, settings, source

    def visit(self, day: date, *paths: str) -> dict[str, str]:
        candidates = [Candidate(self.source.home + path.lstrip("/")) for path in paths]  # type: ignore[operator]
        found = fetch(self.source, day, candidates, self.settings)
        assert found == ledger("site", day, self.settings)
        return {page.url.removeprefix(str(self.source.home)): page.outcome for page in found}

    def asked(self) -> list[str]:
        asked = [request.path for request in self.site.log]  # type: ignore[attr-defined]
        self.site.log.clear()  # type: ignore[attr-defined]
        return asked

    @property
    def warcs(self) -> list[Path]:
        return sorted(self.settings.archive.glob("site/*/*.warc.gz"))


@pytest.fixture
def place(make_settings: Callable[..., Settings], make_source: Callable[..., Source]) -> Place:
    answers: Answers = {}
    with serving({"site": pages(answers)}) as sites:
        site = sites["site"]
        yield Place(answers, site, make_settings(site.host), make_source(site.url("/"), hosts=frozenset({site.host})))


def text(words: str) -> bytes:
    return f"<html><title>新闻</title><p>{words}</p></html>".encode()


def with_etag(body: bytes) -> Callable[[Request], bytes]:
    def answer(request: Request) -> bytes:
        etag = f'"{hash(body):x}"'
        if request.fields.get("if-none-match") == etag:
            return reply(b"", "304 Not Modified", ETag=etag)
        return reply(body, ETag=etag)

    return answer


def test_new_unchanged_revised_gone(place: Place) -> None:
    place.answers |= {
        "/a": with_etag(text("甲")),
        "/b": reply(text("乙")),
        "/c": with_etag(text("丙")),
        "/d": reply(text("丁")),
    }
    assert place.visit(DAY, "/a", "/b", "/c", "/d") == dict.fromkeys("abcd", "new")
    place.answers |= {"/c": with_etag(text("丙丙")), "/d": reply(b"", "404 Not Found")}
    assert place.visit(NEXT, "/a", "/b", "/c", "/d") == {
        "a": "unchanged",
        "b": "unchanged",
        "c": "revised",
        "d": "gone",
    }

    found = {page.url[-1]: page for page in ledger("site", NEXT, place.settings)}
    assert {k: p.revision for k, p in found.items()} == {"a": 1, "b": 1, "c": 2, "d": 1}
    assert [(page.url[-1], data) for page, data in read_archive("site", NEXT, place.settings)] == [("c", text("丙丙"))]
    warc_check(*place.warcs)


def test_what_is_unchanged_is_archived_as_a_revisit_that_names_the_original(place: Place) -> None:
    place.answers |= {"/a": with_etag(text("甲")), "/b": reply(text("乙"))}
    for day in (DAY, NEXT, date(2024, 5, 22)):
        place.visit(day, "/a", "/b")
    [original, *later] = [[r for r in records(file) if "/robots" not in r["uri"]] for file in place.warcs]
    dates = {r["uri"]: r["date"] for r in original if r["kind"] == "response"}
    for unit in later:
        revisits = [r for r in unit if r["kind"] == "revisit"]
        assert {r["profile"].rsplit("/")[-1] for r in revisits} == {"server-not-modified", "identical-payload-digest"}
        assert {r["refers_to"]: r["refers_date"] for r in revisits} == dates
        assert not [r for r in unit if r["kind"] == "response"]


def test_the_same_text_in_another_compression_is_unchanged_and_kept_whole(place: Place) -> None:
    place.answers["/a"] = reply(gzip.compress(text("甲"), mtime=1), Content_Encoding="gzip")
    place.visit(DAY, "/a")
    place.answers["/a"] = reply(gzip.compress(text("甲"), mtime=2), Content_Encoding="gzip")
    assert place.visit(NEXT, "/a") == {"a": "unchanged"}
    assert [r["kind"] for r in records(place.warcs[1]) if r["uri"].endswith("/a")].count("response") == 1


def test_a_rerun_asks_for_nothing_that_is_safe_and_gives_the_same_pages(place: Place) -> None:
    place.answers |= {"/a": reply(text("甲")), "/b": reply(text("乙"))}
    place.visit(DAY, "/a", "/b", "/gone")
    before = ledger("site", DAY, place.settings)
    place.asked()
    place.answers |= {"/a": reply(text("甲甲")), "/c": reply(text("丙"))}
    place.visit(NEXT, "/a")
    assert place.asked() == ["/a"]
    place.visit(DAY, "/a", "/b", "/gone", "/c")  # a rerun after the next day's run, and one page more
    assert place.asked() == ["/c"]
    assert ledger("site", DAY, place.settings)[:3] == before
    assert place.visit(NEXT, "/a") == {"a": "revised"}


def test_what_failed_is_asked_for_again_by_the_next_run(place: Place) -> None:
    place.answers["/a"] = reply(b"", "500 Oops")
    assert place.visit(DAY, "/a") == {"a": "failed"}
    place.answers["/a"] = reply(text("甲"))
    assert place.visit(DAY, "/a") == {"a": "new"}
    assert len(ledger("site", DAY, place.settings)) == 1


def test_a_full_disk_ends_the_run_with_a_clear_error_and_a_sound_archive(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.answers |= {f"/{n}": reply(text(str(n))) for n in range(5)}
    paths = [f"/{n}" for n in range(5)]
    with monkeypatch.context() as patched:
        whole = storage.append

        def full(path: Path, data: bytes) -> int:
            if len(place.site.log) > 3:  # type: ignore[attr-defined]
                raise OSError(28, "No space left on device", str(path))
            return whole(path, data)

        patched.setattr(storage, "append", full)
        with pytest.raises(OSError, match=r"No space left on device: '.*site-20240520-00000\.warc\.gz'"):
            place.visit(DAY, *paths)
    assert place.visit(DAY, *paths) == dict.fromkeys("01234", "new")
    warc_check(*place.warcs)


def test_two_addresses_of_one_article_are_one_article(place: Place) -> None:
    place.answers |= {"/old": reply(b"", "301 Moved", Location="/a"), "/a": reply(text("甲"))}
    assert place.visit(DAY, "/old", "/a") == {"old": "new", "a": "unchanged"}
    assert place.asked() == ["/robots.txt", "/old", "/a"]
    assert len({page.canonical_url for page in ledger("site", DAY, place.settings)}) == 1
    assert place.visit(NEXT, "/a", "/old") == {"a": "unchanged", "old": "unchanged"}


def test_a_redirect_to_the_front_page_means_gone(place: Place) -> None:
    place.answers |= {"/a": reply(b"", "302 Found", Location="/"), "/": reply(text("首页"))}
    assert place.visit(DAY, "/a") == {"a": "gone"}
    assert place.asked() == ["/robots.txt", "/a"]


def test_a_page_that_comes_back_is_compared_with_its_last_text(place: Place) -> None:
    place.answers["/a"] = reply(text("甲"))
    place.visit(DAY, "/a")
    del place.answers["/a"]
    assert place.visit(NEXT, "/a") == {"a": "gone"}
    place.answers["/a"] = reply(text("甲"))
    assert place.visit(date(2024, 5, 22), "/a") == {"a": "unchanged"}
    place.answers["/a"] = reply(text("甲二"))
    assert place.visit(date(2024, 5, 23), "/a") == {"a": "revised"}
    assert ledger("site", date(2024, 5, 23), place.settings)[0].revision == 2


def test_we_say_who_we_are_and_what_we_take(place: Place) -> None:
    place.answers["/a"] = reply(text("甲"))
    settings = place.settings.model_copy(update={"contact": "mailto:data@example.org"})
    fetch(place.source, DAY, [Candidate(f"{place.source.home}a")], settings)
    fields = place.site.log[-1].fields  # type: ignore[attr-defined]
    assert fields["user-agent"].startswith("minsheng/")
    assert fields["user-agent"].endswith("(+mailto:data@example.org)")
    assert fields["accept-encoding"] == "gzip, deflate, br, zstd"
    assert "cookie" not in fields


def test_what_was_archived_as_blocked_is_judged_again_by_the_rules_of_the_day_it_is_read_on(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = (
        "<title>全县就业</title><h1>全县就业</h1><p>今年上半年全县新增城镇就业3012人，发放稳岗返还资金1502万元，"
        "惠及企业230家，群众十分满意。</p>"
    )
    place.answers |= {"/a": reply(said.encode()), "/b": reply(DOOR)}
    with monkeypatch.context() as once:
        once.setattr("minsheng.acquire.judge.closed_door", lambda *_: "login_page")  # rules of another day
        assert place.visit(DAY, "/a", "/b") == {"a": "blocked", "b": "blocked"}
    found = list(read_unit(place.source, DAY, place.settings))
    pages_ = [page for records in found for page in records.pages]
    assert [(page.url[-1], page.outcome, page.error) for page in pages_] == [
        ("a", "new", None),
        ("b", "blocked", "login_page"),
    ]
    [article] = [article for records in found for article in records.articles]
    assert (article.title, article.figures) == ("全县就业", 3)
    assert not [outcome for records in found for outcome in records.outcomes]


def test_a_robots_txt_that_has_grown_old_within_a_run_is_asked_for_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minsheng.acquire.robots.MAX_AGE", timedelta(seconds=0.5))
    place.answers["/robots.txt"] = lambda request: reply(b"" if request.n == 1 else b"User-agent: *\nDisallow: /")
    place.answers |= {f"/{n}": reply(text(str(n))) for n in range(6)}
    slow = Place(place.answers, place.site, place.settings, place.source.model_copy(update={"delay": 0.2}))
    outcomes = list(slow.visit(DAY, *(f"/{n}" for n in range(6))).values())
    assert (outcomes[0], outcomes[-1]) == ("new", "refused")
    assert place.asked().count("/robots.txt") == 2


@pytest.mark.parametrize(
    ("home", "why"),
    [
        ("http://127.0.0.1:9/", "ConnectError: cannot connect to 127.0.0.1 (127.0.0.1) port 9"),
        ("http://nowhere.invalid/", "ConnectError: cannot resolve nowhere.invalid"),
    ],
)
def test_a_host_that_cannot_be_reached_has_refused_nothing(
    home: str, why: str, make_settings: Callable[..., Settings], make_source: Callable[..., Source]
) -> None:
    from minsheng.acquire import discover

    settings, source = make_settings("127.0.0.1:9"), make_source(home)
    [alarm] = discover(source, DAY, settings).outcomes
    assert alarm.reason == "list_failed"
    pages = fetch(source, DAY, [Candidate(home + "a"), Candidate(home + "b")], settings)
    assert [page.outcome for page in pages] == ["failed"] * 2
    for said in (alarm.detail, *(page.error or "" for page in pages)):
        assert said.startswith(f"robots.txt cannot be reached: {why}")
    asked = requests_made("site", DAY, settings)
    assert [request.role for request in asked if request.seconds is not None] == ["robots"] * 2, "once a visit"
    assert not any(request.refused for request in asked)


def test_who_insists_on_an_answer_hears_that_nothing_could_be_reached(
    tmp_path: Path, make_settings: Callable[..., Settings]
) -> None:
    with serve(tmp_path / "sources") as replay:
        gone = next(iter(replay.sources_dir.glob("jiangling.yml")))
        gone.write_text(re.sub(r"127\.0\.0\.1:\d+", "127.0.0.1:9", gone.read_text("utf-8")), "utf-8")
        reachable = frozenset({*replay.allow_hosts, "127.0.0.1:9"})
        settings = make_settings().model_copy(update={"sources": replay.sources_dir, "allow_hosts": reachable})
        assert pipeline.acquire("jiangling", DAY, settings) == {}
        with pytest.raises(pipeline.Unreached, match=r"none of \d requests for jiangling was answered, the last: Conn"):
            pipeline.acquire("jiangling", DAY, settings, insist=True)
        assert {o.reason for o in kept_outcomes("jiangling", DAY, settings)} == {"list_failed"}, "kept all the same"
        assert pipeline.acquire("pingyao", DAY, settings, insist=True)["new"]


def test_a_link_among_local_files_is_refused(tmp_path: Path, make_settings: Callable[..., Settings]) -> None:
    from minsheng.acquire import discover

    (tmp_path / "secret.txt").write_text("not for the warehouse")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "out.html").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "dangling.html").symlink_to(tmp_path / "nowhere")
    settings = make_settings()
    source = Source(id="local", name="本地", name_en="Local", level="mirror", folder=tmp_path / "in", note="files")  # type: ignore[call-arg]
    found = discover(source, DAY, settings)
    pages = fetch(source, DAY, found.candidates, settings)
    assert [(page.outcome, page.error) for page in pages] == [("refused", "is a link or behind one")] * 2
    assert list(read_archive("local", DAY, settings)) == []


def test_local_files_are_pages_too(tmp_path: Path, make_settings: Callable[..., Settings]) -> None:
    from minsheng.acquire import discover

    settings = make_settings(page_bytes=1000)
    source = Source(id="local", name="本地", name_en="Local", level="mirror", folder=tmp_path / "in", note="files")  # type: ignore[call-arg]
    (tmp_path / "in" / "deep").mkdir(parents=True)
    files = {
        "a.html": text("甲"),
        "deep/b.txt": "全县12人".encode("gb18030"),
        "empty.html": b"",
        "big.html": b"x" * 1001,
    }
    for name, data in files.items():
        (tmp_path / "in" / name).write_bytes(data)

    def run(day: date) -> dict[str, str]:
        found = discover(source, day, settings)
        assert not found.outcomes
        return {Path(page.url).name: page.outcome for page in fetch(source, day, found.candidates, settings)}

    assert run(DAY) == {"a.html": "new", "b.txt": "new", "empty.html": "failed", "big.html": "failed"}
    assert run(DAY) == {"a.html": "new", "b.txt": "new", "empty.html": "failed", "big.html": "failed"}
    assert [data for _, data in read_archive("local", DAY, settings)] == [files["a.html"], files["deep/b.txt"]]
    (tmp_path / "in" / "a.html").write_bytes(text("甲甲"))
    (tmp_path / "in" / "deep" / "b.txt").unlink()
    assert run(NEXT) | {"empty.html": "", "big.html": ""} == {
        "a.html": "revised",
        "b.txt": "gone",
        "empty.html": "",
        "big.html": "",
    }
    warc_check(*settings.archive.glob("local/*/*.warc.gz"))
    assert requests_made("local", DAY, settings) == []


def test_a_local_file_that_is_no_page_is_named(tmp_path: Path, make_settings: Callable[..., Settings]) -> None:
    from minsheng.acquire import discover

    settings, folder = make_settings(), tmp_path / "in"
    source = Source(id="local", name="本地", name_en="Local", level="mirror", folder=folder, note="files")  # type: ignore[call-arg]
    for name in ("a.HTML", "b.pdf", "deep/c.DOCX", "deep/d", ".DS_Store", ".git/e.html", "deep/.f.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text(name))

    def run(day: date) -> dict[str, tuple[str, str | None]]:
        pages = fetch(source, day, discover(source, day, settings).candidates, settings)
        return {Path(page.url).name: (page.outcome, page.error) for page in pages}

    read = "is not read (.html, .htm, .shtml, .xhtml, .txt are)"
    expected = {
        "a.HTML": ("new", None),
        "b.pdf": ("failed", f"no page: .pdf {read}"),
        "c.DOCX": ("failed", f"no page: .DOCX {read}"),
        "d": ("failed", f"no page: a file without a suffix {read}"),
    }
    assert run(DAY) == expected
    ledger_file = settings.archive / "local" / "2024-05-20" / "ledger.jsonl"
    before = ledger_file.read_bytes()
    assert run(DAY) == expected
    assert ledger_file.read_bytes() == before, "a rerun adds nothing"
    (folder / "b.pdf").unlink()
    assert run(NEXT) == expected | {"a.HTML": ("unchanged", None), "b.pdf": ("gone", "no such file")}
    assert list(run(date(2024, 5, 22))) == ["a.HTML", "c.DOCX", "d"]


def records(file: Path) -> list[dict[str, object]]:
    """The records of a WARC file, as fastwarc reads them."""
    found = []
    for record in ArchiveIterator(file.open("rb"), parse_http=False):
        get = record.headers.get
        found.append(
            {
                "kind": get("WARC-Type"),
                "uri": get("WARC-Target-URI") or "",
                "date": get("WARC-Date"),
                "profile": get("WARC-Profile"),
                "refers_to": get("WARC-Refers-To-Target-URI"),
                "refers_date": get("WARC-Refers-To-Date"),
                "length": record.content_length,
            }
        )
    return found
