"""Hours and address questions as callers ask them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.questions import (
    answer_address,
    answer_hours,
    coming_hours,
    hours_on,
    say_address,
    usual_hours,
)

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in New York


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Are you open on Monday?", "Yes, we're open on Monday from 8 AM to noon and from 1 to"),
        ("Hi there. Yeah, uh, are you guys open right now?", "Yes, we're open right now"),
        ("Is Gulf Breeze Plumbing open on Christmas?", "No, we're closed on Friday, December 25"),
        ("Are you open on Monday, December 7th?", "Yes, we're open on Monday, December 7,"),
        ("ARE YOU OPEN TODAY", "Yes, we're open today"),
        ("What time do you close on Friday, please?", "We close at 4 PM on Friday."),
        ("How much is a visit? And what are your hours?", "We're open Monday through Thursday"),
    ],
)
def test_hours_are_answered(demo: Company, text: str, said: str) -> None:
    answered = answer_hours(text, demo, TUESDAY)
    assert answered is not None
    assert answered[0].startswith(said)


WEEK = "We're open Monday through Thursday from 8 AM to noon and from 1 to 5 PM."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("are you open in two weeks", "No, we're closed on Sunday, December 6."),
        ("are you open on February 30th", WEEK),
        ("are you open on 13/45", WEEK),
        ("are you open next week", WEEK),
        ("are you open later", WEEK),
        ("are you open, like, in the next few weeks", WEEK),
        ("are you open between 12 and 1", "No, we're closed today."),
        ("do you close for lunch", "Yes, we're closed from noon to 1 PM tomorrow."),
        ("are you open the day after Thanksgiving", "Yes, we're open on Friday from 8 AM to noon"),
        ("are you not open on Saturday", "We're open on Saturday from 9 AM to noon."),
        ("you're not open Sundays right", "We're closed on Sundays."),
        ("I've had a leak for two weeks. Are you open?", "No, we're closed right now."),
        ("how early do you open", "We open at 8 AM tomorrow."),
        ("are you closed for the night", "Yes, we're closed right now."),
    ],
)
def test_what_was_not_asked_is_not_answered(demo: Company, text: str, said: str) -> None:
    answered = answer_hours(text, demo, datetime(2026, 11, 22, 15, 0, tzinfo=UTC))  # a Sunday
    assert answered is not None
    assert answered[0].startswith(said)


@pytest.mark.parametrize("text", ["", "?!.", "do you open drains", "😀", "are you"])
def test_what_asks_no_hours_gets_none(demo: Company, text: str) -> None:
    assert answer_hours(text, demo, TUESDAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "Where are you?",
        "where are you guys located",
        "what's your address",
        "what is your address please",
        "how do I find you",
        "where's your shop",
        "can you give me your address",
        "how do I get to your office",
        "I need directions to your office",
        "what street are you on",
        "where is Gulf Breeze Plumbing",
        "address please",
    ],
)
def test_the_address_is_told(demo: Company, text: str) -> None:
    assert answer_address(text, demo) == (
        "You'll find us at 2180 Palm Harbor Drive, Suite 4, Fort Myers, Florida.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "what's your email address",
        "I changed my address",
        "where are you going with this",
        "where are my parts",
        "where is the plumber",
        "where are you guys with my repair",
        "how do I get to speak to someone",
        "how do I get a refund",
        "what's your billing address",
    ],
)
def test_other_places_are_not_the_companys(demo: Company, text: str) -> None:
    assert answer_address(text, demo) is None


def test_without_an_address_none_is_told(demo: Company) -> None:
    assert answer_address("where are you", replace(demo, address="")) is None


def test_an_address_of_several_lines_is_one_sentence(demo: Company) -> None:
    there = replace(demo, address="1 Main Street\nFort Myers.")
    assert answer_address("where are you", there) == (
        "You'll find us at 1 Main Street, Fort Myers.",
    )


def test_companies_of_other_languages_answer_elsewhere(demo: Company) -> None:
    german = replace(demo, agent=replace(demo.agent, language="de-DE"))
    assert answer_hours("are you open", german, TUESDAY) is None
    assert answer_address("where are you", german) is None


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("Sunday", "We're closed on Sunday."),
        ("next Friday", "We're open on Friday, December 4,"),
        ("Christmas", "We're closed on Friday, December 25, for Christmas Day."),
        ("", WEEK),
        ("whatever suits", WEEK),
    ],
)
def test_the_hours_of_any_day_that_is_named_are_told(demo: Company, day: str, said: str) -> None:
    assert hours_on(day, demo, TUESDAY)[0].startswith(said)


def test_the_coming_hours_are_of_this_moment_and_of_seven_days(demo: Company) -> None:
    said = coming_hours(demo, TUESDAY)
    assert said[0] == "We're open right now, until noon."
    assert len(said) == 8
    assert said[1].startswith("We're open today")
    assert said[3].startswith("We're closed on Thursday for Thanksgiving")


def test_the_usual_hours_are_of_an_ordinary_week(demo: Company) -> None:
    assert usual_hours(demo)[0] == WEEK


def test_no_address_is_no_sentence(demo: Company) -> None:
    assert say_address(replace(demo, address="")) == ""
    assert say_address(replace(demo, address="1 Main St\nNaples")) == (
        "You'll find us at 1 Main St, Naples."
    )
