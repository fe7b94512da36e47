"""What is wrong in a source's YAML is said with file and line, all of it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from minsheng.settings import Settings
from minsheng.sources import Source, SourceError, check, load_sources

GOOD = """id: jiangling
name: 江陵县人民政府
name_en: Jiangling
level: county
region_code: "421024"
home: http://www.jiangling.gov.cn/
lists:
  - http://www.jiangling.gov.cn/zwdt/
family: trs
note: not run yet
"""


def load(folder: Path, text: str, name: str = "jiangling.yml") -> Source:
    (folder / name).write_text(text, "utf-8")
    return next(iter(load_sources(folder).values()))


def finding(folder: Path, text: str) -> str:
    with pytest.raises(SourceError) as error:
        load(folder, text)
    return str(error.value).removeprefix(str(folder / "jiangling.yml") + ":")


def test_a_known_family_needs_no_selector(tmp_path: Path) -> None:
    source = load(tmp_path, GOOD)
    assert source.layout(date(2024, 5, 20)).body[0] == ".TRS_Editor"
    assert source.hosts == {"www.jiangling.gov.cn", "jiangling.gov.cn"}


def test_a_list_may_be_a_post_of_json(tmp_path: Path) -> None:
    posts = "posts:\n  - url: http://api.jiangling.gov.cn/list\n    body: {pageNo: 1, filter: {or: [要闻]}}\n"
    source = load(tmp_path, GOOD.replace("lists:\n  - http://www.jiangling.gov.cn/zwdt/\n", posts))
    assert "api.jiangling.gov.cn" in source.hosts
    request = source.posts[0].request
    assert (request.method, request.json) == ("POST", '{"pageNo": 1, "filter": {"or": ["要闻"]}}')


@pytest.mark.parametrize(
    "change, message",
    [
        (("level: county", "level: kounty"), "4: level: Input should be 'province', 'city', 'county'"),
        (('"421024"', "421024"), "5: region_code: Input should be a valid string"),
        (("family: trs", "family: trz"), "9: family: is no CMS family; known are trs, jpage"),
        (("http://www.jiangling.gov.cn/zwdt/", "ftp://x/"), "8: lists.0: is not an http(s) address"),
        (("note:", "nota:"), "10: nota: Extra inputs are not permitted"),
        (("family: trs", "name: 又一个"), "9: name: is given twice"),
        (("family: trs", "family: [trs"), "10: expected ',' or ']'"),
        (("note: not run yet", "delay: fast"), "10: delay: Input should be a valid number"),
        (("note: not run yet", ""), "1: the source: without examples it must be verified: null and carry a note"),
        (("note: not run yet", "expect: {articles_per_day: [9, 1], figures_per_article: [0, 9], region_share: 1}"),
         "10: expect: articles_per_day is not [low, high]"),
        (("note: not run yet", "verified: 2024-02-30"), "10: verified: Input should be a valid date"),
        (("note: not run yet", "verified: 2024-02-03 25:00:00"), "10: verified: Input should be a valid date"),
        (("note: not run yet", "delay: 0x_"), "10: delay: Input should be a valid number"),
        (("note: not run yet", "verified: 2999-01-01"), "10: verified: 2999-01-01 has yet to come"),
        (("note: not run yet", "encoding: nonsense"), "10: encoding: 'nonsense' is no charset"),
        (("note: not run yet", "encoding: base64"), "10: encoding: 'base64' is no charset"),
        (("note: not run yet", "delay: 0"), "10: delay: 0 s between two requests are too few: at least 1 s"),
        (("note: not run yet", "hours: [8, 30]"), "10: hours: hours are not [from, to] within 0 and 24: [8, 30]"),
        (("note: not run yet", "hours: [22, 6]"), "10: hours: hours are not [from, to]"),
        (('"421024"', '"999999"'), "5: region_code: 999999 is no region of GB/T 2260"),
        (('"421024"', '"999999001"'), "5: region_code: 999999001 is no region of GB/T 2260"),
        (("note:", "layouts: [{article_urls: ['t(?P<yr>[0-9]+)']}]\nnote:"),
         "10: layouts.0.article_urls.0: its groups are year, month and day, not yr"),
        (("note:", "layouts: [{until: 2023-06-30}]\nnote:"), "10: layouts: the last of layouts, and it alone, is open"),
        (("id: jiangling", "id: changle"), "1: id: 'changle' is not what the file is called"),
        (("id: jiangling", "id: Jiang-ling"), "1: id: String should match pattern"),
        (("lists:\n  - http://www.jiangling.gov.cn/zwdt/\n", ""), "1: the source: needs home and lists"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    assert finding(tmp_path, GOOD.replace(*change)).startswith(message)


@pytest.mark.parametrize("selector", ["div[.x", "h1..a", "", "p:nth-kind(2)", "p >", "::text"])
@pytest.mark.parametrize("field", ["title", "body", "date", "next_page", "list_links"])
def test_a_selector_that_selects_nowhere_is_named_with_its_line(tmp_path: Path, field: str, selector: str) -> None:
    layouts = f"layouts:\n  - until: 2023-06-30\n    {field}:\n      - p.old\n      - '{selector}'\n  - {{}}\n"
    assert finding(tmp_path, GOOD + layouts).startswith(f"15: layouts.0.{field}.1: is no CSS selector: '{selector}'")


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "just words", "\x00", "a: &a [*a]", "!!python/object:x {}"])
def test_what_is_no_source_at_all_gets_one_line(tmp_path: Path, text: str) -> None:
    assert "jiangling.yml" not in finding(tmp_path, text).split(":")[0]


def test_all_findings_of_all_files_come_together(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text(
        GOOD.replace("level: county", "level: x").replace("id: jiangling", "id: b"), "utf-8"
    )
    (tmp_path / "c.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "d.yml").write_bytes(b"name: \xff")
    with pytest.raises(SourceError) as error:
        load(tmp_path, GOOD.replace("family: trs", "family: 7"))
    assert len(error.value.findings) == 4


def test_what_does_not_hold_of_an_example_is_said_with_its_line(tmp_path: Path) -> None:
    site = "http://www.jiangling.gov.cn"
    source = load(
        tmp_path,
        GOOD
        + f"""examples:
  - url: {site}/zwdt/202405/t20240520_1.shtml
    day: 2024-05-20
  - url: {site}/zwdt/202405/t20240520_2.shtml
    day: 2024-05-21
  - {{url: {site}/index.html, day: null}}
