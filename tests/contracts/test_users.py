from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Role
from clientsvia.errors import InvalidInput
from tests.contracts.people import added, somebody
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.admin.access.user import User
    from tests.contracts.workers import Worker

ADA = somebody("ada", acme=Role.OWNER, miller=Role.READER)
BOB = somebody("bob", admin=True)


async def test_a_user_comes_back_as_it_was(worker: Worker, other: Worker) -> None:
    await added(worker, BOB, ADA)
    users = other.access.users

    assert await users.get("ada") == ADA
    assert await users.by_email("bob@acme.example") == BOB
    assert await users.list() == [ADA, BOB]
    assert await users.password_hash("ada") == "hash of Ada"
    assert await users.get("nobody") is None
    assert await users.by_email("nobody@acme.example") is None
    assert await users.password_hash("nobody") == ""


async def test_an_address_has_one_user(worker: Worker, other: Worker) -> None:
    await added(worker, ADA)

    with pytest.raises(InvalidInput, match=r"ada@acme\.example has a user already"):
        await other.access.users.add(replace(BOB, email=ADA.email), "")

    assert await worker.access.users.list() == [ADA]


async def test_people_are_those_of_one_company(worker: Worker) -> None:
    cyd = somebody("cyd", miller=Role.OWNER)
    await added(worker, ADA, BOB, cyd)
    users = worker.access.users

    assert await users.people_of("acme") == [ADA]
    assert await users.people_of("miller") == [ADA, cyd]
    assert await users.people_of("nobody") == []


async def test_what_is_made_of_a_user_is_kept(worker: Worker, other: Worker) -> None:
    await added(worker, ADA, somebody("cyd", acme=Role.OWNER))

    after = await worker.access.users.change("ada", lambda user: user.with_role("acme", None))
    await worker.access.users.set_password_hash("ada", "another")

    assert after == replace(ADA, memberships={"miller": Role.READER})
    assert await other.access.users.get("ada") == after
    assert await other.access.users.password_hash("ada") == "another"
    assert await worker.access.users.change("nobody", lambda user: user) is None


async def test_a_change_leaves_who_somebody_is(worker: Worker) -> None:
    await added(worker, ADA)

    def pretend(user: User) -> User:
        later = NOON.replace(year=2030)
        return replace(user, id="x", email="x@y.example", created_at=later, name="A. Miller")

    assert await worker.access.users.change("ada", pretend) == replace(ADA, name="A. Miller")


@pytest.mark.parametrize("role", [None, Role.MEMBER])
async def test_a_company_keeps_its_last_owner(worker: Worker, role: Role | None) -> None:
    await added(worker, ADA, BOB, somebody("cyd", acme=Role.MEMBER))
    await added(worker, somebody("dee", disabled=True, acme=Role.OWNER))

    with pytest.raises(InvalidInput, match="last owner of acme"):
        await worker.access.users.change("ada", lambda user: user.with_role("acme", role))

    assert await worker.access.users.get("ada") == ADA


async def test_one_of_two_owners_may_go_but_not_both_at_once(worker: Worker, other: Worker) -> None:
    await added(worker, ADA, somebody("cyd", acme=Role.OWNER))
    both = [
        each.access.users.change(name, lambda user: user.with_role("acme", None))
        for each, name in ((worker, "ada"), (other, "cyd"))
    ]

    ends = await asyncio.gather(*both, return_exceptions=True)

    assert sum(isinstance(end, InvalidInput) for end in ends) == 1
    assert [one.memberships["acme"] for one in await worker.access.users.people_of("acme")] == [
        Role.OWNER
    ]


def disabled(user: User) -> User:
    return replace(user, disabled=True)


def demoted(user: User) -> User:
    return replace(user, admin=False)


@pytest.mark.parametrize("alter", [disabled, demoted])
async def test_the_last_administrator_stays(worker: Worker, alter: Callable[[User], User]) -> None:
    await added(worker, ADA, BOB, somebody("eve", admin=True, disabled=True))

    with pytest.raises(InvalidInput, match="last administrator"):
        await worker.access.users.change("bob", alter)

    await added(worker, somebody("cyd", admin=True))
    assert await worker.access.users.change("bob", alter) == alter(BOB)


async def test_an_owner_is_kept_out_at_once_though_no_other_is_there(worker: Worker) -> None:
    await added(worker, ADA)

    assert await worker.access.users.change("ada", disabled) == disabled(ADA)


async def test_whether_somebody_administers_is_known(worker: Worker, other: Worker) -> None:
    await added(worker, ADA, somebody("eve", admin=True, disabled=True))
    assert not await other.access.users.has_admin()

    await added(worker, BOB)
    assert await other.access.users.has_admin()


async def test_nobody_has_a_role_in_a_company_that_is_no_more(worker: Worker) -> None:
    await added(worker, ADA, BOB)

    await worker.access.users.forget_company("acme")

    assert await worker.access.users.people_of("acme") == []
    assert await worker.access.users.get("ada") == replace(ADA, memberships={"miller": Role.READER})
