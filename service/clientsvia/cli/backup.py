"""``clientsvia backup`` and ``restore``: the store in one file, and back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clientsvia.cli.json_output import write_json
from clientsvia.settings import load_settings
from clientsvia.wiring.archive import back_up
from clientsvia.wiring.archive import restore as put_in_place

if TYPE_CHECKING:
    from clientsvia.settings import Settings
    from clientsvia.wiring.archive import Manifest

BACKUP_EPILOG = (
    "Examples: clientsvia backup /backup/clientsvia.tar · "
    "clientsvia backup /backup/clientsvia.tar --clips --key /elsewhere/secret.key"
)
RESTORE_EPILOG = "Example: clientsvia restore /backup/clientsvia.tar --force"

File = Annotated[Path, typer.Argument(help="The backup, a tar file.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


def backup(
    file: File,
    *,
    clips: Annotated[bool, typer.Option("--clips", help="With the sounds made so far.")] = False,
    key: Annotated[
        Path | None, typer.Option(help="Copy the key file there too; keep it apart.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Copy companies and calls as they are at one moment, while the service goes on.

    The backup is read again and verified. The key that seals its secrets is never in it.
    """
    settings = load_settings()
    manifest = back_up(settings, file, clips=clips, key=key)
    if as_json:
        write_json(asdict(manifest))
        return
    _tell(f"{file}: {_counted(manifest)}, verified.")
    _tell(f"The key is in {key}: keep it apart." if key is not None else _keyless(settings))


def restore(
    file: File,
    *,
    force: Annotated[
        bool, typer.Option("--force", help="Move aside the store that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a backup where the settings keep companies and calls; the service must be stopped.

    The store that was there stays beside it, as NAME.before-restore.
    """
    settings = load_settings()
    manifest = put_in_place(settings, file, force=force)
    if as_json:
        write_json(asdict(manifest))
        return
    _tell(f"Restored {_counted(manifest)}, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC.")
    _tell(_keyless(settings))


def _counted(manifest: Manifest) -> str:
    clips = len(manifest.files) - 1
    sounds = f", {clips} sounds" if clips else ""
    return f"{manifest.companies} companies with their calls{sounds}"


def _keyless(settings: Settings) -> str:
    place = "CLIENTSVIA_SECRET_KEYS" if settings.secret_keys else str(settings.secret_key_file)
    return f"THE KEY IS NOT IN IT: without that of {place} its tokens and keys cannot be read."


def _tell(text: str) -> None:
    Console(highlight=False, soft_wrap=True).print(text, markup=False)
