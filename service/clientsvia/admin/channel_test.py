"""Whether the owner of a company can be told: a test to every address, and what became of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from clientsvia.notices.delivery import DeliveryState
from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.ports import Clock
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.dispatcher import Dispatcher
    from clientsvia.notices.ports import Outbox

PATIENCE = timedelta(seconds=90)
"""How long a test may take that another process sends."""

PAGE_WAITS = timedelta(seconds=5)
"""How long somebody waits before a page; what became of it later is told by the next one."""

TESTED = "notices tested"
"""How the audit log calls it."""


@dataclass(frozen=True, slots=True)
class ChannelTest:
    """Sends tests of the channels; an address whose last test was sent counts as tested."""

    dispatcher: Dispatcher
    outbox: Outbox
    clock: Clock

    async def send(self, slug: str, patience: timedelta = PATIENCE) -> Sequence[Delivery]:
        """Send a test to every address of a company; what became of each within ``patience``.

        What waits then is still tried. Empty where the company names nobody to tell.
        """
        now = self.clock.now()
        key = f"test:{now.isoformat()}:{uuid4().hex[:8]}"
        notice = Notice(slug, key, NoticeKind.TEST, now, now, urgent=True)
        try:
            async with asyncio.timeout(patience.total_seconds()):
                found = await self.dispatcher.tell(notice)
                while any(one.state is DeliveryState.WAITING for one in found):
                    await asyncio.sleep(0.2)  # another process may have been faster
                    found = await self.outbox.deliveries(slug, key)
        except TimeoutError:
            found = await self.outbox.deliveries(slug, key)
        return found
