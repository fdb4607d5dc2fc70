from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Role
from tests.admin.desk import OWN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PEOPLE = "/companies/demo/people"


async def roles(desk: Desk) -> dict[str, Role]:
    people = await desk.services.access.users.people_of(OWN)
    return {one.id: one.memberships[OWN] for one in people}


async def test_readers_see_everybody_and_change_nobody(desk: Desk) -> None:
    page = await desk.page(PEOPLE, as_="reader")

    assert "owner@acme.example" in page.text
    assert "Invite somebody" not in page.text
    assert (await desk.post(f"{PEOPLE}/member", {"role": "owner"}, as_="reader")).status_code == 403


async def test_an_invitation_is_shown_once_and_stands_there_until_it_is_followed(
    desk: Desk,
) -> None:
    made = await desk.post(PEOPLE, {"email": "Bob@Acme.example", "role": "member"})

    assert "https://answers.example/link/" in made.text
    assert "Send it to that person alone" in made.text
    page = await desk.page(PEOPLE)
    assert "/link/" not in page.html
    assert "bob@acme.example" in page.text


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"email": "bob", "role": "owner"}, "email"),
        ({"email": "bob@acme.example", "role": "emperor"}, "role"),
    ],
)
async def test_an_invitation_to_nobody_or_nothing_is_refused_beside_the_field(
    desk: Desk, form: dict[str, str], field: str
) -> None:
    answer = await desk.post(PEOPLE, form)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert await desk.services.stores.access.links.of(OWN) == []


async def test_an_invitation_is_taken_back(desk: Desk) -> None:
    await desk.post(PEOPLE, {"email": "bob@acme.example", "role": "member"})
    (link,) = await desk.services.stores.access.links.of(OWN)

    answer = await desk.post(f"{PEOPLE}/invitations/{link.id}", {})
    again = await desk.post(f"{PEOPLE}/invitations/{link.id}", {})

    assert answer.status_code == 303
    assert again.status_code == 422
    assert "load the page again" in again.text
    assert await desk.services.stores.access.links.of(OWN) == []


async def test_a_role_is_changed_and_told_to_the_audit_log(desk: Desk) -> None:
    await desk.post(f"{PEOPLE}/member", {"role": "reader"})

    assert (await roles(desk))["member"] is Role.READER
    (entry,) = await desk.services.stores.audit.entries(OWN)
    assert (entry.act, entry.by, entry.subject) == (
        "role changed",
        "owner@acme.example",
        "member@acme.example",
    )
    assert entry.detail == {"before": "member", "after": "reader"}


async def test_the_last_owner_stays(desk: Desk) -> None:
    demoted = await desk.post(f"{PEOPLE}/owner", {"role": "member"})
    removed = await desk.post(f"{PEOPLE}/owner", {"remove": "yes", "confirm": "owner@acme.example"})

    assert demoted.status_code == removed.status_code == 422
    assert "this is the last owner" in demoted.text
    assert (await roles(desk))["owner"] is Role.OWNER


async def test_a_removal_is_confirmed_by_the_address(desk: Desk) -> None:
    slip = await desk.post(f"{PEOPLE}/member", {"remove": "yes", "confirm": "member"})
    assert slip.status_code == 422
    assert "member" in await roles(desk)

    await desk.post(f"{PEOPLE}/member", {"remove": "yes", "confirm": "Member@acme.example"})

    assert "member" not in await roles(desk)
    assert (await desk.get("/companies/demo/people", as_="member")).status_code == 404


async def test_nobody_is_taken_into_a_company_without_an_invitation(desk: Desk) -> None:
    answer = await desk.post(f"{PEOPLE}/administrator", {"role": "reader"})

    assert answer.status_code == 422
    assert "administrator@acme.example" not in answer.text
    assert "administrator" not in await roles(desk)


async def test_the_addresses_below_the_page_lead_back_to_it(desk: Desk) -> None:
    for below in ("member", "invitations/none"):
        answer = await desk.get(f"{PEOPLE}/{below}")
        assert answer.headers["location"] == PEOPLE
