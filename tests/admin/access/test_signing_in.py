from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.secret_tokens import form_token_of
from clientsvia.admin.access.visitor import Need, Role
from clientsvia.errors import InvalidInput, SignInRefused
from tests.admin.access.guests import OTHER, PASSWORD, join, sign_in

if TYPE_CHECKING:
    from clientsvia.wiring.access import Access, AccessStores
    from tests.notices.samples import Clock


async def test_who_signs_in_is_known_by_the_session(access: Access) -> None:
    ada = await join(access, acme=Role.MEMBER)

    token = await sign_in(access)
    visitor = await access.signing_in.visitor(token)

    assert visitor is not None
    assert (visitor.user_id, visitor.email, visitor.name) == (ada.id, "ada@acme.example", "Ada")
    assert visitor.may(Need.EDIT, "acme")
    assert not visitor.may(Need.MANAGE, "acme")
    assert visitor.form_token == form_token_of(token)
    assert visitor.session not in token
    assert token not in repr(visitor)
    for other in ("", visitor.session, token.swapcase()):
        assert await access.signing_in.visitor(other) is None


async def test_a_wrong_password_opens_nothing(access: Access, stores: AccessStores) -> None:
    ada = await join(access)

    with pytest.raises(SignInRefused):
        await sign_in(access, password=OTHER)

    assert await stores.sessions.of(ada.id) == []


async def test_a_role_is_in_force_with_the_next_page(access: Access) -> None:
    ada = await join(access, acme=Role.MEMBER)
    token = await sign_in(access)

    await access.people.set_role(ada.id, "acme", None)

    visitor = await access.signing_in.visitor(token)
    assert visitor is not None
    assert not visitor.sees("acme")


async def test_a_session_ends_after_twelve_idle_hours(access: Access, clock: Clock) -> None:
    await join(access)
    token = await sign_in(access)
    for _ in range(3):
        clock.move(hours=11, minutes=50)
        assert await access.signing_in.visitor(token) is not None

    clock.move(hours=12, seconds=1)
    assert await access.signing_in.visitor(token) is None


async def test_no_session_is_older_than_thirty_days(access: Access, clock: Clock) -> None:
    await join(access)
    token = await sign_in(access)
    for _ in range(72):
        clock.move(hours=10)
        assert await access.signing_in.visitor(token) is not None

    clock.move(seconds=1)
    assert await access.signing_in.visitor(token) is None


async def test_sessions_that_have_ended_are_cleared_away(
    access: Access, stores: AccessStores, clock: Clock
) -> None:
    ada = await join(access)
    await sign_in(access)
    clock.move(hours=13)
    assert await access.signing_in.sessions_of(ada.id) == []

    await sign_in(access)

    assert len(await stores.sessions.of(ada.id)) == 1


async def test_a_session_is_not_written_for_every_page(
    access: Access, stores: AccessStores, clock: Clock
) -> None:
    ada = await join(access)
    token = await sign_in(access)
    begun = clock.now()
    clock.move(minutes=4)
    await access.signing_in.visitor(token)
    (session,) = await stores.sessions.of(ada.id)
    assert session.seen_at == begun

    clock.move(minutes=2)
    await access.signing_in.visitor(token)
    (session,) = await access.signing_in.sessions_of(ada.id)
    assert session.seen_at == clock.now()
    assert (session.address, session.device) == ("192.0.2.7", "Firefox")


async def test_signing_out_ends_one_session_or_one_elsewhere_or_all(access: Access) -> None:
    ada, bob = await join(access), await join(access, "bob")
    here, phone, desk = [await sign_in(access) for _ in range(3)]
    bobs = await sign_in(access, "bob")
    visitor = access.signing_in.visitor
    lost = await visitor(phone)
    assert lost is not None

    await access.signing_in.sign_out(desk)
    await access.signing_in.sign_out_of(bob.id, lost.session)
    assert [await visitor(token) is not None for token in (here, phone, desk)] == [
        True,
        True,
        False,
    ]
    await access.signing_in.sign_out_of(ada.id, lost.session)
    assert await visitor(phone) is None
    await access.signing_in.sign_out_everywhere(ada.id)
    assert await visitor(here) is None
    assert await visitor(bobs) is not None


async def test_another_password_ends_every_other_session(access: Access) -> None:
    ada = await join(access)
    here, elsewhere = await sign_in(access), await sign_in(access)
    visitor = await access.signing_in.visitor(here)
    assert visitor is not None

    await access.signing_in.change_password(ada.id, PASSWORD, OTHER, session=visitor.session)

    assert await access.signing_in.visitor(here) is not None
    assert await access.signing_in.visitor(elsewhere) is None
    assert await sign_in(access, password=OTHER)
    with pytest.raises(SignInRefused):
        await sign_in(access)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [(OTHER, OTHER, "no user has"), (PASSWORD, "short", "at least 12")],
)
async def test_a_password_that_will_not_do_changes_nothing(
    access: Access, old: str, new: str, told: str
) -> None:
    ada = await join(access)
    here = await sign_in(access)

    with pytest.raises(InvalidInput, match=told):
        await access.signing_in.change_password(ada.id, old, new)

    assert await access.signing_in.visitor(here) is not None
    assert await sign_in(access)


async def test_who_is_no_more_changes_no_password(access: Access) -> None:
    with pytest.raises(InvalidInput, match="no such user"):
        await access.signing_in.change_password("nobody", PASSWORD, OTHER)
