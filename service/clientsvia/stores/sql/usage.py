"""The book of what companies use, in SQL: each worker adds its counts to the sums of all."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, delete, func, select
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, Notice, Spent, Sums, UsageKey
from clientsvia.stores.sql.tables import provider_errors, usage, usage_notices

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_KEPT = timedelta(days=30)  # failures; usage is kept for ever: a row a day and model
_COUNTS = tuple(field.name for field in fields(Counts))


class SqlUsage:
    """Sums in a table; its versions tell the workers whose have changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self, usage: Mapping[UsageKey, Counts], failures: Mapping[ErrorKey, Failures]
    ) -> None:
        """Add to the sums, all or none."""

        async def work(connection: AsyncConnection) -> None:
            if usage:
                await _add_usage(connection, usage)
            if failures:
                await _add_failures(connection, failures)

        await self._database.write(work)

    async def sums(self, since: date, after: int) -> Sums:
        """The days from ``since`` of each company whose sums changed after version ``after``."""
        async with self._database.read() as connection:
            version = await connection.scalar(select(func.max(usage.c.version))) or 0
            if version <= after:
                return Sums(version, {})
            changed = select(usage.c.company).where(usage.c.version > after)
            query = select(
                usage.c.company,
                usage.c.day,
                func.sum(usage.c.nano_usd),
                func.sum(usage.c.discarded_nano_usd),
            ).where(usage.c.company.in_(changed), usage.c.day >= since.isoformat())
            rows = await connection.execute(query.group_by(usage.c.company, usage.c.day))
            days: dict[str, dict[date, Spent]] = {}
            for company, day, spent, discarded in rows:
                days.setdefault(company, {})[date.fromisoformat(day)] = Spent(spent, discarded)
        return Sums(version, days)

    async def rows(
        self, since: date, until: date, company: str | None = None
    ) -> Sequence[tuple[UsageKey, Counts]]:
        """The sums of the days from ``since`` to ``until``, in the order of their keys."""
        query = select(usage).where(usage.c.day.between(since.isoformat(), until.isoformat()))
        if company is not None:
            query = query.where(usage.c.company == company)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(*usage.primary_key.columns))
            return [
                (
                    UsageKey(row.company, date.fromisoformat(row.day), row.provider, row.model),
                    Counts(*(getattr(row, name) for name in _COUNTS)),
                )
                for row in rows
            ]

    async def failures(
        self, since: datetime, company: str | None = None
    ) -> Sequence[tuple[ErrorKey, Failures]]:
        """The failures of the hours from ``since`` on, in the order of their keys."""
        query = select(provider_errors).where(provider_errors.c.hour >= since)
        if company is not None:
            query = query.where(provider_errors.c.company == company)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(*provider_errors.primary_key.columns))
            return [
                (
                    ErrorKey(row["company"], row["hour"], row["provider"], row["error"]),
                    Failures(row["count"], row["last"], row["found"], row["remedy"]),
                )
                for row in rows.mappings()
            ]

    async def notice(self, notice: Notice) -> bool:
        """Note it; False when any worker has noted the same before, at whatever time."""

        async def work(connection: AsyncConnection) -> bool:
            statement = upsert(usage_notices).on_conflict_do_nothing()
            return (await connection.execute(statement, asdict(notice))).rowcount > 0

        return await self._database.write(work)

    async def notices(self, company: str, month: str) -> Sequence[Notice]:
        """What was noted of a company's month, oldest first."""
        query = select(usage_notices).where(
            usage_notices.c.company == company, usage_notices.c.month == month
        )
        async with self._database.read() as connection:
            rows = await connection.execute(
                query.order_by(usage_notices.c.at, usage_notices.c.percent)
            )
            return [Notice(**row) for row in rows.mappings()]


async def _add_usage(connection: AsyncConnection, added: Mapping[UsageKey, Counts]) -> None:
    version = (await connection.scalar(select(func.max(usage.c.version))) or 0) + 1
    rows = [
        asdict(key) | asdict(counts) | {"day": key.day.isoformat(), "version": version}
        for key, counts in added.items()
    ]
    insertion = upsert(usage)
    sums = {name: usage.c[name] + insertion.excluded[name] for name in _COUNTS}
    new = sums | {"version": insertion.excluded.version}
    await connection.execute(
        insertion.on_conflict_do_update(index_elements=usage.primary_key.columns, set_=new), rows
    )


async def _add_failures(connection: AsyncConnection, added: Mapping[ErrorKey, Failures]) -> None:
    old = max(key.hour for key in added) - _KEPT
    await connection.execute(delete(provider_errors).where(provider_errors.c.hour < old))
    table, insertion = provider_errors.c, upsert(provider_errors)
    newer = insertion.excluded.last >= table.last
    new: dict[str, ColumnElement[Any]] = {
        name: case((newer, insertion.excluded[name]), else_=table[name])
        for name in ("last", "found", "remedy")
    }
    new["count"] = table["count"] + insertion.excluded["count"]
    await connection.execute(
        insertion.on_conflict_do_update(
            index_elements=provider_errors.primary_key.columns, set_=new
        ),
        [asdict(key) | asdict(failed) for key, failed in added.items()],
    )
