from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.guard import TOKEN_HEADER, cookie_name

if TYPE_CHECKING:
    from tests.admin.desk import Desk

AGENT = "/companies/demo/agent"
API = "/companies/demo/profile/agent"


async def test_a_stranger_is_led_to_signing_in_and_from_there_to_what_they_wanted(
    desk: Desk,
) -> None:
    answer = await desk.get(AGENT, as_="stranger")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fcompanies%2Fdemo%2Fagent"


async def test_a_strange_program_is_told_to_bring_a_token(desk: Desk) -> None:
    answer = await desk.api("GET", API, as_="stranger")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert "cv_" in answer.json["detail"]


@pytest.mark.parametrize("role", ["reader", "member", "owner"])
async def test_a_foreign_company_is_as_good_as_none(desk: Desk, role: str) -> None:
    foreign = await desk.get("/companies/globex/agent", as_=role)
    none = await desk.get("/companies/nobody/agent", as_=role)

    assert foreign.status_code == none.status_code == 404
    assert foreign.text.replace("globex", "") == none.text.replace("nobody", "")


async def test_a_reader_reads_and_does_not_change(desk: Desk) -> None:
    page = await desk.page(AGENT, as_="reader")

    answer = await desk.post(AGENT, page.fields, as_="reader")

    assert answer.status_code == 403
    assert "ask an owner" in answer.text


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "", "https://answers.example.evil.example"]
)
async def test_a_form_of_another_page_is_refused(desk: Desk, origin: str) -> None:
    page = await desk.page(AGENT)

    answer = await desk.post(AGENT, page.fields, headers={"Origin": origin})

    assert answer.status_code == 403
    assert "open it here again" in answer.text


async def test_a_form_without_its_token_is_refused(desk: Desk) -> None:
    answer = await desk.post(AGENT, {"agent.name": "Mallory"}, headers={TOKEN_HEADER: ""})

    assert answer.status_code == 403


async def test_a_form_brings_its_token_in_a_field(desk: Desk) -> None:
    page = await desk.page(AGENT)

    answer = await desk.post(AGENT, page.fields, headers={TOKEN_HEADER: ""})

    assert answer.status_code == 303


async def test_an_api_token_needs_neither_cookie_nor_form_token(desk: Desk) -> None:
    user = await desk.services.access.users.by_email("owner@acme.example")
    assert user is not None
    token, _ = await desk.services.access.tokens.make(
        user, name="ci", need=Need.EDIT, companies=None, days=1
    )
    headers = {"Authorization": f"Bearer {token}", "Origin": ""}

    answer = await desk.api("PUT", API, as_="stranger", json={"name": "Bea"}, headers=headers)

    assert answer.status_code == 200
    assert answer.json["name"] == "Bea"


async def test_a_token_of_nobody_opens_nothing_even_beside_a_session(desk: Desk) -> None:
    answer = await desk.api("GET", API, headers={"Authorization": "Bearer cv_made_up"})

    assert answer.status_code == 401


async def test_a_body_that_is_too_large_is_not_read(desk: Desk) -> None:
    answer = await desk.post(AGENT, {"agent.personality": "x" * 1_100_000})

    assert answer.status_code == 413
    assert "1 MB" in answer.text


def test_the_cookie_is_bound_to_its_host_by_https_alone() -> None:
    assert cookie_name("https://answers.example") == "__Host-session"
    assert cookie_name("http://127.0.0.1:8000") == "session"
