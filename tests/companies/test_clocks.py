"""Clocks that are set forward and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.clocks import first_shown, latest_shown, next_change
from tests.companies.minute_by_minute import MINUTE, ZONES, clock_changes


@pytest.mark.parametrize(
    ("zone", "after", "change"),
    [
        ("America/New_York", "2026-03-01T00:00", "2026-03-08T07:00"),
        ("America/New_York", "2026-03-08T07:00", "2026-11-01T06:00"),
        ("Australia/Lord_Howe", "2026-06-01T00:00", "2026-10-03T15:30"),
        ("Pacific/Apia", "2011-12-01T00:00", "2011-12-30T10:00"),
        ("Europe/Berlin", "2026-11-01T00:00", "2027-03-28T01:00"),
    ],
)
def test_the_next_change_is_known_to_the_minute(zone: str, after: str, change: str) -> None:
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)
    assert next_change(ZoneInfo(zone), moment) == datetime.fromisoformat(change).replace(tzinfo=UTC)


def test_clocks_that_are_never_set_have_no_next_change() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert next_change(ZoneInfo("Asia/Kolkata"), datetime(2026, 1, 1, tzinfo=UTC)) == last


@given(zone=st.sampled_from(ZONES), data=st.data())
def test_what_a_clock_has_shown_grows_with_time_and_is_reached_once(
    zone: str, data: st.DataObject
) -> None:
    there = ZoneInfo(zone)
    around = data.draw(st.sampled_from(clock_changes(zone)))
    begin = around + data.draw(st.integers(-1500, 1500)) * MINUTE
    shown = [latest_shown((begin + n * MINUTE).astimezone(there)) for n in range(120)]
    assert shown == sorted(shown)
    wall = begin.astimezone(there).replace(tzinfo=None, fold=0)
    reached = first_shown(wall, there)
    assert latest_shown(reached.astimezone(there)) >= wall
    assert latest_shown((reached - timedelta(seconds=1)).astimezone(there)) < wall
