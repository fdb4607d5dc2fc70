"""A model and a voice that take their time, and count what they were asked to do."""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from clientsvia.calls.meaning import canonical
from clientsvia.calls.ports import Part

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company

FIRST_TOKEN = 0.4
"""Median seconds to the first token."""
SPREAD = math.log(3) / 2.3263
"""Of the lognormal: its 99th percentile is three times the median."""
TOKENS_A_SECOND = 60.0
SENTENCE_TOKENS = 14
SENTENCES = 3
ANSWER_TOKENS = SENTENCES * SENTENCE_TOKENS
SOUND = 0.15
"""Seconds to the sound of a sentence."""


@dataclass(slots=True)
class Spent:
    """What a turn used up: answers begun, and the tokens that came out of all of them."""

    generations: int = 0
    tokens: int = 0


class RehearsedModel:
    """A responder that is as slow as a model; equal words of a turn always take as long."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self.spent = Spent()

    def instant(self, company: Company) -> bool:
        """Never."""
        return not company.slug

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        """Three sentences, the first after the first token and its own length."""
        spent = self.spent
        spent.generations += 1
        loop = asyncio.get_running_loop()
        rng = Random(f"{self._seed} {canonical(question.text)}")
        first_token = loop.time() + FIRST_TOKEN * rng.lognormvariate(0, SPREAD)
        try:
            await asyncio.sleep(first_token - loop.time())
            for number in range(1, SENTENCES + 1):
                await asyncio.sleep(SENTENCE_TOKENS / TOKENS_A_SECOND)
                yield Part(f"Sentence {number}.", "model:rehearsed")
        finally:
            written = (loop.time() - first_token) * TOKENS_A_SECOND
            spent.tokens += min(max(0, round(written)), ANSWER_TOKENS)


class RehearsedVoice:
    """A voice whose sounds take as long as an API's."""

    def has_voice(self, company: Company) -> bool:
        """Always."""
        return bool(company.slug)

    async def speak(self, company: Company, text: str, *, patience: float = SOUND) -> str:
        """A clip's name, in its time."""
        await asyncio.sleep(min(SOUND, patience))
        return self.ready(company, text)

    def ready(self, company: Company, text: str) -> str:
        """The name such a clip has."""
        return f"{company.slug}-{len(text)}"

    def follow(self, changed: Callable[[str], None]) -> None:
        """Nothing changes."""

    def learn(self, clip: str) -> None:
        """Nothing is kept."""


class OneProcess:
    """Prepared answers of a process that has nobody to share them with."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:  # noqa: ARG002 - the port's
        """Nobody else makes it."""
        return bool(key)

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        """Nobody else takes it."""

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109, ARG002 - the port's
        """Nobody else made it."""
        if key:
            raise KeyError(key)
        yield key

    async def discard(self, key: str) -> None:
        """Nobody else has it."""
