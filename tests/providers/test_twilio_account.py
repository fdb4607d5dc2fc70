"""The real twilio package, asked against a stand-in for its API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import ProviderFailed
from clientsvia.providers.twilio_account import TwilioRestAccounts
from tests.providers.twilio_api import (
    NUMBER,
    SID,
    TOKEN,
    TwilioApi,
    configured,
    running,
    voice,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.admin.ports import NumberAtTwilio

ACCOUNT = TwilioAccount(SID, (TOKEN,))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured()) as served:
        yield served


async def ask(api: TwilioApi, number: str = NUMBER) -> NumberAtTwilio | None:
    return await TwilioRestAccounts(api.url, timeout_s=0.5).number(ACCOUNT, number)


async def test_a_number_is_told_as_it_is_configured(api: TwilioApi) -> None:
    found = await ask(api)
    assert found is not None
    assert found.number == NUMBER
    assert found.voice.url == "https://answers.example/api/twilio/voice"
    assert found.voice.method == "POST"
    assert (found.application_sid, found.trunk_sid, found.receive_mode) == ("", "", "voice")


async def test_a_number_of_another_account_is_none(api: TwilioApi) -> None:
    assert await ask(api, number="+12395550199") is None


async def test_a_longer_number_that_contains_it_is_another(api: TwilioApi) -> None:
    api.numbers = [configured(f"{NUMBER}3")]
    assert await ask(api) is None


async def test_a_number_with_a_twiml_app_is_told_with_the_settings_of_the_app(
    api: TwilioApi,
) -> None:
    app = "AP" + "1" * 32
    api.numbers = [configured(voice_application_sid=app, voice_url="https://unused.example")]
    api.applications = {app: voice() | {"voice_method": "GET"}}
    found = await ask(api)
    assert found is not None
    assert found.application_sid == app
    assert found.voice.url == "https://answers.example/api/twilio/voice"
    assert found.voice.method == "GET"


async def test_an_app_that_is_gone_is_told_with_twilios_error(api: TwilioApi) -> None:
    api.numbers = [configured(voice_application_sid="AP" + "1" * 32)]
    with pytest.raises(ProviderFailed, match="error 20404"):
        await ask(api)
