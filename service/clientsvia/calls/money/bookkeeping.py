"""Between a worker's counts and the book of all: stores, reads back, and tells owners."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.money.usage import Notice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clientsvia.calls.money.provider_errors import ProviderErrors
    from clientsvia.calls.money.spending import Ledger
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company

    Tell = Callable[[Notice, float], Awaitable[None]]

log = structlog.get_logger(__name__)

EVERY_SECONDS = 2.0
"""How often: what a crash may lose, and how late one worker learns what others spent."""

TOLD_AT = (80, 100)
"""At which percentages of its cap the owner of a company is told."""


async def _nobody(_notice: Notice, _spent_usd: float) -> None:
    """Where owners are told nothing."""


class Bookkeeping:
    """Adds what was counted to the book, and takes over its sums; nobody's call waits for it.

    ``tell`` has an owner told what was spent; it may be called more than once with the same.
    A book that fails loses nothing: what it did not take is added the next time.
    """

    def __init__(
        self,
        book: UsageBook,
        ledger: Ledger,
        errors: ProviderErrors,
        clock: Clock,
        tell: Tell = _nobody,
    ) -> None:
        self._book = book
        self._ledger = ledger
        self._errors = errors
        self._clock = clock
        self._tell = tell
        self._syncing: asyncio.Task[bool] | None = None
        self._failing = False
        self._told: set[tuple[str, str, float, int]] = set()

    async def run(self) -> None:
        """Keep both in step until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.sync()

    async def sync(self) -> bool:
        """Bring both in step now; False when the book did not answer."""
        if self._syncing is None or self._syncing.done():
            self._syncing = asyncio.create_task(self._sync())
        # A task of its own: who stops waiting must not leave in doubt whether it was stored.
        return await asyncio.shield(self._syncing)

    async def close(self, deadline: float) -> None:
        """Store what is left, for at most ``deadline`` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(deadline):
                if self._syncing is not None:
                    await asyncio.wait([self._syncing])
                while self._ledger.unstored or self._errors.unstored:
                    if not await self.sync():
                        await asyncio.sleep(deadline / 20)
        if left := self._ledger.unstored + self._errors.unstored:
            log.error(
                "usage could not be stored before the end",
                lost=left,
                remedy="see that the database's disk is not full, and that nothing locks it",
            )

    async def _sync(self) -> bool:
        try:
            await self._store()
            self._ledger.learn(await self._book.sums(self._ledger.since(), self._ledger.version))
            for company in self._ledger.companies():
                await self._tell_once(company)
        except Exception as error:  # noqa: BLE001 - whatever fails, calls go on and nothing is lost
            if not self._failing:
                log.warning("usage waits to be stored", error=str(error))
            self._failing = True
            return False
        self._failing = False
        return True

    async def _store(self) -> None:
        usage, failures = self._ledger.take(), self._errors.take()
        if not usage and not failures:
            return
        try:
            await self._book.add(usage, failures)
        except BaseException:
            self._ledger.restore()
            self._errors.restore()
            raise
        self._ledger.settle()
        self._errors.settle()

    async def _tell_once(self, company: Company) -> None:
        cap = company.spend.monthly_usd
        if cap <= 0:
            return
        month, spent = self._ledger.month(company), self._ledger.spent(company)
        for percent in TOLD_AT:
            key = (company.slug, month, cap, percent)
            if spent * 100 >= cap * percent and key not in self._told:
                notice = Notice(*key, self._clock.now())
                # Before it is noted, else a crash in between would leave the owner untold.
                await self._tell(notice, spent)
                if await self._book.notice(notice):
                    _log(notice, spent)
                self._told.add(key)


def _log(notice: Notice, spent: float) -> None:
    """This is called once for each notice, in one worker."""
    goes_on = "it answers from knowledge and in Twilio's voice until the month ends; "
    log.warning(
        "the month's money is used up" if notice.percent >= TOLD_AT[-1] else "80 % is spent",
        company=notice.company,
        month=notice.month,
        spent_usd=round(spent, 2),
        cap_usd=notice.cap_usd,
        remedy=f"{goes_on if notice.percent >= TOLD_AT[-1] else ''}"
        "raise spend.monthly_usd in its profile and import it, or leave it: no call is refused",
    )
