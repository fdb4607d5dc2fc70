"""Claims to be a person."""

from __future__ import annotations

import pytest

from clientsvia.calls.guard.humanity import claims_human
from clientsvia.calls.guard.plain_speech import expanded


@pytest.mark.parametrize(
    ("said", "claims"),
    [
        ("I'm a real person.", True),
        ("I'm Ava, a member of the staff.", True),
        ("I'm not a robot.", True),
        ("No robots here.", True),
        ("You're talking to a human being.", True),
        ("I'm as human as you are.", True),
        ("I'm an automated assistant.", False),
        ("I'm not a person.", False),
        ("I can connect you with a real person.", False),
        ("A person from the team can call you back.", False),
        ("We repair computers and robots.", False),
        ("An adult should be at home.", False),
    ],
)
def test_a_claim_to_be_human_is_told_from_talk_of_people(said: str, *, claims: bool) -> None:
    assert claims_human(expanded(said), expanded("hello")) is claims


@pytest.mark.parametrize("asked", ["are you a robot", "is this a real person", "are you human"])
def test_a_bare_answer_to_that_question_is_a_claim(asked: str) -> None:
    assert claims_human(expanded("No, I'm not."), expanded(asked))
    assert claims_human(expanded("Yes, of course!"), expanded(asked))
    assert not claims_human(expanded("No, I'm an automated assistant."), expanded(asked))
    assert not claims_human(expanded("Yes, we do."), expanded("do you fix robots"))
