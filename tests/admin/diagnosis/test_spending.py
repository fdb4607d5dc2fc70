from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.diagnosis import Trouble
from clientsvia.admin.diagnosis.spending import check_usage
from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, UsageKey
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.usage import MemoryUsage
from tests.calls.money.spending import capped_at
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.admin.diagnosis import Check
    from clientsvia.companies.company import Company

KEY = UsageKey("demo", date(2026, 11, 18), "openai", "gpt-4.1-mini")


async def spent(usd: float) -> MemoryUsage:
    book = MemoryUsage()
    await book.add({KEY: Counts(requests=1, nano_usd=round(usd * 1e9))}, {})
    return book


async def spending(company: Company, book: MemoryUsage, now: datetime = OPEN) -> Check:
    *_, check = await check_usage(company, book, now)
    assert check.what == "demo, spending"
    return check


async def providers(company: Company, book: MemoryUsage, now: datetime = OPEN) -> Check:
    check, _ = await check_usage(company, book, now)
    assert check.what == "demo, providers"
    return check


class Gone(MemoryUsage):
    """A book that cannot be read."""

    async def rows(self, *_: object) -> Sequence[tuple[UsageKey, Counts]]:
        raise StoreUnavailable("the database did not answer: see its disk")


async def test_without_a_cap_it_is_told_what_was_spent(demo: Company) -> None:
    check = await spending(demo, await spent(12.345))
    assert check.well
    assert check.found == "12.35 USD in 2026-11, without a cap"
    assert check.trouble is Trouble.AI


@pytest.mark.parametrize(("usd", "well"), [(0, True), (7.99, True), (8, False), (9.99, False)])
async def test_near_the_cap_it_is_to_be_raised(demo: Company, usd: float, *, well: bool) -> None:
    check = await spending(capped_at(demo, 10), await spent(usd))
    assert check.well == well
    assert f"{usd:.2f} of 10.00 USD in 2026-11" in check.found
    assert well or "raise spend.monthly_usd" in check.remedy


async def test_over_the_cap_it_is_told_how_calls_go_on(demo: Company) -> None:
    check = await spending(capped_at(demo, 10), await spent(10), OPEN)
    assert "(100%): it answers from knowledge" in check.found
    assert check.remedy.endswith("clientsvia usage --company demo")


async def test_last_months_money_does_not_count(demo: Company) -> None:
    check = await spending(capped_at(demo, 10), await spent(99), OPEN + timedelta(days=30))
    assert check.found == "0.00 of 10.00 USD in 2026-12 (0%)"


async def failed(error: str, count: int, at: datetime = OPEN) -> MemoryUsage:
    book = MemoryUsage()
    hour = at.replace(minute=0)
    failures = Failures(count, at, "the key was refused", "write a valid ai.api_key")
    await book.add({}, {ErrorKey("demo", hour, "openai", error): failures})
    return book


async def test_where_nothing_failed_it_is_well(demo: Company) -> None:
    check = await providers(demo, await spent(1))
    assert (check.well, check.found) == (True, "none failed in the last 24 hours")


async def test_what_goes_on_failing_is_told_with_its_remedy(demo: Company) -> None:
    check = await providers(demo, await failed("KeyRefused", 1), OPEN)
    assert check.found == (
        "openai: KeyRefused once in the last 24 hours, last at 15:00 UTC: the key was refused"
    )
    assert check.remedy == "write a valid ai.api_key"


@pytest.mark.parametrize(("count", "well"), [(10, True), (11, False)])
async def test_what_passes_by_itself_is_to_be_mended_when_it_is_often(
    demo: Company, count: int, *, well: bool
) -> None:
    check = await providers(demo, await failed("ProviderTimeout", count), OPEN)
    assert check.well == well
    assert f"ProviderTimeout {count} times" in check.found


async def test_hours_are_added_up_and_old_ones_left_out(demo: Company) -> None:
    book = await failed("KeyRefused", 1)
    later = OPEN + timedelta(hours=2)
    second = Failures(2, later, "the quota is used up", "pay")
    await book.add({}, {ErrorKey("demo", later, "openai", "KeyRefused"): second})

    check = await providers(demo, book, later)
    assert "KeyRefused 3 times in the last 24 hours, last at 17:00 UTC: the quota" in check.found
    check = await providers(demo, book, OPEN + timedelta(hours=25))
    assert "KeyRefused 2 times" in check.found
    assert await check_usage(demo, book, OPEN + timedelta(hours=27)) == []


async def test_a_book_that_cannot_be_read_is_told(demo: Company) -> None:
    (check,) = await check_usage(demo, Gone(), OPEN)
    assert check.remedy == "the database did not answer: see its disk"


async def test_nothing_is_said_of_a_company_that_asks_no_provider(demo: Company) -> None:
    assert await check_usage(demo, MemoryUsage(), OPEN) == []
    assert len(await check_usage(capped_at(demo, 10), MemoryUsage(), OPEN)) == 2
