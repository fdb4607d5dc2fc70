"""A stored profile compiled into the company a call sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.companies.company import (
    AfterHours,
    Agent,
    AiSettings,
    Company,
    Limits,
    SpendSettings,
    Target,
    TwilioAccount,
    VoiceSettings,
)
from clientsvia.companies.hours import Hours
from clientsvia.companies.knowledge import Knowledge

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile, TwilioProfile
    from clientsvia.companies.provider_profiles import AiProfile, VoiceProfile


def compile_company(stored: StoredProfile, now: datetime) -> Company:
    """The frozen snapshot of a profile, with the hours of the year of ``now`` ready."""
    profile = stored.profile
    hours = Hours(profile.hours, profile.time_zone)
    hours.prepare(now)
    return Company(
        slug=profile.slug,
        revision=stored.revision,
        name=profile.name,
        active=profile.active,
        numbers=tuple(entry.number for entry in profile.numbers if entry.active),
        inactive_numbers=frozenset(entry.number for entry in profile.numbers if not entry.active),
        region=profile.region,
        address=profile.address,
        greeting=profile.greeting,
        agent=Agent(**profile.agent.model_dump()),
        ai=AiSettings(**_with_key(profile.ai)),
        voice=VoiceSettings(**_with_key(profile.voice)),
        spend=SpendSettings(**profile.spend.model_dump()),
        hours=hours,
        knowledge=Knowledge(profile.knowledge),
        targets=_targets(profile),
        after_hours=AfterHours(profile.after_hours.policy, profile.after_hours.target),
        limits=Limits(**profile.limits.model_dump()),
        twilio=_account(profile.twilio),
    )


def _with_key(part: AiProfile | VoiceProfile) -> dict[str, Any]:
    return part.model_dump() | {"api_key": part.api_key or ""}


def _targets(profile: CompanyProfile) -> tuple[Target, ...]:
    return tuple(
        Target(target.id, target.name, target.number, target.keywords, target.availability)
        for target in profile.targets
    )


def _account(twilio: TwilioProfile | None) -> TwilioAccount | None:
    return None if twilio is None else TwilioAccount(twilio.account_sid, twilio.auth_tokens)
