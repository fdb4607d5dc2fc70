"""Workers and their common book."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from clientsvia.calls.money.bookkeeping import Bookkeeping
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.ports import Usage
from clientsvia.errors import ProviderTimeout, StoreUnavailable
from clientsvia.stores.memory.usage import MemoryUsage
from tests.calls.money.spending import CENT, SetClock, capped_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, Notice, UsageKey
    from clientsvia.companies.company import Company

FIRST, LAST = date(2026, 11, 1), date(2026, 12, 31)
ALMOST = Usage("openai", "gpt-4.1-mini", input_tokens=20_000)  # four fifths of a cent


class FlakyUsage(MemoryUsage):
    """A book that answers only when it is told to, and then late."""

    def __init__(self) -> None:
        super().__init__()
        self.answers = True
        self.open = asyncio.Event()
        self.open.set()

    async def add(
        self, usage: Mapping[UsageKey, Counts], failures: Mapping[ErrorKey, Failures]
    ) -> None:
        await self.open.wait()
        if not self.answers:
            raise StoreUnavailable("the disk is full: make room")
        await super().add(usage, failures)


class Worker:
    """One process's ledger, errors and bookkeeping."""

    def __init__(self, book: MemoryUsage, clock: SetClock) -> None:
        self.ledger, self.errors = Ledger(Prices(), clock), ProviderErrors(clock)
        self.books = Bookkeeping(book, self.ledger, self.errors, clock)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def book() -> FlakyUsage:
    return FlakyUsage()


@pytest.fixture
def worker(book: FlakyUsage, clock: SetClock) -> Worker:
    return Worker(book, clock)


async def requests(book: MemoryUsage) -> int:
    return sum(counts.requests for _, counts in await book.rows(FIRST, LAST))


async def test_a_cap_holds_over_all_workers(
    book: FlakyUsage, clock: SetClock, demo: Company
) -> None:
    company = capped_at(demo, 0.03)
    one, other = Worker(book, clock), Worker(book, clock)
    one.ledger.add(company, CENT)
    other.ledger.add(company, CENT)
    other.ledger.add(company, CENT)
    assert not one.ledger.capped(company)
    assert not other.ledger.capped(company)

    await asyncio.gather(one.books.sync(), other.books.sync())
    await asyncio.gather(one.books.sync(), other.books.sync())

    assert one.ledger.capped(company)
    assert other.ledger.capped(company)


async def test_a_worker_that_starts_knows_what_was_spent(
    worker: Worker, book: FlakyUsage, clock: SetClock, demo: Company
) -> None:
    company = capped_at(demo, 0.01)
    worker.ledger.add(company, CENT)
    await worker.books.close(1)

    again = Worker(book, clock)
    await again.books.sync()

    assert again.ledger.capped(company)


async def test_a_book_that_fails_loses_nothing_and_is_told_of_once(
    worker: Worker, book: FlakyUsage, clock: SetClock, demo: Company
) -> None:
    book.answers = False
    with capture_logs() as logged:
        for _ in range(3):
            worker.ledger.add(demo, CENT)
            worker.errors.note(demo, "openai", ProviderTimeout("late", "wait"))
            assert not await worker.books.sync()
    assert [line["event"] for line in logged] == ["usage waits to be stored"]
    assert "make room" in logged[0]["error"]
    assert worker.ledger.spent(demo) == pytest.approx(0.03)

    book.answers = True
    assert await worker.books.sync()

    assert await requests(book) == 3
    assert sum(one.count for _, one in await book.failures(clock.at - timedelta(hours=1))) == 3
    assert worker.ledger.spent(demo) == pytest.approx(0.03)


async def test_nobody_waits_for_a_book_that_hangs(
    worker: Worker, book: FlakyUsage, demo: Company
) -> None:
    book.open.clear()
    worker.ledger.add(demo, CENT)
    syncing = asyncio.create_task(worker.books.sync())
    await asyncio.sleep(0)
    worker.ledger.add(demo, CENT)
    assert worker.ledger.spent(demo) == pytest.approx(0.02)
    book.open.set()
    assert await syncing
    await worker.books.close(1)
    assert await requests(book) == 2


async def test_who_stops_waiting_does_not_have_it_stored_twice(
    worker: Worker, book: FlakyUsage, demo: Company
) -> None:
    book.open.clear()
    worker.ledger.add(demo, CENT)
    running = asyncio.create_task(worker.books.sync())
    await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    book.open.set()

    await worker.books.close(1)

    assert await requests(book) == 1


async def test_what_cannot_be_stored_before_the_end_is_told(
    worker: Worker, book: FlakyUsage, demo: Company
) -> None:
    book.answers = False
    worker.ledger.add(demo, CENT)
    with capture_logs() as logged:
        await worker.books.close(0.1)
    assert logged[-1]["event"] == "usage could not be stored before the end"
    assert logged[-1]["lost"] == 1


async def test_with_nothing_to_store_the_end_asks_nothing(worker: Worker, book: FlakyUsage) -> None:
    book.open.clear()
    async with asyncio.timeout(1):
        await worker.books.close(30)


