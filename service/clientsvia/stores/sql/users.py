"""Users in SQLite."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from clientsvia.admin.access.user import User, given_up, refuse_last, refuse_taken
from clientsvia.admin.access.visitor import Role
from clientsvia.stores.sql.tables import memberships, users

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.admin.access.user import GivenUp
    from clientsvia.stores.sql.database import Database

_ROWS = (
    select(
        users.c.id,
        users.c.email,
        users.c.name,
        users.c.admin,
        users.c.disabled,
        users.c.created_at,
        memberships.c.company,
        memberships.c.role,
    )
    .select_from(users.outerjoin(memberships))
    .order_by(users.c.email, memberships.c.company)
)


class SqlUsers:
    """Users in a table, their roles in another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, user_id: str) -> User | None:
        """One user, or None."""
        return next(iter(await self._read(users.c.id == user_id)), None)

    async def by_email(self, email: str) -> User | None:
        """The user of this address in small letters, or None."""
        return next(iter(await self._read(users.c.email == email)), None)

    async def list(self) -> Sequence[User]:
        """Every user, ordered by address."""
        return await self._read()

    async def people_of(self, company: str) -> Sequence[User]:
        """Everybody with a role in a company, ordered by address."""
        there = select(memberships.c.user_id).where(memberships.c.company == company)
        return await self._read(users.c.id.in_(there))

    async def has_admin(self) -> bool:
        """Whether somebody administers the platform, and is not disabled."""
        return bool(await self._read(users.c.admin & ~users.c.disabled))

    async def add(self, user: User, password_hash: str) -> None:
        """Add a user; raises InvalidInput when the address has one."""

        async def work(connection: AsyncConnection) -> None:
            row = _columns(user) | {"password_hash": password_hash}
            await connection.execute(insert(users).values(row))
            await _write_roles(connection, user)

        try:
            await self._database.write(work)
        except IntegrityError:
            raise refuse_taken(user.email) from None

    async def change(self, user_id: str, alter: Callable[[User], User]) -> User | None:
        """Keep what ``alter`` makes of a user; None when there is none of this id."""

        async def work(connection: AsyncConnection) -> User | None:
            found = await _load(connection, users.c.id == user_id)
            if not found:
                return None
            (before,) = found
            wanted = alter(before)
            after = replace(wanted, id=before.id, email=before.email, created_at=before.created_at)
            left = given_up(before, after)
            if left:
                refuse_last(left, await _load(connection, _others(before, left)))
            changing = update(users).where(users.c.id == user_id)
            await connection.execute(changing.values(_columns(after)))
            await connection.execute(delete(memberships).where(memberships.c.user_id == user_id))
            await _write_roles(connection, after)
            return after

        return await self._database.write(work)

    async def password_hash(self, user_id: str) -> str:
        """The hash of a user's password; empty without such a user."""
        query = select(users.c.password_hash).where(users.c.id == user_id)
        async with self._database.read() as connection:
            return await connection.scalar(query) or ""

    async def set_password_hash(self, user_id: str, password_hash: str) -> None:
        """Replace a user's password by the hash of another."""

        async def work(connection: AsyncConnection) -> None:
            changing = update(users).where(users.c.id == user_id)
            await connection.execute(changing.values(password_hash=password_hash))

        await self._database.write(work)

    async def forget_company(self, company: str) -> None:
        """Take everybody's role in a company that is no more."""

        async def work(connection: AsyncConnection) -> None:
            await connection.execute(delete(memberships).where(memberships.c.company == company))

        await self._database.write(work)

    async def _read(self, *where: ColumnElement[bool]) -> Sequence[User]:
        async with self._database.read() as connection:
            return await _load(connection, *where)


async def _load(connection: AsyncConnection, *where: ColumnElement[bool]) -> Sequence[User]:
    return _users(await connection.execute(_ROWS.where(*where)))


def _users(rows: Iterable[Row[*tuple[Any, ...]]]) -> Sequence[User]:
    found: dict[str, User] = {}
    for row in rows:
        user = found.get(row.id) or User(
            row.id, row.email, row.name, row.admin, row.disabled, row.created_at
        )
        found[row.id] = user.with_role(row.company, Role(row.role)) if row.company else user
    return list(found.values())


def _others(user: User, left: GivenUp) -> ColumnElement[bool]:
    """Those who may have what this user gives up."""
    there = select(memberships.c.user_id).where(memberships.c.company.in_(left.owned))
    return (users.c.id != user.id) & or_(users.c.admin, users.c.id.in_(there))


def _columns(user: User) -> dict[str, Any]:
    names = ("id", "email", "name", "admin", "disabled", "created_at")
    return {name: getattr(user, name) for name in names}


async def _write_roles(connection: AsyncConnection, user: User) -> None:
    rows = [
        {"user_id": user.id, "company": company, "role": str(role)}
        for company, role in user.memberships.items()
    ]
    if rows:
        await connection.execute(insert(memberships), rows)
