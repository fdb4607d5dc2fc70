"""The weeks of seasons."""

from __future__ import annotations

from datetime import date

import pytest

from clientsvia.companies.schedule import WEEKDAYS, Season, Weekly
from clientsvia.companies.weeks import Week, seasonal_weeks


def season(first: str, last: str, weekly: Weekly | None = None) -> Season:
    return Season.model_validate({"from": first, "to": last, "weekly": weekly or {}})


@pytest.mark.parametrize(
    ("first", "last", "on", "holds"),
    [
        ("05-01", "09-30", "2026-05-01", True),
        ("05-01", "09-30", "2026-09-30", True),
        ("05-01", "09-30", "2026-04-30", False),
        ("11-15", "03-01", "2026-12-31", True),
        ("11-15", "03-01", "2027-01-01", True),
        ("11-15", "03-01", "2027-03-02", False),
        ("02-29", "03-15", "2027-03-01", True),
        ("02-01", "02-29", "2027-02-28", True),
        ("07-04", "07-04", "2026-07-04", True),
    ],
)
def test_a_season_holds_from_its_first_day_to_its_last(
    first: str, last: str, on: str, *, holds: bool
) -> None:
    assert Week({}, season(first, last)).holds(date.fromisoformat(on)) is holds


def test_the_shorter_season_comes_first_and_then_the_later() -> None:
    seasons = [season("11-01", "02-28"), season("05-01", "05-31"), season("07-01", "07-31")]
    weeks = seasonal_weeks(seasons)
    assert [week.first for week in weeks] == [(7, 1), (5, 1), (11, 1)]


def test_turns_are_those_of_each_day() -> None:
    week = Week({"monday": ("08:00-12:00",), "sunday": ("22:00-02:00",)})
    assert week.turns[0] == (0, 120)
    assert week.turns[1] == (None, 0)
    assert week.turns[6] == (1320, 0)


def test_a_week_that_never_turns_is_quiet() -> None:
    always: Weekly = dict.fromkeys(WEEKDAYS, ("00:00-24:00",))
    assert Week({}).quiet
    assert Week(always).quiet
    assert not Week({"monday": ("08:00-12:00",)}).quiet
