from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.contact_profiles import CallerProfile
from clientsvia.companies.files import demo_profile
from clientsvia.companies.known_callers import (
    caller_of,
    changed,
    merged,
    number_of,
    read_callers,
)
from clientsvia.errors import InvalidNumber, InvalidProfile

if TYPE_CHECKING:
    from clientsvia.companies.profile import CompanyProfile

NUMBER = "+12393334444"
DEMO = demo_profile()


def known(*callers: CallerProfile) -> CompanyProfile:
    return merged(DEMO, callers)


@pytest.mark.parametrize(
    "raw",
    ["+12393334444", "(239) 333-4444", "239.333.4444", "1 239 333 4444", "tel:+1-239-333-4444"],
)
def test_a_number_is_understood_however_it_is_written(raw: str) -> None:
    assert number_of(DEMO, raw) == NUMBER


def test_a_national_number_is_one_of_the_companys_country() -> None:
    british = DEMO.model_copy(update={"region": "GB"})
    assert number_of(british, "020 7946 0958") == "+442079460958"


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(InvalidNumber, match="country code"):
        number_of(DEMO, "anonymous")


def test_a_caller_is_named_and_blocked_without_losing_the_other() -> None:
    profile = changed(changed(DEMO, NUMBER, name="Jo Berg"), NUMBER, blocked=True)
    assert caller_of(profile, NUMBER) == CallerProfile(number=NUMBER, name="Jo Berg", blocked=True)


def test_the_rest_of_the_profile_stays() -> None:
    profile = changed(DEMO, NUMBER, name="Jo")
    assert profile.model_copy(update={"callers": DEMO.callers}) == DEMO


def test_a_caller_of_whom_nothing_is_left_is_none() -> None:
    assert changed(changed(DEMO, NUMBER, blocked=True), NUMBER, blocked=False) == DEMO


def test_others_keep_their_place() -> None:
    first, second = (CallerProfile(number=f"+1239333444{n}", name="A") for n in (1, 2))
    profile = changed(known(first, second), first.number, blocked=True)
    assert [caller.number for caller in profile.callers.known] == [first.number, second.number]


def test_a_name_that_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidProfile, match="shorten it to 100 characters"):
        changed(DEMO, NUMBER, name="x" * 101)


def test_a_company_knows_ten_thousand_callers_at_most() -> None:
    callers = [CallerProfile(number=f"+1239{n:07}", name="A") for n in range(2_000_000, 2_010_001)]
    with pytest.raises(InvalidProfile, match="keep at most 10000"):
        merged(DEMO, callers)


def test_callers_are_read_from_a_table() -> None:
    jo, spam = "(239) 333-4444,Jo Berg,prefers mornings,no", "+12393335555,,,yes"
    text = f"number,name,notes,blocked\n{jo}\n{spam}\n"
    assert read_callers(DEMO, text, "callers.csv") == [
        CallerProfile(number=NUMBER, name="Jo Berg", notes="prefers mornings"),
        CallerProfile(number="+12393335555", blocked=True),
    ]


@pytest.mark.parametrize("mark", [";", "\t", ","])
def test_a_spreadsheets_own_marks_headings_and_order_are_understood(mark: str) -> None:
    text = "\ufeff" + mark.join(["Full name", "Phone number"]) + "\r\n" + mark.join(["Jo", NUMBER])
    assert read_callers(DEMO, text, "x") == [CallerProfile(number=NUMBER, name="Jo")]


def test_what_the_table_does_not_say_stays_as_it_is() -> None:
    before = known(CallerProfile(number=NUMBER, name="Jo", notes="kind", blocked=True))
    (caller,) = read_callers(before, f"number,name\n{NUMBER},Joanna\n", "x")
    assert caller == CallerProfile(number=NUMBER, name="Joanna", notes="kind", blocked=True)


def test_every_line_that_is_wrong_is_named() -> None:
    text = f"number,name,blocked\n\nabc,Jo,\n{NUMBER},Jo,perhaps\n{NUMBER},{'x' * 101},\n"
    with pytest.raises(InvalidProfile) as caught:
        read_callers(DEMO, text + f"{NUMBER},Jo,\n{NUMBER},Ann,\n", "callers.csv")
    told = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in told] == ["line 3", "line 4", "line 5", "line 7"]
    assert "write yes or no" in told[1]
    assert "stands in line 6 too" in told[3]


def test_a_note_over_several_lines_does_not_confuse_the_count() -> None:
    text = f'number,notes\n{NUMBER},"two\nlines"\nabc,\n'
    with pytest.raises(InvalidProfile, match="line 4"):
        read_callers(DEMO, text, "x")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("name\nJo\n", "no column of numbers"),
        ("number\n" + "9" * 200_000, "cannot be read"),
    ],
)
def test_what_is_no_table_of_callers_is_refused(text: str, told: str) -> None:
    with pytest.raises(InvalidProfile, match=told):
        read_callers(DEMO, text, "x")