async def told(worker: Worker) -> Sequence[Mapping[str, Any]]:
    with capture_logs() as logged:
        await worker.books.sync()
    return logged


async def test_an_owner_is_told_once_at_four_fifths_and_at_the_end(
    book: FlakyUsage, clock: SetClock, demo: Company
) -> None:
    company = capped_at(demo, 0.01)
    one, other = Worker(book, clock), Worker(book, clock)
    one.ledger.add(company, Usage("openai", "gpt-4.1-mini", input_tokens=19_999))
    assert await told(one) == []

    one.ledger.add(company, Usage("openai", "gpt-4.1-mini", input_tokens=1))
    (warning,) = await told(one)
    assert (warning["event"], warning["company"]) == ("80 % is spent", "demo")
    assert (warning["month"], warning["cap_usd"]) == ("2026-11", 0.01)
    assert "spend.monthly_usd" in warning["remedy"]

    other.ledger.add(company, Usage("openai", "gpt-4.1-mini", input_tokens=1))
    assert [*await told(one), *await told(other), *await told(other)] == []

    other.ledger.add(company, ALMOST)
    (warning,) = await told(other)
    assert "used up" in warning["event"]
    assert "no call is refused" in warning["remedy"]
    assert await told(one) == []
    notices = await book.notices("demo", "2026-11")
    assert [notice.percent for notice in notices] == [80, 100]


async def test_an_owner_is_told_before_it_is_noted_so_that_no_crash_comes_between(
    book: FlakyUsage, clock: SetClock, demo: Company
) -> None:
    told: list[tuple[int, float, int]] = []

    async def tell(notice: Notice, spent: float) -> None:
        noted = await book.notices(notice.company, notice.month)
        told.append((notice.percent, round(spent, 2), len(noted)))
        if len(told) == 1:
            raise StoreUnavailable("the disk is full: make room")

    worker = Worker(book, clock)
    books = Bookkeeping(book, worker.ledger, worker.errors, clock, tell)
    worker.ledger.add(capped_at(demo, 0.012), CENT)
    assert not await books.sync()
    assert await books.sync()
    assert await books.sync()

    assert told == [(80, 0.01, 0), (80, 0.01, 0)]


async def test_the_next_month_and_a_raised_cap_are_told_anew(
    worker: Worker, clock: SetClock, demo: Company
) -> None:
    worker.ledger.add(capped_at(demo, 0.01), ALMOST)
    assert len(await told(worker)) == 1
    worker.ledger.add(capped_at(demo, 0.02), ALMOST)
    assert [line["cap_usd"] for line in await told(worker)] == [0.02]
    clock.at += timedelta(days=30)
    worker.ledger.add(capped_at(demo, 0.02), ALMOST)
    assert await told(worker) == []
    worker.ledger.add(capped_at(demo, 0.02), ALMOST)
    assert [line["month"] for line in await told(worker)] == ["2026-12"]


async def test_it_keeps_in_step_until_cancelled(
    worker: Worker, book: FlakyUsage, demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clientsvia.calls.money.bookkeeping.EVERY_SECONDS", 0.01)
    running = asyncio.create_task(worker.books.run())
    for number in (1, 2):
        worker.ledger.add(demo, CENT)
        async with asyncio.timeout(5):
            while await requests(book) < number:  # noqa: ASYNC110 - a book sets no event
                await asyncio.sleep(0.01)
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()


STEPS = st.lists(
    st.tuples(st.sampled_from(("add", "waste", "sync", "fail", "crash")), st.integers(0, 1)),
    max_size=40,
)


@given(STEPS, st.integers(1, 100_000))
def test_under_any_interleaving_the_sums_are_what_was_added(
    demo: Company, steps: list[tuple[str, int]], tokens: int
) -> None:
    """Two workers add, sync, fail and crash; only what a crash found unstored may be missing."""
    asyncio.run(_interleaved(demo, steps, tokens))


async def _interleaved(demo: Company, steps: list[tuple[str, int]], tokens: int) -> None:
    book, clock = FlakyUsage(), SetClock()
    workers = [Worker(book, clock), Worker(book, clock)]
    usage = Usage("openai", "gpt-4.1-mini", input_tokens=tokens)
    price = Prices().nano_usd(usage)
    added, waiting = 0, [0, 0]
    company = replace(demo, slug="acme")
    for step, which in steps:
        worker = workers[which]
        book.answers = step != "fail"
        if step == "add":
            worker.ledger.add(company, usage)
            waiting[which] += 1
        elif step == "waste":
            worker.ledger.discarded(company, usage)
        elif step == "crash":
            workers[which], waiting[which] = Worker(book, clock), 0
        elif await worker.books.sync():
            added, waiting[which] = added + waiting[which], 0
        stored = [counts for _, counts in await book.rows(FIRST, LAST)]
        assert sum(counts.requests for counts in stored) == added
        assert sum(counts.nano_usd for counts in stored) == added * price
    book.answers = True
    for worker in (*workers, *workers):
        await worker.books.sync()
    total = (added + sum(waiting)) * price / 1e9
    assert [worker.ledger.spent(company) for worker in workers] == [total, total]
