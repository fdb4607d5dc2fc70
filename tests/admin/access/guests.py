"""Who signs in in these tests, and from where."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientsvia.admin.access.user import User
    from clientsvia.admin.access.visitor import Role
    from clientsvia.wiring.access import Access

PASSWORD = "mauve tram below zero"
OTHER = "seven quiet lamp posts"


async def join(access: Access, name: str = "ada", *, admin: bool = False, **roles: Role) -> User:
    return await access.people.add(
        f"{name}@acme.example", name.title(), PASSWORD, admin=admin, memberships=roles
    )


async def sign_in(
    access: Access, name: str = "ada", password: str = PASSWORD, address: str = "192.0.2.7"
) -> str:
    email = f"{name}@acme.example"
    return await access.signing_in.sign_in(email, password, address=address, device="Firefox")
