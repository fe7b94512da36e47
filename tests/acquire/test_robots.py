"""robots.txt as RFC 9309 says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from minsheng.acquire import robots
from minsheng.acquire.hosts import Host, retry_after

NOW = datetime(2024, 5, 20, 6, tzinfo=UTC)
TEXT = """
User-agent: *
Disallow: /private/
Allow: /private/open/
Disallow: /*.pdf$
Crawl-delay: 2.5

User-agent: Minsheng
Disallow: /data/
Crawl-delay: 4
"""


def verdict(text: bytes, path: str, status: int = 200) -> tuple[bool, str]:
    return robots.from_answer(status, text, NOW).clause(f"http://h.cn{path}")


@pytest.mark.parametrize(
    ("path", "allowed", "clause"),
    [
        ("/a.html", True, "no rule matches"),
        ("/private/a.html", False, "Disallow: /private/"),
        ("/private/open/a.html", True, "Allow: /private/open/"),
        ("/x/report.pdf", False, "Disallow: /*.pdf"),
        ("/x/report.pdf?page=2", True, "no rule matches"),
        ("/robots.txt", True, "no rule matches"),
    ],
)
def test_the_longest_rule_of_our_group_decides_and_is_named(path: str, allowed: bool, clause: str) -> None:
    everyone = TEXT.partition("User-agent: Minsheng")[0].encode()
    found = verdict(everyone, path)
    assert found[0] is allowed
    assert found[1].startswith(clause)


def test_a_group_with_our_name_replaces_that_for_everyone() -> None:
    rules = robots.from_answer(200, TEXT.encode(), NOW)
    assert rules.clause("http://h.cn/private/a.html")[0]
    assert rules.clause("http://h.cn/data/a.html") == (False, "Disallow: /data/")
    assert rules.crawl_delay == 4


@pytest.mark.parametrize("name", ["minsheng/0.1.0", "Minsheng/2 (+http://a.cn)", "MINSHENG", "minsheng # us"])
def test_a_group_that_names_us_with_a_version_is_ours(name: str) -> None:
    text = f"User-agent: *\nDisallow: /everyone/\n\nUser-agent: {name}\nDisallow: /ours/\nCrawl-delay: 7\n"
    rules = robots.from_answer(200, text.encode(), NOW)
    assert rules.clause("http://h.cn/ours/a.html") == (False, "Disallow: /ours/")
    assert rules.clause("http://h.cn/everyone/a.html")[0]
    assert rules.crawl_delay == 7


@pytest.mark.parametrize("name", ["min", "sheng", "minshengbot", "minsheng_news/1.0", "m*", "(minsheng)", "民生"])
def test_a_group_of_another_is_not_ours_however_alike_its_name(name: str) -> None:
    text = f"User-agent: *\nDisallow: /everyone/\n\nUser agent: {name}\nDisallow: /theirs/\n"
    rules = robots.from_answer(200, text.encode(), NOW)
    assert rules.clause("http://h.cn/theirs/a.html")[0]
    assert rules.clause("http://h.cn/everyone/a.html") == (False, "Disallow: /everyone/")


def test_several_names_share_the_group_that_follows_them() -> None:
    text = b"User-agent: somebot\nUser-agent: minsheng/1\n\nDisallow: /a\nUser-agent:\nDisallow: /b\n"
    rules = robots.from_answer(200, text, NOW)
    assert not rules.clause("http://h.cn/a")[0]
    assert rules.clause("http://h.cn/b")[0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_no_file_allows_everything(status: int) -> None:
    assert verdict(b"Disallow: /", "/a", status) == (True, "no robots.txt")


@pytest.mark.parametrize("status", [500, 502, 503, 429])
def test_an_answer_that_is_none_forbids_everything(status: int) -> None:
    allowed, clause = verdict(b"", "/a", status)
    assert not allowed
    assert str(status) in clause


def test_what_stands_after_500_kib_is_not_read() -> None:
    filler = b"# filler\n" * 60_000
    assert not verdict(b"User-agent: *\nDisallow: /a\n" + filler, "/a")[0]
    assert verdict(b"User-agent: *\n" + filler + b"Disallow: /a\n", "/a")[0]


def test_a_web_page_or_rubbish_in_its_place_forbids_nothing() -> None:
    assert verdict(b"<!doctype html><title>404</title>", "/a")[0]
    assert verdict(bytes(range(256)) * 10, "/a")[0]
    assert not verdict("\ufeffUser-agent: *\nDisallow: /a".encode(), "/a")[0]


def test_it_is_kept_for_a_day_but_a_failure_is_not(tmp_path: Path) -> None:
    host = Host("h.cn", tmp_path / "hosts", 60, 1)
    (tmp_path / "hosts").mkdir()
    host.keep_robots("http", robots.from_answer(500, b"", NOW))
    assert host.robots("http", NOW) is None
    kept = robots.from_answer(200, TEXT.encode(), NOW)
    host.keep_robots("http", kept)
    assert host.robots("http", NOW + timedelta(hours=23)) == kept
    assert host.robots("https", NOW) is None
    assert host.robots("http", NOW + timedelta(hours=24)) is None


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ("120", 120),
        (" 5 ", 5),
        ("Mon, 20 May 2024 06:01:30 GMT", 90),
        ("Mon, 20 May 2024 05:00:00 GMT", 0),
        ("soon", None),
        ("-3", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_a_number_or_a_date(field: str | None, seconds: float | None) -> None:
    assert retry_after(field, NOW) == seconds
