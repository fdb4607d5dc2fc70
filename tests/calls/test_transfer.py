from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.events import RINGING, Heard, Ringing
from clientsvia.calls.reply import Callee, Connect, Listen, Record
from clientsvia.calls.state import Dialling, Mode, Purpose
from clientsvia.calls.transfer import Errand, ring
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, First, Routing
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


def staffed(demo: Company) -> Company:
    """A company whose crew is rung for eleven seconds before the agent answers."""
    return replace(demo, targets=(CREW, ERIN, SAM, DESK), routing=Routing(First.STAFF, "crew", 11))


def test_staff_that_comes_first_is_rung_without_a_word(demo: Company) -> None:
    company = staffed(demo)
    decision = decided(RINGING, company, a_call())
    assert decision.reply.say == ()
    assert decision.reply.next == Connect((Callee("erin", ERIN.number),), CALLER, 11)
    assert decision.reply.state.dialling == Dialling(Purpose.STAFF, ("erin",))
    again = decided(RINGING, company, a_call())
    assert again == decision


def test_the_agent_answers_at_once_where_no_staff_may_be_rung(demo: Company) -> None:
    company = staffed(demo)
    engaged = replace(a_call(), engaged=("erin", "sam", "desk"))
    busy = tuple(replace(one, calls_at_once=1) for one in (ERIN, SAM, DESK))
    full = replace(company, targets=(CREW, *busy))
    for _ in range(2):
        decision = decided(RINGING, full, engaged)
        assert decision.reply.say == (sentences.greeting(company),)
    gone = replace(company, routing=Routing(First.STAFF, "gone", 11))
    assert isinstance(decided(RINGING, gone, a_call()).reply.next, Listen)
    assert isinstance(decided(RINGING, full, a_call()).reply.next, Connect)


def test_staff_is_not_rung_after_hours(demo: Company) -> None:
    company = replace(staffed(demo), after_hours=AfterHours(AfterHoursPolicy.ANSWER, None))
    decision = decided(RINGING, company, a_call(CLOSED), CLOSED)
    assert isinstance(decision.reply.next, Listen)


def test_staff_that_has_passed_the_call_on_to_us_is_not_rung_again(demo: Company) -> None:
    call = replace(a_call(), forwarded_from=ERIN.number)
    assert isinstance(decided(RINGING, staffed(demo), call).reply.next, Listen)


def test_a_call_that_one_of_those_to_be_rung_has_forwarded_becomes_a_message(demo: Company) -> None:
    forward = AfterHours(AfterHoursPolicy.FORWARD, "crew")
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK), after_hours=forward)
    call = replace(a_call(CLOSED), forwarded_from=SAM.number)
    decision = decided(RINGING, company, call, CLOSED)
    assert isinstance(decision.reply.next, Record)
    assert "nobody of crew can be rung: sam: the call comes from its number" in decision.why
    other = replace(a_call(CLOSED), forwarded_from="+12395550199")
    assert isinstance(decided(RINGING, company, other, CLOSED).reply.next, Connect)


def test_a_call_that_comes_back_while_its_target_rings_becomes_a_message(demo: Company) -> None:
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK))
    call = replace(a_call(), forwarded_from=ERIN.number, engaged=("crew", "erin"))
    decision = decided(RINGING, company, call)
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say[0] == sentences.LOOP
    elsewhere = replace(call, engaged=("sam",))
    assert isinstance(decided(RINGING, company, elsewhere).reply.next, Listen)


def test_a_call_from_the_companys_own_number_becomes_a_message(demo: Company) -> None:
    looping = replace(a_call(), caller_id=demo.numbers[0])
    for _ in range(2):
        assert isinstance(decided(RINGING, demo, a_call()).reply.next, Listen)
        assert isinstance(decided(RINGING, demo, looping).reply.next, Record)
    both = decided(Ringing(over_limit=True), demo, looping)
    assert both.reply.say[0] == sentences.TOO_MANY_CALLS


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
