"""A company's own voice: each sentence is made once, kept as a clip, and shared by who wants it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import structlog

from clientsvia.calls.clips import owner_of
from clientsvia.calls.deadline import SPEAK
from clientsvia.calls.ports import Usage
from clientsvia.errors import (
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from clientsvia.providers.shared_work import SharedWork

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.breaker import Breaker
    from clientsvia.calls.clips import ClipNames, VoiceNames
    from clientsvia.calls.ports import Clips, Spending
    from clientsvia.companies.company import Company
    from clientsvia.providers.shared_work import Work

log = structlog.get_logger(__name__)

PROVIDER = "elevenlabs"
MAKING_S = 10.0
FULL_S = 30.0  # after a clip could not be stored: until then nothing is made that would be lost
UNPAID = (KeyRefused, QuotaUsedUp, RateLimited, UnknownModel, ProviderUnreachable)
"""Failures for which nothing was spoken."""


class Synthesis(Protocol):
    """Whoever turns a sentence into sound."""

    async def synthesise(self, company: Company, text: str) -> bytes:
        """The whole sound of ``text`` in the company's voice; raises ProviderFailed."""


@dataclass(frozen=True, slots=True)
class PlatformVoice:
    """What speaks for companies that name no key, voice or model of their own.

    ``sort`` names the format of the sound; ``at_once`` is how many sentences a key may have made
    at a time.
    """

    key: str = field(repr=False)
    voice: str
    model: str
    sort: str = ""
    at_once: int = 4


class VoiceSpeech:
    """Speaks with clips for companies that chose to and have a key; others are left to Twilio."""

    def __init__(
        self,
        synthesis: Synthesis,
        clips: Clips,
        names: ClipNames,
        platform: PlatformVoice,
        breaker: Breaker,
        spending: Spending,
    ) -> None:
        self._synthesis = synthesis
        self._clips = clips
        self._clip_names = names
        self._platform = platform
        self._breaker = breaker
        self._spending = spending
        self._names: dict[str, tuple[Company, VoiceNames]] = {}
        self._slugs: dict[str, str] = {}
        self._works = SharedWork()
        self._limits: dict[str, asyncio.Semaphore] = {}
        self._full_until = 0.0

    def has_voice(self, company: Company) -> bool:
        """Whether the company speaks with clips; memory only."""
        voice = company.voice
        return voice.provider != "say" and bool(voice.api_key or self._platform.key)

    async def speak(self, company: Company, text: str, *, patience: float = SPEAK) -> str:
        """The name of a clip that says ``text`` and can be fetched now; empty where Twilio speaks.

        Raises ProviderFailed when there should be a clip and is none within ``patience`` seconds.
        """
        if not self.has_voice(company) or not any(map(str.isalnum, text)):
            return ""
        name = self._name(company, text)
        if await self._clips.find(name):
            return name
        work = self._works.find(name)
        if work is None:
            if not self._may_make(company):
                return ""
            work = self._works.start(name, lambda work: self._make(company, text, work))
        try:
            return name if await self._works.wait(work, patience) else ""
        except TimeoutError:
            raise ProviderTimeout(
                f"no sound from {PROVIDER} within {patience:g} s",
                "Twilio speaks meanwhile; choose a faster voice model if this happens often",
            ) from None

    def ready(self, company: Company, text: str) -> str:
        """The clip for ``text`` if there is one already, else empty; memory only."""
        if not self.has_voice(company):
            return ""
        name = self._name(company, text)
        return name if self._clips.holds(name) else ""

    def learn(self, clip: str) -> None:
        """Note that another process made a clip."""
        self._clips.learn(clip)

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call ``changed`` with a company's slug when ``ready`` may have another word for it."""

        def clip_changed(name: str) -> None:
            slug = self._slugs.get(owner_of(name))
            if slug is not None:  # else nobody has asked for a clip of the company yet
                changed(slug)

        self._clips.follow(clip_changed)

    async def close(self) -> None:
        """Stop what is still made."""
        await self._works.close()

    def _name(self, company: Company, text: str) -> str:
        known = self._names.get(company.slug)
        # PERF: the settings are taken in once for a company; a name then takes 3 us instead of 20.
        if known is None or known[0] is not company:
            known = self._names[company.slug] = company, self._voice_names(company)
            self._slugs[known[1].owner] = company.slug
        return known[1].name(text)

    def _voice_names(self, company: Company) -> VoiceNames:
        voice, platform = company.voice, self._platform
        return self._clip_names.of(
            company.slug,
            PROVIDER,
            voice.voice or platform.voice,
            voice.model or platform.model,
            platform.sort,
            voice.stability,
            voice.similarity,
            voice.speed,
        )

    def _may_make(self, company: Company) -> bool:
        return (
            time.monotonic() >= self._full_until
            and not self._spending.capped(company)
            and self._breaker.allows(company, PROVIDER)
        )

    async def _make(self, company: Company, text: str, work: Work) -> bool:
        key = company.voice.api_key
        limit = self._limits.setdefault(key, asyncio.Semaphore(self._platform.at_once))
        async with limit:
            work.begun = True
            sound = await self._sound(company, text)
        stored = await self._clips.put(work.name, sound)
        if not stored:
            self._full_until = time.monotonic() + FULL_S
        return stored

    async def _sound(self, company: Company, text: str) -> bytes:
        """The sound of ``text``, counted and told to the breaker; raises ProviderFailed."""
        started, spoken = time.monotonic(), len(text)
        try:
            async with asyncio.timeout(MAKING_S):
                sound = await self._synthesis.synthesise(company, text)
            if not sound:
                raise ProviderBroken(f"{PROVIDER} sent no sound", "ask its support")
        except (ProviderFailed, TimeoutError) as error:
            failure = error if isinstance(error, ProviderFailed) else _stalled()
            self._breaker.failed(company, PROVIDER, failure)
            spoken = 0 if isinstance(failure, UNPAID) else spoken
            raise failure from error
        finally:
            model = company.voice.model or self._platform.model
            seconds = time.monotonic() - started
            self._spending.add(company, Usage(PROVIDER, model, characters=spoken, seconds=seconds))
        self._breaker.succeeded(company, PROVIDER)
        return sound


def _stalled() -> ProviderTimeout:
    return ProviderTimeout(
        f"no sound from {PROVIDER} within {MAKING_S:g} s", "see its status page, or try again"
    )
