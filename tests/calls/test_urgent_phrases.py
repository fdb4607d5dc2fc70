"""What counts as urgent, held against many ways of saying it and of not saying it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.urgent_phrases import urgent_phrase

PLUMBER = (
    "burst pipe",
    "gas smell",
    "flooding",
    "water everywhere",
    "sewage backup",
    "no heat",
    "no hot water",
    "heat not working",
    "ceiling collapsed",
    "carbon monoxide",
)
OTHERS = ("knocked out tooth", "locked out", "power outage", "broken window", "frozen pipes")

URGENT = {
    "burst pipe": (
        "I have a burst pipe",
        "burst pipe!",
        "a burst water pipe",
        "my pipe has burst",
        "the pipe burst",
        "a pipe under my kitchen sink has burst",
        "pipes are bursting in my basement",
        "One of the pipes in our bathroom just burst, please help.",
        "No, my pipe has burst",
        "no it's a burst pipe",
        "I don't know what to do, a burst pipe",
        "I'm not sure but I think it's a burst pipe",
        "it's not a leak, it's a burst pipe",
        "it's not only a burst pipe, the wall is gone too",
        "isn't that a burst pipe?",
        "can you fix a burst pipe?",
        "do you fix burst pipes? I have one right now",
        "can somebody come, burst pipe",
        "I can't stop the burst pipe",
        "how much is it, my pipe burst",
    ),
    "gas smell": (
        "I can smell gas",
        "it smells like gas in here",
        "there is a smell of gas",
        "gas, I'm smelling gas",
    ),
    "flooding": (
        "my kitchen is flooded",
        "it's flooding",
        "the basement floods",
        "there's a flood",
    ),
    "water everywhere": ("there is water just everywhere", "everywhere water"),
    "sewage backup": ("we have a sewage backup", "the backup of sewage is awful"),
    "no heat": ("we have no heat", "I don't have heat", "there isn't any heat", "without heat"),
    "no hot water": ("there's no hot water", "we don't have any hot water"),
    "heat not working": ("the heat is not working", "our heat isn't working", "heat doesn't work"),
    "ceiling collapsed": ("the ceiling is collapsing", "the whole ceiling just collapsed"),
    "carbon monoxide": ("my carbon monoxide alarm is beeping",),
    "knocked out tooth": ("I knocked my tooth out", "two teeth were knocked out"),
    "locked out": ("I'm locked out", "I locked myself out of my house"),
    "power outage": ("we have a power outage",),
    "broken window": ("somebody broke my window", "the windows are broken"),
    "frozen pipes": ("my pipe froze", "pipes freezing"),
}
NOT_URGENT = (
    "",
    "it's not a burst pipe",
    "it isn't a burst pipe",
    "it's no burst pipe",
    "I don't have a burst pipe",
    "I'm not calling about a burst pipe",
    "I don't think it's a burst pipe",
    "the pipe has not burst",
    "my pipe hasn't burst",
    "there is nothing flooding",
    "there's no gas smell",
    "I don't smell gas",
    "do you fix burst pipes?",
    "do you guys repair burst pipes",
    "hi, do you handle flooding",
    "how much does a burst pipe cost",
    "what do you charge for a burst pipe?",
    "do you do carbon monoxide detectors?",
    "are you open on Monday",
    "what pipes do you use",
    "my heat is fine",
    "is there heat? no",
    "can you look at the tooth",
    "I want to lock in that price",
    "put me through to somebody",
    "burst into laughter when the man with the long grey coat smoked his pipe",
)


@pytest.mark.parametrize(
    ("phrase", "text"), [(phrase, text) for phrase, texts in URGENT.items() for text in texts]
)
def test_an_urgent_phrase_is_heard_however_it_is_put(phrase: str, text: str) -> None:
    assert urgent_phrase(text, PLUMBER + OTHERS) == phrase


@pytest.mark.parametrize("text", NOT_URGENT)
def test_denials_questions_and_other_words_are_not_urgent(text: str) -> None:
    assert urgent_phrase(text, PLUMBER + OTHERS) == ""


def test_without_phrases_nothing_is_urgent() -> None:
    assert urgent_phrase("my pipe has burst", ()) == ""


def test_a_phrase_of_small_words_alone_is_heard_as_it_stands() -> None:
    assert urgent_phrase("help, it is in here", ("it is in",)) == "it is in"
    assert urgent_phrase("it was in", ("it is in",)) == ""


def test_a_phrase_of_no_words_is_never_heard() -> None:
    assert urgent_phrase("anything!", ("!!!",)) == ""


def test_other_languages_are_heard_as_they_are_written() -> None:
    assert urgent_phrase("hay una fuga de gas", ("fuga de gas",)) == "fuga de gas"


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=5).map(tuple))
def test_whatever_is_said_one_of_the_phrases_or_none_is_found(
    text: str, phrases: tuple[str, ...]
) -> None:
    assert urgent_phrase(text, phrases) in ("", *phrases)


@given(st.sampled_from(PLUMBER), st.text(alphabet=" ,.!", max_size=5))
def test_each_phrase_is_found_in_itself(phrase: str, around: str) -> None:
    assert urgent_phrase(f"{around}{phrase}{around}", (phrase,)) == phrase
