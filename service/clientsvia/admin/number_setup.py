"""Leading a company's number at Twilio to this service, and putting back what was there before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientsvia.admin.diagnosis.checks import FALLBACK_PATH, STATUS_PATH, VOICE_PATH
from clientsvia.admin.diagnosis.installation import check_origin
from clientsvia.admin.diagnosis.numbers_at_twilio import (
    ACTIVE_NUMBERS,
    same_address,
    without_secret,
)
from clientsvia.admin.ports import KeptSettings, NumberSettings, VoiceSettings
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clientsvia.admin.diagnosis.checks import Setup
    from clientsvia.admin.ports import KeptNumbers, NumberAtTwilio, TwilioAccounts
    from clientsvia.companies.company import Company, TwilioAccount

_AT_TWILIO = ".twilio.com"


@dataclass(frozen=True, slots=True)
class Change:
    """A field at Twilio in its Console's words; an empty text is a field that is not set."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be set for one number, or why that cannot be.

    ``refusal`` is empty when it can; ``remedy`` says what to do where it cannot.
    """

    company: str
    number: str
    account: TwilioAccount | None = None
    at_twilio: NumberAtTwilio | None = None
    wanted: NumberSettings | None = None
    changes: tuple[Change, ...] = ()
    refusal: str = ""
    remedy: str = ""

    @property
    def outcome(self) -> str:
        """One word for it: ``refused``, ``unchanged`` or ``changes``."""
        if self.refusal:
            return "refused"
        return "changes" if self.changes else "unchanged"


async def plan_setup(
    setup: Setup, twilio: TwilioAccounts, company: Company, number: str, *, fallback: str = ""
) -> Plan:
    """What leads ``number`` here; nothing is changed yet. Raises ProviderFailed.

    ``fallback`` is the company's own off this host; without one, a fallback that lives elsewhere
    already stays.
    """
    if refusal := _origin_refused(setup):
        return Plan(company.slug, number, refusal=refusal[0], remedy=refusal[1])
    account, found = await _owner(setup, twilio, company, number)
    if account is None or found is None:
        return _unowned(setup, company, number)
    if refusal := _no_voice(found):
        return Plan(company.slug, number, account, found, refusal=refusal[0], remedy=refusal[1])
    wanted = NumberSettings(_voice(found, setup.origin, fallback))
    changes = tuple(_changes(found.settings, wanted, found.voice))
    return Plan(company.slug, number, account, found, wanted, changes)


async def set_up(plan: Plan, twilio: TwilioAccounts, kept: KeptNumbers, now: datetime) -> Plan:
    """Carry out a plan, keeping what was there; the plan as it then stands at Twilio.

    Raises InvalidInput for one that was refused, ProviderFailed when Twilio does not take it.
    """
    if plan.refusal:
        raise InvalidInput(f"{plan.number}: {plan.refusal}: {plan.remedy}")
    account, found, wanted = plan.account, plan.at_twilio, plan.wanted
    if not plan.changes or account is None or found is None or wanted is None:
        return plan
    before = await kept.kept(plan.company, plan.number)
    # What led elsewhere is worth keeping; what led here already is not what was there before.
    if before is None or not same_address(found.voice.url, wanted.voice.url):
        await kept.keep(KeptSettings(plan.company, plan.number, account.sid, now, found.settings))
    after = await twilio.update(account, found.sid, wanted)
    return Plan(plan.company, plan.number, account, after, wanted, plan.changes)


async def plan_put_back(
    setup: Setup, twilio: TwilioAccounts, kept: KeptNumbers, company: Company, number: str
) -> Plan:
    """What puts a number back to what it was before it was led here. Raises ProviderFailed."""
    before = await kept.kept(company.slug, number)
    if before is None:
        return Plan(
            company.slug,
            number,
            refusal="nothing is kept of what it was set to",
            remedy=f"'clientsvia number setup {number}' keeps it; by hand: {ACTIVE_NUMBERS}",
        )
    account, found = await _owner(setup, twilio, company, number)
    if account is None or found is None:
        return _unowned(setup, company, number)
    changes = tuple(_changes(found.settings, before.before, found.own))
    return Plan(company.slug, number, account, found, before.before, changes)


async def put_back(plan: Plan, twilio: TwilioAccounts, kept: KeptNumbers) -> Plan:
    """Carry out such a plan, and forget what was kept; raises as ``set_up``."""
    if plan.refusal:
        raise InvalidInput(f"{plan.number}: {plan.refusal}: {plan.remedy}")
    if plan.account is not None and plan.at_twilio is not None and plan.wanted is not None:
        await twilio.update(plan.account, plan.at_twilio.sid, plan.wanted)
    await kept.forget(plan.company, plan.number)
    return plan


async def trial_warning(twilio: TwilioAccounts, account: TwilioAccount) -> str:
    """What an account on trial keeps from callers; empty for one that was upgraded."""
    found = await twilio.account(account)
    if not found.trial:
        return ""
    return (
        f"account {account.sid} is on trial: only numbers verified there can call or be rung, and "
        "each call begins with Twilio's notice: upgrade it at Console → Billing → Upgrade"
    )


async def _owner(
    setup: Setup, twilio: TwilioAccounts, company: Company, number: str
) -> tuple[TwilioAccount | None, NumberAtTwilio | None]:
    """The first of the company's accounts that has the number, and the number there."""
    if number not in (*company.numbers, *company.inactive_numbers):
        known = ", ".join(company.numbers) or "none"
        raise InvalidInput(f"{number} is no number of {company.slug}: it has {known}")
    for account in setup.accounts(company):
        found = await twilio.number(account, number)
        if found is not None:
            return account, found
    return None, None


