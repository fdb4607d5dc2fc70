"""How tables hold times, and statements that go past SQLAlchemy."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, MetaData, Table
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


def time_text(at: datetime) -> str:
    """An aware time as the tables hold it, for statements that go past SQLAlchemy."""
    utc = at if at.tzinfo is UTC else at.astimezone(UTC)
    return utc.isoformat(" ", "microseconds")[:26]


def text_time(text: str) -> datetime:
    """The same, read."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def insert_text(table: Table) -> str:
    """An INSERT for the driver, of all but a numbered primary key; it skips rows that exist."""
    statement = insert(table).on_conflict_do_nothing()
    names = [column.name for column in table.columns if column is not table.autoincrement_column]
    return str(statement.compile(dialect=dialect(paramstyle="named"), column_keys=names))


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite has no zones of its own."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime(timezone=True)
    cache_ok: bool | None = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy passes the dialect
        """Aware to UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - likewise
        """What is stored is UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


metadata = MetaData()
