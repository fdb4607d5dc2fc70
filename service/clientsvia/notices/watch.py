"""Tells the operator of what goes wrong, and owners of what they spend."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from clientsvia.notices.alarms import AN_HOUR
from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.calls.money.usage import ErrorKey, Failures, UsageBook
    from clientsvia.calls.money.usage import Notice as Reached
    from clientsvia.calls.ports import Clock
    from clientsvia.notices.alarms import Alarms
    from clientsvia.notices.ports import Outbox

log = structlog.get_logger(__name__)

EVERY_SECONDS = 10.0
LASTING = frozenset({"KeyRefused", "QuotaUsedUp", "UnknownModel"})
"""Failures of providers that go on until somebody mends their cause."""


class Watch:
    """Takes alarms out of memory, and failures of providers out of the book of usage.

    That book counts for all workers, by company, provider, kind and hour; so does what is told.
    """

    def __init__(self, outbox: Outbox, alarms: Alarms, book: UsageBook, clock: Clock) -> None:
        self.outbox = outbox
        self.alarms = alarms
        self._book = book
        self._clock = clock
        self._failing = False

    async def run(self) -> None:
        """Watch until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Tell what is to be told; a store that fails is asked again later."""
        try:
            await self.alarms.flush(self.outbox)
            now = self._clock.now()
            failures = await self._book.failures(now - AN_HOUR)
            await self.outbox.add(_notices(failures, now))
        except Exception as error:  # noqa: BLE001 - whatever fails, nothing is lost and calls go on
            if not self._failing:
                log.warning("alarms wait to be told", error=str(error))
            self._failing = True
        else:
            self._failing = False

    async def reached(self, reached: Reached, spent_usd: float) -> None:
        """Tell an owner that so much of the month's money is spent."""
        data = {
            "month": reached.month,
            "percent": reached.percent,
            "cap_usd": reached.cap_usd,
            "spent_usd": round(spent_usd, 2),
        }
        key = f"usage:{reached.month}:{reached.cap_usd:g}:{reached.percent}"
        told = Notice(reached.company, key, NoticeKind.USAGE, reached.at, reached.at, data=data)
        await self.outbox.add([told])


def _notices(failures: Sequence[tuple[ErrorKey, Failures]], now: datetime) -> Sequence[Notice]:
    return [_notice(key, failed, now) for key, failed in failures if key.error in LASTING]


def _notice(key: ErrorKey, failed: Failures, now: datetime) -> Notice:
    data = {
        "what": f"{key.provider} refuses to answer: {key.error}",
        "company": key.company,
        "count": failed.count,
        "since": key.hour.isoformat(),
        "found": failed.found,
        "remedy": failed.remedy,
    }
    told = f"provider:{key.company}:{key.provider}:{key.error}:{key.hour:%Y-%m-%dT%H}"
    return Notice("", told, NoticeKind.OPERATOR, now, now, data=data)
