from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Need, Role
from clientsvia.errors import InvalidInput, SignInRefused
from tests.admin.access.guests import PASSWORD, join, sign_in

if TYPE_CHECKING:
    from clientsvia.wiring.access import Access, AccessStores


async def test_a_user_is_found_by_the_address_and_not_added_twice(access: Access) -> None:
    ada = await join(access, acme=Role.OWNER)

    assert await access.people.named("ADA@acme.example") == ada
    assert await access.users.people_of("acme") == [ada]
    with pytest.raises(InvalidInput, match="has a user already"):
        await join(access)
    with pytest.raises(InvalidInput, match="clientsvia user list"):
        await access.people.named("bob@acme.example")


@pytest.mark.parametrize(
    ("email", "name", "password"),
    [("ada", "Ada", PASSWORD), ("a@b.example", "", PASSWORD), ("a@b.example", "Ada", "short")],
)
async def test_nobody_is_added_by_halves(
    access: Access, email: str, name: str, password: str
) -> None:
    with pytest.raises(InvalidInput):
        await access.people.add(email, name, password, memberships={})
    assert await access.users.list() == []


async def test_roles_names_and_administrators_change(access: Access) -> None:
    ada = await join(access, acme=Role.READER)
    people = access.people

    assert (await people.set_role(ada.id, "acme", Role.OWNER)).memberships == {"acme": Role.OWNER}
    assert (await people.rename(ada.id, " A.  Miller ")).name == "A. Miller"
    after = await people.set_admin(ada.id, admin=True)

    assert await access.users.get(ada.id) == after
    assert after == replace(ada, name="A. Miller", admin=True, memberships={"acme": Role.OWNER})
    with pytest.raises(InvalidInput, match="last owner of acme"):
        await people.set_role(ada.id, "acme", None)
    with pytest.raises(InvalidInput, match="last administrator"):
        await people.set_admin(ada.id, admin=False)
    with pytest.raises(InvalidInput, match="no such user"):
        await people.set_admin("nobody", admin=True)


async def test_who_is_disabled_is_out_everywhere_and_comes_back_with_the_same_roles(
    access: Access, stores: AccessStores
) -> None:
    ada = await join(access, acme=Role.OWNER)
    session = await sign_in(access)
    bearer, _ = await access.tokens.make(ada, name="ci", need=Need.READ, companies=None, days=1)

    await access.people.disable(ada.id)

    assert await access.signing_in.visitor(session) is None
    assert await access.tokens.visitor(bearer) is None
    assert (await stores.sessions.of(ada.id), await stores.api_tokens.of(ada.id)) == ([], [])
    with pytest.raises(SignInRefused, match="disabled"):
        await sign_in(access)
    assert await access.people.enable(ada.id) == ada
    assert await sign_in(access)


async def test_the_last_administrator_is_not_disabled_and_stays_signed_in(access: Access) -> None:
    ada = await join(access, admin=True)
    session = await sign_in(access)

    with pytest.raises(InvalidInput, match="last administrator"):
        await access.people.disable(ada.id)

    assert await access.signing_in.visitor(session) is not None
