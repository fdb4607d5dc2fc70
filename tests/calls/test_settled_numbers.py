from __future__ import annotations

import pytest

from clientsvia.calls.settled_numbers import settled


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("2 point 5 rooms", "2.5 rooms"),
        ("at this point 5", "at this point 5"),
        ("5 oh 5", "5:05"),
        ("13 oh", "13 0"),
        ("5 p m", "5 pm"),
        ("5 i am", "5 i am"),
        ("45 pm", "45 pm"),
        ("5 o clock", "5:00"),
        ("50 oclock", "50 oclock"),
        ("15 dollars and 5 cents", "15.05 dollar"),
        ("15 dollars and 5 people", "15 dollar and 5 people"),
        ("no dollars", "no dollars"),
        ("1 800 555 1212", "18005551212"),
        ("2 800 555 1212", "2 800 555 1212"),
        ("555 121 2", "555 121 2"),
        ("call 555 12 12 now", "call 555 12 12 now"),
        ("plus 44 20 7946 0958", "plus 442079460958"),
        ("44 20 7946 0958", "44 20 7946 0958"),
        ("triple 5 1 2 1 2", "5551212"),
        ("a double 5 bed", "a double 5 bed"),
        ("triple oh 1000", "0001000"),
        ("1000 5551212 555 pm", "10005551212 5:55 pm"),
    ],
)
def test_each_quantity_has_one_spelling(words: str, found: str) -> None:
    assert " ".join(settled(words.split())) == found
