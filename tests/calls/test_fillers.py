"""What is said while an answer takes its time."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.fillers import FILLERS, GENERAL, filler
from clientsvia.calls.guard.claims import Claim, claim_of
from clientsvia.calls.guard.plain_speech import expanded
from clientsvia.calls.sentences import fixed

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("how much is a new faucet", "price cost"),
        ("are you open on Sunday", "hours open"),
        ("can I get an appointment", "visit looking"),
        ("who does your billing", "who person"),
        ("do you fix drains", "Let moment"),
        ("", "Let moment"),
    ],
)
def test_a_filler_fits_what_was_asked(demo: Company, text: str, word: str) -> None:
    for turn in range(4):
        said = filler(text, demo, turn)
        assert any(part in said for part in word.split())
        assert said in FILLERS


@pytest.mark.parametrize(
    "text", ["how much is it", "are you open", "do you fix drains", "who is it"]
)
def test_nobody_hears_the_same_filler_in_two_turns_in_a_row(demo: Company, text: str) -> None:
    said = [filler(text, demo, turn) for turn in range(1, 40)]
    assert all(one != other for one, other in pairwise(said))
    mixed = [filler(text if turn % 3 else "how much", demo, turn) for turn in range(1, 40)]
    assert all(one != other for one, other in pairwise(mixed))


def test_other_languages_have_general_ones(demo: Company) -> None:
    spanish = replace(demo, agent=replace(demo.agent, language="es-US"))
    assert filler("who is open", spanish, 1) in GENERAL


def test_fillers_have_clips_like_all_fixed_sentences_and_claim_no_deed(demo: Company) -> None:
    assert set(FILLERS) <= set(fixed(demo))
    assert all(claim_of(expanded(said)) is not Claim.DONE for said in FILLERS)
