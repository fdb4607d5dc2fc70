"""What Twilio does with a call, asked of the real package against a stand-in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.diagnosis.numbers_at_twilio import check_numbers
from clientsvia.companies.company import TwilioAccount
from clientsvia.providers.twilio_account import TwilioRestAccounts
from tests.admin.diagnosis.setups import ORIGIN, amiss, only, production
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, refusal, running, voice

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.admin.diagnosis import Check, Setup
    from clientsvia.companies.company import Company
    from tests.providers.twilio_api import TwilioApi

APP = "AP" + "1" * 32
PLACE = f"Console → Phone Numbers → Manage → Active Numbers → {NUMBER} → Voice Configuration"


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured()) as served:
        yield served


@pytest.fixture
def setup(demo: Company) -> Setup:
    return production(demo, platform=TwilioAccount(SID, (TOKEN,)))


async def look(api: TwilioApi, setup: Setup) -> list[Check]:
    return [check async for check in check_numbers(setup, TwilioRestAccounts(api.url, 0.5))]


async def test_a_number_that_is_set_up_is_well(api: TwilioApi, setup: Setup) -> None:
    check = only(await look(api, setup))
    assert check.well
    assert f"{ORIGIN}/api/twilio/voice, HTTP POST" in check.found


@pytest.mark.parametrize(
    "url",
    [
        f"{ORIGIN}/api/twilio/voice#rc=2&rp=all",
        "https://user:secret@answers.example/api/twilio/voice",
        "HTTPS://Answers.Example:443/api/twilio/voice",
    ],
)
async def test_what_twilio_takes_for_the_same_url_is_well(
    api: TwilioApi, setup: Setup, url: str
) -> None:
    api.numbers = [configured(voice_url=url)]
    assert amiss(await look(api, setup)) == []


@pytest.mark.parametrize(
    ("fields", "found", "remedy"),
    [
        (
            {"voice_url": "https://demo.twilio.com/welcome/voice/"},
            "the voice URL is https://demo.twilio.com/welcome/voice/",
            f"Webhook, {ORIGIN}/api/twilio/voice, HTTP POST",
        ),
        ({"voice_url": ""}, "the voice URL is not set", "HTTP POST"),
        (
            {"voice_url": f"{ORIGIN}/api/twilio/voice/"},
            f"the voice URL is {ORIGIN}/api/twilio/voice/",
            "HTTP POST",
        ),
        ({"voice_method": "GET"}, "the voice URL is asked by GET", "set its HTTP method to POST"),
        ({"voice_fallback_url": ""}, "there is no fallback", f"{ORIGIN}/api/twilio/fallback"),
        ({"voice_fallback_method": "GET"}, "the fallback is asked by GET", "POST"),
        ({"status_callback": ""}, "the status callback is not set", f"{ORIGIN}/api/twilio/status"),
        ({"status_callback_method": "GET"}, "HTTP GET", "HTTP POST"),
        ({"trunk_sid": "TK1"}, "the SIP trunk TK1 takes its calls", "Webhook instead of SIP Trunk"),
        ({"voice_receive_mode": "fax"}, "receive fax", "Voice Calls"),
    ],
)
async def test_each_thing_amiss_is_told_with_its_place_in_the_console(
    api: TwilioApi, setup: Setup, fields: dict[str, Any], found: str, remedy: str
) -> None:
    api.numbers = [configured(**fields)]
    check = only(await look(api, setup))
    assert found in check.found
    assert remedy in check.remedy
    assert check.remedy.startswith(PLACE)


async def test_everything_amiss_is_told_at_once(api: TwilioApi, setup: Setup) -> None:
    api.numbers = [configured(voice_url="", voice_fallback_url="", status_callback="")]
    assert len(amiss(await look(api, setup))) == 3


async def test_a_fallback_that_lives_elsewhere_is_well(api: TwilioApi, setup: Setup) -> None:
    bin_url = "https://handler.twilio.com/twiml/EH1"
    api.numbers = [configured(voice_fallback_url=bin_url, voice_fallback_method="GET")]
    assert amiss(await look(api, setup)) == []


async def test_a_password_in_a_url_is_not_shown(api: TwilioApi, setup: Setup) -> None:
    api.numbers = [configured(voice_url="https://user:canary-pw@old.example/voice")]
    assert amiss(await look(api, setup)) == ["the voice URL is https://old.example/voice"]


async def test_a_twiml_app_that_leads_here_is_well_and_named(api: TwilioApi, setup: Setup) -> None:
    api.numbers = [configured(voice_application_sid=APP, voice_url="")]
    api.applications = {APP: voice()}
    check = only(await look(api, setup))
    assert check.well
    assert APP in check.found


async def test_a_twiml_app_that_leads_elsewhere_bypasses_the_voice_url(
    api: TwilioApi, setup: Setup
) -> None:
    api.numbers = [configured(voice_application_sid=APP)]
    api.applications = {APP: voice() | {"voice_url": "https://old.example/voice"}}
    check = only(await look(api, setup))
    assert f"of the TwiML app {APP} is https://old.example/voice" in check.found
    assert f"TwiML Apps → {APP}" in check.remedy


async def test_a_number_that_is_not_in_the_account_is_told(api: TwilioApi, setup: Setup) -> None:
    api.numbers = []
    check = only(await look(api, setup))
    assert check.found == f"not in account {SID}"


async def test_a_number_is_looked_for_in_the_companys_account_and_the_platforms(
    api: TwilioApi, setup: Setup, demo: Company
) -> None:
    own = replace(demo, twilio=setup.platform)
    other = TwilioAccount("AC" + "b" * 32, ("t",))
    assert amiss(await look(api, replace(setup, companies=(own,), platform=other))) == []


async def test_twilio_that_cannot_be_asked_is_told_once_a_company(
    api: TwilioApi, setup: Setup, demo: Company
) -> None:
    api.answer = refusal(500, 20500, "Internal Error")
    two = replace(demo, numbers=(NUMBER, "+12395551313"))
    check = only(await look(api, replace(setup, companies=(two,))))
    assert check.found.startswith("could not ask Twilio: it answers HTTP 500")
    assert check.remedy
    assert len(api.asked) == 1


async def test_without_an_account_nobody_is_asked(api: TwilioApi, setup: Setup) -> None:
    assert await look(api, replace(setup, platform=None)) == []
    assert api.asked == []


async def test_numbers_are_told_in_the_companies_order(
    api: TwilioApi, setup: Setup, demo: Company
) -> None:
    numbers = [f"+1239555{n:04}" for n in range(1300, 1310)]
    api.numbers = [configured(number) for number in numbers]
    companies = tuple(replace(demo, slug=n, numbers=(n,)) for n in numbers)
    checks = await look(api, replace(setup, companies=companies))
    assert [check.what.split()[0] for check in checks] == numbers
