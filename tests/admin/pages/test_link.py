from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.ports import LinkKind
from clientsvia.admin.access.visitor import Role
from clientsvia.admin.web.guard import cookie_name
from tests.admin.desk import ORIGIN, OWN, PASSWORD, Page

if TYPE_CHECKING:
    from falcon.testing import Result

    from tests.admin.desk import Desk

EMAIL = "bob@acme.example"


async def invite(desk: Desk, email: str = EMAIL, role: Role = Role.MEMBER) -> str:
    made = await desk.services.access.links.make(
        LinkKind.INVITE, email=email, company=OWN, role=role, by="owner@acme.example"
    )
    return made.path


async def follow(desk: Desk, path: str, **form: str) -> Result:
    given = {"name": "Bob", "password": PASSWORD} | form
    return await desk.post(path, given, as_="stranger")


async def test_an_invitation_says_who_it_is_for_and_as_what(desk: Desk) -> None:
    page = await desk.page(await invite(desk), as_="stranger")

    assert "owner@acme.example invited bob@acme.example to be a member of" in page.text
    assert {"name", "password"} <= page.fields.keys()


async def test_who_follows_an_invitation_is_signed_in_and_belongs_to_the_company(
    desk: Desk,
) -> None:
    answer = await follow(desk, await invite(desk))

    assert answer.headers["location"] == "/companies/demo"
    session = answer.cookies[cookie_name(ORIGIN)].value
    visitor = await desk.services.access.signing_in.visitor(session)
    assert visitor is not None
    assert visitor.roles == {OWN: Role.MEMBER}


async def test_a_link_works_once(desk: Desk) -> None:
    path = await invite(desk)
    await follow(desk, path)

    answer = await desk.get(path, as_="stranger")
    again = await follow(desk, path)

    assert answer.status_code == again.status_code == 404
    assert "ask whoever sent it for another" in answer.text


async def test_everything_wrong_is_told_at_once_and_the_link_stays(desk: Desk) -> None:
    path = await invite(desk)

    answer = await follow(desk, path, name=" ", password="short")

    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert 'href="#password"' in answer.text
    assert (await follow(desk, path)).status_code == 303


async def test_who_has_a_user_gives_the_password_they_have(desk: Desk) -> None:
    await desk.services.access.people.add(EMAIL, "Bob", PASSWORD, memberships={})
    path = await invite(desk)
    page = await desk.page(path, as_="stranger")
    assert "name" not in page.fields

    wrong = await follow(desk, path, password="another passphrase")
    right = await follow(desk, path)

    assert wrong.status_code == 422
    assert right.status_code == 303
    user = await desk.services.access.users.by_email(EMAIL)
    assert user is not None
    assert user.memberships == {OWN: Role.MEMBER}


async def test_a_link_to_another_password_signs_out_all_others(desk: Desk) -> None:
    user = await desk.services.access.people.add(EMAIL, "Bob", PASSWORD, memberships={})
    old = await desk.services.access.signing_in.begin(user.id, address="", device="")
    made = await desk.services.access.links.make(LinkKind.RESET, email=EMAIL, by="an administrator")

    answer = await follow(desk, made.path, password="quite another passphrase")

    assert answer.status_code == 303
    assert await desk.services.access.signing_in.visitor(old) is None
    form = {"email": EMAIL, "password": "quite another passphrase"}
    assert (await desk.post("/sign-in", form, as_="stranger")).status_code == 303


async def test_following_an_invitation_ends_the_session_the_browser_had(desk: Desk) -> None:
    path = await invite(desk)
    page = Page((await desk.get(path, as_="owner")).text)
    session, _ = desk.sessions["owner"]

    answer = await desk.post(path, page.fields | {"name": "Bob", "password": PASSWORD})

    assert answer.status_code == 303
    assert await desk.services.access.signing_in.visitor(session) is None


@pytest.mark.parametrize("token", ["x", "ünïcode", "a" * 300])
async def test_a_link_that_never_was_is_over(desk: Desk, token: str) -> None:
    answer = await desk.get(f"/link/{token}", as_="stranger")

    assert answer.status_code == 404


async def test_that_a_link_was_used_stands_in_the_audit_log(desk: Desk) -> None:
    await follow(desk, await invite(desk))

    (entry,) = await desk.services.stores.audit.entries(OWN)

    assert (entry.act, entry.by, entry.detail["role"]) == ("link used", EMAIL, "member")
