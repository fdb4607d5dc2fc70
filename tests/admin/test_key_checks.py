"""Keys tested with the real packages against stand-ins of those who accept them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from clientsvia.admin.key_checks import check_model_keys, check_twilio_key, check_voice_key
from clientsvia.companies.company import TwilioAccount
from clientsvia.providers.say import SaySpeech
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.settings import load_settings
from clientsvia.wiring import build
from tests.conftest import OPEN
from tests.providers.models import with_ai
from tests.providers.standin import running
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, refusal
from tests.providers.twilio_api import running as twilio_running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benches.standin.server import Standin
    from clientsvia.companies.company import Company
    from clientsvia.wiring import Services
    from tests.providers.twilio_api import TwilioApi

ACCOUNT = TwilioAccount(SID, (TOKEN,))


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
def twilio(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with twilio_running(configured()) as served:
        yield served


@pytest.fixture
def services(standin: Standin) -> Services:
    """What a worker has whose providers are the stand-in's."""
    settings = load_settings(
        store="memory:",
        openai_base_url=f"{standin.url}/v1",
        openai_api_key=SecretStr("sk-canary"),
        elevenlabs_base_url=standin.url,
        elevenlabs_api_key=SecretStr("sk-canary"),
        elevenlabs_voice="voice-0",
    )
    return build(settings, [b"k" * 32])


async def test_a_models_key_that_works_is_well(services: Services, demo: Company) -> None:
    company = with_ai(demo, responder="openai")
    (check,) = await check_model_keys(company, services.providers.responder.alone, OPEN)
    assert check.well, check
    assert check.error == ""
    assert services.money.spending.spent(company) > 0
    await services.stop()


async def test_a_models_key_that_is_refused_is_told_with_its_class(
    services: Services, standin: Standin, demo: Company
) -> None:
    standin.rules.add({"fault": "key_refused"})
    company = with_ai(demo, responder="openai")
    (check,) = await check_model_keys(company, services.providers.responder.alone, OPEN)
    assert (check.error, check.well) == ("KeyRefused", False)
    assert "OPENAI_API_KEY" in check.remedy
    await services.stop()


async def test_a_company_without_a_model_is_told_how_to_have_one(
    services: Services, demo: Company
) -> None:
    company = with_ai(demo, responder="knowledge")
    (check,) = await check_model_keys(company, services.providers.responder.alone, OPEN)
    assert "ai.api_key" in check.remedy
    await services.stop()


async def test_a_voices_key_is_tested_anew_whatever_failed_before(
    services: Services, standin: Standin, demo: Company
) -> None:
    standin.rules.add({"fault": "quota"})
    refused = await check_voice_key(demo, services.providers.voice_alone(), OPEN)
    standin.rules.clear()
    mended = await check_voice_key(demo, services.providers.voice_alone(), OPEN)
    assert refused.error == "QuotaUsedUp"
    assert mended.well, mended
    await services.stop()


async def test_a_company_for_which_twilio_speaks_has_no_voices_key(demo: Company) -> None:
    check = await check_voice_key(demo, SaySpeech(), OPEN)
    assert "voice.api_key" in check.remedy


async def test_a_twilio_account_that_opens_and_owns_the_number_is_well(
    twilio: TwilioApi, demo: Company
) -> None:
    check = await check_twilio_key(demo, TwilioRestAccounts(twilio.url), ACCOUNT)
    assert check.well
    assert check.found == f"account {SID} is opened, and owns {NUMBER}"


async def test_a_company_without_a_number_may_test_its_account(
    twilio: TwilioApi, demo: Company
) -> None:
    company = replace(demo, numbers=(), twilio=ACCOUNT)
    check = await check_twilio_key(company, TwilioRestAccounts(twilio.url), None)
    assert check.well, check


async def test_a_wrong_auth_token_is_told(twilio: TwilioApi, demo: Company) -> None:
    twilio.answer = refusal(401, 20003, "Authenticate")
    check = await check_twilio_key(demo, TwilioRestAccounts(twilio.url), ACCOUNT)
    assert (check.error, check.well) == ("KeyRefused", False)
    assert "Account Dashboard" in check.remedy
    assert TOKEN not in check.found + check.remedy


async def test_an_account_that_does_not_own_the_number_is_told(
    twilio: TwilioApi, demo: Company
) -> None:
    twilio.numbers = []
    check = await check_twilio_key(demo, TwilioRestAccounts(twilio.url), ACCOUNT)
    assert "does not own" in check.found
    assert not check.well


async def test_without_an_account_it_is_told_where_to_find_one(demo: Company) -> None:
    check = await check_twilio_key(demo, TwilioRestAccounts("https://api.example"), None)
    assert "auth token" in check.remedy
