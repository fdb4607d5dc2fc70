from __future__ import annotations

import pytest

from clientsvia.calls.guard import small_talk
from clientsvia.calls.guard.plain_speech import expanded


@pytest.mark.parametrize(
    "said",
    [
        "Hello, how may I assist you today?",
        "What else can I do for you?",
        "Is there anything else?",
        "I'd be happy to help you with that.",
        "Let me know if you need anything else today.",
    ],
)
def test_a_courtesy_is_one(said: str) -> None:
    assert small_talk.is_courtesy(expanded(said))


@pytest.mark.parametrize(
    "said", ["Hello, you're booked.", "How may I bill you today?", "I'm happy to come today."]
)
def test_what_has_more_in_it_is_none(said: str) -> None:
    assert not small_talk.is_courtesy(expanded(said))


@pytest.mark.parametrize(
    ("said", "general"),
    [
        ("If water is running, close the main valve.", True),
        ("That depends on the model.", True),
        ("It is usually near the street.", True),
        ("Our man is usually there by noon.", False),
        ("Copper is durable.", False),
    ],
)
def test_advice_and_how_things_usually_are_is_general(said: str, *, general: bool) -> None:
    assert small_talk.is_general(expanded(said)) is general


@pytest.mark.parametrize(
    ("said", "commits"),
    [
        ("This is a test answer.", False),
        ("A sump pump moves water out of a basement.", False),
        ("Consider it done.", True),
        ("We asked the baker to bring it.", True),
        ("Your gate is as good as new.", True),
        ("The cancellation went through.", True),
    ],
)
def test_without_certain_words_nothing_is_promised(said: str, *, commits: bool) -> None:
    assert small_talk.may_commit(expanded(said)) is commits
