"""Sessions: how they begin, how long they last, and how they end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.access.passwords import refuse_weak
from clientsvia.admin.access.ports import Session
from clientsvia.admin.access.secret_tokens import digest_of, form_token_of, new_id, new_token
from clientsvia.admin.access.visitor import Visitor
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.admin.access.password_check import PasswordCheck
    from clientsvia.admin.access.passwords import Passwords
    from clientsvia.admin.access.ports import Sessions, Users
    from clientsvia.calls.ports import Clock

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=30)
_NOTED_EVERY = timedelta(minutes=5)
_LONGEST_DEVICE = 200


class SigningIn:
    """Opens a session for who has a password, and tells who has a session."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        check: PasswordCheck,
        passwords: Passwords,
        clock: Clock,
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._check = check
        self._passwords = passwords
        self._clock = clock

    async def sign_in(self, email: str, password: str, *, address: str, device: str) -> str:
        """A new session's token; raises SignInRefused, whose text says what to do."""
        user = await self._check.confirm(email, password, address=address)
        return await self.begin(user.id, address=address, device=device)

    async def begin(self, user_id: str, *, address: str, device: str) -> str:
        """A new session's token, for a user who has proved who they are."""
        now = self._clock.now()
        await self._sessions.forget(begun_before=now - LONGEST, seen_before=now - IDLE)
        token = new_token()
        session = Session(new_id(), user_id, now, now, address, device[:_LONGEST_DEVICE])
        await self._sessions.add(session, digest_of(token))
        return token

    async def visitor(self, session_token: str) -> Visitor | None:
        """Who has this session; None when it is none, or has ended."""
        session = await self._sessions.find(digest_of(session_token))
        now = self._clock.now()
        if session is None or _over(session, now):
            return None
        user = await self._users.get(session.user_id)
        if user is None or user.disabled:
            return None
        if now - session.seen_at > _NOTED_EVERY:  # not each time: it is a write
            await self._sessions.seen(session.id, now)
        return Visitor(
            user.id,
            user.email,
            user.name,
            admin=user.admin,
            roles=user.memberships,
            session=session.id,
            form_token=form_token_of(session_token),
        )

    async def sign_out(self, session_token: str) -> None:
        """End this session."""
        session = await self._sessions.find(digest_of(session_token))
        if session is not None:
            await self._sessions.end(session.user_id, session.id)

    async def sign_out_of(self, user_id: str, session_id: str) -> None:
        """End one of a user's sessions, as on a device they have lost."""
        await self._sessions.end(user_id, session_id)

    async def sign_out_everywhere(self, user_id: str) -> None:
        """End every session of a user."""
        await self._sessions.end_all(user_id)

    async def change_password(self, user_id: str, old: str, new: str, *, session: str = "") -> None:
        """Replace a password by another, and end all sessions but ``session``.

        Raises SignInRefused when ``old`` is wrong, InvalidInput when ``new`` will not do.
        """
        user = await self._users.get(user_id)
        if user is None:
            raise InvalidInput("there is no such user any more: sign in again")
        await self._check.confirm(user.email, old)
        refuse_weak(new, user.email)
        await self._users.set_password_hash(user_id, await self._passwords.hash(new))
        await self._sessions.end_all(user_id, but=session)

    async def sessions_of(self, user_id: str) -> Sequence[Session]:
        """Where a user is signed in, the last seen first."""
        now = self._clock.now()
        return [one for one in await self._sessions.of(user_id) if not _over(one, now)]


def _over(session: Session, now: datetime) -> bool:
    return now - session.seen_at > IDLE or now - session.begun_at > LONGEST
