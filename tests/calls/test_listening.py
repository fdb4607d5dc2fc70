"""What was asked for decides how to listen, and what is read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import AnswerReady, Digits
from clientsvia.calls.flow import decide
from clientsvia.calls.listening import Expect, expected, read_back
from clientsvia.calls.ports import Answer
from clientsvia.calls.reply import AskResponder, Connect, Listen
from tests.calls.calling import a_call, decided
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (sentences.HELP, Expect.FREE),
        (sentences.ANYTHING_ELSE, Expect.FREE),
        (sentences.DID_NOT_CATCH, Expect.FREE),
        (sentences.OFFER_PERSON, Expect.FREE),
        (sentences.OFFER_MESSAGE, Expect.YES_NO),
        (sentences.OFFER_REQUEST, Expect.YES_NO),
        ("Would you like me to connect you?", Expect.YES_NO),
        ("I have 2 3 9, 5 5 5, 0 1 4 2. Is that right?", Expect.YES_NO),
        ("Would you like to leave a message, or talk to somebody?", Expect.FREE),
        ("What's the best number to reach you?", Expect.PHONE),
        ("Could you give me your phone number?", Expect.PHONE),
        ("Thanks. What number can they call?", Expect.PHONE),
        ("Please tell me your number.", Expect.PHONE),
        ("What is your e-mail address?", Expect.EMAIL),
        ("Can I have your email?", Expect.EMAIL),
        ("May I have your name?", Expect.NAME),
        ("Could you spell that for me?", Expect.NAME),
        ("What's your order number?", Expect.DIGITS),
        ("Please key in your account number, then press pound.", Expect.DIGITS),
        ("Our number is in the book.", Expect.FREE),
        ("", Expect.FREE),
    ],
)
def test_the_last_sentence_tells_what_to_expect(said: str, kind: Expect) -> None:
    assert expected(said) is kind


def test_a_models_question_decides_how_the_next_words_are_heard(demo: Company) -> None:
    answer = Answer(("Sure.", "What's the best number to reach you?"), "model:x")
    following = decided(AnswerReady(answer), demo, a_call(turn=2)).reply.next
    assert isinstance(following, Listen)
    assert following.expect is Expect.PHONE


@pytest.mark.parametrize(
    ("asked", "heard", "said"),
    [
        ("What's your phone number?", "239 555 0142", "I have 2 3 9, 5 5 5, 0 1 4 2."),
        ("What's your phone number?", "it's (239) 555-0142.", "I have 2 3 9, 5 5 5, 0 1 4 2."),
        (
            "What's your phone number?",
            "two three nine five five five zero one four two",
            "I have 2 3 9, 5 5 5, 0 1 4 2.",
        ),
        ("What's your phone number?", "I don't have one", ""),
        ("What's your order number?", "4 7 1 1", "I have 4 7 1 1."),
        ("What's your e-mail?", "ada@example.com", "I have ada at example dot com."),
        ("What's your e-mail?", "it's Ada at example dot com", "I have ada at example dot com."),
        ("What's your e-mail?", "I'd rather not", ""),
        ("May I have your name?", "my name is Ada Lovelace", "I have Ada Lovelace."),
        ("May I have your name?", "why do you want to know that now", ""),
        ("How can I help you?", "239 555 0142", ""),
    ],
)
def test_what_matters_is_read_back(asked: str, heard: str, said: str) -> None:
    assert read_back(asked, heard) == said


def test_several_keys_become_words_and_a_lone_zero_a_person(demo: Company) -> None:
    need = decide(Digits("2395550142"), demo, a_call(turn=2), OPEN)
    assert need == AskResponder("2 3 9 5 5 5 0 1 4 2")
    assert isinstance(decided(Digits("0"), demo, a_call(turn=2)).reply.next, Connect)
    assert decide(Digits("0123"), demo, a_call(turn=2), OPEN) == AskResponder("0 1 2 3")
