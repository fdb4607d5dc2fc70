"""One-time links: for the first administrator, for who is invited, and to another password."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.access.passwords import refuse_weak
from clientsvia.admin.access.ports import Link, LinkKind
from clientsvia.admin.access.secret_tokens import digest_of, new_id, new_token
from clientsvia.admin.access.user import email_of
from clientsvia.admin.access.visitor import Role
from clientsvia.errors import ClientsViaError, InvalidInput

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from clientsvia.admin.access.password_check import PasswordCheck
    from clientsvia.admin.access.passwords import Passwords
    from clientsvia.admin.access.people import People
    from clientsvia.admin.access.ports import Links, Sessions, Users
    from clientsvia.admin.access.user import User
    from clientsvia.calls.ports import Clock

LASTS = {
    LinkKind.FIRST_ADMIN: timedelta(days=7),
    LinkKind.INVITE: timedelta(days=7),
    LinkKind.RESET: timedelta(days=1),
}
_RANK = list(Role).index


@dataclass(frozen=True, slots=True)
class MadeLink:
    """What is shown once; whoever has it becomes what the link says."""

    token: str = field(repr=False)
    expires_at: datetime

    @property
    def path(self) -> str:
        """Where it is followed, below the public origin."""
        return f"/link/{self.token}"


class LinkOffice:
    """Makes links, and carries out what each is for, once.

    A link to another password opens everything its user may do: only administrators, and users for
    themselves, are to have one made.
    """

    def __init__(
        self,
        users: Users,
        links: Links,
        sessions: Sessions,
        people: People,
        check: PasswordCheck,
        passwords: Passwords,
        clock: Clock,
    ) -> None:
        self._users = users
        self._links = links
        self._sessions = sessions
        self._people = people
        self._check = check
        self._passwords = passwords
        self._clock = clock

    async def make(
        self,
        kind: LinkKind | str,
        *,
        email: str = "",
        company: str = "",
        role: Role | None = None,
        admin: bool = False,
        by: str,
    ) -> MadeLink:
        """A link in the place of the last of its kind, address and company.

        Raises InvalidInput where it would be of no use, with what to do instead.
        """
        wanted = LinkKind(kind)
        first = wanted is LinkKind.FIRST_ADMIN
        address = "" if first else email_of(email)
        await self._refuse_useless(wanted, address, company, role, admin=admin)
        token, now = new_token(), self._clock.now()
        await self._links.forget(expired_before=now)
        link = Link(
            new_id(),
            wanted,
            address,
            company,
            role,
            admin=admin or first,
            by=by,
            made_at=now,
            expires_at=now + LASTS[wanted],
        )
        await self._links.add(link, digest_of(token))
        return MadeLink(token, link.expires_at)

    async def look(self, token: str) -> Link | None:
        """What a link is for, which does not use it up; None when it was used, or has ended."""
        link = await self._links.find(digest_of(token))
        if link is None or link.expires_at <= self._clock.now():
            return None
        if link.kind is LinkKind.FIRST_ADMIN and await self._users.has_admin():
            return None
        return link

    async def use(self, token: str, *, name: str = "", password: str, email: str = "") -> User:
        """Carry out what a link is for; who it made, or changed.

        ``password`` is the new user's own choice; that of a user who is there already, to be
        invited as somebody's word alone. ``email`` is for the first administrator, whose link names
        none. Raises InvalidInput, and leaves the link as it was, where one of them will not do.
        """
        link = await self.look(token)
        if link is None:
            raise _gone()
        if link.kind is LinkKind.RESET:
            return await self._reset(link, digest_of(token), password)
        address = link.email or email_of(email)
        if await self._users.by_email(address):
            user = await self._check.confirm(address, password)
            async with self._taken(digest_of(token)):
                return await self._grant(user, link)
        async with self._taken(digest_of(token)):
            roles = {link.company: link.role} if link.role else {}
            return await self._people.add(
                address, name, password, admin=link.admin, memberships=roles
            )

    async def _refuse_useless(
        self, kind: LinkKind, email: str, company: str, role: Role | None, *, admin: bool
    ) -> None:
        if kind is LinkKind.FIRST_ADMIN and await self._users.has_admin():
            raise InvalidInput(
                "there is an administrator already: another is invited with "
                "'clientsvia user link EMAIL --admin'"
            )
        if kind is LinkKind.INVITE and bool(company) != (role is not None):
            raise InvalidInput("an invitation to a company needs both the company and a role")
        if kind is LinkKind.INVITE and not (company or admin):
            raise InvalidInput("say what they are invited to: a company with a role, or --admin")
        if kind is LinkKind.RESET:
            user = await self._people.named(email)
            if user.disabled:
                raise InvalidInput(
                    f"{email} is disabled: enable it first ('clientsvia user enable {email}')"
                )

    async def _grant(self, user: User, link: Link) -> User:
        changed = await self._users.change(user.id, lambda now: _with(now, link))
        if changed is None:
            raise _gone()
        return changed

    async def _reset(self, link: Link, digest: str, password: str) -> User:
        user = await self._users.by_email(link.email)
        if user is None or user.disabled:
            raise _gone()
        refuse_weak(password, user.email)
        hashed = await self._passwords.hash(password)
        async with self._taken(digest):
            await self._users.set_password_hash(user.id, hashed)
            await self._sessions.end_all(user.id)
        return user

    @asynccontextmanager
    async def _taken(self, digest: str) -> AsyncIterator[None]:
        """Have a link for oneself; it is there again when what it is for was not done."""
        link = await self._links.take(digest)
        if link is None:
            raise _gone()
        try:
            yield
        except ClientsViaError:
            await self._links.add(link, digest)
            raise


def _with(user: User, link: Link) -> User:
    """A user with what a link gives; an invitation takes nothing away."""
    given = replace(user, admin=user.admin or link.admin)
    if link.role is None:
        return given
    held = user.memberships.get(link.company, link.role)
    return given.with_role(link.company, max(held, link.role, key=_RANK))


def _gone() -> InvalidInput:
    return InvalidInput(
        "this link was used, has ended, or was replaced by a newer one: ask whoever sent it for "
        "another"
    )
