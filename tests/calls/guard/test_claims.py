"""Commitments and deeds, told by grammar."""

from __future__ import annotations

import pytest

from clientsvia.calls.guard.claims import Claim, claim_of, disclaims, negated, schedules
from clientsvia.calls.guard.plain_speech import expanded


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("You're booked.", Claim.DONE),
        ("Your visit has been confirmed.", Claim.DONE),
        ("I've told the team.", Claim.DONE),
        ("I put you down.", Claim.DONE),
        ("We have you down for that.", Claim.DONE),
        ("All set!", Claim.DONE),
        ("I promise.", Claim.DONE),
        ("Somebody will come out.", Claim.COMING),
        ("I'll book it.", Claim.COMING),
        ("We can fit you in.", Claim.COMING),
        ("Shall I book you?", Claim.COMING),
        ("We're sending somebody.", Claim.COMING),
        ("Looking forward to it.", Claim.COMING),
        ("Sure, no problem.", Claim.ASSENT),
        ("Yes.", Claim.ASSENT),
        ("We repair leaks.", None),
        ("Somebody from the office sets up the visit.", None),
        ("Appointments are scheduled by the office.", None),
        ("Once you're booked, the office calls you.", None),
        ("You're not booked yet.", None),
        ("I can't book that.", None),
        ("I won't be able to send anybody.", None),
        ("It will take three to four hours.", None),
        ("You'll need a key.", None),
        ("I can take a message.", None),
        ("Shall I put you through to somebody?", None),
        ("I can pass your request on to the team.", None),
    ],
)
def test_a_claim_is_told_by_who_and_when(said: str, claim: Claim | None) -> None:
    assert claim_of(expanded(said)) is claim


def test_what_only_a_person_can_do_is_a_schedule() -> None:
    assert schedules(expanded("I'll send somebody."))
    assert schedules(expanded("We can refund you."))
    assert not schedules(expanded("The office schedules visits."))


def test_a_clause_disclaims_where_it_begins_with_what_we_cannot() -> None:
    assert disclaims(expanded("Unfortunately I can't say"))
    assert disclaims(expanded("we don't do roofs"))
    assert not disclaims(expanded("you can't lose"))


def test_a_negation_reaches_a_few_words() -> None:
    assert negated(" we do not offer any ")
    assert not negated(" we do not close at all and we offer a ")
