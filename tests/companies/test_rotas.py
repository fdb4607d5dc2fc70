"""Whose turn it is, before and after the clocks are set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientsvia.companies.rotas import turn_at
from clientsvia.companies.routing import Rota, Swap
from tests.companies.minute_by_minute import MINUTE, ZONES, clock_changes, on_turn

NEW_YORK = ZoneInfo("America/New_York")
WEEKLY = Rota(
    datetime.fromisoformat("2026-10-26T08:00"), timedelta(days=7), ("ana", "bo", "cy"), ()
)


def who(rota: Rota, moment: str, zone: ZoneInfo = NEW_YORK) -> tuple[str, str]:
    turn = turn_at(rota, datetime.fromisoformat(moment).replace(tzinfo=zone))
    return turn.member, f"{turn.until:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("moment", "member", "until"),
    [
        ("2026-10-26T07:59", "", "10-26 08:00"),
        ("2026-10-26T08:00", "ana", "11-02 08:00"),
        ("2026-11-02T07:59", "ana", "11-02 08:00"),  # the clocks were set back the day before
        ("2026-11-02T08:00", "bo", "11-09 08:00"),
        ("2026-11-09T08:00", "cy", "11-16 08:00"),
        ("2026-11-16T08:00", "ana", "11-23 08:00"),
    ],
)
def test_a_handover_stays_at_its_time_on_the_wall(moment: str, member: str, until: str) -> None:
    assert who(WEEKLY, moment) == (member, until)


def test_a_swap_wins_and_ends_the_turn_before_it() -> None:
    swap = Swap(
        datetime.fromisoformat("2026-11-04T08:00"), datetime.fromisoformat("2026-11-06T08:00"), "cy"
    )
    rota = Rota(WEEKLY.starts, WEEKLY.length, WEEKLY.order, (swap,))
    assert who(rota, "2026-11-03T12:00") == ("bo", "11-04 08:00")
    assert who(rota, "2026-11-04T08:00") == ("cy", "11-06 08:00")
    assert who(rota, "2026-11-06T08:00") == ("bo", "11-09 08:00")


def test_who_stands_in_is_told_from_who_has_the_turn() -> None:
    swap = Swap(
        datetime.fromisoformat("2026-11-04T08:00"), datetime.fromisoformat("2026-11-06T08:00"), "cy"
    )
    rota = Rota(WEEKLY.starts, WEEKLY.length, WEEKLY.order, (swap,))
    days = [datetime(2026, 11, day, 12, tzinfo=NEW_YORK) for day in (3, 5)]
    told = [turn_at(rota, day).why for day in days]
    assert "is on duty until" in told[0]
    assert "stands in until" in told[1]


def test_a_handover_in_a_repeated_hour_happens_once() -> None:
    rota = Rota(datetime.fromisoformat("2026-10-31T01:30"), timedelta(days=1), ("ana", "bo"), ())
    begin = datetime(2026, 11, 1, 5, 0, tzinfo=UTC)  # 01:00 in New York, for the first time
    told = [turn_at(rota, (begin + n * 15 * MINUTE).astimezone(NEW_YORK)).member for n in range(8)]
    assert told == ["ana", "ana", "bo", "bo", "bo", "bo", "bo", "bo"]


def test_a_handover_in_a_skipped_hour_comes_when_it_is_over() -> None:
    rota = Rota(datetime.fromisoformat("2026-03-07T02:30"), timedelta(days=1), ("ana", "bo"), ())
    before = turn_at(rota, datetime(2026, 3, 8, 6, 59, tzinfo=UTC).astimezone(NEW_YORK))
    assert (before.member, before.until) == ("ana", datetime(2026, 3, 8, 7, tzinfo=UTC))
    assert turn_at(rota, before.until).member == "bo"


@settings(max_examples=40, deadline=None)
@given(zone=st.sampled_from(ZONES), data=st.data())
def test_every_turn_agrees_with_a_walk_minute_by_minute(zone: str, data: st.DataObject) -> None:
    around = data.draw(st.sampled_from(clock_changes(zone)))
    there = ZoneInfo(zone)
    quarters = data.draw(st.integers(-4 * 96, 96))
    starts = around.astimezone(there).replace(tzinfo=None, minute=0) + quarters * 15 * MINUTE
    days = data.draw(st.integers(1, 3))
    rota = Rota(starts, timedelta(days=days), ("ana", "bo", "cy"), ())
    moment = around + data.draw(st.integers(-36 * 60, 36 * 60)) * MINUTE
    turn = turn_at(rota, moment.astimezone(there))
    assert turn.member == on_turn(rota.order, starts, days, moment, there)
    ends = turn.until.astimezone(UTC)
    assert turn_at(rota, (ends - MINUTE).astimezone(there)).member == turn.member
    following = turn_at(rota, turn.until).member
    assert following == on_turn(rota.order, starts, days, ends, there)
    assert following != turn.member
