"""What committed steps are still to bring about, in SQLite: a trigger on their table notes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from clientsvia.inbox.ports import Committed
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import text_time, time_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_WAITING = (
    "SELECT id, company, call_sid, turn, at, kind, data, claimed_until > :now "
    "FROM effects ORDER BY id LIMIT :limit"
)
_FREE = (
    "SELECT count(*) FROM effects WHERE claimed_until <= :now "
    "AND id IN (SELECT value FROM json_each(:ids))"
)
_CLAIM = "UPDATE effects SET claimed_until = :until WHERE id IN (SELECT value FROM json_each(:ids))"
_DONE = "DELETE FROM effects WHERE id IN (SELECT value FROM json_each(:ids))"


class SqlEffects:
    """Effects in a table; a claim of a process that died ends by itself."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def waiting(self, now: datetime, *, limit: int = 500) -> Sequence[Committed]:
        """The oldest effects, in the order of their commits, and whether each is claimed."""
        rows = await self._database.fetch(_WAITING, {"now": time_text(now), "limit": limit})
        return [
            Committed(
                number, company, sid, turn, text_time(at), kind, orjson.loads(data), bool(claimed)
            )
            for number, company, sid, turn, at, kind, data, claimed in rows
        ]

    async def claim(self, ids: Collection[int], now: datetime, until: datetime) -> bool:
        """Take these up to ``until``, all or none; False when somebody has or had one of them."""
        values = {"ids": _json(ids), "now": time_text(now), "until": time_text(until)}

        async def work(connection: AsyncConnection) -> bool:
            driver = await driver_of(connection)
            ((free,),) = await driver.execute_fetchall(_FREE, values)
            if free < len(ids):
                return False
            await driver.execute(_CLAIM, values)
            return True

        return await self._database.write(work)

    async def done(self, ids: Collection[int]) -> None:
        """Forget effects that have been carried out."""

        async def work(connection: AsyncConnection) -> None:
            await (await driver_of(connection)).execute(_DONE, {"ids": _json(ids)})

        await self._database.write(work)


def _json(ids: Collection[int]) -> str:
    return orjson.dumps(list(ids)).decode()
