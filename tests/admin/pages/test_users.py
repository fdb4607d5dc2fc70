from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.admin.desk import PASSWORD

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def test_administrators_alone_see_all_users(desk: Desk) -> None:
    page = await desk.page("/users", as_="administrator")

    assert "member of demo" in page.text
    assert (await desk.get("/users", as_="owner")).status_code == 403


async def test_users_are_found_by_address_name_and_company(desk: Desk) -> None:
    for wanted in ("MEMBER@", "Member"):
        page = await desk.page(f"/users?q={wanted}", as_="administrator")
        assert "member@acme.example" in page.text
        assert "owner@acme.example" not in page.text
    assert "owner@acme.example" in (await desk.page("/users?q=demo", as_="administrator")).text


async def test_a_search_without_a_find_says_what_to_do(desk: Desk) -> None:
    page = await desk.page("/users?q=nobody", as_="administrator")

    assert "Nobody is found" in page.text
    assert "/users" in page.links


async def test_a_long_list_goes_on_at_another_page(desk: Desk) -> None:
    users = desk.services.stores.access.users
    somebody = await users.get("member")
    assert somebody is not None
    for number in range(60):
        email = f"user{number:02}@many.example"
        await users.add(replace(somebody, id=email, email=email), "")

    page = await desk.page("/users?q=many", as_="administrator")
    (more,) = (link for link in page.links if "after=" in link)
    rest = await desk.page(more, as_="administrator")

    assert "user49@" in page.text
    assert "user50@" not in page.text
    assert "user50@" in rest.text
    assert "user59@" in rest.text


async def test_an_administrator_is_invited(desk: Desk) -> None:
    answer = await desk.post("/users", {"email": "carl@agency.example"}, as_="administrator")

    assert "https://answers.example/link/" in answer.text


async def test_who_is_disabled_is_out_at_once_and_comes_back_when_enabled(desk: Desk) -> None:
    await desk.page("/account", as_="member")

    await desk.post("/users/member", {"act": "disable"}, as_="administrator")
    out = await desk.get("/account", as_="member")
    await desk.post("/users/member", {"act": "enable"}, as_="administrator")

    assert out.status_code == 303
    desk.sessions.pop("member")
    assert (await desk.get("/account", as_="member")).status_code == 200


async def test_a_user_is_made_an_administrator_and_one_no_more(desk: Desk) -> None:
    await desk.post("/users/member", {"act": "admin"}, as_="administrator")
    assert (await desk.get("/users", as_="member")).status_code == 200

    await desk.post("/users/member", {"act": "no-admin"}, as_="administrator")
    assert (await desk.get("/users", as_="member")).status_code == 403


@pytest.mark.parametrize("act", ["no-admin", "disable"])
async def test_the_last_administrator_stays(desk: Desk, act: str) -> None:
    answer = await desk.post("/users/administrator", {"act": act}, as_="administrator")

    assert answer.status_code == 422
    assert "last administrator" in answer.text
    assert (await desk.get("/users", as_="administrator")).status_code == 200


async def test_a_link_to_another_password_is_shown_once(desk: Desk) -> None:
    answer = await desk.post("/users/member", {"act": "reset"}, as_="administrator")

    path = answer.text.split("https://answers.example")[1].split("<")[0]
    used = await desk.post(path, {"password": PASSWORD}, as_="stranger")
    assert used.status_code == 303
    assert "/link/" not in (await desk.page("/users/member", as_="administrator")).html


async def test_a_user_who_is_none_is_not_found(desk: Desk) -> None:
    answer = await desk.get("/users/none", as_="administrator")

    assert answer.status_code == 404
    assert "load the list of users again" in answer.text
