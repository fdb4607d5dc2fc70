"""An owner's address that a test message has reached."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.notices.delivery import Channel, Delivery, DeliveryState
from clientsvia.notices.notice import Notice, NoticeKind
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.notices.ports import Outbox

MAIL = "owner@gulf.example"


async def reach(outbox: Outbox, address: str = MAIL, slug: str = "demo") -> None:
    """Let a test of a company's reach ``address``."""
    notice = Notice(slug, "test:1", NoticeKind.TEST, OPEN, OPEN)
    await outbox.add([notice])
    await outbox.address(notice, [Delivery(notice, Channel.EMAIL, address, OPEN)])
    (claimed,) = await outbox.claim(Channel.EMAIL, OPEN, OPEN + timedelta(minutes=1), 1)
    assert await outbox.record(replace(claimed, state=DeliveryState.SENT))
