from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Role
from clientsvia.admin.web.guard import cookie_name
from tests.admin.desk import ORIGIN, OWN, PASSWORD, open_desk

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from falcon.testing import Result

    from tests.admin.desk import Desk

EMAIL = "ada@acme.example"


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """A desk with somebody who has a password."""
    async with open_desk() as opened:
        await opened.services.access.people.add(
            EMAIL, "Ada", PASSWORD, memberships={OWN: Role.OWNER}
        )
        yield opened


async def sign_in(desk: Desk, **form: str) -> Result:
    given = {"email": EMAIL, "password": PASSWORD, "next": "/"} | form
    return await desk.post("/sign-in", given, as_="stranger")


def session_of(answer: Result) -> str:
    return answer.cookies[cookie_name(ORIGIN)].value


async def test_a_right_password_begins_a_session_and_leads_on_to_what_was_wanted(
    desk: Desk,
) -> None:
    answer = await sign_in(desk, next="/companies/demo/agent?said=saved")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/companies/demo/agent?said=saved"
    headers = {"Cookie": f"{cookie_name(ORIGIN)}={session_of(answer)}"}
    page = await desk.get("/companies/demo/agent", as_="stranger", headers=headers)
    assert page.status_code == 200


async def test_the_cookie_is_kept_from_scripts_other_hosts_and_plain_http(desk: Desk) -> None:
    answer = await sign_in(desk)

    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"HttpOnly", "Secure", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "evil", "", "/a\r\nX: 1"],
)
async def test_nobody_is_led_elsewhere_after_signing_in(desk: Desk, wanted: str) -> None:
    answer = await sign_in(desk, next=wanted)

    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "wrong", [{"password": "another passphrase"}, {"email": "nobody@acme.example"}]
)
async def test_a_wrong_password_and_an_unknown_address_are_told_alike(
    desk: Desk, wrong: dict[str, str]
) -> None:
    answer = await sign_in(desk, next="/companies/demo", **wrong)

    assert answer.status_code == 422
    assert "no user has this e-mail address and password" in answer.text
    assert wrong.get("email", EMAIL) in answer.text
    assert "passphrase" not in answer.text
    assert 'value="/companies/demo"' in answer.text
    assert "set-cookie" not in answer.headers


async def test_who_guesses_is_told_to_wait_even_with_the_right_password(desk: Desk) -> None:
    for _ in range(6):
        await sign_in(desk, password="a wrong passphrase")

    answer = await sign_in(desk)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "wait" in answer.text


async def test_signing_in_ends_the_session_that_was_there(desk: Desk) -> None:
    planted = session_of(await sign_in(desk))
    visitor = await desk.services.access.signing_in.visitor(planted)
    assert visitor is not None
    headers = {
        "Cookie": f"{cookie_name(ORIGIN)}={planted}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    form = {"email": EMAIL, "password": PASSWORD, "form_token": visitor.form_token}

    answer = await desk.post("/sign-in", form, as_="stranger", headers=headers)

    assert session_of(answer) != planted
    assert await desk.services.access.signing_in.visitor(planted) is None
    assert await desk.services.access.signing_in.visitor(session_of(answer)) is not None


async def test_the_form_of_another_site_signs_nobody_in(desk: Desk) -> None:
    form = {"email": EMAIL, "password": PASSWORD}

    answer = await desk.post(
        "/sign-in", form, as_="stranger", headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_signing_out_ends_the_session_and_forgets_the_cookie(desk: Desk) -> None:
    await desk.page("/account")
    session, _ = desk.sessions["owner"]

    answer = await desk.post("/sign-out", {})

    assert answer.headers["location"] == "/sign-in?said=signed-out"
    assert "expires=Thu, 01 Jan 1970" in answer.headers["set-cookie"]
    assert await desk.services.access.signing_in.visitor(session) is None


async def test_signing_in_and_what_was_refused_stand_in_the_audit_log(desk: Desk) -> None:
    await sign_in(desk, password="a wrong passphrase")
    await sign_in(desk, email="my secret password, typed here by a slip")
    await sign_in(desk)

    entries = await desk.services.stores.audit.entries("")

    assert [(one.act, one.by, one.detail) for one in entries] == [
        ("signed in", EMAIL, {}),
        ("sign-in refused", "", {}),
        ("sign-in refused", "", {"email": EMAIL}),
    ]
