"""What is urgent goes before models, hours and offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft, UrgentCall
from clientsvia.calls.events import Digits, Heard, Ringing, Silence
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import AskResponder, Callee, Connect, HangUp, Listen, Record
from clientsvia.calls.state import Mode, Purpose
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, Availability, Urgent
from tests.calls.calling import CALLER, a_call, decided
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

PHRASES = ("burst pipe", "gas smell")
BURST = "My pipe has burst, there is water on the floor."


@pytest.fixture
def company(demo: Company) -> Company:
    """A plumber with a crew for what is urgent, closed at night."""
    closed = AfterHours(AfterHoursPolicy.MESSAGE, None)
    targets = (CREW, ERIN, SAM, DESK)
    urgent = Urgent(PHRASES, "crew")
    return replace(demo, targets=targets, urgent=urgent, after_hours=closed)


@pytest.mark.parametrize("now", [OPEN, CLOSED])
@pytest.mark.parametrize("mode", [Mode.LISTENING, Mode.OFFERED_MESSAGE, Mode.URGENT_OR_MESSAGE])
@pytest.mark.parametrize("confidence", [0.1, 0.9])
def test_an_urgent_call_rings_whatever_the_hour_and_whatever_was_asked(
    company: Company, now: datetime, mode: Mode, confidence: float
) -> None:
    call = a_call(now, turn=1, mode=mode)
    decision = decided(Heard(BURST, confidence), company, call, now)
    assert decision.reply.next == Connect((Callee("erin", ERIN.number),), "+12393334444")
    assert decision.reply.state.urgent
    assert decision.reply.state.dialling is not None
    assert decision.reply.state.dialling.purpose is Purpose.URGENT
    assert decision.effects == (UrgentCall(BURST, "crew"),)
    assert decision.why == "urgent: the caller speaks of 'burst pipe'"


def test_who_works_by_day_alone_is_rung_for_what_is_urgent(company: Company) -> None:
    by_day = replace(
        company,
        urgent=Urgent(PHRASES, "desk"),
        targets=(replace(DESK, availability=Availability.OPEN),),
    )
    decision = decided(Heard(BURST), by_day, a_call(CLOSED, turn=1), CLOSED)
    assert isinstance(decision.reply.next, Connect)


def test_who_has_passed_an_urgent_call_on_to_us_keeps_nobody_else_from_it(company: Company) -> None:
    call = replace(a_call(turn=1), forwarded_from=DESK.number)
    connect = decided(Heard(BURST), company, call).reply.next
    assert isinstance(connect, Connect)
    assert connect.callees == (Callee("erin", ERIN.number),)


def test_with_nobody_to_ring_an_urgent_message_is_taken(company: Company) -> None:
    nobody = replace(company, urgent=Urgent(PHRASES, None))
    decision = decided(Heard(BURST), nobody, a_call(turn=1))
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say == (sentences.URGENT_MESSAGE, sentences.LEAVE_MESSAGE)
    assert decision.reply.state.urgent
    assert decision.effects == (UrgentCall(BURST),)


def test_a_target_that_may_never_be_rung_leads_to_an_urgent_message(company: Company) -> None:
    wrong = replace(company, targets=(replace(DESK, id="crew", number="+881612345678"),))
    decision = decided(Heard(BURST), wrong, a_call(turn=1))
    assert isinstance(decision.reply.next, Record)
    assert sentences.URGENT_MESSAGE in decision.reply.say
    assert decision.effects == (UrgentCall(BURST),)
    assert decision.refused[0].startswith("crew: its number is a high-risk number")


def test_danger_first_hears_to_call_the_emergency_services(company: Company) -> None:
    decision = decided(Heard("I smell gas in my kitchen"), company, a_call(turn=1))
    assert decision.reply.say[0] == sentences.emergency(company)
    assert isinstance(decision.reply.next, Connect)
    assert decision.effects == (UrgentCall("I smell gas in my kitchen", "crew"),)


def test_an_emergency_of_another_kind_rings_where_something_is_urgent(company: Company) -> None:
    decision = decided(Heard("my house is on fire"), company, a_call(turn=1))
    assert isinstance(decision.reply.next, Connect)


@pytest.mark.parametrize(
    "said",
    [
        "there's a fire in the kitchen",
        "our house has caught fire",
        "the carbon monoxide detector keeps going off",
        "I think we have a gas leak",
        "my husband fell and he's bleeding heavily",
        "he is seriously injured",
        "I think there's carbon monoxide in my house",
        "my CO detector is beeping",
        "somebody got hurt",
        "my son is bleeding",
        "the furnace is on fire",
        "there's smoke coming out of the furnace",
        "there's a strong gas odor",
        "an electrical fire has started",
        "There's a fire!",
        "Fire, fire!",
    ],
)
def test_danger_is_heard_in_many_words(demo: Company, company: Company, said: str) -> None:
    decision = decided(Heard(said), company, a_call(turn=1))
    assert decision.reply.say[0] == sentences.emergency(company)
    assert isinstance(decision.reply.next, Connect)
    alone = decided(Heard(said), demo, a_call(turn=1))
    assert alone.reply.say == (sentences.emergency(demo),)
    assert isinstance(alone.reply.next, Listen)


@pytest.mark.parametrize(
    "said",
    [
        "do you sell fire alarms",
        "do you fix gas heaters",
        "I need a gas boiler",
        "it's no gas leak",
        "there's a fire inspection on Monday",
        "can you install a carbon monoxide detector",
        "my tooth hurts",
        "my gas bill is wrong",
    ],
)
def test_what_only_sounds_like_danger_is_a_question(demo: Company, said: str) -> None:
    assert isinstance(decide(Heard(said), demo, a_call(turn=1), OPEN), AskResponder)


def test_a_denied_emergency_rings_nobody(company: Company) -> None:
    decision = decided(Heard("I don't smell gas"), company, a_call(turn=1))
    assert isinstance(decision.reply.next, Listen)


def test_an_urgent_call_rings_once(company: Company) -> None:
    need = decide(Heard(BURST), company, a_call(turn=5, urgent=True), OPEN)
    assert need == AskResponder(BURST)


def test_without_phrases_and_a_target_nothing_is_urgent(demo: Company) -> None:
    assert isinstance(decide(Heard(BURST), demo, a_call(turn=1), OPEN), AskResponder)


def test_a_closed_company_hears_first_whether_it_is_urgent(company: Company) -> None:
    decision = decided(Ringing(), company, a_call(CLOSED), CLOSED)
    assert decision.reply.say[-1] == sentences.URGENT_OR_MESSAGE
    assert isinstance(decision.reply.next, Listen)
    assert decision.reply.state.mode is Mode.URGENT_OR_MESSAGE


@pytest.mark.parametrize("said", ["yes", "it's urgent", "Yes, this is an emergency."])
def test_the_callers_word_for_it_is_enough_when_asked(company: Company, said: str) -> None:
    call = a_call(CLOSED, turn=1, mode=Mode.URGENT_OR_MESSAGE)
    decision = decided(Heard(said), company, call, CLOSED)
    assert isinstance(decision.reply.next, Connect)
    assert decision.why == "urgent: the caller says so"


@pytest.mark.parametrize(
    "event",
    [
        Silence(),
        Digits("1"),
        Heard("no, it's not urgent"),
        Heard("this is Jo, please call me back about the bill"),
    ],
    ids=repr,
)
def test_whatever_else_comes_then_is_a_message(
    company: Company, event: Silence | Digits | Heard
) -> None:
    call = a_call(CLOSED, turn=1, mode=Mode.URGENT_OR_MESSAGE)
    decision = decided(event, company, call, CLOSED)
    assert isinstance(decision.reply.next, Record)
    assert not decision.reply.state.urgent


def test_what_was_said_instead_is_part_of_the_message(company: Company) -> None:
    call = a_call(CLOSED, turn=1, mode=Mode.URGENT_OR_MESSAGE)
    decision = decided(Heard("it is about the bill of last week"), company, call, CLOSED)
    told = MessageLeft(reason="it is about the bill of last week", number=CALLER)
    assert decision.effects == (told,)
    assert decided(Silence(), company, call, CLOSED).effects == ()


def test_a_goodbye_then_ends_the_call(company: Company) -> None:
    call = a_call(CLOSED, turn=1, mode=Mode.URGENT_OR_MESSAGE)
    decision = decided(Heard("no thanks, goodbye"), company, call, CLOSED)
    assert decision.reply.next == HangUp()


def test_without_phrases_a_closed_company_takes_the_message_at_once(company: Company) -> None:
    plain = replace(company, urgent=Urgent((), None))
    decision = decided(Ringing(), plain, a_call(CLOSED), CLOSED)
    assert isinstance(decision.reply.next, Record)
