"""A page that changes on the second day: each day shows the figures that stood on it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from urllib.parse import urlsplit

import pytest

from minsheng.warehouse import query
from replay import DAYS, expected

from .replayed import ask, replayed

pytestmark = pytest.mark.xdist_group("end_to_end")
Figures = dict[str, Counter[tuple[Decimal, str]]]


def shown(day: int) -> Figures:
    """What the snapshot shows as of a day of the replay, (value, unit) by the path of the article's address."""
    found: Figures = {}
    sql = "SELECT url, obs_value, unit_measure FROM fct_observation_as_of($day)"
    for url, value, unit in query(sql, replayed().settings, {"day": DAYS[day]}).rows:
        found.setdefault(urlsplit(url).path, Counter())[Decimal(repr(value)).normalize(), unit] += 1
    return found


def written(day: int) -> Figures:
    """What the replay's articles held on the day."""
    return {
        article["path"]: Counter((Decimal(f["value"]).normalize(), f["unit"]) for f in article["figures"])
        for article in expected()
        if day in article["days"]
    }


def test_each_day_shows_the_figures_that_stood_on_it() -> None:
    for day in DAYS:
        wanted, found = written(day), shown(day)
        assert found
        assert {path: figures for path, figures in found.items() if figures != wanted.get(path, figures)} == {}
    changed = [path for path in shown(1) if shown(1)[path] != shown(2)[path]]
    assert len(changed) == 1
    assert set(shown(1)) < set(shown(2))


def test_the_earlier_revision_is_told_from_the_later() -> None:
    rows = ask(
        replayed().settings,
        "SELECT revision, logical_date, superseded_on, is_latest FROM dim_article_revision "
        "WHERE article_id IN (SELECT article_id FROM fct_observation_superseded) ORDER BY revision",
    )
    assert rows == [(1, DAYS[1], DAYS[2], False), (2, DAYS[2], None, True)]
