"""The daily digest: once a day, at the time each company set on its own clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.notices.ports import Days, Outbox

log = structlog.get_logger(__name__)

EVERY_SECONDS = 20.0
LATE = timedelta(hours=6)
"""How late a digest may be: a service that was down makes up for it; older news is no use."""


class Digests:
    """Puts each company's digest into the outbox; which worker does so makes no difference."""

    def __init__(
        self,
        outbox: Outbox,
        days: Days,
        companies: Callable[[], Sequence[Company]],
        clock: Clock,
    ) -> None:
        self._outbox = outbox
        self._days = days
        self._companies = companies
        self._clock = clock
        self._done: dict[str, date] = {}

    async def run(self) -> None:
        """Write digests until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(EVERY_SECONDS)

    async def look(self) -> None:
        """Write those that are due; one that fails is written the next time."""
        now = self._clock.now()
        for company in self._companies():
            if company.notify.digest is None:
                continue
            try:
                await self._write(company, now)
            except Exception as error:  # noqa: BLE001 - the others are to get theirs
                log.warning("a digest waits", company=company.slug, error=str(error))

    async def _write(self, company: Company, now: datetime) -> None:
        today = company.hours.local(now).date()
        days = (today, today - timedelta(days=1))
        day = next((day for day in days if digest_at(company, day) <= now), None)
        if day is None or self._done.get(company.slug) == day:
            return
        until, since = digest_at(company, day), digest_at(company, day - timedelta(days=1))
        if now <= until + LATE:
            told = await self._days.of(company, since, until)
            if any(told.values()):
                span = {"since": since.isoformat(), "until": until.isoformat()}
                data = {**told, **span}
                key = f"digest:{day.isoformat()}"
                await self._outbox.add(
                    [Notice(company.slug, key, NoticeKind.DIGEST, until, until, data=data)]
                )
        self._done[company.slug] = day


def digest_at(company: Company, day: date) -> datetime:
    """When a company's digest of a day is due, in UTC.

    A time that is skipped when clocks are set forward comes as much later; of one that is repeated
    the first counts.
    """
    at = company.notify.digest or datetime.min.time()
    return datetime.combine(day, at, company.hours.zone).astimezone(UTC)
