"""Who would be rung, in which order: the same for a call and for whoever asks beforehand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.ringing.plan import ALONE, PERSONS_AT_MOST, Plan, Situation, plan
from clientsvia.companies.routing import Availability, Ring, Rota
from tests.calls.people import CREW, DESK, ERIN, SAM, person
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target


def planned(
    demo: Company, *targets: Target, now: datetime = OPEN, situation: Situation = ALONE
) -> Plan:
    """The plan for the first of these targets."""
    return plan(replace(demo, targets=targets), targets[0], now, situation)


def rung(made: Plan) -> list[list[str]]:
    return [[one.id for one in round_.people] for round_ in made.rounds]


def test_a_person_is_rung_for_its_own_time(demo: Company) -> None:
    (round_,) = planned(demo, replace(ERIN, ring_seconds=25)).rounds
    assert (round_.people[0].id, round_.seconds) == ("erin", 25)


def test_members_are_rung_one_after_the_other_then_the_fallback(demo: Company) -> None:
    assert rung(planned(demo, CREW, ERIN, SAM, DESK)) == [["erin"], ["sam"], ["desk"]]


def test_members_may_be_rung_together_for_the_departments_time(demo: Company) -> None:
    together = replace(CREW, ring=Ring.TOGETHER, ring_seconds=30)
    made = planned(demo, together, ERIN, SAM, DESK)
    assert rung(made) == [["erin", "sam"], ["desk"]]
    assert [round_.seconds for round_ in made.rounds] == [30, 18]


def test_twilio_rings_ten_at_once_and_nobody_hears_more_than_ten_phones(demo: Company) -> None:
    people = [person(f"p{n}", f"+123955502{n:02}") for n in range(15)]
    names = tuple(one.id for one in people)
    crew = replace(CREW, members=names, ring=Ring.TOGETHER, fallback=None)
    assert [len(round_) for round_ in rung(planned(demo, crew, *people))] == [10]
    in_order = planned(demo, replace(crew, ring=Ring.ORDER), *people)
    assert len(in_order.rounds) == PERSONS_AT_MOST


def test_who_was_tried_is_not_rung_again_even_behind_another_department(demo: Company) -> None:
    again = replace(CREW, id="again", fallback=None)
    crew = replace(CREW, fallback="again")
    made = planned(demo, crew, ERIN, SAM, again, situation=Situation(tried=("erin",)))
    assert rung(made) == [["sam"]]
    ten = Situation(tried=tuple(f"p{n}" for n in range(PERSONS_AT_MOST)))
    assert planned(demo, crew, ERIN, SAM, again, situation=ten).rounds == ()


def test_a_circle_of_fallbacks_in_a_stored_profile_ends(demo: Company) -> None:
    desk = replace(DESK, fallback="crew")
    assert rung(planned(demo, CREW, ERIN, SAM, desk)) == [["erin"], ["sam"], ["desk"]]


def test_hours_leave_people_out_unless_it_does_not_matter(demo: Company) -> None:
    by_day = replace(ERIN, availability=Availability.OPEN)
    crew = replace(CREW, fallback=None)
    assert rung(planned(demo, crew, by_day, SAM, now=CLOSED)) == [["sam"]]
    alone = replace(crew, members=("erin",))
    assert planned(demo, alone, by_day, now=CLOSED).rounds == ()
    made = planned(demo, alone, by_day, now=CLOSED, situation=Situation(anytime=True))
    assert rung(made) == [["erin"]]
    assert made.why.endswith("rung all the same")


ANYTIME = Situation(anytime=True)
SAMS_TURN = Rota(datetime.fromisoformat("2026-11-16T08:00"), timedelta(days=7), ("sam", "erin"), ())


def test_at_any_time_turns_are_kept_though_nobody_is_on_duty(demo: Company) -> None:
    by_day = replace(CREW, rota=SAMS_TURN, availability=Availability.OPEN)
    made = planned(demo, by_day, ERIN, SAM, DESK, now=CLOSED, situation=ANYTIME)
    assert rung(made) == [["sam"], ["erin"], ["desk"]]


def test_at_any_time_whose_turn_it_is_is_rung_first_whatever_their_hours(demo: Company) -> None:
    crew = replace(CREW, rota=SAMS_TURN)
    sam = replace(SAM, availability=Availability.OPEN)
    made = planned(demo, crew, ERIN, sam, DESK, now=CLOSED, situation=ANYTIME)
    assert rung(made) == [["sam"], ["erin"], ["desk"]]
    assert rung(planned(demo, crew, ERIN, sam, DESK, now=CLOSED)) == [["erin"], ["desk"]]


@pytest.mark.parametrize("number", ["+881612345678", "+1911", "+19005551212", "+2207123456"])
def test_a_number_that_is_refused_is_passed_over_with_a_reason(demo: Company, number: str) -> None:
    made = planned(demo, CREW, replace(ERIN, number=number), SAM, DESK)
    assert rung(made) == [["sam"], ["desk"]]
    (skipped,) = made.skipped
    assert (skipped.target, skipped.refused) == ("erin", True)


def test_numbers_that_lead_back_to_the_call_are_passed_over(demo: Company) -> None:
    back = Situation(avoid=frozenset({ERIN.number}))
    assert rung(planned(demo, CREW, ERIN, SAM, DESK, situation=back)) == [["sam"], ["desk"]]
    own = replace(ERIN, number=demo.numbers[0])
    made = planned(demo, CREW, own, SAM, DESK)
    assert rung(made) == [["sam"], ["desk"]]
    assert not made.skipped[0].refused


def test_who_has_as_many_calls_as_allowed_is_passed_over(demo: Company) -> None:
    busy = Situation(engaged=("crew", "erin"))
    once = replace(ERIN, calls_at_once=1)
    made = planned(demo, CREW, once, SAM, DESK, situation=busy)
    assert rung(made) == [["sam"], ["desk"]]
    assert "erin has 1 calls" in made.skipped[0].why
    twice = replace(ERIN, calls_at_once=2)
    assert rung(planned(demo, CREW, twice, SAM, DESK, situation=busy))[0] == ["erin"]
    limited = replace(CREW, calls_at_once=1)
    assert rung(planned(demo, limited, ERIN, SAM, DESK, situation=busy)) == [["desk"]]
