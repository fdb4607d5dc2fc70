from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.api.section_models import SECTIONS

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo/profile"
KEY = "sk-a-key-that-nobody-may-see-again-7Qx9"
TOKEN = "0123456789abcdef0123456789abcdef"
ACCOUNT = "AC" + "1" * 32
CHANGED: dict[str, dict[str, Any]] = {
    "basics": {"greeting": "Hello there."},
    "numbers": {"numbers": ["(239) 555-1212", {"number": "+12395551213", "active": False}]},
    "agent": {"personality": "brief"},
    "ai": {"length": 90},
    "voice": {"speed": 1.1},
    "spend": {"monthly_usd": 20},
    "hours": {"override": {"state": "closed", "label": "storm"}},
    "knowledge": {"knowledge": [{"question": "Where may I park?", "answer": "Behind the house."}]},
    "targets": {"targets": [{"id": "ann", "name": "Ann", "number": "+12395551299"}]},
    "after_hours": {"policy": "message"},
    "routing": {"staff_seconds": 20},
    "urgent": {"phrases": ["gas leak"]},
    "callers": {"greet_by_name": True},
    "notify": {"email": ["office@example.com"]},
    "limits": {"turns": 12},
    "privacy": {"retention_days": 30},
    "twilio": {"account_sid": ACCOUNT, "auth_tokens": [TOKEN]},
}
"""What each section is changed to; ``account`` is changed by acts of its own."""


def test_every_section_that_can_be_written_is_tried() -> None:
    assert CHANGED.keys() == {name for name, one in SECTIONS.items() if one.need is not None}


@pytest.mark.parametrize("name", SECTIONS)
async def test_what_is_read_may_be_sent_back_and_changes_nothing(desk: Desk, name: str) -> None:
    read = await desk.api("GET", f"{OF}/{name}")

    if SECTIONS[name].need is not None:
        tag = {"If-Match": read.headers["etag"]}
        for method in ("PUT", "PATCH"):
            again = await desk.api(method, f"{OF}/{name}", json=read.json, headers=tag)
            assert (again.status_code, again.json) == (200, read.json)
    assert len(await desk.services.companies.revisions("demo")) == 1


@pytest.mark.parametrize("name", CHANGED)
async def test_a_section_is_changed_in_part(desk: Desk, name: str) -> None:
    before = (await desk.api("GET", f"{OF}/{name}")).json
    if name == "targets":  # others name those that are there
        CHANGED[name]["targets"] += before["targets"]

    changed = await desk.api("PATCH", f"{OF}/{name}", json=CHANGED[name])

    assert changed.status_code == 200, changed.text
    assert changed.json != before
    assert changed.json == (await desk.api("GET", f"{OF}/{name}")).json
    assert {**before, **changed.json}.keys() == before.keys()
    [revision, _] = await desk.services.companies.revisions("demo")
    assert revision.by == "owner@acme.example"


async def test_a_section_put_anew_keeps_nothing_of_the_old_one(desk: Desk) -> None:
    put = await desk.api(
        "PUT", f"{OF}/basics", json={"name": "Demo", "time_zone": "America/Chicago"}
    )

    assert put.json["address"] == put.json["greeting"] == ""
    assert put.json["region"] == "US"


async def test_null_puts_back_what_a_field_is_without_being_set(desk: Desk) -> None:
    await desk.api("PATCH", f"{OF}/limits", json={"turns": 12})

    changed = await desk.api("PATCH", f"{OF}/limits", json={"turns": None})

    assert changed.json["turns"] == 40


async def test_an_edit_says_with_what_it_began(desk: Desk) -> None:
    read = await desk.api("GET", f"{OF}/agent")
    first = {"If-Match": read.headers["etag"]}
    await desk.api("PATCH", f"{OF}/agent", json={"name": "Bea"}, headers=first)

    late = await desk.api("PATCH", f"{OF}/agent", json={"name": "Cleo"}, headers=first)
    unsaid = await desk.api("PATCH", f"{OF}/agent", json={"name": "Dot"}, headers={"If-Match": ""})

    assert (late.status_code, unsaid.status_code) == (412, 428)
    assert "changed meanwhile" in late.json["detail"]
    assert (await desk.api("GET", f"{OF}/agent")).json["name"] == "Bea"


