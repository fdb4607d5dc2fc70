from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.events import Heard
from clientsvia.calls.reply import Connect
from clientsvia.calls.ringing.transfer import Errand, ring
from clientsvia.calls.state import Mode, Purpose
from tests.calls.calling import CALLED, CALLER, a_call, decided
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_the_target_the_caller_names_is_rung(demo: Company) -> None:
    decision = decided(Heard("connect me to the plumber on call"), demo, a_call(turn=1))
    assert decision.reply.state.target == "on-call"


def test_a_target_may_be_named_by_a_keyword(demo: Company) -> None:
    decision = decided(Heard("I want to talk to Maria"), demo, a_call(turn=1))
    assert decision.reply.state.target == "office"


def test_ringing_lasts_eighteen_seconds_and_shows_the_callers_number(demo: Company) -> None:
    connect = decided(Heard("a person please"), demo, a_call(turn=1)).reply.next
    assert isinstance(connect, Connect)
    assert connect.seconds == 18
    assert connect.caller_id == CALLER


def test_a_caller_whose_number_is_not_valid_is_announced_by_the_companys(demo: Company) -> None:
    call = replace(a_call(turn=1), caller_id=None)
    connect = decided(Heard("a person please"), demo, call).reply.next
    assert isinstance(connect, Connect)
    assert connect.caller_id == CALLED


def test_who_works_only_in_open_hours_is_not_rung_at_night(demo: Company) -> None:
    decision = decided(Heard("talk to Maria"), demo, a_call(CLOSED, turn=1), CLOSED)
    assert decision.reply.state.mode is Mode.ASKED_REASON


def test_at_night_somebody_on_call_is_rung(demo: Company) -> None:
    decision = decided(Heard("a person please"), demo, a_call(CLOSED, turn=1), CLOSED)
    assert decision.reply.state.target == "on-call"


def test_with_nobody_to_ring_a_message_is_taken(nobody_to_ring: Company) -> None:
    decision = decided(Heard("a person please"), nobody_to_ring, a_call(turn=1))
    assert decision.reply.say == (sentences.unreached(None), sentences.ASK_REASON)


def test_the_caller_is_not_connected_with_their_own_telephone(demo: Company) -> None:
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK))
    call = replace(a_call(turn=1), caller_id=ERIN.number)
    connect = decided(Heard("a person please"), company, call).reply.next
    assert isinstance(connect, Connect)
    assert [callee.target for callee in connect.callees] == ["sam"]


def test_the_first_target_with_somebody_to_ring_stands_in_for_any(demo: Company) -> None:
    refused = replace(ERIN, number="+881612345678")
    company = replace(demo, targets=(refused, DESK))
    decision = decided(Heard("a person please"), company, a_call(turn=1))
    assert decision.reply.state.target == "desk"
    nobody = decided(Heard("a person please"), replace(demo, targets=(refused,)), a_call(turn=1))
    assert nobody.reply.state.mode is Mode.ASKED_REASON
    assert nobody.refused == ("erin: its number is a high-risk number (+881, a satellite phone)",)


def test_whoever_need_not_accept_is_connected_at_once(demo: Company) -> None:
    company = replace(demo, targets=(CREW, replace(ERIN, accept=False), SAM, DESK))
    connect = decided(Heard("a person please"), company, a_call(turn=1)).reply.next
    assert isinstance(connect, Connect)
    assert not connect.callees[0].accept


def test_an_owners_target_is_rung_whatever_its_hours(demo: Company) -> None:
    office = demo.targets[0]
    errand = Errand(office, Purpose.FORWARDED, "everything is forwarded")
    decision = ring(demo, a_call(CLOSED), errand, CLOSED, ())
    assert isinstance(decision.reply.next, Connect)
    assert decision.reply.say == (sentences.connecting(office),)
    assert ring(demo, a_call(OPEN), errand, OPEN, ("Hello.",)).reply.say[0] == "Hello."
