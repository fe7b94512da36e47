"""Near-duplicates share a band, others do not, and the bands depend on the text alone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.clean.duplicates import BANDS, bands

from .damage import traditional
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


def test_the_script_does_not_count():
    body = "记者从县农业农村局获悉，今年以来，全县新建高标准农田3.2万亩，发放种粮补贴4500万元，惠及农户1.8万户。" * 3
    assert traditional(body) != body
    assert bands(traditional(body)) == bands(body)


def test_width_spaces_and_punctuation_do_not_count():
    original = text(500)
    assert bands(original) == bands(original.replace("，", ", ").replace("1", "１").replace("。", "。\n"))


def test_other_articles_share_none():
    articles = [text(1000) for _ in range(60)]
    assert not any(alike(a, b) for i, a in enumerate(articles) for b in articles[:i])


def test_known_text_has_known_bands():
    # Written down once: bands are compared across years and machines.
    assert bands("今年以来，全县累计完成投资12.5亿元，新建农村公路36公里。")[:2] == [
        -7430839553801630534,
        6464576093818030765,
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
    assert max(root.count(r) for r in root) <= 15
    assert len(set(root)) >= 250


def test_the_day_in_an_agencys_dateline_does_not_count():
    original = text(300) + "。" + text(300)
    assert alike("据新华社某地8月14日电 " + original, original)


def test_the_same_prices_of_another_day_are_no_reprint():
    prices = "全县白菜每公斤2.4元，萝卜每公斤1.8元，土豆每公斤3.2元，黄瓜每公斤6.5元，猪肉每公斤26.8元。"
    assert not alike(f"3月5日，{prices}", f"3月6日，{prices}")


def test_a_copy_that_names_no_day_because_it_was_damaged_is_a_reprint():
    original = f"{text(400)}。3月5日，{text(400)}。"
    assert alike(original, original.replace("5日", "□日"))


def test_a_text_of_digits_takes_no_longer():
    began = time.process_time()
    assert len(bands("1" * 100_000)) == BANDS
    assert time.process_time() - began < 1


def test_a_reprint_of_which_a_third_is_left_shares_a_band_by_its_head():
    shared = [alike(original, original[: len(original) // 3]) for original in (text(900) for _ in range(60))]
    assert sum(shared) >= 55
