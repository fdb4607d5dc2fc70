"""Hours and address questions as callers ask them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.questions import answer_address, answer_hours

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
