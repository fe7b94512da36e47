"""Pages of layouts that no selector knows give the whole article and its data; pages without one, the reason."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from minsheng.clean import clean

from .layouts import ARTICLES, NONE, doc
from .pages import PARAGRAPHS, TITLE


@pytest.mark.parametrize("layout", ARTICLES)
def test_an_article_comes_whole_and_alone(layout):
    assert clean(ARTICLES[layout]).body.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("layout", ARTICLES)
def test_its_headline_day_and_publisher_are_found(layout):
    article = clean(ARTICLES[layout])
    assert (article.title, article.published_at.date(), article.publisher) == (TITLE, date(2023, 5, 4), "青禾日报")


def test_what_is_said_of_a_picture_beside_it_is_marked():
    said = "<p>图为改造后的小区。王小明 摄</p>"
    first, *others = (f"<p>{p}</p>" for p in PARAGRAPHS)
    for markup, marked in ((f"<p><img src=a.jpg></p>{said}", True), (f"{said}<img src=a.jpg>", True), (said, False)):
        body = clean(doc(f"<h1>{TITLE}</h1><p>2023-05-04 来源：青禾日报</p>{first}{markup}{''.join(others)}")).body
        assert body.split("\n")[1] == ("【图】" if marked else "") + "图为改造后的小区。王小明 摄"


@pytest.mark.parametrize("reason", NONE)
def test_a_page_without_an_article_says_why(reason):
    assert clean(NONE[reason]).reason == reason


def test_a_list_in_a_script_is_no_article():
    entries = [{"title": TITLE, "content": "".join(f"<p>{p}</p>" for p in PARAGRAPHS)} for _ in range(9)]
    assert clean(doc(f"<div id=app></div><script>var data = {json.dumps(entries)};</script>")).reason == "empty_shell"


HOSTILE = {"open": "var a = " + "[" * 100_000, "starts": "={" * 50_000, "blank": "= " * 500_000, "cut": "x = {"}


@pytest.mark.parametrize("script", HOSTILE)
def test_a_hostile_script_is_left_in_time(script):
    before = time.process_time()
    assert clean(doc(f"<div id=app></div><script>{HOSTILE[script]}</script>")).reason == "empty_shell"
    assert time.process_time() - before < 2
