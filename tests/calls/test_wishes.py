import pytest

from clientsvia.calls.wishes import message_at, person_at, wished_at
from clientsvia.calls.words import padded, phrases, words


def heard(text: str) -> tuple[str, frozenset[str]]:
    return padded(words(text)), frozenset(words(text))


@pytest.mark.parametrize(
    "text",
    [
        "I don't want to talk to anybody",
        "please don't transfer me",
        "I would never really want to speak to a person",
        "there is no need to put me through",
        "not a person",
        "can we do it without talking, I don't need a human",
    ],
)
def test_a_negation_right_before_it_denies_a_wish(text: str) -> None:
    assert person_at(*heard(text)) == -1


@pytest.mark.parametrize(
    "text",
    [
        "I don't need a plumber I need to talk to somebody",
        "I do not know who to ask can you put me through",
        "why can't you connect me",
        "why not put me through",
        "can I not speak to somebody",
        "I don't want to wait I want to talk to somebody",
        "I don't want to talk to the machine",
        "no put me through",
    ],
)
def test_a_negation_of_something_else_does_not(text: str) -> None:
    assert person_at(*heard(text)) >= 0


@pytest.mark.parametrize("who", ["my husband", "my landlord", "you"])
def test_nobody_is_rung_for_a_talk_with_somebody_else(who: str) -> None:
    assert person_at(*heard(f"how do I speak to {who} about a leak")) == -1


def test_the_place_is_that_of_the_first_wish_that_is_not_denied() -> None:
    text, vocabulary = heard("i dont want tea but i want tea")
    assert wished_at(phrases("tea"), text, vocabulary) == text.rindex(" tea ")
    assert wished_at(phrases("milk, tea"), *heard("tea with milk")) == 0


def test_a_message_may_be_denied_too() -> None:
    assert message_at(*heard("I'd like to leave a message")) >= 0
    assert message_at(*heard("you never call me back")) == -1
