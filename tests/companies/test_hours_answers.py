"""What is said about hours, at ten in the morning of a Tuesday before Thanksgiving."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clientsvia.companies.asked_hours import Asked
from clientsvia.companies.hours import Hours
from clientsvia.companies.hours_answers import say_hours
from clientsvia.companies.schedule import WEEKDAYS, Schedule
from clientsvia.companies.speech import about
from clientsvia.companies.when import find_when

NEW_YORK = ZoneInfo("America/New_York")
SPLIT = {day: ["08:00-12:00", "13:00-17:00"] for day in WEEKDAYS[:4]}
WEEK = SPLIT | {"friday": ["08:00-16:00"], "saturday": ["09:00-12:00"]}
TUESDAY = "2026-11-24T10:00"


def answer(asked: Asked, text: str = "", at: str = TUESDAY, **fields: Any) -> str:
    schedule = {"weekly": WEEK, "holidays": {"country": "US"}} | fields
    hours = Hours(Schedule.model_validate(schedule), "America/New_York")
    now = datetime.fromisoformat(at).replace(tzinfo=NEW_YORK)
    when = find_when(text, now.date(), hours.calendar)
    return " ".join(say_hours(hours, asked, when, now))


@pytest.mark.parametrize(
    ("asked", "at", "said"),
    [
        (Asked.OPEN, TUESDAY, "Yes, we're open right now, until noon."),
        (Asked.CLOSED, TUESDAY, "No, we're open right now, until noon."),
        (
            Asked.OPEN,
            "2026-11-24T12:30",
            "No, we're closed right now. We open again at 1 PM today.",
        ),
        (
            Asked.CLOSED,
            "2026-11-28T20:00",
            "Yes, we're closed right now. We open again at 8 AM on Monday.",
        ),
        (
            Asked.OPEN,
            "2026-11-26T10:00",
            "No, we're closed right now for Thanksgiving Day. We open again at 8 AM tomorrow.",
        ),
        (
            Asked.OPENS,
            TUESDAY,
            "We're open right now, until noon. We open again at 1 PM today.",
        ),
        (Asked.OPENS, "2026-11-24T05:00", "We open at 8 AM today."),
        (
            Asked.CLOSES,
            TUESDAY,
            "We close at noon, and we're open again from 1 to 5 PM today.",
        ),
        (Asked.CLOSES, "2026-11-24T14:00", "We close at 5 PM today."),
        (
            Asked.CLOSES,
            "2026-11-24T20:00",
            "We're closed right now. We open again at 8 AM tomorrow.",
        ),
    ],
)
def test_right_now(asked: Asked, at: str, said: str) -> None:
    assert answer(asked, at=at) == said


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        (
            Asked.OPEN,
            "on monday",
            "Yes, we're open on Monday from 8 AM to noon and from 1 to 5 PM.",
        ),
        (Asked.OPEN, "sunday", "No, we're closed on Sunday. We open again at 8 AM on Monday."),
        (
            Asked.CLOSED,
            "thanksgiving",
            "Yes, we're closed on Thursday for Thanksgiving Day. We open again at 8 AM on Friday.",
        ),
        (
            Asked.OPEN,
            "december 25",
            (
                "No, we're closed on Friday, December 25, for Christmas Day. "
                "We open again at 9 AM on Saturday, December 26."
            ),
        ),
        (
            Asked.CLOSES,
            "today",
            "We close at 5 PM today. We're open today from 8 AM to noon and from 1 to 5 PM.",
        ),
        (Asked.CLOSES, "friday", "We close at 4 PM on Friday."),
        (Asked.OPENS, "friday", "We're open on Friday from 8 AM to 4 PM."),
        (
            Asked.OPEN,
            "at 7 pm on friday",
            "No, we're closed at 7 PM on Friday. We're open on Friday from 8 AM to 4 PM.",
        ),
        (
            Asked.OPEN,
            "until 4 on friday",
            "Yes, we're open at 4 PM on Friday. We're open on Friday from 8 AM to 4 PM.",
        ),
        (
            Asked.OPEN,
            "saturday evening",
            "No, we're open on Saturday from 9 AM to noon.",
        ),
        (
            Asked.CLOSED,
            "lunch",
            "Yes, we're closed from noon to 1 PM today.",
        ),
        (
            Asked.OPEN,
            "this weekend",
            "We're open on Saturday from 9 AM to noon. We're closed on Sunday.",
        ),
    ],
)
def test_a_day_or_a_time(asked: Asked, text: str, said: str) -> None:
    assert answer(asked, text) == said


@pytest.mark.parametrize(
    ("asked", "text", "said"),
    [
        (Asked.CLOSED, "", "Yes, we're closed from noon to 1 PM tomorrow."),
        (Asked.NEGATED, "", "We're closed from noon to 1 PM tomorrow."),
        (Asked.CLOSES, "", "We're closed from noon to 1 PM tomorrow."),
        (Asked.CLOSED, " on friday", "No, we're open on Friday from 8 AM to 4 PM."),
        (Asked.CLOSED, " on saturday", "We're open on Saturday from 9 AM to noon."),
        (
            Asked.CLOSED,
            " on thursday",
            "We're closed on Thursday for Thanksgiving Day.",
        ),
    ],
)
def test_lunch_is_the_break_of_a_day_that_is_open(asked: Asked, text: str, said: str) -> None:
    assert answer(asked, f"for lunch{text}", at="2026-11-22T10:00") == said


@pytest.mark.parametrize("asked", [Asked.OPEN, Asked.CLOSED, Asked.NEGATED])
@pytest.mark.parametrize("text", ["on february 30", "on 13/45", "next week", "in december"])
def test_a_time_that_is_no_day_gets_the_week(asked: Asked, text: str) -> None:
    assert answer(asked, text) == answer(Asked.HOURS)


def test_the_week_that_a_vague_question_gets_looks_two_weeks_ahead() -> None:
    exceptions = [{"date": "2026-12-07", "hours": ["10:00-12:00"]}]
    special = "But we're open on Monday, December 7, from 10 AM to noon."
    assert special in answer(Asked.OPEN, "the week after next", exceptions=exceptions)
    assert special not in answer(Asked.HOURS, exceptions=exceptions)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("saturday", "We're open on Saturday from 9 AM to noon."),
        ("on sundays", "We're closed on Sundays."),
        ("", "We're open right now, until noon."),
        (
            "at 7 pm on friday",
            "We're closed at 7 PM on Friday. We're open on Friday from 8 AM to 4 PM.",
        ),
    ],
)
def test_a_negative_question_gets_neither_yes_nor_no(text: str, said: str) -> None:
    assert answer(Asked.NEGATED, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("between 12 and 1", "No, we're open today from 8 AM to noon and from 1 to 5 PM."),
        ("between 11 and 2", "Yes, we're open today from 8 AM to noon and from 1 to 5 PM."),
        ("between 5 and 7 on friday", "No, we're open on Friday from 8 AM to 4 PM."),
    ],
)
def test_between_two_times(text: str, said: str) -> None:
    assert answer(Asked.OPEN, text) == said


def test_the_week_in_few_sentences_and_what_differs_in_the_next_days() -> None:
    assert answer(Asked.HOURS) == (
        "We're open Monday through Thursday from 8 AM to noon and from 1 to 5 PM. "
        "We're open on Friday from 8 AM to 4 PM. "
        "We're open on Saturday from 9 AM to noon. "
        "We're closed on Sunday. "
        "But we're closed on Thursday for Thanksgiving Day."
    )


def test_the_coming_holidays() -> None:
    assert answer(Asked.HOLIDAYS) == (
        "We're closed on Thursday for Thanksgiving Day. "
        "We're closed on Friday, December 25, for Christmas Day. "
        "We're closed on Friday, January 1, for New Year's Day. "
        "We're closed on Monday, January 18, for Martin Luther King Jr. Day."
    )
    assert answer(Asked.HOLIDAYS, holidays=None) == (
        "We keep our usual hours on the coming holidays."
    )


def test_an_exception_is_named() -> None:
    exceptions = [{"date": "2026-12-24", "hours": ["08:00-12:00"], "label": "Christmas Eve"}]
    assert answer(Asked.OPEN, "december 24", exceptions=exceptions) == (
        "Yes, we're open on Thursday, December 24, Christmas Eve, from 8 AM to noon."
    )


def test_an_override_is_told_while_it_lasts() -> None:
    override = {"state": "closed", "until": "2026-11-24T14:00:00-05:00", "label": "a power cut"}
    assert answer(Asked.OPEN, override=override) == (
        "No, we're closed right now for a power cut. We open again at 2 PM today."
    )
    assert answer(Asked.OPEN, "today", override=override) == (
        "Yes, we're open today, a power cut, from 2 to 5 PM."
    )
    assert answer(Asked.OPEN, "tomorrow", override=override).startswith("Yes, we're open tomorrow")


def test_an_override_without_end_holds_on_every_day() -> None:
    override = {"state": "closed", "label": "renovation"}
    assert answer(Asked.OPEN, "on monday", override=override) == (
        "No, we're closed on Monday for renovation."
    )


def test_a_night_that_ends_tomorrow() -> None:
    weekly = {"tuesday": ["20:00-02:00"]}
    assert answer(Asked.OPEN, at="2026-11-24T21:00", weekly=weekly) == (
        "Yes, we're open right now, until 2 AM."
    )
    assert answer(Asked.CLOSES, "today", weekly=weekly) == "We close at 2 AM today."


SUMMER = {
    "from": "05-01",
    "to": "09-30",
    "weekly": {day: ["07:00-19:00"] for day in WEEKDAYS[:6]},
    "label": "summer",
}


@pytest.mark.parametrize(
    ("asked", "text", "at", "said"),
    [
        (
            Asked.HOURS,
            "",
            "2026-07-06T10:00",
            "We're open Monday through Saturday from 7 AM to 7 PM. We're closed on Sunday.",
        ),
        (Asked.CLOSES, "today", "2026-07-06T10:00", "We close at 7 PM today."),
        (Asked.OPEN, "on saturday", "2026-07-06T10:00", "Yes, we're open on Saturday from 7 AM to"),
        (
            Asked.OPEN,
            "saturdays",
            "2026-07-06T10:00",
            (
                "Yes, we're open on Saturdays from 7 AM to 7 PM. "
                "In the rest of the year, we're open on Saturdays from 9 AM to noon."
            ),
        ),
        (Asked.OPEN, "sundays", "2026-07-06T10:00", "No, we're closed on Sundays."),
        (
            Asked.HOURS,
            "",
            "2026-04-28T10:00",
            "From Friday, we're open Monday through Saturday from 7 AM to 7 PM.",
        ),
        (
            Asked.HOURS,
            "in summer",
            "2026-02-10T10:00",
            (
                "From May 1 to September 30, we're open Monday through Saturday from 7 AM to 7 PM. "
                "We're closed on Sunday."
            ),
        ),
        (
            Asked.OPENS,
            "",
            "2026-09-30T20:00",
            "We open at 8 AM tomorrow.",
        ),
    ],
)
def test_seasons_are_told_of_when_they_matter(asked: Asked, text: str, at: str, said: str) -> None:
    assert said in answer(asked, text, at, seasons=[SUMMER])


def test_a_season_that_does_not_matter_is_not_mentioned() -> None:
    told = answer(Asked.HOURS, "", "2026-02-10T10:00", seasons=[SUMMER])
    assert "May" not in told
    assert answer(Asked.OPEN, "sundays", seasons=[SUMMER]) == "No, we're closed on Sundays."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            Asked.OPEN,
            "Yes, we're open on Thursday, Thanksgiving Day, from 8 AM to noon.",
        ),
        (Asked.CLOSES, "We close at noon on Thursday."),
    ],
)
def test_a_holiday_with_hours_is_told_of_by_its_name(asked: Asked, said: str) -> None:
    holidays = {"country": "US", "hours": {"Thanksgiving Day": ["08:00-12:00"]}}
    assert answer(asked, "thanksgiving", holidays=holidays) == said


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked.OPEN, "Yes, the lab is available right now, until noon."),
        (Asked.CLOSES, "The lab is available until noon, and the lab is available again from 1"),
        (Asked.HOLIDAYS, "The lab keeps the usual hours on the coming holidays."),
    ],
)
def test_somebody_is_spoken_of_by_name(asked: Asked, said: str) -> None:
    hours = Hours(Schedule.model_validate({"weekly": WEEK}), "America/New_York")
    now = datetime.fromisoformat(TUESDAY).replace(tzinfo=NEW_YORK)
    when = find_when("", now.date(), hours.calendar)
    assert " ".join(say_hours(hours, asked, when, now, about("the lab"))).startswith(said)
