"""Moments as people write them, in commands and in pages."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from clientsvia.companies.clocks import first_shown
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_YEARS = range(2000, 2100)


def moment(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """An ISO 8601 moment on a company's clock, unless it has an offset; ``now`` when empty.

    Raises InvalidInput for what is none, or lies in a year no calendar is made for.
    """
    if not text:
        return now.astimezone(zone)
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is no moment: write it as 2026-12-24T18:30") from None
    if found.year not in _YEARS:
        raise InvalidInput(f"{text} is too far away: write a year from 2000 to 2099")
    return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)


def coming(text: str, zone: ZoneInfo, now: datetime) -> datetime:
    """A moment to come: ``14:00`` is the next time that a company's clock shows it."""
    try:
        wanted = time.fromisoformat(text)
    except ValueError:
        found = moment(text, zone, now)
    else:
        today = datetime.combine(now.astimezone(zone).date(), wanted)
        shown = (first_shown(today + timedelta(days=days), zone) for days in (0, 1, 2))
        found = next(then for then in shown if then.astimezone(UTC) > now)
    if found.astimezone(UTC) <= now:
        raise InvalidInput(f"{text} is over: write a time to come, as 14:00 or 2026-12-24T18:30")
    return found
