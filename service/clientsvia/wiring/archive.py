"""Backups of what the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import InvalidInput
from clientsvia.stores import archive
from clientsvia.stores.archive import Manifest
from clientsvia.wiring.stores import store_file

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.settings import Settings

__all__ = ["Manifest", "back_up", "restore"]


def back_up(settings: Settings, target: Path, *, clips: bool, key: Path | None) -> Manifest:
    """Back up the store to ``target``, and its key to ``key`` where that is given."""
    manifest = archive.back_up(_file(settings), target, settings.clips if clips else None)
    if key is not None:
        if settings.secret_keys:
            raise InvalidInput(
                "the keys are in CLIENTSVIA_SECRET_KEYS, not in a file: keep what sets it instead"
            )
        archive.copy_key(settings.secret_key_file, key)
    return manifest


def restore(settings: Settings, source: Path, *, force: bool) -> Manifest:
    """Put a backup where the settings keep companies and calls."""
    return archive.restore(source, _file(settings), settings.clips, force=force)


def _file(settings: Settings) -> Path:
    file = store_file(settings)
    if file is None:
        raise InvalidInput("the store is in memory: set CLIENTSVIA_STORE to one in a file")
    return file
