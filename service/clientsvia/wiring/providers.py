"""Who answers and who speaks, as settings and keys allow."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from clientsvia.calls.breaker import Breaker
from clientsvia.calls.clips import ClipNames
from clientsvia.calls.model_responder import ModelResponder
from clientsvia.calls.repertoire import Repertoire
from clientsvia.calls.responders import OPENAI, Provider, Responders
from clientsvia.calls.watched import WatchedBreaker
from clientsvia.providers.accounts import elevenlabs_platform, openai_platform
from clientsvia.providers.elevenlabs import FORMAT, ElevenLabsVoice, elevenlabs_clients
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.openai_chat import ChatApi
from clientsvia.providers.openai_clients import openai_clients
from clientsvia.providers.openai_model import OpenAiModel
from clientsvia.providers.openai_responses import ResponsesApi
from clientsvia.providers.say import SaySpeech
from clientsvia.providers.voice import PlatformVoice, VoiceSpeech
from clientsvia.stores.memory.clips import MemoryClips

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from elevenlabs import AsyncElevenLabs
    from openai import AsyncOpenAI
    from pydantic import SecretStr

    from clientsvia.calls.load import Load
    from clientsvia.calls.ports import Clips, Speech
    from clientsvia.companies.company import Company
    from clientsvia.providers.accounts import Account
    from clientsvia.providers.clients import Clients
    from clientsvia.settings import Settings
    from clientsvia.wiring.money import Money
    from clientsvia.wiring.stores import Stores


PROBE_BYTES = 1_000_000  # room for the sound of a short sentence


@dataclass(frozen=True, slots=True)
class Providers:
    """The responder and the voice of every company, and the connections they keep.

    ``voice_alone`` makes a voice that keeps no clip and knows of no earlier failure: what tests a
    key is to be told of that key, not of one that was replaced.
    """

    responder: Responders
    speech: SaySpeech | VoiceSpeech
    repertoire: Repertoire
    own_data: KnowledgeResponder
    voice_alone: Callable[[], Speech]
    models: dict[str, OpenAiModel]
    voice: ElevenLabsVoice
    clients: tuple[Clients[AsyncOpenAI], Clients[AsyncElevenLabs]]
    shared_keys: bool

    async def load(self) -> None:
        """Import what the shared keys are for, and open a connection with each: before any call.

        Takes a second, and 30 to 60 MB; without keys it does nothing.
        """
        await asyncio.gather(self.models[OPENAI].load(), self.voice.load())

    def warm(self, company: Company) -> None:
        """Open the connections that a call of this company will need; returns at once.

        PERF: most companies have no key, which is seen in 0.2 us.
        """
        if not (self.shared_keys or company.ai.api_key or company.voice.api_key):
            return
        if not self.responder.instant(company):
            for model in self.models.values():
                model.warm(company)
        if self.speech.has_voice(company):
            self.voice.warm(company)

    async def close(self) -> None:
        """Stop speaking, and let go of every connection."""
        await self.speech.close()
        for clients in self.clients:
            await clients.close()


def open_providers(
    settings: Settings, keys: Sequence[bytes], stores: Stores, money: Money, load: Load
) -> Providers:
    """The providers; no package of theirs is imported before a company with a key needs it."""
    breaker = WatchedBreaker(monotonic, money.errors)
    account = openai_platform(_plain(settings.openai_api_key), settings.openai_base_url)
    openai, voices = openai_clients(), elevenlabs_clients()
    model = settings.openai_model
    models = {
        "openai": OpenAiModel(ResponsesApi(), openai, account, money.spending, model),
        "compatible": OpenAiModel(ChatApi(), openai, account, money.spending, model),
    }
    own_data = KnowledgeResponder()
    responder = Responders(
        {
            "openai": Provider(_responder(models["openai"], model), _pays_openai(account)),
            "compatible": Provider(_responder(models["compatible"], model), _has_server(account)),
        },
        own_data,
        money.spending,
        breaker,
        load,
    )
    speaks = elevenlabs_platform(_plain(settings.elevenlabs_api_key), settings.elevenlabs_base_url)
    voice = ElevenLabsVoice(voices, speaks, settings.elevenlabs_voice, settings.elevenlabs_model)
    names = ClipNames(keys)
    speech = _speech(settings, voice, speaks, names, stores.clips, breaker, money)

    def voice_alone() -> Speech:
        clips = MemoryClips(PROBE_BYTES)
        return _speech(settings, voice, speaks, names, clips, Breaker(monotonic), money)

    repertoire = Repertoire(speech, stores.prepared)
    shared = bool(account.api_key or speaks.api_key)
    clients = openai, voices
    return Providers(
        responder, speech, repertoire, own_data, voice_alone, models, voice, clients, shared
    )


def _speech(
    settings: Settings,
    voice: ElevenLabsVoice,
    account: Account,
    names: ClipNames,
    clips: Clips,
    breaker: Breaker,
    money: Money,
) -> SaySpeech | VoiceSpeech:
    if settings.speech == "say":
        return SaySpeech()
    platform = PlatformVoice(
        account.api_key,
        settings.elevenlabs_voice,
        settings.elevenlabs_model,
        FORMAT,
        at_once=max(1, settings.voice_concurrency // settings.workers),
    )
    return VoiceSpeech(voice, clips, names, platform, breaker, money.spending)


def _responder(model: OpenAiModel, default: str) -> ModelResponder:
    return ModelResponder(model, lambda company: company.ai.model or default)


def _pays_openai(platform: Account) -> Callable[[Company], bool]:
    """Whether there is a key for OpenAI; a company's own opens its base_url where it has one."""
    return lambda company: bool(
        platform.api_key or (company.ai.api_key and not company.ai.base_url)
    )


def _has_server(platform: Account) -> Callable[[Company], bool]:
    """Whether there is a compatible server to ask: the company's own, or the operator's."""
    pays = _pays_openai(platform)
    return lambda company: bool(company.ai.base_url) or pays(company)


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""
