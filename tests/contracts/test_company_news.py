from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.contracts.samples import company

if TYPE_CHECKING:
    from tests.contracts.workers import Worker


async def test_what_was_saved_before_is_told_at_once(worker: Worker, other: Worker) -> None:
    (acme,) = await worker.companies.save([company()])

    assert await other.news.newer(acme.revision - 1) == acme.revision


async def test_who_waits_is_told_of_what_another_worker_saves(
    worker: Worker, other: Worker
) -> None:
    (acme,) = await worker.companies.save([company()])
    for number in range(3):
        waiting = asyncio.create_task(worker.news.newer(acme.revision + number))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        await other.companies.save([company(name=f"Acme {number}")])

        assert await waiting == acme.revision + number + 1


async def test_everybody_who_waits_is_told(worker: Worker, other: Worker) -> None:
    waiting = [asyncio.create_task((worker, other)[n % 2].news.newer(0)) for n in range(6)]
    await asyncio.sleep(0.01)
    (acme,) = await worker.companies.save([company()])

    assert await asyncio.gather(*waiting) == [acme.revision] * 6


async def test_a_company_saved_as_it_was_is_no_news(worker: Worker, other: Worker) -> None:
    (acme,) = await worker.companies.save([company()])
    await other.news.newer(0)
    await worker.companies.save([company()])

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await other.news.newer(acme.revision)


async def test_who_stops_waiting_can_wait_again(worker: Worker, other: Worker) -> None:
    for pause in (0, 0.001, 0.03):
        waiting = asyncio.create_task(worker.news.newer(0))
        await asyncio.sleep(pause)
        waiting.cancel()
        await asyncio.wait([waiting])
    (acme,) = await other.companies.save([company()])

    assert await worker.news.newer(0) == acme.revision
