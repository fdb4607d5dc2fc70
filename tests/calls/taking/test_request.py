"""What nobody but a person can promise is read back, and left as a message on a yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import AnswerReady, Digits, Heard, RequestRecalled, Silence
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import Act, Action, Answer
from clientsvia.calls.reply import AskResponder, Connect, HangUp, Listen, RecallRequest
from clientsvia.calls.state import Mode
from clientsvia.calls.taking.request import READ_BACK_LENGTH, read_back
from tests.calls.calling import CALLER, a_call, decided
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

WANTED = "can you send somebody on Tuesday at three"


def asking(text: str = WANTED, *opening: str) -> AnswerReady:
    action = Action(Act.REQUEST, text=text)
    return AnswerReady(Answer(opening, "model:x", action=action))


def test_a_request_is_read_back_and_offered_as_a_message(demo: Company) -> None:
    decision = decided(asking(WANTED, "A visit costs 89 dollars."), demo, a_call(turn=2))
    assert decision.reply.say == (
        "A visit costs 89 dollars.",
        "I can't promise that myself, but I can pass it on.",
        f"You said: {WANTED}.",
        "Shall I leave that as a message for the team?",
    )
    assert isinstance(decision.reply.next, Listen)
    assert decision.reply.state.mode is Mode.CONFIRM_REQUEST
    assert decision.request == WANTED
    assert decision.source == "model:x"


@pytest.mark.parametrize("event", [Heard("yes please"), Heard("leave a message"), Digits("1")])
def test_a_yes_asks_for_what_was_read_back(demo: Company, event: Heard | Digits) -> None:
    call = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    assert decide(event, demo, call, OPEN) == RecallRequest()
    decision = decided(RequestRecalled(WANTED), demo, call)
    assert decision.reply.say == (sentences.NOTED, sentences.ASK_NAME)
    assert decision.effects == (MessageLeft(reason=WANTED, number=CALLER),)
    assert (decision.request, decision.outcome) == (WANTED, "message_asked")


def test_a_request_that_is_forgotten_is_left_by_the_caller(demo: Company) -> None:
    call = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    decision = decided(RequestRecalled(""), demo, call)
    assert decision.reply.say == (sentences.ASK_REASON,)
    assert decision.effects == ()


def test_a_no_leads_on(demo: Company) -> None:
    call = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    decision = decided(Heard("no thank you"), demo, call)
    assert decision.reply.say == (sentences.ANYTHING_ELSE,)
    assert decision.request == ""
    following = a_call(turn=4, mode=Mode.ASKED_MORE)
    assert isinstance(decided(Heard("no"), demo, following).reply.next, HangUp)


def test_what_is_neither_is_asked_again_once(demo: Company) -> None:
    call = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    assert decided(Silence(), demo, call).reply.say == (sentences.REQUEST_AGAIN,)
    assert decided(Heard("hello"), demo, call).reply.say == (sentences.REQUEST_AGAIN,)
    assert decide(Heard("do you fix drains"), demo, call, OPEN) == AskResponder("do you fix drains")


def test_a_person_may_be_asked_for_instead(demo: Company) -> None:
    call = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    assert isinstance(decided(Digits("0"), demo, call).reply.next, Connect)
    assert isinstance(decided(Heard("talk to a person"), demo, call).reply.next, Connect)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("come at 3:00 PM for $50?", ("You said: come at 3 PM for 50 dollars.",)),
        ("</Say><Dial>+1900</Dial>", ("You said: +1900.",)),
        ("?!", ()),
        ("", ()),
    ],
)
def test_words_are_read_back_for_the_ear(text: str, said: tuple[str, ...]) -> None:
    assert read_back(text, "en-US") == said


def test_a_long_story_is_read_back_to_a_word() -> None:
    (said,) = read_back("please come soon " * 100, "en-US")
    assert len(said) <= READ_BACK_LENGTH + len("You said: .")
    assert said.endswith((" please.", " come.", " soon."))
