from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import (
    AnswerFailed,
    AnswerReady,
    Digits,
    Event,
    Failed,
    Heard,
    Remembered,
    Ringing,
    Silence,
)
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import Answer
from clientsvia.calls.reply import (
    AskResponder,
    Connect,
    HangUp,
    Listen,
    Recall,
    Record,
)
from clientsvia.calls.state import Mode
from clientsvia.companies.company import AfterHours, AfterHoursPolicy
from tests.calls.calling import CALLER, a_call, decided
from tests.conftest import CLOSED, HOLIDAY, OPEN

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
    decision = decided(Ringing(), replace(demo, active=False), a_call())
    assert decision.reply.next == HangUp()
    assert demo.name in decision.reply.say[0]
    assert decision.outcome == "inactive"


def test_a_number_that_is_switched_off_is_not_answered(demo: Company) -> None:
    decision = decided(Ringing(number_active=False), demo, a_call())
    assert decision.reply.next == HangUp()
    assert decision.why == "the number is switched off"


def test_a_caller_with_too_many_calls_is_asked_to_finish_one(demo: Company) -> None:
    decision = decided(Ringing(over_limit=True), demo, a_call())
    assert decision.reply.next == HangUp()
    assert decision.outcome == "over_limit"


@pytest.mark.parametrize("now", [CLOSED, HOLIDAY])
def test_a_closed_company_takes_a_message_and_says_when_it_opens(
    demo: Company, now: datetime
) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.MESSAGE, None))
    decision = decided(Ringing(), company, a_call(now), now)
    assert decision.reply.next == Record(demo.limits.recording_seconds)
    said = " ".join(decision.reply.say)
    assert "closed" in said
    assert "open again" in said
    assert sentences.LEAVE_MESSAGE in said


def test_a_company_may_forward_its_calls_after_hours(demo: Company) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "on-call"))
    decision = decided(Ringing(), company, a_call(CLOSED), CLOSED)
    target = company.target("on-call")
    assert target is not None
    assert decision.reply.next == Connect(target.number, CALLER)
    assert decision.reply.state.target == "on-call"


def test_a_company_may_have_its_agent_answer_after_hours(demo: Company) -> None:
    company = replace(demo, after_hours=AfterHours(AfterHoursPolicy.ANSWER, None))
    decision = decided(Ringing(), company, a_call(CLOSED), CLOSED)
    assert decision.reply.next == Listen()
    assert "closed" in decision.why


def test_a_question_is_put_to_the_responder(demo: Company) -> None:
    need = decide(Heard("Do you fix drains?", 0.9), demo, a_call(turn=1), OPEN)
    assert need == AskResponder("Do you fix drains?")


def test_an_answer_is_spoken_and_the_next_words_are_heard(demo: Company) -> None:
    answer = Answer(("Yes, we do.",), "knowledge:services", 0.9)
    decision = decided(AnswerReady(answer), demo, a_call(turn=1))
    assert decision.reply.say == ("Yes, we do.",)
    assert decision.reply.next == Listen()
    assert decision.source == "knowledge:services"
    assert decision.reply.state.turn == 2


@pytest.mark.parametrize("event", [AnswerReady(Answer((), "unknown")), AnswerFailed("timeout")])
def test_without_an_answer_a_person_or_a_message_is_offered(demo: Company, event: Event) -> None:
    decision = decided(event, demo, a_call(turn=1))
    assert decision.reply.say == (sentences.OFFER_PERSON,)
    assert decision.reply.state.mode is Mode.OFFERED_PERSON


def test_with_nobody_to_ring_a_message_alone_is_offered(nobody_to_ring: Company) -> None:
    decision = decided(AnswerReady(Answer((), "unknown")), nobody_to_ring, a_call(turn=1))
    assert decision.reply.say == (sentences.OFFER_MESSAGE,)
    assert decision.reply.state.mode is Mode.OFFERED_MESSAGE


