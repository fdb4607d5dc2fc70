from __future__ import annotations

import sqlite3
import tarfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import ConfigurationError, InvalidInput
from clientsvia.stores.archive import back_up, copy_key, restore
from clientsvia.stores.sql.migrations import HEAD, migrate

if TYPE_CHECKING:
    from pathlib import Path


def names(store: Path) -> list[str]:
    with closing(sqlite3.connect(store)) as connection:
        return [slug for (slug,) in connection.execute("SELECT slug FROM marks ORDER BY slug")]


def mark(connection: sqlite3.Connection, slug: str) -> None:
    connection.execute("INSERT INTO marks VALUES (?)", (slug,))
    connection.commit()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "var" / "clientsvia.db"
    migrate(f"sqlite+aiosqlite:///{path}")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE marks (slug TEXT)")
        mark(connection, "acme")
    return path


def test_a_store_in_use_is_backed_up_with_what_is_still_in_its_log(
    store: Path, tmp_path: Path
) -> None:
    target = tmp_path / "backup.tar"
    with closing(sqlite3.connect(store)) as writer:
        writer.execute("PRAGMA wal_autocheckpoint = 0")
        mark(writer, "gulf")
        writer.execute("INSERT INTO marks VALUES ('not committed')")
        manifest = back_up(store, target)
    assert (manifest.schema, manifest.companies, list(manifest.files)) == (
        HEAD,
        0,
        ["clientsvia.db"],
    )
    assert target.stat().st_mode & 0o777 == 0o600
    other = tmp_path / "other" / "clientsvia.db"
    restore(target, other, force=False)
    assert names(other) == ["acme", "gulf"]
    assert other.stat().st_mode & 0o777 == 0o600


def test_sounds_go_with_it_when_they_are_asked_for(store: Path, tmp_path: Path) -> None:
    clips = tmp_path / "clips"
    (clips / "ab").mkdir(parents=True)
    (clips / "ab" / "one.mp3").write_bytes(b"sound")
    back_up(store, tmp_path / "backup.tar", clips)
    restore(tmp_path / "backup.tar", tmp_path / "new.db", tmp_path / "more", force=False)
    assert (tmp_path / "more" / "ab" / "one.mp3").read_bytes() == b"sound"


def test_nothing_is_written_over(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    back_up(store, target)
    before = target.read_bytes()
    with pytest.raises(InvalidInput, match="name another file"):
        back_up(store, target)
    assert target.read_bytes() == before
    with pytest.raises(InvalidInput, match="--force"):
        restore(target, store, force=False)


def test_what_was_there_is_moved_aside(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup.tar")
    with closing(sqlite3.connect(store)) as connection:
        mark(connection, "gulf")
    restore(tmp_path / "backup.tar", store, force=True)
    assert names(store) == ["acme"]
    assert names(store.with_name("clientsvia.db.before-restore")) == ["acme", "gulf"]


def test_a_store_that_is_in_use_stays(store: Path, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup.tar")
    with closing(sqlite3.connect(store)) as reader:
        reader.execute("SELECT * FROM marks").fetchall()
        with pytest.raises(ConfigurationError, match="stop the service first"):
            restore(tmp_path / "backup.tar", store, force=True)
    assert names(store) == ["acme"]


def test_a_damaged_backup_is_refused(store: Path, tmp_path: Path) -> None:
    target = tmp_path / "backup.tar"
    back_up(store, target)
    whole = target.read_bytes()
    target.write_bytes(whole.replace(b"acme", b"acmf"))
    with pytest.raises(ConfigurationError, match="is damaged"):
        restore(target, tmp_path / "new.db", force=False)
    target.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ConfigurationError):
        restore(target, tmp_path / "new.db", force=False)
    assert not (tmp_path / "new.db").exists()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.tar"
    other.write_bytes(b"no tar")
    with pytest.raises(ConfigurationError, match="cannot be used"):
        restore(other, tmp_path / "new.db", force=False)
    with tarfile.open(other, "w") as tar:
        tar.add(__file__, "something")
    with pytest.raises(ConfigurationError, match="no backup of this service"):
        restore(other, tmp_path / "new.db", force=False)


def test_a_schema_of_a_newer_release_is_refused(store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    back_up(store, tmp_path / "backup.tar")
    with pytest.raises(ConfigurationError, match="newer release"):
        restore(tmp_path / "backup.tar", tmp_path / "new.db", force=False)
    assert not (tmp_path / "new.db").exists()


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="there is no store"):
        back_up(tmp_path / "none.db", tmp_path / "backup.tar")
    assert list(tmp_path.iterdir()) == []


def test_the_key_is_copied_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / "secret.key").write_bytes(b"key")
    copy_key(tmp_path / "secret.key", tmp_path / "copy.key")
    assert (tmp_path / "copy.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(InvalidInput, match="no key is written over"):
        copy_key(tmp_path / "secret.key", tmp_path / "copy.key")
