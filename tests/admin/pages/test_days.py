"""The page of special days, holidays and seasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from clientsvia.companies.schedule import Schedule
    from tests.admin.desk import Desk

DAYS = "/companies/demo/hours/days"


async def hours(desk: Desk) -> Schedule:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    return stored.profile.hours


def row_of(page: Page, name: str) -> str:
    key = next(key for key, value in page.fields.items() if value == name)
    return key.removesuffix("._key")


async def test_days_sent_as_they_were_shown_change_nothing(desk: Desk) -> None:
    before = await hours(desk)
    assert len(before.exceptions) == 4

    answer = await desk.post(DAYS, (await desk.page(DAYS)).fields)

    assert answer.headers["location"] == f"{DAYS}?said=unchanged"


async def test_a_special_day_is_added_and_another_taken_away(desk: Desk) -> None:
    page = await desk.page(DAYS)
    more = Page((await desk.post(DAYS, page.fields | {"_add": "hours.exceptions"})).text)
    added = {
        "hours.exceptions.4.from": "2027-07-05",
        "hours.exceptions.4.label": "Independence Day, moved",
        "hours.exceptions.0._remove": "on",
    }
    assert "hours.exceptions.4.from" in more.fields

    await desk.post(DAYS, more.fields | added)

    days = (await hours(desk)).exceptions
    assert [str(one.first) for one in days] == [
        "2027-12-24",
        "2026-12-31",
        "2027-12-31",
        "2027-07-05",
    ]
    assert days[-1].hours == ()
    assert days[-1].last == days[-1].first


async def test_holidays_are_closed_as_usual_or_with_hours_of_their_own(desk: Desk) -> None:
    page = await desk.page(DAYS)
    thanksgiving, columbus = row_of(page, "Thanksgiving Day"), row_of(page, "Columbus Day")
    typed = page.fields | {f"{thanksgiving}.hours": "9:00-11:00"}
    del typed[f"{columbus}.usual"]

    await desk.post(DAYS, typed)

    chosen = (await hours(desk)).holidays
    assert chosen is not None
    assert chosen.hours == {"Thanksgiving Day": ("09:00-11:00",)}
    assert set(chosen.open) == {"Veterans Day", "Washington's Birthday"}

    page = await desk.page(DAYS)
    await desk.post(DAYS, page.fields | {f"{thanksgiving}.hours": ""})
    chosen = (await hours(desk)).holidays
    assert chosen is not None
    assert chosen.hours == {}


async def test_another_country_keeps_none_of_the_names_it_does_not_have(desk: Desk) -> None:
    page = await desk.page(DAYS)

    answer = await desk.post(DAYS, page.fields | {"hours.holidays.country": "DE"})

    assert answer.headers["location"] == f"{DAYS}?said=saved"
    chosen = (await hours(desk)).holidays
    assert chosen is not None
    assert (chosen.country, chosen.open) == ("DE", ())
    page = await desk.page(DAYS)
    assert "BY" in page.text
    await desk.post(DAYS, page.fields | {"hours.holidays.country": ""})
    assert (await hours(desk)).holidays is None


async def test_days_long_over_stay_and_are_shown_when_asked_for(desk: Desk) -> None:
    page = await desk.page(DAYS)
    past = {
        "hours.exceptions.0.from": "2024-12-24",
        "hours.exceptions.0.to": "2024-12-26",
    }
    await desk.post(DAYS, page.fields | past)
    page = await desk.page(DAYS)
    assert "1 that are over are not shown" in page.text
    assert page.fields["hours.exceptions.0.from"] != "2024-12-24"

    await desk.post(DAYS, page.fields)

    assert len((await hours(desk)).exceptions) == 4
    everything = await desk.page(f"{DAYS}?past=on")
    assert "2024-12-24" in everything.fields.values()


async def test_a_season_has_a_week_of_its_own_and_a_wrong_day_is_told_beside_it(
    desk: Desk,
) -> None:
    page = await desk.page(DAYS)
    typed = page.fields | {
        "hours.seasons.0.from": "06-31",
        "hours.seasons.0.to": "08-31",
        "hours.seasons.0.weekly.monday": "7:00-13:00",
    }

    answer = await desk.post(DAYS, typed)

    assert answer.status_code == 422
    assert 'id="hours-seasons-0-from-error"' in answer.text
    await desk.post(DAYS, typed | {"hours.seasons.0.from": "06-15"})
    [season] = (await hours(desk)).seasons
    assert season.weekly == {"monday": ("07:00-13:00",)}
