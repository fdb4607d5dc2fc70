"""What a profile may say about hours."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from clientsvia.companies.schedule import WEEKDAYS, ExceptionalDays, Schedule, parse_week
from clientsvia.companies.shifts import Shift


def refusal(**fields: Any) -> str:
    with pytest.raises(ValidationError) as caught:
        Schedule.model_validate(fields)
    return str(caught.value)


def test_a_week_has_shifts_for_seven_days_and_missing_days_are_closed() -> None:
    schedule = Schedule.model_validate({"weekly": {"monday": ["13:00-17:00", "08:00-12:00"]}})
    assert schedule.weekly["monday"] == ("08:00-12:00", "13:00-17:00")
    assert parse_week(schedule.weekly) == (
        (Shift(480, 720), Shift(780, 1020)),
        (),
        (),
        (),
        (),
        (),
        (),
    )
    assert WEEKDAYS[date(2026, 11, 23).weekday()] == "monday"


def test_overlapping_shifts_are_refused() -> None:
    assert "overlap" in refusal(weekly={"monday": ["08:00-12:00", "11:00-13:00"]})


def test_a_night_that_runs_into_the_next_days_shift_is_refused() -> None:
    weekly = {"sunday": ["22:00-06:00"], "monday": ["05:00-12:00"]}
    assert "the night of sunday runs into monday" in refusal(weekly=weekly)


def test_a_night_may_end_where_the_next_day_begins() -> None:
    weekly = {"sunday": ["22:00-06:00"], "monday": ["06:00-12:00"]}
    assert parse_week(Schedule.model_validate({"weekly": weekly}).weekly)[6] == (Shift(1320, 1800),)


def test_a_date_stands_for_a_range_of_one_day_and_is_written_as_a_date() -> None:
    days = ExceptionalDays.model_validate({"date": "2026-12-24", "hours": ["08:00-12:00"]})
    assert (days.first, days.last) == (date(2026, 12, 24), date(2026, 12, 24))
    assert days.model_dump(mode="json") == {
        "date": "2026-12-24",
        "hours": ["08:00-12:00"],
        "label": "",
    }


def test_a_range_is_written_as_a_range() -> None:
    data = {"from": "2026-08-01", "to": "2026-08-14", "hours": [], "label": "Vacation"}
    assert ExceptionalDays.model_validate(data).model_dump(mode="json") == data


@pytest.mark.parametrize(
    ("days", "remedy"),
    [
        ({"date": "2026-12-24", "from": "2026-12-24"}, "write date, or from and to"),
        ({"from": "2026-12-24", "to": "2026-12-20"}, "let 'to' be the later date"),
        ({"from": "2026-01-01", "to": "2028-12-20"}, "change the weekly hours instead"),
        ({"date": "24.12."}, "write it as 2026-12-24"),
        ({"from": "2026-12-24"}, "Field required"),
    ],
)
def test_days_that_make_no_sense_are_refused(days: dict[str, str], remedy: str) -> None:
    assert remedy in refusal(exceptions=[days])


@pytest.mark.parametrize(
    ("holidays", "remedy"),
    [
        ({"country": "XX"}, "write a two-letter country code"),
        ({"country": "US", "subdivision": "ZZ"}, "write one of AK, AL"),
        ({"country": "US", "open": ["Columbus", "Thanksgiving Day"]}, "Columbus Day"),
    ],
)
def test_unknown_holidays_are_refused_with_what_is_known(
    holidays: dict[str, Any], remedy: str
) -> None:
    assert remedy in refusal(holidays=holidays)


def test_an_override_ends_at_a_moment_that_is_the_same_everywhere() -> None:
    assert "timezone" in refusal(override={"state": "closed", "until": "2026-12-01T14:00:00"})
    Schedule.model_validate({"override": {"state": "open", "until": "2026-12-01T14:00:00-05:00"}})


def test_a_season_is_written_as_it_was_read() -> None:
    season = {
        "from": "11-15",
        "to": "02-29",
        "weekly": {"monday": ["09:00-12:00"]},
        "label": "snow",
    }
    schedule = Schedule.model_validate({"seasons": [season]})
    assert schedule.model_dump(mode="json")["seasons"] == [season]


@pytest.mark.parametrize(
    ("season", "remedy"),
    [
        ({"from": "02-30", "to": "03-31"}, "'02-30' is no day of a year: write it as 05-01"),
        ({"from": "2026-05-01", "to": "09-30"}, "write it as 05-01"),
        ({"from": "05-01"}, "Field required"),
        (
            {
                "from": "05-01",
                "to": "09-30",
                "weekly": {"monday": ["22:00-06:00"], "tuesday": ["05:00-08:00"]},
            },
            "the night of monday runs into tuesday",
        ),
    ],
)
def test_seasons_that_make_no_sense_are_refused(season: dict[str, Any], remedy: str) -> None:
    assert remedy in refusal(seasons=[season])


@pytest.mark.parametrize(
    ("holidays", "remedy"),
    [
        ({"country": "US", "hours": {"Thanksgiving": ["08:00-12:00"]}}, "Thanksgiving Day"),
        ({"country": "US", "hours": {"Thanksgiving Day": ["8-12"]}}, "write it as 08:00-17:00"),
        (
            {
                "country": "US",
                "open": ["Thanksgiving Day"],
                "hours": {"thanksgiving day": ["08:00-12:00"]},
            },
            "take it out of open",
        ),
    ],
)
def test_hours_of_holidays_name_each_once(holidays: dict[str, Any], remedy: str) -> None:
    assert remedy in refusal(holidays=holidays)
