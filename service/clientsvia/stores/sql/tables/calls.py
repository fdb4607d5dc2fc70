"""Calls: their steps, their log, and the answers prepared for them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

_RECORDED = text(r"instr(key, '\:recorded') > 0")

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
    Index(
        "steps_recorded", "company", "call_sid", sqlite_where=text(r"instr(key, '\:recorded') > 0")
    ),
    Index("steps_unanswered", "company", "id", sqlite_where=text("outcome = 'unanswered'")),
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
    Index("entries_timed", "at", sqlite_where=text("kind IN ('timing', 'ringing')")),
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
