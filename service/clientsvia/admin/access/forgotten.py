"""Forgotten passwords: who has a user is mailed a link, and nobody learns who has one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.access.ports import LinkKind

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.admin.access.letters import Letters
    from clientsvia.admin.access.links import LinkOffice
    from clientsvia.admin.access.ports import Users
    from clientsvia.admin.access.throttle import Throttle
    from clientsvia.admin.audit import AuditLog
    from clientsvia.calls.ports import Clock

NOT_AGAIN_FOR = timedelta(minutes=10)


class Forgotten:
    """Mails links to another password; each worker counts what it mailed by itself."""

    def __init__(
        self,
        users: Users,
        office: LinkOffice,
        letters: Letters,
        throttle: Throttle,
        audit: AuditLog,
        clock: Clock,
    ) -> None:
        self._users = users
        self._office = office
        self._letters = letters
        self._throttle = throttle
        self._audit = audit
        self._clock = clock
        self._mailed: dict[str, datetime] = {}

    @property
    def mails(self) -> bool:
        """Whether there is a mail server; without one, only an administrator can help."""
        return self._letters.mail is not None

    def admit(self, email: str, address: str) -> None:
        """Raise SignInRefused when it is asked too often, for this user or from this address."""
        self._throttle.begin(_key(email), address)

    async def mail(self, email: str, address: str) -> None:
        """Mail a link where somebody has this address: after answering, which takes as long.

        Nobody gets a second one within ten minutes, whoever asks.
        """
        key, now = _key(email), self._clock.now()
        user = await self._users.by_email(key)
        if user is None or user.disabled or not self.mails:
            return
        self._mailed = {one: at for one, at in self._mailed.items() if now - at < NOT_AGAIN_FOR}
        if key in self._mailed:
            return
        self._mailed[key] = now
        made = await self._office.make(LinkKind.RESET, email=key, by=key)
        detail = {"address": address}
        await self._audit.write(
            "link to another password mailed", at=now, by="", subject=key, detail=detail
        )
        await self._letters.send(made, LinkKind.RESET, key, what="", by=key)


def _key(email: str) -> str:
    return email.strip().lower()[:254]
