"""Redis killed, started again, frozen and slow: nobody waits long, and nothing is lost."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from structlog.testing import capture_logs

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.redis.sharing import Sharing
from tests.contracts.samples import step
from tests.slow_proxy import slowed
from tests.valkey import Valkey, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Iterator

LIMIT_S = 0.06
RECOVERY_S = 10.0
ROUNDS = 25


@pytest.fixture(scope="module")
def server() -> Iterator[Valkey]:
    with running() as started:
        yield started


@pytest.fixture
def redis(server: Valkey) -> Iterator[Valkey]:
    """A server of this module's own, well again after each test."""
    server.flush()
    yield server
    server.kill()
    server.start()


@dataclass
class Host:
    """What one process has, over a durable store that all of them share; ``waits`` are seconds."""

    sharing: Sharing
    durable: MemoryCallStates
    waits: list[float] = field(default_factory=list)
    made: int = 0

    def __post_init__(self) -> None:
        self.states = self.sharing.call_states(self.durable)

    async def use(self) -> None:
        """Ask everything once, as a webhook would; what fails fails."""
        self.made += 1
        key = f"acme:{id(self)}:{self.made}"
        await self._timed(self.states.commit(step(f"{self.made}:heard", memory={"n": self.made})))
        await self._timed(self.states.load("acme", step().call_sid))
        await self._timed(self.sharing.prepared.claim(key))
        await self._timed(self.sharing.prepared.publish(key, "Yes.", last=True))
        await self._timed(anext(aiter(self.sharing.prepared.parts(key, 1.0))))
        await self._timed(self.sharing.prepared.discard(key))
        await self._timed(self.sharing.news.tell(self.made))

    async def _timed(self, asked: Awaitable[object]) -> None:
        started = time.perf_counter()
        with suppress(StoreUnavailable, KeyError):
            await asked
        self.waits.append(time.perf_counter() - started)

    async def answers(self) -> bool:
        try:
            await self.sharing.ping()
        except StoreUnavailable:
            return False
        return True

    async def returned(self) -> None:
        """Wait until Redis is used again."""
        async with asyncio.timeout(RECOVERY_S):
            while not await self.answers():  # noqa: ASYNC110 - it has no event to tell
                await asyncio.sleep(0.02)

    def long_waits(self) -> int:
        """How many waited over the limit; a machine that tests may be busy now and then."""
        return sum(wait > LIMIT_S for wait in self.waits)


@asynccontextmanager
async def hosts(url: str) -> AsyncIterator[tuple[Host, Host]]:
    durable = MemoryCallStates(CallMemory())
    both = Host(Sharing(url), durable), Host(Sharing(url), durable)
    yield both
    for host in both:
        await host.sharing.close()


async def lose(redis: Valkey, how: str) -> None:
    redis.kill() if how == "killed" else redis.freeze()


