"""Plays turns against the real speculation, and measures what callers wait for."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import EAGER
from clientsvia.calls.ports import Question
from clientsvia.calls.speculation import Speculation, Unlimited
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.rehearsal.model import (
    ANSWER_TOKENS,
    OneProcess,
    RehearsedModel,
    RehearsedVoice,
    Spent,
)
from clientsvia.rehearsal.virtual_time import run_in_virtual_time

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientsvia.calls.onset import StartPolicy
    from clientsvia.companies.company import Company
    from clientsvia.rehearsal.recogniser import Partial, Turn

PATIENCE = 60.0  # seconds: longer than any answer takes
NOW = datetime(2026, 3, 4, 15, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Measured:
    """One turn: seconds from its final to the sound of the first sentence, and what it took."""

    waited: float
    prepared: bool
    generations: int
    tokens_wasted: int


def rehearse(
    turns: Sequence[Turn],
    policy: StartPolicy | None,
    seed: int,
    done: Callable[[], None] = lambda: None,
) -> list[Measured]:
    """Every turn played under a policy, in the same time whichever it is.

    Without a policy an oracle decides, who knows the final words: it begins their answer with the
    first partial that says them, and no other. Nobody can begin the right one earlier.
    """
    return run_in_virtual_time(_all(turns, policy, seed, done))


async def _all(
    turns: Sequence[Turn], policy: StartPolicy | None, seed: int, done: Callable[[], None]
) -> list[Measured]:
    company = compile_company(StoredProfile(demo_profile(), 1), NOW)
    measured = []
    for number, turn in enumerate(turns):
        model = RehearsedModel(seed + number)
        makings = Makings(model, RehearsedVoice(), OneProcess())
        speculation = Speculation(makings, policy or EAGER, Unlimited())
        heard = turn.partials if policy else first_right(turn)
        measured.append(await _one(turn, heard, speculation, company, model.spent))
        done()
    return measured


def first_right(turn: Turn) -> tuple[Partial, ...]:
    """All an oracle needs to hear."""
    return tuple(partial for partial in turn.partials if partial.right)[:1]


async def _one(
    turn: Turn, heard: Sequence[Partial], speculation: Speculation, company: Company, spent: Spent
) -> Measured:
    loop = asyncio.get_running_loop()
    began = loop.time()

    async def hear(partial: Partial) -> None:
        await asyncio.sleep(began + partial.at - loop.time())
        question = Question(company, partial.text, NOW)
        await speculation.hear("CA1", 1, partial.sequence, question, partial.stable)

    async with asyncio.TaskGroup() as tasks:
        for partial in heard:
            tasks.create_task(hear(partial))
        await asyncio.sleep(turn.final_at)
        making = await speculation.final("CA1", 1, Question(company, turn.final, NOW))
        await making.take(0, PATIENCE)
        waited = loop.time() - began - turn.final_at
        while not making.complete:
            await making.take(len(making.parts), PATIENCE)
    return Measured(waited, making.early, spent.generations, spent.tokens - ANSWER_TOKENS)
