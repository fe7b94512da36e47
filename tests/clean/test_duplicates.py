"""Near-duplicates share a band, others do not, and the bands depend on the text alone."""

import random

from hypothesis import given
from hypothesis import strategies as st

from minsheng.clean.duplicates import BANDS, bands

CHANCE = random.Random(5)
HANZI = [chr(c) for c in range(0x4E00, 0x5A00)]


def text(length: int) -> str:
    return "".join(CHANCE.choices([*HANZI, *"，。0123456789"], k=length))


def alike(a: str, b: str) -> bool:
    return not set(bands(a)).isdisjoint(bands(b))


def test_reprints_with_another_head_a_cut_end_and_wrong_characters_share_a_band():
    for _ in range(60):
        original = text(CHANCE.randrange(300, 3000))
        reprint = text(20) + "\n" + original[: int(len(original) * 0.75)]
        wrong = list(reprint)
        for i in CHANCE.sample(range(len(wrong)), len(wrong) // 150):
            wrong[i] = CHANCE.choice(HANZI)
        assert alike(original, "".join(wrong))


def test_width_spaces_and_punctuation_do_not_count():
    original = text(500)
    assert bands(original) == bands(original.replace("，", ", ").replace("1", "１").replace("。", "。\n"))


def test_other_articles_share_none():
    articles = [text(1000) for _ in range(60)]
    assert not any(alike(a, b) for i, a in enumerate(articles) for b in articles[:i])


def test_known_text_has_known_bands():
    # Written down once: bands are compared across years and machines.
    assert bands("今年以来，全县累计完成投资12.5亿元，新建农村公路36公里。")[:2] == [
        7245978109379058223,
        -1124814669581688537,
    ]


@given(st.text(max_size=300))
def test_any_text_has_all_bands_or_none(text):
    found = bands(text)
    assert len(found) in (0, BANDS)
    assert all(-(2**63) <= band < 2**63 for band in found)
