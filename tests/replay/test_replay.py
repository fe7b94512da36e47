"""The replay serves what issue and demo need of it: seven families' sites, two days, and what is wrong with each."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from minsheng.cms import FAMILIES
from minsheng.cms.base import Link
from minsheng.sources import Source, load_sources
from replay import DAYS, FIRST_DAY, SECOND_DAY, Replay, expected, load_sites, serve
from replay.content import FOLDER
from replay.garble import garble
from replay.gold import as_json

CLIENT = httpx.Client(verify=False, trust_env=False)  # made once: making its TLS context takes longer than a page


@pytest.fixture
def replay(tmp_path: Path) -> Iterator[Replay]:
    with serve(tmp_path / "sources") as running:
        yield running


@pytest.fixture
def sources(replay: Replay) -> dict[str, Source]:
    return load_sources(replay.sources_dir)


def get(replay: Replay, site: str, path: str, **headers: str) -> httpx.Response:
    return CLIENT.get(replay.sites[site] + path, headers={k.replace("_", "-"): v for k, v in headers.items()})


def walk(source: Source, day: int) -> list[Link]:
    """Every entry of a source's lists, followed to their ends, as acquiring does."""
    layout = source.layout(DAYS[day])
    family, found = FAMILIES[layout.family], []
    for url in source.list_pages(DAYS[day]):
        method, form = "GET", None
        for page in range(1, 20):
            answer = CLIENT.request(method, url, data=form)
            answer.raise_for_status()
            found += family.links(answer.content, url, layout)
            more = family.following(answer.content, url, page)
            if more is None:
                break
            url, method, form = more.url, more.method, more.form
        else:
            pytest.fail(f"the list of {source.id} does not end")
    return found


def test_there_are_sites_of_every_family_in_five_provinces_or_more() -> None:
    sites = load_sites().values()
    assert {s.family for s in sites} == set(FAMILIES)
    assert len({s.region_code[:2] for s in sites if s.region_code}) >= 5
    assert sum(len(s.articles) for s in sites) >= 40
    assert {(s.charset, s.claims) for s in sites} == {("utf-8", "utf-8"), ("gb18030", "gb2312"), ("gb18030", "utf-8")}


@pytest.mark.parametrize("day", [1, 2])
def test_the_lists_lead_to_every_article_of_the_day(replay: Replay, sources: dict[str, Source], day: int) -> None:
    replay.set_day(day)
    for source in sources.values():
        listed = walk(source, day)
        assert all(source.is_article(link.url) for link in listed)
        site = load_sites()[source.id]
        standing = [a for a in site.on(day) if site.family != "founder" or a.day == DAYS[day]]
        known = {urlsplit(link.url).path.rsplit("/", 1)[-1] for link in listed}
        missing = [a.id for a in standing if not any(a.id in name for name in known)]
        assert missing == [], source.id
        if site.family != "founder":
            assert {link.day for link in listed} == {a.day for a in standing} | {e["day"] for e in site.extra}


def test_every_example_of_a_source_is_there(replay: Replay, sources: dict[str, Source]) -> None:
    for source in sources.values():
        for example in source.examples:
            assert source.day_of(example.url) == example.day
            assert CLIENT.get(example.url).status_code == 200


def test_pages_are_in_the_encoding_that_the_site_has_whatever_it_claims(replay: Replay) -> None:
    lying = get(replay, "zunyi", "/news/2024/0520/77119.html")
    assert b"charset=utf-8" in lying.content
    assert "优良天数" in lying.content.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        lying.content.decode("utf-8")
    assert "charset" not in lying.headers["content-type"]


def test_a_page_is_revised_one_is_deleted_and_all_others_stay_as_they_are(replay: Replay) -> None:
    def pages() -> dict[tuple[str, str], bytes | None]:
        rows = {(r["site"], r["path"]) for r in expected() if r["day"] <= FIRST_DAY.isoformat()}
        answers = {row: get(replay, *row) for row in rows}
        return {row: a.content if a.status_code == 200 else None for row, a in answers.items()}

    first = pages()
    replay.set_day(2)
    second = pages()
    changed = {row: content for row, content in second.items() if content != first[row]}
    assert {row[1].rsplit("_", 1)[1]: c is None for row, c in changed.items()} == {
        "5123402.shtml": False,
        "5580110.html": True,
    }
    assert "2280" in changed["jiangling", "/zwdt/202405/t20240520_5123402.shtml"].decode()


