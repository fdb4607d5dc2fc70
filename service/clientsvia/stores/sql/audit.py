"""What people did, in SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from clientsvia.admin.audit import Entry
from clientsvia.stores.sql.tables import audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database


class SqlAuditLog:
    """Entries in a table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(
        self,
        act: str,
        *,
        at: datetime,
        by: str,
        company: str = "",
        subject: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Note what somebody did."""
        values = {"at": at, "company": company, "act": act, "subject": subject}
        statement = insert(audit).values(**values, who=by, detail=detail or {})

        async def work(connection: AsyncConnection) -> int:
            (made,) = (await connection.execute(statement)).inserted_primary_key or (0,)
            return int(made)

        number = await self._database.write(work)
        return Entry(number, at, company, by, act, subject, detail or {})

    async def entries(
        self, company: str | None = None, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Entry]:
        """The newest first."""
        query = select(audit).order_by(audit.c.id.desc()).limit(limit)
        if company is not None:
            query = query.where(audit.c.company == company)
        if before is not None:
            query = query.where(audit.c.id < before)
        async with self._database.read() as connection:
            rows = await connection.execute(query)
            return [
                Entry(row.id, row.at, row.company, row.who, row.act, row.subject, row.detail)
                for row in rows
            ]
