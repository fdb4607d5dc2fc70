from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.intents import Intent, intent_of
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTIONS = ROOT / "tests/companies/data/questions.yaml"

SAID = {
    Intent.PERSON: (
        "can't I just talk to a person",
        "why can't I speak to a human",
        "I don't want a robot I want to talk to a real person",
        "not a machine, a person please",
        "Can I speak to a person, please?",
        "I'd like to talk with somebody in billing",
        "put me through to Dana",
        "Human.",
        "operator please",
        "a real person please",
        "why don't you put me through to somebody",
        "can you not just put me through",
        "I don't want to talk to a robot",
        "I don't want to leave a message, put me through",
        "I don't want to leave a message I want to talk to somebody",
        "I can't talk to a machine I need to talk to a person",
        "do I have to talk to a machine",
        "are you a robot? I want to talk to a human",
        "you're not a real person are you can I speak to one",
        "put me through to billing please",
        "can I have the manager",
        "could I get a representative",
        "I'd rather talk to a person than leave a message",
        "I'd like a person",
        "is it not possible to talk to somebody",
        "no robots please a person",
        "I don't want to, put me through",
        "didn't I ask to speak to a person",
    ),
    Intent.NATURE: (
        "are you a real person",
        "am I talking to a real person",
        "is this a human being",
        "are you a robot",
        "is this automated",
        "are you human",
        "is this a real person or a machine",
        "hi are you a real person",
        "who am I speaking with",
        "are you real",
        "is this an automated system",
        "are you an AI",
        "who is this",
        "what's your name",
    ),
    Intent.MESSAGE: (
        "I'd like to leave a message",
        "could somebody call me back",
        "I can't talk right now call me back",
        "I'd rather leave a message than talk to somebody",
        "can't I just leave a message",
        "I don't want to talk to anybody, I want to leave a message",
    ),
    Intent.REPEAT: (
        "can you repeat that?",
        "Sorry, what?",
        "what did you say",
        "pardon me",
        "what",
        "sorry",
        "I didn't catch that, could you say it again please?",
        "huh",
        "can you speak slower",
        "can you repeat the last part",
        "one more time please",
        "what was that again",
    ),
    Intent.GOODBYE: (
        "No, that's all, thank you. Bye!",
        "goodbye",
        "have a good day",
        "see you later",
        "thanks, talk to you later",
        "that's all I wanted thank you goodbye",
        "okay you have been very helpful thank you bye",
        "that's everything thanks",
        "I will call again tomorrow goodbye",
    ),
    Intent.NO: (
        "no thanks",
        "not right now",
        "I said no",
        "no I wouldn't",
        "no, that's not necessary",
        "I'm good",
        "it's fine",
        "I don't want to leave a message",
        "I do not want to leave a message",
        "I don't want to speak to a person",
        "I don't think so",
        "I'd rather not",
        "no that's fine",
        "nuh-uh",
        "nobody",
        "nothing thanks",
        "neither",
        "please don't put me through",
        "don't call me back",
        "not a person",
        "you don't have to put me through",
    ),
    Intent.YES: (
        "yes please",
        "Sure, go ahead",
        "that would be great",
        "please",
        "uh-huh",
        "Mm-hmm",
        "yes I would",
        "yes",
    ),
    Intent.THANKS: (
        "thank you",
        "okay great thank you",
        "thanks a lot",
        "thank you so much for your help",
        "okay thanks",
    ),
    Intent.OKAY: (
        "okay",
        "that's fine",
        "great",
        "okay perfect",
        "I see",
        "got it",
        "that works",
        "alright",
    ),
    Intent.HELLO: (
        "hello",
        "hi",
        "hello hello",
        "hi how are you",
        "hello can you hear me",
        "is anybody there",
        "are you there",
        "good morning",
    ),
    Intent.EMERGENCY: (
        "my house is on fire",
        "I'm having a heart attack",
        "call 911",
        "I smell gas",
        "somebody is not breathing",
        "please call 9-1-1 now",
        "he isn't breathing",
    ),
    Intent.WAIT: ("hold on", "one moment please", "wait", "just a second", "let me think"),
    Intent.UNCLEAR: (
        "",
        "?!",
        "um",
    ),
    Intent.QUESTION: (
        "can someone come and fix my sink",
        "how much is it for a person",
        "could I talk to you about my roof",
        "how do I speak to my husband about a leak",
        "is that all the services you offer",
        "do you fix a hang up phone by the way bye law",
        "No, are you open on Sunday?",
        "yes but only on Tuesday",
        "How much is a drain cleaning?",
        "what did you say your address was",
        "do you sell fire alarms",
        "do you fix gas heaters",
        "is this a machine shop",
        "are you a computer repair company",
        "my gate operator is broken",
        "thank you and what are your hours",
        "hello are you open on Sunday",
        "okay how much is it",
        "can you repeat the address",
        "are you open on Sunday bye",
        "I don't want to talk to a person I want to know your hours",
        "is Maria there",
        "my heater caught fire last year",
        "are you able to come on Tuesday",
        "is this the plumbing company",
        "do you have a fire extinguisher",
        "I need a plumber",
        "is there someone who can fix my roof",
        "how do I get gas",
    ),
}


@pytest.mark.parametrize(
    ("text", "intent"), [(text, intent) for intent, texts in SAID.items() for text in texts]
)
def test_what_callers_say_is_heard_as_what_they_want(text: str, intent: Intent) -> None:
    assert intent_of(text) is intent


def test_every_intent_is_said_by_somebody() -> None:
    assert set(SAID) == set(Intent)


def test_case_and_punctuation_do_not_change_what_is_wanted() -> None:
    for intent, texts in SAID.items():
        assert {intent_of(text.upper().replace(".", "!")) for text in texts} == {intent}


def asked(data: object) -> Iterator[str]:
    match data:
        case dict():
            yield from asked(list(data.values()))
        case list():
            for item in data:
                yield from asked(item)
        case str():
            yield data


def test_questions_to_companies_are_questions() -> None:
    courtesy = {
        "okay great",
        "thank you",
        "I don't want to leave a message",
        "call me back",
        "speak up",
    }
    texts = [text for text in asked(yaml.safe_load(QUESTIONS.read_text())) if " " in text]
    assert len(texts) > 150
    assert {text for text in texts if intent_of(text) is not Intent.QUESTION} <= courtesy


@given(st.text(max_size=300))
def test_whatever_is_said_is_something(text: str) -> None:
    assert intent_of(text) in Intent