def _origin_refused(setup: Setup) -> tuple[str, str] | None:
    if setup.demo:
        return (
            f"the demo answers at {setup.origin}, which Twilio cannot reach",
            "serve it at a public address: unset CLIENTSVIA_DEMO, set CLIENTSVIA_PUBLIC_ORIGIN",
        )
    check = check_origin(setup)
    return None if check.well else (check.found, check.remedy)


def _unowned(setup: Setup, company: Company, number: str) -> Plan:
    sids = " or ".join(account.sid for account in setup.accounts(company))
    if not sids:
        refusal = "no account with an auth token is known for it"
        remedy = "add twilio.account_sid and twilio.auth_tokens to the company's profile"
    else:
        refusal = f"not in account {sids}"
        remedy = (
            f"see {ACTIVE_NUMBERS} of that account: buy it or move it there, or name the account "
            "that has it in twilio.account_sid of the profile"
        )
    return Plan(company.slug, number, refusal=refusal, remedy=remedy)


def _no_voice(found: NumberAtTwilio) -> tuple[str, str] | None:
    """Why setting its webhook would not bring its calls here."""
    if not found.speaks:
        return (
            "it carries no calls, only texts",
            "choose a number that has Voice",
        )
    if found.trunk_sid:
        return (
            f"the SIP trunk {found.trunk_sid} takes its calls",
            (
                f"take it off the trunk first: Elastic SIP Trunking → {found.trunk_sid} → "
                "Numbers, then ask again"
            ),
        )
    if found.receive_mode != "voice":
        return (
            f"it is set to receive {found.receive_mode}, not calls",
            f"set Accept Incoming to Voice Calls first: {ACTIVE_NUMBERS} → {found.number}",
        )
    return None


def _voice(found: NumberAtTwilio, origin: str, fallback: str) -> VoiceSettings:
    url = f"{origin}{VOICE_PATH}"
    voice, failing, method = found.voice, fallback or f"{origin}{FALLBACK_PATH}", "POST"
    if not fallback and _stays(voice, url, origin):
        failing, method = voice.fallback_url, voice.fallback_method
    return VoiceSettings(url, "POST", failing, method, f"{origin}{STATUS_PATH}", "POST")


def _stays(voice: VoiceSettings, url: str, origin: str) -> bool:
    """Whether the present fallback is one off this host that was meant for calls which fail here.

    That of an earlier system is not: it would answer in that system's name.
    """
    given = voice.fallback_url
    if not given or given.startswith(f"{origin}/"):
        return False
    host = urlsplit(given).hostname or ""
    return same_address(voice.url, url) or host.endswith(_AT_TWILIO)


def _changes(
    present: NumberSettings, wanted: NumberSettings, in_force: VoiceSettings
) -> Iterator[Change]:
    """Field by field; what is in force is told, for it is what callers notice."""
    if present.application_sid != wanted.application_sid:
        yield Change("TwiML app", present.application_sid, wanted.application_sid)
    pairs: Sequence[tuple[str, str, str, str, str]] = (
        ("A call comes in", in_force.url, in_force.method, wanted.voice.url, wanted.voice.method),
        (
            "Primary handler fails",
            in_force.fallback_url,
            in_force.fallback_method,
            wanted.voice.fallback_url,
            wanted.voice.fallback_method,
        ),
        (
            "Call status changes",
            in_force.status_url,
            in_force.status_method,
            wanted.voice.status_url,
            wanted.voice.status_method,
        ),
    )
    for field, url, method, new_url, new_method in pairs:
        before, after = _shown(url, method), _shown(new_url, new_method)
        if before != after:
            yield Change(field, before, after)


def _shown(url: str, method: str) -> str:
    """An address with its method, without user and password."""
    return f"{without_secret(url)}, HTTP {method or 'POST'}" if url else ""
