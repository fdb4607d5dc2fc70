"""Who may do what: where people are kept, and what lets them in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.access.password_check import PasswordCheck
from clientsvia.admin.access.passwords import Passwords
from clientsvia.admin.access.signing_in import SigningIn
from clientsvia.admin.access.throttle import Throttle
from clientsvia.providers.clock import SystemClock
from clientsvia.stores.memory.api_tokens import MemoryApiTokens
from clientsvia.stores.memory.links import MemoryLinks
from clientsvia.stores.memory.sessions import MemorySessions
from clientsvia.stores.memory.users import MemoryUsers
from clientsvia.stores.sql.api_tokens import SqlApiTokens
from clientsvia.stores.sql.links import SqlLinks
from clientsvia.stores.sql.sessions import SqlSessions
from clientsvia.stores.sql.users import SqlUsers

if TYPE_CHECKING:
    from clientsvia.admin.access.ports import ApiTokens, Links, Sessions, Users
    from clientsvia.stores.sql.database import Database


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


def open_access_stores(database: Database | None) -> AccessStores:
    """The stores in a database, or in the process where there is none."""
    if database is None:
        return AccessStores(MemoryUsers(), MemorySessions(), MemoryLinks(), MemoryApiTokens())
    return AccessStores(
        SqlUsers(database), SqlSessions(database), SqlLinks(database), SqlApiTokens(database)
    )


def open_access(stores: AccessStores) -> Access:
    """What lets people in; by the machine's clock, whatever time the demo plays."""
    clock, passwords = SystemClock(), Passwords()
    check = PasswordCheck(stores.users, passwords, Throttle(clock))
    return Access(stores.users, SigningIn(stores.users, stores.sessions, check, passwords, clock))
