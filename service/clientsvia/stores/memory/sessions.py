"""Sessions in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from clientsvia.admin.access.ports import Session


class MemorySessions:
    """Sessions in a dictionary, by digest."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}

    async def add(self, session: Session, digest: str) -> None:
        """Begin a session."""
        self._sessions[digest] = session

    async def find(self, digest: str) -> Session | None:
        """The session whose token has this digest, ended by time or not."""
        return self._sessions.get(digest)

    async def seen(self, session_id: str, at: datetime) -> None:
        """Note that a session was used."""
        for digest, session in self._sessions.items():
            if session.id == session_id:
                self._sessions[digest] = replace(session, seen_at=at)

    async def of(self, user_id: str) -> Sequence[Session]:
        """All of a user's, the last seen first."""
        found = [session for session in self._sessions.values() if session.user_id == user_id]
        return sorted(found, key=lambda session: session.seen_at, reverse=True)

    async def end(self, user_id: str, session_id: str) -> None:
        """End one of a user's; nobody else's."""
        self._drop(lambda one: one.user_id == user_id and one.id == session_id)

    async def end_all(self, user_id: str, *, but: str = "") -> None:
        """End all of a user's but this one."""
        self._drop(lambda one: one.user_id == user_id and one.id != but)

    async def forget(self, *, begun_before: datetime, seen_before: datetime) -> None:
        """End those begun or last seen before these times."""
        self._drop(lambda one: one.begun_at < begun_before or one.seen_at < seen_before)

    def _drop(self, ends: Callable[[Session], bool]) -> None:
        self._sessions = {key: one for key, one in self._sessions.items() if not ends(one)}
