"""What companies use of providers, and what failed there."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Integer,
    String,
    Table,
)

from clientsvia.calls.money.usage import Counts
from clientsvia.stores.sql.tables.columns import UtcDateTime, metadata

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
