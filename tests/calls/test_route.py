from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.route import RouteKind, may_ring, route, someone
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy
from tests.conftest import CLOSED, HOLIDAY, OPEN, SUSPENDED

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def closing_with(company: Company, policy: AfterHoursPolicy, target: str | None = None) -> Company:
    return replace(company, after_hours=AfterHours(policy, target))


def test_an_open_company_answers_and_says_which_rule_opened_it(demo: Company) -> None:
    way = route(demo, OPEN)
    assert way.kind is RouteKind.ANSWER
    assert way.why == way.status.reason


def test_after_hours_the_policy_decides(demo: Company) -> None:
    ways = {
        policy: route(closing_with(demo, policy, "on-call"), CLOSED).kind
        for policy in AfterHoursPolicy
    }
    assert ways == {
        AfterHoursPolicy.MESSAGE: RouteKind.MESSAGE,
        AfterHoursPolicy.FORWARD: RouteKind.FORWARD,
        AfterHoursPolicy.ANSWER: RouteKind.ANSWER,
    }


def test_a_holiday_is_named_in_the_reason(demo: Company) -> None:
    assert "Christmas" in route(closing_with(demo, AfterHoursPolicy.MESSAGE), HOLIDAY).why


def test_a_forward_to_nobody_becomes_a_message(demo: Company) -> None:
    way = route(closing_with(demo, AfterHoursPolicy.FORWARD, "gone"), CLOSED)
    assert way.kind is RouteKind.MESSAGE


def test_inactive_goes_before_hours(demo: Company) -> None:
    assert route(replace(demo, account=SUSPENDED), OPEN).kind is RouteKind.INACTIVE
    assert route(demo, OPEN, number_active=False).kind is RouteKind.INACTIVE


def test_who_is_always_available_may_be_rung_at_night(demo: Company) -> None:
    office, on_call = demo.targets
    assert not may_ring(demo, office, CLOSED)
    assert may_ring(demo, on_call, CLOSED)


def test_nobody_stands_in_for_the_one_who_is_wanted(demo: Company) -> None:
    office, on_call = demo.targets
    assert someone(demo, CLOSED, wanted=office) is None
    assert someone(demo, CLOSED) is on_call
    assert someone(demo, OPEN) is office
