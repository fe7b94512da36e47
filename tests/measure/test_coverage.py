"""Coverage: shares over many articles, and what the vocabulary lacks, most frequent first."""

import pytest

from minsheng.contracts import Article
from minsheng.measure import Measurement, measure
from minsheng.measure.coverage import coverage


def measured(body: str) -> Measurement:
    return measure(Article("test", "", "", body, "", "test"))


def test_counts_and_shares() -> None:
    found = coverage(
        [measured("江陵县发放补贴1.2亿元。"), measured("嘟嘟囔囔75个。"), measured("截至2021年，统一部署。")]
    )
    assert (found.articles, found.figures, found.placed) == (3, 2, 1)
    assert found.region_share == 0.5
    assert found.rejections == {"date": 1, "word": 1}


def test_without_figures_nothing_is_missing() -> None:
    empty = coverage([])
    assert (empty.articles, empty.figures, empty.region_share, empty.indicator_share) == (0, 0, 1.0, 1.0)


def test_what_is_left_comes_most_frequent_first() -> None:
    found = coverage([measured("咕咕嘎嘎75个，咕咕嘎嘎76个。"), measured("嘀嘀嗒嗒80元。")])
    assert [unit for (_, unit), _ in found.phrases.most_common()] == ["{item}", "CNY"]
    assert found.mapped == found.figures - found.phrases.total()


@pytest.mark.parametrize("body, tail", [("编入75叶古籍。", "叶"), ("编入75 噗。", "噗"), ("编入75°。", "°")])
def test_unknown_units_are_what_stands_behind_the_numeral(body: str, tail: str) -> None:
    assert dict(coverage([measured(body)] * 2).units) == {tail: 2}


def test_places_that_nothing_settled_are_listed() -> None:
    found = coverage([measured("鼓楼区发放补贴3万元。"), measured("鼓楼区走访80户。")])
    assert found.places.most_common(1) == [("鼓楼区", 2)]


@pytest.mark.parametrize(
    "body", ["编入75。", "75以上。", "75至约80。", "75的人。", "为75上升。", "75及其他。", "75 Lite。"]
)
def test_marks_and_words_that_count_nothing_are_no_units(body: str) -> None:
    assert not coverage([measured(f"其编号 {body}")]).units
