"""Clips as files: written whole or not at all, and read only when they are as they were written."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from clientsvia.calls.clips import OWNER_LENGTH, is_clip_name, owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DIGEST_BYTES = 16
LEAVING = ".leaving"
DRAFT = ".draft"
_DRAFT_S = 60.0  # a draft this old is of a process that died
_SETTLED_NS = 2_000_000_000  # a folder changed more recently may change again within one tick


class BrokenClip(Exception):
    """A file that does not hold what was written."""


@dataclass(slots=True)
class Folder:
    """What a company's folder holds: names and sizes, the least recently used first."""

    staying: dict[str, int] = field(default_factory=dict)
    leaving: dict[str, int] = field(default_factory=dict)


class ClipFiles:
    """Files ``OWNER/NAME`` below ``root``: a digest, then the sound. All of it is blocking."""

    def __init__(self, root: Path, *, grace_s: float) -> None:
        self._root = root
        self._grace_s = grace_s
        self._seen: dict[str, int] = {}

    def write(self, name: str, sound: bytes) -> None:
        """Store a clip; raises OSError.

        A machine that loses its power may keep the name without the content, which the digest
        tells. PERF: waiting for the disk takes ten times as long at the 99th percentile.
        """
        file = self._file(name)
        draft = file.with_name(f"{secrets.token_hex(8)}{DRAFT}")
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            draft.write_bytes(_digest(sound) + sound)
            draft.replace(file)
        finally:
            draft.unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        """A clip's sound, None when there is none; raises OSError, and BrokenClip once."""
        file = self._file(name)
        for path in (file, file.with_name(name + LEAVING)):
            with suppress(FileNotFoundError):
                content = path.read_bytes()
                digest, sound = content[:DIGEST_BYTES], content[DIGEST_BYTES:]
                if sound and digest == _digest(sound):
                    return sound
                path.unlink(missing_ok=True)
                raise BrokenClip(name)
        return None

    def size(self, name: str) -> int:
        """How large the file of a clip that stays is; 0 when there is none."""
        try:
            return self._file(name).stat().st_size
        except OSError:
            return 0

    def leave(self, names: Iterable[str]) -> None:
        """Let clips be fetched for the time of grace and no longer."""
        for name in names:
            file = self._file(name)
            with suppress(OSError):  # another worker was first, or the disk is read-only
                os.utime(file)
                file.replace(file.with_name(name + LEAVING))

    def touch(self, names: Iterable[str]) -> None:
        """Note for after a restart that these were used."""
        for name in names:
            with suppress(OSError):
                os.utime(self._file(name))

    def changed(self, now: float, *, everything: bool) -> Iterator[tuple[str, Folder]]:
        """Each folder that changed since it was last read, after what is over is removed.

        ``now`` is the time of day in seconds, ``everything`` reads unchanged folders as well.
        """
        owners = self._folders()
        for owner in self._seen.keys() - owners.keys():
            del self._seen[owner]
            yield owner, Folder()
        for owner, changed_at in owners.items():
            if everything or self._seen.get(owner) != changed_at:
                folder, busy = self._read_folder(owner, now)
                settled = not busy and now * 1e9 - changed_at > _SETTLED_NS
                self._seen[owner] = changed_at if settled else 0
                yield owner, folder

    def _folders(self) -> Mapping[str, int]:
        with suppress(FileNotFoundError), os.scandir(self._root) as entries:
            return {
                entry.name: entry.stat().st_mtime_ns
                for entry in entries
                if len(entry.name) == OWNER_LENGTH and entry.is_dir(follow_symlinks=False)
            }
        return {}

    def _read_folder(self, owner: str, now: float) -> tuple[Folder, bool]:
        """What is in a folder, and whether something in it is still to be removed."""
        used: list[tuple[float, str, int]] = []
        folder, busy = Folder(), False
        for path, state in _files(self._root / owner):
            age = now - state.st_mtime
            name = path.name.removesuffix(LEAVING)
            if path.suffix in {DRAFT, LEAVING}:
                if age > (_DRAFT_S if path.suffix == DRAFT else self._grace_s):
                    path.unlink(missing_ok=True)
                    continue
                busy = True
                if path.suffix == LEAVING:
                    folder.leaving[name] = state.st_size
            elif is_clip_name(name) and owner_of(name) == owner:
                used.append((state.st_mtime, name, state.st_size))
        folder.staying = {name: size for _, name, size in sorted(used) if size > DIGEST_BYTES}
        return folder, busy

    def _file(self, name: str) -> Path:
        if not is_clip_name(name):
            raise ValueError(f"{name!r} names no clip")
        return self._root / owner_of(name) / name


def _files(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    with suppress(FileNotFoundError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                yield Path(entry.path), entry.stat(follow_symlinks=False)


def _digest(sound: bytes) -> bytes:
    return hashlib.blake2b(sound, digest_size=DIGEST_BYTES).digest()
