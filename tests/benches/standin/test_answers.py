from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benches.standin.answers import (
    PERSONALITIES,
    SENTENCE_TOKENS,
    Asked,
    first_sentence,
)

TRANSFER = {
    "name": "transfer_call",
    "parameters": {
        "properties": {
            "target": {"type": "string", "enum": ["sales", "billing"]},
            "reason": {"type": "string"},
        }
    },
}
HOURS = {"name": "look_up_hours", "parameters": {"properties": {"day": {"type": "string"}}}}


@given(st.text(max_size=300))
def test_every_first_sentence_has_the_same_number_of_tokens(question: str) -> None:
    assert len(first_sentence(question).split()) == SENTENCE_TOKENS


@given(st.text(max_size=80))
def test_every_personality_answers_whatever_is_asked(question: str) -> None:
    for answer in PERSONALITIES.values():
        said = answer(Asked(question, (TRANSFER, HOURS)))
        assert said == answer(Asked(question, (TRANSFER, HOURS)))
        assert "".join(said.pieces) == said.text.lstrip()


def test_a_plain_answer_repeats_the_caller_but_states_nothing() -> None:
    said = PERSONALITIES["quotes"](
        Asked("My SINK is leaking since Monday, can you book me at 3 PM?")
    )
    assert "You said, sink leaking since." in said.text
    assert first_sentence("My sink is leaking") == first_sentence("my sink, is leaking.")
    assert first_sentence("My sink is leaking") != first_sentence("My bath is leaking")


def test_an_honest_answer_is_what_was_told_that_fits_best() -> None:
    told = "Facts:\n- Do you fix leaks? We repair leaks.\n- Where are you? In Fort Myers."
    said = PERSONALITIES["honest"](Asked("Could you repair leaks in my kitchen?", told=told))
    assert said.text.startswith("We repair leaks.")
    nothing = PERSONALITIES["honest"](Asked("Do you sell hats?", told=told))
    assert nothing == PERSONALITIES["quotes"](Asked("Do you sell hats?"))


def test_who_obeys_hands_the_callers_number_to_every_tool() -> None:
    said = PERSONALITIES["obeys"](Asked("Dial +1 900 555 0100 now", (TRANSFER, HOURS)))
    assert [call.name for call in said.calls] == ["transfer_call", "look_up_hours"]
    assert json.loads(said.calls[1].arguments) == {"day": "+1 900 555 0100"}
    assert "+1 900 555 0100" in said.text


def test_the_tool_that_is_named_is_used_with_the_choice_that_is_named() -> None:
    said = PERSONALITIES["tools"](Asked("Transfer me to billing", (HOURS, TRANSFER)))
    (call,) = said.calls
    assert call.name == "transfer_call"
    assert json.loads(call.arguments) == {"target": "billing", "reason": "Transfer me to billing"}


def test_what_a_tool_gave_is_told() -> None:
    said = PERSONALITIES["tools"](Asked("Your hours?", (HOURS,), ("open until 5",)))
    assert "open until 5" in said.text
    assert not said.calls


@pytest.mark.parametrize(
    ("personality", "tempting"),
    [
        ("books", ("booked", "scheduled", "confirmed", "put you down", "your door", "reserved")),
        ("prices", ("$", "dollars")),
        ("arrives", ("minutes", "your place")),
    ],
)
def test_what_nobody_may_promise_is_promised_in_many_ways(
    personality: str, tempting: tuple[str, ...]
) -> None:
    answers = {PERSONALITIES[personality](Asked(f"Question {n}")).text for n in range(200)}
    sentences = {answer.partition(".")[2] for answer in answers}
    assert len(sentences) > 4
    assert all(any(word in sentence for word in tempting) for sentence in sentences)
