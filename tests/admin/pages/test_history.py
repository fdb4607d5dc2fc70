from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import OWN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

HISTORY = "/companies/demo/history"


async def greet(desk: Desk, text: str) -> int:
    stored = await desk.services.companies.change(
        OWN,
        lambda now: now.profile.model_copy(update={"greeting": text}),
        by="ada@acme.example",
    )
    assert stored is not None
    return stored.revision


async def test_each_change_stands_there_with_who_made_it_and_in_which_fields(desk: Desk) -> None:
    revision = await greet(desk, "Good day.")

    page = await desk.page(HISTORY, as_="reader")

    assert f"{HISTORY}/{revision}" in page.links
    assert "ada@acme.example greeting" in page.text
    assert "EST" in page.text or "EDT" in page.text


async def test_a_long_history_goes_on_at_another_page(desk: Desk) -> None:
    for number in range(55):
        await greet(desk, f"Greeting {number}.")

    page = await desk.page(HISTORY)
    (more,) = (link for link in page.links if "before=" in link)
    rest = await desk.page(more)

    assert f"{HISTORY}/1" not in page.links
    assert f"{HISTORY}/1" in rest.links


async def test_a_change_is_shown_field_by_field_and_put_back(desk: Desk) -> None:
    first = await greet(desk, "Good day.")
    await greet(desk, "Good evening.")

    page = await desk.page(f"{HISTORY}/{first}")
    answer = await desk.post(f"{HISTORY}/{first}", page.fields)

    assert "Good day." in page.text
    assert "Good evening." in page.text
    assert answer.headers["location"] == f"{HISTORY}?said=put-back"
    stored = await desk.services.companies.get(OWN)
    assert stored is not None
    assert stored.profile.greeting == "Good day."
    newest = (await desk.services.companies.revisions(OWN, limit=1))[0]
    assert newest.by == f"owner@acme.example (put back revision {first})"


async def test_nothing_is_put_back_over_what_somebody_changed_meanwhile(desk: Desk) -> None:
    first = await greet(desk, "Good day.")
    await greet(desk, "Good evening.")
    page = await desk.page(f"{HISTORY}/{first}")
    await greet(desk, "Good night.")

    answer = await desk.post(f"{HISTORY}/{first}", page.fields)

    assert answer.status_code == 409
    assert "changed by somebody else since you looked" in answer.text
    stored = await desk.services.companies.get(OWN)
    assert stored is not None
    assert stored.profile.greeting == "Good night."


async def test_members_see_what_they_may_not_put_back(desk: Desk) -> None:
    first = await greet(desk, "Good day.")
    await greet(desk, "Good evening.")

    page = await desk.page(f"{HISTORY}/{first}", as_="member")

    assert "An owner of the company can put it back" in page.text
    answer = await desk.post(f"{HISTORY}/{first}", {"expected": "2"}, as_="member")
    assert answer.status_code == 403


async def test_a_change_that_never_was_is_not_found(desk: Desk) -> None:
    for revision in ("999", "0", "none", "9" * 30):
        assert (await desk.get(f"{HISTORY}/{revision}")).status_code == 404


async def test_what_people_did_is_seen_by_company_and_by_administrators_as_a_whole(
    desk: Desk,
) -> None:
    await desk.post("/companies/demo/people", {"email": "bob@acme.example", "role": "member"})
    await desk.post("/users", {"email": "carl@agency.example"}, as_="administrator")

    own = await desk.page(f"{HISTORY}/acts", as_="reader")
    every = await desk.page("/history", as_="administrator")

    assert "bob@acme.example" in own.text
    assert "carl@agency.example" not in own.text
    assert "bob@acme.example" in every.text
    assert "carl@agency.example" in every.text
    assert (await desk.get("/history", as_="owner")).status_code == 403
