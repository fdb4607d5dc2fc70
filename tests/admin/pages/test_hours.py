"""The page of hours: the week, and where a call would go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from tests.admin.desk import Desk

HOURS = "/companies/demo/hours"


async def test_a_week_is_saved_and_sent_again_changes_nothing(desk: Desk) -> None:
    page = await desk.page(HOURS)
    assert page.fields["hours.weekly.friday"] == "08:00-12:00, 13:00-16:00"
    assert page.fields["hours.weekly.sunday"] == ""

    typed = page.fields | {"hours.weekly.sunday": "9:00-11:00", "hours.weekly.monday": ""}
    answer = await desk.post(HOURS, typed)

    assert answer.headers["location"] == f"{HOURS}?said=saved"
    again = await desk.page(HOURS)
    assert again.fields["hours.weekly.sunday"] == "09:00-11:00"
    assert again.fields["hours.weekly.monday"] == ""
    answer = await desk.post(HOURS, again.fields)
    assert answer.headers["location"] == f"{HOURS}?said=unchanged"


async def test_a_day_that_is_no_span_is_told_beside_it(desk: Desk) -> None:
    page = await desk.page(HOURS)

    answer = await desk.post(HOURS, page.fields | {"hours.weekly.tuesday": "9 to 5"})

    assert answer.status_code == 422
    assert 'id="hours-weekly-tuesday-error"' in answer.text
    assert "write it as 08:00-17:00" in answer.text
    assert Page(answer.text).fields["hours.weekly.tuesday"] == "9 to 5"


async def test_a_day_is_copied_to_others_before_anything_is_saved(desk: Desk) -> None:
    page = await desk.page(HOURS)
    typed = page.fields | {
        "hours.weekly.monday": "07:00-15:00",
        "copy_from": "monday",
        "copy_to": "workdays",
        "_copy": "on",
    }

    answer = await desk.post(HOURS, typed)

    copied = Page(answer.text).fields
    assert copied["hours.weekly.friday"] == "07:00-15:00"
    assert copied["hours.weekly.saturday"] == "09:00-12:00"
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    assert "07:00-15:00" not in stored.profile.hours.weekly["monday"]


async def test_it_says_where_a_call_would_go_at_any_moment_and_why(desk: Desk) -> None:
    page = await desk.page(f"{HOURS}?at=2026-11-26T10:00&caller=anonymous")

    assert "A call at Thu 26 Nov 2026, 10:00 EST" in page.text
    assert "closed: Thanksgiving Day (holiday)" in page.text
    assert "the agent" in page.text
    assert "the plumber on call" in page.text
    assert "Thank you for calling Gulf Breeze Plumbing" in page.text


async def test_what_is_no_moment_is_told_beside_it_and_the_week_is_there(desk: Desk) -> None:
    for at, said in (("someday", "write it as 2026-12-24T18:30"), ("9999-12-31T23:00", "2099")):
        page = await desk.page(f"{HOURS}?at={at}")
        assert said in page.text
        assert page.fields["at"] == at
        assert "hours.weekly.monday" in page.fields
