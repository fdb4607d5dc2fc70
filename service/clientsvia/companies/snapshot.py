"""A stored profile compiled into the company a call sees."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.companies.company import (
    Agent,
    AiSettings,
    Company,
    Limits,
    SpendSettings,
    TwilioAccount,
    VoiceSettings,
)
from clientsvia.companies.contacts import CallerPolicy, Callers, KnownCaller, Notify
from clientsvia.companies.hours import Hours
from clientsvia.companies.knowledge import Knowledge
from clientsvia.companies.routing import (
    Account,
    AccountState,
    AfterHours,
    Availability,
    Rota,
    Routing,
    Swap,
    Target,
    Urgent,
)
from clientsvia.companies.shifts import parse_shift

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.contact_profiles import CallersProfile, NotifyProfile
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile, TwilioProfile
    from clientsvia.companies.provider_profiles import AiProfile, VoiceProfile
    from clientsvia.companies.routing_profiles import RotaProfile, TargetProfile


def compile_company(stored: StoredProfile, now: datetime) -> Company:
    """The frozen snapshot of a profile, with the hours of the year of ``now`` ready."""
    profile = stored.profile
    hours = Hours(profile.hours, profile.time_zone)
    hours.prepare(now)
    return Company(
        slug=profile.slug,
        revision=stored.revision,
        name=profile.name,
        account=_account(profile),
        numbers=tuple(entry.number for entry in profile.numbers if entry.active),
        inactive_numbers=frozenset(entry.number for entry in profile.numbers if not entry.active),
        region=profile.region,
        address=profile.address,
        greeting=profile.greeting,
        disclosure=profile.disclosure,
        agent=Agent(**profile.agent.model_dump()),
        ai=AiSettings(**_with_key(profile.ai)),
        voice=VoiceSettings(**_with_key(profile.voice)),
        spend=SpendSettings(**profile.spend.model_dump()),
        hours=hours,
        knowledge=Knowledge(profile.knowledge),
        targets=tuple(_target(target, hours, now) for target in profile.targets),
        after_hours=AfterHours(profile.after_hours.policy, profile.after_hours.target),
        routing=Routing(**profile.routing.model_dump()),
        urgent=Urgent(profile.urgent.phrases, profile.urgent.target),
        callers=_callers(profile.callers),
        notify=_notify(profile.notify),
        limits=Limits(**profile.limits.model_dump()),
        twilio=_twilio(profile.twilio),
    )


def _with_key(part: AiProfile | VoiceProfile) -> dict[str, Any]:
    return part.model_dump() | {"api_key": part.api_key or ""}


def _target(target: TargetProfile, company: Hours, now: datetime) -> Target:
    """A target with its own hours, where it has some, on the company's clock."""
    own = None
    if target.hours is not None:
        always = target.availability is Availability.ALWAYS
        own = Hours(target.hours, company.zone.key, None if always else company)
        own.prepare(now)
    return Target(
        id=target.id,
        name=target.name,
        number=target.number or "",
        keywords=target.keywords,
        availability=target.availability,
        members=target.members,
        ring=target.ring,
        rota=None if target.rota is None else _rota(target.rota),
        hours=own,
        ring_seconds=target.ring_seconds,
        fallback=target.fallback,
        calls_at_once=target.calls_at_once,
        accept=target.accept,
    )


def _rota(rota: RotaProfile) -> Rota:
    swaps = tuple(
        Swap(swap.start, swap.end, swap.member)
        for swap in sorted(rota.swaps, key=lambda swap: swap.start)
    )
    return Rota(rota.starts, timedelta(days=rota.days), rota.order, swaps)


def _account(profile: CompanyProfile) -> Account:
    account = profile.account
    return Account(AccountState(account.state), account.target, account.sentence)


def _callers(callers: CallersProfile) -> Callers:
    # PERF: of 10,000 callers in less than half the time it takes by way of dictionaries.
    known = {
        one.number: KnownCaller(one.number, one.name, one.notes, one.blocked)
        for one in callers.known
    }
    policies = CallerPolicy(callers.anonymous), CallerPolicy(callers.unverified)
    return Callers(known, callers.greet_by_name, *policies)


def _notify(notify: NotifyProfile) -> Notify:
    quiet = None if notify.quiet is None else parse_shift(notify.quiet)
    return Notify(**notify.model_dump() | {"quiet": quiet})


def _twilio(twilio: TwilioProfile | None) -> TwilioAccount | None:
    return None if twilio is None else TwilioAccount(twilio.account_sid, twilio.auth_tokens)
