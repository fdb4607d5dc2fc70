"""When numbers were last heard of, in SQLite: each worker adds what it saw."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sqlalchemy import case, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.notices.sightings import Sighting
from clientsvia.stores.sql.tables import number_sightings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database


class SqlSightingBook:
    """Sightings in a table, by company and number."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, sightings: Sequence[Sighting]) -> None:
        """Note them; of each time the later one stays, with its reason."""
        rows = [asdict(one) for one in sightings]
        if not rows:
            return
        insertion, known = upsert(number_sightings), number_sightings.c
        new = insertion.excluded
        # SQLite's max() of two values is NULL where one of them is.
        later = {
            name: func.coalesce(func.max(known[name], new[name]), new[name], known[name])
            for name in ("good_at", "refused_at")
        }
        newer = func.coalesce(new.refused_at >= known.refused_at, new.refused_at.is_not(None))
        statement = insertion.on_conflict_do_update(
            index_elements=number_sightings.primary_key.columns,
            set_=later | {"reason": case((newer, new.reason), else_=known.reason)},
        )

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(statement, rows)

        await self._database.write(work)

    async def of(self, *companies: str) -> Sequence[Sighting]:
        """Those of these companies' numbers, by number."""
        query = select(number_sightings).where(number_sightings.c.company.in_(companies))
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(number_sightings.c.number))
            return [Sighting(**row) for row in rows.mappings()]
