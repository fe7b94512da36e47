"""Near-duplicates share a band, others do not, and the bands depend on the text alone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.clean.duplicates import BANDS, bands

from .forms import FORMS

CHANCE = random.Random(5)
HANZI = [chr(c) for c in range(0x4E00, 0x5A00)]


def text(length: int) -> str:
    return "".join(CHANCE.choices([*HANZI, *"，。0123456789"], k=length))


def alike(a: str, b: str) -> bool:
    return not set(bands(a)).isdisjoint(bands(b))


def wrong(line: str) -> str:
    """With one character in 150 wrong."""
    out = list(line)
    for i in CHANCE.sample(range(len(out)), len(out) // 150):
        out[i] = CHANCE.choice(HANZI)
    return "".join(out)


def test_reprints_with_another_head_a_cut_end_and_wrong_characters_share_a_band():
    originals = [text(CHANCE.randrange(300, 3000)) for _ in range(60)]
    for harm, least in [
        (lambda t: text(20) + "\n" + t, 60),
        (lambda t: t[: int(len(t) * 0.75)], 60),
        (wrong, 58),
        (lambda t: text(20) + "\n" + wrong(t[: int(len(t) * 0.75)]), 54),
    ]:
        assert sum(alike(original, harm(original)) for original in originals) >= least


def test_width_spaces_and_punctuation_do_not_count():
    original = text(500)
    assert bands(original) == bands(original.replace("，", ", ").replace("1", "１").replace("。", "。\n"))


def test_other_articles_share_none():
    articles = [text(1000) for _ in range(60)]
    assert not any(alike(a, b) for i, a in enumerate(articles) for b in articles[:i])


def test_known_text_has_known_bands():
    # Written down once: bands are compared across years and machines.
    assert bands("今年以来，全县累计完成投资12.5亿元，新建农村公路36公里。")[:2] == [
        -6085176915444201522,
        5744700400370714718,
    ]


@given(st.text(max_size=300))
def test_any_text_has_all_bands_or_none(text):
    found = bands(text)
    assert len(found) in (0, BANDS)
    assert all(-(2**63) <= band < 2**63 for band in found)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_reports_of_one_form_and_other_figures_are_no_chain_of_reprints(form):
    dice, first, root = random.Random(11), {}, list(range(360))
    for day in range(360):
        for band in bands(form(day, dice)):
            near = root[first.setdefault(band, day)]
            if near != root[day]:
                root = [near if r == root[day] else r for r in root]
    assert max(root.count(r) for r in root) <= 30
    assert len(set(root)) >= 200


def test_a_reprint_of_which_a_third_is_left_shares_a_band_by_its_head():
    shared = [alike(original, original[: len(original) // 3]) for original in (text(900) for _ in range(60))]
    assert sum(shared) >= 55
