"""The tables, as SQLAlchemy knows them; the migrations make the same ones."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.sqlite import dialect, insert
from sqlalchemy.types import TypeDecorator

from clientsvia.calls.usage import Counts

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

companies = Table(
    "companies",
    metadata,
    Column("slug", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("profile", JSON, nullable=False),  # without secrets
    Column("updated_at", UtcDateTime, nullable=False),
    Index("companies_by_revision", "revision", unique=True),
)

# The profile lists a company's numbers too; here each of them can have one owner only.
numbers = Table(
    "numbers",
    metadata,
    Column("e164", String, primary_key=True),
    Column("slug", ForeignKey("companies.slug", ondelete="CASCADE"), nullable=False, index=True),
    Column("active", Boolean, nullable=False),
)

twilio_accounts = Table(
    "twilio_accounts",
    metadata,
    Column("slug", ForeignKey("companies.slug", ondelete="CASCADE"), primary_key=True),
    Column("account_sid", String, nullable=False),
    Column("tokens", JSON, nullable=False),  # a list of what SecretBox sealed
)

# Keys of a company's own for providers, each sealed for the field of the profile it stands in.
provider_keys = Table(
    "provider_keys",
    metadata,
    Column("slug", ForeignKey("companies.slug", ondelete="CASCADE"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("key", String, nullable=False),
)

# Numbered in the order of their commits. The company is part of what makes a step unique: a sid is
# the sender's word, and must not lead to another company's call.
steps = Table(
    "steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_sid", String, nullable=False),
    Column("key", String, nullable=False),
    Column("company", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("event", JSON, nullable=False),
    Column("answered", JSON, nullable=False),
    Column("reply", LargeBinary, nullable=False),
    Column("memory", JSON, nullable=False),
    Column("outcome", String, nullable=False),  # answered["outcome"], for the trigger
    UniqueConstraint("company", "call_sid", "key", name="steps_once"),
)

# One row a call, opened by its ringing entry or, by a trigger, by its first step.
calls = Table(
    "calls",
    metadata,
    Column("call_sid", String, primary_key=True),
    Column("company", String, primary_key=True),
    Column("caller", String, nullable=False),
    Column("called", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("status", String, nullable=False),
    Column("outcome", String, nullable=False),
    Index("calls_by_start", "started_at"),
    Index("calls_by_company", "company", "started_at"),
    Index("calls_by_caller", "company", "caller", "started_at"),
)

entries = Table(
    "entries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("call_sid", String, nullable=False, index=True),
    Column("company", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("data", JSON, nullable=False),
)

# Entries that wait to be filed: JSON lists of (call_sid, company, kind, at, data), a row a batch.
journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("size", Integer, nullable=False),  # how many lines there are
    Column("lines", Text, nullable=False),
)

# Times here are Unix seconds, for they are only ever compared.
prepared = Table(
    "prepared",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
    Column("claimed_at", Float, nullable=False),
    Column("expires_at", Float, nullable=False, index=True),
    Column("complete", Boolean, nullable=False),
    sqlite_autoincrement=True,  # else the id of a forgotten claim would be given to another
)

prepared_parts = Table(
    "prepared_parts",
    metadata,
    Column("claim", ForeignKey("prepared.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("part", String, nullable=False),
)

# Sums of all workers; ``version`` grows with each addition, so that the others see whose changed.
usage = Table(
    "usage",
    metadata,
    Column("company", String, primary_key=True),
    Column("day", String, primary_key=True),  # ISO 8601, on the company's clock
    Column("provider", String, primary_key=True),
    Column("model", String, primary_key=True),
    *(Column(field.name, BigInteger, nullable=False) for field in fields(Counts)),
    Column("version", Integer, nullable=False, index=True),
)

usage_notices = Table(
    "usage_notices",
    metadata,
    Column("company", String, primary_key=True),
    Column("month", String, primary_key=True),
    Column("cap_usd", Float, primary_key=True),
    Column("percent", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

provider_errors = Table(
    "provider_errors",
    metadata,
    Column("company", String, primary_key=True),
    Column("hour", UtcDateTime, primary_key=True),
    Column("provider", String, primary_key=True),
    Column("error", String, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last", UtcDateTime, nullable=False),
    Column("found", String, nullable=False),
    Column("remedy", String, nullable=False),
)

# Filled by a trigger, in the transaction of a step; a row is there until it has been carried out.
effects = Table(
    "effects",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("company", String, nullable=False),
    Column("call_sid", String, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("kind", String, nullable=False),
    Column("data", JSON, nullable=False),
    Column("claimed_until", String, nullable=False),  # a time as ``time_text`` has it, or empty
    sqlite_autoincrement=True,  # else who was late could carry out what came after his own
)

messages = Table(
    "messages",
    metadata,
    Column("company", String, primary_key=True),
    Column("call_sid", String, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("caller", String, nullable=False),
    Column("name", String, nullable=False),
    Column("number", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("recording", String, nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("transcript", String, nullable=False),
    Column("summary", String, nullable=False),
    Column("state", String, nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("tell_at", UtcDateTime),  # empty once its owner has been told
    Column("version", Integer, nullable=False),
    Index("messages_by_time", "company", "at"),
    Index("messages_untold", "tell_at"),
)

# What owners are told of; one that is settled has its deliveries, or needs none.
notices = Table(
    "notices",
    metadata,
    Column("company", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("data", JSON, nullable=False),
    Column("settled", Boolean, nullable=False),
    Index("notices_by_due", "settled", "due"),
    Index("notices_by_time", "company", "at"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("company", String, nullable=False),
    Column("key", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("address", String, nullable=False),
    Column("due", UtcDateTime, nullable=False),
    Column("state", String, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("tried_at", UtcDateTime),
    Column("error", String, nullable=False),
    Column("remedy", String, nullable=False),
    Column("receipt", String, nullable=False),
    Column("leased_until", UtcDateTime),
    ForeignKeyConstraint(
        ["company", "key"], ["notices.company", "notices.key"], ondelete="CASCADE"
    ),
    Index("deliveries_by_due", "state", "channel", "due"),
    Index("deliveries_by_notice", "company", "key"),
)
