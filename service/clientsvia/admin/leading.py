"""All numbers of a company led here, put back, or given a fallback at Twilio, in one go."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from clientsvia.admin.diagnosis.numbers_at_twilio import AT_ONCE
from clientsvia.admin.number_setup import (
    Plan,
    plan_put_back,
    plan_setup,
    put_back,
    set_up,
    trial_warning,
)
from clientsvia.admin.off_host import install
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Sequence

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.looking import Looking
    from clientsvia.admin.ports import KeptNumbers, TwilioAccounts
    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import StoredProfile

    Take = Callable[[Company, str], Awaitable[Plan]]


class Work(Protocol):
    """What is done with all numbers of a company; without ``by`` it only says what it would do."""

    async def __call__(self, stored: StoredProfile, *, by: str = "") -> Plans:
        """A plan for each number."""


@dataclass(frozen=True, slots=True)
class Plans:
    """What was made of each number, and what is to be known of its account besides."""

    plans: Sequence[Plan]
    warnings: Sequence[str] = ()

    @property
    def changing(self) -> Sequence[Plan]:
        """Those that change something."""
        return [plan for plan in self.plans if plan.outcome == "changes"]


async def of_each(
    pairs: Collection[tuple[Company, str]], work: Take, twilio: TwilioAccounts
) -> Plans:
    """What ``work`` makes of each number, some at a time; where Twilio fails, that is its plan."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def take(company: Company, number: str) -> Plan:
        async with turns:
            try:
                return await work(company, number)
            except ProviderFailed as error:
                return Plan(company.slug, number, refusal=error.found, remedy=error.remedy)

    plans = await asyncio.gather(*(take(*pair) for pair in pairs))
    return Plans(plans, await warnings_of(plans, twilio))


async def warnings_of(plans: Collection[Plan], twilio: TwilioAccounts) -> Sequence[str]:
    """What the accounts of these numbers keep from callers."""
    accounts = {plan.account.sid: plan.account for plan in plans if plan.account is not None}
    told = []
    for account in accounts.values():
        with suppress(ProviderFailed):  # what was done is to be told all the same
            told.append(await trial_warning(twilio, account))
    return [warning for warning in told if warning]


@dataclass(frozen=True, slots=True)
class Leading:
    """Does it for people, one company at a time; ``audit`` notes what was changed at Twilio."""

    looking: Looking
    twilio: TwilioAccounts
    kept: KeptNumbers
    audit: AuditLog

    async def lead_here(self, stored: StoredProfile, *, by: str = "") -> Plans:
        """Lead its numbers in service here; without ``by``, what that would change."""
        setup, company = self.looking.at(stored)

        async def work(one: Company, number: str) -> Plan:
            plan = await plan_setup(setup, self.twilio, one, number)
            if plan.refusal or not by:
                return plan
            return await set_up(plan, self.twilio, self.kept, self.looking.clock.now())

        return await self._each(company, company.numbers, work, "number led here", by)

    async def put_back(self, stored: StoredProfile, *, by: str = "") -> Plans:
        """Put back those of which it is kept what they were set to; without ``by``, the plan."""
        setup, company = self.looking.at(stored)

        async def work(one: Company, number: str) -> Plan:
            plan = await plan_put_back(setup, self.twilio, self.kept, one, number)
            if plan.refusal or not by:
                return plan
            return await put_back(plan, self.twilio, self.kept)

        own = {*company.numbers, *company.inactive_numbers}
        kept = [one.number for one in await self.kept.all_kept(company.slug) if one.number in own]
        return await self._each(company, kept, work, "number put back", by)

    async def fall_back(self, stored: StoredProfile, *, by: str) -> Plans:
        """Make its flow at Twilio, and let its numbers fall back on it.

        Raises InvalidInput where there is no account to make it in.
        """
        setup, company = self.looking.at(stored)
        now = self.looking.clock.now()
        try:
            done = await install(setup, self.twilio, self.kept, company, now)
        except ProviderFailed as error:
            return Plans(
                [
                    Plan(company.slug, number, refusal=error.found, remedy=error.remedy)
                    for number in company.numbers
                ]
            )
        await self._note("fallback made", company, done.plans, by)
        return Plans(done.plans, await warnings_of(done.plans, self.twilio))

    async def _each(
        self, company: Company, numbers: Collection[str], work: Take, act: str, by: str
    ) -> Plans:
        done = await of_each([(company, one) for one in numbers], work, self.twilio)
        if by:
            await self._note(act, company, done.plans, by)
        return done

    async def _note(self, act: str, company: Company, plans: Sequence[Plan], by: str) -> None:
        """Also what only confirmed what was there already: somebody has asked Twilio for it."""
        for plan in plans:
            if not plan.refusal:
                await self.audit.write(
                    act,
                    at=self.looking.clock.now(),
                    by=by,
                    company=company.slug,
                    subject=plan.number,
                    detail={one.field: [one.before, one.after] for one in plan.changes},
                )
