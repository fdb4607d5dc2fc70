"""The real twilio package: what it raises, put into words, against a stand-in for Twilio's API."""

from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import ProviderFailed, Undeliverable
from clientsvia.providers.twilio_client import TwilioClient
from tests.providers.twilio_api import NUMBER, SID, TOKEN, TwilioApi, configured, refusal, running

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCOUNT = TwilioAccount(SID, (TOKEN,))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured()) as served:
        yield served


def numbers(client: Any) -> list[str]:
    found = client.incoming_phone_numbers.list(phone_number=NUMBER, page_size=20)
    return [one.phone_number for one in found]


async def ask(api: TwilioApi, account: TwilioAccount = ACCOUNT) -> list[str]:
    return await TwilioClient(api.url, timeout_s=0.5).ask(account, numbers)


async def failure(api: TwilioApi, account: TwilioAccount = ACCOUNT) -> ProviderFailed:
    with pytest.raises(ProviderFailed) as failed:
        await ask(api, account)
    assert TOKEN not in str(failed.value)
    assert failed.value.remedy
    return failed.value


async def test_a_question_gets_its_answer(api: TwilioApi) -> None:
    assert await ask(api) == [NUMBER]


async def test_who_asks_may_make_other_errors_of_twilios_codes(api: TwilioApi) -> None:
    def refusals(code: int, found: str) -> ProviderFailed | None:
        return Undeliverable(found, "give up") if code == 21610 else None

    client = TwilioClient(api.url, 0.5, refusals)
    api.answer = refusal(400, 21610, "Unsubscribed")
    with pytest.raises(Undeliverable, match="error 21610: Unsubscribed: give up"):
        await client.ask(ACCOUNT, numbers)
    api.answer = refusal(400, 20001, "Odd")
    with pytest.raises(ProviderFailed, match="error 20001: Odd: see https"):
        await client.ask(ACCOUNT, numbers)


async def test_while_tokens_are_rotated_any_good_one_will_do(api: TwilioApi) -> None:
    assert await ask(api, TwilioAccount(SID, ("old", TOKEN))) == [NUMBER]


async def test_wrong_tokens_are_told_without_showing_them(api: TwilioApi) -> None:
    failed = await failure(api, TwilioAccount(SID, ("canary-token-2", "canary-token-3")))
    assert "20003" in failed.found
    assert SID in failed.found
    assert "canary" not in str(failed)
    assert "Account Info" in failed.remedy


@pytest.mark.parametrize(
    ("answer", "found", "remedy"),
    [
        (refusal(429, 20429, "Too Many Requests"), "HTTP 429, error 20429", "wait a minute"),
        (refusal(500, 20500, "Internal Error"), "HTTP 500, error 20500", "status.twilio.com"),
        ((503, "<html>busy</html>"), "HTTP 503", "status.twilio.com"),
        (refusal(403, 20005, "Account not active"), "error 20005", "suspended"),
        (refusal(403, 20008, "Test credentials"), "error 20008", "test credentials"),
        ((404, "<html>nothing here</html>"), "not Twilio's API", "CLIENTSVIA_TWILIO_API"),
        ((200, "<html>welcome</html>"), "not Twilio's API", "CLIENTSVIA_TWILIO_API"),
        ((200, "[]"), "not Twilio's API", "CLIENTSVIA_TWILIO_API"),
        ((200, '{"a": 1, "b": 2}'), "not Twilio's API", "CLIENTSVIA_TWILIO_API"),
        ((301, ""), "not Twilio's API", "CLIENTSVIA_TWILIO_API"),
        ((500, '{"code": "x"}'), "HTTP 500", "status.twilio.com"),
    ],
)
async def test_each_refusal_has_its_cause_and_remedy(
    api: TwilioApi, answer: tuple[int, str], found: str, remedy: str
) -> None:
    api.answer = answer
    failed = await failure(api)
    assert found in failed.found
    assert remedy in failed.remedy


async def test_an_answer_that_does_not_come_is_given_up_on(api: TwilioApi) -> None:
    api.silent = True
    assert "cannot be reached (ReadTimeout)" in (await failure(api)).found


async def test_an_api_that_cannot_be_reached_is_told() -> None:
    with pytest.raises(ProviderFailed, match=r"cannot be reached \(ConnectionError\)"):
        await TwilioClient("http://127.0.0.1:9").ask(ACCOUNT, numbers)


async def test_an_edge_in_the_environment_does_not_change_who_is_asked(
    api: TwilioApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    assert await ask(api) == [NUMBER]


async def test_no_number_is_logged_in_full(
    api: TwilioApi, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await ask(api)
    assert NUMBER.removeprefix("+") not in caplog.text


def test_the_package_is_not_loaded_until_twilio_is_asked() -> None:
    code = "import clientsvia.wiring, sys; sys.exit('twilio.rest' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
