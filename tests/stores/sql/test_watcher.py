from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.sql.database import database_file
from clientsvia.stores.sql.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def path(url: str) -> Path:
    return database_file(url)


@pytest.fixture
async def watcher(path: Path) -> AsyncIterator[Watcher]:
    watching = Watcher(path, timeout=0.01)
    yield watching
    await watching.close()


def commit(path: Path, revision: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "INSERT INTO companies VALUES (?, ?, 'Acme', TRUE, '{}', '2026-01-01')",
            (f"acme-{revision}", revision),
        )
        connection.commit()


async def test_a_revision_that_is_there_is_told_at_once(path: Path, watcher: Watcher) -> None:
    commit(path, 3)
    async with asyncio.timeout(2):
        assert await watcher.newer(2) == 3


async def test_what_another_connection_commits_is_seen_within_50_ms(
    path: Path, watcher: Watcher
) -> None:
    commit(path, 1)
    assert await watcher.newer(0) == 1
    waiting = asyncio.create_task(watcher.newer(1))
    await asyncio.sleep(0.06)
    assert not waiting.done()
    commit(path, 2)
    async with asyncio.timeout(0.5):  # 0.05 on a machine that does nothing else
        assert await waiting == 2


async def test_who_stops_waiting_leaves_the_watcher_usable(path: Path, watcher: Watcher) -> None:
    waiting = asyncio.create_task(watcher.newer(0))
    await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.wait([waiting])
    commit(path, 1)
    async with asyncio.timeout(2):
        assert await watcher.newer(0) == 1


async def test_a_locked_database_is_an_error_and_then_watched_again(
    path: Path, watcher: Watcher
) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        other.execute("DELETE FROM calls")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            async with asyncio.timeout(2):
                await watcher.newer(0)
        other.execute("COMMIT")
    commit(path, 1)
    async with asyncio.timeout(2):
        assert await watcher.newer(0) == 1


async def test_a_watcher_that_never_watched_can_be_closed(path: Path) -> None:
    await Watcher(path, timeout=0.01).close()
