from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.known_callers import changed
from tests.admin.desk import OWN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PRIVACY = "/companies/demo/privacy"
CALLER = "+12393334444"


async def know(desk: Desk) -> None:
    """Let the company know the caller."""
    await desk.services.companies.change(
        OWN, lambda now: changed(now.profile, CALLER, name="Jo Berg", notes="Back door.")
    )


async def known(desk: Desk) -> list[str]:
    stored = await desk.services.companies.get(OWN)
    assert stored is not None
    return [one.number for one in stored.profile.callers.known]


async def test_owners_choose_how_long_calls_are_kept(desk: Desk) -> None:
    page = await desk.page(PRIVACY)
    assert page.fields["privacy.retention_days"] == "90"

    answer = await desk.post(PRIVACY, page.fields | {"privacy.retention_days": "30"})

    assert answer.status_code == 303
    assert (await desk.page(PRIVACY)).fields["privacy.retention_days"] == "30"


async def test_a_time_that_cannot_be_is_refused_beside_the_field(desk: Desk) -> None:
    page = await desk.page(PRIVACY)

    answer = await desk.post(PRIVACY, page.fields | {"privacy.retention_days": "4000"})

    assert answer.status_code == 422
    assert 'id="privacy-retention_days-error"' in answer.text


async def test_members_see_how_long_and_change_nothing(desk: Desk) -> None:
    page = await desk.page(PRIVACY, as_="member")

    assert "90 days. An owner of the company can change it." in page.text
    answer = await desk.post(PRIVACY, {"privacy.retention_days": "1"}, as_="member")
    assert answer.status_code == 403


async def test_a_card_is_found_by_the_number_in_any_spelling(desk: Desk) -> None:
    await know(desk)

    answer = await desk.post(f"{PRIVACY}/caller", {"number": "(239) 333 4444"}, as_="reader")

    assert "Jo Berg" in answer.text
    assert "Back door." in answer.text
    assert "Erase it" not in answer.text


async def test_what_is_no_number_is_refused_beside_the_field(desk: Desk) -> None:
    answer = await desk.post(f"{PRIVACY}/caller", {"number": "Jo"})

    assert answer.status_code == 422
    assert 'id="number-error"' in answer.text


async def test_all_that_is_kept_is_handed_over_as_a_file(desk: Desk) -> None:
    await know(desk)

    answer = await desk.post(f"{PRIVACY}/caller/export", {"number": CALLER})

    assert answer.json["card"][0]["name"] == "Jo Berg"
    assert answer.headers["content-disposition"] == 'attachment; filename="demo-caller.json"'
    (entry,) = await desk.services.stores.audit.entries(OWN)
    assert (entry.act, entry.by) == ("caller exported", "owner@acme.example")
    assert CALLER not in entry.subject


async def test_a_caller_is_erased_when_the_number_is_typed_again(desk: Desk) -> None:
    await know(desk)
    form = {"number": CALLER, "confirm": "239-333-4443"}

    slip = await desk.post(f"{PRIVACY}/caller/erase", form)
    assert slip.status_code == 422
    assert "nothing was erased" in slip.text
    assert await known(desk) == [CALLER]

    done = await desk.post(f"{PRIVACY}/caller/erase", form | {"confirm": "239-333-4444"})

    assert "and the card" in done.text
    assert await known(desk) == []


async def test_members_neither_export_nor_erase(desk: Desk) -> None:
    form = {"number": CALLER, "confirm": CALLER}

    for act in ("export", "erase"):
        answer = await desk.post(f"{PRIVACY}/caller/{act}", form, as_="member")
        assert answer.status_code == 403
