"""Who of a target may be rung, in which order, and why."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clientsvia.companies.duty import on_duty
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company
from tests.companies.minute_by_minute import (
    ZONES,
    clock_changes,
    is_open,
    on_turn,
    schedules,
)

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = "2026-11-23T10:00"
WEEK = {"monday": ["08:00-17:00"], "thursday": ["08:00-17:00"], "friday": ["22:00-06:00"]}
ANA = {"id": "ana", "name": "Ana", "number": "+12395550120"}
BO = {"id": "bo", "name": "Bo", "number": "+12395550121", "availability": "always"}
CY = {"id": "cy", "name": "Cy", "number": "+12395550122", "availability": "always"}
ROTA = {"starts": "2026-11-23T08:00", "order": ["bo", "cy"]}


def duty(
    target: str, at: str, *targets: dict[str, Any], **fields: Any
) -> tuple[list[str], str, datetime | None]:
    profile = CompanyProfile.model_validate(
        {
            "slug": "shop",
            "name": "Shop",
            "time_zone": "America/New_York",
            "hours": {"weekly": WEEK, "holidays": {"country": "US"}},
            "targets": targets,
        }
        | fields
    )
    now = datetime.fromisoformat(at).replace(tzinfo=NEW_YORK)
    company = compile_company(StoredProfile(profile, 1), now)
    wanted = company.target(target)
    assert wanted is not None
    told = on_duty(company, wanted, now)
    return [person.id for person in told.people], told.why, told.until


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK)


def with_hours(target: dict[str, Any], **hours: Any) -> dict[str, Any]:
    return target | {
        "hours": {"weekly": {"monday": ["12:00-20:00"], "thursday": ["12:00-20:00"]}} | hours
    }


def test_without_hours_of_its_own_a_person_is_there_while_the_company_is_open() -> None:
    assert duty("ana", MONDAY, ANA) == (
        ["ana"],
        "open: Monday 08:00-17:00 (weekly), as the company",
        at("2026-11-23T17:00"),
    )
    assert duty("ana", "2026-11-23T18:00", ANA)[0] == []


def test_who_is_always_available_may_be_rung_at_night_and_no_end_is_known() -> None:
    assert duty("bo", "2026-11-24T03:00", BO) == (["bo"], "always available", None)


@pytest.mark.parametrize(
    ("hour", "people"), [("10:00", []), ("12:00", ["ana"]), ("19:59", ["ana"])]
)
def test_own_hours_decide_instead(hour: str, people: list[str]) -> None:
    found, why, _ = duty("ana", f"2026-11-23T{hour}", with_hours(ANA))
    assert found == people
    assert why.endswith("Monday 12:00-20:00 (weekly), its own hours")


def test_what_closes_the_company_closes_those_with_hours_of_their_own() -> None:
    thanksgiving = "2026-11-26T13:00"
    people, why, _ = duty("ana", thanksgiving, with_hours(ANA))
    assert (people, why) == ([], "closed: Thanksgiving Day (holiday), its own hours")


@pytest.mark.parametrize(
    "unlike",
    [
        {"exceptions": [{"date": "2026-11-26", "hours": ["12:00-14:00"]}]},
        {"holidays": {"country": "US", "open": ["Thanksgiving Day"]}},
        {"holidays": {"country": "US", "hours": {"Thanksgiving Day": ["12:00-14:00"]}}},
    ],
)
def test_unless_their_own_exceptions_or_holidays_say_otherwise(unlike: dict[str, Any]) -> None:
    assert duty("ana", "2026-11-26T13:00", with_hours(ANA, **unlike))[0] == ["ana"]


def test_or_they_are_always_available_within_their_hours() -> None:
    on_call = with_hours(BO)
    assert duty("bo", "2026-11-26T13:00", on_call)[0] == ["bo"]
    assert duty("bo", "2026-11-26T11:00", on_call)[0] == []


def test_a_short_day_of_the_company_is_a_short_day_for_all() -> None:
    hours = {"weekly": WEEK, "exceptions": [{"date": "2026-11-23", "hours": ["08:00-14:00"]}]}
    assert duty("ana", "2026-11-23T13:00", with_hours(ANA), hours=hours)[0] == ["ana"]
    assert duty("ana", "2026-11-23T15:00", with_hours(ANA), hours=hours)[0] == []


def test_a_company_closed_by_hand_is_closed_for_those_with_hours_of_their_own() -> None:
    override = {"state": "closed", "until": "2026-11-23T14:00:00-05:00", "label": "fire drill"}
    hours = {"weekly": WEEK, "override": override}
    people, why, until = duty("ana", "2026-11-23T13:00", with_hours(ANA), hours=hours)
    assert (people, until) == ([], at("2026-11-23T14:00"))
    assert "fire drill" in why
    own = {"override": {"state": "open"}}
    assert duty("ana", "2026-11-23T13:00", with_hours(ANA, **own), hours=hours)[0] == ["ana"]
    opened = {"weekly": WEEK, "override": {"state": "open"}}
    assert duty("ana", "2026-11-23T10:00", with_hours(ANA), hours=opened)[0] == []


def test_of_a_department_those_are_rung_who_are_there_in_their_order() -> None:
    team = {
        "id": "team",
        "name": "the team",
        "members": ["cy", "ana", "bo"],
        "availability": "always",
    }
    assert duty("team", MONDAY, team, ANA, BO, CY)[0] == ["cy", "ana", "bo"]
    assert duty("team", "2026-11-24T03:00", team, ANA, BO, CY)[0] == ["cy", "bo"]


def test_a_department_that_is_closed_rings_nobody() -> None:
    team = {"id": "team", "name": "the team", "members": ["bo"]}
    assert duty("team", "2026-11-24T03:00", team, BO)[0] == []


def test_a_department_whose_members_are_all_away_says_so() -> None:
    team = {"id": "team", "name": "the team", "members": ["ana"], "availability": "always"}
    people, why, _ = duty("team", "2026-11-24T03:00", team, ANA)
    assert (people, why) == ([], "always available; none of its members may be rung")


def on_call(**fields: Any) -> dict[str, Any]:
    return {"id": "team", "name": "the team", "availability": "always", "rota": ROTA} | fields


def test_a_rota_puts_who_is_on_duty_first_and_who_has_no_turns_last() -> None:
    team = on_call(members=["ana", "bo", "cy"])
    assert duty("team", "2026-11-26T03:00", team, ANA, BO, CY) == (
        ["bo", "cy"],
        "always available; bo is on duty until Mon 2026-11-30 08:00",
        at("2026-11-30T08:00"),
    )
    assert duty("team", "2026-11-30T08:00", team, ANA, BO, CY)[0] == ["cy", "bo", "ana"]


def test_a_rota_that_has_not_begun_leaves_its_order() -> None:
    people, why, _ = duty("team", "2026-11-22T08:00", on_call(members=["cy", "bo"]), BO, CY)
    assert (people, why) == (["bo", "cy"], "always available; the rota begins Mon 2026-11-23 08:00")


def test_a_swap_puts_the_stand_in_first_also_one_without_turns() -> None:
    swap = {"from": "2026-11-24T08:00", "to": "2026-11-25T08:00", "member": "dee"}
    dee = BO | {"id": "dee", "number": "+12395550123"}
    team = on_call(members=["bo", "cy", "dee"], rota=ROTA | {"swaps": [swap]})
    people, why, until = duty("team", "2026-11-24T12:00", team, BO, CY, dee)
    assert (people[0], until) == ("dee", at("2026-11-25T08:00"))
    assert "dee stands in until Wed 2026-11-25 08:00" in why


def test_who_is_on_duty_but_away_is_left_to_the_next() -> None:
    away = with_hours(BO, override={"state": "closed", "label": "ill"})
    people, why, _ = duty("team", "2026-11-24T12:00", on_call(members=["bo", "cy"]), away, CY)
    assert people == ["cy"]
    assert "bo is on duty" in why


def test_the_turn_is_told_while_the_department_is_closed() -> None:
    team = on_call(members=["bo", "cy"], availability="open")
    people, why, until = duty("team", "2026-11-24T12:00", team, BO, CY)
    assert (people, until) == ([], at("2026-11-26T08:00") + timedelta(days=1, hours=14))
    assert "bo is on duty" in why


@settings(max_examples=15, deadline=None)
@given(zone=st.sampled_from(ZONES), data=st.data())
def test_duties_agree_with_a_walk_minute_by_minute(zone: str, data: st.DataObject) -> None:
    around = data.draw(st.sampled_from(clock_changes(zone)))
    drawn = {name: data.draw(schedules(around, zone)) for name in ("company", "team", "bo", "cy")}
    assume(all(drawn.values()))
    there = ZoneInfo(zone)
    starts = around.astimezone(there).replace(tzinfo=None, minute=0, second=0)
    starts += timedelta(minutes=15 * data.draw(st.integers(-3 * 96, 96)))
    days = data.draw(st.integers(1, 2))
    rota = {"starts": starts, "days": days, "order": ["cy", "bo"]}
    targets: list[dict[str, Any]] = [
        {"id": "team", "name": "team", "members": ["bo", "cy"], "rota": rota},
        BO | {"availability": data.draw(st.sampled_from(("open", "always")))},
        dict(CY),
    ]
    for target in targets:
        target["hours"] = drawn[target["id"]]
    profile = CompanyProfile.model_validate(
        {
            "slug": "shop",
            "name": "Shop",
            "time_zone": zone,
            "hours": drawn["company"],
            "targets": targets,
        }
    )
    company = compile_company(StoredProfile(profile, 1), around)
    open_at = {
        target["id"]: is_open(
            drawn[target["id"]] or profile.hours,
            there,
            profile.hours if target.get("availability") == "open" or target is targets[0] else None,
        )
        for target in targets
    }
    moment = around + timedelta(minutes=data.draw(st.integers(-36 * 60, 36 * 60)))
    turn = on_turn(("cy", "bo"), starts, days, moment, there)
    order = ["bo", "cy"] if turn == "bo" else ["cy", "bo"]
    expected = [name for name in order if open_at["team"](moment) and open_at[name](moment)]
    told = on_duty(company, company.targets[0], moment)
    assert [person.id for person in told.people] == expected
