"""The call log in SQL: entries are written in batches, off the caller's path, and filed later."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from contextlib import aclosing, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from clientsvia.calls.log_queries import ANY_CALL
from clientsvia.calls.ports import LogEntry, LoggedCall
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.log_rules import told
from clientsvia.stores.sql import journal, log_figures, spoken
from clientsvia.stores.sql.call_filter import NEWEST_FIRST, conditions
from clientsvia.stores.sql.call_states import step_of
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import calls, entries, steps
from clientsvia.stores.waiting import wait_at_most

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from sqlalchemy import Row, Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.calls.log_queries import (
        CallFilter,
        CallTotals,
        Place,
        Span,
        Timing,
        Unanswered,
    )
    from clientsvia.stores.sql.database import Database

_EVERY_S = 0.05
_MOST_AT_ONCE = 1000
_RETRY_S = 0.1
_QUIET_S = 0.5
_UNFILED_AT_MOST = 20_000
_PAUSE_S = 0.1  # between chunks: as long as SQLite sleeps in another process that wants to commit
_log = logging.getLogger(__name__)


class SqlCallLog:
    """Entries and calls in tables; ``close`` it at the end.

    Entries are on disk, in the journal, within 50 ms, and are filed with their calls in a quiet
    moment, when somebody reads, or when many are left. The writer starts with the first entry.
    At most ``capacity`` entries wait for a database that does not answer; ``dropped`` counts those
    that came when the queue was full or that could not be stored.
    """

    def __init__(self, database: Database, *, capacity: int = 10_000) -> None:
        self._database = database
        self._capacity = capacity
        self._queue: deque[LogEntry] = deque()
        self._queued = asyncio.Event()
        self._full = asyncio.Event()
        self._draining = asyncio.Lock()
        self._writer: asyncio.Task[None] | None = None
        self._given_up = False
        self._unfiled = 0
        self.dropped = 0

    def write(self, entry: LogEntry) -> None:
        """Queue an entry; returns at once and never raises."""
        if len(self._queue) >= self._capacity:
            self._drop(1, "the database does not keep up: see that its disk is not full or slow")
            return
        self._queue.append(entry)
        self._queued.set()
        if len(self._queue) >= _MOST_AT_ONCE:
            self._full.set()
        if self._writer is None:
            self._start()

    def _start(self) -> None:
        with suppress(RuntimeError):  # outside an event loop, entries wait for the first flush
            loop = asyncio.get_running_loop()
            self._writer = loop.create_task(self._write_for_ever())

    async def flush(self) -> None:
        """Return when everything queued before is stored, or has been given up on and counted."""
        # A task of its own: a batch is not to be written twice because somebody stopped waiting.
        await asyncio.shield(self._database.spawn(self._drain()))

    async def close(self, deadline: float = 5.0) -> None:
        """Store what is queued within ``deadline`` seconds, drop and count the rest, and stop."""
        try:
            async with asyncio.timeout(deadline):
                await self.flush()
        except TimeoutError:
            self._given_up = True
            async with self._draining:  # the attempt under way may still succeed
                self._drop(len(self._queue), "the database did not answer before the service ended")
                self._queue.clear()
        if self._writer is not None:
            self._writer.cancel()
            await asyncio.wait([self._writer])

    async def _write_for_ever(self) -> None:
        while True:
            if self._unfiled:
                await wait_at_most(self._queued, _QUIET_S)
                if not self._queued.is_set():
                    await self._file(_PAUSE_S)
                    continue
            await self._queued.wait()
            await wait_at_most(self._full, _EVERY_S)
            await self.flush()
            if self._unfiled >= _UNFILED_AT_MOST:
                await self._file(_PAUSE_S)

    async def _file(self, pause_s: float = 0.0) -> None:
        """File what is in the journal, whoever wrote it; if that fails it is filed later."""
        self._unfiled = 0
        try:
            for chunk in (journal.file_chunk, spoken.index_chunk):
                while await self._database.write(chunk):  # noqa: ASYNC110 - a pause
                    await asyncio.sleep(pause_s)
        except Exception as error:  # noqa: BLE001 - nothing is lost: the journal keeps it
            self._unfiled = 1
            _log.warning("log entries wait in the journal: %s", error)

    async def _drain(self) -> None:
        async with self._draining:
            left = len(self._queue)
            while left > 0 and not self._given_up:
                batch = list(islice(self._queue, min(left, _MOST_AT_ONCE)))
                if await self._stored(batch):
                    left -= len(batch)
                    for _ in batch:
                        self._queue.popleft()
                else:
                    await asyncio.sleep(_RETRY_S)
            self._full.clear()
            if not self._queue:
                self._queued.clear()

    async def _stored(self, batch: Sequence[LogEntry]) -> bool:
        """Write a batch; False when it is to be tried again."""
        lines = [line for entry in batch if (line := self._line(entry)) is not None]
        if not lines:
            return True
        row = {"size": len(lines), "lines": f"[{b','.join(lines).decode()}]"}
        try:
            async with self._database.writer() as connection:
                await (await driver_of(connection)).execute(journal.APPEND, row)
        except StoreUnavailable as error:
            _log.warning("%d log entries wait: %s", len(self._queue), error)
            return False
        except Exception:  # noqa: BLE001 - a batch that fails for good must not hold up the next
            _log.exception("log entries could not be stored, and will not be tried again")
            self._drop(len(batch), "the database refused them")
        self._unfiled += len(lines)
        return True

    def _line(self, entry: LogEntry) -> bytes | None:
        try:
            return journal.line_of(entry)
        except TypeError as error:
            self._drop(1, f"a {entry.kind} entry is no JSON object ({error})")
            return None

    def _drop(self, count: int, reason: str) -> None:
        if count and self.dropped == 0:
            _log.error("log entries are being dropped: %s", reason)
        self.dropped += count

    async def calls(
        self, wanted: CallFilter = ANY_CALL, *, before: Place | None = None, limit: int = 50
    ) -> Sequence[LoggedCall]:
        """The newest calls first, those after the place ``before``, without turns and entries."""
        await self._file_all()
        if wanted.text:
            await self._index_all()
        query = select(calls).where(*conditions(wanted, before)).order_by(*NEWEST_FIRST)
        async with self._database.read() as connection:
            return [_call_of(row) for row in await connection.execute(query.limit(limit))]

    async def call(self, call_sid: str, *, company: str | None = None) -> LoggedCall | None:
        """One call with its turns and entries in order."""
        await self._file_all()
        async with self._database.read() as connection:
            owner = company or await _first_company(connection, call_sid)
            found = await connection.execute(_of_call(calls, owner, call_sid))
            row = found.one_or_none()
            committed = await connection.execute(
                _of_call(steps, owner, call_sid).order_by(steps.c.id)
            )
            written = await connection.execute(
                _of_call(entries, owner, call_sid).order_by(entries.c.at, entries.c.id)
            )
        return told(
            None if row is None else _call_of(row),
            [step_of(step) for step in committed],
            [
                LogEntry(entry.call_sid, entry.company, entry.kind, entry.at, entry.data)
                for entry in written
            ],
        )

    async def totals(self, spans: Sequence[tuple[str, Span]]) -> Sequence[CallTotals]:
        """Of each company's span in turn: how many calls began in it, and how long they took."""
        await self._file_all()
        return await log_figures.totals(self._database, spans)

    async def timings(
        self, span: Span, company: str | None = None
    ) -> AsyncIterator[Sequence[Timing]]:
        """How long every webhook of a span took, in the order of time, some at a time."""
        await self._file_all()
        async with aclosing(log_figures.timings(self._database, span, company)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def unanswered(
        self, company: str, since: datetime, *, limit: int = 1000
    ) -> Sequence[Unanswered]:
        """The newest questions of a company's callers that found no answer, from ``since`` on."""
        return await log_figures.unanswered(self._database, company, since, limit)

    async def _file_all(self) -> None:
        """File what any process left in the journal, before somebody reads."""
        if await self._database.fetch(journal.ANY, {}):
            await self._file()

    async def _index_all(self) -> None:
        """Make every turn findable that was committed before somebody searches."""
        if await self._database.fetch(spoken.ANY, {}):
            await self._file()


def _of_call(table: Table, company: str | None, call_sid: str) -> Select[Any]:
    return select(table).where(table.c.call_sid == call_sid, table.c.company == company)


async def _first_company(connection: AsyncConnection, call_sid: str) -> str | None:
    """Whose call it is; of several who name the sid, the one with whom it rang first."""
    for table, order in ((calls, calls.c.started_at), (entries, entries.c.id)):
        query = select(table.c.company).where(table.c.call_sid == call_sid).order_by(order)
        if (found := await connection.scalar(query.limit(1))) is not None:
            return str(found)
    return None


def _call_of(row: Row[Any]) -> LoggedCall:
    return LoggedCall(**row._mapping)  # noqa: SLF001 - a named tuple's underscore: it is public
