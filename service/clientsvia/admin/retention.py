"""Calls are forgotten when their time is over, here and at Twilio."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from clientsvia.admin.kept_calls import Forgotten
from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import ConfigurationError, InvalidInput, ProviderFailed

if TYPE_CHECKING:
    from clientsvia.admin.kept_calls import KeptCalls, OwedDeletion
    from clientsvia.admin.ports import Recordings
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import Companies
    from clientsvia.companies.profile import CompanyProfile

log = structlog.get_logger(__name__)

EVERY = timedelta(hours=1)
CLAIM = timedelta(minutes=55)
PAUSE_S = 0.1
"""Between two chunks: as long as SQLite sleeps in another process that wants to commit."""
OWED_AT_ONCE = 500
_NO_ACCOUNT = "add the account's SID and auth token to the company's profile: it is tried again"


def account_of(
    profile: CompanyProfile | None, platform: TwilioAccount | None, url: str
) -> TwilioAccount | None:
    """The account that may fetch a company's recording: its own, or else the platform's."""
    own = profile.twilio if profile else None
    known = (TwilioAccount(own.account_sid, own.auth_tokens) if own else None, platform)
    return next((one for one in known if one and f"/Accounts/{one.sid}/" in url), None)


class Deletions:
    """Deletes at Twilio the recordings of what was forgotten here; what fails is tried again."""

    def __init__(
        self,
        kept: KeptCalls,
        companies: Companies,
        recordings: Recordings,
        platform: TwilioAccount | None,
    ) -> None:
        self._kept = kept
        self._companies = companies
        self._recordings = recordings
        self._platform = platform

    async def work(self, company: str | None = None) -> int:
        """Try each that is owed, of one company where it is given; how many are still owed."""
        failed = 0
        for owed in await self._kept.owed(company, limit=OWED_AT_ONCE):
            error = await self._attempt(owed)
            failed += bool(error)
            await self._kept.settle(owed, error)
        return failed

    async def _attempt(self, owed: OwedDeletion) -> str:
        """Why a recording could not be deleted; empty where there is nothing left to delete."""
        try:
            stored = await self._companies.get(owed.company)
        except ConfigurationError as error:
            return str(error)
        account = account_of(stored.profile if stored else None, self._platform, owed.url)
        if account is None:
            return f"no auth token of the account that recorded it: {_NO_ACCOUNT}"
        try:
            await self._recordings.delete(account, owed.url)
        except InvalidInput:
            return ""  # an address that was never Twilio's leads to nothing that could be deleted
        except ProviderFailed as error:
            return str(error)
        return ""


class Retention:
    """Forgets what is older than its company keeps it: in one worker at a time, bit by bit."""

    def __init__(
        self, kept: KeptCalls, companies: Companies, deletions: Deletions, clock: Clock
    ) -> None:
        self._kept = kept
        self._companies = companies
        self._deletions = deletions
        self._clock = clock

    async def run(self) -> None:
        """Sweep now and every hour until cancelled."""
        while True:
            try:
                await self.sweep()
            except Exception as error:  # noqa: BLE001 - whatever fails, it is done an hour later
                remedy = "it is tried again in an hour; see that the store answers"
                log.warning("old calls are not deleted yet", error=repr(error), remedy=remedy)
            await asyncio.sleep(EVERY.total_seconds())

    async def sweep(self) -> Forgotten | None:
        """Forget what is over; None where another worker is at it, or just was."""
        now = self._clock.now()
        if not await self._kept.claim(now, now + CLAIM):
            return None
        total = Forgotten()
        async for page in self._companies.pages():
            for stored in page:
                total += await self._forget_old(stored.profile)
        owed = await self._deletions.work()
        if total.calls or total.messages or owed:
            counts = {"calls": total.calls, "messages": total.messages, "recordings_owed": owed}
            log.info("calls whose time is over are deleted", **counts)
        return total

    async def _forget_old(self, profile: CompanyProfile) -> Forgotten:
        days, total = profile.privacy.retention_days, Forgotten()
        if not days:
            return total
        now = self._clock.now()
        before = now - timedelta(days=days)
        while sids := await self._kept.older_than(profile.slug, before):
            total += await self._kept.forget(profile.slug, sids, now, open_messages=False)
            await asyncio.sleep(PAUSE_S)
        return total
