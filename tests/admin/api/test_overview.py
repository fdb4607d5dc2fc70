from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def test_a_company_is_told_at_a_glance(desk: Desk) -> None:
    told = (await desk.api("GET", "/companies/demo/overview", as_="reader")).json

    assert told["state"] == "active"
    assert (told["calls_today"], told["new_messages"], told["latency_today"]) == (0, 0, None)
    by_name = {one["what"]: one for one in told["checklist"]}
    assert by_name["number"]["well"]
    assert not by_name["Twilio account"]["well"]
