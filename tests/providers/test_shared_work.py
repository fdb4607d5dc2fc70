from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.providers.shared_work import SharedWork

if TYPE_CHECKING:
    from clientsvia.providers.shared_work import Work


class Job:
    """Work that goes on until it is let go."""

    def __init__(self, *, begins: bool = True) -> None:
        self.begins = begins
        self.go = asyncio.Event()
        self.ended = ""

    async def do(self, work: Work) -> bool:
        work.begun = self.begins
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise
        self.ended = "done"
        return True


async def cancelled(*waiting: asyncio.Task[bool]) -> None:
    await asyncio.sleep(0)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await asyncio.sleep(0)


async def test_it_is_found_until_it_is_done() -> None:
    works, job = SharedWork(), Job()
    work = works.start("a", job.do)
    assert works.find("a") is work
    assert works.find("b") is None
    job.go.set()
    assert await works.wait(work, 1)
    await asyncio.sleep(0)
    assert works.find("a") is None


async def test_all_who_wait_get_what_comes_of_it() -> None:
    works, job = SharedWork(), Job()
    work = works.start("a", job.do)
    waiting = [asyncio.create_task(works.wait(work, 1)) for _ in range(5)]
    await asyncio.sleep(0)
    job.go.set()
    assert await asyncio.gather(*waiting) == [True] * 5


async def test_what_is_begun_goes_on_without_anybody() -> None:
    works, job = SharedWork(), Job()
    work = works.start("a", job.do)
    await cancelled(asyncio.create_task(works.wait(work, 1)))
    with pytest.raises(TimeoutError):
        await works.wait(work, 0.001)
    assert works.find("a") is work
    job.go.set()
    await work.task
    assert job.ended == "done"


async def test_what_is_not_begun_is_given_up_with_the_last_who_waits() -> None:
    works, job = SharedWork(), Job(begins=False)
    work = works.start("a", job.do)
    one, two = (asyncio.create_task(works.wait(work, 1)) for _ in range(2))
    await cancelled(one)
    assert works.find("a") is work
    await cancelled(two)
    assert works.find("a") is None
    assert job.ended == "cancelled"


async def test_a_failure_nobody_waits_for_is_no_warning() -> None:
    async def failing(work: Work) -> bool:
        work.begun = True
        raise ValueError("no")

    works = SharedWork()
    work = works.start("a", failing)
    await asyncio.sleep(0)
    with pytest.raises(ValueError, match="no"):
        await works.wait(work, 1)
    works.start("b", failing)
    await asyncio.sleep(0.01)
    assert works.find("b") is None


async def test_at_the_end_all_is_stopped() -> None:
    works, job = SharedWork(), Job()
    works.start("a", job.do)
    await asyncio.sleep(0)
    await works.close()
    assert job.ended == "cancelled"
