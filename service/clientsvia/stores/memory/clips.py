"""Clips of one process, gone with it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.stores.clip_shelf import GRACE_S, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable


class MemoryClips:
    """Sounds in a dictionary; one that had to go can be fetched for ``grace_s`` more."""

    def __init__(self, limit: int, *, grace_s: float = GRACE_S) -> None:
        self._limit = limit
        self._grace_s = grace_s
        self._shelf = Shelf(limit)
        self._sounds: dict[str, bytes] = {}
        self._bytes = 0
        self._followers: list[Callable[[str], None]] = []

    def holds(self, name: str) -> bool:
        """Whether the clip can be played; memory only, and counts as a use."""
        return self._shelf.use(name)

    def learn(self, name: str) -> None:
        """There is no other process."""

    async def find(self, name: str) -> bool:
        """The same as ``holds``."""
        return self.holds(name)

    async def put(self, name: str, sound: bytes) -> bool:
        """Store a clip; False, and nothing is stored, when there is no room."""
        added = len(sound) - len(self._sounds.get(name, b""))
        if not self._shelf.fits(len(sound)) or self._bytes + added > self._limit:
            return False
        for gone in self._shelf.surplus(len(sound)):
            self._tell(gone)
            asyncio.get_running_loop().call_later(self._grace_s, self._let_go, gone)
        self._bytes += added
        self._sounds[name] = sound
        self._shelf.add(name, len(sound))
        self._tell(name)
        return True

    async def get(self, name: str) -> bytes | None:
        """A clip's whole sound; None when there is none."""
        return self._sounds.get(name)

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call ``changed`` with a clip's name when ``holds`` has another word for it."""
        self._followers.append(changed)

    async def keep(self) -> None:
        """Nothing needs looking after."""

    def _let_go(self, name: str) -> None:
        """Forget a clip whose grace is over, unless it was stored again."""
        if name not in self._shelf:
            self._bytes -= len(self._sounds.pop(name, b""))

    def _tell(self, name: str) -> None:
        for changed in self._followers:
            changed(name)
