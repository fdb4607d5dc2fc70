"""Notices, companies that are told of them, and a channel that does as it is told."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.notices.delivery import Channel, Delivery
from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

AT = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday, 10:00 in New York
OFFICE = "office@gulf.example"
MOBILE = "+12395550170"
HOOK = "https://crm.example/calls"
MESSAGE = {
    "call_sid": "CA1",
    "caller": "+12395550160",
    "name": "Jo Berg",
    "number": "+12395550161",
    "reason": "my sink leaks",
}


def company(**notify: Any) -> Company:
    """The demo, with these settings of ``notify``."""
    data = demo_profile().model_dump(mode="json", by_alias=True) | {"notify": notify}
    return compile_company(StoredProfile(CompanyProfile.model_validate(data), 1), AT)


def notice(key: str = "message:CA1", **fields: Any) -> Notice:
    given: dict[str, Any] = {"company": "demo", "kind": NoticeKind.MESSAGE, "at": AT, "due": AT}
    return Notice(key=key, **given | {"data": MESSAGE} | fields)


def delivery(
    of: Notice | None = None, channel: Channel = Channel.EMAIL, address: str = OFFICE
) -> Delivery:
    told = of or notice()
    return Delivery(told, channel, address, told.due)


@dataclass
class Post:
    """A channel that raises each of its ``troubles`` in turn and carries all else.

    With ``pause`` each takes that many seconds.
    """

    troubles: list[Exception] = field(default_factory=list)
    carried: list[Delivery] = field(default_factory=list)
    asked: int = 0
    pause: float = 0

    async def carry(self, delivery: Delivery, _company: Company | None) -> str:
        self.asked += 1
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.troubles:
            raise self.troubles.pop(0)
        self.carried.append(delivery)
        return f"carried {len(self.carried)}"


@dataclass
class Clock:
    """Stands still until it is moved."""

    at: datetime = AT

    def now(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def moved(one: Notice, **by: float) -> Notice:
    return replace(one, at=one.at + timedelta(**by), due=one.due + timedelta(**by))
