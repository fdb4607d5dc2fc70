"""Why calls are not answered: the three troubles owners have, each with its cause and remedy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.answers import answers, recent_calls
from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.admin.diagnosis.companies import called, companies
from clientsvia.admin.diagnosis.installation import installation, store
from clientsvia.admin.diagnosis.numbers_at_twilio import numbers_at_twilio
from clientsvia.admin.diagnosis.webhook import webhook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from clientsvia.admin.ports import TwilioAccounts
    from clientsvia.calls.ports import CallLog, Responder
    from clientsvia.companies.ports import Companies

__all__ = ["Check", "Setup", "Sources", "Trouble", "diagnose", "installation"]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who is asked."""

    companies: Companies
    call_log: CallLog
    responder: Responder
    twilio: TwilioAccounts


async def diagnose(setup: Setup, sources: Sources, now: datetime) -> AsyncIterator[Check]:
    """Every check but those of ``installation``, one by one as it is made.

    When a number is asked about, they are those of the company that has it.
    """
    yield await store(setup, sources.companies)
    if setup.called:
        check, owner = called(setup)
        yield check
        setup = replace(setup, companies=() if owner is None else (owner,))
    if not setup.called or setup.companies:
        for check in companies(setup):
            yield check
    async for check in webhook(setup):
        yield check
    if setup.ask_twilio:
        async for check in numbers_at_twilio(setup, sources.twilio):
            yield check
    for company in setup.companies:
        yield await answers(company, sources.responder, now)
        yield await recent_calls(company, sources.call_log)
