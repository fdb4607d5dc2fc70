"""One SQLite file as the service uses it: many readers, and one writer at a time."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import orjson
from sqlalchemy import event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import create_async_engine

from clientsvia.errors import ConfigurationError, StoreUnavailable
from clientsvia.stores.sql.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping

    import aiosqlite
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
    from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_S = 1.0
"""How long a statement waits for another process's transaction."""

_READERS = 6
_DRIVER = "sqlite+aiosqlite"
_FAILURES = (OperationalError, PoolTimeoutError, sqlite3.OperationalError)
T = TypeVar("T")


def database_file(url: str) -> Path:
    """The file behind ``sqlite+aiosqlite:///path``; ConfigurationError for anything else."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername != _DRIVER or parsed.database in {None, "", ":memory:"}:
        raise ConfigurationError(
            "the database URL cannot be used: write it as sqlite+aiosqlite:///PATH, "
            "for example sqlite+aiosqlite:////var/lib/clientsvia/clientsvia.db"
        )
    return Path(str(parsed.database))


def prepare_file(url: str) -> Path:
    """Make the database file and its directory, readable by their owner alone, where absent."""
    path = database_file(url)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Made here and not by SQLite, which would let everybody read the transcripts.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise ConfigurationError(
            f"the database {path} cannot be opened for writing ({error.strerror}): "
            f"give this user write access to {path.parent}, or set another database URL"
        ) from error
    return path


def create_engine(url: str) -> AsyncEngine:
    """An engine whose connections are in autocommit mode; transactions are begun by name."""
    database_file(url)
    engine = create_async_engine(
        url,
        isolation_level="AUTOCOMMIT",
        # PERF: the rollback after each read would be one more hop to the connection's thread.
        skip_autocommit_rollback=True,
        pool_size=_READERS,
        max_overflow=0,
        pool_timeout=BUSY_TIMEOUT_S,
        connect_args={"timeout": BUSY_TIMEOUT_S},
        json_serializer=lambda value: orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode(),
        json_deserializer=orjson.loads,
    )
    event.listen(engine.sync_engine, "connect", _configure)
    return engine


def _configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    # With a write-ahead log NORMAL survives kill -9; only a power cut can lose the last commits.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


@contextmanager
def unavailable_when_failing(path: Path) -> Iterator[None]:
    """Turn what the driver raises into StoreUnavailable, with a remedy."""
    try:
        yield
    except _FAILURES as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StoreUnavailable(
            f"the database {path} did not answer ({cause}): see that no other program holds a lock "
            "on it, that the disk is not full, and that this user may write to it"
        ) from error


class Database:
    """Connections to one SQLite file; ``migrations.migrate`` it before, ``close`` it after."""

    def __init__(self, url: str) -> None:
        self.path = database_file(url)
        self.engine = create_engine(url)
        self._watcher = Watcher(self.path, timeout=BUSY_TIMEOUT_S)
        self._opening = asyncio.Lock()
        self._writing = asyncio.Lock()
        self._kept: dict[str, AsyncConnection] = {}
        self._tasks: set[asyncio.Task[Any]] = set()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """A connection for reading; each statement sees the newest commit."""
        with unavailable_when_failing(self.path):
            async with self.engine.connect() as connection:
                yield connection

    async def fetch(self, sql: str, values: Mapping[str, Any]) -> list[Any]:
        """The rows of a driver's statement.

        PERF: one hop to the connection's thread; the same through SQLAlchemy takes four.
        """
        with unavailable_when_failing(self.path):
            driver = await self._driver("reader")
            return list(await driver.execute_fetchall(sql, values))

    async def newer_revision(self, than: int) -> int:
        """The newest revision of any company, as soon as there is one above ``than``."""
        with unavailable_when_failing(self.path):
            return await self._watcher.newer(than)

    async def write(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run ``work`` in one transaction, all or none.

        Who stops waiting does not stop the work: what was begun is committed all the same.
        """
        return await asyncio.shield(self.spawn(self._transaction(work)))

    def spawn(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Run ``work`` beside its caller; ``close`` waits for it."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            task.exception()  # whoever still waits gets it; nobody else is to be warned of it

    async def _transaction(self, work: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        async with self.writer() as connection:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                result = await work(connection)
                await connection.exec_driver_sql("COMMIT")
            except BaseException:
                with suppress(DBAPIError):  # SQLite has rolled back by itself when the disk is full
                    await connection.exec_driver_sql("ROLLBACK")
                raise
            return result

    @asynccontextmanager
    async def writer(self) -> AsyncIterator[AsyncConnection]:
        """The connection that writes, for one user at a time.

        SQLite has its writers sleep until it is their turn; this queue is fair and instant.
        """
        async with self._writing:
            with unavailable_when_failing(self.path):
                yield await self._keep("writer")

    async def _keep(self, role: str) -> AsyncConnection:
        async with self._opening:
            kept = self._kept.get(role)
            if kept is None or kept.invalidated:
                kept = self._kept[role] = await self.engine.connect()
            return kept

    async def _driver(self, role: str) -> aiosqlite.Connection:
        return await driver_of(await self._keep(role))

    async def close(self) -> None:
        """Finish what was begun and close every connection."""
        await self._watcher.close()
        while self._tasks:
            await asyncio.wait(self._tasks)
        for connection in self._kept.values():
            await connection.close()
        self._kept.clear()
        await self.engine.dispose()


async def driver_of(connection: AsyncConnection) -> aiosqlite.Connection:
    """The driver's own connection."""
    driver = (await connection.get_raw_connection()).driver_connection
    return cast("aiosqlite.Connection", driver)
