from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.pages.test_try_again import logged

if TYPE_CHECKING:
    from tests.admin.desk import Desk

TRY_IT = "/companies/demo/try-it"


async def test_a_program_holds_a_conversation(desk: Desk) -> None:
    begun = await desk.api("POST", TRY_IT, json={"at": "2026-11-18T10:00"})
    assert begun.status_code == 200, begun.text
    assert begun.json["moves"] == ["say", "keys", "silence", "hang_up"]
    assert begun.json["at"] == "2026-11-18T10:00:00-05:00"

    move = {"state": begun.json["state"], "act": "say", "text": "how can I pay?"}
    step = await desk.api("POST", f"{TRY_IT}/moves", json=move)

    assert step.json["answered"]["source"] == "knowledge:payment"
    assert "<Gather" in step.json["reply"]["twiml"]
    assert step.json["stages"]["answer"] > 0


async def test_what_cannot_happen_says_what_can(desk: Desk) -> None:
    begun = await desk.api("POST", TRY_IT, json={})
    move = {"state": begun.json["state"], "act": "busy"}
    refused = await desk.api("POST", f"{TRY_IT}/moves", json=move)
    assert refused.status_code == 422
    assert "choose one of say" in refused.json["detail"]


async def test_a_number_that_is_not_the_companys_is_refused(desk: Desk) -> None:
    refused = await desk.api("POST", TRY_IT, json={"called": "+12125550000"})
    assert refused.status_code == 422


async def test_a_call_of_the_log_is_played_again(desk: Desk) -> None:
    await logged(desk)
    again = await desk.api("POST", "/companies/demo/calls/CA1/replay", json={})
    assert again.status_code == 200, again.text
    assert again.json["same"] is False
    assert again.json["pairs"][0]["differences"] == ["said", "source"]


async def test_a_call_that_there_is_not_is_told(desk: Desk) -> None:
    missing = await desk.api("POST", "/companies/demo/calls/CA9/replay", json={})
    assert missing.status_code == 422
    assert "list of calls" in missing.json["detail"]
