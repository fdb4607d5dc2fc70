from __future__ import annotations

import pytest

from clientsvia.calls.spoken_numbers import ending, in_digits


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("one hundred twenty three thousand four hundred fifty six", "123456"),
        ("two thousand and five", "2005"),
        ("nineteen hundred", "1900"),
        ("one million", "1,000,000"),
        ("250 thousand", "250000"),
        ("five and six", "5 and 6"),
        ("five hundredth", "500th"),
        ("twenty second", "22nd"),
        ("twenty twelfth", "20 12th"),
        ("twelve thirty", "12:30"),
        ("five six", "5 6"),
        ("thirty five ten", "35 10"),
        ("three point one four million", "3 point 1 4 million"),
        ("no one", "no one"),
        ("no one hundred", "no 100"),
        ("thousand islands", "thousand islands"),
        ("a lot", "a lot"),
    ],
)
def test_numbers_are_read_as_they_are_said(said: str, digits: str) -> None:
    assert " ".join(in_digits(said.split())) == digits


def test_ordinals_end_as_in_english() -> None:
    endings = [f"{n}{ending(n)}" for n in (1, 2, 3, 4, 11, 12, 13, 21, 111, 122)]
    assert endings == "1st 2nd 3rd 4th 11th 12th 13th 21st 111th 122nd".split()
