"""Who may sign in, and what they have in hand: sessions, one-time links, API tokens."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

users = Table(
    "users",
    metadata,
    Column("id", String, primary_key=True),
    Column("email", String, nullable=False),
    Column("name", String, nullable=False),
    Column("admin", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("password_hash", String, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Index("users_by_email", "email", unique=True),
)

memberships = Table(
    "memberships",
    metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("company", String, primary_key=True),
    Column("role", String, nullable=False),
    Index("memberships_by_company", "company"),
)

# Of sessions, links and tokens the digest is kept, and never what it is of.
sessions = Table(
    "sessions",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("begun_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("address", String, nullable=False),
    Column("device", String, nullable=False),
    Index("sessions_by_digest", "digest", unique=True),
    Index("sessions_by_user", "user_id"),
)

links = Table(
    "links",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("email", String, nullable=False),
    Column("company", String, nullable=False),
    Column("role", String),
    Column("admin", Boolean, nullable=False),
    Column("by", String, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("links_by_digest", "digest", unique=True),
    Index("links_by_company", "company"),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", String, primary_key=True),
    Column("digest", String, nullable=False),
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("name", String, nullable=False),
    Column("need", Integer, nullable=False),
    Column("companies", JSON(none_as_null=True)),  # empty for all of its user's
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Index("api_tokens_by_digest", "digest", unique=True),
    Index("api_tokens_by_user", "user_id"),
)
