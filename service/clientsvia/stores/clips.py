"""Clips on the disk that all workers share, with what there is in the memory of each."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.clips import is_clip_name, owner_of
from clientsvia.stores.clip_files import DIGEST_BYTES, BrokenClip, ClipFiles, Folder
from clientsvia.stores.clip_shelf import GRACE_S, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

log = structlog.get_logger(__name__)

LOOK_S = 10.0  # between two looks at what other workers stored; well within the grace
LOOKS_TO_ALL = 30  # each so many looks everything is read, whether it seems changed or not
QUIET_S = 60.0  # between two complaints
AT_HAND_BYTES = 4_000_000  # the sounds fetched last, for Twilio fetches a new one at once


class DiskClips:
    """Sounds in files below ``root`` of at most ``limit`` bytes together.

    Nothing is read before ``keep`` runs. Whatever the disk does, callers are only told that a clip
    cannot be had.
    """

    def __init__(
        self, root: Path, limit: int, *, look_s: float = LOOK_S, grace_s: float = GRACE_S
    ) -> None:
        self.root = root
        self._limit = limit
        self._look_s = look_s
        self._files = ClipFiles(root, grace_s=grace_s)
        self._shelf = Shelf(limit)
        self._leaving: dict[str, dict[str, int]] = {}
        self._at_hand: OrderedDict[str, bytes] = OrderedDict()
        self._at_hand_bytes = 0
        self._used: set[str] = set()
        self._moved: set[str] = set()
        self._followers: list[Callable[[str], None]] = []
        self._complained_at = -QUIET_S

    def holds(self, name: str) -> bool:
        """Whether the clip can be played; memory only, and counts as a use."""
        if not self._shelf.use(name):
            return False
        self._used.add(name)
        return True

    def learn(self, name: str) -> None:
        """Note that another process stored a clip; how large it is the next look tells."""
        if is_clip_name(name) and name not in self._shelf:
            self._add(name, 0)

    async def find(self, name: str) -> bool:
        """Whether the clip can be played, whichever process stored it."""
        if self.holds(name):
            return True
        size = await asyncio.to_thread(self._files.size, name)
        if size > DIGEST_BYTES and name not in self._shelf:
            self._add(name, size)
        return size > DIGEST_BYTES

    async def put(self, name: str, sound: bytes) -> bool:
        """Store a clip; False, and nothing is stored, when there is no room. Never raises."""
        size = len(sound) + DIGEST_BYTES
        leaving = sum(sum(clips.values()) for clips in self._leaving.values())
        if not self._shelf.fits(size) or self._shelf.total + leaving + size > self._limit:
            self._complain("no room for clips", "raise CLIENTSVIA_CLIPS_MB")
            return False
        await self._make_room(size)
        try:
            await asyncio.to_thread(self._files.write, name, sound)
        except OSError as error:
            self._complain("a clip cannot be stored", self._remedy(), error)
            return False
        self._remember(name, sound)
        self._add(name, size)
        return True

    async def get(self, name: str) -> bytes | None:
        """A clip's whole sound; None when there is none."""
        sound = self._at_hand.get(name)
        if sound is not None or not is_clip_name(name):
            return sound
        try:
            sound = await asyncio.to_thread(self._files.read, name)
        except BrokenClip:
            log.warning("a clip was broken and is removed", clip=name, remedy="it is made again")
            self._drop(name)
            return None
        except OSError as error:
            self._complain("a clip cannot be read", self._remedy(), error)
            return None
        if sound is None:
            self._drop(name)
        else:
            self._remember(name, sound)
        return sound

    def follow(self, changed: Callable[[str], None]) -> None:
        """Call ``changed`` with a clip's name when ``holds`` has another word for it."""
        self._followers.append(changed)

    async def keep(self) -> None:
        """Look after the store until cancelled: learn what others store, let go what is over."""
        looks = 0
        while True:
            try:
                await self.look(everything=looks % LOOKS_TO_ALL == 0)
            except OSError as error:
                self._complain("clips cannot be looked after", self._remedy(), error)
            looks += 1
            await asyncio.sleep(self._look_s)

    async def look(self, *, everything: bool = True) -> None:
        """Learn what is on the disk now; raises OSError."""
        self._moved.clear()
        used: set[str] = set()
        if everything:
            used, self._used = self._used, set()
        found = await asyncio.to_thread(self._look, used, everything=everything)
        if everything:
            found = {owner: Folder() for owner in self._shelf.owners()} | found
        for owner, folder in found.items():
            self._take(owner, folder)
            await asyncio.sleep(0)  # calls go on between two folders
        await self._make_room(0)

    def _look(self, used: set[str], *, everything: bool) -> dict[str, Folder]:
        self._files.touch(used)
        return dict(self._files.changed(time.time(), everything=everything))

    def _take(self, owner: str, folder: Folder) -> None:
        """Believe what a folder held, but for what was put or went since it was read."""
        known = self._shelf.sizes(owner)
        for name in [name for name in known if name not in folder.staying]:
            if name not in self._moved:
                self._drop(name)
        for name, size in folder.staying.items():
            if known.get(name) != size and name not in self._moved:
                self._add(name, size)
        known = self._leaving.pop(owner, {})
        if leaving := {n: known[n] for n in known if n in self._moved} | folder.leaving:
            self._leaving[owner] = leaving

    async def _make_room(self, needed: int) -> None:
        gone = self._shelf.surplus(needed)
        if gone:
            for name, size in gone.items():
                self._leaving.setdefault(owner_of(name), {})[name] = size
                self._moved.add(name)
                self._tell(name)
            await asyncio.to_thread(self._files.leave, list(gone))

    def _add(self, name: str, size: int) -> None:
        new = name not in self._shelf
        self._shelf.add(name, size)
        self._moved.add(name)
        if new:
            self._tell(name)

    def _drop(self, name: str) -> None:
        self._at_hand_bytes -= len(self._at_hand.pop(name, b""))
        if name in self._shelf:
            self._shelf.drop(name)
            self._tell(name)

    def _remember(self, name: str, sound: bytes) -> None:
        self._at_hand_bytes += len(sound) - len(self._at_hand.pop(name, b""))
        self._at_hand[name] = sound
        while self._at_hand_bytes > AT_HAND_BYTES:
            self._at_hand_bytes -= len(self._at_hand.popitem(last=False)[1])

    def _tell(self, name: str) -> None:
        for changed in self._followers:
            changed(name)

    def _remedy(self) -> str:
        return f"give this user room and write access at {self.root}, or set CLIENTSVIA_CLIPS"

    def _complain(self, what: str, remedy: str, error: OSError | None = None) -> None:
        """Tell at most once a minute; Twilio speaks meanwhile."""
        if time.monotonic() - self._complained_at >= QUIET_S:
            self._complained_at = time.monotonic()
            log.warning(what, error=repr(error) if error else "", remedy=remedy)
