from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.passwords import Passwords
from clientsvia.admin.access.visitor import Need
from tests.admin.desk import OWN, PASSWORD, Page

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OTHER = "quite another passphrase"


async def give_password(desk: Desk, role: str = "owner") -> None:
    hashed = await Passwords().hash(PASSWORD)
    await desk.services.stores.access.users.set_password_hash(role, hashed)


async def test_the_page_shows_who_one_is_and_where_one_is_signed_in(desk: Desk) -> None:
    page = await desk.page("/account")

    assert "owner@acme.example" in page.text
    assert "this one" in page.text
    assert page.fields["name"] == "Owner"


async def test_a_name_is_changed_and_an_empty_one_refused_in_place(desk: Desk) -> None:
    refused = await desk.post("/account/name", {"name": "  "})
    await desk.post("/account/name", {"name": "Ada  Miller"})

    assert refused.status_code == 422
    assert 'id="name-error"' in refused.text
    assert "Ada Miller" in (await desk.page("/account")).text


async def test_another_password_ends_every_session_but_this_one(desk: Desk) -> None:
    await give_password(desk)
    elsewhere = await desk.services.access.signing_in.begin("owner", address="", device="")

    answer = await desk.post("/account/password", {"old": PASSWORD, "new": OTHER})

    assert answer.headers["location"] == "/account?said=password"
    assert await desk.services.access.signing_in.visitor(elsewhere) is None
    assert (await desk.get("/account")).status_code == 200


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"old": "not my passphrase", "new": OTHER}, "old"),
        ({"old": PASSWORD, "new": "short"}, "new"),
    ],
)
async def test_what_is_wrong_with_a_password_stands_beside_it_and_no_password_is_shown(
    desk: Desk, form: dict[str, str], field: str
) -> None:
    await give_password(desk)

    answer = await desk.post("/account/password", form)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert not any(f'value="{text}"' in answer.text for text in form.values())


async def test_a_session_elsewhere_is_ended_alone(desk: Desk) -> None:
    signing_in = desk.services.access.signing_in
    elsewhere = await signing_in.begin("owner", address="203.0.113.9", device="phone")
    visitor = await signing_in.visitor(elsewhere)
    assert visitor is not None

    await desk.post("/account/sessions", {"session": visitor.session})

    assert await signing_in.visitor(elsewhere) is None
    assert (await desk.get("/account")).status_code == 200


async def test_nobody_ends_the_session_of_another_user(desk: Desk) -> None:
    signing_in = desk.services.access.signing_in
    theirs = await signing_in.begin("member", address="", device="")
    visitor = await signing_in.visitor(theirs)
    assert visitor is not None

    await desk.post("/account/sessions", {"session": visitor.session})

    assert await signing_in.visitor(theirs) is not None


async def test_signing_out_everywhere_signs_out_here_too(desk: Desk) -> None:
    answer = await desk.post("/account/sessions", {})

    assert answer.headers["location"].startswith("/sign-in")
    assert (await desk.services.access.signing_in.sessions_of("owner")) == []


async def test_an_api_token_is_shown_once_and_does_what_was_chosen(desk: Desk) -> None:
    form = {"token_name": "ci", "need": "read", "companies": "demo", "days": "30"}

    made = await desk.post("/account/tokens", form)

    found = re.search(r"cv_[\w-]{20,}", made.text)
    assert found is not None
    assert found[0] not in (await desk.page("/account")).html
    visitor = await desk.services.access.tokens.visitor(found[0])
    assert visitor is not None
    assert visitor.may(Need.READ, OWN)
    assert not visitor.may(Need.EDIT, OWN)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"token_name": ""}, "token_name"),
        ({"days": "0"}, "days"),
        ({"days": "367"}, "days"),
        ({"days": "soon"}, "days"),
        ({"companies": "globex"}, "companies"),
        ({"need": "operate"}, "companies"),
    ],
)
async def test_a_token_that_cannot_be_is_refused_with_what_was_typed(
    desk: Desk, form: dict[str, str], field: str
) -> None:
    typed = {"token_name": "ci", "need": "edit", "companies": "demo", "days": "30"} | form

    answer = await desk.post("/account/tokens", typed)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    page = Page(answer.text)
    assert {name: page.fields[name] for name in typed} == typed
    assert await desk.services.access.tokens.of("owner") == []


async def test_a_token_is_ended_from_the_page(desk: Desk) -> None:
    user = await desk.services.access.people.named("owner@acme.example")
    token, made = await desk.services.access.tokens.make(
        user, name="ci", need=Need.READ, companies=None, days=1
    )

    await desk.post("/account/tokens", {"end": made.id})

    assert await desk.services.access.tokens.visitor(token) is None
    acts = [one.act for one in await desk.services.stores.audit.entries("")]
    assert acts == ["API token ended"]


async def test_an_api_token_makes_no_other_token_and_ends_no_session(desk: Desk) -> None:
    user = await desk.services.access.people.named("owner@acme.example")
    token, _ = await desk.services.access.tokens.make(
        user, name="ci", need=Need.READ, companies=None, days=1
    )
    headers = {"Authorization": f"Bearer {token}"}
    form = {"token_name": "grown", "need": "manage", "companies": "", "days": "300"}

    answer = await desk.post("/account/tokens", form, as_="stranger", headers=headers)

    assert answer.status_code == 403
    assert [one.name for one in await desk.services.access.tokens.of("owner")] == ["ci"]


async def test_the_addresses_below_the_page_lead_back_to_it(desk: Desk) -> None:
    for below in ("name", "password", "sessions", "tokens"):
        answer = await desk.get(f"/account/{below}")
        assert answer.headers["location"] == "/account"