def test_yes_to_a_person_rings_one(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    assert isinstance(decided(Heard("yes please"), demo, call).reply.next, Connect)


def test_yes_to_a_message_records_one(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_MESSAGE)
    assert isinstance(decided(Heard("sure"), demo, call).reply.next, Record)


def test_no_to_an_offer_goes_on_with_the_call(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    decision = decided(Heard("no thanks"), demo, call)
    assert decision.reply.say == (sentences.ANYTHING_ELSE,)
    assert decision.reply.state.mode is Mode.LISTENING


def test_no_without_an_offer_ends_the_call(demo: Company) -> None:
    assert decided(Heard("no thank you"), demo, a_call(turn=2)).reply.next == HangUp()


def test_goodbye_ends_the_call(demo: Company) -> None:
    decision = decided(Heard("That's all, bye!"), demo, a_call(turn=2))
    assert decision.reply.next == HangUp()
    assert decision.reply.state.mode is Mode.ENDED


def test_asking_again_needs_what_was_said_last(demo: Company) -> None:
    call = a_call(turn=2)
    assert decide(Heard("can you repeat that?"), demo, call, OPEN) == Recall()
    again = decided(Remembered(("We open at eight.",)), demo, call)
    assert again.reply.say == ("We open at eight.",)


def test_what_is_forgotten_is_asked_for_once_more(demo: Company) -> None:
    assert decided(Remembered(()), demo, a_call()).reply.say == (sentences.CANNOT_REPEAT,)


def test_repeating_an_offer_keeps_the_offer(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    assert decided(Remembered(("Shall I?",)), demo, call).reply.state.mode is Mode.OFFERED_PERSON


def test_words_of_low_confidence_are_asked_again_twice_and_then_taken(demo: Company) -> None:
    call = a_call(turn=1)
    for unclear in (1, 2):
        decision = decided(Heard("drns", 0.1), demo, call)
        assert decision.reply.say == (sentences.DID_NOT_CATCH,)
        assert decision.reply.state.unclear == unclear
        call = replace(call, state=decision.reply.state)
    assert decide(Heard("drns", 0.1), demo, call, OPEN) == AskResponder("drns")


def test_words_without_a_confidence_are_taken(demo: Company) -> None:
    assert isinstance(decide(Heard("drains"), demo, a_call(turn=1), OPEN), AskResponder)


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


def test_silence_after_an_offer_keeps_the_offer(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.OFFERED_PERSON)
    decision = decided(Silence(), demo, call)
    assert decision.reply.state.mode is Mode.OFFERED_PERSON
    assert decision.reply.say == (sentences.STILL_WITH_ME,)


def test_zero_reaches_a_person(demo: Company) -> None:
    assert isinstance(decided(Digits("0"), demo, a_call(turn=1)).reply.next, Connect)


def test_star_repeats_and_other_keys_tell_what_keys_do(demo: Company) -> None:
    assert decide(Digits("*"), demo, a_call(turn=1), OPEN) == Recall()
    assert decided(Digits("7"), demo, a_call(turn=1)).reply.say == (sentences.KEYS,)


def test_trouble_of_ours_takes_a_message(demo: Company) -> None:
    decision = decided(Failed("KeyError"), demo, a_call(turn=3))
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say[0] == sentences.TECHNICAL


def test_a_call_that_has_used_its_turns_ends_in_a_message(demo: Company) -> None:
    decision = decided(Heard("and another thing"), demo, a_call(turn=demo.limits.turns))
    assert isinstance(decision.reply.next, Record)


def test_a_call_that_has_used_its_time_ends_in_a_message(demo: Company) -> None:
    later = OPEN + timedelta(seconds=demo.limits.call_seconds)
    decision = decided(Heard("and another thing"), demo, a_call(turn=3), later)
    assert decision.reply.say[0] == sentences.TOO_LONG


def test_the_same_inputs_make_the_same_decision(demo: Company) -> None:
    first = decided(Ringing(), demo, a_call())
    assert decided(Ringing(), demo, a_call()) == first
