"""Prepared answers in SQL, for the workers of one host."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, or_, select, update

from clientsvia.stores.sql.tables import prepared, prepared_parts
from clientsvia.stores.waiting import wait_at_most

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import ColumnElement
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_POLL_S = 0.01


@dataclass(slots=True)
class _Claim:
    """A key this process makes: its row, and how many parts it has published."""

    id: int
    published: int = 0


class SqlPreparedAnswers:
    """Claims and parts in tables; who waits asks every 10 ms, or when this process publishes.

    Only the process that claimed a key publishes under it, so that a maker whose claim has passed
    to another cannot mix its parts with theirs.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._claims: dict[str, _Claim] = {}
        self._published = asyncio.Event()

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        """Take the making of ``key``; False when somebody else has it."""

        async def work(connection: AsyncConnection) -> int | None:
            now = time.time()
            await connection.execute(delete(prepared).where(_forgotten(now)))
            if await connection.scalar(select(prepared.c.id).where(prepared.c.key == key)):
                return None
            row = {"key": key, "claimed_at": now, "expires_at": now + ttl, "complete": False}
            return (await connection.execute(insert(prepared).values(row))).lastrowid

        claimed = await self._database.write(work)
        if claimed is None:
            return False
        self._claims[key] = _Claim(claimed)
        return True

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        """Add a part, or none when it is empty; ``last`` completes it."""
        claim = self._claims.get(key)
        if claim is None:
            return
        position = claim.published
        claim.published += 1
        if last:
            del self._claims[key]

        async def work(connection: AsyncConnection) -> None:
            alive = await connection.scalar(
                select(prepared.c.id).where(prepared.c.id == claim.id, ~_forgotten(time.time()))
            )
            if alive is None:
                return
            if part:
                row = {"claim": claim.id, "position": position, "part": part}
                await connection.execute(insert(prepared_parts).values(row))
            if last:
                await connection.execute(
                    update(prepared).where(prepared.c.id == claim.id).values(complete=True)
                )

        await self._database.write(work)
        self._wake()

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        """Every part from the first, waiting for what is still made."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        claim: int | None = None
        seen = -1
        while True:
            news = self._published
            claim, complete, fresh = await self._look(key, claim, seen)
            for position, part in fresh:
                seen = position
                yield part
            if complete:
                return
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"{key} was not completed within {timeout} s")
            await wait_at_most(news, min(_POLL_S, left))

    async def _look(
        self, key: str, claim: int | None, seen: int
    ) -> tuple[int, bool, list[tuple[int, str]]]:
        """The claim of a key, whether it is complete, and its parts after ``seen``."""
        async with self._database.read() as connection:
            of_key = select(prepared.c.id, prepared.c.complete).where(
                prepared.c.key == key, ~_forgotten(time.time())
            )
            row = (await connection.execute(of_key)).one_or_none()
            if row is None or claim not in {None, row.id}:
                raise KeyError(key)
            fresh = await connection.execute(
                select(prepared_parts.c.position, prepared_parts.c.part)
                .where(prepared_parts.c.claim == row.id, prepared_parts.c.position > seen)
                .order_by(prepared_parts.c.position)
            )
            return row.id, row.complete, [(part.position, part.part) for part in fresh]

    async def discard(self, key: str) -> None:
        """Forget a key; those who wait for it get KeyError."""
        self._claims.pop(key, None)

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(prepared).where(prepared.c.key == key))

        await self._database.write(work)
        self._wake()

    def _wake(self) -> None:
        self._published.set()
        self._published = asyncio.Event()


def _forgotten(now: float) -> ColumnElement[bool]:
    # A claim from the future was made before the clock was set back.
    return or_(prepared.c.expires_at <= now, prepared.c.claimed_at > now)
