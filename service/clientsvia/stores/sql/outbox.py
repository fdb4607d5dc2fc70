"""Notices that wait to be sent, in SQL: every worker takes deliveries from the same tables."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from clientsvia.notices.delivery import Channel, Delivery, DeliveryState
from clientsvia.notices.notice import Notice, NoticeKind
from clientsvia.notices.ports import AT_ONCE
from clientsvia.stores.sql.tables import deliveries, notices, time_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_OF_NOTICE = (notices.c.company == deliveries.c.company) & (notices.c.key == deliveries.c.key)
_WAITS = deliveries.c.state == DeliveryState.WAITING
_BOTH = select(
    deliveries, *(column.label(f"notice_{column.name}") for column in notices.columns)
).join(notices, _OF_NOTICE)
_COLUMNS = tuple(
    column.name for column in deliveries.columns if column.name not in {"company", "key"}
)

_ANY_OPEN = "SELECT 1 FROM notices WHERE settled = 0 AND due <= :now LIMIT 1"
_ANY_RIPE = (
    "SELECT 1 FROM deliveries WHERE state = :state AND channel = :channel AND due <= :now LIMIT 1"
)
_EVER = datetime.max.replace(tzinfo=UTC)


class SqlOutbox:
    """Two tables: what is to be told, and the deliveries of each."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, notices_: Sequence[Notice]) -> None:
        """Put notices in; one that is there already is left as it is."""
        rows = [asdict(one) | {"data": dict(one.data), "settled": False} for one in notices_]
        if not rows:
            return

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(upsert(notices).on_conflict_do_nothing(), rows)

        await self._database.write(work)

    async def unaddressed(
        self, due: datetime | None = None, company: str | None = None, limit: int = 50
    ) -> Sequence[Notice]:
        """Notices nobody has addressed yet."""
        if not await self._database.fetch(_ANY_OPEN, {"now": time_text(due or _EVER)}):
            return []  # PERF: as in claim
        query = select(notices).where(notices.c.settled.is_(False))
        if due is not None:
            query = query.where(notices.c.due <= due)
        if company is not None:
            query = query.where(notices.c.company == company)
        async with self._database.read() as connection:
            rows = await connection.execute(
                query.order_by(notices.c.urgent.desc(), notices.c.due).limit(limit)
            )
            return [_notice(row, "") for row in rows]

    async def postpone(self, notice: Notice, due: datetime) -> None:
        """Let a notice that is not addressed yet be due later."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(update(notices).where(_open(notice)).values(due=due))

        await self._database.write(work)

    async def address(self, notice: Notice, deliveries_: Sequence[Delivery]) -> None:
        """Put in what is to be delivered of a notice, which is settled with that."""

        async def work(connection: AsyncConnection) -> None:
            settled = await connection.execute(
                update(notices).where(_open(notice)).values(settled=True)
            )
            if settled.rowcount and deliveries_:
                await connection.execute(insert(deliveries), [_row(one) for one in deliveries_])

        await self._database.write(work)

    async def claim(
        self,
        channel: Channel,
        now: datetime,
        until: datetime,
        limit: int,
        only: Notice | None = None,
    ) -> Sequence[Delivery]:
        """Deliveries that are due, for this worker alone ``until`` then.

        PERF: they are chosen before the transaction: among 17,600 that takes 60 ms, for which no
        call may wait. Who chose the same at that moment and came later chooses again.
        """
        ripe = _WAITS & (deliveries.c.channel == channel) & (deliveries.c.due <= now)
        # PERF: nearly always there is none; a transaction for each look would keep others from
        # writing, and SQLAlchemy takes four times as long to find nothing.
        looked_for = {"state": DeliveryState.WAITING, "channel": channel, "now": time_text(now)}
        if not await self._database.fetch(_ANY_RIPE, looked_for):
            return []

        claimed: Sequence[Delivery] = []
        while not claimed:
            async with self._database.read() as connection:
                chosen = (await connection.scalars(_claimable(ripe, now, limit, only))).all()
            if not chosen:
                break
            claimed = await self._take(chosen, now, until)
        return claimed

    async def _take(self, ids: Sequence[str], now: datetime, until: datetime) -> Sequence[Delivery]:
        """Lease those of these deliveries that nobody has taken or settled meanwhile."""
        free = deliveries.c.id.in_(ids) & _WAITS & ~_leased(now)
        lease = update(deliveries).where(free).values(leased_until=until)

        async def work(connection: AsyncConnection) -> Sequence[Delivery]:
            taken = (await connection.scalars(lease.returning(deliveries.c.id))).all()
            rows = await connection.execute(
                _BOTH.where(deliveries.c.id.in_(taken)).order_by(
                    notices.c.urgent.desc(), deliveries.c.due
                )
            )
            return [_delivery(row) for row in rows]

        return await self._database.write(work)

    async def record(self, delivery: Delivery) -> bool:
        """Keep a claimed delivery as it is after an attempt."""
        new = _row(delivery) | {"leased_until": None}
        ours = (deliveries.c.id == delivery.id) & (
            deliveries.c.leased_until == delivery.leased_until
        )

        async def work(connection: AsyncConnection) -> bool:
            done = await connection.execute(update(deliveries).where(ours).values(new))
            return done.rowcount > 0

        return await self._database.write(work)

    async def deliveries(
        self, company: str | None = None, key: str | None = None, limit: int = 50
    ) -> Sequence[Delivery]:
        """The newest notices' first."""
        query = _BOTH
        if company is not None:
            query = query.where(deliveries.c.company == company)
        if key is not None:
            query = query.where(deliveries.c.key == key)
        table = deliveries.c
        order = (notices.c.at.desc(), table.key, table.channel, table.address)
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(*order).limit(limit))
            return [_delivery(row) for row in rows]

    async def tested(self, company: str) -> frozenset[str]:
        """Each ``channel:address`` of a company whose newest test was sent."""
        query = (
            select(deliveries.c.channel, deliveries.c.address, deliveries.c.state)
            .join(notices, _OF_NOTICE)
            .where(deliveries.c.company == company, notices.c.kind == NoticeKind.TEST)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(notices.c.at))
            newest = {f"{channel}:{address}": state for channel, address, state in rows}
        return frozenset(to for to, state in newest.items() if state == DeliveryState.SENT)

    async def told(
        self, company: str, kind: NoticeKind, since: datetime, until: datetime
    ) -> Sequence[Notice]:
        """A company's notices of a kind from ``since`` up to ``until``, in order."""
        table = notices.c
        query = select(notices).where(
            table.company == company, table.kind == kind, table.at >= since, table.at < until
        )
        async with self._database.read() as connection:
            rows = await connection.execute(query.order_by(table.at, table.key))
            return [_notice(row, "") for row in rows]

    async def forget(self, before: datetime) -> None:
        """Let go of what was settled and finished of notices from before; tests are kept."""
        old = notices.c.settled & (notices.c.at < before) & (notices.c.kind != NoticeKind.TEST)
        old &= ~exists().where(_OF_NOTICE, _WAITS)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(notices).where(old))

        await self._database.write(work)


