from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.company import TwilioAccount
from tests.providers.twilio_api import SID, TOKEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

NEW = "/companies/new"
GULF = {"name": "Gulf Breeze", "time_zone": "America/Chicago", "region": "US"}


async def test_everybody_sees_their_own_companies_alone(desk: Desk) -> None:
    own, every = await desk.page("/companies"), await desk.page("/companies", as_="administrator")

    assert "/companies/demo" in own.links
    assert "/companies/globex" not in own.links
    assert NEW not in own.links
    assert {"/companies/demo", "/companies/globex", NEW} <= set(every.links)


async def test_the_list_is_searched_by_name_by_number_and_by_state(desk: Desk) -> None:
    async def found(query: str) -> set[str]:
        page = await desk.page(f"/companies?{query}", as_="administrator")
        return {link.rpartition("/")[2] for link in page.links} & {"demo", "globex"}

    assert await found("q=GLOB") == {"globex"}
    assert await found("q=(239)+555-1212") == {"demo"}
    assert await found("state=suspended") == set()
    assert await found("q=nobody") == set()
    assert "No company is like that" in (await desk.page("/companies?q=nobody")).text


async def test_a_company_is_made_in_one_step_that_ends_with_its_checklist(desk: Desk) -> None:
    form = await desk.page(NEW, as_="administrator")
    filled = form.fields | GULF | {"numbers.number": "(239) 555-0199"}

    answer = await desk.post(NEW, filled, as_="administrator")

    assert answer.headers["location"] == "/companies/gulf-breeze?said=created"
    page = await desk.page("/companies/gulf-breeze?said=created", as_="administrator")
    assert "Checklist to go live" in page.text
    assert "+12395550199" in page.text
    assert "No auth token" not in page.text
    assert "no auth token, so all calls would be refused" in page.text
    stored = await desk.services.companies.get("gulf-breeze")
    assert stored is not None
    assert stored.profile.account.state == "setup"
    [revision] = await desk.services.companies.revisions("gulf-breeze")
    assert revision.by == "administrator@acme.example"


async def test_its_own_account_is_stored_and_the_token_never_shown(desk: Desk) -> None:
    account = {"twilio.account_sid": SID, "twilio.auth_tokens": TOKEN}

    await desk.post(NEW, GULF | account, as_="administrator")

    stored = await desk.services.companies.get("gulf-breeze")
    assert stored is not None
    assert stored.profile.twilio is not None
    assert TwilioAccount(
        stored.profile.twilio.account_sid, stored.profile.twilio.auth_tokens
    ) == TwilioAccount(SID, (TOKEN,))
    page = await desk.page("/companies/gulf-breeze/configuration", as_="administrator")
    assert TOKEN not in page.html
    assert f"ends in {TOKEN[-4:]}" in page.text


async def test_what_is_wrong_is_told_beside_its_field_and_a_token_is_not_sent_back(
    desk: Desk,
) -> None:
    wrong = GULF | {"numbers.number": "+12395551212", "twilio.auth_tokens": TOKEN, "name": ""}

    answer = await desk.post(NEW, wrong, as_="administrator")

    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    assert 'href="#twilio-account_sid"' in answer.text
    assert TOKEN not in answer.text
    assert "+12395551212" in answer.text

    answer = await desk.post(
        NEW, wrong | {"name": "X", "twilio.auth_tokens": ""}, as_="administrator"
    )
    assert "another company&#39;s" in answer.text
    assert "demo" not in answer.text.lower()


async def test_only_administrators_make_companies(desk: Desk) -> None:
    assert (await desk.get(NEW)).status_code == 403
    assert (await desk.post(NEW, GULF)).status_code == 403
