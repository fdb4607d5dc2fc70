from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Need, Role
from clientsvia.errors import InvalidInput
from tests.admin.access.guests import join

if TYPE_CHECKING:
    from clientsvia.admin.access.ports import ApiToken
    from clientsvia.admin.access.user import User
    from clientsvia.wiring.access import Access, AccessStores
    from tests.notices.samples import Clock


async def made(
    access: Access,
    user: User,
    need: Need = Need.EDIT,
    companies: frozenset[str] | None = None,
    days: int = 30,
) -> tuple[str, ApiToken]:
    return await access.tokens.make(user, name="ci", need=need, companies=companies, days=days)


async def test_a_token_speaks_for_its_user_within_what_it_is_for(access: Access) -> None:
    ada = await join(access, acme=Role.OWNER, miller=Role.OWNER)

    bearer, token = await made(access, ada, companies=frozenset({"acme"}))
    visitor = await access.tokens.visitor(bearer)

    assert bearer.startswith("cv_")
    assert bearer not in repr(token)
    assert visitor is not None
    assert visitor.by == "ada@acme.example (API token ci)"
    assert visitor.may(Need.EDIT, "acme")
    assert not visitor.may(Need.MANAGE, "acme")
    assert not visitor.sees("miller")
    for other in ("", token.id, bearer.removeprefix("cv_"), f"{bearer}x"):
        assert await access.tokens.visitor(other) is None


async def test_a_token_does_what_its_user_may_now(access: Access) -> None:
    ada = await join(access, acme=Role.MEMBER)
    bearer, _ = await made(access, ada)

    await access.people.set_role(ada.id, "acme", Role.READER)

    visitor = await access.tokens.visitor(bearer)
    assert visitor is not None
    assert visitor.sees("acme")
    assert not visitor.may(Need.EDIT, "acme")


async def test_a_token_ends_by_itself_or_when_it_is_revoked(access: Access, clock: Clock) -> None:
    ada, bob = await join(access, acme=Role.MEMBER), await join(access, "bob")
    short, _ = await made(access, ada, days=1)
    long, kept = await made(access, ada)
    clock.move(days=1)
    assert await access.tokens.visitor(short) is None
    assert await access.tokens.visitor(long) is not None
    assert {one.id for one in await access.tokens.of(ada.id)} >= {kept.id}

    with pytest.raises(InvalidInput, match="no such token"):
        await access.tokens.revoke(bob.id, kept.id)
    await access.tokens.revoke(ada.id, kept.id)

    assert await access.tokens.visitor(long) is None


async def test_when_a_token_was_used_is_noted_now_and_then(
    access: Access, stores: AccessStores, clock: Clock
) -> None:
    ada = await join(access, acme=Role.MEMBER)
    bearer, token = await made(access, ada)
    first = clock.now()
    await access.tokens.visitor(bearer)
    clock.move(minutes=4)
    await access.tokens.visitor(bearer)
    assert await stores.api_tokens.of(ada.id) == [replace(token, used_at=first)]

    clock.move(minutes=2)
    await access.tokens.visitor(bearer)
    assert await access.tokens.of(ada.id) == [replace(token, used_at=clock.now())]


@pytest.mark.parametrize(
    ("need", "companies"),
    [
        (Need.MANAGE, None),
        (Need.EDIT, frozenset({"acme", "miller"})),
        (Need.READ, frozenset({"globex"})),
        (Need.READ, frozenset()),
        (Need.OPERATE, None),
        (Need.ACCOUNT, None),
    ],
)
async def test_a_token_for_more_than_its_user_may_is_not_made(
    access: Access, need: Need, companies: frozenset[str] | None
) -> None:
    ada = await join(access, acme=Role.MEMBER, miller=Role.READER)

    with pytest.raises(InvalidInput, match="choose"):
        await made(access, ada, need, companies)

    assert await access.tokens.of(ada.id) == []


async def test_an_administrators_token_may_operate_the_platform_but_not_of_some_companies(
    access: Access,
) -> None:
    bob = await join(access, "bob", admin=True)

    bearer, _ = await made(access, bob, Need.OPERATE)
    visitor = await access.tokens.visitor(bearer)
    assert visitor is not None
    assert visitor.may(Need.OPERATE)
    assert (await made(access, bob, Need.EDIT, frozenset({"acme"})))[1].need is Need.EDIT
    with pytest.raises(InvalidInput, match="choose"):
        await made(access, bob, Need.OPERATE, frozenset({"acme"}))


@pytest.mark.parametrize("days", [0, 367])
async def test_a_token_lasts_a_year_at_most(access: Access, days: int) -> None:
    ada = await join(access, acme=Role.MEMBER)

    with pytest.raises(InvalidInput, match="1 to 366 days"):
        await made(access, ada, days=days)
