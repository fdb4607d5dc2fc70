"""What access needs of a store: users, their sessions and API tokens, and one-time links.

Of every session, link and token only the digest is kept, and looked up: whoever reads the store can
use none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from clientsvia.admin.access.user import User
    from clientsvia.admin.access.visitor import Need, Role


class Users(Protocol):
    """Everybody who may sign in; each e-mail address belongs to one of them."""

    async def get(self, user_id: str) -> User | None:
        """One user, or None."""

    async def by_email(self, email: str) -> User | None:
        """The user of this address in small letters, or None."""

    async def list(self) -> Sequence[User]:
        """Every user, ordered by address."""

    async def people_of(self, company: str) -> Sequence[User]:
        """Everybody with a role in a company, ordered by address."""

    async def has_admin(self) -> bool:
        """Whether somebody administers the platform, and is not disabled."""

    async def add(self, user: User, password_hash: str) -> None:
        """Add a user; raises InvalidInput when the address has one."""

    async def change(self, user_id: str, alter: Callable[[User], User]) -> User | None:
        """Keep what ``alter`` makes of a user; None when there is none of this id.

        Nobody else's change comes between. Raises InvalidInput where it would take a company's last
        owner, or the last administrator. Id, address and time of creation stay as they are.
        """

    async def password_hash(self, user_id: str) -> str:
        """The hash of a user's password; empty without such a user."""

    async def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace a user's password by the hash of another."""

    async def forget_company(self, company: str) -> None:
        """Take everybody's role in a company that is no more."""


@dataclass(frozen=True, slots=True)
class Session:
    """Where somebody is signed in: ``address`` is the network's, ``device`` the browser's word."""

    id: str
    user_id: str
    begun_at: datetime
    seen_at: datetime
    address: str
    device: str


class Sessions(Protocol):
    """Who is signed in, and where."""

    async def add(self, session: Session, digest: str) -> None:
        """Begin a session."""

    async def find(self, digest: str) -> Session | None:
        """The session whose token has this digest, ended by time or not."""

    async def seen(self, session_id: str, at: datetime) -> None:
        """Note that a session was used."""

    async def of(self, user_id: str) -> Sequence[Session]:
        """All of a user's, the last seen first."""

    async def end(self, user_id: str, session_id: str) -> None:
        """End one of a user's; nobody else's."""

    async def end_all(self, user_id: str, *, but: str = "") -> None:
        """End all of a user's but this one."""

    async def forget(self, *, begun_before: datetime, seen_before: datetime) -> None:
        """End those begun or last seen before these times."""


class LinkKind(StrEnum):
    """What a one-time link is for."""

    FIRST_ADMIN = "first-admin"
    INVITE = "invite"
    RESET = "reset"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link: what whoever follows it becomes.

    ``email`` is empty for the first administrator, who chooses one. ``company`` and ``role`` are
    those of an invitation, or empty and None. ``by`` is who made it.
    """

    id: str
    kind: LinkKind
    email: str
    company: str
    role: Role | None
    admin: bool
    by: str
    made_at: datetime
    expires_at: datetime


class Links(Protocol):
    """One-time links that were made and not used."""

    async def add(self, link: Link, digest: str) -> None:
        """Add a link, in the place of others of its kind, address and company."""

    async def find(self, digest: str) -> Link | None:
        """The link whose token has this digest, ended by time or not."""

    async def take(self, digest: str) -> Link | None:
        """The same, which nobody else gets from then on."""

    async def of(self, company: str) -> Sequence[Link]:
        """The invitations to a company, the newest first."""

    async def drop(self, company: str, link_id: str) -> None:
        """Take back one of a company's invitations; no other company's."""

    async def forget_company(self, company: str) -> None:
        """Drop the invitations to a company that is no more."""

    async def forget(self, *, expired_before: datetime) -> None:
        """Drop those that ended before a time."""


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A key for programs: it may do ``need`` and what that includes, and what its user may.

    ``companies`` are those it reaches; None for all of its user's.
    """

    id: str
    user_id: str
    name: str
    need: Need
    companies: frozenset[str] | None
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class ApiTokens(Protocol):
    """The keys that users made for programs."""

    async def add(self, token: ApiToken, digest: str) -> None:
        """Add a token."""

    async def find(self, digest: str) -> ApiToken | None:
        """The token with this digest, ended by time or not."""

    async def used(self, token_id: str, at: datetime) -> None:
        """Note that a token was used."""

    async def of(self, user_id: str) -> Sequence[ApiToken]:
        """All of a user's, the newest first."""

    async def revoke(self, user_id: str, token_id: str) -> bool:
        """End one of a user's; False where they have no such token."""

    async def revoke_all(self, user_id: str) -> None:
        """End all of a user's."""
