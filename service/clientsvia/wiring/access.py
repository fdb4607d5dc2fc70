"""Who may do what: where people are kept, and what lets them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.access.links import LinkOffice
from clientsvia.admin.access.password_check import PasswordCheck
from clientsvia.admin.access.passwords import Passwords
from clientsvia.admin.access.people import People
from clientsvia.admin.access.ports import LinkKind
from clientsvia.admin.access.signing_in import SigningIn
from clientsvia.admin.access.throttle import Throttle
from clientsvia.admin.access.tokens import TokenOffice
from clientsvia.providers.clock import SystemClock
from clientsvia.stores.memory.api_tokens import MemoryApiTokens
from clientsvia.stores.memory.links import MemoryLinks
from clientsvia.stores.memory.sessions import MemorySessions
from clientsvia.stores.memory.users import MemoryUsers
from clientsvia.stores.sql.api_tokens import SqlApiTokens
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.links import SqlLinks
from clientsvia.stores.sql.sessions import SqlSessions
from clientsvia.stores.sql.users import SqlUsers

if TYPE_CHECKING:
    from clientsvia.admin.access.ports import ApiTokens, Links, Sessions, Users
    from clientsvia.calls.ports import Clock
    from clientsvia.settings import Settings

MEMORY = "memory:"


@dataclass(frozen=True, slots=True)
class AccessStores:
    """Where people are kept, and what they have in hand."""

    users: Users
    sessions: Sessions
    links: Links
    api_tokens: ApiTokens


@dataclass(frozen=True, slots=True)
class Access:
    """What pages and the API ask who somebody is, and change who may do what with."""

    users: Users
    signing_in: SigningIn
    links: LinkOffice
    tokens: TokenOffice
    people: People
    clock: Clock


def open_access_stores(database: Database | None) -> AccessStores:
    """The stores in a database, or in the process where there is none."""
    if database is None:
        return AccessStores(MemoryUsers(), MemorySessions(), MemoryLinks(), MemoryApiTokens())
    return AccessStores(
        SqlUsers(database), SqlSessions(database), SqlLinks(database), SqlApiTokens(database)
    )


def open_access(stores: AccessStores, clock: Clock) -> Access:
    """What lets people in, and keeps them out."""
    users, sessions, passwords = stores.users, stores.sessions, Passwords()
    check = PasswordCheck(users, passwords, Throttle(clock))
    people = People(users, sessions, stores.api_tokens, passwords, clock)
    return Access(
        users,
        SigningIn(users, sessions, check, passwords, clock),
        LinkOffice(users, stores.links, sessions, people, check, passwords, clock),
        TokenOffice(users, stores.api_tokens, clock),
        people,
        clock,
    )


async def first_sign_in(settings: Settings) -> str:
    """The address at which the first administrator signs in; empty once there is one.

    The store is to be prepared; what was made for an earlier start stops. One in memory is
    another in each process: it has no such address.
    """
    if settings.store == MEMORY:
        return ""
    database = Database(settings.store)
    try:
        access = open_access(open_access_stores(database), SystemClock())
        if await access.users.has_admin():
            return ""
        made = await access.links.make(LinkKind.FIRST_ADMIN, by="the start of the service")
    finally:
        await database.close()
    return settings.origin + made.path
