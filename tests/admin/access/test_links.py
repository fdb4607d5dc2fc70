from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.admin.access.visitor import Role
from clientsvia.errors import InvalidInput, SignInRefused
from tests.admin.access.guests import OTHER, PASSWORD, join, sign_in

if TYPE_CHECKING:
    from clientsvia.admin.access.links import MadeLink
    from clientsvia.wiring.access import Access
    from tests.notices.samples import Clock

ADA = "ada@acme.example"
GONE = "was used, has ended, or was replaced"


async def invited(access: Access, email: str = ADA, **what: Any) -> MadeLink:
    what = what or {"company": "acme", "role": Role.MEMBER}
    return await access.links.make("invite", email=email, by="bob@acme.example", **what)


async def first(access: Access) -> MadeLink:
    return await access.links.make("first-admin", by="the start")


async def test_a_link_tells_what_it_is_for_and_is_shown_once(access: Access) -> None:
    made = await invited(access, " Ada@Acme.example")

    link = await access.links.look(made.token)

    assert link is not None
    assert (link.kind, link.email, link.company, link.role) == ("invite", ADA, "acme", Role.MEMBER)
    assert link.expires_at == made.expires_at
    assert made.path == f"/link/{made.token}"
    assert made.token not in repr(made) + repr(link)
    assert await access.links.look(made.token) == link
    assert await access.links.look(link.id) is None


async def test_who_is_invited_chooses_a_name_and_a_password(access: Access) -> None:
    made = await invited(access)

    user = await access.links.use(made.token, name="Ada Miller", password=PASSWORD)

    assert (user.email, user.name, user.admin) == (ADA, "Ada Miller", False)
    assert user.memberships == {"acme": Role.MEMBER}
    assert await access.users.list() == [user]
    assert await sign_in(access)
    assert await access.links.look(made.token) is None
    with pytest.raises(InvalidInput, match=GONE):
        await access.links.use(made.token, name="Eve", password=PASSWORD)


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("Ada", "short"), ("Ada", ADA)])
async def test_a_link_stays_until_what_is_chosen_will_do(
    access: Access, name: str, password: str
) -> None:
    made = await invited(access)

    with pytest.raises(InvalidInput):
        await access.links.use(made.token, name=name, password=password)

    assert await access.users.list() == []
    assert (await access.links.use(made.token, name="Ada", password=PASSWORD)).name == "Ada"


async def test_a_link_works_once_though_two_follow_it_at_the_same_moment(access: Access) -> None:
    made = await first(access)
    both = [
        access.links.use(made.token, name=name, password=PASSWORD, email=f"{name}@acme.example")
        for name in ("ada", "eve")
    ]

    ends = await asyncio.gather(*both, return_exceptions=True)

    assert sorted(isinstance(end, InvalidInput) for end in ends) == [False, True]
    assert len(await access.users.list()) == 1


async def test_who_has_a_user_already_joins_with_their_own_password(access: Access) -> None:
    ada = await join(access, acme=Role.OWNER)
    made = await invited(access, company="miller", role=Role.READER)

    with pytest.raises(SignInRefused):
        await access.links.use(made.token, name="Eve", password=OTHER)
    assert await access.users.people_of("miller") == []
    user = await access.links.use(made.token, name="Eve", password=PASSWORD)

    assert user == ada.with_role("miller", Role.READER)
    assert await sign_in(access)


async def test_a_password_cannot_be_guessed_by_an_invitation(access: Access) -> None:
    await join(access)
    made = await invited(access)
    for _ in range(5):
        with pytest.raises(SignInRefused, match="no user has"):
            await access.links.use(made.token, password=OTHER)

    with pytest.raises(SignInRefused, match="wait"):
        await access.links.use(made.token, password=PASSWORD)


async def test_an_invitation_takes_nothing_away(access: Access) -> None:
    ada = await join(access, admin=True, acme=Role.OWNER)
    made = await invited(access, company="acme", role=Role.READER)

    assert await access.links.use(made.token, password=PASSWORD) == ada


async def test_two_invitations_followed_at_once_make_one_user_of_both(access: Access) -> None:
    links = [await invited(access, company=name, role=Role.READER) for name in ("acme", "miller")]

    ends = await asyncio.gather(
        *(access.links.use(link.token, name="Ada", password=PASSWORD) for link in links),
        return_exceptions=True,
    )
    late = [link for link, end in zip(links, ends, strict=True) if isinstance(end, InvalidInput)]
    assert len(late) == 1

    user = await access.links.use(late[0].token, password=PASSWORD)
    assert user.memberships.keys() == {"acme", "miller"}


