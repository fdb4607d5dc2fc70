from __future__ import annotations

import pytest

from clientsvia.calls.spelling import tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Well, are YOU open?", ["well", "are", "you", "open"]),
        ("twenty-three dogs' beds", ["twenty", "three", "dogs", "beds"]),
        ("$1,000.50 or -5", ["$1,000.50", "or", "-5"]),
        ("(5) - 7 p.m.", ["5", "7", "pm"]),
        ("the 1st at 5:30pm", ["the", "1st", "at", "5:30pm"]),
        ("C++ & 10%", ["c", "+", "+", "&", "10", "%"]),
        ("pia.m@x.com, now", ["pia.m@x.com", "now"]),
        ("See acme.com.", ["see", "acme.com"]),
        ("שלום, 世界! 24", ["שלום", "世界", "24"]),
        ("", []),
    ],
)
def test_words_numbers_and_signs_are_told_apart(text: str, found: list[str]) -> None:
    assert tokens(text) == found


def test_invisible_characters_count_only_where_they_join_letters() -> None:
    assert tokens("op\N{SOFT HYPHEN}en\N{ZERO WIDTH NO-BREAK SPACE}") == ["open"]
    joined = "\u0645\u06cc\N{ZERO WIDTH NON-JOINER}\u0634\u0648\u062f"
    assert tokens(joined) == [joined]


def test_what_looks_like_a_mail_address_takes_no_long_search() -> None:
    assert len(tokens("a." * 50_000 + "@")) == 50_001
