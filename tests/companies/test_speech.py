"""Times and dates for the ear."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from clientsvia.companies.shifts import parse_shift
from clientsvia.companies.speech import say_date, say_list, say_moment, say_shifts, say_time

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("minute", "said"),
    [
        (0, "midnight"),
        (480, "8 AM"),
        (510, "8:30 AM"),
        (720, "noon"),
        (750, "12:30 PM"),
        (30, "12:30 AM"),
        (1440, "midnight"),
        (1500, "1 AM"),
    ],
)
def test_times_are_said_as_people_say_them(minute: int, said: str) -> None:
    assert say_time(minute) == said


@pytest.mark.parametrize(
    ("shifts", "said"),
    [
        (["08:00-12:00", "13:00-17:00"], "from 8 AM to noon and from 1 to 5 PM"),
        (["08:00-11:30"], "from 8 to 11:30 AM"),
        (["12:00-17:00"], "from noon to 5 PM"),
        (["22:00-02:00"], "from 10 PM to 2 AM"),
        (["18:00-24:00"], "from 6 PM to midnight"),
        (["00:00-06:00"], "from midnight to 6 AM"),
        (["00:00-24:00"], "all day"),
    ],
)
def test_shifts_are_said_in_few_words(shifts: list[str], said: str) -> None:
    assert say_shifts([parse_shift(text) for text in shifts]) == said


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TODAY, "today"),
        (date(2026, 11, 25), "tomorrow"),
        (date(2026, 11, 30), "on Monday"),
        (date(2026, 12, 1), "on Tuesday, December 1"),
        (date(2028, 2, 29), "on Tuesday, February 29, 2028"),
    ],
)
def test_dates_are_named_as_seen_from_today(day: date, said: str) -> None:
    assert say_date(day, TODAY) == said


def test_a_moment_has_a_time_and_a_day() -> None:
    assert say_moment(datetime(2026, 11, 25, 8, 0), TODAY) == "at 8 AM tomorrow"  # noqa: DTZ001 - a wall clock


def test_lists_end_with_and() -> None:
    assert say_list(["a"]) == "a"
    assert say_list(["a", "b"]) == "a and b"
    assert say_list(["a", "b", "c"]) == "a, b, and c"
