"""API tokens in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.admin.access.ports import ApiToken


class MemoryApiTokens:
    """API tokens in a dictionary, by digest."""

    def __init__(self) -> None:
        self._tokens: dict[str, ApiToken] = {}

    async def add(self, token: ApiToken, digest: str) -> None:
        """Add a token."""
        self._tokens[digest] = token

    async def find(self, digest: str) -> ApiToken | None:
        """The token with this digest, ended by time or not."""
        return self._tokens.get(digest)

    async def used(self, token_id: str, at: datetime) -> None:
        """Note that a token was used."""
        for digest, token in self._tokens.items():
            if token.id == token_id:
                self._tokens[digest] = replace(token, used_at=at)

    async def of(self, user_id: str) -> Sequence[ApiToken]:
        """All of a user's, the newest first."""
        found = [token for token in self._tokens.values() if token.user_id == user_id]
        found.sort(key=lambda token: token.id)
        return sorted(found, key=lambda token: token.made_at, reverse=True)

    async def revoke(self, user_id: str, token_id: str) -> bool:
        """End one of a user's; False where they have no such token."""
        for digest, token in self._tokens.items():
            if token.user_id == user_id and token.id == token_id:
                del self._tokens[digest]
                return True
        return False

    async def revoke_all(self, user_id: str) -> None:
        """End all of a user's."""
        kept = {key: one for key, one in self._tokens.items() if one.user_id != user_id}
        self._tokens = kept
