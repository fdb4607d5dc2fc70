from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"


async def test_people_are_listed_with_their_roles(desk: Desk) -> None:
    answer = await desk.api("GET", f"{OF}/people", as_="reader")

    assert {one["id"]: one["role"] for one in answer.json["items"]} == {
        "member": "member",
        "owner": "owner",
        "reader": "reader",
    }


async def test_a_role_is_changed_and_taken(desk: Desk) -> None:
    changed = await desk.api("PUT", f"{OF}/people/member", json={"role": "reader"})
    removed = await desk.api("DELETE", f"{OF}/people/member")

    assert changed.json["role"] == "reader"
    assert removed.status_code == 204
    assert (await desk.api("GET", f"{OF}/people", as_="member")).status_code == 404


async def test_the_last_owner_and_who_is_of_no_company_are_left_alone(desk: Desk) -> None:
    for user_id in ("owner", "administrator", "none"):
        answer = await desk.api("PUT", f"{OF}/people/{user_id}", json={"role": "reader"})
        assert answer.status_code == 422, user_id


async def test_somebody_is_invited_and_the_invitation_taken_back(desk: Desk) -> None:
    wanted = {"email": "bob@acme.example", "role": "member"}

    made = await desk.api("POST", f"{OF}/invitations", json=wanted)
    listed = await desk.api("GET", f"{OF}/invitations")
    taken = await desk.api("DELETE", f"{OF}/invitations/{listed.json['items'][0]['id']}")

    assert made.status_code == 201
    assert made.json["url"].startswith("https://answers.example/link/")
    assert made.json["mailed"] is False
    assert "link/" not in listed.text
    assert taken.status_code == 204
    assert (await desk.api("GET", f"{OF}/invitations")).json["items"] == []


async def test_members_invite_nobody(desk: Desk) -> None:
    wanted = {"email": "bob@acme.example", "role": "owner"}

    answer = await desk.api("POST", f"{OF}/invitations", json=wanted, as_="member")

    assert answer.status_code == 403
