from __future__ import annotations

from typing import TYPE_CHECKING

from tests.providers.twilio_api import SID, TOKEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

BASICS = "/companies/demo/configuration/basics"
TWILIO = "/companies/demo/configuration/twilio"
OTHER = "AC" + "b" * 32


async def tokens(desk: Desk) -> tuple[str, tuple[str, ...]]:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.twilio is not None
    return stored.profile.twilio.account_sid, stored.profile.twilio.auth_tokens


async def test_members_change_the_basics(desk: Desk) -> None:
    page = await desk.page(BASICS, as_="member")

    answer = await desk.post(BASICS, page.fields | {"name": "Gulf & Sons"}, as_="member")

    assert answer.headers["location"] == f"{BASICS}?said=saved"
    assert "Gulf &amp; Sons" in (await desk.page("/companies/demo/configuration")).html


async def test_a_token_is_stored_replaced_and_kept_beside_the_new_one_and_never_shown(
    desk: Desk,
) -> None:
    page = await desk.page(TWILIO)
    await desk.post(TWILIO, page.fields | {"twilio.account_sid": SID, "twilio.auth_tokens": TOKEN})
    assert await tokens(desk) == (SID, (TOKEN,))

    page = await desk.page(TWILIO)
    assert TOKEN not in page.html
    same = await desk.post(TWILIO, page.fields)
    assert same.headers["location"] == f"{TWILIO}?said=unchanged"
    await desk.post(TWILIO, page.fields | {"twilio.auth_tokens": "second", "keep": "on"})
    assert await tokens(desk) == (SID, ("second", TOKEN))
    page = await desk.page(TWILIO)
    await desk.post(TWILIO, page.fields | {"twilio.auth_tokens": "third"})
    assert await tokens(desk) == (SID, ("third",))


async def test_another_account_needs_a_token_of_its_own(desk: Desk) -> None:
    page = await desk.page(TWILIO)
    await desk.post(TWILIO, page.fields | {"twilio.account_sid": SID, "twilio.auth_tokens": TOKEN})

    page = await desk.page(TWILIO)
    answer = await desk.post(TWILIO, page.fields | {"twilio.account_sid": OTHER})

    assert answer.status_code == 422
    assert 'href="#twilio-auth_tokens"' in answer.text
    assert await tokens(desk) == (SID, (TOKEN,))


async def test_the_account_is_the_owners_alone(desk: Desk) -> None:
    assert (await desk.get(TWILIO, as_="member")).status_code == 403
