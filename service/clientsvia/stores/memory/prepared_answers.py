"""Prepared answers of one process."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(slots=True, eq=False)
class _Making:
    """What is made under a key, until ``expires_at`` on the monotonic clock."""

    expires_at: float
    parts: list[str] = field(default_factory=list)
    complete: bool = False


class MemoryPreparedAnswers:
    """Claims and their parts in a dictionary; who waits is told of every change."""

    def __init__(self) -> None:
        self._makings: dict[str, _Making] = {}
        self._changed = asyncio.Condition()

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        """Take the making of ``key``; False when somebody else has it."""
        now = time.monotonic()
        for old in [old for old, making in self._makings.items() if making.expires_at <= now]:
            del self._makings[old]
        if key in self._makings:
            return False
        self._makings[key] = _Making(now + ttl)
        return True

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        """Add a part, or none when it is empty; ``last`` completes it."""
        making = self._alive(key)
        if making is None or making.complete:
            return
        if part:
            making.parts.append(part)
        making.complete = last
        await self._tell()

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        """Every part from the first, waiting for what is still made."""
        making = self._alive(key)
        if making is None:
            raise KeyError(key)
        deadline = time.monotonic() + timeout
        seen = 0
        while True:
            while seen < len(making.parts):
                seen += 1
                yield making.parts[seen - 1]
            if making.complete:
                return
            await self._wait_for_more(key, making, seen, deadline)

    async def _wait_for_more(self, key: str, making: _Making, seen: int, deadline: float) -> None:
        """Return when there are more than ``seen``; raises what ``parts`` does."""
        patience = min(deadline, making.expires_at) - time.monotonic()
        try:
            async with asyncio.timeout(max(patience, 0)), self._changed:
                await self._changed.wait_for(
                    lambda: (
                        len(making.parts) > seen
                        or making.complete
                        or self._makings.get(key) is not making
                    )
                )
        except TimeoutError:
            if self._alive(key) is making:
                raise TimeoutError(f"{key} was not completed in time") from None
        if self._alive(key) is not making:
            raise KeyError(key)

    async def discard(self, key: str) -> None:
        """Forget a key; those who wait for it get KeyError."""
        self._makings.pop(key, None)
        await self._tell()

    def _alive(self, key: str) -> _Making | None:
        making = self._makings.get(key)
        return making if making is not None and making.expires_at > time.monotonic() else None

    async def _tell(self) -> None:
        async with self._changed:
            self._changed.notify_all()
