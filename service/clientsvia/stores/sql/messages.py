"""Message boxes in SQLite."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.inbox.message import Message, MessageState
from clientsvia.inbox.ports import Untold
from clientsvia.stores.sql.tables import messages, text_time

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.calls.log_queries import Place
    from clientsvia.stores.sql.database import Database

_FIELDS = tuple(field.name for field in fields(Message))
_UNTOLD = (
    f"SELECT {', '.join(_FIELDS)}, tell_at, version FROM messages "  # noqa: S608 - our own columns
    "WHERE tell_at IS NOT NULL ORDER BY tell_at LIMIT :limit"
)


class SqlMessages:
    """Messages in a table, each with when its owner is to be told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, message: Message, *, tell_at: datetime | None = None) -> Message:
        """Add a message, or what is not empty in it to the one of its call; as it is then."""

        async def work(connection: AsyncConnection) -> Message:
            row = await _row(connection, message.company, message.call_sid)
            before = None if row is None else _message(row)
            after = message if before is None else before.with_more(message)
            new: dict[str, Any] = asdict(after)
            if tell_at is not None and after != before:
                new |= {"tell_at": tell_at, "version": 1 if row is None else row.version + 1}
            statement = upsert(messages).values({"version": 0} | new)
            await connection.execute(statement.on_conflict_do_update(set_=new))
            return after

        return await self._database.write(work)

    async def get(self, company: str, call_sid: str) -> Message | None:
        """The message of a call, or None."""
        async with self._database.read() as connection:
            row = await _row(connection, company, call_sid)
        return None if row is None else _message(row)

    async def list(
        self,
        company: str | None,
        *,
        states: Sequence[MessageState] = (),
        before: Place | None = None,
        limit: int = 50,
    ) -> Sequence[Message]:
        """The newest first, those after the place ``before``; of all companies with None."""
        order = messages.c.at.desc(), messages.c.company, messages.c.call_sid
        query = select(messages).order_by(*order).limit(limit)
        if company is not None:
            query = query.where(messages.c.company == company)
        if states:
            query = query.where(messages.c.state.in_([str(state) for state in states]))
        if before is not None:
            query = query.where(_after(before))
        async with self._database.read() as connection:
            return [_message(row) for row in await connection.execute(query)]

    async def mark(self, company: str, call_sid: str, state: MessageState) -> Message | None:
        """Set what became of a message; None when there is none."""

        async def work(connection: AsyncConnection) -> Message | None:
            changing = update(messages).where(_is(company, call_sid)).values(state=str(state))
            await connection.execute(changing)
            row = await _row(connection, company, call_sid)
            return None if row is None else _message(row)

        return await self._database.write(work)

    async def untold(self, *, limit: int = 500) -> Sequence[Untold]:
        """The messages whose owners are still to hear of them, the first due first.

        PERF: asked twice a second by every worker: one hop to a thread, and an index on few rows.
        """
        rows = await self._database.fetch(_UNTOLD, {"limit": limit})
        return [_untold(row) for row in rows]

    async def hasten(self, company: str, call_sid: str, at: datetime) -> None:
        """Have a message told at ``at`` that would be told later; one that was told stays so."""

        async def work(connection: AsyncConnection) -> None:
            later = _is(company, call_sid) & (messages.c.tell_at > at)
            await connection.execute(update(messages).where(later).values(tell_at=at))

        await self._database.write(work)

    async def told(self, untold: Untold) -> None:
        """Note that the owner has been told, unless more has come to be told meanwhile."""
        message = untold.message

        async def work(connection: AsyncConnection) -> None:
            same = _is(message.company, message.call_sid) & (messages.c.version == untold.version)
            await connection.execute(update(messages).where(same).values(tell_at=None))

        await self._database.write(work)


def _is(company: str, call_sid: str) -> ColumnElement[bool]:
    return (messages.c.company == company) & (messages.c.call_sid == call_sid)


def _after(place: Place) -> ColumnElement[bool]:
    at, call_sid, company = place
    later = tuple_(messages.c.company, messages.c.call_sid) > tuple_(company, call_sid)
    # For the index; what follows is what is meant.
    return (messages.c.at <= at) & or_(messages.c.at < at, later)


async def _row(connection: AsyncConnection, company: str, call_sid: str) -> Row[Any] | None:
    found = await connection.execute(select(messages).where(_is(company, call_sid)))
    return found.one_or_none()


def _message(row: Row[Any]) -> Message:
    known = {name: getattr(row, name) for name in _FIELDS}
    return Message(**known | {"state": MessageState(row.state)})


def _untold(row: Sequence[Any]) -> Untold:
    """A row as the driver gives it: times are texts there, and truths numbers."""
    known = dict(zip(_FIELDS, row, strict=False))
    known |= {"at": text_time(known["at"]), "state": MessageState(known["state"])}
    known |= {name: bool(known[name]) for name in ("urgent", "complete")}
    return Untold(Message(**known), text_time(row[-2]), row[-1])
