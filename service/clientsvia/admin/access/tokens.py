"""API tokens: keys that users make for programs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.access.ports import ApiToken
from clientsvia.admin.access.secret_tokens import digest_of, new_id, new_token
from clientsvia.admin.access.user import name_of
from clientsvia.admin.access.visitor import Need, Visitor
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.access.ports import ApiTokens, Users
    from clientsvia.admin.access.user import User
    from clientsvia.calls.ports import Clock

PREFIX = "cv_"
LONGEST_DAYS = 366
_NOTED_EVERY = timedelta(minutes=5)


class TokenOffice:
    """Makes tokens, and tells whose one is: it never does more than its user may at that moment."""

    def __init__(self, users: Users, api_tokens: ApiTokens, clock: Clock) -> None:
        self._users = users
        self._api_tokens = api_tokens
        self._clock = clock

    async def make(
        self, user: User, *, name: str, need: Need, companies: frozenset[str] | None, days: int
    ) -> tuple[str, ApiToken]:
        """A token, shown this once, and what is kept of it.

        Raises InvalidInput where it would be of no use, or last longer than a year.
        """
        called = name_of(name)
        if not 1 <= days <= LONGEST_DAYS:
            raise InvalidInput(f"an API token lasts 1 to {LONGEST_DAYS} days: choose fewer")
        _refuse_useless(user, need, companies)
        token, now = new_token(PREFIX), self._clock.now()
        made = ApiToken(new_id(), user.id, called, need, companies, now, now + timedelta(days=days))
        await self._api_tokens.add(made, digest_of(token))
        return token, made

    async def visitor(self, bearer: str) -> Visitor | None:
        """Whose token this is; None when it is none, has ended, or its user is disabled."""
        if not bearer.startswith(PREFIX):
            return None
        token = await self._api_tokens.find(digest_of(bearer))
        now = self._clock.now()
        if token is None or token.expires_at <= now:
            return None
        user = await self._users.get(token.user_id)
        if user is None or user.disabled:
            return None
        if token.used_at is None or now - token.used_at > _NOTED_EVERY:  # it is a write
            await self._api_tokens.used(token.id, now)
        return _visitor(user, token.name, token.need, token.companies)

    async def of(self, user_id: str) -> Sequence[ApiToken]:
        """All of a user's, the newest first; those that have ended as well."""
        return await self._api_tokens.of(user_id)

    async def revoke(self, user_id: str, token_id: str) -> None:
        """End one of a user's; raises InvalidInput where they have no such token."""
        if not await self._api_tokens.revoke(user_id, token_id):
            raise InvalidInput("there is no such token any more: load the list of tokens again")


def _refuse_useless(user: User, need: Need, companies: frozenset[str] | None) -> None:
    if need < Need.READ:
        raise InvalidInput(
            "choose what the token is for: to read, to edit, to manage or to operate"
        )
    token = _visitor(user, "", need, companies)
    if companies is None:
        useful = token.may(need) or any(token.may(need, slug) for slug in user.memberships)
    else:
        of_companies = bool(companies) and need <= Need.MANAGE
        useful = of_companies and all(token.may(need, slug) for slug in companies)
    if not useful:
        raise InvalidInput(
            "you may not do that yourself in each of these companies: choose less, or fewer of them"
        )


def _visitor(user: User, name: str, need: Need, companies: frozenset[str] | None) -> Visitor:
    return Visitor(
        user.id,
        user.email,
        name,
        admin=user.admin,
        roles=user.memberships,
        at_most=need,
        only=companies,
    )
