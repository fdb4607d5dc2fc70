"""A voice over HTTP, with ElevenLabs' own package, against the stand-in."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from benches.standin.audio import about
from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from clientsvia.providers.accounts import elevenlabs_platform
from clientsvia.providers.elevenlabs import ElevenLabsVoice, elevenlabs_clients
from tests.providers.models import IMPATIENT, until
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from benches.standin.server import Standin
    from clientsvia.companies.company import Company
    from clientsvia.providers.patience import Patience

KEY = "sk_canary_platform"
LONG = "We are open from 8 in the morning until 5 in the afternoon. " * 20
FAULTS: dict[str, type[ProviderFailed]] = {
    "key_refused": KeyRefused,
    "forbidden": KeyRefused,
    "quota": QuotaUsedUp,
    "rate_limited": RateLimited,
    "busy": RateLimited,
    "unknown_model": UnknownModel,
    "unknown_voice": UnknownModel,
    "context_too_long": ContextTooLong,
    "bad_request": ProviderBroken,
    "server_error": ProviderBroken,
    "bad_gateway": ProviderBroken,
    "redirect": ProviderBroken,
    "empty": ProviderBroken,
    "not_sound": ProviderBroken,
    "cut": ProviderBroken,
    "refused_connection": ProviderUnreachable,
    "silent": ProviderTimeout,
    "no_token": ProviderTimeout,
    "stall": ProviderTimeout,
}


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@asynccontextmanager
async def speaking(
    standin: Standin, key: str = KEY, patience: Patience | None = None
) -> AsyncIterator[ElevenLabsVoice]:
    clients = elevenlabs_clients(patience)
    platform = elevenlabs_platform(key, standin.url)
    try:
        yield ElevenLabsVoice(clients, platform, "voice-0", "eleven_flash_v2_5", patience)
    finally:
        await clients.close()


def with_voice(company: Company, **fields: Any) -> Company:
    return replace(company, voice=replace(company.voice, **fields))


async def test_a_clip_says_its_sentence_in_the_platforms_voice(
    standin: Standin, demo: Company
) -> None:
    async with speaking(standin) as voice:
        told = about(await voice.synthesise(demo, "We are open until 5."))
    assert told["text"] == "We are open until 5."
    assert (told["voice"], told["model"]) == ("voice-0", "eleven_flash_v2_5")
    assert standin.seen[-1].key == KEY
    assert standin.seen[-1].body["voice_settings"] == {
        "stability": demo.voice.stability,
        "similarity_boost": demo.voice.similarity,
        "speed": demo.voice.speed,
    }


async def test_a_company_speaks_with_its_own_key_voice_and_model(
    standin: Standin, demo: Company
) -> None:
    own = with_voice(demo, api_key="sk_own", voice="voice-1", model="eleven_multilingual_v2")
    async with speaking(standin) as voice:
        told = about(await voice.synthesise(own, "Hello."))
    assert (told["voice"], told["model"]) == ("voice-1", "eleven_multilingual_v2")
    assert standin.seen[-1].key == "sk_own"


@pytest.mark.parametrize(("fault", "kind"), FAULTS.items())
async def test_each_fault_has_its_error_after_one_request(
    standin: Standin, demo: Company, fault: str, kind: type[ProviderFailed]
) -> None:
    standin.rules.add({"fault": fault, "after_tokens": 2})
    patience = IMPATIENT if kind is ProviderTimeout else None
    async with speaking(standin, patience=patience) as voice:
        with pytest.raises(ProviderFailed) as caught:
            await voice.synthesise(demo, LONG)
    assert type(caught.value) is kind
    assert caught.value.remedy
    assert "canary" not in str(caught.value)
    assert len(standin.seen) == 1


async def test_without_any_key_it_says_where_to_set_one(standin: Standin, demo: Company) -> None:
    async with speaking(standin, key="") as voice:
        voice.warm(demo)
        with pytest.raises(KeyRefused, match="ELEVENLABS_API_KEY"):
            await voice.synthesise(demo, "Hello.")
    assert standin.connections == 0


async def test_nobody_at_the_address_is_told(demo: Company) -> None:
    with running() as standin:
        pass
    async with speaking(standin) as voice:
        with pytest.raises(ProviderUnreachable, match="ELEVENLABS_BASE_URL"):
            await voice.synthesise(demo, "Hello.")


async def test_every_clip_comes_over_the_connection_that_was_opened_for_the_call(
    standin: Standin, demo: Company
) -> None:
    async with speaking(standin) as voice:
        voice.warm(demo)
        await until(lambda: standin.connections)
        await asyncio.sleep(0.1)
        for _ in range(3):
            await voice.synthesise(demo, "Hello.")
    assert standin.connections == 1


async def test_a_clip_nobody_waits_for_any_more_is_given_up(
    standin: Standin, demo: Company
) -> None:
    standin.rules.add({"fault": "silent"})
    async with speaking(standin) as voice:
        task = asyncio.create_task(voice.synthesise(demo, "Hello."))
        await until(lambda: standin.seen)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        standin.rules.clear()
        assert about(await voice.synthesise(demo, "Hello again."))["text"] == "Hello again."
