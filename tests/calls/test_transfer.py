from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.events import Heard
from clientsvia.calls.reply import Connect, Record
from tests.calls.calling import CALLED, CALLER, a_call, decided
from tests.conftest import CLOSED

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
    assert isinstance(decision.reply.next, Record)


def test_at_night_somebody_on_call_is_rung(demo: Company) -> None:
    decision = decided(Heard("a person please"), demo, a_call(CLOSED, turn=1), CLOSED)
    assert decision.reply.state.target == "on-call"


def test_with_nobody_to_ring_a_message_is_taken(nobody_to_ring: Company) -> None:
    decision = decided(Heard("a person please"), nobody_to_ring, a_call(turn=1))
    assert isinstance(decision.reply.next, Record)
