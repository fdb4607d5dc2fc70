from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import (
    AnswerReady,
    Digits,
    Failed,
    Heard,
    Remembered,
    Ringing,
    Silence,
)
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import Answer
from clientsvia.calls.reply import (
    Callee,
    Connect,
    Decision,
    HangUp,
    Listen,
    Recall,
    RecallRequest,
    Record,
)
from clientsvia.calls.state import Mode
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy
from tests.calls.calling import CALLER, a_call, decided
from tests.conftest import CLOSED, HOLIDAY, OPEN, SUSPENDED

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company


def test_an_open_company_greets_and_listens(demo: Company) -> None:
    decision = decided(Ringing(), demo, a_call())
    assert decision.reply.next == Listen()
    assert decision.reply.state.turn == 1
    assert decision.outcome == "answered"


def test_the_default_greeting_says_what_answers_and_that_it_transcribes(demo: Company) -> None:
    said = decided(Ringing(), replace(demo, greeting=""), a_call()).reply.say[0]
    assert "automated assistant" in said
    assert "transcribed" in said
    assert demo.name in said


def test_a_greeting_of_the_companys_own_is_spoken_instead(demo: Company) -> None:
    company = replace(demo, greeting="Ahoy!")
    assert decided(Ringing(), company, a_call()).reply.say == ("Ahoy!",)


def test_an_inactive_company_says_a_kind_word_and_hangs_up(demo: Company) -> None:
    decision = decided(Ringing(), replace(demo, account=SUSPENDED), a_call())
    assert decision.reply.next == HangUp()
    assert demo.name in decision.reply.say[0]
    assert decision.outcome == "inactive"


def test_a_number_that_is_switched_off_is_not_answered(demo: Company) -> None:
    decision = decided(Ringing(number_active=False), demo, a_call())
    assert decision.reply.next == HangUp()
    assert decision.why == "the number is switched off"


def test_a_caller_with_too_many_calls_can_leave_a_message(demo: Company) -> None:
    decision = decided(Ringing(over_limit=True), demo, a_call())
    assert decision.reply.next == Record(demo.limits.recording_seconds, transcribe=True)
    assert "already" in decision.reply.say[0]


@pytest.mark.parametrize("now", [CLOSED, HOLIDAY])
def test_a_closed_company_takes_a_message_and_says_when_it_opens(
    demo: Company, now: datetime
) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.MESSAGE, None))
    decision = decided(Ringing(), company, a_call(now), now)
    assert decision.reply.next == Record(demo.limits.recording_seconds, transcribe=True)
    said = " ".join(decision.reply.say)
    assert "closed" in said
    assert "open again" in said
    assert sentences.LEAVE_MESSAGE in said


def test_a_company_may_forward_its_calls_after_hours(demo: Company) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "on-call"))
    decision = decided(Ringing(), company, a_call(CLOSED), CLOSED)
    target = company.target("on-call")
    assert target is not None
    assert decision.reply.next == Connect((Callee("on-call", target.number),), CALLER)
    assert decision.reply.state.target == "on-call"


def test_a_company_may_have_its_agent_answer_after_hours(demo: Company) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.ANSWER, None))
    decision = decided(Ringing(), company, a_call(CLOSED), CLOSED)
    assert decision.reply.next == Listen()
    assert "closed" in decision.why


def test_an_answer_is_spoken_and_the_next_words_are_heard(demo: Company) -> None:
    answer = Answer(("Yes, we do.",), "knowledge:services", 0.9)
    decision = decided(AnswerReady(answer), demo, a_call(turn=1))
    assert decision.reply.say == ("Yes, we do.",)
    assert decision.reply.next == Listen()
    assert decision.source == "knowledge:services"
    assert decision.reply.state.turn == 2


