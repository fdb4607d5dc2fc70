"""What owners are to hear of, from a committed step to each delivery."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
)

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

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
