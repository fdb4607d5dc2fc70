"""How the numbers of companies stand at Twilio, and what was last heard over each."""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

# What a number was set to before it was led here, to be put back.
kept_numbers = Table(
    "kept_numbers",
    metadata,
    Column("company", String, primary_key=True),
    Column("number", String, primary_key=True),
    Column("account_sid", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("before", JSON, nullable=False),
)

number_sightings = Table(
    "number_sightings",
    metadata,
    Column("company", String, primary_key=True),
    Column("number", String, primary_key=True),
    Column("good_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("reason", String, nullable=False),
)
