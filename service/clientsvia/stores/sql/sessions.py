"""Sessions in SQLite."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from clientsvia.admin.access.ports import Session
from clientsvia.stores.sql.tables import sessions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Executable
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_ROWS = select(*(sessions.c[field.name] for field in fields(Session)))


class SqlSessions:
    """Sessions in a table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, session: Session, digest: str) -> None:
        """Begin a session."""
        await self._do(insert(sessions).values(asdict(session) | {"digest": digest}))

    async def find(self, digest: str) -> Session | None:
        """The session whose token has this digest, ended by time or not."""
        async with self._database.read() as connection:
            found = await connection.execute(_ROWS.where(sessions.c.digest == digest))
            row = found.one_or_none()
        return None if row is None else Session(*row)

    async def seen(self, session_id: str, at: datetime) -> None:
        """Note that a session was used."""
        await self._do(update(sessions).where(sessions.c.id == session_id).values(seen_at=at))

    async def of(self, user_id: str) -> Sequence[Session]:
        """All of a user's, the last seen first."""
        query = _ROWS.where(sessions.c.user_id == user_id)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(sessions.c.seen_at.desc()))
            return [Session(*row) for row in rows]

    async def end(self, user_id: str, session_id: str) -> None:
        """End one of a user's; nobody else's."""
        of_user = delete(sessions).where(sessions.c.user_id == user_id)
        await self._do(of_user.where(sessions.c.id == session_id))

    async def end_all(self, user_id: str, *, but: str = "") -> None:
        """End all of a user's but this one."""
        of_user = delete(sessions).where(sessions.c.user_id == user_id)
        await self._do(of_user.where(sessions.c.id != but))

    async def forget(self, *, begun_before: datetime, seen_before: datetime) -> None:
        """End those begun or last seen before these times."""
        old = (sessions.c.begun_at < begun_before) | (sessions.c.seen_at < seen_before)
        await self._do(delete(sessions).where(old))

    async def _do(self, statement: Executable) -> None:
        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)
