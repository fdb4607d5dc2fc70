"""What calls remember, in SQLite: one row for each committed webhook."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import orjson
from sqlalchemy import select, tuple_

from clientsvia.calls.ports import Step
from clientsvia.stores.latest import Latest
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import insert_text, steps, text_time, time_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_MOST_AT_ONCE = 200


_INSERT = insert_text(steps)
_LATEST = (
    "SELECT turn, at, memory FROM steps WHERE company = :company AND call_sid = :call_sid "
    "ORDER BY id DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A step on its way to the disk, and who waits for its winner."""

    step: Step
    row: dict[str, Any]
    winner: asyncio.Future[Step]


class SqlCallStates:
    """Steps in the ``steps`` table; a step is on disk before ``commit`` returns.

    Steps that come while others are being written share the next transaction.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:
        """The memory of this company's call as of its latest step; None if there is none."""
        latest = await self.latest(company, call_sid)
        return None if latest is None else latest.memory

    async def latest(self, company: str, call_sid: str) -> Latest | None:
        """The latest step of this company's call; None if there is none."""
        rows = await self._database.fetch(_LATEST, {"company": company, "call_sid": call_sid})
        if not rows:
            return None
        turn, at, memory = rows[0]
        return Latest(turn, text_time(at).timestamp(), orjson.loads(memory))

    async def commit(self, step: Step) -> Step:
        """Store a step durably; everybody gets the first committed for (company, call, key).

        A step is stored even if its caller stops waiting.
        """
        winner: asyncio.Future[Step] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(step, _row(step), winner))
        if self._writing is None or self._writing.done():
            self._writing = self._database.spawn(self._write())
        return await winner

    async def _write(self) -> None:
        while self._waiting:
            batch = self._waiting[:_MOST_AT_ONCE]
            del self._waiting[:_MOST_AT_ONCE]
            try:
                async with self._database.writer() as connection:
                    winners = await _store(connection, batch)
            except Exception as error:  # noqa: BLE001 - whatever it is, those who wait are told
                _settle(batch, error)
            else:
                _settle(batch, winners)


async def _store(connection: AsyncConnection, batch: Sequence[_Waiting]) -> list[Step]:
    """Write a batch, and say for each step who won.

    PERF: the driver's own statements, one hop to its thread each: a commit takes a fifth of what
    it takes through SQLAlchemy.
    """
    driver = await driver_of(connection)
    if len(batch) == 1:
        written = (await driver.execute(_INSERT, batch[0].row)).rowcount
    else:
        await driver.execute("BEGIN IMMEDIATE")
        try:
            written = (await driver.executemany(_INSERT, [one.row for one in batch])).rowcount
            await driver.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite has rolled back by itself when the disk is full
                await driver.execute("ROLLBACK")
            raise
    if written == len(batch):
        return [one.step for one in batch]
    return await _winners(connection, batch)


async def _winners(connection: AsyncConnection, batch: Sequence[_Waiting]) -> list[Step]:
    names = [(one.step.company, one.step.call_sid, one.step.key) for one in batch]
    rows = await connection.execute(
        select(steps).where(tuple_(steps.c.company, steps.c.call_sid, steps.c.key).in_(names))
    )
    stored = {(row.company, row.call_sid, row.key): step_of(row) for row in rows}
    return [stored[name] for name in names]


def _settle(batch: Sequence[_Waiting], result: list[Step] | Exception) -> None:
    for position, one in enumerate(batch):
        if one.winner.done():
            continue
        if isinstance(result, Exception):
            one.winner.set_exception(result)
        else:
            one.winner.set_result(result[position])


def _row(step: Step) -> dict[str, Any]:
    return {
        "call_sid": step.call_sid,
        "key": step.key,
        "company": step.company,
        "turn": step.turn,
        "at": time_text(step.at),
        "event": orjson.dumps(dict(step.event)).decode(),
        "answered": orjson.dumps(dict(step.answered)).decode(),
        "reply": step.reply,
        "memory": orjson.dumps(dict(step.memory)).decode(),
        "outcome": str(step.answered.get("outcome") or ""),
    }


def step_of(row: Row[Any]) -> Step:
    """A row of the table as the step it was."""
    return Step(
        call_sid=row.call_sid,
        key=row.key,
        company=row.company,
        turn=row.turn,
        at=row.at,
        event=row.event,
        answered=row.answered,
        reply=row.reply,
        memory=row.memory,
    )
