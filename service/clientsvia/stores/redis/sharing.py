"""Everything a process shares through one Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.stores.redis.call_states import RedisCallStates
from clientsvia.stores.redis.connection import RedisConnection
from clientsvia.stores.redis.news import RedisNews
from clientsvia.stores.redis.prepared_answers import RedisPreparedAnswers
from clientsvia.stores.redis.relay import RedisRelay
from clientsvia.stores.redis.subscriptions import Subscriptions
from clientsvia.stores.shared_call_states import SharedCallStates

if TYPE_CHECKING:
    from clientsvia.stores.latest import ComparableStates


class Sharing:
    """The adapters on the Redis, or Valkey, at ``url``; ``close`` it after."""

    def __init__(self, url: str) -> None:
        self._redis = RedisConnection(url)
        self._subscriptions = Subscriptions(self._redis.opener)
        self.place = self._redis.opener.place
        self.news = RedisNews(self._redis, self._subscriptions)
        self.relay = RedisRelay(self._redis, self._subscriptions)
        self.prepared = RedisPreparedAnswers(self._redis, self._subscriptions)

    def call_states(self, durable: ComparableStates) -> SharedCallStates:
        """Call states that are decided here and kept there."""
        return SharedCallStates(RedisCallStates(self._redis), durable)

    def start(self) -> None:
        """Begin to hear what other processes send."""
        self._subscriptions.start()

    async def ping(self) -> None:
        """Return when Redis answers; raises StoreUnavailable when it does not, within its time."""
        await self._redis.ping()

    async def close(self) -> None:
        """Close the connections."""
        await self._subscriptions.close()
        await self._redis.close()