def _claimable(
    ripe: ColumnElement[bool], now: datetime, limit: int, only: Notice | None
) -> Select[Any]:
    """The ids of what may be claimed: of each address the first few, those in hand among them."""
    leased = _leased(now)
    place = func.row_number().over(
        partition_by=deliveries.c.address,
        order_by=(leased.desc(), notices.c.urgent.desc(), deliveries.c.due),
    )
    columns = (deliveries.c.id, deliveries.c.company, deliveries.c.key, deliveries.c.due)
    found = (
        select(*columns, notices.c.urgent, leased.label("leased"), place.label("place"))
        .join(notices, _OF_NOTICE)
        .where(ripe)
        .subquery()
    ).c
    free = (found.place <= AT_ONCE) & ~found.leased
    if only is not None:
        free &= (found.company == only.company) & (found.key == only.key)
    return select(found.id).where(free).order_by(found.urgent.desc(), found.due).limit(limit)


def _leased(now: datetime) -> ColumnElement[bool]:
    return func.coalesce(deliveries.c.leased_until > now, False)


def _open(notice: Notice) -> ColumnElement[bool]:
    table = notices.c
    itself = (table.company == notice.company) & (table.key == notice.key)
    return itself & table.settled.is_(False)


def _row(delivery: Delivery) -> dict[str, Any]:
    row = {name: getattr(delivery, name) for name in _COLUMNS}
    return row | {"company": delivery.notice.company, "key": delivery.notice.key}


def _delivery(row: Row[Any]) -> Delivery:
    own = {name: getattr(row, name) for name in _COLUMNS if name != "id"}
    own |= {"channel": Channel(row.channel), "state": DeliveryState(row.state)}
    return Delivery(_notice(row, "notice_"), **own)


def _notice(row: Row[Any], prefix: str) -> Notice:
    own = {field.name: getattr(row, prefix + field.name) for field in fields(Notice)}
    return Notice(**own | {"kind": NoticeKind(own["kind"])})
