"""Voices, budgets and breakers that tests play: what was asked of them, and when they answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clientsvia.calls.clips import ClipNames
from clientsvia.providers.voice import PlatformVoice, VoiceSpeech
from clientsvia.stores.memory.clips import MemoryClips

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.ports import Usage
    from clientsvia.companies.company import Company
    from clientsvia.errors import ProviderFailed

PLATFORM = PlatformVoice("platform-key", "rachel", "flash", "mp3", at_once=2)


@dataclass
class Actor:
    """Speaks a sentence once it is let; the sound says whose and which it is."""

    asked: list[tuple[str, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    failure: Exception | None = None
    open: asyncio.Event = field(default_factory=asyncio.Event)
    at_once: int = 0
    at_most: int = 0

    def __post_init__(self) -> None:
        self.open.set()

    async def synthesise(self, company: Company, text: str) -> bytes:
        self.asked.append((company.slug, text))
        self.at_once += 1
        self.at_most = max(self.at_most, self.at_once)
        try:
            await self.open.wait()
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.cancelled.append(text)
            raise
        finally:
            self.at_once -= 1
        if self.failure is not None:
            raise self.failure
        return sound(company, text)


def sound(company: Company, text: str) -> bytes:
    return f"ID3 {company.slug} says {text}".encode()


@dataclass
class Fuse:
    """A breaker that tests open."""

    closed: bool = True
    told: list[str] = field(default_factory=list)

    def allows(self, _company: Company, _provider: str) -> bool:
        return self.closed

    def succeeded(self, company: Company, provider: str) -> None:
        self.told.append(f"{provider} answered {company.slug}")

    def failed(self, company: Company, _provider: str, error: ProviderFailed) -> None:
        self.told.append(f"{type(error).__name__} for {company.slug}")


@dataclass
class Purse:
    """A budget that tests use up."""

    empty: bool = False
    used: list[Usage] = field(default_factory=list)

    def add(self, _company: Company, usage: Usage) -> None:
        self.used.append(usage)

    def capped(self, _company: Company) -> bool:
        return self.empty

    @property
    def characters(self) -> int:
        return sum(usage.characters for usage in self.used)


@dataclass
class Stage:
    """A speech with everything around it."""

    platform: PlatformVoice = PLATFORM
    actor: Actor = field(default_factory=Actor)
    clips: MemoryClips = field(default_factory=lambda: MemoryClips(1_000_000))
    fuse: Fuse = field(default_factory=Fuse)
    purse: Purse = field(default_factory=Purse)

    def __post_init__(self) -> None:
        names = ClipNames([b"k" * 32])
        self.speech = VoiceSpeech(
            self.actor, self.clips, names, self.platform, self.fuse, self.purse
        )


def with_voice(company: Company, **changes: object) -> Company:
    return replace(company, voice=replace(company.voice, **changes))  # type: ignore[arg-type]


async def settled(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - an actor tells nobody
            await asyncio.sleep(0)
