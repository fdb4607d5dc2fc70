"""Days called by a date or a name, on a Tuesday in November."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.calendar import Calendar
from clientsvia.companies.named_days import find_day
from clientsvia.companies.schedule import Schedule

TODAY = date(2026, 11, 24)
CALENDAR = Calendar(Schedule.model_validate({"holidays": {"country": "US"}}))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on december 24th", date(2026, 12, 24)),
        ("on 12/26", date(2026, 12, 26)),
        ("the 24th", TODAY),
        ("on christmas eve", date(2026, 12, 24)),
        ("the 4th of july", date(2027, 7, 4)),
    ],
)
def test_the_next_such_day_is_meant(text: str, day: date) -> None:
    assert find_day(text, TODAY, CALENDAR) == (day,)


@pytest.mark.parametrize("text", ["february 30", "the 31st of june", "2/30"])
def test_a_date_that_never_comes_is_told_from_none(text: str) -> None:
    assert find_day(text, TODAY, CALENDAR) == ()


@pytest.mark.parametrize("text", ["", "on monday", "on 13/45", "may i come"])
def test_without_date_or_name_there_is_none(text: str) -> None:
    assert find_day(text, TODAY, CALENDAR) is None


@given(st.text(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_text_names_a_day_from_today_on(text: str, today: date) -> None:
    found = find_day(text, today, CALENDAR)
    assert not found or found[0] >= today
