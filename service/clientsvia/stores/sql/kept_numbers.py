"""What numbers at Twilio were set to before, in SQLite."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.admin.ports import KeptSettings, NumberSettings, VoiceSettings
from clientsvia.stores.sql.tables import kept_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database


class SqlKeptNumbers:
    """Settings in a table, by company and number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, kept: KeptSettings) -> None:
        """Remember it, in place of what was remembered of this number of the company."""
        row = asdict(kept)

        async def work(connection: AsyncConnection) -> None:
            statement = upsert(kept_numbers).values(row)
            await connection.execute(statement.on_conflict_do_update(set_=row))

        await self._database.write(work)

    async def kept(self, company: str, number: str) -> KeptSettings | None:
        """What is remembered of a number of the company, or None."""
        async with self._database.read() as connection:
            found = await connection.execute(select(kept_numbers).where(_is(company, number)))
            row = found.one_or_none()
        return None if row is None else _kept(row)

    async def all_kept(self, company: str) -> Sequence[KeptSettings]:
        """What is remembered of all numbers of the company, by number."""
        query = select(kept_numbers).where(kept_numbers.c.company == company)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(kept_numbers.c.number))
            return [_kept(row) for row in rows]

    async def forget(self, company: str, number: str) -> None:
        """Remember nothing more of it."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(kept_numbers).where(_is(company, number)))

        await self._database.write(work)


def _is(company: str, number: str) -> ColumnElement[bool]:
    return (kept_numbers.c.company == company) & (kept_numbers.c.number == number)


def _kept(row: Row[Any]) -> KeptSettings:
    before = row.before
    settings = NumberSettings(VoiceSettings(**before["voice"]), before["application_sid"])
    return KeptSettings(row.company, row.number, row.account_sid, row.at, settings)
