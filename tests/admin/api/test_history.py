from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import OWN
from tests.admin.pages.test_history import greet

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"


async def test_changes_are_listed_page_by_page(desk: Desk) -> None:
    await greet(desk, "Good day.")

    first = await desk.api("GET", f"{OF}/history?limit=1")
    rest = await desk.api("GET", f"{OF}/history?limit=1&before={first.json['next']}")

    assert first.json["items"][0]["fields"] == ["greeting"]
    assert rest.json["items"][0]["revision"] == 1
    assert rest.json["next"] is None


async def test_a_change_is_told_field_by_field(desk: Desk) -> None:
    revision = await greet(desk, "Good day.")

    answer = await desk.api("GET", f"{OF}/history/{revision}")

    (change,) = answer.json["changes"]
    assert (change["field"], change["after"]) == ("greeting", "Good day.")
    assert (await desk.api("GET", f"{OF}/history/999")).status_code == 404


async def test_a_state_is_previewed_and_then_put_back_unless_somebody_was_there(
    desk: Desk,
) -> None:
    first, second = await greet(desk, "Good day."), await greet(desk, "Good evening.")
    path, wanted = f"{OF}/history/{first}/put-back", {"expected": second}

    preview = await desk.api("POST", path, json=wanted | {"preview": True})
    stale = await desk.api("POST", path, json={"expected": first})
    done = await desk.api("POST", path, json=wanted)

    assert preview.json["revision"] == second
    assert stale.status_code == 412
    assert done.json["changes"] == preview.json["changes"]
    stored = await desk.services.companies.get(OWN)
    assert stored is not None
    assert stored.profile.greeting == "Good day."
    assert stored.revision == done.json["revision"]


async def test_what_people_did_is_listed_page_by_page(desk: Desk) -> None:
    for name in ("bob", "carl"):
        wanted = {"email": f"{name}@acme.example", "role": "reader"}
        await desk.api("POST", f"{OF}/invitations", json=wanted)

    newest = await desk.api("GET", f"{OF}/acts?limit=1")
    older = await desk.api("GET", f"{OF}/acts?before={newest.json['next']}")
    every = await desk.api("GET", "/history", as_="administrator")

    assert newest.json["items"][0]["subject"] == "carl@acme.example"
    assert [one["subject"] for one in older.json["items"]] == ["bob@acme.example"]
    assert len(every.json["items"]) == 2
    assert (await desk.api("GET", "/history")).status_code == 403
