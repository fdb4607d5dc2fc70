"""Work that many may want at once, done once for all of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


@dataclass(slots=True, eq=False)
class Work:
    """What is done under a name; whoever does it notes when there is no way back."""

    name: str
    begun: bool = False
    waiting: int = 0
    task: asyncio.Task[bool] = field(init=False)


class SharedWork:
    """Work under way, by name.

    What is begun goes on to its end, whoever leaves: it is paid for, and likely to be wanted again.
    Until then it is given up when nobody waits for it.
    """

    def __init__(self) -> None:
        self._works: dict[str, Work] = {}

    def find(self, name: str) -> Work | None:
        """The work under way under this name."""
        return self._works.get(name)

    def start(self, name: str, doing: Callable[[Work], Coroutine[None, None, bool]]) -> Work:
        """Have it done, in a task of its own."""
        work = self._works[name] = Work(name)
        work.task = asyncio.create_task(doing(work))

        def done(task: asyncio.Task[bool]) -> None:
            self._forget(work)
            if not task.cancelled():
                task.exception()  # who waits has it; nobody may be waiting any more

        work.task.add_done_callback(done)
        return work

    async def wait(self, work: Work, patience: float) -> bool:
        """What comes of it; raises TimeoutError after ``patience`` seconds, and what it raises."""
        work.waiting += 1
        try:
            async with asyncio.timeout(patience):
                return await asyncio.shield(work.task)
        finally:
            work.waiting -= 1
            if not work.waiting and not work.begun:
                self._forget(work)
                work.task.cancel()

    async def close(self) -> None:
        """Stop everything."""
        tasks = [work.task for work in self._works.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _forget(self, work: Work) -> None:
        if self._works.get(work.name) is work:
            del self._works[work.name]
