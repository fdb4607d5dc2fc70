"""Set up for me and Put back, over the real package against a stand-in for Twilio's API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.desk import Desk, open_desk
from tests.admin.reached import MAIL, reach
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, refusal, running, voice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.providers.twilio_api import TwilioApi

PAGE = "/companies/demo/configuration"
OLD = {"voice_url": "https://old.example/voice", "voice_method": "GET"}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured(**OLD)) as served:
        yield served


@pytest.fixture
async def led(api: TwilioApi) -> AsyncIterator[Desk]:
    """A desk whose installation has the account that the stand-in knows."""
    account = {"twilio_account_sid": SID, "twilio_auth_tokens": TOKEN}
    async with open_desk(twilio_api=api.url, **account) as desk:
        yield desk


async def test_what_would_change_is_shown_before_it_is_set(api: TwilioApi, led: Desk) -> None:
    page = await led.page(f"{PAGE}/setup")

    assert "https://old.example/voice, HTTP GET" in page.text
    assert "https://answers.example/api/twilio/voice, HTTP POST" in page.text
    assert "Would be set" in page.text
    assert api.numbers[0]["voice_url"] == OLD["voice_url"]
    assert "Put back" not in (await led.page(PAGE)).text


async def test_numbers_are_led_here_and_put_back_and_both_are_noted(
    api: TwilioApi, led: Desk
) -> None:
    done = await led.post(f"{PAGE}/setup", {})
    assert done.status_code == 200
    assert api.numbers[0]["voice_url"] == voice()["voice_url"]
    assert "Already right" in (await led.page(f"{PAGE}/setup")).text
    assert f"{PAGE}/put-back" in (await led.page(PAGE)).links

    await led.post(f"{PAGE}/put-back", {})
    assert api.numbers[0]["voice_url"] == OLD["voice_url"]
    entries = await led.services.stores.audit.entries("demo")
    assert [(one.act, one.by, one.subject) for one in entries] == [
        ("number put back", "owner@acme.example", NUMBER),
        ("number led here", "owner@acme.example", NUMBER),
    ]


async def test_what_twilio_refuses_is_told_with_what_to_do_and_noted_nowhere(
    api: TwilioApi, led: Desk
) -> None:
    api.answer = refusal(401, 20003, "Authenticate")

    answer = await led.post(f"{PAGE}/setup", {})

    assert answer.status_code == 200
    assert "Cannot be set" in answer.text
    assert "→" in answer.text
    assert await led.services.stores.audit.entries("demo") == []


async def test_an_account_on_trial_is_warned_of(api: TwilioApi, led: Desk) -> None:
    api.account["type"] = "Trial"
    assert "is on trial" in (await led.page(f"{PAGE}/setup")).text


async def test_a_flow_is_made_on_which_numbers_fall_back(api: TwilioApi, led: Desk) -> None:
    answer = await led.post(f"{PAGE}/fallback", {})

    assert answer.status_code == 200
    assert "twilio.com" in api.numbers[0]["voice_fallback_url"]
    api.answer = refusal(500, 20500, "Internal")
    assert "Cannot be set" in (await led.post(f"{PAGE}/fallback", {})).text


async def test_a_company_goes_live_by_its_checklist_which_asks_twilio_too(
    api: TwilioApi, led: Desk
) -> None:
    edited = {"notify": {"email": [MAIL]}, "account": {"state": "setup"}}
    await led.services.companies.change(
        "demo", lambda stored: stored.profile.model_validate(stored.profile.model_dump() | edited)
    )
    await reach(led.services.stores.outbox, MAIL, "demo")

    red = await led.post("/companies/demo/live", {})
    assert red.status_code == 422
    assert "its fallback is on this host too: nobody answers" in red.text
    assert 'name="without_fallback"' in red.text

    waived = await led.post("/companies/demo/live", {"without_fallback": "on"})
    assert waived.headers["location"] == "/companies/demo?said=live"
    stored = await led.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.account.state == "active"
    assert api.asked


async def test_only_owners_lead_numbers(led: Desk) -> None:
    for path in ("setup", "put-back", "fallback"):
        answer = await led.post(f"{PAGE}/{path}", {}, as_="member")
        assert answer.status_code == 403, path
    assert (await led.get(f"{PAGE}/setup", as_="member")).status_code == 403
