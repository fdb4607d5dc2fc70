"""Why calls are not answered: the three troubles owners have, each with its cause and remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from clientsvia.calls.ports import Question
from clientsvia.errors import ClientsViaError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from datetime import datetime

    from clientsvia.calls.ports import Responder
    from clientsvia.companies.company import Company

PROBE_SECONDS = 5.0
SERVICE_UNAVAILABLE = 503
PROBE_QUESTION = "What are your opening hours?"


class Trouble(StrEnum):
    """The troubles of the product's documentation, in its words."""

    WEBHOOK = "Webhook not responding"
    COMPANY = "Company not found"
    AI = "AI not responding"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``remedy`` is empty when it is well."""

    trouble: Trouble
    what: str
    found: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be looked at: ``signed`` tells whether webhooks must be signed."""

    origin: str
    demo: bool
    signed: bool
    platform_account: bool
    companies: tuple[Company, ...]


async def diagnose(setup: Setup, responder: Responder, now: datetime) -> AsyncIterator[Check]:
    """Every check, one by one as it is made."""
    yield _origin(setup)
    async for check in _reachable(setup.origin):
        yield check
    if not setup.companies:
        remedy = "import one: clientsvia company import FILE"
        yield Check(Trouble.COMPANY, "companies", "there is none", remedy)
    for company in setup.companies:
        for check in (*_company(company), *_account(setup, company)):
            yield check
        yield await _answers(company, responder, now)


def _origin(setup: Setup) -> Check:
    what = "public origin"
    if setup.demo:
        return Check(Trouble.WEBHOOK, what, f"{setup.origin} (demo: this machine alone)")
    parts = urlsplit(setup.origin)
    if parts.scheme != "https" or not parts.hostname:
        remedy = "set CLIENTSVIA_PUBLIC_ORIGIN to an https:// address that Twilio can reach"
        return Check(Trouble.WEBHOOK, what, setup.origin or "not set", remedy)
    return Check(Trouble.WEBHOOK, what, setup.origin)


async def _reachable(origin: str) -> AsyncIterator[Check]:
    """Whether the service answers at its origin, and whether the webhook takes POST."""
    url = f"{origin}/api/twilio/voice"
    timeout = aiohttp.ClientTimeout(total=PROBE_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session:
            async with session.get(f"{origin}/health/ready") as response:
                yield _readiness(response.status)
            async with session.get(url, allow_redirects=False) as response:
                yield _method(url, response.status)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        remedy = "start it (make run, or clientsvia serve), and see that the address leads to it"
        found = f"nothing answers at {origin} ({type(error).__name__})"
        yield Check(Trouble.WEBHOOK, "service", found, remedy)


def _readiness(status: int) -> Check:
    if status == SERVICE_UNAVAILABLE:
        remedy = "wait a moment, then look at the log: the store may be failing"
        return Check(Trouble.WEBHOOK, "service", "companies are not loaded", remedy)
    if status != 200:  # noqa: PLR2004 - HTTP's OK
        remedy = "see that the address leads to this service and to no other"
        return Check(Trouble.WEBHOOK, "service", f"/health/ready answers {status}", remedy)
    return Check(Trouble.WEBHOOK, "service", "answers")


def _method(url: str, status: int) -> Check:
    """The webhook refuses GET and nothing else is in its place."""
    if status == 405:  # noqa: PLR2004 - HTTP's Method Not Allowed
        return Check(Trouble.WEBHOOK, "webhook URL", f"{url}, HTTP POST")
    remedy = f"a proxy stands in between: let {url} through unchanged"
    return Check(Trouble.WEBHOOK, "webhook URL", f"a GET is answered with {status}", remedy)


def _company(company: Company) -> Iterable[Check]:
    what = f"{company.slug}"
    if not company.active:
        remedy = "set active: true in its profile and import it"
        yield Check(Trouble.COMPANY, what, "the company is inactive", remedy)
    numbers = [number for number in company.numbers if number not in company.inactive_numbers]
    if not numbers:
        remedy = "add its number to numbers in the profile, in E.164, such as +12395551212"
        yield Check(Trouble.COMPANY, what, "no number is in service", remedy)
    else:
        yield Check(Trouble.COMPANY, what, f"answers {', '.join(numbers)}")


def _account(setup: Setup, company: Company) -> Iterable[Check]:
    """Without a token no request of Twilio's can be believed."""
    if setup.signed and not setup.platform_account and company.twilio is None:
        remedy = "add twilio.account_sid and twilio.auth_tokens to its profile, and import it"
        yield Check(Trouble.WEBHOOK, company.slug, "no auth token: all calls are refused", remedy)


async def _answers(company: Company, responder: Responder, now: datetime) -> Check:
    what = f"{company.slug}, {company.ai.responder}"
    try:
        answer = await responder.answer(Question(company, PROBE_QUESTION, now))
    except ClientsViaError as error:
        return Check(Trouble.AI, what, f"failed: {error}", "mend what it says, then ask again")
    entries = len(company.knowledge.entries)
    if not answer.known and not entries:
        remedy = "add knowledge entries (question, answer) to its profile, and import it"
        return Check(Trouble.AI, what, "it knows nothing", remedy)
    return Check(Trouble.AI, what, f"answers, from {entries} knowledge entries")
