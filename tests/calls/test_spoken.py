"""What is written for the eye, as a voice reads it."""

from __future__ import annotations

import pytest

from clientsvia.calls.spoken import briefly, spoken


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("**Sure!**", "Sure!"),
        ("# Prices", "Prices."),
        ("See [our site](https://a.example/b_c).", "See our site."),
        ("Visit https://www.example.com/contact.", "Visit example dot com slash contact."),
        ("Mail info@gulf-breeze.com today.", "Mail info at gulf dash breeze dot com today."),
        ("We do drains 😀🔧.", "We do drains."),
        ("Use `code` & ```more```.", "Use code and more."),
        ("Mon\N{EN DASH}Fri, and Sat 9-12 AM", "Monday through Friday, and Saturday 9 to 12 AM."),
        ("The bank sat there", "The bank sat there."),
        ("Tools, e.g. pliers, etc.", "Tools, for example, pliers, and so on."),
        ("Soon, i.e. today", "Soon, that is, today."),
        ("Yes (about an hour).", "Yes, about an hour."),
        ("Open 24/7 w/ parking", "Open around the clock with parking."),
        ("It takes 2 hrs and 30 mins.", "It takes 2 hours and 30 minutes."),
        ("Yes—really—now", "Yes, really, now."),
        ("He said “fine” to <b>us</b>", "He said fine to us."),
        ("Here's a list:", "Here's a list:"),
        ("…", ""),
        ("😀", ""),
    ],
)  # fmt: skip
def test_a_sentence_is_written_for_the_ear(written: str, said: str) -> None:
    assert spoken(written) == said


def test_other_languages_lose_their_markup_and_keep_their_words() -> None:
    assert spoken("**Sí**, cuesta $89 & más 😀", "es-US") == "Sí, cuesta $89 & más."


def test_words_are_cut_where_one_ends_and_lose_their_last_mark() -> None:
    assert briefly("How much is it?", "en-US", 100) == "How much is it"
    assert briefly("one two three", "en-US", 9) == "one two"
    assert briefly("x" * 20, "en-US", 9) == "x" * 9
    assert briefly("...", "en-US", 9) == ""
