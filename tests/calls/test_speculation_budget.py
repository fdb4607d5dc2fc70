"""Preparing in vain stops for a call, and for a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import speculation_budget
from clientsvia.calls.ports import Usage
from clientsvia.calls.prices import Prices
from clientsvia.calls.speculation_budget import SpeculationBudget
from clientsvia.calls.spending import Ledger
from clientsvia.calls.usage import Spent, Sums
from tests.calls.spending import CENT, SetClock

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def ledger(clock: SetClock) -> Ledger:
    return Ledger(Prices(), clock)


@pytest.fixture
def budget(ledger: Ledger) -> SpeculationBudget:
    return SpeculationBudget(ledger)


def limited(company: Company, call: float, day: float) -> Company:
    spend = replace(company.spend, speculation_usd_per_call=call, speculation_usd_per_day=day)
    return replace(company, spend=spend)


def test_a_call_that_wasted_its_share_prepares_no_more(
    budget: SpeculationBudget, demo: Company
) -> None:
    company = limited(demo, 0.02, 1)
    for _ in range(2):
        assert budget.allows(company, "CA1")
        budget.discarded(company, "CA1", CENT)
    assert not budget.allows(company, "CA1")
    assert budget.allows(company, "CA2")
    assert budget.allows(replace(company, slug="other"), "CA1")


def test_a_day_that_wasted_its_share_prepares_no_more_until_the_next(
    budget: SpeculationBudget, clock: SetClock, demo: Company
) -> None:
    company = limited(demo, 1, 0.02)
    for number in range(2):
        budget.discarded(company, f"CA{number}", CENT)
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
    budget.discarded(limited(demo, 0.02, 1), "CA1", clip)
    assert not budget.allows(limited(demo, 0.02, 1), "CA1")


@pytest.mark.parametrize("limits", [(0, 1), (1, 0)])
def test_with_nothing_to_waste_nothing_is_prepared(
    budget: SpeculationBudget, demo: Company, limits: tuple[float, float]
) -> None:
    assert not budget.allows(limited(demo, *limits), "CA1")


def test_what_is_discarded_stands_in_the_books(
    budget: SpeculationBudget, ledger: Ledger, demo: Company
) -> None:
    budget.discarded(demo, "CA1", CENT)
    (counts,) = ledger.take().values()
    assert (counts.requests, counts.discarded, counts.discarded_nano_usd) == (0, 1, 10_000_000)


def test_calls_long_past_are_forgotten(
    budget: SpeculationBudget, demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speculation_budget, "CALLS_REMEMBERED", 2)
    company = limited(demo, 0.01, 100)
    for call in ("CA1", "CA2", "CA3"):
        budget.discarded(company, call, CENT)
    assert [budget.allows(company, call) for call in ("CA1", "CA2", "CA3")] == [True, False, False]
