"""An event loop whose clock jumps to the next timer: minutes of calls pass in milliseconds."""

from __future__ import annotations

import asyncio
import selectors
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Coroutine

Result = TypeVar("Result")


class NothingDue(RuntimeError):
    """Every task waits for what no timer brings: in virtual time it would wait forever."""


class _Jumping(selectors.DefaultSelector):
    """Takes no time to wait, and notes how long it should have waited."""

    passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready now; the clock has moved on by ``timeout`` if nothing is."""
        ready = super().select(0)
        if not ready and timeout is None:
            raise NothingDue("a rehearsed task waits for something that no timer ends")
        if not ready and timeout:
            self.passed += timeout
        return ready


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """The real event loop of asyncio, but for its clock: sleeping takes no time.

    What runs in it is deterministic as long as it neither uses threads nor talks to anybody.
    """

    def __init__(self) -> None:
        self._jumping = _Jumping()
        super().__init__(self._jumping)

    def time(self) -> float:
        """Seconds of virtual time since the loop was made."""
        return self._jumping.passed


def run_in_virtual_time(work: Coroutine[object, object, Result]) -> Result:
    """What ``work`` returns, run in a virtual time of its own."""
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(work)
