from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert, select

from clientsvia.errors import ConfigurationError, StoreUnavailable
from clientsvia.stores.sql.database import Database, database_file
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.tables import calls, prepared

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.ext.asyncio import AsyncConnection


async def add(connection: AsyncConnection, key: str = "key") -> None:
    row = {"key": key, "claimed_at": 0.0, "expires_at": 1.0, "complete": False}
    await connection.execute(insert(prepared).values(row))


async def keys(database: Database) -> list[str]:
    async with database.read() as connection:
        return list(await connection.scalars(select(prepared.c.key).order_by(prepared.c.id)))


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "sqlite:///file.db",
        "postgresql+asyncpg://host/name",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
    ],
)
def test_a_url_that_cannot_be_used_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(ConfigurationError, match="sqlite\\+aiosqlite:///PATH"):
        database_file(url)


def test_the_file_and_its_directory_are_for_their_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "directory" / "clientsvia.db"
    migrate(f"sqlite+aiosqlite:///{file}")

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


async def test_connections_wait_a_little_and_use_the_write_ahead_log(database: Database) -> None:
    async with database.read() as connection:
        found = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }

    assert found == {
        "journal_mode": "wal",
        "synchronous": 1,
        "foreign_keys": 1,
        "busy_timeout": 1000,
    }


async def test_a_transaction_is_all_or_none(database: Database) -> None:
    async def fail_halfway(connection: AsyncConnection) -> None:
        await add(connection)
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(fail_halfway)
    await database.write(lambda connection: add(connection, "after"))

    assert await keys(database) == ["after"]


async def test_work_goes_on_when_its_caller_stops_waiting(database: Database) -> None:
    writing = asyncio.create_task(database.write(add))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    writing.cancel()
    await asyncio.wait([writing])
    await database.close()

    assert writing.cancelled()
    assert await keys(database) == ["key"]


async def test_a_reader_who_stops_waiting_leaves_the_database_usable(database: Database) -> None:
    for _ in range(20):
        reading = asyncio.create_task(keys(database))
        await asyncio.sleep(0.0005)
        reading.cancel()
        await asyncio.wait([reading])

    assert await keys(database) == []


async def test_a_locked_database_is_an_error_that_says_what_to_look_for(
    database: Database,
) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="no other program holds a lock"):
            await database.write(add)
        other.rollback()

    await database.write(add)
    assert await keys(database) == ["key"]


async def test_reading_goes_on_while_another_process_writes(database: Database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM calls")
        async with database.read() as connection:
            assert (await connection.execute(select(calls))).all() == []


async def test_it_can_be_closed_twice(database: Database) -> None:
    await keys(database)
    await database.close()
    await database.close()
