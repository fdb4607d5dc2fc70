"""Where a call would go, closing by hand and holidays, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"


async def test_a_call_is_explained_at_any_moment(desk: Desk) -> None:
    query = "?at=2026-11-26T10:00&caller=anonymous"

    told = (await desk.api("GET", f"{OF}/explain{query}", as_="reader")).json

    assert (told["open"], told["rule"], told["route"]) == (False, "holiday", "answer")
    assert told["caller"]["outcome"] == "answered"
    assert told["week"][1]["open"] == ["08:00-12:00", "13:00-16:00"]


async def test_what_cannot_be_explained_is_refused_with_what_to_do(desk: Desk) -> None:
    for query, remedy in (
        ("at=tomorrow", "write it as"),
        ("at=0001-01-01T00:00", "2000 to 2099"),
        ("number=%2B442079460000", "name one of +12395551212"),
    ):
        answer = await desk.api("GET", f"{OF}/explain?{query}")
        assert answer.status_code == 422
        assert remedy in answer.json["detail"]


async def test_a_company_is_closed_by_hand_until_that_is_taken_away(desk: Desk) -> None:
    wish = {"state": "closed", "until": "2099-12-24T18:30", "label": "power cut"}

    answer = await desk.api("PUT", f"{OF}/override", json=wish, as_="member")

    [item] = answer.json["items"]
    assert (item["state"], item["target"], item["label"]) == ("closed", "", "power cut")
    assert item["until"] == "2099-12-24T18:30:00-05:00"
    told = (await desk.api("GET", f"{OF}/explain")).json
    assert (told["open"], told["rule"]) == (False, "override")
    assert told["week"][0]["open"] == []
    gone = await desk.api("DELETE", f"{OF}/override", as_="member")
    assert gone.json == {"items": []}
    assert (await desk.api("GET", f"{OF}/override")).json == {"items": []}


async def test_readers_close_nothing_and_others_are_told_what_is_wrong(desk: Desk) -> None:
    refused = await desk.api("PUT", f"{OF}/override", json={"state": "open"}, as_="reader")
    assert refused.status_code == 403
    own = {"state": "open", "target": "on-call"}
    answer = await desk.api("PUT", f"{OF}/override", json=own)
    assert answer.status_code == 422
    assert "no hours of its own" in answer.json["detail"]
    unknown = await desk.api("PUT", f"{OF}/override", json={"state": "shut"})
    assert unknown.status_code == 422


async def test_the_holidays_of_a_region_are_listed(desk: Desk) -> None:
    found = await desk.api("GET", "/holidays?country=de&subdivision=by&year=2026")
    assert {"date": "2026-01-06", "name": "Epiphany"} in found.json["items"]
    for query in ("country=ZZ", "country=US&subdivision=QQ"):
        refused = await desk.api("GET", f"/holidays?{query}")
        assert refused.status_code == 422
        assert "write" in refused.json["detail"]
