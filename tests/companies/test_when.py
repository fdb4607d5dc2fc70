"""Days and times in what a caller says, on a Tuesday in November."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.calendar import Calendar
from clientsvia.companies.schedule import Schedule
from clientsvia.companies.when import find_when, plain

TODAY = date(2026, 11, 24)
CALENDAR = Calendar(
    Schedule.model_validate(
        {
            "holidays": {"country": "US"},
            "exceptions": [{"date": "2026-12-05", "label": "Inventory Day"}],
        }
    )
)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("today", ["11-24"]),
        ("tonight", ["11-24"]),
        ("tomorrow morning", ["11-25"]),
        ("the day after tomorrow", ["11-26"]),
        ("on Monday", ["11-30"]),
        ("on Tuesday", ["11-24"]),
        ("next Tuesday", ["12-01"]),
        ("next Sunday", ["12-06"]),
        ("Saturday or Sunday", ["11-28", "11-29"]),
        ("this weekend", ["11-28", "11-29"]),
        ("next weekend", ["12-05", "12-06"]),
        ("December 24th", ["12-24"]),
        ("dec. 24", ["12-24"]),
        ("the 24th of December", ["12-24"]),
        ("on 12/26", ["12-26"]),
        ("the 3rd", ["12-03"]),
        ("Christmas", ["12-25"]),
        ("Christmas Eve", ["12-24"]),
        ("New Year\N{RIGHT SINGLE QUOTATION MARK}s Eve", ["12-31"]),
        ("Thanksgiving", ["11-26"]),
        ("Black Friday", ["11-27"]),
        ("Inventory Day", ["12-05"]),
    ],
)
def test_days_are_dates(text: str, dates: list[str]) -> None:
    expected = tuple(date.fromisoformat(f"2026-{day}") for day in dates)
    assert find_when(plain(text), TODAY, CALENDAR).dates == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("New Year's Day", date(2027, 1, 1)),
        ("the fourth of July", date(2027, 7, 4)),
        ("MLK day", date(2027, 1, 18)),
        ("Presidents Day", date(2027, 2, 15)),
        ("Easter", date(2027, 3, 28)),
        ("February 29", date(2028, 2, 29)),
        ("March 1st", date(2027, 3, 1)),
    ],
)
def test_days_that_are_over_mean_those_to_come(text: str, day: date) -> None:
    assert find_when(plain(text), TODAY, CALENDAR).dates == (day,)


@pytest.mark.parametrize(
    ("text", "weekdays"),
    [
        ("on Sundays", (6,)),
        ("every Friday", (4,)),
        ("on weekends", (5, 6)),
        ("during the week", (0, 1, 2, 3, 4)),
    ],
)
def test_ordinary_days_are_weekdays(text: str, weekdays: tuple[int, ...]) -> None:
    found = find_when(plain(text), TODAY, CALENDAR)
    assert (found.weekdays, found.dates) == (weekdays, ())


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("february 30", True),
        ("on 13/45", True),
        ("next week", True),
        ("next week on Tuesday", False),
        ("in December", True),
        ("on the first Monday in December", True),
        ("the week of Thanksgiving", True),
        ("Thanksgiving weekend", True),
        ("next week at 7", True),
        ("later", True),
        ("all day", True),
        ("this weekend", False),
        ("in 2 weeks", False),
        ("during the week", False),
        ("for the night", False),
        ("may I come", False),
        ("", False),
    ],
)
def test_what_is_no_day_is_vague(text: str, *, vague: bool) -> None:
    assert find_when(plain(text), TODAY, CALENDAR).vague is vague


def test_only_the_part_that_asks_is_vague() -> None:
    text = "it has leaked for weeks. are you open"
    assert find_when(text, TODAY, CALENDAR).vague
    assert not find_when(text, TODAY, CALENDAR, "are you open").vague


def test_next_week_moves_its_weekday() -> None:
    assert find_when("next week on tuesday", TODAY, CALENDAR).dates == (date(2026, 12, 1),)


@pytest.mark.parametrize("text", ["", "are you open", "february 30", "may I come"])
def test_no_day_is_no_day(text: str) -> None:
    found = find_when(plain(text), TODAY, CALENDAR)
    assert (found.dates, found.weekdays) == ((), ())


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_names_days_from_today_on(text: str, today: date) -> None:
    found = find_when(plain(text), today, CALENDAR)
    assert all(day >= today for day in found.dates)
    assert all(day <= today + timedelta(days=4 * 366) for day in found.dates)
