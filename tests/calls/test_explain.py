"""An explanation says what a call does, at any moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.events import RINGING
from clientsvia.calls.explain import decided_for, explain, rung_at_first
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Connect, Decision
from clientsvia.calls.route import RouteKind, may_ring, route
from clientsvia.calls.state import Call, CallState
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, First, Ring, Routing
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import CLOSED, HOLIDAY, OPEN, SUSPENDED

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

NUMBER = "+12395551212"


def test_it_tells_the_rule_the_route_and_who_may_be_rung(demo: Company) -> None:
    told = explain(demo, NUMBER, HOLIDAY)
    assert told.at == datetime(2026, 12, 25, 10, 0, tzinfo=ZoneInfo("America/New_York"))
    assert (told.route.status.label, told.route.kind) == ("Christmas Day", RouteKind.ANSWER)
    assert [(target.id, len(duty.people)) for target, duty in told.duties] == [
        ("office", 0),
        ("on-call", 1),
    ]


def test_it_knows_of_numbers_that_are_switched_off(demo: Company) -> None:
    told = explain(replace(demo, inactive_numbers=frozenset({NUMBER})), NUMBER, OPEN)
    assert (told.number_active, told.route.kind) == (False, RouteKind.INACTIVE)
    assert told.route.why == "the number is switched off"


def test_it_knows_how_the_account_stands(demo: Company) -> None:
    told = explain(replace(demo, account=SUSPENDED), NUMBER, OPEN)
    assert (told.number_active, told.route.why) == (True, "the company is suspended")


def test_a_call_logs_the_same_reason(demo: Company) -> None:
    for policy in (AfterHoursPolicy.MESSAGE, AfterHoursPolicy.ANSWER):
        company = replace(demo, after_hours=AfterHours(policy, None))
        for now in (OPEN, CLOSED, HOLIDAY):
            call = Call("CA1", CallState(company.slug, int(now.timestamp())), NUMBER)
            decision = decide(RINGING, company, call, now)
            assert isinstance(decision, Decision)
            assert decision.why == explain(company, NUMBER, now).route.why


def test_it_rings_first_whom_the_call_rings(demo: Company) -> None:
    people = replace(demo, targets=(replace(CREW, ring=Ring.TOGETHER), ERIN, SAM, DESK))
    forward = replace(people, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "crew"))
    staff = replace(people, routing=Routing(First.STAFF, "crew", 15))
    for company, now in ((forward, CLOSED), (staff, OPEN)):
        foretold = rung_at_first(explain(company, NUMBER, now))
        connect = decided_for(company, NUMBER, now, "+12395550123").reply.next
        assert foretold is not None
        assert isinstance(connect, Connect)
        rung = [callee.target for callee in connect.callees]
        assert [person.id for person in foretold.rounds[0].people] == rung == ["erin", "sam"]
    assert rung_at_first(explain(people, NUMBER, OPEN)) is None


@given(minutes=st.integers(0, 2 * 365 * 1440))
def test_it_takes_the_way_of_a_call_at_any_moment(demo: Company, minutes: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    told = explain(demo, NUMBER, now)
    assert told.route == route(demo, now)
    assert [bool(duty.people) for _, duty in told.duties] == [
        may_ring(demo, target, now) for target in demo.targets
    ]