@pytest.mark.parametrize(("name", "field"), [("ai", "api_key"), ("voice", "api_key")])
async def test_a_key_is_never_sent_back_and_kept_replaced_or_taken_away(
    desk: Desk, name: str, field: str
) -> None:
    path = f"{OF}/{name}"
    stored = await desk.api("PATCH", path, json={field: KEY})
    assert stored.json[field] == {"set": True, "last4": "7Qx9"}
    assert KEY not in stored.text

    for unchanged in (stored.json, {"model": "m-1"}):
        kept = await desk.api("PUT", path, json=unchanged)
        assert kept.json[field] == {"set": True, "last4": "7Qx9"}
    other = await desk.api("PATCH", path, json={field: "another-long-secret-key-1234"})
    assert other.json[field]["last4"] == "1234"

    gone = await desk.api("PATCH", path, json={field: None})
    assert gone.json[field] == {"set": False, "last4": ""}


async def test_tokens_at_twilio_are_rotated_beside_those_that_are_kept(desk: Desk) -> None:
    path = f"{OF}/twilio"
    first = await desk.api("PUT", path, json={"account_sid": ACCOUNT, "auth_tokens": [TOKEN]})
    new = "f" * 32

    both = {"auth_tokens": [new, *first.json["auth_tokens"]]}
    rotated = await desk.api("PATCH", path, json=both)

    assert [one["last4"] for one in rotated.json["auth_tokens"]] == ["ffff", "cdef"]
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.twilio is not None
    assert stored.profile.twilio.auth_tokens == (new, TOKEN)


async def test_an_account_at_twilio_is_taken_away(desk: Desk) -> None:
    path = f"{OF}/twilio"
    none = (await desk.api("GET", path)).json
    await desk.api("PUT", path, json={"account_sid": ACCOUNT, "auth_tokens": [TOKEN]})

    gone = await desk.api("PUT", path, json=none)

    assert gone.json == {"account_sid": None, "auth_tokens": []}


async def test_a_token_that_is_none_of_the_stored_is_refused(desk: Desk) -> None:
    made_up = {"account_sid": ACCOUNT, "auth_tokens": [{"set": True, "last4": "cdef"}]}

    answer = await desk.api("PUT", f"{OF}/twilio", json=made_up)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "twilio.auth_tokens[1]"


@pytest.mark.parametrize("name", ["ai", "voice"])
async def test_keys_are_the_owners_and_the_rest_is_the_members(desk: Desk, name: str) -> None:
    path = f"{OF}/{name}"

    assert (await desk.api("PATCH", path, json={"model": "m-1"}, as_="member")).status_code == 200
    refused = await desk.api("PATCH", path, json={"api_key": KEY}, as_="member")
    assert refused.status_code == 403
    read = (await desk.api("GET", path, as_="member")).json
    assert (await desk.api("PUT", path, json=read, as_="member")).status_code == 200


@pytest.mark.parametrize(
    ("name", "sent", "field"),
    [
        ("agent", {"language": KEY}, "agent.language"),
        ("basics", {"time_zone": KEY}, "time_zone"),
        ("basics", {KEY: KEY}, KEY),
        ("numbers", {"numbers": [KEY]}, "numbers[1].number"),
        ("hours", {"weekly": {"monday": [KEY]}}, "hours.weekly.monday[1]"),
        ("hours", {"holidays": {"country": "US", "open": [KEY]}}, "hours.holidays"),
        ("limits", {"turns": KEY}, "limits.turns"),
        ("limits", {KEY: 1}, f"limits.{KEY}"),
        ("urgent", {"target": KEY}, "urgent.target"),
        ("callers", {"known": [{"number": KEY}]}, "callers.known[1].number"),
        ("notify", {"email": [KEY]}, "notify.email[1]"),
        ("notify", {"webhook": f"https://{KEY}@x/"}, "notify.webhook"),
    ],
)
async def test_what_is_wrong_is_told_with_its_field_and_never_with_its_value(
    desk: Desk, name: str, sent: dict[str, Any], field: str
) -> None:
    answer = await desk.api("PATCH", f"{OF}/{name}", json=sent)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == [field]
    assert all(one["message"] for one in answer.json["errors"])
    if field != KEY and KEY not in field:
        assert KEY not in answer.text


@pytest.mark.parametrize("body", ["[]", "7", '"text"', "null", ""])
async def test_a_section_is_an_object(desk: Desk, body: str) -> None:
    headers = {"Content-Type": "application/json"}

    answer = await desk.api("PUT", f"{OF}/agent", body=body, headers=headers)

    assert answer.status_code in {400, 422}
    assert answer.json["detail"]
