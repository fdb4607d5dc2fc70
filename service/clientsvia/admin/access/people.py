"""Who has what role, and who is kept out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.admin.access.passwords import refuse_weak
from clientsvia.admin.access.secret_tokens import new_id
from clientsvia.admin.access.user import User, email_of, name_of
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientsvia.admin.access.passwords import Passwords
    from clientsvia.admin.access.ports import ApiTokens, Sessions, Users
    from clientsvia.admin.access.visitor import Role
    from clientsvia.calls.ports import Clock


class People:
    """Adds users and changes what they may do; each change is in force with their next request."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        api_tokens: ApiTokens,
        passwords: Passwords,
        clock: Clock,
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._api_tokens = api_tokens
        self._passwords = passwords
        self._clock = clock

    async def add(
        self,
        email: str,
        name: str,
        password: str,
        *,
        admin: bool = False,
        memberships: Mapping[str, Role],
    ) -> User:
        """A new user; raises InvalidInput where one of these will not do, or somebody has it."""
        address, called = email_of(email), name_of(name)
        refuse_weak(password, address)
        hashed = await self._passwords.hash(password)
        now = self._clock.now()
        user = User(new_id(), address, called, admin, False, now, memberships)  # noqa: FBT003 - a row
        await self._users.add(user, hashed)
        return user

    async def named(self, email: str) -> User:
        """The user of an address; raises InvalidInput where there is none."""
        user = await self._users.by_email(email_of(email))
        if user is None:
            raise InvalidInput(
                f"nobody has the address {email}: see 'clientsvia user list', or invite them with "
                "'clientsvia user link EMAIL --company SLUG --role ROLE'"
            )
        return user

    async def set_role(self, user_id: str, company: str, role: Role | None) -> User:
        """Give somebody another role in a company, or none there.

        Raises InvalidInput where the company would have no owner left.
        """
        return await self._change(user_id, lambda user: user.with_role(company, role))

    async def set_admin(self, user_id: str, *, admin: bool) -> User:
        """Make somebody an administrator, or one no more.

        Raises InvalidInput where none would be left.
        """
        return await self._change(user_id, lambda user: replace(user, admin=admin))

    async def rename(self, user_id: str, name: str) -> User:
        """Call somebody by another name."""
        called = name_of(name)
        return await self._change(user_id, lambda user: replace(user, name=called))

    async def disable(self, user_id: str) -> User:
        """Keep somebody out: their sessions and API tokens end; roles stay for when they are back.

        Raises InvalidInput for the last administrator.
        """
        user = await self._change(user_id, lambda user: replace(user, disabled=True))
        await self._sessions.end_all(user_id)
        await self._api_tokens.revoke_all(user_id)
        return user

    async def enable(self, user_id: str) -> User:
        """Let somebody sign in again."""
        return await self._change(user_id, lambda user: replace(user, disabled=False))

    async def _change(self, user_id: str, alter: Callable[[User], User]) -> User:
        user = await self._users.change(user_id, alter)
        if user is None:
            raise InvalidInput("there is no such user any more: load the list of people again")
        return user
