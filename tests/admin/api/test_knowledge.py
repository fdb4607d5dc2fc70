from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo/knowledge"
ENTRY = f"{OF}/entries/do-you-juggle"
NEW = {"id": "do-you-juggle", "question": "Do you juggle?", "answer": "Swords.", "keywords": []}


async def test_entries_are_listed_page_by_page(desk: Desk) -> None:
    first = (await desk.api("GET", f"{OF}?limit=2", as_="reader")).json
    second = (await desk.api("GET", f"{OF}?limit=2&before={first['next']}", as_="reader")).json

    assert first["total"] > 4
    assert len(first["items"]) == len(second["items"]) == 2
    assert first["items"] != second["items"]


async def test_an_entry_is_added_found_changed_removed_and_put_back(desk: Desk) -> None:
    assert (await desk.api("POST", OF, json=NEW)).status_code == 201
    found = await desk.api("GET", f"{OF}?q=swords")
    assert [one["id"] for one in found.json["items"]] == ["do-you-juggle"]

    read = await desk.api("GET", ENTRY)
    tag = {"If-Match": read.headers["etag"]}
    typed = {"question": "Do you juggle?", "answer": "Knives."}
    assert (await desk.api("PUT", ENTRY, json=typed, headers=tag)).json["answer"] == "Knives."
    assert (await desk.api("DELETE", ENTRY, headers=tag)).status_code == 412

    gone = await desk.api("DELETE", ENTRY)
    assert (await desk.api("GET", ENTRY)).status_code == 404
    assert (await desk.api("POST", OF, json=gone.json)).status_code == 201
    assert (await desk.api("GET", ENTRY)).json["answer"] == "Knives."


async def test_an_id_that_is_taken_is_refused(desk: Desk) -> None:
    await desk.api("POST", OF, json=NEW)
    again = await desk.api("POST", OF, json=NEW)
    assert again.status_code == 422
    assert again.json["errors"][0]["field"] == "id"


async def test_what_is_not_there_is_not_changed(desk: Desk) -> None:
    typed = {"question": "Why?", "answer": "So."}
    assert (await desk.api("PUT", f"{OF}/entries/nothing", json=typed)).status_code == 404
    assert (await desk.api("DELETE", f"{OF}/entries/nothing")).status_code == 404


async def test_a_dry_run_tells_and_an_import_does(desk: Desk) -> None:
    given = {"text": "Do you juggle?\nSwords.", "dry_run": True}
    told = await desk.api("POST", f"{OF}/import", json=given, as_="member")
    assert told.json["added"] == ["do-you-juggle"]
    assert (await desk.api("GET", ENTRY)).status_code == 404

    headers = {"If-Match": told.headers["etag"]}
    done = await desk.api("POST", f"{OF}/import", json=given | {"dry_run": False}, headers=headers)
    assert done.status_code == 200
    assert (await desk.api("GET", ENTRY)).json["answer"] == "Swords."
