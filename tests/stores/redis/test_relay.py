from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.redis.relay import RedisRelay
from clientsvia.stores.redis.sharing import Sharing
from tests.valkey import running

if TYPE_CHECKING:
    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

    Connected = tuple[RedisConnection, Subscriptions]

PATIENCE_S = 5.0


async def test_everybody_hears_what_the_others_send_and_not_themselves(
    one: Connected, other: Connected
) -> None:
    heard: dict[str, asyncio.Queue[str]] = {"one": asyncio.Queue(), "other": asyncio.Queue()}
    relays = {"one": RedisRelay(*one), "other": RedisRelay(*other)}
    for name, relay in relays.items():
        relay.follow(heard[name].put_nowait)
    one[1].start()
    other[1].start()
    async with asyncio.timeout(PATIENCE_S):
        while heard["other"].empty():  # until the other end listens
            await relays["one"].send("ciao é 你好")
            await asyncio.sleep(0.01)
        await relays["other"].send("and back")
        assert await heard["one"].get() == "and back"
    assert await heard["other"].get() == "ciao é 你好"


async def test_a_message_that_cannot_be_read_ends_no_listening(
    one: Connected, other: Connected
) -> None:
    """Workers of two versions share a Redis while one replaces the other."""
    heard: asyncio.Queue[str] = asyncio.Queue()

    def read(message: str) -> None:
        heard.put_nowait(message)
        raise KeyError(message)

    sending, hearing = RedisRelay(*one), RedisRelay(*other)
    hearing.follow(read)
    other[1].start()
    async with asyncio.timeout(PATIENCE_S):
        while heard.qsize() < 2:
            await sending.send("hello")
            await asyncio.sleep(0.01)


async def test_without_redis_the_sender_is_told() -> None:
    with running() as server:
        url = server.url
    sharing = Sharing(url)
    try:
        with pytest.raises(StoreUnavailable):
            await sharing.relay.send("hello")
    finally:
        await sharing.close()
