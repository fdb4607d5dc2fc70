"""The numbers as Twilio has them: does a call come to us at all?"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientsvia.admin.diagnosis.checks import (
    FALLBACK_PATH,
    STATUS_PATH,
    VOICE_PATH,
    Check,
    Setup,
    Trouble,
)
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from clientsvia.admin.ports import NumberAtTwilio, TwilioAccounts
    from clientsvia.companies.company import Company

AT_ONCE = 4  # Twilio refuses those who ask for too much at a time
ACTIVE_NUMBERS = "Console → Phone Numbers → Manage → Active Numbers"


async def check_numbers(setup: Setup, twilio: TwilioAccounts) -> AsyncIterator[Check]:
    """What Twilio does with a call to each number, in the companies' order."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(company: Company) -> list[Check]:
        async with turns:
            return [check async for check in _numbers(setup, twilio, company)]

    asked = [c for c in setup.companies if setup.accounts(c)]
    for checks in await asyncio.gather(*map(ask, asked)):
        for check in checks:
            yield check


async def _numbers(setup: Setup, twilio: TwilioAccounts, company: Company) -> AsyncIterator[Check]:
    for number in company.numbers:
        try:
            found = await find(setup, twilio, company, number)
        except ProviderFailed as error:
            what = f"{company.slug} at Twilio"
            yield Check(Trouble.WEBHOOK, what, f"could not ask Twilio: {error.found}", error.remedy)
            return  # what failed for one number fails for the company's others
        if found is None:
            yield _missing(setup, company, number)
        else:
            for check in judge(found, setup.origin):
                yield check


async def find(
    setup: Setup, twilio: TwilioAccounts, company: Company, number: str
) -> NumberAtTwilio | None:
    """A number as the first of the company's accounts has it; raises ProviderFailed."""
    for account in setup.accounts(company):
        found = await twilio.number(account, number)
        if found is not None:
            return found
    return None


def _missing(setup: Setup, company: Company, number: str) -> Check:
    sids = " or ".join(account.sid for account in setup.accounts(company))
    remedy = (
        f"see {ACTIVE_NUMBERS} of that account: buy it or move it there, or name the account that "
        "has it in twilio.account_sid of the profile"
    )
    return Check(Trouble.WEBHOOK, f"{number} at Twilio", f"not in account {sids}", remedy)


def judge(number: NumberAtTwilio, origin: str) -> Iterator[Check]:
    """What keeps a number's calls, or news of them, from coming to ``origin``."""
    what = f"{number.number} at Twilio"
    findings = list(_bypassed(number) or _voice(number, origin))
    for found, remedy in findings:
        yield Check(Trouble.WEBHOOK, what, found, f"{_place(number)}: {remedy}, and save")
    if not findings:
        via = f" (TwiML app {number.application_sid})" if number.application_sid else ""
        found = f"{origin}{VOICE_PATH}, HTTP POST, with fallback and status{via}"
        yield Check(Trouble.WEBHOOK, what, found)


def _place(number: NumberAtTwilio) -> str:
    if number.application_sid and not number.trunk_sid:
        return (
            f"Console → Phone Numbers → Manage → TwiML Apps → {number.application_sid} → Voice "
            "Configuration"
        )
    return f"{ACTIVE_NUMBERS} → {number.number} → Voice Configuration"


def _bypassed(number: NumberAtTwilio) -> list[tuple[str, str]]:
    """Why the webhook is never asked, whatever it is set to."""
    if number.receive_mode != "voice":
        found = f"it is set to receive {number.receive_mode}, not calls"
        return [(found, "set Accept Incoming to Voice Calls")]
    if number.trunk_sid:
        found = f"the SIP trunk {number.trunk_sid} takes its calls, and no webhook is asked"
        return [(found, "set Configure with to Webhook instead of SIP Trunk")]
    return []


def _voice(number: NumberAtTwilio, origin: str) -> Iterator[tuple[str, str]]:
    voice = number.voice
    url = f"{origin}{VOICE_PATH}"
    app = f" of the TwiML app {number.application_sid}" if number.application_sid else ""
    if not same_address(voice.url, url):
        found = f"the voice URL{app} is {_shown(voice.url)}"
        yield found, f"set A call comes in to Webhook, {url}, HTTP POST"
    elif voice.method != "POST":
        yield f"the voice URL{app} is asked by {voice.method}", "set its HTTP method to POST"
    yield from _fallback(number, f"{origin}{FALLBACK_PATH}")
    status_url = f"{origin}{STATUS_PATH}"
    if not same_address(voice.status_url, status_url) or voice.status_method != "POST":
        given = f"{_shown(voice.status_url)}, HTTP {voice.status_method}"
        found = f"the status callback is {given if voice.status_url else 'not set'}"
        yield found, f"set Call status changes to {status_url}, HTTP POST"


def _fallback(number: NumberAtTwilio, url: str) -> Iterator[tuple[str, str]]:
    """Ours, or any other: a fallback that lives elsewhere answers when this host is down."""
    voice = number.voice
    if not voice.fallback_url:
        found = "there is no fallback: a caller whose webhook fails hears an application error"
        yield found, f"set Primary handler fails to Webhook, {url}, HTTP POST"
    elif same_address(voice.fallback_url, url) and voice.fallback_method != "POST":
        yield f"the fallback is asked by {voice.fallback_method}", "set its HTTP method to POST"


def same_address(given: str, wanted: str) -> bool:
    """Whether Twilio would ask ``wanted``: a fragment only sets its timeouts."""
    return without_secret(given) == wanted


def without_secret(url: str) -> str:
    """The address without fragment, user and password; scheme and host in lower case."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return url
    host = parts.netloc.rpartition("@")[2].lower().removesuffix(":443")
    return parts._replace(netloc=host, fragment="").geturl()


def _shown(url: str) -> str:
    return without_secret(url) or "not set"
