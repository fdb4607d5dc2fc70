from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import orjson
import pytest

from tests.admin.desk import open_desk
from tests.admin.logged_calls import DAY, SID, leave_message, log_call
from tests.providers.twilio_api import SID as ACCOUNT
from tests.providers.twilio_api import TOKEN, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.admin.desk import Desk
    from tests.providers.twilio_api import TwilioApi

CALLS = "/companies/demo/calls"
RE = "RE" + "b" * 32
SOUND = b"0123456789" * 10


async def test_calls_are_listed_page_by_page_and_found_like_on_the_page(desk: Desk) -> None:
    for number in range(3):
        await log_call(desk, f"CA{number}", at=DAY + timedelta(days=number))

    first = (await desk.api("GET", f"{CALLS}?limit=2", as_="reader")).json
    rest = (await desk.api("GET", f"{CALLS}?limit=2&before={first['next']}")).json
    found = (await desk.api("GET", f"{CALLS}?caller=(239)+333-4444&until=2026-11-18")).json

    assert [one["call_sid"] for one in first["items"]] == ["CA2", "CA1"]
    assert ([one["call_sid"] for one in rest["items"]], rest["next"]) == (["CA0"], None)
    assert [one["call_sid"] for one in found["items"]] == ["CA0"]
    assert found["items"][0]["outcome"] == "answered"


@pytest.mark.parametrize("query", ["caller=12", "before=x", "limit=0", "since=9999-01-01"])
async def test_what_makes_no_sense_is_refused_with_its_remedy(desk: Desk, query: str) -> None:
    answer = await desk.api("GET", f"{CALLS}?{query}")

    assert answer.status_code == 422
    assert answer.json["detail"]


async def test_a_call_is_told_turn_by_turn_and_without_twilios_addresses(desk: Desk) -> None:
    url = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RE}"
    await log_call(desk, url=url)
    await leave_message(desk, recording=url)

    answer = await desk.api("GET", f"{CALLS}/{SID}", as_="reader")

    told = answer.json
    assert [turn["source"] for turn in told["turns"]] == ["", "knowledge:price"]
    assert told["turns"][1]["segments"][-1] == {
        "name": "commit", "nanoseconds": 3_000_000, "ours": True
    }  # fmt: skip
    assert told["recordings"] == [RE]
    assert told["message"]["recording"] == RE
    assert told["route_today"]["route"] == "answer"
    assert told["seconds"] == 65
    assert "api.twilio.com" not in answer.text


async def test_a_call_of_another_company_is_not_there(desk: Desk) -> None:
    await log_call(desk, company="globex")

    assert (await desk.api("GET", f"{CALLS}/{SID}")).status_code == 404


async def test_whoever_follows_hears_of_calls_under_way_as_they_change(desk: Desk) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=9)
    await log_call(desk, at=begun, ended=False)

    answer = await desk.api("GET", f"{CALLS}/events?seconds=1", as_="reader")

    assert answer.headers["content-type"].startswith("text/event-stream")
    name, data, *_ = [line for line in answer.text.splitlines() if not line.startswith("retry")]
    assert name == "event: calls"
    [live] = orjson.loads(data.removeprefix("data: "))
    assert (live["call_sid"], live["turns"]) == (SID, 1)


class TestRecordings:
    @pytest.fixture
    async def twilio(self) -> AsyncIterator[TwilioApi]:
        with running() as api:
            api.recordings[RE] = SOUND
            yield api

    @pytest.fixture
    async def desk(self, twilio: TwilioApi) -> AsyncIterator[Desk]:
        settings = {
            "twilio_api": twilio.url, "twilio_account_sid": ACCOUNT, "twilio_auth_tokens": TOKEN
        }  # fmt: skip
        async with open_desk(**settings) as desk:
            url = f"{twilio.url}/2010-04-01/Accounts/{ACCOUNT}/Recordings/{RE}"
            await log_call(desk, url=url)
            yield desk

    @pytest.mark.parametrize("of", ["/api/v1", ""])
    async def test_are_streamed_through_the_service_whole(self, desk: Desk, of: str) -> None:
        answer = await desk.get(f"{of}{CALLS}/{SID}/recordings/{RE}", as_="reader")

        assert (answer.status_code, answer.content) == (200, SOUND)
        assert answer.headers["content-type"] == "audio/mpeg"
        assert answer.headers["content-length"] == "100"
        assert answer.headers["accept-ranges"] == "bytes"
        [entry] = await desk.services.stores.audit.entries("demo")
        assert (entry.act, entry.by, entry.subject) == (
            "recording heard",
            "reader@acme.example",
            RE,
        )

    async def test_are_given_in_parts_to_players_that_jump(self, desk: Desk) -> None:
        path = f"{CALLS}/{SID}/recordings/{RE}"
        answer = await desk.get(path, headers={"Range": "bytes=10-14"})

        assert (answer.status_code, answer.content) == (206, b"01234")
        assert answer.headers["content-range"] == "bytes 10-14/100"
        assert await desk.services.stores.audit.entries("demo") == []

    async def test_that_are_not_the_calls_are_not_fetched(
        self, desk: Desk, twilio: TwilioApi
    ) -> None:
        other = "RE" + "c" * 32
        twilio.recordings[other] = SOUND

        assert (await desk.get(f"{CALLS}/{SID}/recordings/{other}")).status_code == 404
        assert twilio.asked == []

    async def test_that_twilio_has_no_more_are_not_there(
        self, desk: Desk, twilio: TwilioApi
    ) -> None:
        twilio.recordings.clear()

        answer = await desk.api("GET", f"{CALLS}/{SID}/recordings/{RE}")

        assert answer.status_code == 404
        assert "no such recording" in answer.json["detail"]

    async def test_of_an_account_that_is_not_known_say_what_to_add(self, desk: Desk) -> None:
        url = f"https://api.twilio.com/2010-04-01/Accounts/AC{'f' * 32}/Recordings/{RE}"
        await log_call(desk, "CA9", url=url)

        answer = await desk.api("GET", f"{CALLS}/CA9/recordings/{RE}")

        assert answer.status_code == 422
        assert "add the account's SID and token" in answer.json["detail"]
