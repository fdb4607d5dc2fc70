"""A notice on its way to one address, and what became of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.notices.notice import Notice


class Channel(StrEnum):
    """What carries notices."""

    EMAIL = "email"
    SMS = "sms"
    WEBHOOK = "webhook"


class DeliveryState(StrEnum):
    """What became of a delivery; all but WAITING are final."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice for one ``address`` of a ``channel``.

    It is tried when ``due``, by whoever holds it until ``leased_until``; ``tried_at`` is when it
    was last. ``error`` and ``remedy`` tell why it is not sent yet, ``receipt`` is what the channel
    calls it once it is. Times are in UTC.
    """

    notice: Notice
    channel: Channel
    address: str
    due: datetime
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    tried_at: datetime | None = None
    error: str = ""
    remedy: str = ""
    receipt: str = ""
    leased_until: datetime | None = None

    @property
    def id(self) -> str:
        """The same for each attempt, so that who gets it twice can tell; 32 hexadecimal digits."""
        parts = (self.notice.company, self.notice.key, self.channel, self.address)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
