"""Why calls are not answered: the three troubles owners have, each with its cause and remedy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.answers import check_answers, check_recent_calls
from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.admin.diagnosis.companies import check_companies, find_called
from clientsvia.admin.diagnosis.installation import check_installation, check_redis, check_store
from clientsvia.admin.diagnosis.numbers_at_twilio import check_numbers
from clientsvia.admin.diagnosis.spending import check_usage
from clientsvia.admin.diagnosis.webhook import check_webhook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from clientsvia.admin.ports import Shared, TwilioAccounts
    from clientsvia.calls.ports import CallLog, Responder
    from clientsvia.calls.usage import UsageBook
    from clientsvia.companies.ports import Companies

__all__ = [
    "Check",
    "Setup",
    "Sources",
    "Trouble",
    "check_installation",
    "check_webhook",
    "diagnose",
]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who is asked."""

    companies: Companies
    call_log: CallLog
    responder: Responder
    twilio: TwilioAccounts
    usage: UsageBook
    shared: Shared | None = None


async def diagnose(setup: Setup, sources: Sources, now: datetime) -> AsyncIterator[Check]:
    """Every check but those of ``check_installation``, one by one as it is made.

    When a number is asked about, they are those of the company that has it.
    """
    yield await check_store(setup, sources.companies)
    if sources.shared is not None:
        yield await check_redis(sources.shared)
    if setup.called:
        check, owner = find_called(setup)
        yield check
        setup = replace(setup, companies=() if owner is None else (owner,))
    if not setup.called or setup.companies:
        for check in check_companies(setup):
            yield check
    async for check in check_webhook(setup):
        yield check
    if setup.ask_twilio:
        async for check in check_numbers(setup, sources.twilio):
            yield check
    for company in setup.companies:
        yield await check_answers(company, sources.responder, now)
        yield await check_recent_calls(company, sources.call_log)
        for check in await check_usage(company, sources.usage, now):
            yield check
