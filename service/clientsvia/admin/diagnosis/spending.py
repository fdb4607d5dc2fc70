"""What companies spend on models and voices, and what these refused or failed at."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Trouble
from clientsvia.admin.usage_report import month_usage
from clientsvia.calls.money.spending import month_of
from clientsvia.errors import ClientsViaError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clientsvia.admin.usage_report import MonthUsage
    from clientsvia.calls.money.usage import ErrorKey, Failures, UsageBook
    from clientsvia.companies.company import Company

NEAR = 0.8
A_DAY = timedelta(days=1)
PASSING = frozenset({"ProviderTimeout", "ProviderUnreachable", "ProviderBroken", "RateLimited"})
"""Failures that pass by themselves; the others go on until somebody mends their cause."""
PASSING_AT_MOST = 10  # a day, which callers hardly notice: others answer in the provider's place


async def check_usage(company: Company, book: UsageBook, now: datetime) -> Sequence[Check]:
    """Whether this month's money lasts, and what failed in the last 24 hours.

    Nothing is said of a company that asks no provider.
    """
    month = month_of(company.hours.local(now).date())
    try:
        used = await month_usage(book, company.slug, company.spend.monthly_usd, month)
        failures = await book.failures(now - A_DAY, company.slug)
    except ClientsViaError as error:
        what = f"{company.slug}, usage"
        return [Check(Trouble.AI, what, "the book of usage cannot be read", str(error))]
    if not used.models and not used.cap_usd and not failures:
        return []
    return [*_providers(f"{company.slug}, providers", failures), _spending(used)]


def _spending(used: MonthUsage) -> Check:
    what, share = f"{used.company}, spending", used.cap_share
    if share is None:
        found = f"{used.total.usd:.2f} USD in {used.month}, without a cap"
        return Check(Trouble.AI, what, found)
    found = f"{used.total.usd:.2f} of {used.cap_usd:.2f} USD in {used.month} ({share:.0%})"
    if share < NEAR:
        return Check(Trouble.AI, what, found)
    if share >= 1:
        found += ": it answers from knowledge and in Twilio's voice until the month ends"
    remedy = (
        "raise spend.monthly_usd in its profile, and import it: clientsvia company import FILE; "
        f"see: clientsvia usage --company {used.company}"
    )
    return Check(Trouble.AI, what, found, remedy)


def _providers(what: str, failures: Sequence[tuple[ErrorKey, Failures]]) -> Iterator[Check]:
    if not failures:
        yield Check(Trouble.AI, what, "none failed in the last 24 hours")
    for (provider, error), failed in _by_class(failures).items():
        times = "once" if failed.count == 1 else f"{failed.count} times"
        found = (
            f"{provider}: {error} {times} in the last 24 hours, last at "
            f"{failed.last:%H:%M} UTC: {failed.found}"
        )
        well = error in PASSING and failed.count <= PASSING_AT_MOST
        yield Check(Trouble.AI, what, found, "" if well else failed.remedy)


def _by_class(
    failures: Sequence[tuple[ErrorKey, Failures]],
) -> Mapping[tuple[str, str], Failures]:
    found: dict[tuple[str, str], Failures] = {}
    for key, failed in failures:
        name = (key.provider, key.error)
        found[name] = found[name] + failed if name in found else failed
    return found
