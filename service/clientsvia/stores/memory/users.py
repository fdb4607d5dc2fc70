"""Users in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.admin.access.user import given_up, refuse_last, refuse_taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clientsvia.admin.access.user import User


class MemoryUsers:
    """Users in a dictionary, with the hashes of their passwords."""

    def __init__(self) -> None:
        self._users: dict[str, User] = {}
        self._hashes: dict[str, str] = {}

    async def get(self, user_id: str) -> User | None:
        """One user, or None."""
        return self._users.get(user_id)

    async def by_email(self, email: str) -> User | None:
        """The user of this address in small letters, or None."""
        return next((user for user in self._users.values() if user.email == email), None)

    async def list(self) -> Sequence[User]:
        """Every user, ordered by address."""
        return sorted(self._users.values(), key=lambda user: user.email)

    async def people_of(self, company: str) -> Sequence[User]:
        """Everybody with a role in a company, ordered by address."""
        return [user for user in await self.list() if company in user.memberships]

    async def has_admin(self) -> bool:
        """Whether somebody administers the platform, and is not disabled."""
        return any(user.admin and not user.disabled for user in self._users.values())

    async def add(self, user: User, password_hash: str) -> None:
        """Add a user; raises InvalidInput when the address has one."""
        if await self.by_email(user.email):
            raise refuse_taken(user.email)
        self._users[user.id] = user
        self._hashes[user.id] = password_hash

    async def change(self, user_id: str, alter: Callable[[User], User]) -> User | None:
        """Keep what ``alter`` makes of a user; None when there is none of this id."""
        before = self._users.get(user_id)
        if before is None:
            return None
        wanted = alter(before)
        after = replace(wanted, id=before.id, email=before.email, created_at=before.created_at)
        refuse_last(
            given_up(before, after), [one for one in self._users.values() if one.id != user_id]
        )
        self._users[user_id] = after
        return after

    async def password_hash(self, user_id: str) -> str:
        """The hash of a user's password; empty without such a user."""
        return self._hashes.get(user_id, "")

    async def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace a user's password by the hash of another."""
        if user_id in self._users:
            self._hashes[user_id] = password_hash

    async def forget_company(self, company: str) -> None:
        """Take everybody's role in a company that is no more."""
        self._users = {one.id: one.with_role(company, None) for one in self._users.values()}
