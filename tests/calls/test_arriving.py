"""What a call gets first: staff before the agent, and no call that goes round in circles."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.events import RINGING, Ringing
from clientsvia.calls.reply import Callee, Connect, Listen, Record
from clientsvia.calls.state import Dialling, Purpose
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, First, Routing
from tests.calls.calling import CALLER, a_call, decided
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import CLOSED

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


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


def test_a_call_that_one_of_those_to_be_rung_has_forwarded_rings_the_others(demo: Company) -> None:
    forward = AfterHours(AfterHoursPolicy.FORWARD, "crew")
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK), after_hours=forward)
    for absent, rung in ((ERIN, SAM), (SAM, ERIN), (DESK, ERIN)):
        call = replace(a_call(CLOSED), forwarded_from=absent.number)
        connect = decided(RINGING, company, call, CLOSED).reply.next
        assert isinstance(connect, Connect)
        assert connect.callees == (Callee(rung.id, rung.number),)


def test_a_call_that_the_only_one_to_be_rung_has_forwarded_becomes_a_message(demo: Company) -> None:
    forward = AfterHours(AfterHoursPolicy.FORWARD, "sam")
    company = replace(demo, targets=(SAM, DESK), after_hours=forward)
    call = replace(a_call(CLOSED), forwarded_from=SAM.number)
    decision = decided(RINGING, company, call, CLOSED)
    assert isinstance(decision.reply.next, Record)
    assert "nobody of sam can be rung: sam: the call comes from its number" in decision.why


def test_a_call_that_comes_back_while_its_target_rings_becomes_a_message(demo: Company) -> None:
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK))
    rung = ("crew", "erin")
    call = replace(a_call(), forwarded_from=ERIN.number, engaged=rung, for_caller=rung)
    decision = decided(RINGING, company, call)
    assert isinstance(decision.reply.next, Record)
    assert decision.reply.say[0] == sentences.LOOP
    elsewhere = replace(call, for_caller=("sam",))
    assert isinstance(decided(RINGING, company, elsewhere).reply.next, Listen)


def test_an_engaged_telephone_passes_other_callers_on_to_the_agent(demo: Company) -> None:
    company = replace(demo, targets=(CREW, ERIN, SAM, DESK))
    call = replace(a_call(), forwarded_from=ERIN.number, engaged=("crew", "erin"))
    assert isinstance(decided(RINGING, company, call).reply.next, Listen)


def test_a_call_from_the_companys_own_number_becomes_a_message(demo: Company) -> None:
    looping = replace(a_call(), caller_id=demo.numbers[0])
    for _ in range(2):
        assert isinstance(decided(RINGING, demo, a_call()).reply.next, Listen)
        assert isinstance(decided(RINGING, demo, looping).reply.next, Record)
    both = decided(Ringing(over_limit=True), demo, looping)
    assert both.reply.say[0] == sentences.TOO_MANY_CALLS
