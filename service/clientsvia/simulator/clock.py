"""The clock of a simulated call: seconds since it began, slept through or merely counted."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import time
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Job = Callable[[], Awaitable[None]]


class Clock(Protocol):
    """Time as a call sees it."""

    def now(self) -> float:
        """Seconds since the call began."""

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` of the call pass, doing on the way what was put off until then."""

    def later(self, seconds: float, job: Job) -> None:
        """Do ``job`` beside the call in ``seconds``; it must handle its own errors."""

    async def settle(self) -> None:
        """Return when everything put off has been done."""


class VirtualClock:
    """Counts time and never sleeps, so that a call of minutes plays in milliseconds.

    What was put off is done in the order of its time, each job to its end before the next: two runs
    of one call make the same requests in the same order.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._due: list[tuple[float, int, Job]] = []
        self._order = itertools.count()

    def now(self) -> float:
        """Seconds since the call began."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` of the call pass, doing on the way what was put off until then."""
        until = self._now + max(0.0, seconds)
        while self._due and self._due[0][0] <= until:
            await self._next()
        self._now = max(self._now, until)

    def later(self, seconds: float, job: Job) -> None:
        """Do ``job`` when the call has come ``seconds`` further."""
        heapq.heappush(self._due, (self._now + max(0.0, seconds), next(self._order), job))

    async def settle(self) -> None:
        """Move on to the last thing put off."""
        while self._due:
            await self._next()

    async def _next(self) -> None:
        at, _, job = heapq.heappop(self._due)
        self._now = max(self._now, at)
        await job()


class RealClock:
    """Time as it passes, ``speed`` times as fast."""

    def __init__(self, speed: float = 1.0) -> None:
        if speed <= 0:
            raise ValueError("the speed of a call must be above 0: 1 is real time, 2 twice as fast")
        self._speed = speed
        self._began = time.monotonic()
        self._jobs: set[asyncio.Task[None]] = set()

    def now(self) -> float:
        """Seconds since the call began."""
        return (time.monotonic() - self._began) * self._speed

    async def sleep(self, seconds: float) -> None:
        """Let ``seconds`` of the call pass."""
        await asyncio.sleep(max(0.0, seconds) / self._speed)

    def later(self, seconds: float, job: Job) -> None:
        """Do ``job`` beside the call in ``seconds``."""
        task = asyncio.create_task(self._after(seconds, job))
        self._jobs.add(task)
        task.add_done_callback(self._jobs.discard)

    async def settle(self) -> None:
        """Wait for every job."""
        while self._jobs:
            await asyncio.gather(*self._jobs)

    async def _after(self, seconds: float, job: Job) -> None:
        await self.sleep(seconds)
        await job()
