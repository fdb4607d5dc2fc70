from __future__ import annotations

from random import Random

import pytest

from clientsvia.rehearsal.respelling import bare, in_words, nth_in_words, punctuated, respelled


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("23", "twenty three"),
        ("1,250", "one thousand two hundred fifty"),
        ("$75?", "seventy five dollars"),
        ("10%", "ten percent"),
        ("2nd", "second"),
        ("2.5", "two point five"),
        ("2:30", "two thirty"),
        ("9:05pm", "nine oh five p m"),
        ("5:00", "five o'clock"),
        ("239-555-0123", "two three nine five five five oh one two three"),
        ("pm", "p.m."),
        ("a.m.", "am"),
        ("twelve", "12"),
        ("one", "one"),
        ("007", "007"),
        ("94105", "94105"),
        ("door,", "door,"),
    ],
)
def test_a_number_has_two_spellings(word: str, other: str) -> None:
    assert respelled([word], Random(1), share=1.0) == [other]


def test_numbers_are_said_as_in_english() -> None:
    assert in_words(9999) == "nine thousand nine hundred ninety nine"
    assert [nth_in_words(n) for n in (1, 12, 20, 31)] == [
        "first",
        "twelfth",
        "twentieth",
        "thirty first",
    ]


def test_punctuation_is_as_frequent_at_the_end_as_within() -> None:
    rng = Random(1)
    texts = [punctuated(["a", "b", "c", "d"], rng).split() for _ in range(4000)]
    shares = [sum(len(text[place]) > 1 for text in texts) / len(texts) for place in range(4)]
    assert shares == pytest.approx([0.1] * 4, abs=0.02)


def test_only_the_punctuation_around_a_word_is_taken_off() -> None:
    assert [bare(word) for word in ('"door,"', "2:30.", "p.m.", "it's")] == [
        "door",
        "2:30",
        "p.m.",
        "it's",
    ]
