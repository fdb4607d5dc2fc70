"""A number to call back is confirmed, or another is read back and put right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import Digits, Heard, NumberRecalled
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import (
    RecallNumber,
)
from clientsvia.calls.state import Mode
from tests.calls.calling import CALLER, a_call, decided
from tests.calls.taking.asked import CALLERS, NAME, NUMBER, READ_BACK, REASON, at
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_a_number_is_told_by_its_last_digits() -> None:
    assert sentences.confirm_caller("+12395550142") == (
        "Is the number you are calling from, ending in 0 1 4 2, the best one to reach you?"
    )


def test_a_call_without_a_number_leaves_none_unasked(calm: Company) -> None:
    hidden = replace(a_call(turn=4, mode=NAME), caller_id=None)
    decision = decided(Heard("Ada", 0.9), calm, hidden)
    assert decision.reply.say == ("Thank you, Ada.", sentences.ASK_NUMBER)
    assert decision.reply.state.mode is NUMBER
    reason = replace(a_call(turn=4, mode=REASON), caller_id=None)
    assert decided(Heard("a leak", 0.9), calm, reason).effects == (MessageLeft(reason="a leak"),)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Miller, 239 555 0142",
        "My name is Ada Miller and my phone number is 239 555 0142.",
        "This is Ada Miller, you can reach me at (239) 555-0142",
    ],
)
def test_a_name_and_a_number_may_come_together(calm: Company, text: str) -> None:
    decision = at(NAME, calm, text)
    assert decision.reply.say[0] == "Thank you, Ada Miller."
    assert decision.effects == (MessageLeft(name="Ada Miller", number="+12395550142"),)
    assert decision.reply.state.mode is READ_BACK


def test_whoever_calls_from_anothers_telephone_says_name_and_number_at_once(calm: Company) -> None:
    decision = at(CALLERS, calm, "No, my name is Ada Miller and my number is 239 555 0142.")
    assert decision.reply.say[:2] == ("Thank you, Ada Miller.", "I have 2 3 9, 5 5 5, 0 1 4 2.")
    assert decision.effects == (MessageLeft(name="Ada Miller", number="+12395550142"),)


def test_a_name_is_mended_at_the_next_question(calm: Company) -> None:
    decision = at(CALLERS, calm, "no, my name is Ada")
    assert decision.effects == (MessageLeft(name="Ada"),)
    assert decision.reply.state.mode is CALLERS


@pytest.mark.parametrize(
    "event",
    [
        Heard("yes that's right", 0.9),
        Digits("1"),
        Heard("sure"),
        Heard("it is"),
        Heard("it's fine"),
        Heard("that's the one"),
    ],
)
def test_the_callers_own_number_is_confirmed(calm: Company, event: Heard | Digits) -> None:
    decision = decided(event, calm, a_call(turn=4, mode=CALLERS))
    assert decision.effects == (MessageLeft(number=CALLER, complete=True),)
    assert decision.reply.state.mode is Mode.ASKED_MORE
    assert decision.outcome == "message"


@pytest.mark.parametrize(
    "event",
    [Heard("no", 0.9), Digits("2"), Heard("no, another one", 0.9), Heard("my cell is better")],
)
def test_another_number_is_asked_for(calm: Company, event: Heard | Digits) -> None:
    decision = decided(event, calm, a_call(turn=4, mode=CALLERS))
    assert decision.reply.say == (sentences.ASK_NUMBER,)


@pytest.mark.parametrize("mode", [CALLERS, NUMBER, READ_BACK])
@pytest.mark.parametrize("event", [Heard("no it's 239 555 0142", 0.9), Digits("2395550142")])
def test_a_number_is_read_back_wherever_it_comes(
    calm: Company, mode: Mode, event: Heard | Digits
) -> None:
    decision = decided(event, calm, a_call(turn=4, mode=mode))
    assert decision.reply.say == ("I have 2 3 9, 5 5 5, 0 1 4 2.", sentences.RIGHT_NUMBER)
    assert decision.effects == (MessageLeft(number="+12395550142"),)


@pytest.mark.parametrize(
    "text",
    [
        "no, 239 not 293",
        "no",
        "that's wrong",
        "incorrect",
        "it is not",
        "the last four are 0143",
        "two three nine not two nine three",
    ],
)
def test_a_number_that_is_not_right_is_recalled_to_be_mended(calm: Company, text: str) -> None:
    call = a_call(turn=4, mode=READ_BACK)
    assert decide(Heard(text, 0.9), calm, call, OPEN) == RecallNumber(text)


@pytest.mark.parametrize("text", ["yes", "yes it is", "exactly", "correct", "it is"])
def test_a_number_that_is_right_makes_the_message_whole(calm: Company, text: str) -> None:
    decision = at(READ_BACK, calm, text)
    assert decision.effects == (MessageLeft(complete=True),)


def test_a_number_is_mended_or_asked_for_anew(calm: Company) -> None:
    call = a_call(turn=4, mode=READ_BACK)
    said = ("I have 2 9 3, 5 5 5, 0 1 4 2.", sentences.RIGHT_NUMBER)
    mended = decided(NumberRecalled("no, 239 not 293", said), calm, call)
    assert mended.reply.say[0] == "I have 2 3 9, 5 5 5, 0 1 4 2."
    assert mended.effects == (MessageLeft(number="+12395550142"),)
    anew = decided(NumberRecalled("no", said), calm, call)
    assert anew.reply.say == (sentences.ASK_NUMBER,)
    forgotten = decided(NumberRecalled("no, 239 not 293", ()), calm, call)
    assert forgotten.reply.say == (sentences.ASK_NUMBER,)


def test_who_has_no_other_number_keeps_the_one_of_the_call(calm: Company) -> None:
    for text in ("just use this number", "same"):
        assert at(NUMBER, calm, text).effects == (MessageLeft(number=CALLER, complete=True),)
    for text in ("I don't have one", "I don't know"):
        assert at(NUMBER, calm, text).effects == (MessageLeft(complete=True),)
