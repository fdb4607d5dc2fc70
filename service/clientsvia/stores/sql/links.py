"""One-time links in SQLite."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from clientsvia.admin.access.ports import Link, LinkKind
from clientsvia.admin.access.visitor import Role
from clientsvia.stores.sql.tables import links

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Executable, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_COLUMNS = tuple(links.c[field.name] for field in fields(Link))


class SqlLinks:
    """Links in a table until they are used."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, link: Link, digest: str) -> None:
        """Add a link, in the place of others of its kind, address and company."""
        same = (
            (links.c.kind == str(link.kind))
            & (links.c.email == link.email)
            & (links.c.company == link.company)
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(links).where(same))
            await connection.execute(insert(links).values(asdict(link) | {"digest": digest}))

        await self._database.write(work)

    async def find(self, digest: str) -> Link | None:
        """The link whose token has this digest, ended by time or not."""
        async with self._database.read() as connection:
            found = await connection.execute(select(*_COLUMNS).where(links.c.digest == digest))
            row = found.one_or_none()
        return None if row is None else _link(row)

    async def take(self, digest: str) -> Link | None:
        """The same, which nobody else gets from then on."""

        async def work(connection: AsyncConnection) -> Link | None:
            taking = delete(links).where(links.c.digest == digest).returning(*_COLUMNS)
            row = (await connection.execute(taking)).one_or_none()
            return None if row is None else _link(row)

        return await self._database.write(work)

    async def of(self, company: str) -> Sequence[Link]:
        """The invitations to a company, the newest first."""
        query = select(*_COLUMNS).where(links.c.company == company)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(links.c.made_at.desc(), links.c.id))
            return [_link(row) for row in rows]

    async def drop(self, company: str, link_id: str) -> None:
        """Take back one of a company's invitations; no other company's."""
        of_company = delete(links).where(links.c.company == company)
        await self._do(of_company.where(links.c.id == link_id))

    async def forget_company(self, company: str) -> None:
        """Drop the invitations to a company that is no more."""
        await self._do(delete(links).where(links.c.company == company))

    async def forget(self, *, expired_before: datetime) -> None:
        """Drop those that ended before a time."""
        await self._do(delete(links).where(links.c.expires_at < expired_before))

    async def _do(self, statement: Executable) -> None:
        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement)

        await self._database.write(work)


def _link(row: Row[*tuple[Any, ...]]) -> Link:
    known = dict(zip((field.name for field in fields(Link)), row, strict=True))
    role = Role(row.role) if row.role else None
    return Link(**known | {"kind": LinkKind(row.kind), "role": role})
