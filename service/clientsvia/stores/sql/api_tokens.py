"""API tokens in SQLite."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from clientsvia.admin.access.ports import ApiToken
from clientsvia.admin.access.visitor import Need
from clientsvia.stores.sql.tables import api_tokens

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_NAMES = tuple(field.name for field in fields(ApiToken))
_ROWS = select(*(api_tokens.c[name] for name in _NAMES))


class SqlApiTokens:
    """API tokens in a table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, token: ApiToken, digest: str) -> None:
        """Add a token."""
        companies = None if token.companies is None else sorted(token.companies)
        row = asdict(token) | {"digest": digest, "companies": companies, "need": int(token.need)}

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(insert(api_tokens).values(row))

        await self._database.write(work)

    async def find(self, digest: str) -> ApiToken | None:
        """The token with this digest, ended by time or not."""
        async with self._database.read() as connection:
            found = await connection.execute(_ROWS.where(api_tokens.c.digest == digest))
            row = found.one_or_none()
        return None if row is None else _token(row)

    async def used(self, token_id: str, at: datetime) -> None:
        """Note that a token was used."""

        async def work(connection: AsyncConnection) -> None:
            changing = update(api_tokens).where(api_tokens.c.id == token_id)
            await connection.execute(changing.values(used_at=at))

        await self._database.write(work)

    async def of(self, user_id: str) -> Sequence[ApiToken]:
        """All of a user's, the newest first."""
        query = _ROWS.where(api_tokens.c.user_id == user_id)
        newest = query.order_by(api_tokens.c.made_at.desc(), api_tokens.c.id)
        async with self._database.read() as connection:
            return [_token(row) for row in await connection.execute(newest)]

    async def revoke(self, user_id: str, token_id: str) -> bool:
        """End one of a user's; False where they have no such token."""
        this = (api_tokens.c.user_id == user_id) & (api_tokens.c.id == token_id)

        async def work(connection: AsyncConnection) -> bool:
            return bool((await connection.execute(delete(api_tokens).where(this))).rowcount)

        return await self._database.write(work)

    async def revoke_all(self, user_id: str) -> None:
        """End all of a user's."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(api_tokens).where(api_tokens.c.user_id == user_id))

        await self._database.write(work)


def _token(row: Row[*tuple[Any, ...]]) -> ApiToken:
    known = dict(zip(_NAMES, row, strict=True))
    companies = None if row.companies is None else frozenset(row.companies)
    return ApiToken(**known | {"need": Need(row.need), "companies": companies})
