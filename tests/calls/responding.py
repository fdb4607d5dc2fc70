"""Responders and voices for tests that are about what is made of their answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.calls.deadline import SPEAK
from clientsvia.calls.ports import Part
from clientsvia.errors import ProviderBroken

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company


async def settled() -> None:
    """Return when all that can go on without time passing has gone on, however slow the machine."""
    for _ in range(50):
        await asyncio.sleep(0)


class Scripted:
    """Answers with given parts, or with the question itself; counts what it is asked.

    Waits at each part for ``pace`` seconds, or for ``gate`` where one is given; fails after its
    parts when it is ``broken``.
    """

    def __init__(self, *parts: Part, pace: float = 0.0, broken: bool = False) -> None:
        self.parts: Sequence[Part] = parts
        self._pace = pace
        self.broken = broken
        self.gate: asyncio.Event | None = None
        self.asked: list[str] = []
        self.stopped: list[str] = []

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        self.asked.append(question.text)
        parts = (
            self.parts
            if self.parts or self.broken
            else (Part(f"About {question.text}.", "model:test", 0.7),)
        )
        try:
            for part in parts:
                await (self.gate.wait() if self.gate else asyncio.sleep(self._pace))
                yield part
            if self.broken:
                raise ProviderBroken("planted", "nothing to do")
        except (asyncio.CancelledError, GeneratorExit):
            self.stopped.append(question.text)
            raise

    def instant(self, _company: Company) -> bool:
        return False


class Voice:
    """Makes clips named by company and text; slow or failing where told."""

    def __init__(self, *, pace: float = 0.0, fails: bool = False) -> None:
        self._pace = pace
        self._fails = fails
        self.spoken: list[str] = []
        self.learnt: list[str] = []

    def has_voice(self, _company: Company) -> bool:
        return True

    async def speak(self, company: Company, text: str, *, patience: float = SPEAK) -> str:
        self.spoken.append(text)
        async with asyncio.timeout(patience):
            await asyncio.sleep(self._pace)
        if self._fails:
            raise ProviderBroken("planted", "nothing to do")
        return f"{company.slug}-{text}"

    def ready(self, _company: Company, _text: str) -> str:
        return ""

    def learn(self, clip: str) -> None:
        self.learnt.append(clip)

    def follow(self, changed: Callable[[str], None]) -> None:
        """Nobody is told of anything."""
