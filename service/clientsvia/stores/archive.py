"""A backup of the store in one file, and the way back from it.

The key that seals secrets is never in it: who finds a backup must not find the key as well.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from clientsvia.errors import ConfigurationError, InvalidInput
from clientsvia.stores.sql.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT = 1
MANIFEST, STORE, CLIPS = "manifest.json", "clientsvia.db", "clips"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: SHA-256 by name, and the schema of its store."""

    format: int
    made_at: datetime
    schema: str
    companies: int
    files: dict[str, str]


def back_up(store: Path, target: Path, clips: Path | None = None) -> Manifest:
    """Copy the store as it is at one moment, while it is used; what was written is read again.

    Raises InvalidInput when ``target`` exists, ConfigurationError when something cannot be read or
    written.
    """
    if target.exists():
        raise InvalidInput(f"{target} exists: name another file, for no backup is written over")
    with _explained(target), tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy, written = Path(folder) / STORE, Path(folder) / "backup.tar"
        _snapshot(store, copy)
        files = {STORE: copy} | _clips(clips)
        manifest = _manifest(copy, files)
        _pack(written, manifest, files)
        _verify(written)
        written.replace(target)
    return manifest


def restore(archive: Path, store: Path, clips: Path | None = None, *, force: bool) -> Manifest:
    """Put a backup in the place of ``store``, brought to this release's schema.

    What was there is moved aside, to the same name with ``.before-restore``. Raises InvalidInput
    when it would be written over without ``force``, ConfigurationError when the backup is damaged,
    newer than this release, or the store is in use.
    """
    if store.exists() and not force:
        raise InvalidInput(
            f"there is a store at {store}: stop the service, and say --force to move it aside"
        )
    with _explained(archive):
        manifest = _verify(archive)
        store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=store.parent) as folder:
            _unpack(archive, Path(folder))
            migrate(f"sqlite+aiosqlite:///{folder}/{STORE}")
            if store.exists():
                _require_idle(store)
                store.replace(store.with_name(f"{store.name}.before-restore"))
            for left in ("-wal", "-shm"):
                store.with_name(store.name + left).unlink(missing_ok=True)
            (Path(folder) / STORE).replace(store)
            store.chmod(0o600)
            if clips is not None and (Path(folder) / CLIPS).is_dir():
                shutil.copytree(Path(folder) / CLIPS, clips, dirs_exist_ok=True)
    return manifest


def copy_key(key: Path, target: Path) -> None:
    """Copy the key file, readable by its owner alone; raises as ``back_up``."""
    if target.exists():
        raise InvalidInput(f"{target} exists: name another file, for no key is written over")
    with (
        _explained(target),
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
    ):
        file.write(key.read_bytes())


def _snapshot(store: Path, copy: Path) -> None:
    """SQLite's own copy: one moment of a store in use, with what is still in its log."""
    if not store.exists():
        raise ConfigurationError(f"there is no store at {store}: set CLIENTSVIA_STORE to it")
    source = f"{store.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(source, uri=True)) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other)
        other.execute("PRAGMA journal_mode = DELETE")
        faults = other.execute("PRAGMA integrity_check").fetchall()
    if faults != [("ok",)]:
        raise ConfigurationError(
            f"{store} is damaged ({faults[0][0]}): go back to an earlier backup, and see the disk"
        )


def _clips(clips: Path | None) -> dict[str, Path]:
    if clips is None or not clips.is_dir():
        return {}
    found = sorted(path for path in clips.rglob("*") if path.is_file())
    return {f"{CLIPS}/{path.relative_to(clips)}": path for path in found}


def _manifest(copy: Path, files: dict[str, Path]) -> Manifest:
    with closing(sqlite3.connect(copy)) as connection:
        (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        (companies,) = connection.execute("SELECT count(*) FROM companies").fetchone()
    sums = {name: _sum(path.open("rb")) for name, path in files.items()}
    return Manifest(FORMAT, datetime.now(UTC), schema, companies, sums)


def _sum(file: io.BufferedIOBase) -> str:
    digest = hashlib.sha256()
    with file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _pack(target: Path, manifest: Manifest, files: dict[str, Path]) -> None:
    told = orjson.dumps(asdict(manifest), option=orjson.OPT_INDENT_2)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        first = tarfile.TarInfo(MANIFEST)
        first.size, first.mode = len(told), 0o600
        tar.addfile(first, io.BytesIO(told))
        for name, path in files.items():
            tar.add(path, name, recursive=False)


def _verify(archive: Path) -> Manifest:
    """The manifest of a backup in which every file is as it was; raises ConfigurationError."""
    with tarfile.open(archive) as tar:
        manifest = _read_manifest(archive, tar)
        for name, wanted in manifest.files.items():
            file = tar.extractfile(name)
            if file is None or _sum(file) != wanted:  # type: ignore[arg-type]  # an IO[bytes] that is one
                raise ConfigurationError(f"{name} in {archive} is damaged: use another backup")
    return manifest


def _read_manifest(archive: Path, tar: tarfile.TarFile) -> Manifest:
    try:
        file = tar.extractfile(MANIFEST)
        told = orjson.loads(file.read() if file else b"")
        made_at = datetime.fromisoformat(told.pop("made_at"))
        manifest = Manifest(made_at=made_at, **told)
    except (KeyError, TypeError, ValueError):
        raise ConfigurationError(
            f"{archive} is no backup of this service: name one that 'clientsvia backup' has made"
        ) from None
    if manifest.format != FORMAT or STORE not in manifest.files:
        raise ConfigurationError(f"{archive} was made by a newer release: restore it with that one")
    return manifest


def _unpack(archive: Path, folder: Path) -> None:
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")


def _require_idle(store: Path) -> None:
    """Raise ConfigurationError while anybody has the store open."""
    with closing(sqlite3.connect(store, timeout=0.0, isolation_level=None)) as connection:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError:
            raise ConfigurationError(
                f"{store} is in use: stop the service first (systemctl stop clientsvia)"
            ) from None


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, tarfile.TarError, OSError) as error:
        raise ConfigurationError(
            f"{path} cannot be used ({error}): see that the file is whole, the disk has room, and "
            "this user may read and write there"
        ) from error
