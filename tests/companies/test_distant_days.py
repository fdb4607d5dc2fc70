"""Days counted from another, on a Tuesday in November."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.calendar import Calendar
from clientsvia.companies.distant_days import find_distant_day
from clientsvia.companies.schedule import Schedule
from clientsvia.companies.when import plain

TODAY = date(2026, 11, 24)
CALENDAR = Calendar(Schedule.model_validate({"holidays": {"country": "US"}}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("in two weeks", "12-08"),
        ("in a week", "12-01"),
        ("in 3 days", "11-27"),
        ("a week from today", "12-01"),
        ("two weeks from Monday", "12-14"),
        ("three days from tomorrow", "11-28"),
        ("the day after Thanksgiving", "11-27"),
        ("the day before Thanksgiving", "11-25"),
        ("two days after Christmas", "12-27"),
        ("the Friday after Thanksgiving", "11-27"),
        ("the Monday before Christmas", "12-21"),
        ("the day after December 7th", "12-08"),
    ],
)
def test_days_are_counted(text: str, day: str) -> None:
    found = find_distant_day(plain(text), TODAY, CALENDAR)
    assert found == date.fromisoformat(f"2026-{day}")


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("the day after Thanksgiving", "2026-11-27", "2026-11-27"),
        ("the day after Thanksgiving", "2026-11-28", "2027-11-26"),
        ("the day before Christmas", "2026-12-25", "2027-12-24"),
        ("the Saturday after Thanksgiving", "2026-11-28", "2026-11-28"),
    ],
)
def test_a_day_that_is_over_means_the_one_to_come(text: str, today: str, day: str) -> None:
    found = find_distant_day(plain(text), date.fromisoformat(today), CALENDAR)
    assert found == date.fromisoformat(day)


@pytest.mark.parametrize(
    "text", ["", "the day after tomorrow", "on Monday after 5", "the day before", "in weeks"]
)
def test_nothing_is_counted_elsewhere(text: str) -> None:
    assert find_distant_day(plain(text), TODAY, CALENDAR) is None


@given(
    st.text(alphabet="day after before christmas in 9 weeks from monday "),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
)
def test_any_text_counts_to_a_day_from_today_on(text: str, today: date) -> None:
    found = find_distant_day(plain(text), today, CALENDAR)
    assert found is None or found >= today
