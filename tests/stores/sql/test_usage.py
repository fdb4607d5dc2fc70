from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.money.bookkeeping import EVERY_SECONDS, Bookkeeping
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, UsageKey
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.usage import SqlUsage
from tests.calls.money.spending import CENT, SetClock, capped_at
from tests.conftest import OPEN
from tests.stores.sql.processes import line, start

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

DAY = OPEN.date()
SPEND = """
import asyncio, sys
from clientsvia.calls.money.bookkeeping import Bookkeeping
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.spending import Ledger
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.usage import SqlUsage
from tests.calls.money.spending import CENT, SetClock
from tests.conftest import OPEN

async def main():
    clock = SetClock()
    demo = compile_company(StoredProfile(demo_profile(), 1), OPEN)
    ledger, errors = Ledger(Prices(), clock), ProviderErrors(clock)
    books = Bookkeeping(SqlUsage(Database(sys.argv[1])), ledger, errors, clock)
    running = asyncio.create_task(books.run())
    while True:
        ledger.add(demo, CENT)
        print("added", flush=True)
        await asyncio.sleep(0.02)

asyncio.run(main())
"""


class Worker:
    """A process's ledger on a connection of its own to the one file."""

    def __init__(self, url: str) -> None:
        clock = SetClock()
        self.database = Database(url)
        self.book = SqlUsage(self.database)
        self.ledger = Ledger(Prices(), clock)
        self.books = Bookkeeping(self.book, self.ledger, ProviderErrors(clock), clock)

    async def stop(self) -> None:
        await self.books.close(5)
        await self.database.close()


async def stored_requests(book: SqlUsage) -> int:
    return sum(counts.requests for _, counts in await book.rows(DAY, DAY))


async def test_a_cap_holds_over_workers_of_one_file_and_a_restart(url: str, demo: Company) -> None:
    company = capped_at(demo, 0.06)
    workers = [Worker(url), Worker(url)]
    for number in range(6):
        workers[number % 2].ledger.add(company, CENT)
    assert not any(worker.ledger.capped(company) for worker in workers)

    for _ in range(2):
        await asyncio.gather(*(worker.books.sync() for worker in workers))
    assert all(worker.ledger.capped(company) for worker in workers)
    for worker in workers:
        await worker.stop()

    again = Worker(url)
    await again.books.sync()
    assert again.ledger.capped(company)
    await again.stop()


async def test_a_worker_that_is_killed_loses_at_most_its_last_interval(url: str) -> None:
    process = await start(SPEND, url)
    loop = asyncio.get_running_loop()
    added: list[float] = []
    while not added or loop.time() - added[0] < 1.5 * EVERY_SECONDS:
        assert await line(process) == "added"
        added.append(loop.time())
    process.kill()
    killed = loop.time()
    await process.wait()

    database = Database(url)
    stored = await stored_requests(SqlUsage(database))
    await database.close()

    old_enough = sum(at < killed - EVERY_SECONDS - 1 for at in added)  # a second to write them
    assert stored >= old_enough
    assert stored > 0


async def test_a_locked_database_delays_nobody_and_loses_nothing(url: str, demo: Company) -> None:
    worker = Worker(url)
    await worker.books.sync()
    loop = asyncio.get_running_loop()
    with closing(sqlite3.connect(worker.database.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        syncing = asyncio.create_task(worker.books.sync())
        await asyncio.sleep(0.02)
        begun = loop.time()
        worker.ledger.add(demo, CENT)
        assert not worker.ledger.capped(demo)
        assert loop.time() - begun < 0.1
        await syncing
        syncing = asyncio.create_task(worker.books.sync())
        await asyncio.sleep(0.02)
        worker.ledger.add(demo, CENT)
        assert not await syncing
        other.execute("ROLLBACK")

    await worker.stop()

    database = Database(url)
    assert await stored_requests(SqlUsage(database)) == 2
    await database.close()


async def test_usage_and_failures_are_added_together_or_not_at_all(database: Database) -> None:
    book = SqlUsage(database)
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("DROP TABLE provider_errors")
    key, error = UsageKey("acme", DAY, "a", "b"), ErrorKey("acme", OPEN, "a", "E")

    with pytest.raises(StoreUnavailable, match="provider_errors"):
        await book.add({key: Counts(requests=1)}, {error: Failures(1, OPEN, "found", "mend")})

    assert await book.rows(DAY, DAY) == []


async def test_old_failures_are_forgotten(database: Database) -> None:
    book = SqlUsage(database)
    failures = Failures(1, OPEN, "found", "mend")
    for days in (0, 29, 31):
        hour = OPEN + timedelta(days=days)
        await book.add({}, {ErrorKey("acme", hour, "openai", "KeyRefused"): failures})

    hours = [key.hour for key, _ in await book.failures(OPEN - timedelta(days=99))]

    assert hours == [OPEN + timedelta(days=29), OPEN + timedelta(days=31)]
