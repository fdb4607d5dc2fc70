"""What people do with their own account; the audit log hears of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.errors import SignInRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.access.links import LinkOffice
    from clientsvia.admin.access.people import People
    from clientsvia.admin.access.ports import ApiToken, Link, Session, Users
    from clientsvia.admin.access.signing_in import SigningIn
    from clientsvia.admin.access.tokens import TokenOffice
    from clientsvia.admin.access.user import User
    from clientsvia.admin.access.visitor import Need, Visitor
    from clientsvia.admin.audit import AuditLog
    from clientsvia.calls.ports import Clock


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a request comes from: the network's address, and what the browser says it is."""

    address: str
    device: str


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Begins sessions, and changes what its visitor alone may change."""

    users: Users
    signing_in: SigningIn
    links: LinkOffice
    tokens: TokenOffice
    people: People
    audit: AuditLog
    clock: Clock

    async def sign_in(self, email: str, password: str, whence: Whence) -> str:
        """A new session's token; raises SignInRefused, whose text says what to do."""
        try:
            token = await self.signing_in.sign_in(
                email, password, address=whence.address, device=whence.device
            )
        except SignInRefused as refused:
            if not refused.retry_after:  # who is told to wait is noted by the attempts before
                await self._note_refused(email, whence)
            raise
        await self._note_session(token, whence)
        return token

    async def look(self, token: str) -> tuple[Link, User | None] | None:
        """What a one-time link is for, and who has its address already; None when it is over."""
        link = await self.links.look(token)
        if link is None:
            return None
        return link, await self.users.by_email(link.email) if link.email else None

    async def follow(
        self, token: str, *, email: str, name: str, password: str, whence: Whence
    ) -> str:
        """Carry out what a one-time link is for; the token of a session that begins with it.

        Raises InvalidInput, and leaves the link as it was, where what was typed will not do.
        """
        link = await self.links.look(token)
        user = await self.links.use(token, name=name, password=password, email=email)
        session = await self.signing_in.begin(user.id, address=whence.address, device=whence.device)
        if link is not None:
            detail = {"kind": link.kind, "role": link.role, "admin": link.admin}
            await self._note("link used", user.email, company=link.company, detail=detail)
        await self._note("signed in", user.email, subject=whence.address)
        return session

    async def rename(self, visitor: Visitor, name: str) -> User:
        """Be called by another name."""
        user = await self.people.rename(visitor.user_id, name)
        await self._note("renamed", visitor.by, subject=user.name)
        return user

    async def change_password(self, visitor: Visitor, old: str, new: str) -> None:
        """Have another password, and end all sessions but this one.

        Raises SignInRefused when ``old`` is wrong, InvalidInput when ``new`` will not do.
        """
        await self.signing_in.change_password(visitor.user_id, old, new, session=visitor.session)
        await self._note("password changed", visitor.by)

    async def sessions(self, visitor: Visitor) -> Sequence[Session]:
        """Where the visitor is signed in, the last seen first."""
        return await self.signing_in.sessions_of(visitor.user_id)

    async def sign_out(self, visitor: Visitor, session_id: str = "") -> None:
        """End one session of the visitor, or all of them where none is named."""
        if session_id:
            await self.signing_in.sign_out_of(visitor.user_id, session_id)
            await self._note("signed out", visitor.by)
        else:
            await self.signing_in.sign_out_everywhere(visitor.user_id)
            await self._note("signed out everywhere", visitor.by)

    async def api_tokens(self, visitor: Visitor) -> Sequence[ApiToken]:
        """The visitor's API tokens, the newest first; those that have ended as well."""
        return await self.tokens.of(visitor.user_id)

    async def make_token(
        self,
        visitor: Visitor,
        *,
        name: str,
        need: Need,
        companies: frozenset[str] | None,
        days: int,
    ) -> tuple[str, ApiToken]:
        """An API token, shown this once, and what is kept of it."""
        user = await self.people.named(visitor.email)
        token, made = await self.tokens.make(
            user, name=name, need=need, companies=companies, days=days
        )
        reaches = sorted(companies) if companies is not None else None
        detail = {"need": need.name.lower(), "companies": reaches, "days": days}
        await self._note("API token made", visitor.by, subject=made.name, detail=detail)
        return token, made

    async def revoke_token(self, visitor: Visitor, token_id: str) -> None:
        """End one of the visitor's API tokens; raises InvalidInput where there is no such one."""
        names = {one.id: one.name for one in await self.api_tokens(visitor)}
        await self.tokens.revoke(visitor.user_id, token_id)
        await self._note("API token ended", visitor.by, subject=names.get(token_id, ""))

    async def _note_session(self, token: str, whence: Whence) -> None:
        visitor = await self.signing_in.visitor(token)
        if visitor is not None:
            await self._note("signed in", visitor.email, subject=whence.address)

    async def _note_refused(self, email: str, whence: Whence) -> None:
        """What was typed is noted only where it is somebody's address: it may be a password."""
        user = await self.users.by_email(email.strip().lower())
        known = {"email": user.email} if user else {}
        await self._note("sign-in refused", "", subject=whence.address, detail=known)

    async def _note(
        self,
        act: str,
        by: str,
        *,
        company: str = "",
        subject: str = "",
        detail: dict[str, Any] | None = None,
    ) -> None:
        await self.audit.write(
            act, at=self.clock.now(), by=by, company=company, subject=subject, detail=detail
        )
