"""Open or closed, why, and until when."""

from __future__ import annotations

from copy import copy
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientsvia.companies.days import Rule
from clientsvia.companies.hours import Hours, Status
from clientsvia.companies.schedule import WEEKDAYS, Schedule
from tests.companies.minute_by_minute import (
    MINUTE,
    ZONES,
    clock_changes,
    is_open,
    next_change,
    schedules,
)

NEW_YORK = ZoneInfo("America/New_York")
SPLIT = {day: ["08:00-12:00", "13:00-17:00"] for day in WEEKDAYS[:5]}
FEASTS = [datetime(2026, 11, 26, 12, tzinfo=UTC), datetime(2027, 1, 1, 12, tzinfo=UTC)]
WHEN_CLOCKS_ARE_SET = {
    "saturday": ["22:00-23:15", "23:45-00:15"],
    "sunday": ["01:15-01:45", "02:15-02:30", "22:00-04:30"],
}
BUSY = Schedule.model_validate(
    {
        "weekly": SPLIT | {"friday": ["08:00-12:00", "20:00-02:30"], "sunday": ["23:45-00:15"]},
        "seasons": [
            {"from": "09-01", "to": "04-30", "weekly": SPLIT | WHEN_CLOCKS_ARE_SET},
            {"from": "12-20", "to": "01-06", "weekly": {day: ["00:00-24:00"] for day in WEEKDAYS}},
            {"from": "07-01", "to": "07-31", "weekly": {}},
        ],
        "holidays": {
            "country": "US",
            "open": ["Veterans Day"],
            "hours": {"Thanksgiving Day": ["08:00-12:00"], "Labor Day": ["22:00-03:00"]},
        },
        "exceptions": [
            {"from": "2026-11-01", "to": "2026-11-02", "hours": ["00:30-02:15"]},
            {"from": "2011-12-29", "to": "2011-12-31", "hours": ["21:00-05:00"]},
            {"from": "2026-04-10", "to": "2026-04-28"},
        ],
    }
)


def hours(zone: str = "America/New_York", **fields: Any) -> Hours:
    return Hours(Schedule.model_validate(fields), zone)


def fresh(known: Hours) -> Hours:
    """The same hours, with nothing remembered."""
    anew = copy(known)
    anew._memo = None  # noqa: SLF001 - what is compared is what it remembers
    return anew


def at(text: str, zone: ZoneInfo = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def told(status: Status) -> tuple[bool, Rule, str, str | None]:
    changes = status.changes_at
    return status.open, status.rule, status.reason, changes.isoformat() if changes else None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (
            "2026-11-23T10:00",
            (True, "weekly", "open: Monday 08:00-12:00, 13:00-17:00 (weekly)", "23T12:00"),
        ),
        (
            "2026-11-23T12:30",
            (False, "weekly", "closed: Monday 08:00-12:00, 13:00-17:00 (weekly)", "23T13:00"),
        ),
        ("2026-11-22T10:00", (False, "weekly", "closed: always on Sundays (weekly)", "23T08:00")),
        ("2026-11-26T10:00", (False, "holiday", "closed: Thanksgiving Day (holiday)", "27T08:00")),
        ("2026-11-24T10:00", (True, "exception", "open: Stocktaking (exception)", "24T11:00")),
        ("2026-11-24T14:00", (False, "exception", "closed: Stocktaking (exception)", "25T08:00")),
        ("2026-11-25T10:00", (True, "exception", "open: November 25 (exception)", "25T18:00")),
    ],
)
def test_the_strongest_layer_decides_and_says_why(
    moment: str, expected: tuple[bool, str, str, str]
) -> None:
    company = hours(
        weekly=SPLIT,
        holidays={"country": "US"},
        exceptions=[
            {"date": "2026-11-24", "hours": ["09:00-11:00"], "label": "Stocktaking"},
            {"date": "2026-11-25", "hours": ["08:00-18:00"]},
        ],
    )
    is_open, rule, reason, changes = expected
    offset = f"2026-11-{changes}:00-05:00"
    assert told(company.status(at(moment))) == (is_open, rule, reason, offset)


def test_a_night_shift_belongs_to_the_day_it_began_on() -> None:
    company = hours(
        weekly={"friday": ["22:00-02:00"]},
        exceptions=[{"date": "2026-12-18", "hours": ["23:00-03:00"], "label": "Party"}],
    )
    assert company.status(at("2026-12-12T01:00")).open
    assert "Friday" in company.status(at("2026-12-12T01:00")).reason
    party = company.status(at("2026-12-19T02:30"))
    assert (party.open, party.label, party.changes_at) == (True, "Party", at("2026-12-19T03:00"))


def test_a_closed_day_closes_its_night_and_leaves_the_night_before() -> None:
    company = hours(
        weekly={"thursday": ["22:00-02:00"], "friday": ["22:00-02:00"]},
        exceptions=[{"date": "2026-12-25", "label": "Christmas"}],
    )
    assert company.status(at("2026-12-25T01:00")).open
    assert not company.status(at("2026-12-25T23:00")).open
    after_midnight = company.status(at("2026-12-26T01:00"))
    assert (after_midnight.open, after_midnight.rule) == (False, Rule.EXCEPTION)


