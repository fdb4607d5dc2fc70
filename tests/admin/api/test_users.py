from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def test_users_are_listed_page_by_page(desk: Desk) -> None:
    first = await desk.api("GET", "/users?limit=3", as_="administrator")
    path = f"/users?limit=3&before={first.json['next']}"
    rest = await desk.api("GET", path, as_="administrator")

    emails = [one["email"] for one in (*first.json["items"], *rest.json["items"])]
    assert rest.json["next"] is None
    assert emails == [
        f"{role}@acme.example" for role in ("administrator", "member", "owner", "reader")
    ]


async def test_users_are_searched(desk: Desk) -> None:
    answer = await desk.api("GET", "/users?q=own", as_="administrator")

    assert [one["id"] for one in answer.json["items"]] == ["owner"]


async def test_a_user_is_changed_and_the_last_administrator_stays(desk: Desk) -> None:
    changed = await desk.api(
        "PATCH", "/users/member", json={"admin": True, "disabled": True}, as_="administrator"
    )
    last = await desk.api(
        "PATCH", "/users/administrator", json={"admin": False}, as_="administrator"
    )

    assert (changed.json["admin"], changed.json["disabled"]) == (True, True)
    assert last.status_code == 422


async def test_a_user_who_is_none_is_not_found(desk: Desk) -> None:
    assert (await desk.api("GET", "/users/none", as_="administrator")).status_code == 404


async def test_links_are_made_by_administrators_alone(desk: Desk) -> None:
    reset = await desk.api("POST", "/users/member/link", as_="administrator")
    wanted = {"email": "carl@agency.example"}
    invited = await desk.api("POST", "/users/invitations", json=wanted, as_="administrator")
    refused = await desk.api("POST", "/users/member/link", as_="owner")

    assert "/link/" in reset.json["url"]
    assert "/link/" in invited.json["url"]
    assert refused.status_code == 403
