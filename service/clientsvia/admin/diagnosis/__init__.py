"""Why calls are not answered, or owners not told: each trouble with its cause and remedy."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.answers import check_answers, check_recent_calls
from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.admin.diagnosis.companies import check_companies, find_called
from clientsvia.admin.diagnosis.installation import check_installation, check_redis, check_store
from clientsvia.admin.diagnosis.numbers_at_twilio import check_numbers
from clientsvia.admin.diagnosis.providers import check_model, check_voice
from clientsvia.admin.diagnosis.spending import check_usage
from clientsvia.admin.diagnosis.telling import Owners, check_mail, check_notices, check_owners
from clientsvia.admin.diagnosis.webhook import check_webhook

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from datetime import datetime

    from clientsvia.admin.ports import Shared, TwilioAccounts
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import CallLog, Responder, Speech
    from clientsvia.calls.responders import Answering
    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import Companies

__all__ = [
    "Check",
    "Owners",
    "Setup",
    "Sources",
    "Trouble",
    "check_installation",
    "check_webhook",
    "diagnose",
    "diagnose_company",
]


def _no_models(_company: Company) -> Iterable[tuple[str, Answering]]:
    """No company is answered for by anybody else."""
    return ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Who is asked.

    ``responder`` is what calls get, with all it falls back on. ``models`` gives, for a company,
    each of its responders that has a provider behind it, by its name in the profile and alone.
    ``speech`` is None where nothing but Twilio speaks, ``owners`` where nobody is told anything.
    """

    companies: Companies
    call_log: CallLog
    responder: Responder
    twilio: TwilioAccounts
    usage: UsageBook
    shared: Shared | None = None
    models: Callable[[Company], Iterable[tuple[str, Answering]]] = _no_models
    speech: Speech | None = None
    owners: Owners | None = None


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
    async for check in _reached(setup, sources, now):
        yield check
    if sources.owners is not None:
        async for check in check_owners(setup, sources.owners, now):
            yield check


async def diagnose_company(setup: Setup, sources: Sources, now: datetime) -> AsyncIterator[Check]:
    """What concerns the companies of ``setup`` themselves, and nothing of the installation."""
    for check in check_companies(setup):
        yield check
    async for check in _reached(setup, sources, now):
        yield check
    if sources.owners is None:
        return
    async for check in check_mail(setup, sources.owners.mail):
        yield check
    for company in setup.companies:
        for check in await check_notices(setup, company, sources.owners.outbox, now):
            yield check


async def _reached(setup: Setup, sources: Sources, now: datetime) -> AsyncIterator[Check]:
    """Whether calls come here, and how callers are answered."""
    async for check in check_webhook(setup):
        yield check
    if setup.ask_twilio:
        async for check in check_numbers(setup, sources.twilio):
            yield check
    for company in setup.companies:
        async for check in _agent(company, sources, now):
            yield check


async def _agent(company: Company, sources: Sources, now: datetime) -> AsyncIterator[Check]:
    """Whether it answers and speaks, here and now and of late, and what that costs."""
    yield await check_answers(company, sources.responder, now)
    for name, model in sources.models(company):
        yield await check_model(company, name, model, now)
    if sources.speech is not None and sources.speech.has_voice(company):
        yield await check_voice(company, sources.speech, now)
    yield await check_recent_calls(company, sources.call_log)
    for check in await check_usage(company, sources.usage, now):
        yield check