async def bring_back(redis: Valkey, how: str) -> None:
    if how == "killed":
        await asyncio.to_thread(redis.start)
    else:
        redis.thaw()


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_nobody_waits_long_for_a_redis_that_is(redis: Valkey, how: str) -> None:
    async with hosts(redis.url) as (one, other):
        await one.returned()
        await lose(redis, how)
        for _ in range(ROUNDS):
            await asyncio.gather(one.use(), other.use())
        calls = one.waits + other.waits
        await bring_back(redis, how)
        await one.returned()
        await other.returned()

    assert len(calls) == 2 * 7 * ROUNDS
    assert one.long_waits() + other.long_waits() <= len(calls) // 100, sorted(calls)[-9:]
    # One budget at the loss, however many ask: what is known to be lost costs nothing.
    assert sum(sorted(calls)[: len(calls) * 9 // 10]) < 0.3 * ROUNDS / 10


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_no_step_is_lost_or_answered_otherwise_when_redis_comes_back(
    redis: Valkey, how: str
) -> None:
    async with hosts(redis.url) as (one, other):
        before = await one.states.commit(step("1:heard", reply=b"before", memory={"n": 1}))
        await lose(redis, how)
        during = await one.states.commit(step("2:heard", reply=b"during", memory={"n": 2}))
        assert (await other.states.commit(step("2:heard", reply=b"twice"))) == during
        await bring_back(redis, how)
        await one.returned()
        await other.returned()

        for host in (one, other):
            assert await host.states.commit(step("1:heard", reply=b"again")) == before
            assert await host.states.commit(step("2:heard", reply=b"again")) == during
            assert await host.states.load("acme", step().call_sid) == {"n": 2}


async def test_what_redis_knew_before_it_froze_does_not_hide_what_came_since(
    redis: Valkey,
) -> None:
    async with hosts(redis.url) as (one, other):
        await one.states.commit(step("1:heard", memory={"n": 1}))
        redis.freeze()
        await one.states.commit(step("2:heard", memory={"n": 2}))
        redis.thaw()
        await other.returned()

        assert await other.states.load("acme", step().call_sid) == {"n": 2}


async def test_another_host_goes_on_with_a_call_that_its_own_store_does_not_know(
    redis: Valkey,
) -> None:
    async with hosts(redis.url) as (one, _), hosts(redis.url) as (elsewhere, _):
        first = await one.states.commit(step(reply=b"first", memory={"n": 1}))

        assert await elsewhere.states.load("acme", first.call_sid) == {"n": 1}
        assert await elsewhere.states.commit(step(reply=b"second")) == first
        assert await elsewhere.durable.load("acme", first.call_sid) == {"n": 1}


@pytest.mark.parametrize("delay_s", [0.08, 0.4])
async def test_nobody_waits_long_for_a_slow_redis(redis: Valkey, delay_s: float) -> None:
    async with slowed(redis.port) as proxy, hosts(proxy.url) as (one, other):
        await one.returned()
        proxy.delay_s = delay_s
        for _ in range(ROUNDS):
            await asyncio.gather(one.use(), other.use())
        calls = sorted(one.waits + other.waits)
        assert one.long_waits() + other.long_waits() <= len(calls) // 100, calls[-9:]
        assert not await one.answers()
        proxy.delay_s = 0.0
        await one.returned()


async def test_a_redis_that_comes_and_goes_is_asked_ever_less_often(redis: Valkey) -> None:
    async with slowed(redis.port) as proxy, hosts(proxy.url) as (one, _):
        with capture_logs() as logs:
            for round_ in range(30):
                proxy.delay_s = 0.08 * (round_ % 2)
                await one.use()
                await asyncio.sleep(0.1)
        lost = [line for line in logs if "does not answer" in line["event"]]
        assert 1 <= len(lost) <= 5
        assert one.long_waits() <= len(one.waits) // 50


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_the_log_tells_the_loss_once_and_the_return_once(redis: Valkey, how: str) -> None:
    with capture_logs() as logs:
        async with hosts(redis.url) as (one, _):
            await one.returned()
            await lose(redis, how)
            for _ in range(5):
                await one.use()
                await asyncio.sleep(0.05)
            await bring_back(redis, how)
            await one.returned()

    assert [line["event"] for line in logs] == [
        "Redis does not answer; calls go on without it",
        "Redis answers again",
    ]
    assert "CLIENTSVIA_REDIS_URL" in logs[0]["remedy"]


async def test_a_company_changed_while_redis_was_away_is_told_of_later(redis: Valkey) -> None:
    async with hosts(redis.url) as (one, other):
        waiting = asyncio.create_task(other.sharing.news.newer(0))
        await one.returned()
        redis.kill()
        await one.sharing.news.tell(7)
        await asyncio.to_thread(redis.start)

        async with asyncio.timeout(RECOVERY_S):
            assert await waiting == 7


async def test_a_part_that_did_not_arrive_comes_with_the_next(redis: Valkey) -> None:
    async with hosts(redis.url) as (one, other):
        prepared = one.sharing.prepared
        await one.returned()
        await prepared.claim("acme:1")
        await prepared.publish("acme:1", "one")
        redis.freeze()
        with pytest.raises(StoreUnavailable):
            await prepared.publish("acme:1", "two")
        redis.thaw()  # whether it heard "two" or not
        await one.returned()
        await other.returned()
        await prepared.publish("acme:1", "three", last=True)

        parts = [part async for part in other.sharing.prepared.parts("acme:1", 2.0)]
        assert parts == ["one", "two", "three"]


async def test_who_waits_for_an_answer_is_told_when_redis_is_lost(redis: Valkey) -> None:
    async with hosts(redis.url) as (one, other):
        await one.returned()
        await one.sharing.prepared.claim("acme:1")
        waiting = asyncio.ensure_future(anext(aiter(other.sharing.prepared.parts("acme:1", 5.0))))
        await asyncio.sleep(0.05)
        started = time.monotonic()
        redis.freeze()

        with pytest.raises(StoreUnavailable):
            await waiting
        assert time.monotonic() - started < 1.0


async def test_a_redis_that_is_there_only_later_is_found(redis: Valkey) -> None:
    redis.kill()
    async with hosts(redis.url) as (one, _):
        await one.use()
        assert one.long_waits() == 0
        await asyncio.to_thread(redis.start)
        await one.returned()
        assert await one.sharing.prepared.claim("acme:1")
