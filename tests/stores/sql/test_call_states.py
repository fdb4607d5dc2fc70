from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.sql.call_states import SqlCallStates
from tests.contracts.samples import OTHER_SID, SID, step
from tests.stores.sql.processes import ended, line, say, start

if TYPE_CHECKING:
    from clientsvia.stores.sql.database import Database

COMMIT = """
import asyncio, sys
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.database import Database
from tests.contracts.samples import step

async def main():
    url, name = sys.argv[1:]
    database = Database(url)
    states = SqlCallStates(database)
    await states.load("acme", "nobody")
    print("ready", flush=True)
    sys.stdin.readline()
    for turn in range(50):
        mine = step(f"{turn}:heard", reply=name.encode(), memory={"turn": turn})
        committed = await asyncio.gather(*(states.commit(mine) for _ in range(3)))
        print(*{winner.reply.decode() for winner in committed}, flush=True)
    sys.stdin.readline()
    await database.close()

asyncio.run(main())
"""

DIE = """
import asyncio, os, signal, sys
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.database import Database
from tests.contracts.samples import step

async def main():
    states = SqlCallStates(Database(sys.argv[1]))
    await asyncio.gather(*(states.commit(step(f"{n}:heard", memory={"n": n})) for n in range(9)))
    await states.commit(step("9:heard", memory={"n": 9}))
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


async def test_of_several_processes_the_first_to_commit_wins_and_none_fails(
    url: str, database: Database
) -> None:
    names = ["one", "two", "three"]
    processes = [await start(COMMIT, url, name) for name in names]
    assert [await line(process) for process in processes] == ["ready"] * 3
    await asyncio.gather(*(say(process) for process in processes))

    winners = []
    for _ in range(50):
        told = [await line(process) for process in processes]
        assert told[0] in names
        assert set(told) == {told[0]}
        winners.append(told[0])

    assert [await ended(process) for process in processes] == [0, 0, 0]
    again = [await SqlCallStates(database).commit(step(f"{turn}:heard")) for turn in range(50)]
    assert [stored.reply.decode() for stored in again] == winners


async def test_a_committed_step_outlives_kill_9(url: str, database: Database) -> None:
    process = await start(DIE, url)
    assert await ended(process) == -9
    states = SqlCallStates(database)

    assert await states.load("acme", SID) == {"n": 9}
    for turn in range(10):
        kept = await states.commit(step(f"{turn}:heard", memory={"n": "new"}))
        assert kept.memory == {"n": turn}


async def test_a_commit_waits_for_another_process_to_finish_its_own(database: Database) -> None:
    states = SqlCallStates(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        committing = asyncio.create_task(states.commit(step()))
        await asyncio.sleep(0.03)
        assert not committing.done()
        other.execute("COMMIT")

    assert await committing == step()


async def test_a_database_that_stays_locked_is_an_error_for_everybody_who_waits(
    database: Database,
) -> None:
    states = SqlCallStates(database)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        steps = [step(f"{turn}:heard") for turn in range(3)]
        results = await asyncio.gather(*map(states.commit, steps), return_exceptions=True)
        other.execute("ROLLBACK")

    assert [type(result) for result in results] == [StoreUnavailable] * 3
    assert await states.commit(step()) == step()


async def test_a_step_that_is_no_json_fails_alone(database: Database) -> None:
    states = SqlCallStates(database)
    good, bad = await asyncio.gather(
        states.commit(step()),
        states.commit(step(call_sid=OTHER_SID, memory={"odd": object()})),
        return_exceptions=True,
    )

    assert good == step()
    assert isinstance(bad, TypeError)
    assert await states.load("acme", OTHER_SID) is None


async def test_steps_that_are_refused_leave_the_database_usable(database: Database) -> None:
    states = SqlCallStates(database)
    broken = [step(f"{turn}:heard", reply=None) for turn in range(3)]

    for result in await asyncio.gather(*map(states.commit, broken), return_exceptions=True):
        assert isinstance(result, BaseException)

    assert await states.commit(step()) == step()


@pytest.mark.parametrize("turns", [1, 5])
async def test_a_closing_database_waits_for_commits_under_way(
    database: Database, turns: int
) -> None:
    states = SqlCallStates(database)
    committing = [
        asyncio.create_task(states.commit(step(f"{turn}:heard"))) for turn in range(turns)
    ]
    await asyncio.sleep(0)
    await database.close()

    assert all(task.done() for task in committing)
    with closing(sqlite3.connect(database.path)) as connection:
        stored = connection.execute("SELECT count(*) FROM steps").fetchone()
    assert stored == (len(committing),)
