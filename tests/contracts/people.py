"""People as the tests of access know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.user import User
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from clientsvia.admin.access.visitor import Role
    from tests.contracts.workers import Worker


def somebody(
    name: str = "ada", *, admin: bool = False, disabled: bool = False, **roles: Role
) -> User:
    return User(name, f"{name}@acme.example", name.title(), admin, disabled, NOON, roles)


async def added(worker: Worker, *users: User) -> None:
    for user in users:
        await worker.access.users.add(user, f"hash of {user.name}")
