"""Call states of several hosts: who is first is decided in Redis, and kept in a durable store."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

from clientsvia.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from clientsvia.calls.ports import Step
    from clientsvia.stores.latest import ComparableStates, Latest

    Name = tuple[str, str, str]

T = TypeVar("T")

SHARE_S = 0.025
"""Half of what a commit or a look may take: the other half is the durable store's."""


class SharedCallStates:
    """The durable store has the last word, and decides alone while Redis does not answer in time.

    So a step that went out while Redis was away is never answered otherwise later, and the memory
    of a call is that of the store which knows more of it.
    """

    def __init__(
        self, shared: ComparableStates, durable: ComparableStates, *, share_s: float = SHARE_S
    ) -> None:
        self._shared = shared
        self._durable = durable
        self._share_s = share_s
        self._committing: dict[Name, asyncio.Task[Step]] = {}

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:
        """The memory of this company's call as of its latest step; None if there is none.

        Raises StoreUnavailable when neither store tells.
        """
        latest = await self.latest(company, call_sid)
        return None if latest is None else latest.memory

    async def latest(self, company: str, call_sid: str) -> Latest | None:
        """The latest step of this company's call in either store; None if there is none."""
        looking = asyncio.create_task(self._in_time(self._shared.latest(company, call_sid)))
        try:
            durable = await self._durable.latest(company, call_sid)
        except StoreUnavailable:
            shared = await looking
            if shared is None:
                raise
            return shared
        shared = await looking
        if durable is None or (shared is not None and durable.is_before(shared)):
            return shared
        return durable

    async def commit(self, step: Step) -> Step:
        """Store a step durably; everybody gets the first committed for (company, call, key).

        A step is stored even if its caller stops waiting.
        """
        name = step.company, step.call_sid, step.key
        committing = self._committing.get(name)
        if committing is None:
            committing = asyncio.create_task(self._commit(step))
            self._committing[name] = committing
            committing.add_done_callback(lambda task: self._committed(name, task))
        return await asyncio.shield(committing)

    def _committed(self, name: Name, task: asyncio.Task[Step]) -> None:
        del self._committing[name]
        if not task.cancelled():
            task.exception()  # whoever still waits gets it; nobody else is to be warned of it

    async def _commit(self, step: Step) -> Step:
        first = await self._in_time(self._shared.commit(step))
        return await self._durable.commit(first or step)

    async def _in_time(self, asked: Awaitable[T]) -> T | None:
        """What Redis tells within its share of the time; None when it does not."""
        try:
            async with asyncio.timeout(self._share_s):
                return await asked
        except (TimeoutError, StoreUnavailable):
            return None
