"""Pages of layouts that no selector knows give the whole article and its data; pages without one, the reason."""

from __future__ import annotations

from datetime import date

import pytest

from minsheng.clean import clean

from .layouts import ARTICLES, NONE
from .pages import PARAGRAPHS, TITLE


@pytest.mark.parametrize("layout", ARTICLES)
def test_an_article_comes_whole_and_alone(layout):
    assert clean(ARTICLES[layout]).body.split("\n") == list(PARAGRAPHS)


@pytest.mark.parametrize("layout", ARTICLES)
def test_its_headline_day_and_publisher_are_found(layout):
    article = clean(ARTICLES[layout])
    assert (article.title, article.published_at.date(), article.publisher) == (TITLE, date(2023, 5, 4), "青禾日报")


@pytest.mark.parametrize("reason", NONE)
def test_a_page_without_an_article_says_why(reason):
    assert clean(NONE[reason]).reason == reason