def test_a_visitor_with_a_current_copy_gets_304(replay: Replay) -> None:
    path = "/zwdt/202405/t20240520_5123402.shtml"
    first = get(replay, "jiangling", path)
    assert get(replay, "jiangling", path, If_None_Match=first.headers["etag"]).status_code == 304
    assert get(replay, "jiangling", path, If_Modified_Since=first.headers["last-modified"]).status_code == 304
    replay.set_day(2)
    assert get(replay, "jiangling", path, If_None_Match=first.headers["etag"]).status_code == 200
    assert get(replay, "jiangling", path, If_Modified_Since=first.headers["last-modified"]).status_code == 200


def test_the_odd_pages_are_there(replay: Replay) -> None:
    assert "Disallow: /internal/" in get(replay, "jiangling", "/robots.txt").text
    assert get(replay, "yingshang", "/robots.txt").status_code == 404
    moved = get(replay, "yingshang", "/old/202405/content_8800118.html")
    assert (moved.status_code, moved.headers["location"]) == (301, "/xwdt/202405/content_8800118.html")
    assert get(replay, "zunyi", "/news/2024/0520/77117.html").status_code == 404
    closed = get(replay, "pingyao", "/info/1043/8815.htm")
    assert closed.status_code == 200
    assert "验证码" in closed.content.decode("gb18030")
    start = time.monotonic()
    get(replay, "zunyi", "/news/2024/0520/77118.html")
    assert time.monotonic() - start > 1


def test_one_article_holds_no_figure_one_is_reprinted_and_two_are_garbled() -> None:
    sites = load_sites()
    rows = expected()
    assert [r["id"] for r in rows if not r["figures"]] == ["8800126"]
    mirror = sites["yaowen"].articles.values()
    assert sum(bool(a.garbled) for a in mirror) == 2
    reprint = next(a for a in mirror if a.reprint)
    original = sites["jiangling"].articles[reprint.reprint.partition("/")[2]]
    assert reprint.text == original.text
    assert reprint.title != original.title


@pytest.mark.parametrize(
    "text, shown",
    [
        ("车间", "車(chē)間(jiān)"),
        ("新闻记者 黄志刚", "新聞?dòng)浾?黃志剛"),
        ("幸福“一老一小”。", "幸?！耙焕弦恍　?。"),
        ("共走访9435户", "共走訪9435戶(hù)"),
    ],
)
def test_the_mirror_garbles_as_the_seeds_are_garbled(text: str, shown: str) -> None:
    assert garble(text) == shown


def test_the_expected_figures_are_those_of_the_texts() -> None:
    assert (FOLDER / "expected.json").read_text("utf-8") == as_json()
    assert all(float(f["value"]) >= 0 and f["surface"] and f["unit"] for r in expected() for f in r["figures"])


def test_no_sentence_is_a_seeds() -> None:
    seeds = Path(__file__).resolve().parents[3] / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("needs the shared seeds beside the checkout, no part of the project")
    ours = "".join(line for s in load_sites().values() for a in s.articles.values() for line in a.lines)
    for seed in seeds.glob("*.txt"):
        text = seed.read_text("utf-8")
        sentences = [s for line in text.splitlines() for s in line.split("。") if len(s) > 15]
        assert [s for s in sentences if s in ours] == []


def test_the_command_says_where_it_serves_and_turns_the_day(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "replay", "--sources", str(tmp_path / "sources")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=FOLDER.parent) as process:
        try:
            assert process.stdout
            ready = json.loads(process.stdout.readline())
            assert len(load_sources(Path(ready["sources"]))) == len(ready["allow_hosts"]) == 7
            assert httpx.post(f"{ready['control_url']}/day/2").json()["day"] == 2
            assert SECOND_DAY.strftime("t%Y%m%d") in httpx.get(ready["sites"]["jiangling"] + "/zwdt/index.shtml").text
        finally:
            process.terminate()
        assert process.wait(10) == 0


def test_a_taken_port_gets_one_clear_line(replay: Replay, tmp_path: Path) -> None:
    port = str(urlsplit(replay.control_url).port)
    command = [sys.executable, "-m", "replay", "--sources", str(tmp_path / "s"), "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, cwd=FOLDER.parent, timeout=30, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert f"port {port}: Address already in use" in done.stderr
