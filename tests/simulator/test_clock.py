from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import pytest

from clientsvia.simulator.clock import RealClock, VirtualClock

if TYPE_CHECKING:
    from clientsvia.simulator.clock import Clock, Job


def noting(seen: list[tuple[str, float]], name: str, clock: Clock) -> Job:
    async def job() -> None:
        seen.append((name, round(clock.now(), 3)))
        await asyncio.sleep(0)

    return job


async def test_virtual_time_does_what_was_put_off_in_order_and_on_time() -> None:
    clock = VirtualClock()
    seen: list[tuple[str, float]] = []
    for name, seconds in (("late", 9.0), ("second", 2.0), ("first", 1.0), ("also second", 2.0)):
        clock.later(seconds, noting(seen, name, clock))

    await clock.sleep(5)

    assert seen == [("first", 1.0), ("second", 2.0), ("also second", 2.0)]
    assert clock.now() == 5
    await clock.settle()
    assert seen[-1] == ("late", 9.0)


async def test_virtual_time_takes_no_time() -> None:
    clock = VirtualClock()
    began = time.monotonic()
    await clock.sleep(3600)
    assert clock.now() == 3600
    assert time.monotonic() - began < 1


async def test_virtual_time_never_runs_back() -> None:
    clock = VirtualClock()
    await clock.sleep(-5)
    assert clock.now() == 0


async def test_real_time_runs_as_fast_as_asked_with_jobs_beside_it() -> None:
    clock = RealClock(speed=100)
    seen: list[tuple[str, float]] = []
    clock.later(4, noting(seen, "beside", clock))
    began = time.monotonic()

    await clock.sleep(1)
    assert not seen
    await clock.settle()

    assert [name for name, _ in seen] == ["beside"]
    assert seen[0][1] >= 4
    assert time.monotonic() - began < 1


def test_a_clock_that_stands_still_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        RealClock(speed=0)
