"""What is said of a call in a sentence or two."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.effects import MessageLeft, TransferMissed
from clientsvia.inbox.summary import (
    WORDS_TOLD,
    called_off,
    caller_name,
    caller_of,
    is_going_on,
    summary,
    transfers,
)
from tests.calls.calling import knowing
from tests.conftest import OPEN
from tests.inbox.rig import SID, Office

if TYPE_CHECKING:
    from clientsvia.calls.ports import LoggedCall
    from clientsvia.companies.company import Company

MINUTE = timedelta(minutes=1)
PRICE = {"text": "How much does a visit cost?", "source": "knowledge:price"}
UNKNOWN = {"text": "Do you sell garden furniture?", "source": "unknown"}


@pytest.fixture
def office(demo: Company) -> Office:
    return Office(demo)


async def logged(office: Office) -> LoggedCall:
    call = await office.log.call(SID, company="demo")
    assert call is not None
    return call


async def test_a_call_is_told_by_what_was_asked_missed_and_left(office: Office) -> None:
    await office.turns(**PRICE)
    await office.turns(**UNKNOWN)
    await office.turns(TransferMissed("office", "busy"), text="a person please")
    await office.turns(MessageLeft(reason="chairs"), MessageLeft(complete=True), text="yes")
    assert summary(await logged(office), office.company) == (
        "Asked \u201cHow much does a visit cost?\u201d, and was answered. "
        "Also asked \u201cDo you sell garden furniture?\u201d, which nobody has answered yet. "
        "Could not be put through to the office. Left a message, and is to be called back."
    )


async def test_a_question_that_took_several_turns_is_told_once(office: Office) -> None:
    await office.turns(text="Do you fix boilers?", source="filler")
    await office.turns(source="model:x", kind="Continued")
    await office.turns(source="model:x", kind="Continued")
    assert summary(await logged(office), None) == (
        "Asked \u201cDo you fix boilers?\u201d, and was answered."
    )


async def test_many_questions_are_counted(office: Office) -> None:
    for number in range(5):
        await office.turns(text=f"Question {number}?", source="hours")
    assert summary(await logged(office), None) == (
        "Asked \u201cQuestion 0?\u201d, \u201cQuestion 1?\u201d, \u201cQuestion 2?\u201d and "
        "2 more, and was answered."
    )


async def test_a_long_question_is_cut_at_a_word(office: Office) -> None:
    await office.turns(text="well " * 50, source="unknown")
    told = summary(await logged(office), None)
    assert told.count("well") == WORDS_TOLD
    assert "\u2026\u201d" in told


async def test_courtesies_and_silence_make_no_summary(office: Office) -> None:
    await office.turns(text="hello", source="courtesy")
    await office.turns(source="hours")
    await office.turns(text="no", source="message")
    assert summary(await logged(office), office.company) == ""
    assert summary(None, office.company) == ""


async def test_a_target_nobody_knows_any_more_is_told_by_its_id(office: Office) -> None:
    await office.turns(TransferMissed("gone", "busy"), TransferMissed("", "busy"))
    told = summary(await logged(office), office.company)
    assert told == "Could not be put through to gone or anybody."
    assert transfers(await logged(office)) == [("gone", "busy"), ("", "busy")]


async def test_a_missed_transfer_is_called_off_by_what_came_after(office: Office) -> None:
    await office.turns(MessageLeft(reason="x"))
    await office.turns(TransferMissed("office", "busy"))
    assert not called_off(await logged(office))
    await office.turns(MessageLeft(reason="y"))
    assert called_off(await logged(office))
    assert not called_off(None)


async def test_a_call_goes_on_while_something_may_come(office: Office) -> None:
    await office.turns(**PRICE)
    call = await logged(office)
    assert is_going_on(call, OPEN + MINUTE / 2, MINUTE)
    assert not is_going_on(call, OPEN + MINUTE, MINUTE)
    await office.turns(outcome="transferring")
    talking = await logged(office)
    assert is_going_on(talking, OPEN + 60 * MINUTE, MINUTE)
    assert not is_going_on(talking, OPEN + 300 * MINUTE, MINUTE)
    office.ends()
    assert not is_going_on(await logged(office), OPEN, MINUTE)
    assert not is_going_on(None, OPEN, MINUTE)


async def test_the_caller_is_who_rang(office: Office) -> None:
    office.rings()
    assert caller_of(await logged(office)) == "+12393334444"
    assert caller_of(None) == ""


async def test_a_known_caller_is_told_by_name_unless_the_number_is_feigned(office: Office) -> None:
    assert office.company is not None
    company = knowing(office.company)
    office.rings()
    call = await logged(office)
    assert caller_name(call, company) == "Jo Berg"
    assert caller_name(call, office.company) == ""
    assert caller_name(call, None) == caller_name(None, company) == ""
    (rang,) = call.entries
    feigned = replace(rang, data={**rang.data, "unverified": True})
    assert caller_name(replace(call, entries=(feigned,)), company) == ""
