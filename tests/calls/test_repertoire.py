from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from clientsvia.calls.repertoire import Repertoire
from clientsvia.calls.sentences import fixed
from clientsvia.errors import ProviderBroken
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.money.spending import capped_at
from tests.providers.voices import Stage, settled, with_voice

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.companies.company import Company


@dataclass
class Rehearsal:
    """Workers with a store of clips between them."""

    stage: Stage = field(default_factory=Stage)
    prepared: MemoryPreparedAnswers = field(default_factory=MemoryPreparedAnswers)

    def __post_init__(self) -> None:
        self.workers = [
            Repertoire(self.stage.speech, self.prepared, retry_s=0.01) for _ in range(2)
        ]

    @asynccontextmanager
    async def on(self) -> AsyncIterator[None]:
        following = [asyncio.create_task(worker.follow()) for worker in self.workers]
        yield
        for task in following:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def take(self, *companies: Company) -> None:
        for company in companies:
            for worker in self.workers:
                worker.take(company)

    def missing(self, company: Company) -> list[str]:
        return [text for text in fixed(company) if not self.stage.speech.ready(company, text)]


@pytest.fixture
def rehearsal() -> Rehearsal:
    return Rehearsal()


async def test_fixed_sentences_get_their_clips_once_for_all_workers(
    rehearsal: Rehearsal, demo: Company
) -> None:
    async with rehearsal.on():
        rehearsal.take(demo)
        await settled(lambda: not rehearsal.missing(demo))
        await asyncio.sleep(0.05)

    assert [text for _, text in rehearsal.stage.actor.asked] == list(fixed(demo))
    assert rehearsal.stage.actor.at_most == 1


async def test_a_changed_greeting_is_all_that_is_made_anew(
    rehearsal: Rehearsal, demo: Company
) -> None:
    changed = replace(demo, greeting="Good day!", revision=demo.revision + 1)
    async with rehearsal.on():
        rehearsal.take(demo)
        await settled(lambda: not rehearsal.missing(demo))
        rehearsal.take(changed)
        await settled(lambda: not rehearsal.missing(changed))

    assert [text for _, text in rehearsal.stage.actor.asked] == [*fixed(demo), "Good day!"]


async def test_what_changes_half_way_is_not_made_to_its_end(
    rehearsal: Rehearsal, demo: Company
) -> None:
    actor, silent = rehearsal.stage.actor, with_voice(demo, provider="say")
    actor.open.clear()
    async with rehearsal.on():
        rehearsal.take(demo)
        await settled(lambda: len(actor.asked) == 1)
        rehearsal.take(silent)
        actor.open.set()
        await asyncio.sleep(0.05)

    assert len(actor.asked) == 1


async def test_who_changed_last_comes_first(rehearsal: Rehearsal, demo: Company) -> None:
    first, second = replace(demo, slug="first"), replace(demo, slug="second")
    rehearsal.take(demo, first, second)
    rehearsal.workers = rehearsal.workers[:1]
    async with rehearsal.on():
        await settled(lambda: not rehearsal.missing(demo))

    order = list(dict.fromkeys(slug for slug, _ in rehearsal.stage.actor.asked))
    assert order == ["second", "first", "demo"]


async def test_companies_without_a_voice_cost_nothing(rehearsal: Rehearsal, demo: Company) -> None:
    async with rehearsal.on():
        rehearsal.take(with_voice(demo, provider="say"))
        await asyncio.sleep(0.02)

    assert rehearsal.stage.actor.asked == []


async def test_a_failing_voice_is_told_once_and_tried_again(
    rehearsal: Rehearsal, demo: Company
) -> None:
    actor = rehearsal.stage.actor
    actor.failure = ProviderBroken("half a sound", "ask its support")
    rehearsal.workers = rehearsal.workers[:1]
    with capture_logs() as logs:
        async with rehearsal.on():
            rehearsal.take(demo)
            await settled(lambda: len(actor.asked) == 2)
            actor.failure = None
            await settled(lambda: logs[-1]["log_level"] == "info")

    warned = [line for line in logs if line["log_level"] == "warning"]
    assert [(line["company"], line["remedy"]) for line in warned] == [("demo", "ask its support")]
    done = [line for line in logs if line["log_level"] == "info"]
    assert [(line["company"], line["made"]) for line in done] == [("demo", len(fixed(demo)))]


async def test_one_company_that_fails_holds_up_no_other(
    rehearsal: Rehearsal, demo: Company
) -> None:
    spent = capped_at(demo, 0.001, "spent")
    await rehearsal.stage.speech.speak(spent, "This used up the month's money.")
    async with rehearsal.on():
        rehearsal.take(demo, spent)
        await settled(lambda: not rehearsal.missing(demo))

    assert rehearsal.missing(spent) == list(fixed(spent))


async def test_the_claim_of_a_worker_that_died_is_taken_over(
    rehearsal: Rehearsal, demo: Company
) -> None:
    await rehearsal.prepared.claim(f"repertoire:{demo.slug}:{demo.revision}", ttl=0.05)
    async with rehearsal.on():
        rehearsal.take(demo)
        await settled(lambda: not rehearsal.missing(demo))
