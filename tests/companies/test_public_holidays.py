"""Public holidays by country, named in English where possible."""

from __future__ import annotations

from datetime import date

import pytest

from clientsvia.companies import public_holidays


@pytest.mark.parametrize(
    ("country", "subdivision", "on", "name"),
    [
        ("US", "", date(2026, 11, 26), "Thanksgiving Day"),
        ("DE", "BY", date(2027, 1, 6), "Epiphany"),
        ("FR", "", date(2026, 7, 14), "National Day"),
    ],
)
def test_holidays_have_english_names(country: str, subdivision: str, on: date, name: str) -> None:
    assert public_holidays.in_year(country, subdivision, on.year)[on] == name


def test_the_substitute_day_of_a_holiday_bears_its_name() -> None:
    label = public_holidays.in_year("US", "", 2026)[date(2026, 7, 3)]
    assert public_holidays.names_of(label) == ("Independence Day",)


def test_two_holidays_on_one_day_are_two_names() -> None:
    assert public_holidays.names_of("May Day; Ascension Day (observed)") == (
        "May Day",
        "Ascension Day",
    )


def test_callers_days_include_those_on_which_people_work() -> None:
    assert public_holidays.widely_known(2026)[date(2026, 12, 24)] == "Christmas Eve"
