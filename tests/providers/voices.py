"""A voice that tests play, with all the real things around it."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clientsvia.calls.breaker import Breaker
from clientsvia.calls.clips import ClipNames
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.spending import Ledger
from clientsvia.providers.voice import PlatformVoice, VoiceSpeech
from clientsvia.stores.memory.clips import MemoryClips
from tests.calls.money.spending import SetClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.companies.company import Company

PLATFORM = PlatformVoice("platform-key", "rachel", "flash", "mp3", at_once=2)


@dataclass
class Actor:
    """Speaks a sentence once it is let; the sound says whose and which it is."""

    asked: list[tuple[str, str]] = field(default_factory=list)
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
        finally:
            self.at_once -= 1
        if self.failure is not None:
            raise self.failure
        return sound(company, text)


def sound(company: Company, text: str) -> bytes:
    return f"ID3 {company.slug} says {text}".encode()


@dataclass
class Stage:
    """A speech with everything around it."""

    platform: PlatformVoice = PLATFORM
    actor: Actor = field(default_factory=Actor)
    clips: MemoryClips = field(default_factory=lambda: MemoryClips(1_000_000))
    breaker: Breaker = field(default_factory=lambda: Breaker(time.monotonic))
    ledger: Ledger = field(default_factory=lambda: Ledger(Prices(), SetClock()))

    def __post_init__(self) -> None:
        names = ClipNames([b"k" * 32])
        self.speech = VoiceSpeech(
            self.actor, self.clips, names, self.platform, self.breaker, self.ledger
        )

    @property
    def characters(self) -> int:
        """How many were counted."""
        return sum(counts.characters for counts in self.ledger.take().values())


def with_voice(company: Company, **changes: object) -> Company:
    return replace(company, voice=replace(company.voice, **changes))  # type: ignore[arg-type]


async def settled(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - an actor tells nobody
            await asyncio.sleep(0)
