"""Words that carry a question's meaning."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.vocabulary import informative_words


def meanings(text: str) -> list[str]:
    return [word.meaning for word in informative_words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("installing", "installation"),
        ("Do you repair faucets?", "repairing a faucet"),
        ("how much is it", "what's the price"),
        ("what does it cost", "what do you charge"),
        ("are you insured", "insurance"),
        ("how many hours does it take", "how long does that take"),
        ("your company\N{RIGHT SINGLE QUOTATION MARK}s warranty", "the companys guarantee"),
    ],
)
def test_different_words_for_one_thing_meet(one: str, other: str) -> None:
    assert meanings(one) == meanings(other)


def test_words_of_like_meaning_keep_their_own_stems() -> None:
    assert [word.stem for word in informative_words("hiring for a job")] == ["hir", "job"]


def test_words_that_say_nothing_are_left_out() -> None:
    assert informative_words("Hi, I was wondering if you could tell me something, please?") == []


@given(st.text())
def test_any_text_has_words_or_none(text: str) -> None:
    assert all(word.stem and word.meaning for word in informative_words(text))
