from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.admin.logged_calls import DAY, SID, leave_message

if TYPE_CHECKING:
    from tests.admin.desk import Desk

MESSAGES = "/companies/demo/messages"


async def test_messages_are_listed_page_by_page_and_by_state(desk: Desk) -> None:
    for number in range(3):
        await leave_message(desk, f"CA{number}", at=DAY + timedelta(minutes=number))

    first = (await desk.api("GET", f"{MESSAGES}?limit=2&state=new", as_="reader")).json
    rest = (await desk.api("GET", f"{MESSAGES}?state=new&before={first['next']}")).json
    done = (await desk.api("GET", f"{MESSAGES}?state=done")).json

    assert [one["call_sid"] for one in first["items"]] == ["CA2", "CA1"]
    assert ([one["call_sid"] for one in rest["items"]], rest["next"]) == (["CA0"], None)
    assert done == {"items": [], "next": None}
    assert (await desk.api("GET", f"{MESSAGES}?state=lost")).status_code == 422


async def test_a_message_is_read_and_marked_and_tells_what_it_was(desk: Desk) -> None:
    await leave_message(desk, complete=False)

    read = (await desk.api("GET", f"{MESSAGES}/{SID}", as_="reader")).json
    marked = await desk.api("PATCH", f"{MESSAGES}/{SID}", json={"state": "done"}, as_="member")

    assert (read["reason"], read["note"]) == ("a leak", "the caller did not finish it")
    assert (marked.json["message"]["state"], marked.json["was"]) == ("done", "new")
    [entry] = await desk.services.stores.audit.entries("demo")
    assert (entry.by, entry.subject) == ("member@acme.example", SID)


async def test_readers_mark_nothing_and_no_state_but_the_four_is_taken(desk: Desk) -> None:
    await leave_message(desk)
    path = f"{MESSAGES}/{SID}"

    assert (await desk.api("PATCH", path, json={"state": "done"}, as_="reader")).status_code == 403
    assert (await desk.api("PATCH", path, json={"state": "lost"})).status_code == 422


async def test_a_message_of_another_company_is_not_there(desk: Desk) -> None:
    await leave_message(desk, company="globex")

    assert (await desk.api("GET", f"{MESSAGES}/{SID}")).status_code == 404
    changed = await desk.api("PATCH", f"{MESSAGES}/{SID}", json={"state": "done"})
    assert changed.status_code == 404
