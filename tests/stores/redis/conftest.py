"""Two processes' connections to one Valkey server."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.redis.connection import RedisConnection
from clientsvia.stores.redis.subscriptions import Subscriptions

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.valkey import Valkey

PATIENT_S = 5.0


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[RedisConnection, Subscriptions]]:
    redis = RedisConnection(url, budget_s=PATIENT_S)
    subscriptions = Subscriptions(redis.opener)
    yield redis, subscriptions
    await subscriptions.close()
    await redis.close()


@pytest.fixture
async def one(valkey: Valkey) -> AsyncIterator[tuple[RedisConnection, Subscriptions]]:
    async with connected(valkey.url) as both:
        yield both


@pytest.fixture
async def other(valkey: Valkey) -> AsyncIterator[tuple[RedisConnection, Subscriptions]]:
    async with connected(valkey.url) as both:
        yield both
