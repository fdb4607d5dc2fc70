from __future__ import annotations

import logging
import subprocess
import sys
from typing import TYPE_CHECKING

import httpx2

from clientsvia.providers.accounts import Account, openai_platform
from clientsvia.providers.openai_clients import openai_clients
from clientsvia.providers.patience import Patience
from tests.providers.models import asking, heard, prompt, with_ai
from tests.providers.standin import running

if TYPE_CHECKING:
    import pytest

    from clientsvia.companies.company import Company

PLATFORM = openai_platform("sk-platform")


def test_packages_of_providers_are_not_loaded_until_one_is_asked() -> None:
    code = (
        "import sys, clientsvia.wiring, clientsvia.providers.openai_responses,"
        " clientsvia.providers.openai_chat, clientsvia.providers.elevenlabs,"
        " clientsvia.providers.openai_model, clientsvia.providers.openai_clients;"
        "sys.exit(str({'openai', 'elevenlabs', 'httpx', 'httpx2'} & set(sys.modules) or ''))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.stderr.strip() == ""


BESIDE = """
import asyncio, sys, threading
from clientsvia.providers.accounts import openai_platform
from clientsvia.providers.openai_clients import openai_clients
from tests.providers.standin import running

async def ask(url):
    clients = openai_clients()
    account = openai_platform("k", url)
    await clients.load(account)
    assert hasattr(sys.modules["httpx"], "TimeoutException")
    slow = threading.Thread(target=__import__, args=("elevenlabs",))
    slow.start()
    async with clients.using(account) as client:
        while slow.is_alive():
            events = await client.responses.create(model="m", input="a", stream=True)
            await anext(events)
            await events.close()
    await clients.close()

with running() as standin:
    asyncio.run(ask(standin.openai_url))
"""


def test_streams_are_left_in_peace_while_the_package_of_voices_is_imported() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BESIDE], check=False, capture_output=True, text=True
    )
    assert done.stderr == ""


async def test_connections_are_kept_for_two_minutes_and_nothing_is_retried() -> None:
    clients = openai_clients()
    async with clients.using(PLATFORM) as client:
        assert client.max_retries == 0
        assert client.timeout == httpx2.Timeout(Patience().request_s, connect=2)
        pool = client._client._transport._pool  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else tells
        assert pool._keepalive_expiry == 120  # noqa: SLF001 - see above
    await clients.close()


async def test_what_the_environment_adds_is_not_sent_with_a_companys_own_key(
    monkeypatch: pytest.MonkeyPatch, demo: Company
) -> None:
    monkeypatch.setenv("OPENAI_ORG_ID", "org-canary")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-canary")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-canary-of-the-environment")
    with running() as standin:
        async with asking(standin, "responses") as asked:
            await heard(asked.model, demo, prompt())
            await heard(asked.model, with_ai(demo, api_key="sk-own"), prompt())
    platform, own = (dict(seen.headers) for seen in standin.seen)
    assert platform["openai-organization"] == "org-canary"
    assert own["authorization"] == "Bearer sk-own"
    assert "canary" not in str(own)


async def test_a_server_without_keys_can_be_asked() -> None:
    clients = openai_clients()
    async with clients.using(Account("http://127.0.0.1:1/v1", "")) as client:
        assert client.api_key
    await clients.close()


async def test_what_callers_say_is_not_logged_even_at_the_finest_level(
    demo: Company, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with running() as standin:
        async with asking(standin, "chat") as asked:
            await heard(asked.model, demo, prompt("my secret illness"))
    assert "illness" not in caplog.text
    assert "canary" not in caplog.text
