"""An article that the replay spreads over two pages is one article with the figures of both."""

from __future__ import annotations

import pytest

from .replayed import ask, replayed

pytestmark = pytest.mark.xdist_group("end_to_end")


def test_an_article_over_two_pages_is_one() -> None:
    query = (
        "SELECT article_id, count(*), list(surface) FROM dim_article JOIN fct_observation USING (article_id)"
        " WHERE dim_article.url LIKE '%\\_5123400%' ESCAPE '\\' GROUP BY article_id"
    )
    [(_, figures, surfaces)] = ask(replayed().settings, query)
    assert figures == 7  # four on the first page, three on the second
    assert {"13座", "215名"} <= set(surfaces)
