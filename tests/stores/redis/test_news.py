from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.stores.redis.news import RedisNews

if TYPE_CHECKING:
    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

    Connected = tuple[RedisConnection, Subscriptions]

NAME = "clientsvia:companies"


async def test_a_revision_told_late_does_not_take_the_place_of_a_newer_one(
    one: Connected, other: Connected
) -> None:
    await RedisNews(*one).tell(8)
    await RedisNews(*other).tell(7)

    assert await RedisNews(*other).newer(0) == 8


async def test_the_newest_revision_does_not_stay_for_ever(one: Connected) -> None:
    await RedisNews(*one).tell(8)

    assert 300 < await one[0].execute("TTL", NAME) <= 900


async def test_a_message_comes_sooner_than_the_next_look(one: Connected, other: Connected) -> None:
    loop = asyncio.get_running_loop()
    listening = RedisNews(*other)
    delays = []
    for revision in range(5):
        waiting = asyncio.create_task(listening.newer(revision))
        await asyncio.sleep(0.05)
        told_at = loop.time()
        await RedisNews(*one).tell(revision + 1)
        assert await waiting == revision + 1
        delays.append(loop.time() - told_at)

    assert min(delays) < 0.5  # the least of five; a look comes every 2 s
