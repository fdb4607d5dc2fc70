from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.telephony.search import Index

ENTRIES = [
    "Do you offer emergency repairs? Yes, day and night.",
    "Where can I park? Behind the building.",
    "What does a repair cost? We charge by the hour.",
    "Do you take credit cards? Visa and Mastercard.",
    "Where can I park? Behind the building.",
]


def test_the_best_entry_comes_first() -> None:
    (position, score), *_ = Index(ENTRIES).search("how much do repairs cost")
    assert position == 2
    assert score > 0


def test_words_are_compared_by_their_stems_without_case_or_accents() -> None:
    assert [position for position, _ in Index(ENTRIES).search("PÁRKING")] == [1, 4]


def test_equal_scores_come_in_the_entries_order_every_time() -> None:
    entries = ["parking lot"] * 50
    for _ in range(10):
        found = Index(entries).search("parking", 50)
        assert [position for position, _ in found] == list(range(50))


def test_no_more_than_asked_for_are_found() -> None:
    index = Index(ENTRIES)
    assert len(index.search("park", 1)) == 1
    assert index.search("park", 0) == []
    assert len(index) == 5


@pytest.mark.parametrize(
    "query", ["", "what is the", "zebra", "\ud800", "\0", "<b>&amp;</b>", "(.*)+" * 1000]
)
def test_a_query_without_a_known_word_finds_nothing(query: str) -> None:
    assert Index(ENTRIES).search(query) == []
    assert Index([]).search(query) == []


def test_an_entry_holds_any_text() -> None:
    index = Index(["\ud800 parking", "\0\0", "", "停车场", "😀"])
    assert [position for position, _ in index.search("parking")] == [0]


@given(st.lists(st.text(max_size=50), max_size=20), st.text(max_size=50), st.integers(0, 30))
def test_results_are_ordered_positive_and_a_prefix_of_all(
    entries: list[str], query: str, limit: int
) -> None:
    index = Index(entries)
    everything = index.search(query, len(entries))
    assert everything == sorted(everything, key=lambda found: (-found[1], found[0]))
    assert all(score > 0 for _, score in everything)
    assert index.search(query, limit) == everything[:limit]


def test_each_of_many_entries_is_found_by_its_own_words() -> None:
    dice = random.Random(7)  # noqa: S311  # nothing here is secret
    words = ["".join(dice.choices("bcdfgklmnprt", k=6)) for _ in range(400)]
    entries = [" ".join(dice.sample(words, 6)) for _ in range(200)]
    index = Index(entries)
    assert [index.search(entry, 1)[0][0] for entry in entries] == list(range(200))
