"""What is said about an ordinary week."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.schedule import WEEKDAYS, Schedule, parse_week
from clientsvia.companies.week_answers import say_week, say_weekdays

if TYPE_CHECKING:
    from clientsvia.companies.shifts import Shift

WORKDAYS: dict[str, list[str]] = {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}
WEEKEND = (5, 6)


def week(weekly: dict[str, list[str]]) -> tuple[tuple[Shift, ...], ...]:
    return parse_week(Schedule.model_validate({"weekly": weekly}).weekly)


@pytest.mark.parametrize(
    ("weekly", "said"),
    [
        ({}, "We're closed every day."),
        ({day: ["00:00-24:00"] for day in WEEKDAYS}, "We're open every day all day."),
        (
            WORKDAYS,
            (
                "We're open Monday through Friday from 9 AM to 5 PM. "
                "We're closed on Saturday and Sunday."
            ),
        ),
        (
            {"monday": ["09:00-17:00"], "wednesday": ["09:00-17:00"]},
            (
                "We're open on Monday and Wednesday from 9 AM to 5 PM. "
                "We're closed on Tuesday, Thursday, Friday, Saturday, and Sunday."
            ),
        ),
    ],
)
def test_days_of_the_same_hours_are_told_together(weekly: dict[str, list[str]], said: str) -> None:
    assert " ".join(say_week(week(weekly))) == said


@pytest.mark.parametrize(
    ("asked", "weekdays", "said"),
    [
        (Asked.OPEN, (6,), "No, we're closed on Sundays."),
        (Asked.CLOSED, (6,), "Yes, we're closed on Sundays."),
        (Asked.NEGATED, (6,), "We're closed on Sundays."),
        (Asked.OPEN, WEEKEND, "No, we're closed on Saturdays and Sundays."),
        (Asked.OPEN, (0,), "Yes, we're open on Mondays from 9 AM to 5 PM."),
        (
            Asked.OPEN,
            (4, 5),
            "We're open on Fridays from 9 AM to 5 PM and closed on Saturdays.",
        ),
    ],
)
def test_weekdays_are_affirmed_when_they_agree(
    asked: Asked, weekdays: tuple[int, ...], said: str
) -> None:
    assert say_weekdays(week(WORKDAYS), weekdays, asked) == said
