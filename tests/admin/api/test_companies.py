from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.desk import Desk

NEW = {"name": "Sandy Shoes", "time_zone": "America/New_York", "number": "(239) 555-1262"}


async def test_everybody_sees_their_own_companies(desk: Desk) -> None:
    own = await desk.api("GET", "/companies", as_="reader")
    every = await desk.api("GET", "/companies", as_="administrator")

    assert [one["slug"] for one in own.json["items"]] == ["demo"]
    assert {one["slug"] for one in every.json["items"]} == {"demo", "globex"}
    assert own.json["found"] == 1
    assert own.json["items"][0]["calls_today"] == 0
    assert own.json["items"][0]["badge"]["standing"] == "never called"


async def test_the_list_is_read_page_by_page(desk: Desk) -> None:
    first = await desk.api("GET", "/companies?limit=1", as_="administrator")
    after = first.json["next"]
    second = await desk.api("GET", f"/companies?limit=1&after={after}", as_="administrator")

    slugs = [one["slug"] for page in (first, second) for one in page.json["items"]]
    assert sorted(slugs) == ["demo", "globex"]
    assert second.json["next"] is None


async def test_companies_are_searched_for(desk: Desk) -> None:
    by_name = await desk.api("GET", "/companies?q=GLOBEX", as_="administrator")
    by_state = await desk.api("GET", "/companies?state=suspended", as_="administrator")

    assert [one["slug"] for one in by_name.json["items"]] == ["globex"]
    assert by_state.json == {"items": [], "next": None, "found": 0}


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "state=odd", "bogus=1"])
async def test_what_cannot_be_asked_is_told_by_its_name(desk: Desk, query: str) -> None:
    answer = await desk.api("GET", f"/companies?{query}")

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == query.partition("=")[0]


async def test_a_company_is_made_in_one_step(desk: Desk) -> None:
    made = await desk.api("POST", "/companies", json=NEW, as_="administrator")

    assert made.status_code == 201
    assert made.headers["location"] == "/api/v1/companies/sandy-shoes"
    assert made.json == {
        "slug": "sandy-shoes",
        "name": "Sandy Shoes",
        "state": "setup",
        "time_zone": "America/New_York",
        "numbers": ["+12395551262"],
    }
    read = await desk.api("GET", "/companies/sandy-shoes", as_="administrator")
    assert read.json == made.json


async def test_an_owner_makes_none(desk: Desk) -> None:
    assert (await desk.api("POST", "/companies", json=NEW)).status_code == 403


async def test_a_company_is_removed_by_its_name_alone(desk: Desk) -> None:
    name = (await desk.api("GET", "/companies/demo")).json["name"]

    for confirm in ("?confirm=", "?confirm=Globex", ""):
        assert (await desk.api("DELETE", f"/companies/demo{confirm}")).status_code == 422
    refused = await desk.api("DELETE", f"/companies/demo?confirm={name}", as_="member")
    assert refused.status_code == 403

    gone = await desk.api("DELETE", "/companies/demo", params={"confirm": name})
    assert gone.status_code == 204
    assert not gone.content
    assert (await desk.api("GET", "/companies/demo")).status_code == 404
