"""A dispatcher with its outbox and channels, on a clock that is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import ProviderUnreachable
from clientsvia.notices.delivery import Channel
from clientsvia.notices.dispatcher import Dispatcher
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.notices.samples import Clock, Post

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.ports import Outbox

BUSY = ProviderUnreachable("the server is busy", "wait")
OPERATOR = "operator@answers.example"


class Desk:
    """A dispatcher with its outbox and channels, on a clock that is moved."""

    def __init__(self, known: Company | None, outbox: Outbox | None = None) -> None:
        self.known = known
        self.clock = Clock()
        self.outbox: Outbox = outbox or MemoryOutbox()
        self.post = {channel: Post() for channel in Channel}
        self.dispatcher = Dispatcher(
            self.outbox,
            lambda slug: self.known if slug == "demo" else None,
            self.post,
            self.clock,
            OPERATOR,
        )

    @property
    def mail(self) -> Post:
        return self.post[Channel.EMAIL]

    async def look(self) -> None:
        await self.dispatcher.look()
        await self.dispatcher.idle()

    async def wait(self, **by: float) -> None:
        self.clock.move(**by)
        await self.look()

    async def deliveries(self, slug: str = "demo") -> Sequence[Delivery]:
        return await self.outbox.deliveries(slug)
