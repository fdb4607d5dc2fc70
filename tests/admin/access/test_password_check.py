from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.password_check import PasswordCheck
from clientsvia.admin.access.passwords import Passwords
from clientsvia.admin.access.throttle import Throttle
from clientsvia.errors import SignInRefused
from tests.admin.access.guests import OTHER, PASSWORD, join

if TYPE_CHECKING:
    from clientsvia.wiring.access import Access, AccessStores
    from tests.notices.samples import Clock


@pytest.fixture
def check(stores: AccessStores, clock: Clock) -> PasswordCheck:
    return PasswordCheck(stores.users, Passwords(), Throttle(clock))


async def test_who_has_the_password_is_told_from_who_has_not(
    access: Access, check: PasswordCheck
) -> None:
    ada = await join(access)

    assert await check.confirm(" ADA@acme.example", PASSWORD) == ada
    told = []
    for email, password in (
        ("ada@acme.example", OTHER),
        ("bob@acme.example", PASSWORD),
        ("no address", PASSWORD),
        ("", ""),
    ):
        with pytest.raises(SignInRefused) as refused:
            await check.confirm(email, password)
        told.append(str(refused.value))
    assert len(set(told)) == 1
    assert "ask an administrator for a link" in told[0]


async def test_a_right_password_is_told_to_wait_as_well(
    access: Access, check: PasswordCheck, clock: Clock
) -> None:
    ada = await join(access)
    for _ in range(5):
        with pytest.raises(SignInRefused, match="no user has"):
            await check.confirm("ada@acme.example", OTHER)

    with pytest.raises(SignInRefused, match="wait 2 seconds") as refused:
        await check.confirm("Ada@acme.example", PASSWORD)
    assert refused.value.retry_after == 2
    clock.move(seconds=2)
    assert await check.confirm("ada@acme.example", PASSWORD) == ada


async def test_who_is_disabled_hears_so_only_with_the_right_password(
    access: Access, check: PasswordCheck
) -> None:
    await access.people.disable((await join(access)).id)

    with pytest.raises(SignInRefused, match="no user has"):
        await check.confirm("ada@acme.example", OTHER)
    with pytest.raises(SignInRefused, match="ask an administrator to enable it"):
        await check.confirm("ada@acme.example", PASSWORD)
