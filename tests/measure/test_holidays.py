"""The days off of public holidays, as the State Council's notices gave them."""

from __future__ import annotations

from datetime import date

import pytest

from minsheng.measure.holidays import holiday

DAY = date(2024, 5, 20)


@pytest.mark.parametrize(
    "phrase,year,days",
    [
        ("五一假期", None, ("2024-05-01", "2024-05-05")),
        ("“五一”小长假", None, ("2024-05-01", "2024-05-05")),
        ("劳动节假期", None, ("2024-05-01", "2024-05-05")),
        ("国庆黄金周", None, ("2023-09-29", "2023-10-06")),  # with the Mid-autumn Festival right before it
        ("“十一”长假", None, ("2023-09-29", "2023-10-06")),
        ("中秋国庆假期", None, ("2023-09-29", "2023-10-06")),
        ("国庆节假期", 2022, ("2022-10-01", "2022-10-07")),
        ("春节假期", None, ("2024-02-10", "2024-02-17")),
        ("春节8天假期", None, ("2024-02-10", "2024-02-17")),
        ("春节8天", None, ("2024-02-10", "2024-02-17")),
        ("元旦假期", None, ("2023-12-30", "2024-01-01")),
        ("端午假期", 2024, ("2024-06-08", "2024-06-10")),  # the feast is a Monday: with the weekend before it
        ("春节假期", 1999, None),
        ("春节期间", None, None),
        ("暑假假期", None, None),
        ("近年来", None, None),
    ],
)
def test_a_holiday_has_the_days_off(phrase: str, year: int | None, days: tuple[str, str] | None) -> None:
    expected = tuple(map(date.fromisoformat, days)) if days else None
    assert holiday(phrase, year, DAY, planned=False) == expected


def test_a_holiday_that_has_begun_is_the_one_spoken_of_and_a_planned_one_the_next() -> None:
    assert holiday("五一假期", None, date(2024, 5, 1), planned=False) == (date(2024, 5, 1), date(2024, 5, 5))
    assert holiday("五一假期", None, date(2024, 4, 30), planned=False) == (date(2023, 4, 29), date(2023, 5, 3))
    assert holiday("五一假期", None, date(2024, 4, 20), planned=True) == (date(2024, 5, 1), date(2024, 5, 5))


def test_what_lies_beyond_the_known_notices_has_no_days() -> None:
    assert holiday("五一假期", None, date(2099, 6, 1), planned=False) is None
    assert holiday("五一假期", None, date(2099, 4, 1), planned=True) is None