def test_an_override_rules_until_it_ends_by_itself() -> None:
    until = "2026-11-23T14:00:00-05:00"
    company = hours(
        weekly=SPLIT, override={"state": "closed", "until": until, "label": "Power cut"}
    )
    during = company.status(at("2026-11-23T10:00"))
    assert told(during) == (False, Rule.OVERRIDE, "closed: Power cut (override)", until)
    assert company.status(at("2026-11-23T14:00")).open


def test_an_override_into_the_night_changes_when_the_week_next_does() -> None:
    company = hours(weekly=SPLIT, override={"state": "closed", "until": "2026-11-23T20:00:00Z"})
    company = hours(weekly=SPLIT, override={"state": "open", "until": "2026-11-23T15:00:00-05:00"})
    assert company.status(at("2026-11-23T12:30")).changes_at == at("2026-11-23T17:00")


def test_an_override_without_end_never_changes() -> None:
    status = hours(weekly=SPLIT, override={"state": "open"}).status(at("2026-11-22T03:00"))
    assert told(status) == (True, Rule.OVERRIDE, "open: set by hand (override)", None)


@pytest.mark.parametrize(
    ("weekly", "is_open"),
    [({}, False), ({day: ["00:00-24:00"] for day in WEEKDAYS}, True)],
)
def test_what_never_changes_has_no_next_change(
    weekly: dict[str, list[str]], *, is_open: bool
) -> None:
    status = hours(weekly=weekly).status(at("2026-11-23T10:00"))
    assert (status.open, status.changes_at) == (is_open, None)


def test_the_next_change_is_found_beyond_the_turn_of_the_year() -> None:
    company = hours(weekly=SPLIT, holidays={"country": "US"})
    assert company.status(at("2026-12-31T18:00")).changes_at == at("2027-01-04T08:00")
    far = hours(exceptions=[{"date": "2027-10-01", "hours": ["08:00-09:00"]}])
    assert far.status(at("2026-11-01T18:00")).changes_at == at("2027-10-01T08:00")


@pytest.mark.parametrize("year", [1995, 2031, 2087])
def test_time_travel_knows_the_holidays_of_any_year(year: int) -> None:
    company = hours(weekly={day: ["08:00-17:00"] for day in WEEKDAYS}, holidays={"country": "US"})
    status = company.status(at(f"{year}-12-25T10:00"))
    assert (status.open, status.rule) == (False, Rule.HOLIDAY)


def test_any_aware_moment_will_do() -> None:
    company = hours(weekly=SPLIT)
    moment = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    assert company.status(moment) == company.status(moment.astimezone(ZoneInfo("Asia/Tokyo")))


@settings(max_examples=60, deadline=None)
@given(zone=st.sampled_from(ZONES), data=st.data())
def test_every_moment_agrees_with_a_walk_minute_by_minute(zone: str, data: st.DataObject) -> None:
    around = data.draw(st.sampled_from(clock_changes(zone) + FEASTS))
    schedule = data.draw(schedules(around, zone))
    company = data.draw(st.none() | schedules(around, zone))
    assume(schedule is not None)
    assert schedule is not None
    there = Hours(schedule, zone, Hours(company, zone) if company else None)
    at = is_open(schedule, ZoneInfo(zone), company)
    near, far = st.integers(-2 * 3600, 2 * 3600), st.integers(-36 * 3600, 36 * 3600)
    for seconds in data.draw(st.lists(near | far, min_size=1, max_size=3)):
        moment = around + timedelta(seconds=seconds)
        status = there.status(moment)
        assert status.open is at(moment)
        assert status == fresh(there).status(moment), "a memory of another moment"
        # In UTC, because Python holds a repeated hour unequal to any time of another zone.
        told_change = status.changes_at and status.changes_at.astimezone(UTC)
        changes = next_change(at, moment)
        if changes is not None:
            assert told_change == changes
        elif told_change is not None:
            assert told_change >= moment + timedelta(days=2) - MINUTE


@pytest.mark.parametrize("zone", ZONES)
def test_years_on_end_agree_with_the_wall_clock_at_every_quarter_of_an_hour(zone: str) -> None:
    there = Hours(BUSY, zone)
    at = is_open(BUSY, ZoneInfo(zone))
    begin = clock_changes(zone)[0].replace(month=1, day=1, hour=0)
    moments = [begin + number * timedelta(minutes=15) for number in range(2 * 366 * 96)]
    told = [there.status(moment) for moment in moments]
    assert [status.open for status in told] == [at(moment) for moment in moments]
    for (moment, before), (later, after) in pairwise(zip(moments, told, strict=True)):
        if before.open is not after.open:
            assert before.changes_at is not None
            assert before.changes_at.astimezone(UTC) == later, moment
