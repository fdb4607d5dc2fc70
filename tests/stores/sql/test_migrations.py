from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from clientsvia.errors import ConfigurationError
from clientsvia.stores.sql import migrations
from clientsvia.stores.sql.database import database_file
from clientsvia.stores.sql.migrations import HEAD, migrate
from clientsvia.stores.sql.tables import metadata
from tests.stores.sql.processes import ended, line, say, start

MIGRATE = """
import sys
from clientsvia.stores.sql.migrations import migrate
print("ready", flush=True)
sys.stdin.readline()
migrate(sys.argv[1])
print("done", flush=True)
"""


def test_migrations_and_tables_agree(url: str) -> None:
    engine = create_engine(f"sqlite:///{database_file(url)}")
    with engine.connect() as connection:
        options = {"compare_server_default": True, "include_name": _is_ordinary}
        context = MigrationContext.configure(connection, opts=options)
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def _is_ordinary(name: str | None, kind: str, _parents: object) -> bool:
    """The search index and the tables SQLite keeps it in are none that SQLAlchemy could make."""
    return kind != "table" or not str(name).startswith("spoken")


def test_the_named_head_is_the_newest_script() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))

    assert scripts.get_current_head() == HEAD


def test_migrating_again_changes_nothing(url: str) -> None:
    with closing(sqlite3.connect(database_file(url))) as connection:
        connection.execute(
            "INSERT INTO calls VALUES ('CA', '', '', '', '2026-01-01', NULL, '', '')"
        )
        connection.commit()

    migrate(url)

    with closing(sqlite3.connect(database_file(url))) as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (1,)


def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/clientsvia.db"
    with closing(sqlite3.connect(tmp_path / "clientsvia.db")) as connection:
        connection.execute("CREATE TABLE entries (made_by_somebody_else)")

    with pytest.raises(ConfigurationError, match="restore a backup"):
        migrate(url)

    with closing(sqlite3.connect(tmp_path / "clientsvia.db")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).fetchall()
    assert tables == [("entries",)]


async def test_several_processes_can_start_at_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/new/clientsvia.db"
    starting = [await start(MIGRATE, url) for _ in range(4)]
    assert [await line(process) for process in starting] == ["ready"] * 4

    await asyncio.gather(*(say(process) for process in starting))

    assert [await line(process) for process in starting] == ["done"] * 4
    assert [await ended(process) for process in starting] == [0] * 4


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear customer, " * 100)

    with pytest.raises(ConfigurationError, match="move it away"):
        migrate(f"sqlite+aiosqlite:///{tmp_path}/letter.txt")


def test_a_path_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ConfigurationError, match="give this user write access"):
        migrate(f"sqlite+aiosqlite:///{tmp_path}/file/clientsvia.db")
    with pytest.raises(ConfigurationError, match="Is a directory"):
        migrate(f"sqlite+aiosqlite:///{tmp_path}")


def test_a_database_of_a_newer_release_is_refused(url: str) -> None:
    with closing(sqlite3.connect(database_file(url))) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()

    with pytest.raises(ConfigurationError, match="newer release"):
        migrate(url)
