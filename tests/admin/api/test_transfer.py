from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"
YAML = {"Content-Type": "application/yaml"}
KEY = "sk-a-key-that-nobody-may-see-again-7Qx9"


@pytest.mark.parametrize("kind", ["json", "yaml"])
async def test_what_is_exported_is_imported_and_changes_nothing(desk: Desk, kind: str) -> None:
    await desk.api("PATCH", f"{OF}/profile/ai", json={"api_key": KEY})
    exported = await desk.api("GET", f"{OF}/export?format={kind}", as_="reader")
    headers = {
        "Content-Type": exported.headers["content-type"],
        "If-Match": exported.headers["etag"],
    }

    again = await desk.api("POST", f"{OF}/import", body=exported.content, headers=headers)

    assert KEY not in exported.text
    assert again.json == {"company": "demo", "outcome": "unchanged", "saved": True, "changes": []}
    key = (await desk.api("GET", f"{OF}/profile/ai")).json["api_key"]
    assert key == {"set": True, "last4": "7Qx9"}


async def test_an_import_is_seen_before_it_is_saved(desk: Desk) -> None:
    profile = (await desk.api("GET", f"{OF}/export")).json | {"name": "Other"}

    seen = await desk.api("POST", f"{OF}/import?preview=true", json=profile)
    assert [one["field"] for one in seen.json["changes"]] == ["name"]
    assert not seen.json["saved"]
    assert (await desk.api("GET", OF)).json["name"] != "Other"

    tag = {"If-Match": seen.headers["etag"]}
    done = await desk.api("POST", f"{OF}/import", json=profile, headers=tag)
    assert done.json["outcome"] == "changed"
    assert (await desk.api("GET", OF)).json["name"] == "Other"

    late = await desk.api("POST", f"{OF}/import", json=profile | {"name": "Last"}, headers=tag)
    assert late.status_code == 412


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ("slug: globex\nname: X\ntime_zone: America/Chicago\n", "slug"),
        ("slug: demo\nname: X\ntime_zone: Mars\n", "time_zone"),
        ("slug: [", ""),
        ("- 1", ""),
    ],
)
async def test_what_cannot_be_imported_is_told(desk: Desk, body: str, field: str) -> None:
    answer = await desk.api("POST", f"{OF}/import", body=body, headers=YAML)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == field


async def test_nobody_learns_whose_a_number_is(desk: Desk) -> None:
    number = "+12395551298"
    other = {"numbers": [number]}
    await desk.api("PUT", "/companies/globex/profile/numbers", json=other, as_="administrator")
    profile = (await desk.api("GET", f"{OF}/export")).json | other

    answer = await desk.api("POST", f"{OF}/import", json=profile)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "numbers[1].number"
    assert "globex" not in answer.text


async def test_members_import_nothing(desk: Desk) -> None:
    profile = (await desk.api("GET", f"{OF}/export")).json

    assert (await desk.api("POST", f"{OF}/import", json=profile, as_="member")).status_code == 403
