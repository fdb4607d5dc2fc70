"""What is to be forgotten elsewhere too, and by whom."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

# Recordings at Twilio of calls that are deleted here.
owed_deletions = Table(
    "owed_deletions",
    metadata,
    Column("company", String, primary_key=True),
    Column("url", String, primary_key=True),
    Column("since", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("error", String, nullable=False),
)

# Which work is one worker's at a time, and until when; a time as ``time_text`` has it.
leases = Table(
    "leases",
    metadata,
    Column("work", String, primary_key=True),
    Column("until", String, nullable=False),
)
