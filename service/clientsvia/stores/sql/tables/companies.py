"""Companies, and what belongs to them alone."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
)

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

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
