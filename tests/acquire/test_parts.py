"""An article over several pages: its further pages are fetched with it, and make one article."""
# ruff: noqa: F811  (the fixture comes from another file)

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from minsheng.acquire import further_pages, payload, read_archive
from minsheng.acquire.parts import MOST_PARTS
from minsheng.acquire.reading import read_entries
from minsheng.contracts import Article
from minsheng.extraction import read_page

from .hostile import Request, reply
from .test_fetching import DAY, NEXT, Place, place, with_etag  # noqa: F401  (a fixture)

FIRST, SECOND, THIRD = "/news/1.html", "/news/1_2.html", "/news/1_3.html"
SENTENCES = {
    FIRST: "今年以来，全县新建农村公路86公里，改造危桥13座，群众出行更加方便。",
    SECOND: "县里聘请护路员215名，财政安排养护资金960万元，公路管护同样跟得上。",
    THIRD: "下一步，全县将把客运班线延伸到更多村组，计划新开线路12条。",
}


def page(words: str, following: str = "") -> bytes:
    link = f"<a href='{following}'>下一页</a>" if following else ""
    text = "".join(f"<p>{words}</p>" for words in (words, "各有关部门负责人参加活动，并就下一步工作作出安排。"))
    title = "全县农村公路提质增效"
    head = f"<html><head><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1>{text}{link}</body></html>".encode()


def put(place: Place) -> None:
    place.answers[FIRST] = with_etag(page(SENTENCES[FIRST], SECOND))
    place.answers[SECOND] = reply(page(SENTENCES[SECOND], THIRD))
    place.answers[THIRD] = reply(page(SENTENCES[THIRD]))


def article(place: Place, day: date) -> Article:
    [(first, data)] = read_archive("site", day, place.settings)
    parts = further_pages("site", day, place.settings).get(first.page_id, [])
    found = read_page(
        first, data, None, None, [(p, payload(p, place.settings) if p.outcome == "new" else b"") for p in parts]
    )
    assert isinstance(found, tuple), found
    return found[0]


def test_the_pages_are_fetched_in_turn_and_joined(place: Place) -> None:
    put(place)
    assert place.visit(DAY, FIRST) == {"news/1.html": "new"}
    assert place.asked() == ["/robots.txt", FIRST, SECOND, THIRD]
    whole = article(place, DAY)
    assert all(words in whole.body for words in SENTENCES.values())
    assert whole.warnings == []
    assert whole.figures == 5


def test_a_rerun_asks_only_for_what_a_stopped_run_had_not_fetched(place: Place) -> None:
    put(place)
    place.visit(DAY, FIRST)
    whole = article(place, DAY)
    ledger = next(place.settings.archive.glob("site/*/ledger.jsonl"))
    lines = ledger.read_text("utf-8").splitlines(keepends=True)
    ledger.write_text("".join(line for line in lines if '"role":"part"' not in line), "utf-8")
    place.asked()
    place.visit(DAY, FIRST)
    assert place.asked() in ([], [SECOND, THIRD])  # [] where the WARC gave the ledger its lines back
    assert article(place, DAY) == whole
    place.visit(DAY, FIRST)
    assert place.asked() == []


def test_an_article_is_revised_where_only_a_later_page_is(place: Place) -> None:
    put(place)
    place.visit(DAY, FIRST)
    assert place.visit(NEXT, FIRST) == {"news/1.html": "unchanged"}
    place.answers[THIRD] = reply(page(SENTENCES[THIRD].replace("12", "15")))
    last = date(2024, 5, 22)
    assert place.visit(last, FIRST) == {"news/1.html": "revised"}
    revised = article(place, last)
    assert "15条" in revised.body
    assert revised.revision == 2
    place.asked()
    assert place.visit(last, FIRST) == {"news/1.html": "revised"}
    assert place.asked() == []


def test_a_page_that_cannot_be_had_is_told_in_the_article(place: Place) -> None:
    put(place)
    del place.answers[SECOND]
    assert place.visit(DAY, FIRST) == {"news/1.html": "new"}
    part = article(place, DAY)
    assert SENTENCES[FIRST] in part.body
    assert any(SECOND in warning and "404" in warning for warning in part.warnings)


def test_pages_that_lead_in_a_circle_or_never_end_are_bounded(place: Place) -> None:
    put(place)
    place.answers[THIRD] = reply(page(SENTENCES[THIRD], FIRST))
    place.visit(DAY, FIRST)
    assert place.asked() == ["/robots.txt", FIRST, SECOND, THIRD]

    def endless(number: int) -> Callable[[Request], bytes]:
        words = f"这是第{number}页，这一页的内容与其他各页都不相同。"
        return lambda _: reply(page(words, f"/news/2_{number + 1}.html"))

    place.answers["/news/2.html"] = endless(1)
    place.answers |= {f"/news/2_{n}.html": endless(n) for n in range(2, 2 * MOST_PARTS)}
    place.visit(NEXT, "/news/2.html")
    parts = [e for e in read_entries("site", NEXT, place.settings) if e.role == "part"]
    assert len(parts) == MOST_PARTS


def test_a_page_of_an_article_that_a_list_links_to_is_no_article_of_its_own(place: Place) -> None:
    put(place)
    place.visit(DAY, FIRST, SECOND)
    assert place.asked().count(SECOND) >= 1
    further = further_pages("site", DAY, place.settings).values()
    within = {part.canonical_url.removeprefix(place.source.home.rstrip("/")) for parts in further for part in parts}
    assert within == {SECOND, THIRD}


def test_a_next_page_on_another_host_is_not_followed(place: Place) -> None:
    put(place)
    place.answers[SECOND] = reply(b"", "302 Found", Location="http://127.0.0.1:1/elsewhere.html")
    place.visit(DAY, FIRST)
    [part] = (e for e in read_entries("site", DAY, place.settings) if e.role == "part")
    assert part.outcome == "refused"
    assert replace(article(place, DAY), warnings=[]).body
