from __future__ import annotations

import pytest

from clientsvia.notices.phrases import (
    clock,
    link_to,
    moment,
    number_of,
    one_line,
    without_numbers,
)
from tests.notices.samples import AT, company


@pytest.mark.parametrize(
    ("raw", "shown", "link"),
    [
        ("+12395550160", "(239) 555-0160", "tel:+12395550160"),
        ("+442079460018", "+44 20 7946 0018", "tel:+442079460018"),
        ("anonymous", "a hidden number", ""),
        ("", "a hidden number", ""),
    ],
)
def test_numbers_are_written_as_the_companys_people_write_them(
    raw: str, shown: str, link: str
) -> None:
    assert number_of(company(), raw) == shown
    assert link_to(company(), raw) == link


def test_moments_are_on_the_companys_clock() -> None:
    assert moment(company(), AT) == "Wednesday, 18 November 2026, 10:00 EST"
    assert clock(company(), AT) == "10:00"


def test_what_others_said_takes_one_line() -> None:
    assert one_line(" a\r\nBcc: b\x00\u2028 c\t", 99) == "a Bcc: b c"
    assert one_line("x" * 20, 10) == "xxxxxxx..."


def test_numbers_that_channels_repeat_are_shortened() -> None:
    text = "The 'To' number +12395550170 is not valid"
    assert "+12395550170" not in without_numbers(text)
    assert without_numbers(text).endswith("is not valid")
