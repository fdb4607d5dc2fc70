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


SUMMER = {
    "from": "05-01",
    "to": "09-30",
    "weekly": {"thursday": ["07:00-15:00"]},
    "label": "summer",
}
WINTER = {"from": "11-15", "to": "02-28", "weekly": {"thursday": ["10:00-14:00"]}}


@pytest.mark.parametrize(
    ("on", "rule", "start"),
    [
        ("2026-04-30", Rule.WEEKLY, 540),
        ("2026-05-07", Rule.SEASON, 420),
        ("2027-09-30", Rule.SEASON, 420),
        ("2026-10-01", Rule.WEEKLY, 540),
        ("2026-11-19", Rule.SEASON, 600),
        ("2027-01-07", Rule.SEASON, 600),
        ("2028-02-24", Rule.SEASON, 600),
        ("2029-03-01", Rule.WEEKLY, 540),
    ],
)
def test_a_season_holds_every_year_also_over_new_year(on: str, rule: Rule, start: int) -> None:
    day = calendar(seasons=[SUMMER, WINTER]).day(date.fromisoformat(on))
    assert (day.rule, day.shifts[0].start) == (rule, start)


def test_of_two_seasons_the_shorter_rules_and_then_the_later() -> None:
    july = {"from": "07-01", "to": "07-31", "weekly": {}}
    also = july | {"weekly": {"thursday": ["12:00-13:00"]}}
    assert calendar(seasons=[july, SUMMER]).day(date(2026, 7, 2)).shifts == ()
    assert calendar(seasons=[july, also]).day(date(2026, 7, 2)).shifts == (Shift(720, 780),)


def test_a_holiday_beats_a_season_and_may_have_hours() -> None:
    holidays = {"country": "US", "hours": {"Independence Day": ["09:00-11:00"]}}
    days = calendar(seasons=[SUMMER], holidays=holidays)
    assert days.day(date(2025, 7, 4)).shifts == (Shift(540, 660),)
    assert days.day(date(2025, 7, 4)).label == "Independence Day"
    observed = days.day(date(2026, 7, 3))
    assert (observed.rule, observed.shifts) == (Rule.HOLIDAY, (Shift(540, 660),))
    assert days.day(date(2026, 9, 7)).shifts == ()


def test_a_night_of_one_season_ends_in_the_next() -> None:
    nights = {"from": "05-01", "to": "05-31", "weekly": {"sunday": ["20:00-03:00"]}}
    days = calendar(seasons=[nights])
    assert days.open_between(date(2026, 6, 1)) == (Shift(0, 180),)
    told = days.stretches(date(2026, 6, 1))
    assert [(stretch.open, stretch.rule) for stretch in told] == [
        (True, Rule.SEASON),
        (False, Rule.WEEKLY),
    ]


def test_the_end_of_a_long_rest_is_looked_up() -> None:
    closed = [
        {"from": "2026-08-01", "to": "2026-08-30"},
        {"from": "2026-08-31", "to": "2027-02-10"},
    ]
    days = calendar(exceptions=closed)
    assert days.next_turn(date(2026, 8, 9)) == date(2027, 2, 11)
    assert days.next_turn(date(2027, 2, 12)) is None


def test_a_target_keeps_to_the_special_days_of_its_company() -> None:
    company = calendar(
        holidays={"country": "US"},
        exceptions=[{"date": "2026-12-03", "hours": ["08:00-10:00"], "label": "Party"}],
    )
    own = Schedule.model_validate({"weekly": {"thursday": ["09:00-20:00"]}})
    days = Calendar(own, company)
    assert days.day(date(2026, 12, 3)).shifts == (Shift(540, 600),)
    assert days.day(date(2026, 11, 26)).label == "Thanksgiving Day"
    assert days.day(date(2026, 12, 10)).rule is Rule.WEEKLY
    assert days.holiday_names(2026)[date(2026, 11, 26)] == "Thanksgiving Day"
