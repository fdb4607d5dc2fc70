"""Numbers led here and put back, over the real package against a stand-in for Twilio's API."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.number_setup import (
    Change,
    Plan,
    plan_put_back,
    plan_setup,
    put_back,
    set_up,
    trial_warning,
)
from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import InvalidInput, ProviderFailed
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.stores.memory.kept_numbers import MemoryKeptNumbers
from tests.admin.diagnosis.setups import ORIGIN, production
from tests.conftest import OPEN
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, running, voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.admin.diagnosis import Setup
    from clientsvia.companies.company import Company
    from tests.providers.twilio_api import TwilioApi

ACCOUNT = TwilioAccount(SID, (TOKEN,))
APP = "AP" + "1" * 32
BIN = "https://handler.twilio.com/twiml/EH1"
OURS = voice(ORIGIN)
OLD = {
    "voice_url": "https://user:canary-pw@old.example/voice#rc=2",
    "voice_method": "GET",
    "voice_fallback_url": "https://old.example/failed",
    "voice_fallback_method": "GET",
    "status_callback": "",
    "status_callback_method": "POST",
}


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured(**OLD)) as served:
        yield served


class Desk:
    """What a person at the page or the command line does with one number."""

    def __init__(self, api: TwilioApi, company: Company) -> None:
        self.company = company
        self.setup: Setup = production(company, platform=ACCOUNT)
        self.twilio = TwilioRestAccounts(api.url, 0.5)
        self.kept = MemoryKeptNumbers()

    async def plan(self, number: str = NUMBER, **options: Any) -> Plan:
        return await plan_setup(self.setup, self.twilio, self.company, number, **options)

    async def set_up(self, **options: Any) -> Plan:
        return await set_up(await self.plan(**options), self.twilio, self.kept, OPEN)

    async def plan_back(self) -> Plan:
        return await plan_put_back(self.setup, self.twilio, self.kept, self.company, NUMBER)

    async def put_back(self) -> Plan:
        return await put_back(await self.plan_back(), self.twilio, self.kept)


@pytest.fixture
def desk(api: TwilioApi, demo: Company) -> Desk:
    return Desk(api, demo)


def at_twilio(api: TwilioApi) -> dict[str, str]:
    return {name: api.numbers[0][name] for name in OURS}


async def test_a_plan_tells_what_would_change_field_by_field_and_changes_nothing(
    api: TwilioApi, desk: Desk
) -> None:
    plan = await desk.plan()
    assert plan.outcome == "changes"
    assert plan.changes == (
        Change(
            "A call comes in",
            "https://old.example/voice, HTTP GET",
            f"{ORIGIN}/api/twilio/voice, HTTP POST",
        ),
        Change(
            "Primary handler fails",
            "https://old.example/failed, HTTP GET",
            f"{ORIGIN}/api/twilio/fallback, HTTP POST",
        ),
        Change("Call status changes", "", f"{ORIGIN}/api/twilio/status, HTTP POST"),
    )
    assert at_twilio(api) == OLD


async def test_a_number_is_led_here_and_put_back_to_the_letter(api: TwilioApi, desk: Desk) -> None:
    await desk.set_up()
    assert at_twilio(api) == OURS
    assert (await desk.plan()).outcome == "unchanged"
    back = await desk.put_back()
    assert [change.field for change in back.changes] == [
        "A call comes in",
        "Primary handler fails",
        "Call status changes",
    ]
    assert at_twilio(api) == OLD
    assert (await desk.plan_back()).refusal == "nothing is kept of what it was set to"


async def test_setting_up_twice_keeps_what_was_there_first(api: TwilioApi, desk: Desk) -> None:
    await desk.set_up()
    api.numbers[0]["status_callback"] = ""
    await desk.set_up()
    assert at_twilio(api) == OURS
    await desk.put_back()
    assert at_twilio(api) == OLD


async def test_what_led_elsewhere_again_meanwhile_is_what_is_kept(
    api: TwilioApi, desk: Desk
) -> None:
    await desk.set_up()
    api.numbers[0]["voice_url"] = "https://third.example/voice"
    await desk.set_up()
    await desk.put_back()
    assert at_twilio(api)["voice_url"] == "https://third.example/voice"


async def test_a_number_that_leads_here_is_left_alone(api: TwilioApi, desk: Desk) -> None:
    api.numbers = [configured()]
    plan = await desk.set_up()
    assert plan.outcome == "unchanged"
    assert await desk.kept.kept("demo", NUMBER) is None


async def test_a_twiml_app_is_taken_off_the_number_and_never_changed(
    api: TwilioApi, desk: Desk
) -> None:
    """Other numbers may use it."""
    api.numbers = [configured(**OLD, voice_application_sid=APP)]
    api.applications = {APP: voice("https://app.example")}
    plan = await desk.set_up()
    assert plan.changes[0] == Change("TwiML app", APP, "")
    assert plan.changes[1].before == "https://app.example/api/twilio/voice, HTTP POST"
    assert api.numbers[0]["voice_application_sid"] == ""
    assert at_twilio(api) == OURS
    await desk.put_back()
    assert api.numbers[0]["voice_application_sid"] == APP
    assert at_twilio(api) == OLD
    assert api.applications == {APP: voice("https://app.example")}


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"voice_fallback_url": BIN}, BIN),
        # Whoever has led it here already has chosen the fallback too.
        ({"voice_url": OURS["voice_url"]}, OLD["voice_fallback_url"]),
        (
            {"voice_fallback_url": "https://twilio.com.old.example/x"},
            OURS["voice_fallback_url"],
        ),
        ({}, OURS["voice_fallback_url"]),
    ],
)
async def test_a_fallback_off_this_host_stays_but_not_that_of_an_earlier_system(
    api: TwilioApi, desk: Desk, fields: dict[str, str], after: str
) -> None:
    api.numbers = [configured(**OLD | fields)]
    await desk.set_up()
    assert at_twilio(api)["voice_fallback_url"] == after


async def test_the_companys_own_fallback_is_set(api: TwilioApi, desk: Desk) -> None:
    await desk.set_up(fallback=BIN)
    assert at_twilio(api) == OURS | {"voice_fallback_url": BIN}


@pytest.mark.parametrize(
    ("fields", "refusal", "remedy"),
    [
        ({"trunk_sid": "TK1"}, "the SIP trunk TK1 takes its calls", "Elastic SIP Trunking → TK1"),
        ({"voice_receive_mode": "fax"}, "set to receive fax", "Voice Calls"),
        ({"capabilities": {"voice": False, "sms": True}}, "only texts", "Voice"),
    ],
)
async def test_what_would_bring_no_calls_here_is_refused_with_its_remedy(
    api: TwilioApi, desk: Desk, fields: dict[str, Any], refusal: str, remedy: str
) -> None:
    api.numbers = [configured(**OLD) | fields]
    plan = await desk.plan()
    assert plan.outcome == "refused"
    assert refusal in plan.refusal
    assert remedy in plan.remedy
    with pytest.raises(InvalidInput, match=NUMBER.removeprefix("+")):
        await set_up(plan, desk.twilio, desk.kept, OPEN)
    assert at_twilio(api) == OLD


async def test_an_origin_that_twilio_cannot_reach_is_refused(desk: Desk) -> None:
    for fields in ({"demo": True}, {"origin": "http://127.0.0.1:8000"}):
        desk.setup = replace(production(desk.company, platform=ACCOUNT), **fields)
        plan = await desk.plan()
        assert "Twilio cannot reach" in plan.refusal
        assert "CLIENTSVIA_PUBLIC_ORIGIN" in plan.remedy


async def test_a_number_no_account_owns_is_refused(api: TwilioApi, desk: Desk) -> None:
    api.numbers = []
    assert (await desk.plan()).refusal == f"not in account {SID}"
    desk.setup = production(desk.company, platform=None)
    assert "auth_tokens" in (await desk.plan()).remedy


async def test_a_number_of_another_company_is_none_of_ours(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="no number of demo"):
        await desk.plan("+12395550199")


async def test_what_twilio_refuses_leaves_the_number_to_be_put_back(
    api: TwilioApi, desk: Desk
) -> None:
    plan = await desk.plan()
    api.answer = (500, "")
    with pytest.raises(ProviderFailed, match="HTTP 500"):
        await set_up(plan, desk.twilio, desk.kept, OPEN)
    api.answer = None
    assert (await desk.plan_back()).outcome == "unchanged"


async def test_an_account_on_trial_is_warned_of(api: TwilioApi, desk: Desk) -> None:
    assert await trial_warning(desk.twilio, ACCOUNT) == ""
    api.account["type"] = "Trial"
    assert "Upgrade" in await trial_warning(desk.twilio, ACCOUNT)
