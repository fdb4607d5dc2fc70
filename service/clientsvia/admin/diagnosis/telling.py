"""Whether owners hear of messages: somebody to tell, a way to do so, and how that went of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.errors import ClientsViaError, InvalidNumber, ProviderFailed
from clientsvia.notices.delivery import DeliveryState
from clientsvia.notices.phrases import without_numbers
from clientsvia.notices.recipients import addresses
from clientsvia.telephony.numbers import parse

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from datetime import datetime

    from clientsvia.admin.ports import MailServer
    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.ports import Outbox

A_DAY = timedelta(days=1)
LOOKED_AT = 200
HOW = "clientsvia company import FILE"
_FREE = frozenset({"toll_free", "premium_rate", "shared_cost"})


@dataclass(frozen=True, slots=True)
class Owners:
    """Where what owners are told waits, and where mail is handed in."""

    outbox: Outbox
    mail: MailServer


async def check_owners(setup: Setup, owners: Owners, now: datetime) -> AsyncIterator[Check]:
    """Every check of how the operator and the owners of companies are told."""
    async for check in check_mail(setup, owners.mail):
        yield check
    for check in check_operator(setup):
        yield check
    for company in setup.companies:
        for check in await check_notices(setup, company, owners.outbox, now):
            yield check


async def check_mail(setup: Setup, mail: MailServer) -> AsyncIterator[Check]:
    """The mail server, if anybody is told by mail."""
    if setup.operator or any(company.notify.email for company in setup.companies):
        try:
            await mail.reach()
        except ProviderFailed as error:
            yield Check(Trouble.NOTICES, "mail server", error.found, error.remedy)
        else:
            yield Check(Trouble.NOTICES, "mail server", "takes mail")


def check_operator(setup: Setup) -> Iterator[Check]:
    """Whether the operator hears of anything."""
    if setup.operator:
        yield Check(Trouble.NOTICES, "operator", f"{setup.operator} hears of what goes wrong")
    elif setup.companies and not setup.demo:
        remedy = "set CLIENTSVIA_OPERATOR_EMAIL to a mailbox of yours, and start the service again"
        yield Check(Trouble.NOTICES, "operator", "nobody hears of what goes wrong", remedy)


async def check_notices(
    setup: Setup, company: Company, outbox: Outbox, now: datetime
) -> Sequence[Check]:
    """Who hears of a company's messages, by which number, and what could not be told."""
    try:
        tested = await outbox.tested(company.slug)
        told = await outbox.deliveries(company.slug, limit=LOOKED_AT)
    except ClientsViaError as error:
        what = f"{company.slug}, notices"
        return [Check(Trouble.NOTICES, what, "the outbox cannot be read", str(error))]
    return [
        _somebody(setup, company, tested),
        *_sender(company),
        *_failures(company, [one for one in told if one.notice.at > now - A_DAY]),
    ]


def _somebody(setup: Setup, company: Company, tested: frozenset[str]) -> Check:
    what, known = f"{company.slug}, owner", addresses(company.notify)
    if not known:
        found = "nobody hears of its messages: they wait in its box"
        remedy = f"add notify.email to its profile, and import it: {HOW}"
        return Check(Trouble.NOTICES, what, found, "" if setup.demo else remedy)
    named = [f"{channel}:{address}" for channel, address in known]
    untested = [one for one in named if one not in tested]
    if not untested:
        return Check(Trouble.NOTICES, what, f"hears of messages by {len(named)} tested ways")
    found = f"no test has reached {without_numbers(', '.join(untested))}"
    return Check(Trouble.NOTICES, what, found, f"try it: clientsvia notify test {company.slug}")


def _sender(company: Company) -> Iterator[Check]:
    """US networks block long numbers that are not registered, and nobody can see that from here."""
    sender = company.notify.sms_from
    if not (company.notify.sms and sender):
        return
    try:
        number = parse(sender, company.region)
    except InvalidNumber:
        return
    if number.region == "US" and number.kind not in _FREE:
        found = (
            f"text messages come from {without_numbers(sender)}, a US number: networks block it "
            "unless its use is registered (A2P 10DLC)"
        )
        yield Check(Trouble.NOTICES, f"{company.slug}, text messages", found)


def _failures(company: Company, told: Sequence[Delivery]) -> Iterator[Check]:
    """The newest failure of each channel; one that a later success followed is over."""
    what = f"{company.slug}, notices"
    for channel in sorted({one.channel for one in told}):
        of_it = [one for one in told if one.channel is channel and one.tried_at is not None]
        newest = max(of_it, key=lambda one: one.tried_at or one.due, default=None)
        if newest is None:
            continue
        sent = sum(one.state is DeliveryState.SENT for one in of_it)
        found = f"{sent} sent by {channel} in the last 24 hours"
        if newest.state is not DeliveryState.SENT:
            found += f"; the last one failed: {without_numbers(newest.error)}"
            yield Check(Trouble.NOTICES, what, found, newest.remedy)
        else:
            yield Check(Trouble.NOTICES, what, found)
