"""The stores every contract suite runs on, each as two workers see it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.stores.memory.audit import MemoryAuditLog
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.stores.memory.effects import MemoryEffects
from clientsvia.stores.memory.kept_calls import MemoryKeptCalls
from clientsvia.stores.memory.kept_numbers import MemoryKeptNumbers
from clientsvia.stores.memory.messages import MemoryMessages
from clientsvia.stores.memory.news import MemoryNews
from clientsvia.stores.memory.outbox import MemoryOutbox
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from clientsvia.stores.memory.sightings import MemorySightingBook
from clientsvia.stores.memory.usage import MemoryUsage
from clientsvia.stores.redis.call_states import RedisCallStates
from clientsvia.stores.redis.connection import RedisConnection
from clientsvia.stores.redis.news import RedisNews
from clientsvia.stores.redis.prepared_answers import RedisPreparedAnswers
from clientsvia.stores.redis.subscriptions import Subscriptions
from clientsvia.stores.shared_call_states import SharedCallStates
from clientsvia.stores.sql.audit import SqlAuditLog
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.effects import SqlEffects
from clientsvia.stores.sql.kept_calls import SqlKeptCalls
from clientsvia.stores.sql.kept_numbers import SqlKeptNumbers
from clientsvia.stores.sql.messages import SqlMessages
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.news import SqlNews
from clientsvia.stores.sql.outbox import SqlOutbox
from clientsvia.stores.sql.prepared_answers import SqlPreparedAnswers
from clientsvia.stores.sql.secrets import SecretBox
from clientsvia.stores.sql.sightings import SqlSightingBook
from clientsvia.stores.sql.usage import SqlUsage
from clientsvia.wiring.access import AccessStores, open_access_stores

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.kept_calls import KeptCalls
    from clientsvia.admin.ports import KeptNumbers
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import CallLog, CallStates, PreparedAnswers
    from clientsvia.companies.ports import Companies, CompanyNews
    from clientsvia.inbox.ports import Effects, Messages
    from clientsvia.notices.ports import Outbox
    from clientsvia.notices.sightings import SightingBook
    from tests.valkey import Valkey

    Opening = Callable[[Path, Valkey], AbstractAsyncContextManager["Workers"]]


@dataclass(frozen=True, slots=True)
class Worker:
    """The stores of one process."""

    companies: Companies
    news: CompanyNews
    call_states: CallStates
    prepared: PreparedAnswers
    call_log: CallLog
    usage: UsageBook
    effects: Effects
    messages: Messages
    outbox: Outbox
    audit: AuditLog
    access: AccessStores
    kept_numbers: KeptNumbers
    sightings: SightingBook
    kept_calls: KeptCalls


Workers = tuple[Worker, Worker]

BOX = SecretBox([b"k" * 32])
PATIENT_S = 5.0
"""What is tested is what is answered, not how soon: the machine that tests may be busy."""


@asynccontextmanager
async def memory_workers(_directory: Path, _valkey: Valkey) -> AsyncIterator[Workers]:
    """Memory serves one process: both are the same worker."""
    calls, usage, outbox = CallMemory(), MemoryUsage(), MemoryOutbox()
    messages, audit = MemoryMessages(), MemoryAuditLog()
    belongings = calls, usage, outbox, messages, audit
    news = MemoryNews()
    worker = Worker(
        MemoryCompanies(news, forget=[one.forget_company for one in belongings]),
        news,
        MemoryCallStates(calls),
        MemoryPreparedAnswers(),
        MemoryCallLog(calls),
        usage,
        MemoryEffects(calls),
        messages,
        outbox,
        audit,
        open_access_stores(None),
        MemoryKeptNumbers(),
        MemorySightingBook(),
        MemoryKeptCalls(calls, messages, outbox),
    )
    yield worker, worker


@asynccontextmanager
async def sqlite_workers(directory: Path, _valkey: Valkey) -> AsyncIterator[Workers]:
    """Two sets of connections to one file."""
    url = _migrated(directory)
    async with sqlite_worker(url) as one, sqlite_worker(url) as other:
        yield one, other


@asynccontextmanager
async def sqlite_worker(url: str) -> AsyncIterator[Worker]:
    """The stores on a file that is migrated already."""
    database = Database(url)
    log = SqlCallLog(database)
    yield Worker(
        SqlCompanies(database, BOX),
        SqlNews(database),
        SqlCallStates(database),
        SqlPreparedAnswers(database),
        log,
        SqlUsage(database),
        SqlEffects(database),
        SqlMessages(database),
        SqlOutbox(database),
        SqlAuditLog(database),
        open_access_stores(database),
        SqlKeptNumbers(database),
        SqlSightingBook(database),
        SqlKeptCalls(database),
    )
    await log.close()
    await database.close()


@asynccontextmanager
async def redis_workers(directory: Path, valkey: Valkey) -> AsyncIterator[Workers]:
    """Two processes on one server, with what is to stay on one file."""
    url = _migrated(directory)
    async with redis_worker(url, valkey.url) as one, redis_worker(url, valkey.url) as other:
        yield one, other


@asynccontextmanager
async def redis_worker(url: str, redis_url: str) -> AsyncIterator[Worker]:
    """A worker that shares through Redis what need not stay for ever."""
    database = Database(url)
    log = SqlCallLog(database)
    redis = RedisConnection(redis_url, budget_s=PATIENT_S)
    subscriptions = Subscriptions(redis.opener)
    news = RedisNews(redis, subscriptions)
    yield Worker(
        SqlCompanies(database, BOX, news),
        news,
        SharedCallStates(RedisCallStates(redis), SqlCallStates(database), share_s=PATIENT_S),
        RedisPreparedAnswers(redis, subscriptions),
        log,
        SqlUsage(database),
        SqlEffects(database),
        SqlMessages(database),
        SqlOutbox(database),
        SqlAuditLog(database),
        open_access_stores(database),
        SqlKeptNumbers(database),
        SqlSightingBook(database),
        SqlKeptCalls(database),
    )
    await subscriptions.close()
    await redis.close()
    await log.close()
    await database.close()


def _migrated(directory: Path) -> str:
    url = f"sqlite+aiosqlite:///{directory}/clientsvia.db"
    migrate(url)
    return url


STORES: dict[str, Opening] = {
    "memory": memory_workers,
    "sqlite": sqlite_workers,
    "redis": redis_workers,
}
