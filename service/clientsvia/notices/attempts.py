"""What becomes of a delivery after an attempt: sent, tried again, or given up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from clientsvia.errors import ProviderFailed, ProviderTimeout, Undeliverable
from clientsvia.logs import without_secrets
from clientsvia.notices.delivery import DeliveryState
from clientsvia.notices.notice import Notice, NoticeKind
from clientsvia.notices.patience import after_quiet, next_try
from clientsvia.notices.phrases import without_numbers

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Channel, Delivery

log = structlog.get_logger(__name__)

_LONGEST = 500


def sent(delivery: Delivery, receipt: str, now: datetime) -> Delivery:
    """A delivery that its channel has taken."""
    log.info(
        "told",
        company=delivery.notice.company,
        kind=delivery.notice.kind,
        channel=delivery.channel,
        attempts=delivery.attempts + 1,
    )
    return replace(
        delivery,
        state=DeliveryState.SENT,
        attempts=delivery.attempts + 1,
        tried_at=now,
        error="",
        remedy="",
        receipt=receipt[:_LONGEST],
    )


def failed(
    delivery: Delivery, error: ProviderFailed, company: Company | None, now: datetime
) -> Delivery:
    """A delivery that could not be made, and when it is tried again if it is."""
    attempts = delivery.attempts + 1
    state, due = _afterwards(delivery, error, company, now)
    found, remedy = (without_secrets(text)[:_LONGEST] for text in (error.found, error.remedy))
    log.warning(
        "a notice is not sent",
        company=delivery.notice.company,
        kind=delivery.notice.kind,
        channel=delivery.channel,
        attempts=attempts,
        state=state,
        error=without_numbers(found),
        remedy=remedy,
    )
    return replace(
        delivery,
        state=state,
        due=due,
        attempts=attempts,
        tried_at=now,
        error=found,
        remedy=remedy,
    )


def _afterwards(
    delivery: Delivery, error: ProviderFailed, company: Company | None, now: datetime
) -> tuple[DeliveryState, datetime]:
    """The state after a failure, and when it is tried again."""
    if isinstance(error, Undeliverable):
        return DeliveryState.REFUSED, delivery.due
    again = next_try(delivery.attempts + 1, now)
    if again is None or delivery.notice.kind is NoticeKind.TEST:
        return DeliveryState.GIVEN_UP, delivery.due
    if company is not None and not delivery.notice.urgent:
        again = after_quiet(company, again)
    return DeliveryState.WAITING, again


def undelivered(delivery: Delivery, now: datetime) -> Notice:
    """What the operator hears: once an hour for a company and channel."""
    company = delivery.notice.company
    data = {
        "what": f"The owner cannot be told by {delivery.channel}",
        "company": company,
        "found": f"{delivery.address}: {delivery.error}",
        "remedy": f"{delivery.remedy}; see: clientsvia notify list {company}",
    }
    key = f"undelivered:{company}:{delivery.channel}:{now:%Y-%m-%dT%H}"
    return Notice("", key, NoticeKind.OPERATOR, now, now, data=data)


def too_slow(channel: Channel, seconds: float) -> ProviderTimeout:
    """That a channel did not end."""
    found = f"{channel} took longer than {seconds:.0f} s"
    return ProviderTimeout(found, "it is tried again; see that the other side answers")


def broken(error: Exception) -> ProviderFailed:
    """That a channel failed as it never should."""
    found = f"it failed unexpectedly ({type(error).__name__})"
    return ProviderFailed(found, "it is tried again; see the log of the service")


def unreadable() -> ProviderFailed:
    """That nothing is known of the company for now."""
    return ProviderFailed(
        "the company cannot be read", "see its trouble in the log of the service, or in doctor"
    )


def unwanted() -> Undeliverable:
    """That the address was taken out of the profile."""
    return Undeliverable(
        "the profile names this address no more",
        "nothing, if that is meant; else add it under notify again, and import the profile",
    )
