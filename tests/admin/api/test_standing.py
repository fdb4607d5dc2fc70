from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"


async def test_the_checklist_says_what_is_to_be_mended(desk: Desk) -> None:
    checklist = await desk.api("GET", f"{OF}/checklist", as_="reader")

    assert checklist.status_code == 200
    assert checklist.json["left"] == sum(
        one["required"] and not one["well"] for one in checklist.json["items"]
    )
    assert all(one["remedy"] for one in checklist.json["items"] if not one["well"])


async def test_a_company_does_not_go_live_before_what_is_required_is_well(desk: Desk) -> None:
    answer = await desk.api("POST", f"{OF}/live")

    assert answer.status_code == 422
    assert "owner's e-mail" in [one["field"] for one in answer.json["errors"]]


async def test_a_company_is_suspended_and_resumes(desk: Desk) -> None:
    suspended = await desk.api(
        "PUT", f"{OF}/state", json={"state": "suspended", "sentence": "We moved."}
    )
    resumed = await desk.api("PUT", f"{OF}/state", json={"state": "active"})

    assert suspended.json == {"state": "suspended", "target": None, "sentence": "We moved."}
    assert resumed.json["state"] == "active"


async def test_calls_are_forwarded_to_a_target(desk: Desk) -> None:
    targets = (await desk.api("GET", f"{OF}/profile/targets")).json["targets"]

    forwarding = {"state": "forwarding", "target": targets[0]["id"]}
    answer = await desk.api("PUT", f"{OF}/state", json=forwarding)

    assert answer.json["target"] == targets[0]["id"]
    assert (await desk.api("GET", f"{OF}/profile/account")).json == answer.json


@pytest.mark.parametrize(
    "state", [{"state": "setup"}, {"state": "forwarding"}, {"state": "forwarding", "target": "x"}]
)
async def test_what_cannot_be_is_refused(desk: Desk, state: dict[str, str]) -> None:
    answer = await desk.api("PUT", f"{OF}/state", json=state)

    assert answer.status_code == 422
    assert answer.json["detail"]


async def test_a_company_that_is_set_up_goes_live_by_its_checklist_alone(desk: Desk) -> None:
    new = {"name": "Sandy Shoes", "time_zone": "America/New_York"}
    await desk.api("POST", "/companies", json=new, as_="administrator")

    answer = await desk.api(
        "PUT", "/companies/sandy-shoes/state", json={"state": "active"}, as_="administrator"
    )

    assert answer.status_code == 422
    assert "not live yet" in answer.json["detail"]
