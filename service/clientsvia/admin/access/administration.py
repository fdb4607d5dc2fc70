"""Everybody who may sign in: what administrators do about it; the audit log hears of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.access.ports import LinkKind
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.access.letters import Letters, SentLink
    from clientsvia.admin.access.links import LinkOffice
    from clientsvia.admin.access.people import People
    from clientsvia.admin.access.ports import Users
    from clientsvia.admin.access.user import User
    from clientsvia.admin.audit import AuditLog
    from clientsvia.calls.ports import Clock

PLATFORM = "the platform"


@dataclass(frozen=True, slots=True)
class Administration:
    """Lets people in and keeps them out; ``by`` is who does it."""

    users: Users
    people: People
    office: LinkOffice
    letters: Letters
    audit: AuditLog
    clock: Clock

    async def find(self, text: str = "", *, after: str = "", limit: int = 50) -> Sequence[User]:
        """Users by address, those with ``text`` in address, name or company; after an address."""
        wanted = text.strip().casefold()
        found = (
            one
            for one in await self.users.list()
            if one.email > after and (not wanted or wanted in _searched(one))
        )
        return [one for one, _ in zip(found, range(limit), strict=False)]

    async def user(self, user_id: str) -> User:
        """One user; raises InvalidInput where there is none."""
        user = await self.users.get(user_id)
        if user is None:
            raise InvalidInput("there is no such user any more: load the list of users again")
        return user

    async def invite(self, email: str, *, by: str) -> SentLink:
        """An invitation to administer the platform."""
        made = await self.office.make(LinkKind.INVITE, email=email, admin=True, by=by)
        await self._note("administrator invited", by, email.strip().lower())
        return await self.letters.send(made, LinkKind.INVITE, email.strip(), what=PLATFORM, by=by)

    async def reset(self, user_id: str, *, by: str) -> SentLink:
        """A link with which a user chooses another password; it opens all they may do."""
        email = (await self.user(user_id)).email
        made = await self.office.make(LinkKind.RESET, email=email, by=by)
        await self._note("link to another password made", by, email)
        return await self.letters.send(made, LinkKind.RESET, email, what="", by=by)

    async def set_admin(self, user_id: str, *, admin: bool, by: str) -> User:
        """Make somebody an administrator, or one no more; the last one stays."""
        user = await self.people.set_admin(user_id, admin=admin)
        await self._note("made administrator" if admin else "administrator no more", by, user.email)
        return user

    async def set_disabled(self, user_id: str, *, disabled: bool, by: str) -> User:
        """Keep somebody out at once, or let them in again; the last administrator stays."""
        change = self.people.disable if disabled else self.people.enable
        user = await change(user_id)
        await self._note("disabled" if disabled else "enabled", by, user.email)
        return user

    async def _note(self, act: str, by: str, subject: str) -> None:
        await self.audit.write(act, at=self.clock.now(), by=by, subject=subject)


def _searched(user: User) -> str:
    return "\n".join([user.email, user.name, *user.memberships]).casefold()
