"""One spelling for a sentence, and the offers that are always free to make."""

from __future__ import annotations

import pytest

from clientsvia.calls.guard.plain_speech import expanded, offerless


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("We'll be there.", " we will be there "),
        ("I won't, can't and don't.", " i will not can not and do not "),
        ("He's gone ahead and booked it", " he is just booked it "),
        ("Let me see", " i will see "),
        ("They\N{RIGHT SINGLE QUOTATION MARK}re going to come", " they will come "),
        ("It's $89", " it is 89 dollars "),
        ("eighty-nine dollars", " 89 dollars "),
        ("", "  "),
    ],
)
def test_contractions_futures_and_numbers_have_one_spelling(said: str, plain: str) -> None:
    assert expanded(said) == plain


def test_offers_are_left_out_and_nothing_else() -> None:
    said = expanded("I can take a message or put you through, and I'll send somebody.")
    assert offerless(said) == " i can or and i will send somebody "
