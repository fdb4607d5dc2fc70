"""A fallback that lives at Twilio: callers reach the company's person while this host is down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.admin.number_setup import plan_setup, set_up
from clientsvia.companies.refused_numbers import refusal
from clientsvia.errors import InvalidInput
from clientsvia.telephony import verbs
from clientsvia.telephony.twiml import Element, render

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clientsvia.admin.diagnosis.checks import Setup
    from clientsvia.admin.number_setup import Plan
    from clientsvia.admin.ports import KeptNumbers, TwilioAccounts
    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

SECONDS = 25  # a voicemail answers later than most people do
LATER = "We can't take your call right now. Please call again later. Goodbye."
UNREACHED = "If we could not be reached, please call again later. Goodbye."


@dataclass(frozen=True, slots=True)
class Installed:
    """A flow at Twilio, and the numbers that fall back on it."""

    url: str
    plans: Sequence[Plan]


def person(company: Company) -> Target | None:
    """Who is rung: whom all calls are forwarded to, else who is rung first, else anybody."""
    preferred = (company.account.target, company.after_hours.target, company.urgent.target)
    named = [found for one in preferred if (found := company.target(one)) is not None]
    callable_ = (
        target
        for target in (*named, *company.targets)
        if target.number and not refusal(target.number, company.region)
    )
    return next(callable_, None)


def bin_twiml(company: Company) -> str:
    """What to paste into a TwiML Bin.

    No caller id is set: Twilio shows the caller's own. What is said last is heard by those as well
    who have spoken with somebody, if they stay on the line.
    """
    agent, target = company.agent, person(company)

    def said(text: str) -> Element:
        return verbs.say(text, voice=agent.voice, language=agent.language)

    opening = said(_opening(company))
    if target is None:
        return render(verbs.response(opening, said(LATER))).decode()
    ringing = verbs.dial(verbs.number(target.number), timeout=target.ring_seconds or SECONDS)
    return render(verbs.response(opening, ringing, said(UNREACHED))).decode()


def flow_definition(company: Company) -> Mapping[str, Any]:
    """The same as a flow of Twilio Studio, in the form its API takes."""
    target = person(company)
    greet = _say(company, "greet", _opening(company), "ring" if target else "later")
    rest = [_say(company, "later", UNREACHED if target else LATER, "")]
    if target is not None:
        rest.insert(0, _ring(target))
    return {
        "description": f"Answers for {company.name} while its agent cannot be reached",
        "initial_state": "Trigger",
        "flags": {"allow_concurrent_calls": True},
        "states": [
            {
                "name": "Trigger",
                "type": "trigger",
                "properties": {},
                "transitions": [
                    {"event": "incomingCall", "next": "greet"},
                    {"event": "incomingMessage"},
                    {"event": "incomingRequest"},
                ],
            },
            greet,
            *rest,
        ],
    }


async def install(
    setup: Setup,
    twilio: TwilioAccounts,
    kept: KeptNumbers,
    company: Company,
    now: datetime,
    *,
    dry_run: bool = False,
) -> Installed:
    """Make the company's flow at Twilio, or renew it, and let its numbers fall back on it.

    Raises InvalidInput where there is no account to make it in, ProviderFailed as Twilio does.
    """
    accounts = setup.accounts(company)
    if not accounts:
        raise InvalidInput(
            f"no account of {company.slug} is known to make a flow in: add its SID and auth token, "
            "or paste the TwiML into a TwiML Bin: clientsvia number fallback"
        )
    name = f"{company.slug}: fallback"
    url = "" if dry_run else await twilio.make_flow(accounts[0], name, flow_definition(company))
    plans = [
        await plan_setup(setup, twilio, company, number, fallback=url) for number in company.numbers
    ]
    if dry_run:
        return Installed(url, plans)
    return Installed(
        url, [plan if plan.refusal else await set_up(plan, twilio, kept, now) for plan in plans]
    )


def _opening(company: Company) -> str:
    return f"Thank you for calling {company.name}."


def _say(company: Company, name: str, text: str, then: str) -> dict[str, Any]:
    following = {"event": "audioComplete", "next": then} if then else {"event": "audioComplete"}
    return {
        "name": name,
        "type": "say-play",
        "properties": {
            "say": text,
            "voice": company.agent.voice,
            "language": company.agent.language,
            "loop": 1,
        },
        "transitions": [following],
    }


def _ring(target: Target) -> dict[str, Any]:
    return {
        "name": "ring",
        "type": "connect-call-to",
        "properties": {
            "noun": "number",
            "to": target.number,
            "caller_id": "{{contact.channel.address}}",
            "timeout": target.ring_seconds or SECONDS,
        },
        "transitions": [{"event": "callCompleted", "next": "later"}, {"event": "hangup"}],
    }
