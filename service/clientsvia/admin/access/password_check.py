"""Whether somebody is who their password says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.user import email_of
from clientsvia.errors import InvalidInput, SignInRefused

if TYPE_CHECKING:
    from clientsvia.admin.access.passwords import Passwords
    from clientsvia.admin.access.ports import Users
    from clientsvia.admin.access.throttle import Throttle
    from clientsvia.admin.access.user import User


class PasswordCheck:
    """Every password that is given goes through here, so that none is tried more often."""

    def __init__(self, users: Users, passwords: Passwords, throttle: Throttle) -> None:
        self._users = users
        self._passwords = passwords
        self._throttle = throttle

    async def confirm(self, email: str, password: str, *, address: str = "") -> User:
        """The user of this address and password; raises SignInRefused, which tells no more.

        An address without a user takes as long as a wrong password.
        """
        key = _key(email)
        self._throttle.begin(key, address)
        user = await self._users.by_email(key)
        kept = await self._users.password_hash(user.id if user else "")
        if not await self._passwords.matches(password, kept) or user is None:
            raise SignInRefused(
                "no user has this e-mail address and password: look at both, or ask an "
                "administrator for a link to choose another password"
            )
        self._throttle.succeeded(key, address)
        if user.disabled:
            raise SignInRefused("this user is disabled: ask an administrator to enable it")
        return user


def _key(email: str) -> str:
    try:
        return email_of(email)
    except InvalidInput:
        return email.strip().lower()[:254]
