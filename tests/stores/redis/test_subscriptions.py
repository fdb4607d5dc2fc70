from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.stores.redis.subscriptions import SILENCE_S

if TYPE_CHECKING:
    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

    Connected = tuple[RedisConnection, Subscriptions]

PATIENCE_S = 5.0


async def told(event: asyncio.Event) -> None:
    async with asyncio.timeout(PATIENCE_S):
        await event.wait()
    event.clear()


async def subscribers(redis: RedisConnection, channel: str, count: int) -> None:
    """Wait until a channel has so many."""
    async with asyncio.timeout(PATIENCE_S):
        while (await redis.execute("PUBSUB", "NUMSUB", channel))[1] != count:  # noqa: ASYNC110 - Redis tells none
            await asyncio.sleep(0.01)


async def test_only_those_who_listen_to_a_channel_are_told(one: Connected) -> None:
    redis, subscriptions = one
    with subscriptions.listen("a") as first, subscriptions.listen("b") as second:
        await told(first)  # that listening has begun
        await told(second)
        await redis.execute("PUBLISH", "a", "")

        await told(first)
        assert not second.is_set()


async def test_a_channel_is_left_when_the_last_one_stops_listening(one: Connected) -> None:
    redis, subscriptions = one
    with subscriptions.listen("other"), subscriptions.listen("a"):
        with subscriptions.listen("a") as second:
            await subscribers(redis, "a", 1)
            await redis.execute("PUBLISH", "a", "")
            await told(second)
        await redis.ping()
        assert (await redis.execute("PUBSUB", "NUMSUB", "a"))[1] == 1
    await subscribers(redis, "a", 0)
    with subscriptions.listen("a") as again:
        await told(again)
        await redis.execute("PUBLISH", "a", "")
        await told(again)


async def test_who_listens_is_told_after_a_lost_connection_that_something_may_be_missed(
    one: Connected, other: Connected
) -> None:
    redis, subscriptions = one
    with subscriptions.listen("a") as event:
        await told(event)
        await other[0].execute("CLIENT", "KILL", "TYPE", "pubsub")

        await told(event)
        await redis.execute("PUBLISH", "a", "")
        await told(event)


async def test_silence_ends_no_connection_that_lives(one: Connected) -> None:
    redis, subscriptions = one
    with subscriptions.listen("a") as event:
        await told(event)
        await asyncio.sleep(2.5 * SILENCE_S)
        assert not event.is_set()  # it would be, had it been opened anew
        await redis.execute("PUBLISH", "a", "")
        await told(event)
