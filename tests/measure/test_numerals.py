"""Numerals: whatever is written in a supported form comes back as the number it says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minsheng.measure import numerals

DIGITS = "零一二三四五六七八九"
SECTIONS = ("", "万", "亿")


def chinese(value: int) -> str:
    """How a value below 10**12 is written in Chinese."""
    if value == 0:
        return "零"
    words, gap = "", False
    for power in (2, 1, 0):
        part = value // 10_000**power % 10_000
        if not part:
            gap = bool(words)
            continue
        if words and (gap or part < 1000):
            words += "零"
        words, gap = words + section(part) + SECTIONS[power], False
    return words


def section(part: int) -> str:
    words, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = part // unit % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words


@given(st.integers(0, 10**12 - 1))
def test_every_whole_number_written_in_chinese_comes_back(value: int) -> None:
    assert numerals.number(chinese(value)) == value


@given(st.integers(0, 10**12), st.booleans())
def test_every_number_with_separators_or_full_width_digits_comes_back(value: int, wide: bool) -> None:
    written = f"{value:,}"
    if wide:
        written = written.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert numerals.number(written) == value


@given(st.decimals(min_value=0, max_value=10**6, places=4), st.sampled_from(["", "万", "亿", "千", "百", "万亿"]))
def test_every_decimal_with_a_magnitude_is_multiplied_out_exactly(value: Decimal, magnitude: str) -> None:
    factor = Decimal(1)
    for c in magnitude:
        factor *= numerals.MAGNITUDES[c]
    assert numerals.number(f"{value}{magnitude}") == value * factor


@pytest.mark.parametrize(
    "written, value",
    [
        ("三百二十五", 325),
        ("两", 2),
        ("廿", 20),
        ("廿三", 23),
        ("二〇二三", 2023),
        ("一千零五", 1005),
        ("三百二", 320),
        ("一万二", 12000),
        ("1万2千", 12000),
        ("12万2000", 122000),
        ("3.5万亿", 3_500_000_000_000),
        ("百万", 1_000_000),
        ("20余万", 200_000),
        ("十几", 10),
        ("数十", 10),
        ("几十万", 100_000),
        ("叁佰贰拾", 320),
    ],
)
def test_spoken_and_mixed_forms(written: str, value: int) -> None:
    assert numerals.number(written) == value


@pytest.mark.parametrize("written", ["十百", "一" * 41, "五3"])
def test_what_is_no_number_is_none(written: str) -> None:
    assert numerals.number(written) is None


@pytest.mark.parametrize(
    "written, ends",
    [
        ("三四十", (30, 40)),
        ("十五六", (15, 16)),
        ("七八万", (70_000, 80_000)),
        ("两三", (2, 3)),
        ("三五", (3, 5)),
        ("一两", (1, 2)),
        ("三六", None),
    ],
)
def test_neighbouring_digits_are_a_range(written: str, ends: tuple[int, int] | None) -> None:
    assert numerals.neighbours(written) == ends


@pytest.mark.parametrize(
    "written, value, unit",
    [
        ("三分之二", Decimal(200) / 3, "%"),
        ("百分之五十", 50, "%"),
        ("百分之12.5", Decimal("12.5"), "%"),
        ("百分之三点五", Decimal("3.5"), "%"),
        ("千分之六", 6, "[ppth]"),
    ],
)
def test_fractions_are_per_cent(written: str, value: Decimal, unit: str) -> None:
    assert numerals.fraction(written, 0) == (value, len(written), unit)
