"""Pages of one entry of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from tests.admin.desk import Desk

HOURS = "/companies/demo/hours"
TARGET = f"{HOURS}/targets/on-call"


async def test_the_second_of_two_editors_sees_both_versions_and_may_save_again(
    desk: Desk,
) -> None:
    first, second = await desk.page(TARGET), await desk.page(TARGET, as_="member")
    await desk.post(TARGET, first.fields | {"name": "the night shift"})

    answer = await desk.post(TARGET, second.fields | {"name": "Sam"}, as_="member")

    assert answer.status_code == 409
    assert "the night shift" in answer.text
    again = await desk.post(TARGET, Page(answer.text).fields, as_="member")
    assert again.headers["location"] == f"{HOURS}/targets?said=saved"
    assert (await desk.page(TARGET)).fields["name"] == "Sam"


async def test_the_others_of_the_list_stay_as_they_are_and_in_their_order(desk: Desk) -> None:
    page = await desk.page(f"{HOURS}/targets/office")

    await desk.post(f"{HOURS}/targets/office", page.fields | {"name": "the front desk"})

    stored = await desk.services.companies.get("demo")
    assert stored is not None
    names = [one.name for one in stored.profile.targets]
    assert names == ["the front desk", "the plumber on call"]


async def test_an_entry_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert (await desk.get(f"{HOURS}/targets/nobody")).status_code == 404
    assert (await desk.post(f"{HOURS}/targets/nobody", {"name": "x"})).status_code == 404
