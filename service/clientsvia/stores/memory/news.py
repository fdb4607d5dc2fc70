"""News of companies, within the process."""

from __future__ import annotations

import asyncio


class MemoryNews:
    """The newest revision that was told of; who waits is woken."""

    def __init__(self) -> None:
        self._newest = 0
        self._told = asyncio.Condition()

    async def tell(self, revision: int) -> None:
        """Tell everybody that the store holds this revision."""
        self._newest = max(self._newest, revision)
        async with self._told:
            self._told.notify_all()

    async def newer(self, than: int) -> int:
        """The newest revision told of, as soon as there is one above ``than``."""
        async with self._told:
            await self._told.wait_for(lambda: self._newest > than)
        return self._newest
