"""The registry in include/sources: every file valid, every example recognised, everybody there who has to be."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from minsheng.cms import FAMILIES
from minsheng.sources import Source, load_sources

PROJECT = Path(__file__).resolve().parents[2]
SOURCES = load_sources(PROJECT / "include" / "sources")
SITES = [s for s in SOURCES.values() if s.folder is None]
REGIONS = PROJECT / "dbt_project" / "seeds" / "regions.csv"
EXAMPLES = [pytest.param(s, e, id=e.url) for s in SITES for e in s.examples]
each_site = pytest.mark.parametrize("source", [pytest.param(s, id=s.id) for s in SITES])


@pytest.mark.parametrize("source, example", EXAMPLES)
def test_an_example_is_an_article_with_the_day_of_its_address(source: Source, example) -> None:
    assert source.is_article(example.url)
    assert source.day_of(example.url) == example.day


@each_site
def test_lists_and_home_are_no_articles(source: Source) -> None:
    pages = (source.home, *source.lists, *source.not_articles)
    assert [url for url in pages if url and source.is_article(url)] == []


@each_site
def test_a_source_says_who_answers_for_it_and_what_to_expect(source: Source) -> None:
    assert source.owner
    assert source.licence
    assert source.expect
    assert source.examples
    assert source.delay >= 1
    assert source.family in FAMILIES
    assert source.verified or "never run against the live site" in source.note


def test_all_31_provincial_governments_are_there() -> None:
    with REGIONS.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    mainland = {
        r["region_code"]
        for r in rows
        if r["region_level"] == "province" and not r["valid_to"] and r["region_code"][:2] not in {"71", "81", "82"}
    }
    assert len(mainland) == 31
    assert {s.region_code for s in SITES if s.level == "province"} == mainland


def test_every_region_code_exists_today() -> None:
    with REGIONS.open(encoding="utf-8-sig") as file:
        known = {r["region_code"] for r in csv.DictReader(file) if not r["valid_to"]}
    assert {s.region_code for s in SITES if s.region_code} <= known


def test_the_seeds_sites_and_twenty_others_are_there() -> None:
    for url in (
        "http://shiyan.gov.cn/ywdt/syyw/202111/t20211116_3412326.shtml",
        "http://farmer.com.cn/2021/05/07/99869719.html",
        "http://jzxww.com.cn/conn/2021-09/17/content_29161.htm",
    ):
        assert [s.id for s in SITES if s.is_article(url)], url
    levels = Counter(s.level for s in SITES)
    assert levels["city"] + levels["county"] + levels["party_paper"] >= 20


def test_no_two_sources_claim_one_host() -> None:
    owners = Counter(host for s in SITES for host in s.hosts)
    assert [host for host, n in owners.items() if n > 1] == []


def test_a_file_lies_in_its_provinces_folder_under_its_id() -> None:
    files = {p.stem: p for p in (PROJECT / "include" / "sources").rglob("*.yml")}
    assert set(files) == set(SOURCES)
    provinces = {s.region_code[:2]: files[s.id].parent.name for s in SITES if s.level == "province" and s.region_code}
    for site in SITES:
        if site.region_code:
            assert files[site.id].parent.name == provinces[site.region_code[:2]], site.id
