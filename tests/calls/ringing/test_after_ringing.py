from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import TransferMissed
from clientsvia.calls.events import DialEnded, WhispersRecalled
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Connect, HangUp, Listen, RecallWhispers, Record
from clientsvia.calls.ringing.after_ringing import outcome_of
from clientsvia.calls.ringing.transfer import Outcome
from clientsvia.calls.state import CallState, Dialling, Mode, Purpose
from clientsvia.companies.routing import Ring
from tests.calls.calling import a_call, decided
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company


@pytest.fixture
def company(demo: Company) -> Company:
    """A company with a crew of two, and a desk behind it."""
    return replace(demo, targets=(CREW, ERIN, SAM, DESK))


def ringing(*people: str, tried: tuple[str, ...] = (), purpose: Purpose = Purpose.WANTED) -> Call:
    """A call that rings these people of the crew."""
    dialling, urgent = Dialling(purpose, people, tried), purpose is Purpose.URGENT
    return a_call(turn=2, mode=Mode.DIALLING, target="crew", dialling=dialling, urgent=urgent)


def rung(decision_next: object) -> list[str]:
    assert isinstance(decision_next, Connect)
    return [callee.target for callee in decision_next.callees]


@pytest.mark.parametrize(
    ("ended", "pressed", "outcome"),
    [
        (DialEnded("completed", 61, bridged=True), {"erin": "1"}, Outcome.ACCEPTED),
        (DialEnded("completed", 61), {"erin": "1"}, Outcome.ACCEPTED),
        (DialEnded("answered"), {}, Outcome.ACCEPTED),
        (DialEnded("completed"), None, Outcome.ACCEPTED),
        (DialEnded("completed", bridged=True), None, Outcome.ACCEPTED),
        (DialEnded("completed", bridged=False), {"erin": "2"}, Outcome.DECLINED),
        (DialEnded("completed"), {"erin": "2"}, Outcome.DECLINED),
        (DialEnded("no-answer"), {"erin": "9"}, Outcome.DECLINED),
        (DialEnded("completed", bridged=False), {"erin": ""}, Outcome.VOICEMAIL),
        (DialEnded("completed"), {"erin": ""}, Outcome.VOICEMAIL),
        (DialEnded("completed", bridged=False), None, Outcome.VOICEMAIL),
        (DialEnded("no-answer"), {"erin": ""}, Outcome.VOICEMAIL),
        (DialEnded("no-answer"), {}, Outcome.NO_ANSWER),
        (DialEnded("busy"), None, Outcome.BUSY),
        (DialEnded("failed", error="error 13224"), {}, Outcome.FAILED),
        (DialEnded("canceled"), {}, Outcome.FAILED),
        (DialEnded("brand-new"), {}, Outcome.FAILED),
        (DialEnded("failed"), {"erin": "1"}, Outcome.FAILED),
        (DialEnded("completed", bridged=False, gone=True), {"erin": "1"}, Outcome.ABANDONED),
        (DialEnded("no-answer", gone=True), {}, Outcome.ABANDONED),
    ],
    ids=repr,
)
def test_how_ringing_ended_is_told_by_keys_and_by_twilio(
    ended: DialEnded, pressed: dict[str, str] | None, outcome: Outcome
) -> None:
    assert outcome_of(ended, pressed) is outcome


def test_what_was_pressed_is_asked_for_before_anything_is_decided(company: Company) -> None:
    event = DialEnded("completed", bridged=False)
    assert decide(event, company, ringing("erin"), OPEN) == RecallWhispers(event)


def test_a_long_talk_is_no_reason_for_a_message_afterwards(company: Company) -> None:
    late = replace(ringing("erin"), state=replace(ringing("erin").state, started_at=0))
    assert isinstance(decide(DialEnded("completed"), company, late, OPEN), RecallWhispers)
    decision = decided(WhispersRecalled(DialEnded("completed", 3000), {"erin": "1"}), company, late)
    assert decision.reply.next == HangUp()
    assert decision.outcome == "transferred"


