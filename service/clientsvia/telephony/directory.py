"""Called numbers to their owners, in memory.

``NumberDirectory[T].get`` answers with the owner's value, with ``False`` for a number that is
known to be nobody's, and with ``None`` when the store must be asked. An owner's value and all its
numbers are swapped at once and invalidated at once; a flood of unknown numbers evicts no owner.
A value is anything but ``None`` and ``False``. Safe to share between threads.

``Loading`` asks the store for what the directory does not know, once for all who ask at a time.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from clientsvia._core import Directory as NumberDirectory

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["Loading", "NumberDirectory"]

T = TypeVar("T")


def _ignore(_e164: str, _error: Exception) -> None:
    """Failures are only counted by what is served stale."""


class Loading(Generic[T]):
    """A directory that asks its store, with one load for everybody who asks at the same time.

    ``load`` is given an E.164 number, asks the store for it, and puts the answer into the directory
    (``replace`` or ``vacate``). A load belongs to nobody in particular: whoever asked first may be
    cancelled without the others losing it. When it fails or takes longer than ``timeout_s``,
    ``failed`` is called, and who waited gets the last value known. For one event loop; the
    directory itself may be shared with other threads.
    """

    def __init__(
        self,
        directory: NumberDirectory[T],
        load: Callable[[str], Awaitable[object]],
        *,
        timeout_s: float = 5.0,
        failed: Callable[[str, Exception], object] = _ignore,
    ) -> None:
        self._directory = directory
        self._load = load
        self._timeout_s = timeout_s
        self._failed = failed
        self._loads: dict[str, asyncio.Task[None]] = {}

    def __len__(self) -> int:
        """How many loads are under way."""
        return len(self._loads)

    async def get(self, e164: str) -> T | None:
        """The value of the number's owner, or None; asks the store when nothing fresh is known."""
        found = self._directory.get(e164)
        if found is None:
            if load := self.start(e164):
                await asyncio.wait([load])  # neither takes this one's end nor hands it its own
                found = self._directory.get(e164)
            if found is None:
                found = self._directory.stale(e164)
        return None if found is False else found

    def start(self, e164: str) -> asyncio.Task[None] | None:
        """The load of this number, begun if none is under way, and not waited for.

        None when a load of another thread is under way or too many are, and for what is no number.
        """
        loop = asyncio.get_running_loop()
        ticket = self._directory.claim(e164)
        if ticket is None:
            return self._loads.get(e164)
        task = loop.create_task(self._run(e164))
        self._loads[e164] = task
        # Also of one that is cancelled before it begins.
        task.add_done_callback(partial(self._ended, e164, ticket))
        return task

    async def _run(self, e164: str) -> None:
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._load(e164)
        except Exception as error:  # noqa: BLE001 - whatever failed, what is known is served
            self._failed(e164, error)

    def _ended(self, e164: str, ticket: int, load: asyncio.Task[None]) -> None:
        self._directory.release(e164, ticket)
        if self._loads.get(e164) is load:
            del self._loads[e164]
