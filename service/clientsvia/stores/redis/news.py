"""News of companies, to the workers of every host."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.redis.connection import Script
from clientsvia.stores.waiting import wait_at_most

if TYPE_CHECKING:
    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

_POLL_S = 2.0
_LIFETIME_S = 900
"""Longer than the time between two complete readings of the store, which find what was missed."""

_NAME = "clientsvia:companies"
_TELL = Script("""
if tonumber(redis.call('GET', KEYS[1]) or 0) < tonumber(ARGV[1]) then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
end
redis.call('PUBLISH', KEYS[1], '')
""")


class RedisNews:
    """The newest revision under a key, and a message to who waits, who looks now and then as well.

    What could not be told is told when Redis is back. Never raises: the store holds what matters.
    """

    def __init__(self, redis: RedisConnection, subscriptions: Subscriptions) -> None:
        self._redis = redis
        self._subscriptions = subscriptions
        self._untold = 0
        self._telling: asyncio.Task[None] | None = None
        redis.when_back(self._tell_late)

    async def tell(self, revision: int) -> None:
        """Tell everybody that the store holds this revision."""
        try:
            await self._redis.run(_TELL, _NAME, revision, _LIFETIME_S)
        except StoreUnavailable:
            self._untold = max(self._untold, revision)

    async def newer(self, than: int) -> int:
        """The newest revision told of, as soon as there is one above ``than``."""
        with self._subscriptions.listen(_NAME) as told:
            while True:
                told.clear()
                newest = await self._newest()
                if newest > than:
                    return newest
                await wait_at_most(told, _POLL_S)

    async def _newest(self) -> int:
        try:
            return int(await self._redis.execute("GET", _NAME) or 0)
        except StoreUnavailable:
            return 0

    def _tell_late(self) -> None:
        if self._untold:
            revision, self._untold = self._untold, 0
            self._telling = asyncio.create_task(self.tell(revision))
