from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from clientsvia.calls.ports import PreparedAnswers
    from tests.contracts.workers import Worker

KEY = "acme:CA1:3:do you fix pipes"
PATIENCE = 2.0


async def taken(prepared: PreparedAnswers, timeout: float = PATIENCE) -> list[str]:  # noqa: ASYNC109 - the port's
    return [part async for part in prepared.parts(KEY, timeout)]


async def test_a_key_is_claimed_once(worker: Worker, other: Worker) -> None:
    assert await worker.prepared.claim(KEY)

    assert not await worker.prepared.claim(KEY)
    assert not await other.prepared.claim(KEY)
    assert await other.prepared.claim("another key")


async def test_of_many_who_claim_at_once_one_gets_it(worker: Worker, other: Worker) -> None:
    claims = [(worker, other)[number % 2].prepared.claim(KEY) for number in range(10)]

    assert sum(await asyncio.gather(*claims)) == 1


async def test_parts_come_in_order_to_whoever_asks_later(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "Yes, we do.")
    await worker.prepared.publish(KEY, "Shall I book it?", last=True)

    assert await taken(worker.prepared) == ["Yes, we do.", "Shall I book it?"]
    assert await taken(other.prepared) == ["Yes, we do.", "Shall I book it?"]


async def test_who_waits_gets_each_part_as_it_is_published(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    parts = aiter(other.prepared.parts(KEY, PATIENCE))
    first = asyncio.ensure_future(anext(parts))
    await asyncio.sleep(0)

    await worker.prepared.publish(KEY, "one")
    assert await first == "one"
    await worker.prepared.publish(KEY, "two", last=True)
    assert await anext(parts) == "two"
    with pytest.raises(StopAsyncIteration):
        await anext(parts)


async def test_any_number_of_takers_get_everything(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    takers = [asyncio.create_task(taken((worker, other)[n % 2].prepared)) for n in range(6)]
    await asyncio.sleep(0)
    for number in range(3):
        await worker.prepared.publish(KEY, str(number), last=number == 2)

    assert await asyncio.gather(*takers) == [["0", "1", "2"]] * 6


async def test_an_empty_last_part_only_completes(worker: Worker) -> None:
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "Yes.")
    await worker.prepared.publish(KEY, "", last=True)

    assert await taken(worker.prepared) == ["Yes."]


async def test_a_key_nobody_claimed_is_an_error_at_once(worker: Worker) -> None:
    started = time.monotonic()

    with pytest.raises(KeyError):
        await taken(worker.prepared, 30)
    assert time.monotonic() - started < 1


async def test_parts_of_a_key_nobody_claimed_are_dropped(worker: Worker) -> None:
    await worker.prepared.publish(KEY, "lost")
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "kept", last=True)

    assert await taken(worker.prepared) == ["kept"]


async def test_what_comes_after_the_last_part_is_dropped(worker: Worker) -> None:
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "all", last=True)
    await worker.prepared.publish(KEY, "too much")

    assert await taken(worker.prepared) == ["all"]


async def test_waiting_ends_after_the_timeout(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "half")
    parts = aiter(other.prepared.parts(KEY, 0.03))

    assert await anext(parts) == "half"
    with pytest.raises(TimeoutError):
        await anext(parts)


async def test_who_waits_for_a_discarded_key_is_told(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    waiting = [asyncio.create_task(taken(one.prepared)) for one in (worker, other)]
    await asyncio.sleep(0.02)

    await worker.prepared.discard(KEY)

    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(result) for result in results] == [KeyError, KeyError]


async def test_a_discarded_key_can_be_claimed_again_and_starts_empty(worker: Worker) -> None:
    await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "old")
    await worker.prepared.discard(KEY)

    assert await worker.prepared.claim(KEY)
    await worker.prepared.publish(KEY, "new", last=True)
    assert await taken(worker.prepared) == ["new"]


async def test_a_discarded_key_is_gone_for_other_workers_too(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY)
    await other.prepared.discard(KEY)

    assert await other.prepared.claim(KEY)


async def test_a_maker_who_died_frees_the_key_after_its_time(worker: Worker, other: Worker) -> None:
    await worker.prepared.claim(KEY, ttl=0.03)
    await worker.prepared.publish(KEY, "half of the old")
    await asyncio.sleep(0.04)

    with pytest.raises(KeyError):
        await taken(other.prepared)
    assert await other.prepared.claim(KEY)
    await other.prepared.publish(KEY, "new", last=True)
    assert await taken(other.prepared) == ["new"]


async def test_who_waits_while_the_time_of_a_key_runs_out_is_told(worker: Worker) -> None:
    await worker.prepared.claim(KEY, ttl=0.03)

    with pytest.raises(KeyError):
        await taken(worker.prepared)
