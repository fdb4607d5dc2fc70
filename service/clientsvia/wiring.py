"""From settings to adapters: the only module that knows which stores and providers there are."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientsvia.calls.admission import Admission
from clientsvia.calls.answers import Answers
from clientsvia.calls.bookkeeping import Bookkeeping
from clientsvia.calls.commits import Commits
from clientsvia.calls.conversation import Conversations
from clientsvia.calls.makings import Makings
from clientsvia.calls.prices import Prices, read_prices
from clientsvia.calls.provider_errors import ProviderErrors
from clientsvia.calls.speculation import AtOnce, Speculation
from clientsvia.calls.speculation_budget import SpeculationBudget
from clientsvia.calls.spending import Ledger
from clientsvia.calls.turns import Turns
from clientsvia.companies.company import TwilioAccount
from clientsvia.companies.directory import Directory
from clientsvia.companies.files import demo_profile
from clientsvia.errors import ConfigurationError
from clientsvia.logs import conceal
from clientsvia.providers.clock import StartedClock, SystemClock
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.stores.clips import DiskClips
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.clips import MemoryClips
from clientsvia.stores.memory.companies import MemoryCompanies
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from clientsvia.stores.memory.usage import MemoryUsage
from clientsvia.stores.redis.sharing import Sharing
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.company_secrets import secrets_exist
from clientsvia.stores.sql.database import Database, database_file
from clientsvia.stores.sql.migrations import migrate
from clientsvia.stores.sql.prepared_answers import SqlPreparedAnswers
from clientsvia.stores.sql.secrets import SecretBox, load_keys
from clientsvia.stores.sql.usage import SqlUsage
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.webhooks.gate import Gate
from clientsvia.webhooks.switchboard import Switchboard

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clientsvia.admin.ports import TwilioAccounts
    from clientsvia.calls.ports import (
        CallLog,
        CallStates,
        Clips,
        Clock,
        PreparedAnswers,
        Responder,
        Speech,
    )
    from clientsvia.calls.usage import UsageBook
    from clientsvia.companies.ports import Companies
    from clientsvia.settings import Settings

MEMORY = "memory:"
DRAIN_SECONDS = 5.0
MEGABYTE = 1_000_000
SWEEP_SECONDS = 60.0


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
    database: Database | None
    sharing: Sharing | None = None

    async def close(self) -> None:
        """Write what is queued and let go of the database, and of Redis."""
        await self.call_log.close()
        if self.sharing is not None:
            await self.sharing.close()
        if self.database is not None:
            await self.database.close()


@dataclass(frozen=True, slots=True)
class Money:
    """What companies spend, what may be wasted of it, and what failed; kept in the store."""

    spending: Ledger
    budget: SpeculationBudget
    errors: ProviderErrors
    bookkeeping: Bookkeeping


@dataclass(slots=True)
class Services:
    """Everything the webhooks are built of, with a beginning and an end."""

    stores: Stores
    responder: Responder
    speech: Speech
    directory: Directory
    switchboard: Switchboard
    speculation: Speculation
    commits: Commits
    turns: Turns
    transport: TwimlTransport
    clock: Clock
    twilio_accounts: TwilioAccounts
    money: Money
    _following: asyncio.Task[None] | None = field(default=None)

    @property
    def companies(self) -> Companies:
        """Where companies are kept."""
        return self.stores.companies

    @property
    def call_log(self) -> CallLog:
        """Where calls are logged."""
        return self.stores.call_log

    @property
    def clips(self) -> Clips:
        """Where sounds are kept."""
        return self.stores.clips

    @property
    def platform_account(self) -> TwilioAccount | None:
        """The account that may sign for every company."""
        return self.switchboard.gate.platform

    async def start(self) -> None:
        """Load every company, then follow what changes."""
        if self.stores.database is None and self.stores.settings.demo:
            await _add_demo(self.companies)
        await self.directory.load()
        await self.money.bookkeeping.sync()
        self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.directory.follow())
            tasks.create_task(self.money.bookkeeping.run())
            tasks.create_task(self._sweep())
            tasks.create_task(self.clips.keep())

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.switchboard.admission.sweep(self.clock.now().timestamp())

    async def stop(self) -> None:
        """Stop following, and write what is queued."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        await self.commits.drain(DRAIN_SECONDS)
        await self.money.bookkeeping.close(DRAIN_SECONDS)
        await self.stores.close()


