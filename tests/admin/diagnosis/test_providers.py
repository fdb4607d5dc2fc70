"""Models and voices asked alone: the real packages against the stand-in, and what breaks."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.diagnosis import Trouble
from clientsvia.admin.diagnosis import providers as module
from clientsvia.admin.diagnosis.providers import check_model, check_voice
from clientsvia.calls.breaker import Breaker
from clientsvia.calls.clips import ClipNames
from clientsvia.calls.model_responder import ModelResponder
from clientsvia.errors import ClientsViaError
from clientsvia.providers.accounts import elevenlabs_platform
from clientsvia.providers.elevenlabs import ElevenLabsVoice, elevenlabs_clients
from clientsvia.providers.voice import PlatformVoice, VoiceSpeech
from clientsvia.stores.memory.clips import MemoryClips
from tests.admin.diagnosis.broken import Broken
from tests.conftest import OPEN
from tests.providers.models import MODEL, Counted, asking, with_ai
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from benches.standin.server import Standin
    from clientsvia.admin.diagnosis import Check
    from clientsvia.calls.ports import Speech
    from clientsvia.companies.company import Company

KEY = "sk-canary-platform"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running() as standin:
        yield standin


async def ask(standin: Standin, company: Company) -> Check:
    async with asking(standin, "responses") as asked:
        responder = ModelResponder(asked.model, lambda company: company.ai.model or MODEL)
        return await check_model(company, "openai", responder, OPEN)


@asynccontextmanager
async def speaking(standin: Standin, *, room: int = 1_000_000) -> AsyncIterator[Speech]:
    clients = elevenlabs_clients()
    voice = ElevenLabsVoice(clients, elevenlabs_platform(KEY, standin.url), "voice-0", "flash")
    platform = PlatformVoice(KEY, "voice-0", "flash")
    clips, names = MemoryClips(room), ClipNames([b"k" * 32])
    try:
        yield VoiceSpeech(voice, clips, names, platform, Breaker(lambda: 0.0), Counted())
    finally:
        await clients.close()


async def test_a_model_that_answers_is_well_and_is_named(standin: Standin, demo: Company) -> None:
    check = await ask(standin, with_ai(demo, model="gpt-4o"))
    assert check.well
    assert check.what == "demo, openai alone"
    assert check.found.startswith("gpt-4o answers, its first sentence in")
    assert check.trouble is Trouble.AI


@pytest.mark.parametrize(
    ("fault", "found", "remedy"),
    [
        ("key_refused", "(KeyRefused)", "OPENAI_API_KEY"),
        ("quota", "(QuotaUsedUp)", "add credit"),
        ("unknown_model", "(UnknownModel)", "ai.model"),
        ("server_error", "(ProviderBroken)", "status"),
    ],
)
async def test_a_model_that_fails_is_told_with_its_class_and_remedy(
    standin: Standin, demo: Company, fault: str, found: str, remedy: str
) -> None:
    standin.rules.add({"fault": fault})
    check = await ask(standin, demo)
    assert found in check.found
    assert remedy in check.remedy
    assert "canary" not in check.found + check.remedy


async def test_a_model_that_says_nothing_is_told(standin: Standin, demo: Company) -> None:
    standin.rules.add({"personality": "mute"})
    check = await ask(standin, demo)
    assert "says nothing" in check.found
    assert not check.well


@pytest.mark.parametrize(
    ("error", "found", "remedy"),
    [
        (ClientsViaError("it is off: turn it on"), "ClientsViaError", "it is off: turn it on"),
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero", "report it"),
        (None, "no answer within", "status"),
    ],
)
async def test_whatever_breaks_is_told(
    demo: Company,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception | None,
    found: str,
    remedy: str,
) -> None:
    monkeypatch.setattr(module, "MODEL_SECONDS", 0.05)
    check = await check_model(demo, "openai", Broken(error), OPEN)
    assert found in check.found
    assert remedy in check.remedy


async def test_a_voice_is_asked_anew_each_time(standin: Standin, demo: Company) -> None:
    async with speaking(standin) as speech:
        for microsecond in (1, 2):
            check = await check_voice(demo, speech, OPEN.replace(microsecond=microsecond))
            assert check.well
            assert check.found.startswith("a clip is made in")
    assert standin.counts["/v1/text-to-speech/voice-0/stream"] == 2


async def test_a_voice_that_fails_is_told_with_its_class_and_remedy(
    standin: Standin, demo: Company
) -> None:
    standin.rules.add({"fault": "quota"})
    async with speaking(standin) as speech:
        check = await check_voice(demo, speech, OPEN)
    assert "(QuotaUsedUp)" in check.found
    assert "ELEVENLABS_API_KEY" in check.remedy


async def test_a_clip_that_finds_no_room_is_told(standin: Standin, demo: Company) -> None:
    async with speaking(standin, room=1) as speech:
        check = await check_voice(demo, speech, OPEN)
    assert "no clip is made" in check.found
    assert not check.well
