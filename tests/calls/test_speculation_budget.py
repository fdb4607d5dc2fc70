"""Preparing in vain stops for a call, and for a day."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import speculation_budget
from clientsvia.calls.load import Load
from clientsvia.calls.making import Making
from clientsvia.calls.makings import Makings
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.money.usage import Spent, Sums
from clientsvia.calls.onset import EAGER
from clientsvia.calls.ports import Part, Question, Usage
from clientsvia.calls.speculation import Speculation
from clientsvia.calls.speculation_budget import SpeculationBudget
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.money.spending import CENT, SetClock
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.companies.company import Company


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def ledger(clock: SetClock) -> Ledger:
    return Ledger(Prices(), clock)


@pytest.fixture
def load() -> Load:
    return Load()


@pytest.fixture
def budget(ledger: Ledger, load: Load) -> SpeculationBudget:
    return SpeculationBudget(ledger, load)


def discard(budget: SpeculationBudget, company: Company, call: str, usage: Usage = CENT) -> None:
    making = Making("key", Question(company, "do you fix drains", OPEN), early=True)
    making.tab.note(company, usage)
    budget.discarded(call, making)


def limited(company: Company, call: float, day: float) -> Company:
    spend = replace(company.spend, speculation_usd_per_call=call, speculation_usd_per_day=day)
    return replace(company, spend=spend)


def test_a_call_that_wasted_its_share_prepares_no_more(
    budget: SpeculationBudget, demo: Company
) -> None:
    company = limited(demo, 0.02, 1)
    for _ in range(2):
        assert budget.allows(company, "CA1")
        discard(budget, company, "CA1")
    assert not budget.allows(company, "CA1")
    assert budget.allows(company, "CA2")
    assert budget.allows(replace(company, slug="other"), "CA1")


def test_a_day_that_wasted_its_share_prepares_no_more_until_the_next(
    budget: SpeculationBudget, clock: SetClock, demo: Company
) -> None:
    company = limited(demo, 1, 0.02)
    for number in range(2):
        discard(budget, company, f"CA{number}")
    assert not budget.allows(company, "CA9")
    clock.at += timedelta(days=1)
    assert budget.allows(company, "CA9")


def test_what_other_workers_wasted_counts_for_the_day(
    budget: SpeculationBudget, ledger: Ledger, demo: Company
) -> None:
    company = limited(demo, 1, 0.02)
    ledger.learn(Sums(1, {"demo": {date(2026, 11, 18): Spent(10**9, 20_000_000)}}))
    assert not budget.allows(company, "CA1")


def test_voices_count_as_well(budget: SpeculationBudget, demo: Company) -> None:
    clip = Usage("elevenlabs", "eleven_flash_v2_5", characters=400)
    discard(budget, limited(demo, 0.02, 1), "CA1", clip)
    assert not budget.allows(limited(demo, 0.02, 1), "CA1")


@pytest.mark.parametrize("limits", [(0, 1), (1, 0)])
def test_with_nothing_to_waste_nothing_is_prepared(
    budget: SpeculationBudget, demo: Company, limits: tuple[float, float]
) -> None:
    assert not budget.allows(limited(demo, *limits), "CA1")


def test_a_process_that_is_late_with_its_calls_prepares_nothing(
    budget: SpeculationBudget, load: Load, demo: Company
) -> None:
    assert budget.allows(demo, "CA1")
    load.late = 0.2
    assert not budget.allows(demo, "CA1")


def test_what_is_discarded_stands_in_the_books(
    budget: SpeculationBudget, ledger: Ledger, demo: Company
) -> None:
    discard(budget, demo, "CA1")
    (counts,) = ledger.take().values()
    assert (counts.requests, counts.discarded, counts.discarded_nano_usd) == (0, 1, 10_000_000)


def test_calls_long_past_are_forgotten(
    budget: SpeculationBudget, demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speculation_budget, "CALLS_REMEMBERED", 2)
    company = limited(demo, 0.01, 100)
    for call in ("CA1", "CA2", "CA3"):
        discard(budget, company, call)
    assert [budget.allows(company, call) for call in ("CA1", "CA2", "CA3")] == [True, False, False]


class Costly:
    """A model that counts what it used when it has ended, or was broken off."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()

    def instant(self, _company: Company) -> bool:
        return False

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        try:
            self.begun.set()
            await self.gate.wait()
            yield Part(f"About {question.text}.", "model:costly")
        finally:
            self._ledger.add(question.company, CENT)


async def test_an_answer_that_was_broken_off_is_counted_when_it_tells_what_it_used(
    budget: SpeculationBudget, ledger: Ledger, demo: Company
) -> None:
    model = Costly(ledger)
    makings = Makings(model, SaySpeech(), MemoryPreparedAnswers())
    speculation = Speculation(makings, EAGER, budget)
    await speculation.hear("CA1", 1, 0, Question(demo, "do you fix", OPEN))
    await model.begun.wait()
    model.gate.set()
    making = await speculation.final("CA1", 1, Question(demo, "do you fix drains", OPEN))
    assert (await making.take(0, 5)).parts[0].text == "About do you fix drains."
    await makings.close()
    speculation.ended("demo", "CA1")

    assert ledger.spent(demo) == pytest.approx(0.02)
    assert ledger.wasted_today(demo) == pytest.approx(0.01)


async def test_an_answer_that_was_heard_is_no_waste(
    budget: SpeculationBudget, ledger: Ledger, demo: Company
) -> None:
    model = Costly(ledger)
    model.gate.set()
    makings = Makings(model, SaySpeech(), MemoryPreparedAnswers())
    speculation = Speculation(makings, EAGER, budget)
    question = Question(demo, "do you fix drains", OPEN)
    await speculation.hear("CA1", 1, 0, question)
    making = await speculation.final("CA1", 1, question)
    assert (await making.take(0, 5)).parts
    await makings.close()
    speculation.ended("demo", "CA1")

    assert ledger.spent(demo) == pytest.approx(0.01)
    assert ledger.wasted_today(demo) == 0
