"""Figures as people say them."""

from __future__ import annotations

import pytest

from clientsvia.calls.figures import figures, in_groups


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("$89", "89 dollars"),
        ("$1", "1 dollar"),
        ("$89.50", "89 dollars and 50 cents"),
        ("$0.99", "99 cents"),
        ("$1,200", "1,200 dollars"),
        ("$80-$100", "80 to 100 dollars"),
        ("$1.2 million", "1.2 million dollars"),
        ("$5k", "5 thousand dollars"),
        ("€20 or £3.01", "20 euros or 3 pounds and 1 penny"),
        ("$40/hour", "40 dollars per hour"),
        ("10%", "10 percent"),
        ("9:00 AM", "9 AM"),
        ("9:30am", "9:30 AM"),
        ("at 9:00", "at 9 o'clock"),
        ("09:00", "9 AM"),
        ("17:30", "5:30 PM"),
        ("00:00", "12 AM"),
        ("9:00-17:00", "9 AM to 5 PM"),
        ("9 AM - 5 PM", "9 AM to 5 PM"),
        ("from 1:00 to 5:00 PM", "from 1 to 5 PM"),
        ("5-7 days", "5 to 7 days"),
        ("a 5-star hotel", "a 5-star hotel"),
        ("72°F", "72 degrees"),
        ("239-555-0142", "2 3 9, 5 5 5, 0 1 4 2"),
        ("(239) 555-0142", "2 3 9, 5 5 5, 0 1 4 2"),
        ("+12395550142", "2 3 9, 5 5 5, 0 1 4 2"),
        ("3 of 12 on 2nd", "3 of 12 on 2nd"),
    ],
)
def test_figures_become_words(written: str, said: str) -> None:
    assert figures(written) == said


def test_a_foreign_number_is_said_in_threes_with_its_last_four() -> None:
    assert in_groups("+442079460018") == "4 4 2, 0 7 9, 4 6, 0 0 1 8"
