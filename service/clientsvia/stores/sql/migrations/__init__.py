"""Bringing a database to the present schema, whatever it was before."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from clientsvia.errors import ConfigurationError
from clientsvia.stores.sql.database import prepare_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection

HEAD = "0012"
"""The newest migration; a test compares it with the scripts."""

_PATIENCE_S = 30.0
"""How long a start waits for another process that migrates."""


def migrate(url: str) -> None:
    """Make and migrate the database; any number of processes may do so at the same time.

    Raises ConfigurationError when the file cannot be used.
    """
    path = prepare_file(url)
    if _schema(path) == HEAD:
        return
    # The plain driver: there is no event loop to be kept free before the service has started.
    engine = create_engine(
        make_url(url).set(drivername="sqlite"),
        isolation_level="AUTOCOMMIT",
        connect_args={"timeout": _PATIENCE_S},
    )
    try:
        # Left early, the connection is closed, and SQLite takes back what was not committed.
        with _explained(path), engine.connect() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            _upgrade(connection)
            connection.exec_driver_sql("COMMIT")
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    # PERF: alembic's import takes longer than all the rest of a start that has nothing to migrate.
    from alembic import command  # noqa: PLC0415 - see above
    from alembic.config import Config  # noqa: PLC0415 - see above
    from alembic.util import CommandError  # noqa: PLC0415 - see above

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            f"the database has a schema this release does not know ({error}): "
            "run the newer release that made it, or restore a backup of before"
        ) from error


def _schema(path: Path) -> str | None:
    """The version of the file's schema, None when it has none; the file is in WAL mode after."""
    with _explained(path), closing(sqlite3.connect(path, timeout=_PATIENCE_S)) as connection:
        _use_write_ahead_log(connection)
        known = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        row = known and connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, DBAPIError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise ConfigurationError(
            f"{path} cannot be used as the database ({cause}): move it away, restore a backup, "
            "or set another database URL"
        ) from error


def _use_write_ahead_log(connection: sqlite3.Connection) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # SQLite does not wait for this lock by itself when several processes switch at once.
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.005)
        else:
            return