async def test_a_newer_invitation_takes_the_place_of_the_last(access: Access) -> None:
    old, new = await invited(access), await invited(access)

    assert await access.links.look(old.token) is None
    assert await access.links.look(new.token) is not None


@pytest.mark.parametrize(("kind", "days"), [("invite", 7), ("reset", 1), ("first-admin", 7)])
async def test_a_link_ends_by_itself(access: Access, clock: Clock, kind: str, days: int) -> None:
    await join(access)
    given = {} if kind == "first-admin" else {"email": ADA}
    role = {"company": "acme", "role": Role.READER} if kind == "invite" else {}
    made = await access.links.make(kind, by="bob", **given, **role)  # type: ignore[arg-type]  # a table
    clock.move(days=days, seconds=-1)
    assert await access.links.look(made.token) is not None

    clock.move(seconds=1)

    assert await access.links.look(made.token) is None
    with pytest.raises(InvalidInput, match=GONE):
        await access.links.use(made.token, password=PASSWORD)


async def test_the_first_administrator_chooses_an_address_as_well(access: Access) -> None:
    old, made = await first(access), await first(access)
    with pytest.raises(InvalidInput, match=GONE):
        await access.links.use(old.token, name="Ada", password=PASSWORD, email=ADA)
    with pytest.raises(InvalidInput, match="is no e-mail address"):
        await access.links.use(made.token, name="Ada", password=PASSWORD)

    user = await access.links.use(made.token, name="Ada", password=PASSWORD, email=ADA)

    assert user.admin
    with pytest.raises(InvalidInput, match="an administrator already"):
        await first(access)


async def test_the_link_of_the_first_administrator_makes_no_second(access: Access) -> None:
    made = await first(access)
    await join(access, "bob", admin=True)
    eve = await join(access, "eve")

    for email in (ADA, eve.email):
        with pytest.raises(InvalidInput, match=GONE):
            await access.links.use(made.token, name="Eve", password=PASSWORD, email=email)

    assert [user.email for user in await access.users.list() if user.admin] == ["bob@acme.example"]


async def test_somebody_who_is_there_becomes_the_first_administrator(access: Access) -> None:
    ada = await join(access, acme=Role.OWNER)
    made = await first(access)

    user = await access.links.use(made.token, password=PASSWORD, email=ADA)

    assert (user.id, user.admin, user.memberships) == (ada.id, True, {"acme": Role.OWNER})


async def test_a_link_to_another_password_ends_every_session(access: Access) -> None:
    ada = await join(access, acme=Role.OWNER)
    session = await sign_in(access)
    made = await access.links.make("reset", email=ADA, by="bob")

    with pytest.raises(InvalidInput, match="at least 12"):
        await access.links.use(made.token, password="short")
    assert await access.signing_in.visitor(session) is not None
    assert await access.links.use(made.token, password=OTHER) == ada

    assert await access.signing_in.visitor(session) is None
    assert await sign_in(access, password=OTHER)
    with pytest.raises(InvalidInput, match=GONE):
        await access.links.use(made.token, password=PASSWORD)


async def test_who_is_disabled_gets_in_by_no_link(access: Access) -> None:
    ada = await join(access)
    made = await access.links.make("reset", email=ADA, by="bob")
    invitation = await invited(access)
    await access.people.disable(ada.id)

    with pytest.raises(InvalidInput, match=GONE):
        await access.links.use(made.token, password=OTHER)
    with pytest.raises(SignInRefused, match="disabled"):
        await access.links.use(invitation.token, password=PASSWORD)
    with pytest.raises(InvalidInput, match="enable it first"):
        await access.links.make("reset", email=ADA, by="bob")


@pytest.mark.parametrize(
    ("kind", "what", "told"),
    [
        ("invite", {"email": "ada"}, "no e-mail address"),
        ("invite", {"email": ADA}, "what they are invited to"),
        ("invite", {"email": ADA, "company": "acme"}, "both the company and a role"),
        ("invite", {"email": ADA, "admin": True, "role": Role.OWNER}, "both the company"),
        ("reset", {"email": ADA}, "nobody has the address"),
    ],
)
async def test_a_link_that_would_be_of_no_use_is_not_made(
    access: Access, kind: str, what: dict[str, Any], told: str
) -> None:
    with pytest.raises(InvalidInput, match=told):
        await access.links.make(kind, by="bob", **what)
