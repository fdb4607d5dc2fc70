from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.redis.prepared_answers import RedisPreparedAnswers

if TYPE_CHECKING:
    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

    Connected = tuple[RedisConnection, Subscriptions]

KEY = "acme:CA1:3"
NAME = f"clientsvia:prepared:{KEY}"


@pytest.fixture
def maker(one: Connected) -> RedisPreparedAnswers:
    return RedisPreparedAnswers(*one)


@pytest.fixture
def successor(other: Connected) -> RedisPreparedAnswers:
    return RedisPreparedAnswers(*other)


async def taken(prepared: RedisPreparedAnswers) -> list[str]:
    return [part async for part in prepared.parts(KEY, 2.0)]


async def test_a_maker_whose_claim_has_passed_to_another_adds_nothing_to_theirs(
    maker: RedisPreparedAnswers, successor: RedisPreparedAnswers, one: Connected
) -> None:
    await maker.claim(KEY)
    await maker.publish(KEY, "old, ")
    await one[0].execute("DEL", NAME)  # its time has run out
    assert await successor.claim(KEY)
    await successor.publish(KEY, "new")
    await maker.publish(KEY, "older", last=True)
    await successor.publish(KEY, "er", last=True)

    assert await taken(maker) == ["new", "er"]


async def test_a_maker_whose_claim_has_passed_to_another_does_not_discard_theirs(
    maker: RedisPreparedAnswers, successor: RedisPreparedAnswers, one: Connected
) -> None:
    await maker.claim(KEY)
    await one[0].execute("DEL", NAME)
    await successor.claim(KEY)
    await maker.discard(KEY)
    await successor.publish(KEY, "kept", last=True)

    assert await taken(maker) == ["kept"]


async def test_who_waits_is_told_when_another_maker_takes_the_key(
    maker: RedisPreparedAnswers, successor: RedisPreparedAnswers, one: Connected
) -> None:
    await maker.claim(KEY)
    await maker.publish(KEY, "half of the old")
    waiting = asyncio.create_task(taken(maker))
    await asyncio.sleep(0.02)
    await one[0].execute("DEL", NAME)
    await successor.claim(KEY)

    with pytest.raises(KeyError):
        await waiting


async def test_a_missed_message_costs_a_look_more_and_nothing_else(
    maker: RedisPreparedAnswers, successor: RedisPreparedAnswers, one: Connected
) -> None:
    await maker.claim(KEY)
    waiting = asyncio.create_task(taken(successor))
    await asyncio.sleep(0.02)
    await one[0].execute("RPUSH", NAME, b"+unheard", b".")

    assert await waiting == ["unheard"]


async def test_everything_under_a_key_has_an_end(
    maker: RedisPreparedAnswers, one: Connected
) -> None:
    await maker.claim(KEY, ttl=7)
    await maker.publish(KEY, "words")
    await maker.publish(KEY, "more", last=True)

    redis, _ = one
    assert await redis.execute("KEYS", "*") == [NAME.encode()]
    assert 0 < await redis.execute("PTTL", NAME) <= 7_000


async def test_claims_that_were_never_completed_are_forgotten_in_the_process_too(
    maker: RedisPreparedAnswers,
) -> None:
    for number in range(20):
        await maker.claim(f"{KEY}:{number}", ttl=0.001)
    await asyncio.sleep(0.002)
    await maker.claim(KEY)

    assert len(maker._claims) == 1  # noqa: SLF001 - what may not grow has no other name
