"""What words lead to, in every mode a call may be in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import Heard
from clientsvia.calls.flow import decide
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.reply import (
    AskResponder,
    Connect,
    Decision,
    HangUp,
    Need,
    Recall,
    RecallRequest,
)
from clientsvia.calls.state import Mode
from tests.calls.calling import a_call, decided
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

LISTENING, MORE = Mode.LISTENING, Mode.ASKED_MORE
PERSON, MESSAGE = Mode.OFFERED_PERSON, Mode.OFFERED_MESSAGE
MODES = (LISTENING, MORE, PERSON, MESSAGE)
CALL_911 = (
    "I can't reach the emergency services. If anybody is in danger, please hang up now and call "
    "911, or the emergency number where you are."
)

SAID = {
    Intent.EMERGENCY: "my house is on fire",
    Intent.PERSON: "I want to talk to somebody",
    Intent.MESSAGE: "I'd like to leave a message",
    Intent.NATURE: "are you a robot",
    Intent.REPEAT: "can you repeat that",
    Intent.GOODBYE: "goodbye",
    Intent.NO: "no",
    Intent.YES: "yes",
    Intent.THANKS: "thank you",
    Intent.OKAY: "that's fine",
    Intent.HELLO: "hello",
    Intent.WAIT: "hold on",
    Intent.UNCLEAR: "?",
    Intent.QUESTION: "do you fix drains",
}
# In the order of MODES: the last sentence where the caller is heard again, else what follows.
LED_TO = {
    Intent.EMERGENCY: (CALL_911,) * 4,
    Intent.PERSON: (Connect,) * 4,
    Intent.MESSAGE: (sentences.ASK_REASON, sentences.ASK_REASON, RecallRequest, RecallRequest),
    Intent.NATURE: (
        sentences.HELP,
        sentences.HELP,
        sentences.PERSON_AGAIN,
        sentences.MESSAGE_AGAIN,
    ),
    Intent.REPEAT: (Recall,) * 4,
    Intent.GOODBYE: (HangUp,) * 4,
    Intent.NO: (sentences.ANYTHING_ELSE, HangUp, sentences.ANYTHING_ELSE, sentences.ANYTHING_ELSE),
    Intent.YES: (sentences.ANYTHING_ELSE, sentences.HELP, Connect, RecallRequest),
    Intent.THANKS: (
        sentences.ANYTHING_ELSE,
        HangUp,
        sentences.ANYTHING_ELSE,
        sentences.ANYTHING_ELSE,
    ),
    Intent.OKAY: (
        sentences.ANYTHING_ELSE,
        sentences.HELP,
        sentences.PERSON_AGAIN,
        RecallRequest,
    ),
    Intent.HELLO: (
        sentences.HELLO,
        sentences.HELLO,
        sentences.PERSON_AGAIN,
        sentences.MESSAGE_AGAIN,
    ),
    Intent.WAIT: (sentences.TAKE_YOUR_TIME,) * 4,
    Intent.UNCLEAR: (sentences.DID_NOT_CATCH,) * 4,
    Intent.QUESTION: (AskResponder,) * 4,
}


def led_to(outcome: Decision | Need) -> str | type:
    if not isinstance(outcome, Decision):
        return type(outcome)
    following = outcome.reply.next
    listens = outcome.reply.say[-1:] if type(following).__name__ == "Listen" else ()
    return listens[0] if listens else type(following)


@pytest.mark.parametrize("mode", MODES, ids=lambda mode: mode.name)
@pytest.mark.parametrize("intent", Intent)
def test_every_intent_makes_sense_in_every_mode(demo: Company, intent: Intent, mode: Mode) -> None:
    assert intent_of(SAID[intent]) is intent
    outcome = decide(Heard(SAID[intent], 0.9), demo, a_call(turn=3, mode=mode), OPEN)
    assert led_to(outcome) == LED_TO[intent][MODES.index(mode)]


@pytest.mark.parametrize("mode", [Mode.DIALLING, Mode.RECORDING, Mode.ENDED])
@pytest.mark.parametrize("intent", Intent)
def test_words_where_none_are_expected_are_heard_like_any(
    demo: Company, intent: Intent, mode: Mode
) -> None:
    expected = LED_TO[intent][MODES.index(LISTENING)]
    assert led_to(decide(Heard(SAID[intent]), demo, a_call(turn=3, mode=mode), OPEN)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello", sentences.HELLO),
        ("hi", sentences.HELLO),
        ("yes", sentences.HELP),
        ("no", sentences.HELP),
        ("okay", sentences.HELP),
        ("I don't want to leave a message", sentences.HELP),
    ],
)
def test_courtesy_after_the_greeting_is_asked_what_it_needs(
    demo: Company, text: str, said: str
) -> None:
    assert decided(Heard(text), demo, a_call(turn=1)).reply.say == (said,)


@pytest.mark.parametrize("text", ["thank you", "okay", "okay great thank you", "yes", "no"])
def test_courtesy_after_an_answer_is_asked_for_more(demo: Company, text: str) -> None:
    decision = decided(Heard(text), demo, a_call(turn=2))
    assert decision.reply.say == (sentences.ANYTHING_ELSE,)
    assert decision.reply.state.mode is Mode.ASKED_MORE


@pytest.mark.parametrize("text", ["no", "no thank you", "I'm good", "thanks", "that's all"])
def test_who_needs_nothing_else_hears_goodbye(demo: Company, text: str) -> None:
    decision = decided(Heard(text), demo, a_call(turn=3, mode=Mode.ASKED_MORE))
    assert decision.reply.next == HangUp()
    assert decision.reply.state.mode is Mode.ENDED


def test_who_asks_what_answers_hears_the_truth_and_how_to_reach_a_person(demo: Company) -> None:
    said = decided(Heard("am I talking to a real person?"), demo, a_call(turn=1)).reply.say[0]
    assert "I'm Ava, an automated assistant" in said
    assert "talk to a person" in said


def test_no_person_is_promised_where_nobody_may_be_rung(nobody_to_ring: Company) -> None:
    said = decided(Heard("are you a robot"), nobody_to_ring, a_call(turn=1)).reply.say[0]
    assert "automated assistant" in said
    assert "leave a message" in said


@pytest.mark.parametrize("confidence", [None, 0.0, 0.1, 0.9])
def test_an_emergency_is_heard_however_unclear(demo: Company, confidence: float | None) -> None:
    decision = decided(Heard("I smell gas", confidence), demo, a_call(turn=1))
    assert decision.reply.say == (CALL_911,)
    assert "911" in decision.reply.say[0]


def test_an_emergency_after_the_limit_is_no_reason_for_a_message(demo: Company) -> None:
    call = a_call(turn=demo.limits.turns)
    decision = decided(Heard("call 911"), demo, call)
    assert decision.reply.say == (CALL_911,)
    assert decision.reply.next == HangUp()


def test_a_question_is_put_to_the_responder(demo: Company) -> None:
    need = decide(Heard("Do you fix drains?", 0.9), demo, a_call(turn=1), OPEN)
    assert need == AskResponder("Do you fix drains?")


@pytest.mark.parametrize("text", ["is Maria there?", "billing please", "put me through to billing"])
def test_whoever_is_asked_for_by_name_is_rung(demo: Company, text: str) -> None:
    assert decided(Heard(text), demo, a_call(turn=1)).reply.state.target == "office"


def test_a_name_is_an_answer_to_the_offer_of_a_person(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    assert decided(Heard("billing"), demo, call).reply.state.target == "office"


@pytest.mark.parametrize("confidence", [None, 0.0])
def test_words_without_a_confidence_are_taken(demo: Company, confidence: float | None) -> None:
    need = decide(Heard("drains", confidence), demo, a_call(turn=1), OPEN)
    assert isinstance(need, AskResponder)


def test_words_of_low_confidence_are_asked_again_twice_and_then_taken(demo: Company) -> None:
    call = a_call(turn=1)
    for unclear in (1, 2):
        decision = decided(Heard("drns", 0.1), demo, call)
        assert decision.reply.say == (sentences.DID_NOT_CATCH,)
        assert decision.reply.state.unclear == unclear
        call = replace(call, state=decision.reply.state)
    assert decide(Heard("drns", 0.1), demo, call, OPEN) == AskResponder("drns")


def test_sounds_without_words_lead_to_an_offer_in_the_end(demo: Company) -> None:
    decision = decided(Heard("um"), demo, a_call(turn=3, unclear=2))
    assert decision.reply.say == (sentences.OFFER_PERSON,)
