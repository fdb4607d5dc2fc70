from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.database import Database, database_file
from tests.contracts.samples import SID, entry, ringing
from tests.stores.sql.processes import ended, line, start

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

RING_AND_DIE = """
import asyncio, os, signal, sys
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.database import Database
from tests.contracts.samples import ringing, step

async def main():
    database = Database(sys.argv[1])
    log, states = SqlCallLog(database), SqlCallStates(database)
    log.write(ringing())
    await states.commit(step())
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""

WRITE_FROM_OUTSIDE = """
import asyncio, sys
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.database import Database
from tests.contracts.samples import ringing

async def main():
    database = Database(sys.argv[1])
    log = SqlCallLog(database)
    log.write(ringing())
    await log.close()
    await database.close()
    print("closed", flush=True)

asyncio.run(main())
"""


@pytest.fixture
async def log(database: Database) -> AsyncIterator[SqlCallLog]:
    opened = SqlCallLog(database)
    yield opened
    await opened.close()


COUNT = """
SELECT (SELECT count(*) FROM entries) + (SELECT coalesce(sum(size), 0) FROM journal)
"""


def count(database: Database, sql: str = COUNT) -> int:
    with closing(sqlite3.connect(database.path)) as connection:
        found: int = connection.execute(sql).fetchone()[0]
        return found


async def until_stored(database: Database, expected: int) -> None:
    async with asyncio.timeout(5):
        while count(database) < expected:  # noqa: ASYNC110 - a database sets no event
            await asyncio.sleep(0.005)


async def test_entries_are_written_without_anybody_asking(
    database: Database, log: SqlCallLog
) -> None:
    for number in range(3):
        log.write(entry("partial", n=number))

    await until_stored(database, 3)
    log.write(entry("partial", n=3))
    await until_stored(database, 4)


async def test_more_than_a_batch_is_stored_in_order(log: SqlCallLog) -> None:
    for number in range(1000):
        log.write(entry("partial", n=number))
    await log.flush()
    call = await log.call(SID)

    assert call is not None
    assert [one.data["n"] for one in call.entries] == list(range(1000))


async def test_entries_written_while_others_are_stored_are_not_lost(
    database: Database, log: SqlCallLog
) -> None:
    for number in range(500):
        log.write(entry("partial", n=number))
        if number % 50 == 0:
            await asyncio.sleep(0.001)
    await asyncio.gather(log.flush(), log.flush(), log.flush())

    assert count(database) == 500


async def test_who_stops_waiting_for_a_flush_loses_and_doubles_nothing(
    database: Database, log: SqlCallLog
) -> None:
    for number in range(300):
        log.write(entry("partial", n=number))
        flushing = asyncio.create_task(log.flush())
        await asyncio.sleep(0.0005 if number % 7 == 0 else 0)
        flushing.cancel()
    await log.flush()

    assert count(database) == 300


async def test_entries_are_filed_in_a_quiet_moment(database: Database, log: SqlCallLog) -> None:
    log.write(ringing())
    await log.flush()
    assert count(database, "SELECT count(*) FROM calls") == 0

    async with asyncio.timeout(5):
        while count(database, "SELECT count(*) FROM calls") == 0:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)
    assert count(database, "SELECT count(*) FROM entries") == 1
    assert count(database, "SELECT count(*) FROM journal") == 0


async def test_a_log_that_is_never_quiet_is_filed_when_much_is_left(
    database: Database, log: SqlCallLog
) -> None:
    async with asyncio.timeout(30):
        while count(database, "SELECT count(*) FROM entries") == 0:
            for _ in range(1000):
                log.write(entry("partial"))
            await log.flush()


async def test_who_reads_while_the_database_is_locked_gets_what_is_filed(
    database: Database, log: SqlCallLog, caplog: pytest.LogCaptureFixture
) -> None:
    log.write(ringing())
    await log.flush()
    assert len(await log.calls()) == 1
    log.write(entry("status", status="completed"))
    await log.flush()
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        (call,) = await log.calls()
        other.execute("ROLLBACK")
    assert call.status == "ringing"
    assert "wait in the journal" in caplog.text

    (call,) = await log.calls()
    assert call.status == "completed"


async def test_a_locked_database_delays_entries_and_loses_none(
    database: Database, log: SqlCallLog, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        log.write(ringing())
        flushing = asyncio.create_task(log.flush())
        async with asyncio.timeout(5):
            while "log entries wait" not in caplog.text:  # noqa: ASYNC110 - nor does a log
                await asyncio.sleep(0.01)
        log.write(entry("status", status="completed"))
        other.execute("COMMIT")
    await flushing
    await log.flush()

    assert count(database) == 2
    assert log.dropped == 0


async def test_a_full_queue_drops_counts_and_says_so_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    log = SqlCallLog(database, capacity=5)
    with caplog.at_level(logging.ERROR):
        for number in range(8):
            log.write(entry("partial", n=number))
    await log.close()

    assert log.dropped == 3
    assert len(caplog.records) == 1
    assert "see that its disk is not full" in caplog.text
    assert count(database) == 5


async def test_closing_stores_what_is_queued(database: Database) -> None:
    log = SqlCallLog(database)
    log.write(ringing())
    await log.close()

    assert count(database) == 1


async def test_closing_gives_up_on_a_locked_database_and_counts_what_is_lost(
    database: Database,
) -> None:
    log = SqlCallLog(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        log.write(ringing())
        log.write(entry("partial"))
        await log.close(deadline=0.02)
        other.execute("ROLLBACK")

    assert log.dropped == 2
    assert count(database) == 0


async def test_a_batch_the_database_refuses_does_not_hold_up_the_next(
    database: Database, log: SqlCallLog
) -> None:
    log.write(entry("partial", company=None))  # type: ignore[arg-type]  # what must not happen
    await log.flush()
    log.write(ringing())
    await log.flush()

    assert (count(database), log.dropped) == (1, 1)


def test_entries_written_outside_an_event_loop_wait_for_one(url: str) -> None:
    async def stored() -> int:
        await log.close()
        await database.close()
        return count(database)

    database = Database(url)
    log = SqlCallLog(database)
    log.write(ringing())

    assert asyncio.run(stored()) == 1


async def test_a_call_killed_after_its_first_step_is_in_the_log(url: str, log: SqlCallLog) -> None:
    process = await start(RING_AND_DIE, url)
    assert await ended(process) == -9

    (call,) = await log.calls()

    assert call.call_sid == SID
    assert call.company == "acme"


async def test_what_another_process_logged_is_there(url: str, log: SqlCallLog) -> None:
    process = await start(WRITE_FROM_OUTSIDE, url)
    assert await line(process) == "closed"
    assert await ended(process) == 0

    (call,) = await log.calls()

    assert call.caller == "+15551234567"


def test_the_calls_of_one_caller_are_found_without_reading_those_of_others(url: str) -> None:
    query = (
        "EXPLAIN QUERY PLAN SELECT * FROM calls WHERE company = 'acme' AND caller = '+1' "
        "ORDER BY started_at DESC, call_sid LIMIT 20"
    )
    with closing(sqlite3.connect(database_file(url))) as connection:
        plan = " ".join(str(row) for row in connection.execute(query))
    assert "calls_by_caller (company=? AND caller=?)" in plan