not_articles:
  - {site}/
  - {site}/zwdt/202405/t20240520_3.shtml
""",
    )
    file = tmp_path / "jiangling.yml"
    assert check(source) == [
        f"{file}:14: example's day is read as 2024-05-20, not 2024-05-21: {site}/zwdt/202405/t20240520_2.shtml",
        f"{file}:16: example is not recognised as an article: {site}/index.html",
        f"{file}:19: recognised as an article, but is none: {site}/zwdt/202405/t20240520_3.shtml",
    ]


def test_what_is_wrong_with_one_field_does_not_hide_what_is_wrong_with_another(tmp_path: Path) -> None:
    text = GOOD.replace("note: not run yet", "hours: [8, 30]\nlayouts: [{}, {}]\nencoding: nonsense\nnota: x")
    with pytest.raises(SourceError) as error:
        load(tmp_path, text.replace("id: jiangling", "id: changle").replace('"421024"', '"999999"'))
    assert [int(one.split(":")[1]) for one in error.value.findings] == [1, 5, 10, 12, 11, 13]


@pytest.mark.parametrize("encoding", ["utf-8", "GBK", "gb2312", "big5", "utf-16"])
def test_a_charset_of_pages_may_be_noted(tmp_path: Path, encoding: str) -> None:
    assert load(tmp_path, GOOD + f"encoding: {encoding}\n").encoding == encoding


def test_our_own_site_may_be_asked_as_often_as_we_like(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD.replace("www.jiangling.gov.cn", "127.0.0.1:8080") + "delay: 0\n").delay == 0


def test_a_day_that_does_not_exist_stands_among_the_other_findings(tmp_path: Path) -> None:
    (tmp_path / "b.yml").write_text("id: 7\nverified: 2024-02-30\n", "utf-8")
    with pytest.raises(SourceError) as error:
        load(tmp_path, GOOD.replace("level: county", "level: x"))
    says = str(error.value)
    assert "jiangling.yml:4: level: " in says
    assert "b.yml:1: id: " in says
    assert "b.yml:2: verified: " in says


def test_one_id_is_one_source(tmp_path: Path) -> None:
    (tmp_path / "hubei").mkdir()
    (tmp_path / "hubei" / "jiangling.yml").write_text(GOOD, "utf-8")
    with pytest.raises(SourceError, match=r"jiangling\.yml:1: id 'jiangling' is taken by .*hubei.jiangling\.yml"):
        load(tmp_path, GOOD)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such folder of sources"):
        load_sources(tmp_path / "none")


def test_a_redesign_closes_the_old_layout_with_a_date(tmp_path: Path) -> None:
    source = load(
        tmp_path,
        GOOD
        + """layouts:
  - until: 2023-06-30
    family: plain
    title: [h3.old]
  - title: [h1.new]
""",
    )
    old, new = source.layout(date(2023, 6, 30)), source.layout(date(2023, 7, 1))
    assert (old.family, old.title[0]) == ("plain", "h3.old")
    assert (new.family, new.title[0]) == ("trs", "h1.new")
    assert source.is_article("http://jiangling.gov.cn/2021/05/07/99869719.html")
    assert source.is_article("http://jiangling.gov.cn/zwdt/202405/t20240520_1.shtml")


@pytest.mark.parametrize(
    "layouts",
    ["[{until: 2023-06-30}]", "[{}, {}]", "[{until: 2023-06-30}, {until: 2022-06-30}, {}]", "[{article_urls: ['(']}]"],
)
def test_layouts_that_leave_a_day_open_or_twice_are_refused(tmp_path: Path, layouts: str) -> None:
    assert finding(tmp_path, GOOD + f"layouts: {layouts}\n")


def test_only_a_sources_own_hosts_are_its_articles(tmp_path: Path) -> None:
    source = load(tmp_path, GOOD + "hosts: ['127.0.0.1:8080']\n")
    path = "/zwdt/202405/t20240520_1.shtml"
    assert source.is_article(f"http://127.0.0.1:8080{path}")
    assert source.is_article(f"https://www.jiangling.gov.cn:443{path}")
    assert not source.is_article(f"http://127.0.0.1{path}")
    assert not source.is_article(f"http://evil.example{path}")
    assert not source.is_article(f"http://[{path}")


def test_a_papers_list_is_named_by_date(tmp_path: Path) -> None:
    source = load(tmp_path, GOOD.replace("/zwdt/", "/html/%Y-%m/%d/node_2.htm"))
    assert source.list_pages(date(2011, 12, 8)) == ("http://www.jiangling.gov.cn/html/2011-12/08/node_2.htm",)


def test_the_local_folder_is_a_source_that_needs_no_home(tmp_path: Path) -> None:
    source = load_sources(Path(__file__).resolve().parents[2] / "include" / "sources")["local"]
    assert source.directory(Settings(data=tmp_path)) == tmp_path / "local"
    assert source.directory(Settings(data=tmp_path, local=tmp_path / "mine")) == tmp_path / "mine"
