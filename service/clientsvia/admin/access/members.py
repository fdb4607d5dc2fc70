"""Who belongs to a company: what its owners do about it; the audit log hears of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.admin.access.ports import LinkKind
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.access.letters import Letters, SentLink
    from clientsvia.admin.access.links import LinkOffice
    from clientsvia.admin.access.people import People
    from clientsvia.admin.access.ports import Link, Links, Users
    from clientsvia.admin.access.user import User
    from clientsvia.admin.access.visitor import Role
    from clientsvia.admin.audit import AuditLog
    from clientsvia.calls.ports import Clock


@dataclass(frozen=True, slots=True)
class Members:
    """Invites people to companies, and changes what they are there; ``by`` is who does it."""

    users: Users
    people: People
    office: LinkOffice
    links: Links
    letters: Letters
    audit: AuditLog
    clock: Clock

    async def of(self, company: str) -> Sequence[User]:
        """Everybody with a role in a company, ordered by address."""
        return await self.users.people_of(company)

    async def invited(self, company: str) -> Sequence[Link]:
        """The invitations nobody has followed yet, the newest first."""
        now = self.clock.now()
        return [one for one in await self.links.of(company) if one.expires_at > now]

    async def invite(self, company: str, email: str, role: Role, *, name: str, by: str) -> SentLink:
        """An invitation to the company called ``name``; raises InvalidInput for no address."""
        made = await self.office.make(
            LinkKind.INVITE, email=email, company=company, role=role, by=by
        )
        sent = await self.letters.send(made, LinkKind.INVITE, email.strip(), what=name, by=by)
        await self._note("invited", company, by, email.strip().lower(), {"role": role})
        return sent

    async def take_back(self, company: str, link_id: str, *, by: str) -> None:
        """Let an invitation be of no use any more."""
        found = [one for one in await self.links.of(company) if one.id == link_id]
        if not found:
            raise InvalidInput(
                "this invitation was followed, or taken back, by now: load the page again"
            )
        await self.links.drop(company, link_id)
        await self._note("invitation taken back", company, by, found[0].email)

    async def set_role(self, company: str, user_id: str, role: Role | None, *, by: str) -> User:
        """Make somebody of the company something else there, or take them out with None.

        Raises InvalidInput for who does not belong to it, and where no owner would be left.
        """
        before = await self.member(company, user_id)
        changed = await self.people.set_role(user_id, company, role)
        act = "role changed" if role else "removed from the company"
        detail = {"before": before.memberships[company], "after": role}
        await self._note(act, company, by, changed.email, detail)
        return changed

    async def member(self, company: str, user_id: str) -> User:
        """Somebody who belongs to the company; raises InvalidInput for all others."""
        user = await self.users.get(user_id)
        if user is None or company not in user.memberships:
            raise InvalidInput("nobody like that belongs to the company: load the page again")
        return user

    async def _note(
        self, act: str, company: str, by: str, subject: str, detail: dict[str, Any] | None = None
    ) -> None:
        await self.audit.write(
            act, at=self.clock.now(), by=by, company=company, subject=subject, detail=detail
        )
