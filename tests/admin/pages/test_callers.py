"""The pages of known callers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.callers import ON_A_PAGE, found_callers
from clientsvia.companies.contact_profiles import CallerProfile, CallersProfile

if TYPE_CHECKING:
    from tests.admin.desk import Desk

HOURS = "/companies/demo/hours"
LIST = f"{HOURS}/callers"
NEW = f"{HOURS}/new-caller"


async def test_a_caller_is_added_blocked_and_taken_away(desk: Desk) -> None:
    page = await desk.page(NEW)
    await desk.post(NEW, page.fields | {"number": "(239) 333-4444", "name": "Jo Berg"})

    page = await desk.page(f"{LIST}/+12393334444")
    assert page.fields["name"] == "Jo Berg"
    answer = await desk.post(f"{LIST}/+12393334444", page.fields | {"blocked": "on"})
    assert answer.headers["location"] == f"{LIST}?said=saved"
    assert "blocked" in (await desk.page(f"{LIST}?q=jo")).text

    page = await desk.page(f"{LIST}/%2B12393334444")
    await desk.post(f"{LIST}/+12393334444", page.fields | {"_remove": "on"})
    assert "No caller is known yet" in (await desk.page(LIST)).text


async def test_a_number_twice_is_refused(desk: Desk) -> None:
    page = await desk.page(NEW)
    await desk.post(NEW, page.fields | {"number": "+12393334444"})
    page = await desk.page(NEW)

    answer = await desk.post(NEW, page.fields | {"number": "239-333-4444", "name": "Kim"})

    assert answer.status_code == 422
    assert "stands here twice" in answer.text


async def test_what_callers_get_is_saved_and_those_known_stay(desk: Desk) -> None:
    page = await desk.page(NEW)
    await desk.post(NEW, page.fields | {"number": "+12393334444"})
    page = await desk.page(LIST)

    await desk.post(LIST, page.fields | {"callers.anonymous": "refuse"})

    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert stored.profile.callers.anonymous == "refuse"
    assert len(stored.profile.callers.known) == 1


async def test_many_callers_come_page_by_page(desk: Desk) -> None:
    known = tuple(CallerProfile(number=f"+1239333{n:04}") for n in range(2 * ON_A_PAGE + 1))

    def full(stored: object) -> object:
        profile = stored.profile  # type: ignore[attr-defined]
        return profile.model_copy(update={"callers": CallersProfile(known=known)})

    await desk.services.companies.change("demo", full)  # type: ignore[arg-type]
    first, last = await desk.page(LIST), await desk.page(f"{LIST}?page=3")
    assert "(239) 333-0000" in first.text
    assert "(239) 333-0050" not in first.text
    assert "(239) 333-0100" in last.text
    assert len(first.html) < 40_000


def test_callers_are_found_by_name_notes_digits_and_state() -> None:
    jo = CallerProfile(number="+12393334444", name="Jo Berg", notes="prefers mornings")
    kim = CallerProfile(number="+12393335555", blocked=True)
    everyone = (jo, kim)
    for sought, found in {
        "berg": (jo,),
        "morning": (jo,),
        "333-4444": (jo,),
        "blocked": (kim,),
        "": everyone,
        "nobody": (),
    }.items():
        assert tuple(found_callers(everyone, sought)) == found
