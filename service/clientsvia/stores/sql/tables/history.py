"""Who changed what."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, String, Table, text

from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

revisions = Table(
    "revisions",
    metadata,
    Column("revision", Integer, primary_key=True),  # that of companies: one for all of them
    Column("company", String, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("secrets", JSON, nullable=False),
    Column("profile", LargeBinary, nullable=False),  # packed, without secrets; empty at the end
    Index("revisions_by_company", "company", "revision"),
    Index("removals", "revision", sqlite_where=text("length(profile) = 0")),
)

# All that people did and that changed no profile; ``company`` is empty for the platform's own.
audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("company", String, nullable=False),
    Column("who", String, nullable=False),
    Column("act", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("detail", JSON, nullable=False),
    Index("audit_by_company", "company", "id"),
    sqlite_autoincrement=True,  # else an entry could come to stand where a later one had been seen
)
