"""Calls that are under way, and how many each company has had today on its own clock."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.calls.log_queries import CallFilter, CallTotals, Span
from clientsvia.companies.clocks import first_shown
from clientsvia.companies.profile import LimitsProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.calls.ports import CallLog, LoggedCall

USUAL_SECONDS = LimitsProfile().call_seconds


def live_since(now: datetime, call_seconds: int = USUAL_SECONDS) -> datetime:
    """From when on something must have been heard of a call that is under way.

    ``call_seconds`` is the limit of its company. Whoever talks with a person for longer than that
    is no longer told apart from a call whose end nobody told us.
    """
    return now - timedelta(seconds=call_seconds)


async def live_calls(
    log: CallLog,
    now: datetime,
    company: str | None = None,
    *,
    call_seconds: int = USUAL_SECONDS,
    limit: int = 50,
) -> Sequence[LoggedCall]:
    """The calls under way, of this company where one is given, newest first."""
    return await log.calls(CallFilter(company, live=live_since(now, call_seconds)), limit=limit)


async def calls_today(
    log: CallLog, zones: Mapping[str, str], now: datetime
) -> Mapping[str, CallTotals]:
    """Today's calls of companies by slug, each in its own time zone, in one question to the log."""
    spans = [(slug, today(ZoneInfo(zone), now)) for slug, zone in zones.items()]
    return dict(zip(zones, await log.totals(spans), strict=True))


def today(zone: ZoneInfo, now: datetime) -> Span:
    """From the first moment of the day in a zone up to now, and now too."""
    midnight = datetime.combine(now.astimezone(zone).date(), time())
    return Span(first_shown(midnight, zone), now + timedelta(microseconds=1))
