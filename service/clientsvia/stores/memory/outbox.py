"""Notices that wait to be sent, in the process."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.notices.delivery import DeliveryState
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.ports import AT_ONCE
from clientsvia.stores.memory.forgetting import forget

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from clientsvia.notices.delivery import Channel, Delivery
    from clientsvia.notices.notice import Notice

    _Key = tuple[str, str]


class MemoryOutbox:
    """Notices and deliveries in dictionaries, in the order they came in."""

    def __init__(self) -> None:
        self._notices: dict[_Key, Notice] = {}
        self._open: dict[_Key, Notice] = {}
        self._deliveries: dict[str, Delivery] = {}

    def forget_company(self, company: str) -> int:
        """Let go of all notices of a company and their deliveries; how many those were."""
        forget(self._open, lambda key: key[0] == company)
        theirs = {one.id for one in self._deliveries.values() if one.notice.company == company}
        sent = forget(self._deliveries, lambda number: number in theirs)
        return sent + forget(self._notices, lambda key: key[0] == company)

    async def add(self, notices: Sequence[Notice]) -> None:
        """Put notices in; one that is there already is left as it is."""
        for notice in notices:
            if _key(notice) not in self._notices:
                self._notices[_key(notice)] = self._open[_key(notice)] = notice

    async def unaddressed(
        self, due: datetime | None = None, company: str | None = None, limit: int = 50
    ) -> Sequence[Notice]:
        """Notices nobody has addressed yet."""
        found = [
            one
            for one in self._open.values()
            if (due is None or one.due <= due) and company in {None, one.company}
        ]
        return sorted(found, key=lambda one: (not one.urgent, one.due))[:limit]

    def of_call(self, company: str, call_sid: str) -> list[Notice]:
        """The notices of a call."""
        return [
            notice
            for notice in self._notices.values()
            if notice.company == company and notice.data.get("call_sid") == call_sid
        ]

    def forget_call(self, company: str, call_sid: str) -> int:
        """Delete the notices of a call with their deliveries; how many there were."""
        gone = set(map(_key, self.of_call(company, call_sid)))
        for key in gone:
            del self._notices[key]
            self._open.pop(key, None)
        kept = self._deliveries.items()
        self._deliveries = {name: one for name, one in kept if _key(one.notice) not in gone}
        return len(gone)

    async def postpone(self, notice: Notice, due: datetime) -> None:
        """Let a notice that is not addressed yet be due later."""
        if _key(notice) in self._open:
            self._notices[_key(notice)] = self._open[_key(notice)] = replace(notice, due=due)

    async def address(self, notice: Notice, deliveries: Sequence[Delivery]) -> None:
        """Put in what is to be delivered of a notice, which is settled with that."""
        if self._open.pop(_key(notice), None) is not None:
            self._deliveries |= {one.id: one for one in deliveries}

    async def claim(
        self,
        channel: Channel,
        now: datetime,
        until: datetime,
        limit: int,
        only: Notice | None = None,
    ) -> Sequence[Delivery]:
        """Deliveries that are due, for this worker alone ``until`` then."""
        waiting = [one for one in self._deliveries.values() if _waits(one)]
        of_channel = [one for one in waiting if one.channel is channel]
        held = Counter(one.address for one in of_channel if _leased(one, now))
        claimed: list[Delivery] = []
        for one in _in_order(of_channel):
            wanted = only is None or _key(one.notice) == _key(only)
            free = not _leased(one, now) and held[one.address] < AT_ONCE
            if wanted and free and one.due <= now and len(claimed) < limit:
                held[one.address] += 1
                claimed.append(replace(one, leased_until=until))
        self._deliveries |= {one.id: one for one in claimed}
        return claimed

    async def record(self, delivery: Delivery) -> bool:
        """Keep a claimed delivery as it is after an attempt."""
        kept = self._deliveries.get(delivery.id)
        if kept is None or kept.leased_until is None or kept.leased_until != delivery.leased_until:
            return False
        self._deliveries[delivery.id] = replace(delivery, leased_until=None)
        return True

    async def deliveries(
        self, company: str | None = None, key: str | None = None, limit: int = 50
    ) -> Sequence[Delivery]:
        """The newest notices' first."""
        found = [
            one
            for one in self._deliveries.values()
            if company in {None, one.notice.company} and key in {None, one.notice.key}
        ]
        found.sort(key=lambda one: (one.notice.key, one.channel, one.address))
        return sorted(found, key=lambda one: one.notice.at, reverse=True)[:limit]

    async def tested(self, company: str) -> frozenset[str]:
        """Each ``channel:address`` of a company whose newest test was sent."""
        tests = [
            one
            for one in self._deliveries.values()
            if one.notice.company == company and one.notice.kind is NoticeKind.TEST
        ]
        newest = {
            f"{one.channel}:{one.address}": one.state
            for one in sorted(tests, key=lambda one: one.notice.at)
        }
        return frozenset(to for to, state in newest.items() if state is DeliveryState.SENT)

    async def told(
        self, company: str, kind: NoticeKind, since: datetime, until: datetime
    ) -> Sequence[Notice]:
        """A company's notices of a kind from ``since`` up to ``until``, in order."""
        found = [
            one
            for one in self._notices.values()
            if (one.company, one.kind) == (company, kind) and since <= one.at < until
        ]
        return sorted(found, key=lambda one: (one.at, one.key))

    async def forget(self, before: datetime) -> None:
        """Let go of what was settled and finished of notices from before; tests are kept."""
        waiting = {_key(one.notice) for one in self._deliveries.values() if _waits(one)}
        old = {
            key
            for key, notice in self._notices.items()
            if notice.at < before
            and notice.kind is not NoticeKind.TEST
            and key not in self._open
            and key not in waiting
        }
        for key in old:
            del self._notices[key]
        kept = self._deliveries.items()
        self._deliveries = {name: one for name, one in kept if _key(one.notice) not in old}


def _key(notice: Notice) -> _Key:
    return notice.company, notice.key


def _waits(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.WAITING


def _leased(delivery: Delivery, now: datetime) -> bool:
    return delivery.leased_until is not None and delivery.leased_until > now


def _in_order(deliveries: Iterable[Delivery]) -> list[Delivery]:
    return sorted(deliveries, key=lambda one: (not one.notice.urgent, one.due))
