"""Where a call would go, and when a day is open."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from clientsvia.admin.explaining import Asked, as_data, open_on, where_it_goes
from clientsvia.companies.files import demo_profile
from clientsvia.companies.hours import Hours
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.schedule import Schedule
from clientsvia.errors import InvalidInput
from tests.conftest import OPEN

DEMO = StoredProfile(demo_profile(), 1)
NUMBER = "+12395551212"


def spans(hours: Hours, on: date) -> list[str]:
    return [str(one) for one in open_on(hours, on)]


def test_without_anything_asked_it_is_a_call_to_the_first_number_now() -> None:
    told, decision = where_it_goes(DEMO, Asked(), OPEN)

    assert decision is None
    assert (told.number, told.at) == (NUMBER, OPEN)
    assert as_data(told)["open"] is True


def test_a_company_without_numbers_is_explained_all_the_same() -> None:
    bare = StoredProfile(demo_profile().model_copy(update={"numbers": ()}), 1)

    told, _ = where_it_goes(bare, Asked(), OPEN)

    assert told.number == ""
    with pytest.raises(InvalidInput, match="add one under numbers"):
        where_it_goes(bare, Asked(number=NUMBER), OPEN)


def test_a_number_may_be_written_as_in_its_country() -> None:
    told, decision = where_it_goes(DEMO, Asked("(239) 555-1212", caller="anonymous"), OPEN)

    assert told.number == NUMBER
    assert decision is not None
    with pytest.raises(InvalidInput, match="is no number of Gulf Breeze Plumbing"):
        where_it_goes(DEMO, Asked("+442079460000"), OPEN)


def test_a_day_is_open_from_midnight_to_midnight_whatever_layer_says_so() -> None:
    week = {"weekly": {"friday": ["20:00-02:00"], "saturday": ["09:00-12:00"]}}
    hours = Hours(Schedule.model_validate(week), "America/New_York")
    friday, saturday = date(2026, 11, 20), date(2026, 11, 21)
    assert spans(hours, friday) == ["20:00-24:00"]
    assert spans(hours, saturday) == ["00:00-02:00", "09:00-12:00"]

    until = datetime(2026, 11, 21, 16, tzinfo=UTC)  # 11:00 there
    closed = {"override": {"state": "closed", "until": until.isoformat()}}
    hours = Hours(Schedule.model_validate(week | closed), "America/New_York")
    assert spans(hours, friday) == []
    assert spans(hours, saturday) == ["11:00-12:00"]


def test_days_on_which_clocks_are_set_end_at_midnight_too() -> None:
    always = {day: ["00:00-24:00"] for day in ("saturday", "sunday", "monday")}
    hours = Hours(Schedule.model_validate({"weekly": always}), "America/New_York")

    for sunday in (date(2026, 3, 8), date(2026, 11, 1)):
        assert spans(hours, sunday) == ["00:00-24:00"]
