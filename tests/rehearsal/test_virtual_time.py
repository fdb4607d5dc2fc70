from __future__ import annotations

import asyncio
import time

import pytest

from clientsvia.rehearsal.virtual_time import NothingDue, run_in_virtual_time


def test_hours_pass_at_once_and_in_order() -> None:
    async def work() -> list[str]:
        done: list[str] = []

        async def after(seconds: float, name: str) -> None:
            await asyncio.sleep(seconds)
            done.append(f"{name} {asyncio.get_running_loop().time():.1f}")

        async with asyncio.TaskGroup() as tasks:
            for seconds, name in ((7200.0, "late"), (0.5, "early"), (3600.0, "middle")):
                tasks.create_task(after(seconds, name))
        return done

    began = time.monotonic()
    assert run_in_virtual_time(work()) == ["early 0.5", "middle 3600.0", "late 7200.0"]
    assert time.monotonic() - began < 60


def test_a_timeout_comes_when_it_is_due() -> None:
    async def work() -> float:
        try:
            async with asyncio.timeout(2.5):
                await asyncio.sleep(100)
        except TimeoutError:
            return asyncio.get_running_loop().time()
        return -1.0

    assert run_in_virtual_time(work()) == pytest.approx(2.5)


def test_waiting_for_nothing_is_an_error_and_not_forever() -> None:
    async def work() -> None:
        await asyncio.Event().wait()

    with pytest.raises(NothingDue):
        run_in_virtual_time(work())