def test_yes_to_a_person_rings_one(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    assert isinstance(decided(Heard("yes please"), demo, call).reply.next, Connect)


def test_yes_to_a_message_asks_for_what_was_asked_before(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_MESSAGE)
    assert decide(Heard("sure"), demo, call, OPEN) == RecallRequest()


def test_no_to_an_offer_goes_on_with_the_call(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    decision = decided(Heard("no thanks"), demo, call)
    assert decision.reply.say == (sentences.ANYTHING_ELSE,)
    assert decision.reply.state.mode is Mode.ASKED_MORE


def test_goodbye_ends_the_call(demo: Company) -> None:
    decision = decided(Heard("That's all, bye!"), demo, a_call(turn=2))
    assert decision.reply.next == HangUp()
    assert decision.reply.state.mode is Mode.ENDED


def test_asking_again_needs_what_was_said_last(demo: Company) -> None:
    call = a_call(turn=2)
    assert decide(Heard("can you repeat that?"), demo, call, OPEN) == Recall()
    again = decided(Remembered(("We open at eight.",)), demo, call)
    assert again.reply.say == ("We open at eight.",)


def test_repeating_an_offer_keeps_the_offer(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    assert decided(Remembered(("Shall I?",)), demo, call).reply.state.mode is Mode.OFFERED_PERSON


def test_silence_is_asked_about_twice_and_then_a_message_is_taken(demo: Company) -> None:
    call = a_call(turn=1)
    for text in sentences.STILL_THERE:
        decision = decided(Silence(), demo, call)
        assert decision.reply.say == (text,)
        assert decision.reply.next == Listen()
        call = replace(call, state=decision.reply.state)
    assert isinstance(decided(Silence(), demo, call).reply.next, Record)


def test_an_answer_makes_earlier_silences_forgotten(demo: Company) -> None:
    call = a_call(turn=2, silences=2)
    decision = decided(AnswerReady(Answer(("Yes.",), "knowledge:x")), demo, call)
    assert decision.reply.state.silences == 0


def test_trouble_of_ours_takes_a_message(demo: Company) -> None:
    decision = decided(Failed("KeyError"), demo, a_call(turn=3))
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say[0] == sentences.TECHNICAL


def test_the_same_inputs_make_the_same_decision(demo: Company) -> None:
    first = decided(Ringing(), demo, a_call())
    assert decided(Ringing(), demo, a_call()) == first


def test_on_the_first_turn_the_greeting_is_repeated(demo: Company) -> None:
    assert decided(Remembered(()), demo, a_call(turn=1)).reply.say == (sentences.greeting(demo),)


def test_what_is_forgotten_later_is_asked_for_once_more(demo: Company) -> None:
    assert decided(Remembered(()), demo, a_call(turn=2)).reply.say == (sentences.CANNOT_REPEAT,)


@pytest.mark.parametrize(
    ("mode", "silent"),
    [
        (Mode.LISTENING, sentences.STILL_THERE[0]),
        (Mode.ASKED_MORE, sentences.STILL_THERE[0]),
        (Mode.OFFERED_PERSON, sentences.PERSON_AGAIN),
        (Mode.OFFERED_MESSAGE, sentences.MESSAGE_AGAIN),
    ],
)
def test_silence_keeps_the_mode_and_fits_what_was_asked(
    demo: Company, mode: Mode, silent: str
) -> None:
    decision = decided(Silence(), demo, a_call(turn=2, mode=mode))
    assert decision.reply.state.mode is mode
    assert decision.reply.say == (silent,)


KEYS_LEAD_TO = {
    Mode.LISTENING: {"0": Connect, "1": Listen, "2": Listen, "7": Listen, "#": Listen},
    Mode.ASKED_MORE: {"0": Connect, "1": Listen, "2": Listen, "7": Listen},
    Mode.OFFERED_PERSON: {"0": Connect, "1": Connect, "2": RecallRequest, "7": Listen, "#": Listen},
    Mode.OFFERED_MESSAGE: {"0": Connect, "1": RecallRequest, "2": RecallRequest, "7": Listen},
}


@pytest.mark.parametrize(
    ("mode", "key", "following"),
    [(mode, key, to) for mode, keys in KEYS_LEAD_TO.items() for key, to in keys.items()],
)
def test_keys_do_what_was_offered_and_others_keep_the_mode(
    demo: Company, mode: Mode, key: str, following: type
) -> None:
    outcome = decide(Digits(key), demo, a_call(turn=2, mode=mode), OPEN)
    if following is RecallRequest:
        assert outcome == RecallRequest()
        return
    assert isinstance(outcome, Decision)
    reply = outcome.reply
    assert isinstance(reply.next, following)
    assert following is not Listen or reply.state.mode is mode


def test_star_repeats_in_every_mode(demo: Company) -> None:
    for mode in Mode:
        assert decide(Digits("*"), demo, a_call(turn=1, mode=mode), OPEN) == Recall()
