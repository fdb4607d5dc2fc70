"""The layer that rules a date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from clientsvia.companies.calendar import Calendar
from clientsvia.companies.days import Rule
from clientsvia.companies.schedule import Schedule
from clientsvia.companies.shifts import Shift

NINE_TO_FIVE = Shift(540, 1020)


def calendar(**fields: Any) -> Calendar:
    weekly = {"weekly": {"thursday": ["09:00-17:00"], "friday": ["22:00-02:00"]}}
    return Calendar(Schedule.model_validate(weekly | fields))


def test_without_anything_special_the_week_rules() -> None:
    day = calendar().day(date(2026, 12, 24))
    assert (day.rule, day.label, day.shifts) == (Rule.WEEKLY, "", (NINE_TO_FIVE,))


def test_a_holiday_closes() -> None:
    day = calendar(holidays={"country": "US"}).day(date(2026, 11, 26))
    assert (day.rule, day.label, day.shifts) == (Rule.HOLIDAY, "Thanksgiving Day", ())


@pytest.mark.parametrize("name", ["Thanksgiving Day", "thanksgiving day"])
def test_a_holiday_on_which_one_works_is_an_ordinary_day(name: str) -> None:
    day = calendar(holidays={"country": "US", "open": [name]}).day(date(2026, 11, 26))
    assert (day.rule, day.shifts) == (Rule.WEEKLY, (NINE_TO_FIVE,))


def test_an_exception_beats_a_holiday() -> None:
    exceptions = [{"date": "2026-11-26", "hours": ["09:00-12:00"], "label": "Turkey trot"}]
    day = calendar(holidays={"country": "US"}, exceptions=exceptions).day(date(2026, 11, 26))
    assert (day.rule, day.label, day.shifts) == (
        Rule.EXCEPTION,
        "Turkey trot",
        (Shift(540, 720),),
    )


def test_of_two_exceptions_the_shorter_rules_and_then_the_later() -> None:
    exceptions = [
        {"date": "2026-12-24", "label": "first"},
        {"date": "2026-12-24", "label": "second"},
        {"from": "2026-12-20", "to": "2026-12-31", "label": "long"},
    ]
    days = calendar(exceptions=exceptions)
    assert days.day(date(2026, 12, 24)).label == "second"
    assert days.day(date(2026, 12, 25)).label == "long"


def test_a_closed_day_also_takes_its_night_from_the_day_after() -> None:
    days = calendar(exceptions=[{"date": "2026-12-25"}])
    assert days.open_between(date(2026, 12, 19)) == (Shift(0, 120),)
    assert days.open_between(date(2026, 12, 26)) == ()
    assert [stretch.open for stretch in days.stretches(date(2026, 12, 25))] == [False]


def test_a_night_reaches_over_the_turn_of_the_year() -> None:
    days = calendar(exceptions=[{"date": "2027-12-31", "hours": ["20:00-03:00"]}])
    assert days.open_between(date(2028, 1, 1)) == (Shift(0, 180),)
    told = [(stretch.end, stretch.open) for stretch in days.stretches(date(2028, 1, 1))]
    assert told == [(180, True), (1440, False)]
