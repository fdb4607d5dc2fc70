"""What committed steps are still to bring about, in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from clientsvia.inbox.ports import Committed
    from clientsvia.stores.memory.call_memory import CallMemory


class MemoryEffects:
    """The effects that the same memory's steps brought with them."""

    def __init__(self, memory: CallMemory) -> None:
        self._memory = memory
        self._claims: dict[int, datetime] = {}

    async def waiting(self, now: datetime, *, limit: int = 500) -> Sequence[Committed]:
        """The oldest effects, in the order of their commits, and whether each is claimed."""
        oldest = list(self._memory.effects.values())[:limit]
        return [replace(one, claimed=self._is_claimed(one.id, now)) for one in oldest]

    async def claim(self, ids: Collection[int], now: datetime, until: datetime) -> bool:
        """Take these up to ``until``, all or none; False when somebody has or had one of them."""
        waiting = self._memory.effects
        if not all(one in waiting and not self._is_claimed(one, now) for one in ids):
            return False
        self._claims.update(dict.fromkeys(ids, until))
        return True

    async def done(self, ids: Collection[int]) -> None:
        """Forget effects that have been carried out."""
        for one in ids:
            self._memory.effects.pop(one, None)
            self._claims.pop(one, None)

    def _is_claimed(self, effect: int, now: datetime) -> bool:
        until = self._claims.get(effect)
        return until is not None and until > now
