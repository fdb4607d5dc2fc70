"""The page that closes or opens by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

HOURS = "/companies/demo/hours"
BY_HAND = f"{HOURS}/override"


async def test_a_company_is_closed_by_hand_and_that_is_taken_away(desk: Desk) -> None:
    page = await desk.page(BY_HAND)
    typed = page.fields | {"state": "closed", "until": "2099-12-24T18:30", "label": "power cut"}

    answer = await desk.post(BY_HAND, typed)

    assert answer.headers["location"] == f"{BY_HAND}?said=saved"
    page = await desk.page(BY_HAND)
    assert "closed until Thu 24 Dec 2099, 18:30 EST : power cut" in page.text.replace(
        "EST:", "EST :"
    )
    assert "power cut" in (await desk.page(HOURS)).text
    [revision, *_] = await desk.services.companies.revisions("demo")
    assert revision.by == "owner@acme.example"

    await desk.post(BY_HAND, page.fields | {"_clear": "on", "of": ""})
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.hours.override is None


async def test_a_time_that_is_over_is_told_and_what_was_typed_stays(desk: Desk) -> None:
    page = await desk.page(BY_HAND)

    answer = await desk.post(
        BY_HAND, page.fields | {"state": "closed", "until": "2020-01-01T10:00", "label": "flood"}
    )

    assert answer.status_code == 422
    assert 'id="until-error"' in answer.text
    assert "is over" in answer.text
    assert 'value="flood"' in answer.text


async def test_only_who_has_hours_of_their_own_is_closed_alone(desk: Desk) -> None:
    page = await desk.page(BY_HAND)
    assert "the plumber on call" not in page.text

    answer = await desk.post(BY_HAND, page.fields | {"of": "on-call", "state": "closed"})

    assert answer.status_code == 422
    assert "has no hours of its own" in answer.text


async def test_a_form_that_says_nothing_closes_nobody(desk: Desk) -> None:
    answer = await desk.post(BY_HAND, {})

    assert answer.status_code == 422
    assert "choose one" in answer.text
