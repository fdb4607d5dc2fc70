from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.desk import Desk, open_desk
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, running, voice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.providers.twilio_api import TwilioApi

OF = "/companies/demo"


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured(voice_url="https://old.example/voice")) as served:
        yield served


@pytest.fixture
async def led(api: TwilioApi) -> AsyncIterator[Desk]:
    account = {"twilio_account_sid": SID, "twilio_auth_tokens": TOKEN}
    async with open_desk(twilio_api=api.url, **account) as desk:
        yield desk


async def test_the_addresses_are_those_of_the_page(desk: Desk) -> None:
    told = (await desk.api("GET", f"{OF}/webhook-urls", as_="reader")).json

    page = await desk.page(f"{OF}/configuration")
    assert [one["name"] for one in told["urls"]][:2] == ["voice", "handle-speech"]
    for one in told["urls"]:
        assert one["url"] in page.text
    assert len(told["instructions"]) == 2


async def test_numbers_stand_as_on_the_page(desk: Desk) -> None:
    told = (await desk.api("GET", f"{OF}/number-standing", as_="reader")).json
    assert [(one["number"], one["standing"]) for one in told["items"]] == [(NUMBER, "never called")]


async def test_numbers_are_planned_led_here_and_put_back(api: TwilioApi, led: Desk) -> None:
    plan = (await led.api("GET", f"{OF}/number-setup")).json
    assert plan["numbers"][0]["outcome"] == "changes"
    assert TOKEN not in str(plan)
    assert api.numbers[0]["voice_url"] == "https://old.example/voice"

    await led.api("POST", f"{OF}/number-setup")
    assert api.numbers[0]["voice_url"] == voice()["voice_url"]
    await led.api("POST", f"{OF}/number-put-back")
    assert api.numbers[0]["voice_url"] == "https://old.example/voice"


async def test_a_fallback_is_read_and_made(api: TwilioApi, led: Desk) -> None:
    told = (await led.api("GET", f"{OF}/fallback", as_="reader")).json
    assert told["twiml"].startswith("<?xml")
    assert told["rings"] == "office"

    made = (await led.api("POST", f"{OF}/fallback")).json
    assert made["numbers"][0]["outcome"] == "changes"
    assert "twilio.com" in api.numbers[0]["voice_fallback_url"]


async def test_a_check_tells_each_finding(desk: Desk) -> None:
    told = (await desk.api("POST", f"{OF}/check", as_="member")).json
    found = {one["what"]: one for one in told["items"]}
    assert not found["service"]["well"]
    assert found["service"]["remedy"]


async def test_a_test_that_cannot_be_signed_is_a_problem_with_its_remedy(desk: Desk) -> None:
    answer = await desk.api("POST", f"{OF}/webhook-test", json={}, as_="member")
    assert answer.status_code == 422
    assert "no auth token" in answer.json["detail"]


async def test_forwarding_codes_have_the_primary_number(desk: Desk) -> None:
    told = (await desk.api("GET", f"{OF}/forwarding-codes", as_="reader")).json
    assert told["items"][0]["begin"] == f"**61*{NUMBER}**20#"


async def test_what_changes_twilio_is_for_owners(desk: Desk) -> None:
    for path in ("number-setup", "number-put-back", "fallback"):
        assert (await desk.api("POST", f"{OF}/{path}", as_="member")).status_code == 403
