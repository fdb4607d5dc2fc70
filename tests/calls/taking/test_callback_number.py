from __future__ import annotations

import pytest

from clientsvia.calls.taking.callback_number import (
    before_number,
    in_said,
    mended,
    number_in,
    said_back,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("239 555 0142", "+12395550142"),
        ("It's 239-555-0142, thanks.", "+12395550142"),
        ("two three nine five five five oh one four two", "+12395550142"),
        ("two three nine, triple five, zero one four two", "+12395550142"),
        ("2395550142", "+12395550142"),
        ("1 239 555 0142", "+12395550142"),
        ("after 5 call 239 555 0142", "+12395550142"),
        ("555 0142", "5550142"),
        ("555 01", ""),
        ("no", ""),
        ("1" * 16, ""),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, number: str) -> None:
    assert number_in(text, "US") == number


def test_what_is_read_back_is_found_again() -> None:
    said = ("Thank you.", said_back("+12395550142"), "Is that right?")
    assert said[1] == "I have 2 3 9, 5 5 5, 0 1 4 2."
    assert in_said(said) == "2395550142"
    assert in_said(("Is that right?",)) == ""


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("no, 239 not 293", "2395550142"),
        ("not 293, 239", "2395550142"),
        ("no it's two three nine instead of two nine three", "2395550142"),
        ("the area code is 239", "2395550142"),
        ("the last four are 0143", "2935550143"),
        ("it ends in 43", "2935550143"),
        ("no", ""),
        ("no, 999 not 888", ""),
        ("no, it's 7", ""),
        ("that's wrong", ""),
    ],
)
def test_a_part_is_put_right_in_its_place(text: str, digits: str) -> None:
    assert mended("2935550142", text) == digits


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Ada Miller, 239 555 0142", "Ada Miller"),
        ("Ada and my cell number is (239) 555-0142", "Ada"),
        ("Ada, you can call me back at 239 555 0142", "Ada"),
        ("239 555 0142", ""),
    ],
)
def test_what_leads_to_a_number_is_no_part_of_what_is_said_before_it(
    text: str, before: str
) -> None:
    assert before_number(text) == before
