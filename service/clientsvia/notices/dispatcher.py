"""Sends what is in the outbox: every worker runs one of these beside its calls."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from clientsvia.errors import ProviderFailed, StoreUnavailable
from clientsvia.notices.addressing import Addressing
from clientsvia.notices.attempts import (
    broken,
    failed,
    sent,
    too_slow,
    undelivered,
    unreadable,
    unwanted,
)
from clientsvia.notices.delivery import DeliveryState
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.recipients import still_meant

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Channel, Delivery
    from clientsvia.notices.notice import Notice
    from clientsvia.notices.ports import Carrier, Outbox

log = structlog.get_logger(__name__)

EVERY_SECONDS = 1.0
"""How often the outbox is looked into: how late a notice may be."""

ON_EACH_CHANNEL = 8
"""How many deliveries of a channel a worker has under way."""

CARRY_SECONDS = 45.0
LEASE = timedelta(seconds=2 * CARRY_SECONDS)
KEPT = timedelta(days=90)
_FORGETS_EVERY = timedelta(hours=1)


@dataclass(slots=True)
class Dispatcher:
    """Addresses notices by the settings of their companies as they are then, and carries them.

    ``companies`` gives a company by its slug. ``operator`` is the mailbox of who runs the service,
    or empty.
    """

    outbox: Outbox
    companies: Callable[[str], Company | None]
    carriers: Mapping[Channel, Carrier]
    clock: Clock
    operator: str = ""
    _addressing: Addressing = field(init=False)
    _underway: dict[Channel, set[asyncio.Task[None]]] = field(default_factory=dict)
    _forgets_at: datetime | None = None
    _failing: bool = False

    def __post_init__(self) -> None:
        self._addressing = Addressing(self.outbox, self.companies, self.operator)

    async def run(self) -> None:
        """Send what is due until cancelled."""
        while True:
            if not await self.look():
                await asyncio.sleep(EVERY_SECONDS)
            elif tasks := self._tasks():  # there may be more: as soon as there is room for it
                first = asyncio.FIRST_COMPLETED
                await asyncio.wait(tasks, timeout=EVERY_SECONDS, return_when=first)

    async def look(self) -> bool:
        """Address what is due, and begin to carry it; whether anything was begun.

        A store that fails is asked again later.
        """
        begun = 0
        try:
            now = self.clock.now()
            for notice in await self.outbox.unaddressed(now):
                await self._addressing.address(notice, now)
            for channel in self.carriers:
                begun += await self._begin(channel, now)
            await self._forget(now)
        except Exception as error:  # noqa: BLE001 - whatever fails, nothing is lost and calls go on
            if not self._failing:
                log.warning("notices wait to be sent", error=str(error))
            self._failing = True
        else:
            self._failing = False
        return begun > 0

    async def idle(self) -> None:
        """Return when nothing is being carried by this worker."""
        while tasks := self._tasks():
            await asyncio.wait(tasks)

    async def close(self, deadline: float) -> None:
        """Wait for what is being carried, for at most ``deadline`` seconds.

        What is cut off here is carried again when its lease is over.
        """
        if tasks := self._tasks():
            _, late = await asyncio.wait(tasks, timeout=deadline)
            while late:
                for task in late:
                    task.cancel()  # one that is sent already may still record that
                _, late = await asyncio.wait(late, timeout=EVERY_SECONDS)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [task for underway in self._underway.values() for task in underway]

    async def tell(self, notice: Notice) -> Sequence[Delivery]:
        """Carry one notice now, and return its deliveries as they are then."""
        await self.outbox.add([notice])
        now = self.clock.now()
        await self._addressing.address(notice, now)
        for channel in self.carriers:
            await self._begin(channel, now, notice)
        await self.idle()
        return await self.outbox.deliveries(notice.company, notice.key)

    async def _begin(self, channel: Channel, now: datetime, only: Notice | None = None) -> int:
        """Start a task for each delivery that may be under way beside those that are; how many."""
        underway = self._underway.setdefault(channel, set())
        free = ON_EACH_CHANNEL - len(underway)
        if free <= 0:
            return 0
        claimed = await self.outbox.claim(channel, now, now + LEASE, free, only)
        for delivery in claimed:
            task = asyncio.create_task(self._carry(delivery))
            underway.add(task)
            task.add_done_callback(underway.discard)
        return len(claimed)

    async def _carry(self, delivery: Delivery) -> None:
        """One attempt; whatever comes of it is recorded."""
        company = self.companies(delivery.notice.company)
        if company is None and delivery.notice.company:
            await self._record(self._failed(delivery, unreadable()))
            return
        if not still_meant(delivery, company):
            await self._record(self._failed(delivery, unwanted()), heard=False)
            return
        try:
            async with asyncio.timeout(CARRY_SECONDS):
                receipt = await self.carriers[delivery.channel].carry(delivery, company)
        except ProviderFailed as error:
            after = self._failed(delivery, error)
        except TimeoutError:
            after = self._failed(delivery, too_slow(delivery.channel, CARRY_SECONDS))
        except Exception as error:
            log.exception("a channel broke", channel=delivery.channel)
            after = self._failed(delivery, broken(error))
        else:
            after = sent(delivery, receipt, self.clock.now())
        await self._record(after)

    def _failed(self, delivery: Delivery, error: ProviderFailed) -> Delivery:
        return failed(delivery, error, self.companies(delivery.notice.company), self.clock.now())

    async def _record(self, after: Delivery, *, heard: bool = True) -> None:
        """Keep what came of an attempt; while the store fails, for as long as nobody repeats it.

        The operator hears of what is given up, if it is to be ``heard``.
        """
        lost = after.state in {DeliveryState.REFUSED, DeliveryState.GIVEN_UP}
        owner = bool(after.notice.company) and after.notice.kind is not NoticeKind.TEST
        tell = lost and owner and heard
        while True:
            try:
                if tell:
                    await self.outbox.add([undelivered(after, self.clock.now())])
                if not await self.outbox.record(after):
                    log.warning("a delivery took longer than its lease", channel=after.channel)
            except StoreUnavailable as error:
                now = self.clock.now()
                if after.leased_until is None or now >= after.leased_until:
                    log.error("a delivery will be repeated", error=str(error), state=after.state)  # noqa: TRY400 - the cause is told
                    return
                await asyncio.sleep(EVERY_SECONDS)
            else:
                return

    async def _forget(self, now: datetime) -> None:
        if self._forgets_at is None or now >= self._forgets_at:
            self._forgets_at = now + _FORGETS_EVERY
            await self.outbox.forget(now - KEPT)