def prepare(settings: Settings) -> list[bytes]:
    """Make the store ready and return the secret keys; safe to run in several processes at once.

    Raises ConfigurationError when the store or its keys cannot be used. Works inside a running
    event loop too, hence the thread.
    """
    _prices(settings)  # what is wrong with them is to be told before workers start, not by each
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
            await _add_demo(SqlCompanies(database, SecretBox(keys)))
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


def build(settings: Settings, keys: Sequence[bytes]) -> Services:
    """The services on the adapters the settings choose; nothing is opened before ``start``."""
    conceal(*settings.secrets)
    stores = _stores(settings, keys)
    clock = StartedClock(settings.clock_start) if settings.clock_start else SystemClock()
    tokens = ActionTokens(keys)
    speech = SaySpeech()
    transport = TwimlTransport(settings.origin, tokens, speech)
    gate = Gate(settings.origin, _platform(settings), enabled=settings.checks_signatures)
    directory = Directory(stores.companies, now=clock.now)
    money = _money(settings, stores.usage, clock)
    responder = KnowledgeResponder()
    makings = Makings(responder, SaySpeech(), stores.prepared)
    speculation = Speculation(makings, AtOnce, money.budget)
    commits = Commits(stores.call_states)
    answers = Answers(speculation, KnowledgeResponder())
    conversations = Conversations(stores.call_states)
    return Services(
        stores,
        responder,
        speech,
        directory,
        Switchboard(directory, gate, tokens, Admission(), clock),
        speculation,
        commits,
        Turns(commits, conversations, answers, stores.call_log, clock, transport),
        transport,
        clock,
        TwilioRestAccounts(settings.twilio_api),
        money,
    )


def _money(settings: Settings, book: UsageBook, clock: Clock) -> Money:
    ledger, errors = Ledger(_prices(settings), clock), ProviderErrors(clock)
    return Money(
        ledger, SpeculationBudget(ledger), errors, Bookkeeping(book, ledger, errors, clock)
    )


def _prices(settings: Settings) -> Prices:
    return Prices() if settings.prices is None else read_prices(settings.prices)


def _stores(settings: Settings, keys: Sequence[bytes]) -> Stores:
    sharing = Sharing(settings.redis_url.get_secret_value()) if settings.redis_url else None
    if settings.store == MEMORY:
        companies, calls = MemoryCompanies(), CallMemory()
        states = MemoryCallStates(calls)
        return Stores(
            settings,
            companies,
            sharing.call_states(states) if sharing else states,
            sharing.prepared if sharing else MemoryPreparedAnswers(),
            MemoryCallLog(calls),
            MemoryClips(settings.clips_mb * MEGABYTE),
            MemoryUsage(),
            None,
            sharing,
        )
    database = Database(settings.store)
    durable = SqlCallStates(database)
    return Stores(
        settings,
        SqlCompanies(database, SecretBox(keys), sharing.news if sharing else None),
        sharing.call_states(durable) if sharing else durable,
        sharing.prepared if sharing else _prepared(settings, database),
        SqlCallLog(database),
        DiskClips(settings.clips, settings.clips_mb * MEGABYTE),
        SqlUsage(database),
        database,
        sharing,
    )


def _prepared(settings: Settings, database: Database) -> PreparedAnswers:
    # Answers prepared by one worker are of use to another only where there are several.
    return SqlPreparedAnswers(database) if settings.workers > 1 else MemoryPreparedAnswers()


async def _add_demo(companies: Companies) -> None:
    """Add the demo company once; what people change in it stays."""
    demo = demo_profile()
    if await companies.get(demo.slug) is None:
        await companies.save([demo])


def _keys(settings: Settings, *, secrets: bool) -> list[bytes]:
    given = settings.secret_keys.get_secret_value() if settings.secret_keys else None
    return load_keys(given, settings.secret_key_file, secrets_exist=secrets)


def _platform(settings: Settings) -> TwilioAccount | None:
    tokens = settings.twilio_auth_tokens.get_secret_value().split(",")
    usable = tuple(token.strip() for token in tokens if token.strip())
    if not settings.twilio_account_sid or not usable:
        return None
    return TwilioAccount(settings.twilio_account_sid, usable)
