from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import AnswerReady, Digits, Event, Heard, Silence
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.offers import meant
from clientsvia.calls.ports import Answer
from clientsvia.calls.reply import Listen, Record
from clientsvia.calls.state import Mode
from tests.calls.calling import a_call, decided

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

UNKNOWN = AnswerReady(Answer((), "unknown"))
TO_A_PERSON_OR_A_MESSAGE = {
    Intent.PERSON: (
        "yes", "yes please", "uh-huh", "sure", "okay", "please", "a person", "the first one",
        "put me through", "somebody", "somebody please", "either", "either one is fine", "one",
        "I don't care", "whichever", "not a message, a person", "no, put me through",
        "I guess the first one", "number one", "yes a person please", "just connect me",
        "option one please", "I'd rather talk to someone than leave a message",
    ),
    Intent.MESSAGE: (
        "a message", "message please", "the message", "yes to the message", "leave it",
        "the second one", "leave a message", "no, a message", "I'll leave a message",
        "a message is fine", "not a person, a message", "I guess a message", "two", "the latter",
        "yes leave one", "I don't want a person, the message please", "voicemail",
    ),
    Intent.NO: (
        "no", "no thanks", "I said no", "no I wouldn't", "no, that's not necessary", "I'm good",
        "it's fine", "thank you", "neither", "I don't want to leave a message", "no message",
        "I don't want to talk to anybody", "nuh-uh", "no one", "I don't want that either",
    ),
    Intent.UNCLEAR: ("that's fine", "sounds great", "okay thank you", "perfect", "hello?"),
    Intent.GOODBYE: ("no that's all, bye", "goodbye"),
    Intent.REPEAT: ("what?", "say that again"),
    Intent.NATURE: ("are you a robot",),
    Intent.QUESTION: (
        "somebody broke my pipe", "how long may the message be", "do you fix drains",
        "no, are you open on Sunday", "the first of May",
    ),
}  # fmt: skip
TO_A_MESSAGE_ALONE = {
    Intent.MESSAGE: (
        "yes", "okay", "that's fine", "okay thank you", "a message", "the first one", "leave it",
        "uh-huh", "great",
    ),
    Intent.NO: ("no", "thank you", "no message please", "I don't want to leave a message"),
    Intent.PERSON: ("a person", "put me through"),
    Intent.UNCLEAR: ("hello",),
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "meaning"),
    [(text, meaning) for meaning, texts in TO_A_PERSON_OR_A_MESSAGE.items() for text in texts],
)
def test_what_callers_answer_to_a_person_or_a_message(text: str, meaning: Intent) -> None:
    assert meant(text, intent_of(text), Mode.OFFERED_PERSON) is meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [(text, meaning) for meaning, texts in TO_A_MESSAGE_ALONE.items() for text in texts],
)
def test_what_callers_answer_to_a_message_alone(text: str, meaning: Intent) -> None:
    assert meant(text, intent_of(text), Mode.OFFERED_MESSAGE) is meaning


def test_without_an_answer_a_person_or_a_message_is_offered(demo: Company) -> None:
    decision = decided(UNKNOWN, demo, a_call(turn=1))
    assert decision.reply.say == (sentences.OFFER_PERSON,)
    assert decision.reply.state.mode is Mode.OFFERED_PERSON


def test_with_nobody_to_ring_a_message_alone_is_offered(nobody_to_ring: Company) -> None:
    decision = decided(UNKNOWN, nobody_to_ring, a_call(turn=1))
    assert decision.reply.say == (sentences.OFFER_MESSAGE,)
    assert decision.reply.state.mode is Mode.OFFERED_MESSAGE


@pytest.mark.parametrize("mode", [Mode.OFFERED_PERSON, Mode.OFFERED_MESSAGE])
@pytest.mark.parametrize("first", [UNKNOWN, Heard("hello?"), Digits("7"), Heard("hm", 0.1)])
@pytest.mark.parametrize("second", [UNKNOWN, Heard("hello?"), Digits("7")])
def test_two_turns_in_a_row_that_answer_no_offer_end_in_a_message(
    demo: Company, mode: Mode, first: Event, second: Event
) -> None:
    call = a_call(turn=2, mode=mode)
    once = decided(first, demo, call)
    assert once.reply.next == Listen()
    assert once.reply.state.mode in {mode, Mode.OFFERED_PERSON}
    twice = decided(second, demo, replace(call, state=once.reply.state))
    assert isinstance(twice.reply.next, Record)
    assert twice.reply.say[0] == sentences.NOT_HELPFUL


def test_a_known_answer_makes_the_first_of_them_forgotten(demo: Company) -> None:
    call = a_call(turn=3, mode=Mode.OFFERED_PERSON, unclear=1)
    decision = decided(AnswerReady(Answer(("Yes.",), "knowledge:x")), demo, call)
    assert decision.reply.state.unclear == 0
    assert decision.reply.state.mode is Mode.LISTENING


@pytest.mark.parametrize("event", [Silence(), Heard("that's fine"), Digits("9")])
def test_the_offer_is_put_again_in_plainer_words(demo: Company, event: Event) -> None:
    decision = decided(event, demo, a_call(turn=2, mode=Mode.OFFERED_PERSON))
    assert decision.reply.say == (sentences.PERSON_AGAIN,)
    assert decision.reply.state.mode is Mode.OFFERED_PERSON
