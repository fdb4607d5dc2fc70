"""Which questions are about opening hours, and which only sound like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.asked_hours import Asked, what_is_asked
from clientsvia.companies.when import plain

ASKED = {
    Asked.OPEN: """
        are you open
        are you guys open right now
        you open
        are you still open
        are you open on Monday
        are you open on December 24th
        are you open on 12/26
        is the shop open today
        I was wondering if you're open on Saturday morning
        are you open at 7 pm on Friday
        are you open during lunch
        do you open on Sundays
        do you work on weekends
        do you work Sundays
        is anybody there on Sunday
        will you be open on Labor Day
        are you open in two weeks
        are you open in a couple of weeks
        are you open on February 30th
        are you open on 13/45
        are you open between 12 and 1
        are you open the day after Thanksgiving
        are you open the day after tomorrow
        are you open a week from Monday
        are you open next month
        are you open for business tomorrow
    """,
    Asked.CLOSED: """
        are you closed on Sundays
        so you're closed on Sundays
        do you close for lunch
        are you closed right now
        are you closed on Martin Luther King day
    """,
    Asked.NEGATED: """
        are you not open on Saturday
        aren't you open today
        isn't the shop open on Sundays
        you're not open Sundays right
        you don't open on Sundays right
        you don't close for lunch do you
        do you not open on Mondays
        won't you be open on Labor Day
        I'm not sure if you're open on Saturday
    """,
    Asked.OPENS: """
        when do you open
        what time do you open tomorrow
        when do you open next
        when does the office open in the morning
        what time does the store open on Saturday
        when will you reopen
    """,
    Asked.CLOSES: """
        when do you close today
        what time does the store close
        how late are you open tonight
        until when are you open on Friday
        I'd like to know what time you close on Fridays
        what's closing time
        are you open late
    """,
    Asked.HOURS: """
        what are your hours
        what are your hours on Saturday
        can you tell me your hours please
        hours please
        opening hours
        what are your business hours
        hours of operation
        do you have weekend hours
        what days are you open
        when are you open
        what hours do you work on Friday
        what are your hours this week
        are you open 24 hours
        are you open 7 days a week
    """,
    Asked.HOLIDAYS: """
        are you open over the holidays
        what are your holiday hours
        are you closed on holidays
    """,
}

NOT_ASKED = """
    do you open drains
    how many hours does it take
    how many hours for a bathroom
    is the pool open-air
    I'd like to close my account
    are you open to negotiating the price
    how close are you to the airport
    can you open my garage door today
    I need someone to come on Monday
    what are your hourly rates
    how many hours of labor is that
    are you open-minded
    do you close on houses
    can I open an account
    do you have happy hour
    what's your after hours number
    can you come out on Saturday
    is the position still open
    I left the valve open
    my drain is closed off
    do you work on boilers
    are you available next week
    do you have an opening on Tuesday
    any openings tomorrow
    is there an open slot on Friday
    I have been waiting for three hours
    when will the plumber be there
    what time is my appointment
    do you work in Naples
    how do I open the main valve
    do you charge extra after hours
    do you charge more on weekends
    will you close the ticket
    when does my warranty close out
    you open the valve and then what
"""


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


@pytest.mark.parametrize(
    ("asked", "text"), [(asked, line) for asked, block in ASKED.items() for line in lines(block)]
)
def test_questions_about_hours_are_recognised(asked: Asked, text: str) -> None:
    assert what_is_asked(plain(text)) is asked


@pytest.mark.parametrize("text", lines(NOT_ASKED))
def test_other_questions_are_left_alone(text: str) -> None:
    assert what_is_asked(plain(text)) is None


@given(st.text(alphabet="are you open closed hours on at 7pm '-,", max_size=2000))
def test_any_clause_is_judged_without_delay(text: str) -> None:
    what_is_asked(plain(text))
