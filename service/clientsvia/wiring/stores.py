"""Where everything is kept, as the settings choose."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.files import demo_profile
from clientsvia.errors import ConfigurationError
from clientsvia.stores.clips import DiskClips
from clientsvia.stores.memory.audit import MemoryAuditLog
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.clips import MemoryClips
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.stores.memory.effects import MemoryEffects
from clientsvia.stores.memory.kept_calls import MemoryKeptCalls
from clientsvia.stores.memory.kept_numbers import MemoryKeptNumbers
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.outbox import MemoryOutbox
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from clientsvia.stores.memory.sightings import MemorySightingBook
from clientsvia.stores.memory.usage import MemoryUsage
from clientsvia.stores.redis.sharing import Sharing
from clientsvia.stores.sql.audit import SqlAuditLog
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.company_secrets import secrets_exist
from clientsvia.stores.sql.database import Database, database_file
from clientsvia.stores.sql.effects import SqlEffects
from clientsvia.stores.sql.kept_calls import SqlKeptCalls
from clientsvia.stores.sql.kept_numbers import SqlKeptNumbers
from clientsvia.stores.sql.messages import SqlMessages
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.outbox import SqlOutbox
from clientsvia.stores.sql.prepared_answers import SqlPreparedAnswers
from clientsvia.stores.sql.secrets import SecretBox, load_keys
from clientsvia.stores.sql.sightings import SqlSightingBook
from clientsvia.stores.sql.usage import SqlUsage
from clientsvia.wiring.access import MEMORY, AccessStores, open_access_stores
from clientsvia.wiring.money import prices_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.kept_calls import KeptCalls
    from clientsvia.admin.ports import KeptNumbers
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import CallLog, CallStates, Clips, PreparedAnswers
    from clientsvia.companies.ports import Companies
    from clientsvia.inbox.ports import Effects, Messages
    from clientsvia.notices.ports import Outbox
    from clientsvia.notices.sightings import SightingBook
    from clientsvia.settings import Settings

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Stores:
    """The storage adapters that the settings chose."""

    settings: Settings
    companies: Companies
    call_states: CallStates
    prepared: PreparedAnswers
    call_log: CallLog
    clips: Clips
    usage: UsageBook
    outbox: Outbox
    effects: Effects
    messages: Messages
    kept_calls: KeptCalls
    audit: AuditLog
    kept_numbers: KeptNumbers
    sightings: SightingBook
    database: Database | None
    access: AccessStores
    sharing: Sharing | None = None

    async def close(self) -> None:
        """Write what is queued and let go of the database, and of Redis."""
        await self.call_log.close()
        if self.sharing is not None:
            await self.sharing.close()
        if self.database is not None:
            await self.database.close()


def prepare(settings: Settings) -> list[bytes]:
    """Make the store ready and return the secret keys; safe to run in several processes at once.

    Raises ConfigurationError when the store or its keys cannot be used. Works inside a running
    event loop too, hence the thread.
    """
    prices_of(settings)  # what is wrong with them is to be told before workers start, not by each
    if settings.store == MEMORY:
        return _keys(settings, secrets=False)
    migrate(settings.store)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _prepare(settings)).result()


async def _prepare(settings: Settings) -> list[bytes]:
    database = Database(settings.store)
    try:
        keys = _keys(settings, secrets=await secrets_exist(database))
        if settings.demo:
            await add_demo(SqlCompanies(database, SecretBox(keys)))
    finally:
        await database.close()
    return keys


async def require_readable(settings: Settings, keys: Sequence[bytes]) -> None:
    """Refuse to serve a store of which nothing can be read, as with another key than its own.

    One unreadable company alone goes unanswered, is logged, and stops no other.
    """
    if settings.store == MEMORY:
        return
    database = Database(settings.store)
    try:
        companies = SqlCompanies(database, SecretBox(keys))
        unreadable = await companies.unreadable()
        if unreadable and not await companies.all():
            raise ConfigurationError("\n".join(unreadable.values()))
    finally:
        await database.close()


def store_file(settings: Settings) -> Path | None:
    """The file the settings keep companies and calls in, with its whole path; None for memory."""
    return None if settings.store == MEMORY else database_file(settings.store).absolute()


def open_stores(settings: Settings, keys: Sequence[bytes]) -> Stores:
    """The stores; nothing is opened before it is used."""
    sharing = Sharing(settings.redis_url.get_secret_value()) if settings.redis_url else None
    if settings.store == MEMORY:
        calls, usage, outbox = CallMemory(), MemoryUsage(), MemoryOutbox()
        messages, audit = MemoryMessages(), MemoryAuditLog()
        belongings = calls, usage, outbox, messages, audit
        companies = MemoryCompanies(forget=[one.forget_company for one in belongings])
        states = MemoryCallStates(calls)
        return Stores(
            settings,
            companies,
            sharing.call_states(states) if sharing else states,
            sharing.prepared if sharing else MemoryPreparedAnswers(),
            MemoryCallLog(calls),
            MemoryClips(settings.clips_mb * MEGABYTE),
            usage,
            outbox,
            MemoryEffects(calls),
            messages,
            MemoryKeptCalls(calls, messages, outbox),
            audit,
            MemoryKeptNumbers(),
            MemorySightingBook(),
            None,
            open_access_stores(None),
            sharing,
        )
    database = Database(settings.store)
    durable = SqlCallStates(database)
    return Stores(
        settings,
        SqlCompanies(database, _box(settings, keys), sharing.news if sharing else None),
        sharing.call_states(durable) if sharing else durable,
        sharing.prepared if sharing else _prepared(settings, database),
        SqlCallLog(database),
        DiskClips(settings.clips, settings.clips_mb * MEGABYTE),
        SqlUsage(database),
        SqlOutbox(database),
        SqlEffects(database),
        SqlMessages(database),
        SqlKeptCalls(database),
        SqlAuditLog(database),
        SqlKeptNumbers(database),
        SqlSightingBook(database),
        database,
        open_access_stores(database),
        sharing,
    )


def _box(settings: Settings, keys: Sequence[bytes]) -> SecretBox:
    """What opens secrets; one that reads the key file again finds a key that was added since."""
    again = None if settings.secret_keys else lambda: _keys(settings, secrets=True)
    return SecretBox(keys, again)


def _prepared(settings: Settings, database: Database) -> PreparedAnswers:
    # Answers prepared by one worker are of use to another only where there are several.
    return SqlPreparedAnswers(database) if settings.workers > 1 else MemoryPreparedAnswers()


async def add_demo(companies: Companies) -> None:
    """Add the demo company once; what people change in it stays."""
    demo = demo_profile()
    if await companies.get(demo.slug) is None:
        await companies.save([demo], by="demo")


def _keys(settings: Settings, *, secrets: bool) -> list[bytes]:
    given = settings.secret_keys.get_secret_value() if settings.secret_keys else None
    return load_keys(given, settings.secret_key_file, secrets_exist=secrets)
