"""When a delivery is tried: not in quiet hours, and again and again after failures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from clientsvia.companies.shifts import DAY

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))
"""How long is waited after the first failures; the last is repeated."""

ATTEMPTS = 17
"""How often a delivery is tried: for 24 hours, quiet ones not counted."""


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When to try again after the given number of failures; None when it is given up."""
    return None if attempts >= ATTEMPTS else now + PAUSES[min(attempts, len(PAUSES)) - 1]


def after_quiet(company: Company, moment: datetime) -> datetime:
    """``moment``, or the end of the company's quiet hours if it lies within; in UTC.

    The wall clock decides, as in opening hours.
    """
    quiet = company.notify.quiet
    if quiet is None:
        return moment
    local = company.hours.local(moment)
    minute = local.hour * 60 + local.minute
    if minute in quiet:
        end = quiet.end
    elif minute + DAY in quiet:  # the tail of a night that began yesterday
        end = quiet.end - DAY
    else:
        return moment
    days, rest = divmod(end, DAY)
    wall = datetime.combine(local.date() + timedelta(days=days), datetime.min.time())
    ended = (wall + timedelta(minutes=rest)).replace(tzinfo=local.tzinfo)
    # Of an hour that is skipped or repeated, whichever moment is not over yet.
    return max(moment, ended.astimezone(UTC))
