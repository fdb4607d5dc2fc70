"""The services of a process: what webhooks are built of, from its settings."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientsvia.admin.caller_data import CallerData
from clientsvia.admin.etags import Tags
from clientsvia.admin.latency_report import Latencies
from clientsvia.admin.retention import Deletions, Retention
from clientsvia.calls.admission import Admission
from clientsvia.calls.answers import Answers
from clientsvia.calls.commits import Commits
from clientsvia.calls.conversation import Conversations
from clientsvia.calls.load import Load
from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import POLICIES
from clientsvia.calls.partials import Partials
from clientsvia.calls.ringing.engaged import Engaged
from clientsvia.calls.ringing.whispering import Whispering
from clientsvia.calls.speculation import Speculation
from clientsvia.calls.turns import Turns
from clientsvia.companies.company import TwilioAccount
from clientsvia.companies.directory import Directory
from clientsvia.errors import StoreUnavailable
from clientsvia.inbox.clerk import Clerk
from clientsvia.logs import conceal
from clientsvia.notices.sightings import Sightings
from clientsvia.providers.clock import StartedClock, SystemClock
from clientsvia.providers.twilio_account import TwilioRestAccounts
from clientsvia.providers.twilio_recordings import TwilioRecordings
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.transports.whisper_token import WhisperTokens
from clientsvia.webhooks.gate import Gate
from clientsvia.webhooks.switchboard import Switchboard
from clientsvia.wiring.access import open_access
from clientsvia.wiring.money import open_money
from clientsvia.wiring.notices import open_notices, open_watch
from clientsvia.wiring.providers import open_providers
from clientsvia.wiring.stores import add_demo, open_stores
from clientsvia.wiring.trying import open_trying

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.ports import Recordings, TwilioAccounts
    from clientsvia.calls.ports import CallLog, Clips, Clock, Responder, Speech
    from clientsvia.companies.ports import Companies
    from clientsvia.settings import Settings
    from clientsvia.wiring.access import Access
    from clientsvia.wiring.money import Money
    from clientsvia.wiring.notices import Notices
    from clientsvia.wiring.providers import Providers
    from clientsvia.wiring.stores import Stores
    from clientsvia.wiring.trying import Trying

DRAIN_SECONDS = 5.0
SWEEP_SECONDS = 60.0


@dataclass(slots=True)
class Services:
    """Everything the webhooks are built of, with a beginning and an end."""

    stores: Stores
    providers: Providers
    directory: Directory
    switchboard: Switchboard
    makings: Makings
    speculation: Speculation
    partials: Partials
    commits: Commits
    turns: Turns
    whisper_tokens: WhisperTokens
    whispering: Whispering
    transport: TwimlTransport
    clock: Clock
    twilio_accounts: TwilioAccounts
    recordings: Recordings
    callers: CallerData
    retention: Retention
    money: Money
    load: Load
    clerk: Clerk
    notices: Notices
    tags: Tags
    latencies: Latencies
    access: Access
    trying: Trying
    _following: asyncio.Task[None] | None = field(default=None)

    @property
    def responder(self) -> Responder:
        """Who answers for every company."""
        return self.providers.responder

    @property
    def speech(self) -> Speech:
        """Who speaks for every company."""
        return self.providers.speech

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
            await add_demo(self.companies)
        await self.providers.load()
        if self.stores.sharing is not None:
            self.stores.sharing.start()
        await self.directory.load()
        await self.money.bookkeeping.sync()
        self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.directory.follow())
            tasks.create_task(self.load.watch())
            tasks.create_task(self.money.bookkeeping.run())
            tasks.create_task(self.clerk.run())
            tasks.create_task(self.switchboard.gate.sightings.run())
            tasks.create_task(self._sweep())
            tasks.create_task(self.retention.run())
            tasks.create_task(self.clips.keep())
            tasks.create_task(self.providers.repertoire.follow())
            tasks.create_task(self.notices.run())

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            now = self.clock.now().timestamp()
            self.switchboard.admission.sweep(now)
            self.switchboard.engaged.sweep(now)
            with suppress(StoreUnavailable):  # whose followers say so aloud
                await self.companies.clear_removed()

    async def stop(self) -> None:
        """Stop following, and write what is queued."""
        if self._following is not None:
            self._following.cancel()
            with suppress(asyncio.CancelledError):
                await self._following
        self.speculation.close()
        await self.latencies.close()
        await self.partials.close()
        await self.makings.close()
        await self.providers.close()
        await self.recordings.close()
        await self.commits.drain(DRAIN_SECONDS)
        await self.money.bookkeeping.close(DRAIN_SECONDS)
        await self.notices.close(DRAIN_SECONDS)
        await self.switchboard.gate.sightings.flush()
        await self.stores.close()


def build(settings: Settings, keys: Sequence[bytes]) -> Services:
    """The services on the adapters the settings choose; nothing is opened before ``start``."""
    conceal(*settings.secrets)
    stores = open_stores(settings, keys)
    clock = StartedClock(settings.clock_start) if settings.clock_start else SystemClock()
    load, platform = Load(), _platform(settings)
    watch = open_watch(stores, clock)
    money = open_money(settings, stores.usage, clock, load, watch)
    providers = open_providers(settings, keys, stores, money, load)
    tokens = ActionTokens(keys)
    whisper_tokens, engaged = WhisperTokens(keys), Engaged()
    transport = TwimlTransport(settings.origin, tokens, whisper_tokens, providers.speech)
    gate = Gate(
        settings.origin,
        watch.alarms,
        Sightings(stores.sightings, clock),
        platform,
        enabled=settings.checks_signatures,
    )
    directory = Directory(stores.companies, now=clock.now, swapped=providers.repertoire.take)
    notices = open_notices(settings, keys, stores, directory, clock, platform, watch)
    makings = Makings(providers.responder, providers.speech, stores.prepared)
    speculation = Speculation(makings, POLICIES[settings.speculation], money.budget)
    commits = Commits(stores.call_states)
    conversations = Conversations(stores.call_states)
    relay = stores.sharing.relay if stores.sharing else None
    partials = Partials(
        speculation, conversations, stores.prepared, relay, directory.by_slug, clock
    )
    answers = Answers(speculation, partials, providers.own_data)
    recordings = TwilioRecordings(settings.twilio_api)
    deletions = Deletions(stores.kept_calls, stores.companies, recordings, platform)
    return Services(
        stores,
        providers,
        directory,
        Switchboard(directory, gate, tokens, Admission(), clock, engaged),
        makings,
        speculation,
        partials,
        commits,
        Turns(commits, conversations, answers, stores.call_log, clock, transport, engaged),
        whisper_tokens,
        Whispering(conversations, commits, clock, transport, engaged),
        transport,
        clock,
        TwilioRestAccounts(settings.twilio_api),
        recordings,
        CallerData(
            stores.companies,
            stores.call_log,
            stores.messages,
            stores.kept_calls,
            deletions,
            stores.audit,
            clock,
        ),
        Retention(stores.kept_calls, stores.companies, deletions, clock),
        money,
        load,
        Clerk(
            stores.effects,
            stores.messages,
            stores.outbox,
            stores.call_log,
            directory.by_slug,
            clock,
        ),
        notices,
        Tags(keys),
        Latencies(stores.call_log, clock),
        # By the machine's clock, whatever time the demo plays: a session is no call.
        open_access(stores.access, SystemClock()),
        open_trying(settings, keys, stores, providers, makings, clock),
    )


def _platform(settings: Settings) -> TwilioAccount | None:
    tokens = settings.twilio_auth_tokens.get_secret_value().split(",")
    usable = tuple(token.strip() for token in tokens if token.strip())
    if not settings.twilio_account_sid or not usable:
        return None
    return TwilioAccount(settings.twilio_account_sid, usable)
