"""Open or closed, why, and until when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from clientsvia.companies.days import Rule
from clientsvia.companies.hours import Hours, Status
from clientsvia.companies.schedule import WEEKDAYS, Schedule
from tests.companies.minute_by_minute import (
    MINUTE,
    TRANSITIONS,
    ZONES,
    Spans,
    reference,
    spans,
    written,
)

NEW_YORK = ZoneInfo("America/New_York")
SPLIT = {day: ["08:00-12:00", "13:00-17:00"] for day in WEEKDAYS[:5]}


def hours(zone: str = "America/New_York", **fields: Any) -> Hours:
    return Hours(Schedule.model_validate(fields), zone)


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
@given(
    zone=st.sampled_from(ZONES),
    weekly=st.dictionaries(st.integers(0, 6), spans(), max_size=7),
    exceptions=st.dictionaries(st.integers(-3, 3), spans(), max_size=4),
    data=st.data(),
)
def test_every_moment_agrees_with_a_walk_minute_by_minute(
    zone: str, weekly: dict[int, Spans], exceptions: dict[int, Spans], data: st.DataObject
) -> None:
    around = data.draw(st.sampled_from(TRANSITIONS[zone]))
    there = around.astimezone(ZoneInfo(zone)).date()
    dates = {there + timedelta(days=number): shifts for number, shifts in exceptions.items()}
    try:
        schedule = Schedule.model_validate(
            {
                "weekly": {WEEKDAYS[day]: written(shifts) for day, shifts in weekly.items()},
                "exceptions": [
                    {"date": on.isoformat(), "hours": written(shifts)}
                    for on, shifts in dates.items()
                ],
            }
        )
    except ValidationError:
        assume(False)  # noqa: FBT003 - hypothesis' signature
        raise
    company = Hours(schedule, zone)
    for _ in range(2):
        seconds = data.draw(st.integers(-36 * 3600, 36 * 3600))
        moment = around + timedelta(seconds=seconds)
        status = company.status(moment)
        is_open, changes = reference(weekly, dates, moment, ZoneInfo(zone))
        assert status.open is is_open
        # In UTC, because Python holds a repeated hour unequal to any time of another zone.
        told_change = status.changes_at and status.changes_at.astimezone(UTC)
        if changes is not None:
            assert told_change == changes
        elif told_change is not None:
            assert told_change >= moment + timedelta(days=2) - MINUTE
