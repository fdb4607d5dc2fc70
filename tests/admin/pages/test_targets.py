"""The pages of people and departments to ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.targets import free_id
from tests.admin.desk import Page

if TYPE_CHECKING:
    from clientsvia.companies.routing_profiles import TargetProfile
    from tests.admin.desk import Desk

HOURS = "/companies/demo/hours"
LIST = f"{HOURS}/targets"
NEW = f"{HOURS}/new-target"


async def stored(desk: Desk, target: str) -> TargetProfile | None:
    found = await desk.services.companies.get("demo")
    assert found is not None
    return next((one for one in found.profile.targets if one.id == target), None)


async def test_a_person_is_added_changed_and_taken_away(desk: Desk) -> None:
    page = await desk.page(NEW)
    assert page.fields["ring_seconds"] == "18"
    typed = page.fields | {"name": "Erin", "number": "(239) 555-0150", "fallback": "office"}

    answer = await desk.post(NEW, typed)

    assert answer.headers["location"] == f"{LIST}?said=saved"
    erin = await stored(desk, "erin")
    assert erin is not None
    assert (erin.number, erin.fallback, erin.accept) == ("+12395550150", "office", True)
    assert "Erin" in (await desk.page(LIST)).text

    page = await desk.page(f"{LIST}/erin")
    unchanged = await desk.post(f"{LIST}/erin", page.fields)
    assert unchanged.headers["location"] == f"{LIST}?said=unchanged"
    fields = page.fields | {"ring_seconds": "30"}
    del fields["accept"]
    await desk.post(f"{LIST}/erin", fields)
    erin = await stored(desk, "erin")
    assert erin is not None
    assert (erin.ring_seconds, erin.accept) == (30, False)

    page = await desk.page(f"{LIST}/erin")
    await desk.post(f"{LIST}/erin", page.fields | {"_remove": "on"})
    assert await stored(desk, "erin") is None
    assert (await desk.get(f"{LIST}/erin")).status_code == 404


async def test_a_department_has_members_turns_swaps_and_hours_of_its_own(desk: Desk) -> None:
    page = await desk.page(NEW)
    typed = page.fields | {
        "name": "the crew",
        "members": "office, on-call",
        "rota.starts": "2026-11-23T08:00",
        "rota.days": "7",
        "rota.order": "office, on-call",
        "rota.swaps.0.from": "2026-12-24T08:00",
        "rota.swaps.0.to": "2026-12-26T08:00",
        "rota.swaps.0.member": "on-call",
        "own_hours": "on",
        "hours.weekly.monday": "8:00-18:00",
    }

    await desk.post(NEW, typed)

    crew = await stored(desk, "the-crew")
    assert crew is not None
    assert crew.members == ("office", "on-call")
    assert crew.rota is not None
    assert [swap.member for swap in crew.rota.swaps] == ["on-call"]
    assert crew.hours is not None
    assert crew.hours.weekly == {"monday": ("08:00-18:00",)}
    page = await desk.page(f"{LIST}/the-crew")
    assert page.fields["rota.swaps.0.from"] == "2026-12-24T08:00:00"
    answer = await desk.post(f"{LIST}/the-crew", page.fields)
    assert answer.headers["location"] == f"{LIST}?said=unchanged"


async def test_what_is_wrong_stands_beside_the_field_of_this_entry(desk: Desk) -> None:
    page = await desk.page(f"{LIST}/on-call")

    answer = await desk.post(f"{LIST}/on-call", page.fields | {"number": "911"})

    assert answer.status_code == 422
    assert 'id="number-error"' in answer.text
    assert Page(answer.text).fields["number"] == "911"
    answer = await desk.post(f"{LIST}/on-call", page.fields | {"number": "", "members": ""})
    assert "give a person" in answer.text
    assert 'id="number-error"' in answer.text


async def test_whoever_is_named_elsewhere_is_not_taken_away_unseen(desk: Desk) -> None:
    routing = await desk.page(f"{HOURS}/routing")
    await desk.post(f"{HOURS}/routing", routing.fields | {"urgent.target": "on-call"})
    page = await desk.page(f"{LIST}/on-call")

    answer = await desk.post(f"{LIST}/on-call", page.fields | {"_remove": "on"})

    assert answer.status_code == 422
    assert "no target has the id" in answer.text
    assert await stored(desk, "on-call") is not None


def test_an_id_is_made_of_the_name_and_is_free() -> None:
    assert free_id("Front Desk", ()) == "front-desk"
    assert free_id("Front Desk", ("front-desk", "front-desk-2")) == "front-desk-3"
    assert free_id("前台", ()) == "target"
