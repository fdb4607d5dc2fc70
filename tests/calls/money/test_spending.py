"""What a company spent, and whether it may spend more."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.money.usage import Counts, Spent, Sums, UsageKey
from clientsvia.calls.ports import Usage
from clientsvia.companies.hours import Hours
from clientsvia.companies.schedule import Schedule
from tests.calls.money.spending import CENT, SetClock, capped_at

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

# The demo's clock is New York's: UTC-5 in November, UTC-4 until the first Sunday of it.
MONTHS_LAST = datetime(2026, 12, 1, 4, 59, 59, tzinfo=UTC)
NOVEMBER = "2026-11"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def ledger(clock: SetClock) -> Ledger:
    return Ledger(Prices(), clock)


def test_a_request_is_counted_whole(ledger: Ledger, demo: Company) -> None:
    ledger.add(demo, Usage("openai", "gpt-4.1-mini", 700, 500, 30, seconds=1.25))
    ledger.add(demo, Usage("elevenlabs", "eleven_flash_v2_5", characters=80, seconds=0.2))

    day = date(2026, 11, 18)
    assert ledger.take() == {
        UsageKey("demo", day, "openai", "gpt-4.1-mini"): Counts(
            1, 700, 500, 30, milliseconds=1250, nano_usd=178_000
        ),
        UsageKey("demo", day, "elevenlabs", "eleven_flash_v2_5"): Counts(
            1, characters=80, milliseconds=200, nano_usd=4_000_000
        ),
    }


def test_the_cap_is_reached_by_what_this_worker_spends(ledger: Ledger, demo: Company) -> None:
    company = capped_at(demo, 0.03)
    for _ in range(2):
        ledger.add(company, CENT)
        assert not ledger.capped(company)
    ledger.add(company, CENT)
    assert ledger.capped(company)
    assert ledger.spent(company) == pytest.approx(0.03)


def test_without_a_cap_nothing_is_too_much(ledger: Ledger, demo: Company) -> None:
    for _ in range(1000):
        ledger.add(demo, CENT)
    assert not ledger.capped(capped_at(demo, 0))


def test_a_raised_cap_counts_at_once(ledger: Ledger, demo: Company) -> None:
    ledger.add(capped_at(demo, 0.01), CENT)
    assert ledger.capped(capped_at(demo, 0.01))
    assert not ledger.capped(capped_at(demo, 0.02))


def test_no_company_pays_for_another(ledger: Ledger, demo: Company) -> None:
    one, other = capped_at(demo, 0.01, "one"), capped_at(demo, 0.01, "other")
    ledger.add(one, CENT)
    assert ledger.capped(one)
    assert not ledger.capped(other)
    assert ledger.spent(other) == 0


def test_what_was_thrown_away_is_part_of_what_was_spent(ledger: Ledger, demo: Company) -> None:
    ledger.add(demo, CENT)
    ledger.add(demo, CENT)
    assert ledger.discarded(demo, CENT) == pytest.approx(0.01)

    assert ledger.spent(demo) == pytest.approx(0.02)
    assert ledger.wasted_today(demo) == pytest.approx(0.01)
    (counts,) = ledger.take().values()
    assert (counts.requests, counts.discarded, counts.discarded_tokens) == (2, 1, 25_000)
    assert counts.discarded_share == pytest.approx(0.5)


def test_the_month_ends_on_the_companys_clock(
    ledger: Ledger, clock: SetClock, demo: Company
) -> None:
    company = capped_at(demo, 0.01)
    clock.at = MONTHS_LAST
    ledger.add(company, CENT)
    assert ledger.capped(company)
    assert ledger.month(company) == NOVEMBER

    clock.at += timedelta(seconds=1)

    assert not ledger.capped(company)
    assert (ledger.month(company), ledger.spent(company)) == ("2026-12", 0)
    assert ledger.wasted_today(company) == 0


def test_at_one_moment_companies_are_in_different_months(
    ledger: Ledger, clock: SetClock, demo: Company
) -> None:
    auckland = replace(demo, slug="kiwi", hours=Hours(Schedule(), "Pacific/Auckland"))
    clock.at = MONTHS_LAST
    assert ledger.month(demo) == NOVEMBER
    assert ledger.month(auckland) == "2026-12"


def test_at_a_change_of_the_clocks_no_hour_is_lost(
    ledger: Ledger, clock: SetClock, demo: Company
) -> None:
    clock.at = datetime(2026, 11, 1, 3, 59, tzinfo=UTC)  # 23:59 in New York, still on summer time
    ledger.add(demo, CENT)
    clock.at = datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    ledger.add(demo, CENT)
    assert [key.day for key in ledger.take()] == [date(2026, 10, 31), date(2026, 11, 1)]
    assert ledger.spent(demo) == pytest.approx(0.01)


def test_what_others_spent_counts_beside_what_waits_here(ledger: Ledger, demo: Company) -> None:
    today = date(2026, 11, 18)
    ledger.add(demo, CENT)
    ledger.learn(Sums(7, {"demo": {today: Spent(20_000_000, 5_000_000)}}))

    assert ledger.version == 7
    assert ledger.spent(demo) == pytest.approx(0.03)
    assert ledger.wasted_today(demo) == pytest.approx(0.005)
    ledger.learn(Sums(7, {}))
    assert ledger.spent(demo) == pytest.approx(0.03)


def test_what_was_not_stored_waits_again(ledger: Ledger, demo: Company) -> None:
    ledger.add(demo, CENT)
    ledger.take()
    ledger.add(demo, CENT)
    assert ledger.unstored == 2
    ledger.restore()

    assert ledger.spent(demo) == pytest.approx(0.02)
    (counts,) = ledger.take().values()
    assert counts.requests == 2
    ledger.settle()
    assert (ledger.unstored, ledger.take()) == (0, {})
    assert ledger.spent(demo) == pytest.approx(0.02)


def test_months_long_past_are_forgotten(ledger: Ledger, clock: SetClock, demo: Company) -> None:
    old, new = date(2026, 10, 31), date(2026, 11, 1)
    ledger.learn(Sums(1, {"demo": {old: Spent(1), new: Spent(2)}}))
    assert ledger.since() == new
    assert ledger.spent(demo) == 2e-9

    clock.at = datetime(2026, 12, 1, 11, tzinfo=UTC)
    assert ledger.since() == new  # somewhere it is still November
    clock.at = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert ledger.since() == date(2026, 12, 1)
