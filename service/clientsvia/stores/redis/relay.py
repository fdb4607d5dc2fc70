"""Messages between workers, on whichever host."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

_NAME = "clientsvia:relay"


class RedisRelay:
    """One channel for all; a process does not hear itself."""

    def __init__(self, redis: RedisConnection, subscriptions: Subscriptions) -> None:
        self._redis = redis
        self._subscriptions = subscriptions
        self._own = secrets.token_urlsafe(9)

    async def send(self, message: str) -> None:
        """Tell all others; raises StoreUnavailable when they cannot be reached."""
        self._subscriptions.start()
        await self._redis.execute("PUBLISH", _NAME, f"{self._own}{message}")

    def follow(self, hear: Callable[[str], None]) -> None:
        """Have ``hear`` called with each message from now on; some may be missed."""

        def read(said: str) -> None:
            if not said.startswith(self._own):
                hear(said[len(self._own) :])

        self._subscriptions.read(_NAME, read)
