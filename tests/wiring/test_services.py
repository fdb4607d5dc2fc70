from __future__ import annotations

import pytest
from pydantic import SecretStr

from clientsvia.settings import load_settings
from clientsvia.wiring import build
from tests.providers.twilio_api import NUMBER, SID, TOKEN, configured, running

KEYS = [b"k" * 32]


async def test_a_memory_store_serves_the_demo() -> None:
    services = build(load_settings(demo=True, store="memory:"), KEYS)
    await services.start()
    found = services.directory.find("+12395551212")
    await services.stop()
    assert found is not None
    assert found.slug == "demo"


async def test_outside_the_demo_a_store_begins_empty() -> None:
    services = build(load_settings(store="memory:"), KEYS)
    await services.start()
    await services.stop()
    assert len(services.directory) == 0


@pytest.mark.parametrize(
    ("sid", "tokens", "known"),
    [
        (SID, "one, two,", ("one", "two")),
        (SID, " , ", None),
        ("", "", None),
    ],
)
def test_the_platform_account_needs_a_sid_and_a_token(
    sid: str, tokens: str, known: tuple[str, ...] | None
) -> None:
    given = {"twilio_account_sid": sid, "twilio_auth_tokens": SecretStr(tokens)}
    services = build(load_settings(store="memory:", **given), KEYS)
    account = services.platform_account
    assert (account.tokens if account else None) == known


async def test_twilio_is_asked_where_the_settings_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running(configured()) as api:
        platform = {"twilio_account_sid": SID, "twilio_auth_tokens": SecretStr(TOKEN)}
        services = build(load_settings(store="memory:", twilio_api=api.url, **platform), KEYS)
        account = services.platform_account
        assert account is not None
        found = await services.twilio_accounts.number(account, NUMBER)
    assert found is not None
