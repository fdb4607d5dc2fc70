"""The tables, as SQLAlchemy knows them; the migrations make the same ones."""

from clientsvia.stores.sql.tables.calls import (
    calls,
    entries,
    journal,
    prepared,
    prepared_parts,
    steps,
)
from clientsvia.stores.sql.tables.columns import (
    insert_text,
    metadata,
    text_time,
    time_text,
)
from clientsvia.stores.sql.tables.companies import (
    companies,
    numbers,
    provider_keys,
    twilio_accounts,
)
from clientsvia.stores.sql.tables.history import audit, revisions
from clientsvia.stores.sql.tables.lines import kept_numbers, number_sightings
from clientsvia.stores.sql.tables.owners import deliveries, effects, messages, notices
from clientsvia.stores.sql.tables.people import (
    api_tokens,
    links,
    memberships,
    sessions,
    users,
)
from clientsvia.stores.sql.tables.privacy import leases, owed_deletions
from clientsvia.stores.sql.tables.usage import provider_errors, usage, usage_notices

__all__ = [
    "api_tokens",
    "audit",
    "calls",
    "companies",
    "deliveries",
    "effects",
    "entries",
    "insert_text",
    "journal",
    "kept_numbers",
    "leases",
    "links",
    "memberships",
    "messages",
    "metadata",
    "notices",
    "number_sightings",
    "numbers",
    "owed_deletions",
    "prepared",
    "prepared_parts",
    "provider_errors",
    "provider_keys",
    "revisions",
    "sessions",
    "steps",
    "text_time",
    "time_text",
    "twilio_accounts",
    "usage",
    "usage_notices",
    "users",
]
