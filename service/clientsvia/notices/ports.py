"""What notices need of the outside: a place to wait in, and channels that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Channel, Delivery
    from clientsvia.notices.notice import Notice, NoticeKind

AT_ONCE = 2
"""How many deliveries to one address are under way at a time: one that hangs delays no other's."""


class Outbox(Protocol):
    """Notices that wait to be sent; what is in it survives every crash."""

    async def add(self, notices: Sequence[Notice]) -> None:
        """Put notices in; one whose (company, key) is there already is left as it is."""

    async def unaddressed(
        self, due: datetime | None = None, company: str | None = None, limit: int = 50
    ) -> Sequence[Notice]:
        """Notices nobody has addressed yet, those that are due first; only up to ``due`` if given.

        An urgent one goes before all others.
        """

    async def postpone(self, notice: Notice, due: datetime) -> None:
        """Let a notice that is not addressed yet be due later."""

    async def address(self, notice: Notice, deliveries: Sequence[Delivery]) -> None:
        """Put in what is to be delivered of a notice, all or none; it is settled with that.

        Does nothing when the notice is settled already.
        """

    async def claim(
        self,
        channel: Channel,
        now: datetime,
        until: datetime,
        limit: int,
        only: Notice | None = None,
    ) -> Sequence[Delivery]:
        """Deliveries that are due, for this worker alone ``until`` then; urgent ones first.

        At most ``AT_ONCE`` of an address are held by all workers together. A lease that ran out
        without a record leaves the delivery to others. With ``only``, those of that notice.
        """

    async def record(self, delivery: Delivery) -> bool:
        """Keep a claimed delivery as it is after an attempt; False when the lease is another's."""

    async def deliveries(
        self, company: str | None = None, key: str | None = None, limit: int = 50
    ) -> Sequence[Delivery]:
        """The newest notices' first; of one company, or one notice, where these are given."""

    async def tested(self, company: str) -> frozenset[str]:
        """Each ``channel:address`` of a company whose newest test was sent."""

    async def told(
        self, company: str, kind: NoticeKind, since: datetime, until: datetime
    ) -> Sequence[Notice]:
        """A company's notices of a kind from ``since`` up to ``until``, all of them, in order."""

    async def forget(self, before: datetime) -> None:
        """Let go of what was settled and finished of notices from before that moment.

        Tests are kept: an address that was tested once counts as tested.
        """


class Days(Protocol):
    """What happened in a company's day, for its digest."""

    async def of(self, company: Company, since: datetime, until: datetime) -> Mapping[str, Any]:
        """``calls`` in number; ``messages`` and ``missed`` transfers one by one.

        Each of these has ``at``, ``number``, ``name`` and ``about``, messages a ``state`` too. All
        are empty when there is nothing to tell.
        """


class Carrier(Protocol):
    """A channel: brings a notice to an address."""

    async def carry(self, delivery: Delivery, company: Company | None) -> str:
        """Send it, and return what the channel calls it; ``company`` is None for the operator.

        Raises Undeliverable when another attempt would end alike, else ProviderFailed. The same
        ``delivery.id`` may be carried twice, after a crash.
        """
