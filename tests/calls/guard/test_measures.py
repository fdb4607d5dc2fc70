"""Words of a sentence with its numbers in digits."""

from __future__ import annotations

import pytest

from clientsvia.calls.guard.measures import tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Eighty-nine dollars", ["89", "dollars"]),
        ("$1,200.50", ["1200.50", "dollars"]),
        ("9 a.m.", ["9", "am"]),
        ("2-3 hours", ["2", "to", "3", "hours"]),
        ("239-555-0142", ["239", "555", "0142"]),
        ("right away", ["immediately"]),
        ("We're open", ["were", "open"]),
        ("", []),
    ],
)
def test_a_text_is_its_words(text: str, words: list[str]) -> None:
    assert tokens(text) == words
