"""Whom a notice is for: the addresses its company names when it is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from clientsvia.notices.delivery import Channel, Delivery
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.patience import after_quiet
from clientsvia.notices.recipients import recipients, wanted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.notices.notice import Notice
    from clientsvia.notices.ports import Outbox

log = structlog.get_logger(__name__)

ASKED_AGAIN = timedelta(minutes=5)
"""When a notice that nobody is to be told of is looked at again: somebody may have been added."""

NOBODY_AFTER = timedelta(days=3)
"""For how long it is; who is named later is not to get what is old news."""

_AT_ANY_HOUR = frozenset({NoticeKind.DIGEST, NoticeKind.TEST})  # their time was chosen


@dataclass(frozen=True, slots=True)
class Addressing:
    """Makes deliveries of notices; its fields are as in Dispatcher."""

    outbox: Outbox
    companies: Callable[[str], Company | None]
    operator: str

    async def address(self, notice: Notice, now: datetime) -> None:
        """Settle a due notice, or put it off where nobody is to be told of it."""
        if not notice.company:
            to = [(Channel.EMAIL, self.operator)] if self.operator else []
            await self._settle(notice, to, now, now)
            return
        company = self.companies(notice.company)
        if company is None:
            await self._settle(notice, [], now, now)
        elif not wanted(company.notify, notice):
            await self.outbox.address(notice, [])
        else:
            patient = not notice.urgent and notice.kind not in _AT_ANY_HOUR
            due = after_quiet(company, now) if patient else now
            await self._settle(notice, recipients(company.notify, notice.kind), due, now)

    async def _settle(
        self,
        notice: Notice,
        to: Sequence[tuple[Channel, str]],
        due: datetime,
        now: datetime,
    ) -> None:
        if to or notice.kind is NoticeKind.TEST:
            made = [Delivery(notice, channel, address, due) for channel, address in to]
            await self.outbox.address(notice, made)
        elif now < notice.at + NOBODY_AFTER:
            await self.outbox.postpone(notice, now + ASKED_AGAIN)
        else:
            await self.outbox.address(notice, [])
            log.warning(
                "nobody was told",
                company=notice.company,
                kind=notice.kind,
                remedy="add notify.email to its profile"
                if notice.company
                else "set CLIENTSVIA_OPERATOR_EMAIL",
            )