def test_the_next_member_is_rung_without_a_word(company: Company) -> None:
    decision = decided(WhispersRecalled(DialEnded("busy"), {}), company, ringing("erin"))
    assert rung(decision.reply.next) == ["sam"]
    assert decision.reply.say == ()
    assert decision.reply.state.dialling == Dialling(Purpose.WANTED, ("sam",), ("erin",))
    assert decision.reply.state.target == "crew"
    assert decision.effects == ()
    assert "busy" in decision.why


def test_then_the_fallback_is_rung(company: Company) -> None:
    call = ringing("sam", tried=("erin",))
    decision = decided(WhispersRecalled(DialEnded("no-answer"), {}), company, call)
    assert rung(decision.reply.next) == ["desk"]


def test_when_nobody_is_left_a_message_is_offered_and_one_missed_transfer_told(
    company: Company,
) -> None:
    call = ringing("desk", tried=("erin", "sam"))
    decision = decided(WhispersRecalled(DialEnded("failed", error="SIP 404"), {}), company, call)
    assert decision.reply.say == (
        "I'm sorry, I couldn't reach Crew.",
        sentences.LEAVE_MESSAGE_OFFER,
    )
    assert isinstance(decision.reply.next, Listen)
    assert decision.reply.state.mode is Mode.OFFERED_MESSAGE
    assert decision.effects == (TransferMissed("crew", "failed"),)
    assert decision.why == "the transfer to crew ended: failed (SIP 404)"


def test_of_several_who_rang_together_only_the_one_who_answered_is_done(company: Company) -> None:
    together = replace(company, targets=(replace(CREW, ring=Ring.TOGETHER), ERIN, SAM, DESK))
    event = WhispersRecalled(DialEnded("completed", bridged=False), {"erin": ""})
    decision = decided(event, together, ringing("erin", "sam"))
    assert rung(decision.reply.next) == ["sam"]
    event = WhispersRecalled(DialEnded("no-answer"), {})
    assert rung(decided(event, together, ringing("erin", "sam")).reply.next) == ["desk"]


def test_who_hangs_up_while_it_rings_has_missed_somebody(company: Company) -> None:
    event = WhispersRecalled(DialEnded("no-answer", gone=True), {})
    decision = decided(event, company, ringing("erin"))
    assert decision.reply.next == HangUp()
    assert decision.effects == (TransferMissed("crew", "abandoned"),)
    assert decision.outcome == "missed"


def test_after_staff_the_agent_answers_with_its_greeting(company: Company) -> None:
    call = ringing("erin", purpose=Purpose.STAFF)
    decision = decided(WhispersRecalled(DialEnded("no-answer"), {}), company, call)
    assert decision.reply.say == (sentences.greeting(company),)
    assert isinstance(decision.reply.next, Listen)
    assert decision.effects == ()


def test_an_urgent_message_is_taken_without_asking(company: Company) -> None:
    call = ringing("desk", tried=("erin", "sam"), purpose=Purpose.URGENT)
    decision = decided(WhispersRecalled(DialEnded("busy"), {}), company, call)
    assert isinstance(decision.reply.next, Record)
    assert sentences.URGENT_MESSAGE in decision.reply.say
    assert decision.reply.state.urgent
    assert decision.effects == (TransferMissed("crew", "busy"),)


def test_nobody_further_is_rung_on_a_call_that_has_used_its_time(company: Company) -> None:
    call = ringing("erin")
    late = replace(call, state=replace(call.state, started_at=0))
    decision = decided(WhispersRecalled(DialEnded("busy"), {}), company, late)
    assert isinstance(decision.reply.next, Record)
    assert decision.effects == (TransferMissed("crew", "busy"),)


def test_a_dial_of_no_state_of_ours_offers_a_message(company: Company) -> None:
    call = replace(ringing("erin"), state=CallState("demo", int(OPEN.timestamp()), 2))
    decision = decided(DialEnded("busy"), company, call)
    assert decision.reply.say[0] == "I'm sorry, I couldn't reach anybody."
