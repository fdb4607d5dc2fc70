"""How a Gather listens: every language and expectation keeps Twilio's rules."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clientsvia.calls.listening import Expect
from clientsvia.calls.reply import LISTENING, Reply
from clientsvia.calls.state import CallState
from clientsvia.companies.knowledge import Knowledge
from clientsvia.companies.profile import KnowledgeEntry
from clientsvia.companies.routing import Target
from clientsvia.providers.say import SaySpeech
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.gathering import HINTS_LENGTH, hints
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.transports.whisper_token import WhisperTokens

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

MODELS = {
    "default", "numbers_and_commands", "phone_call", "experimental_conversations",
    "experimental_utterances", "googlev2_long", "googlev2_short", "googlev2_telephony",
    "googlev2_telephony_short", "deepgram_nova-2", "deepgram_nova-3",
}  # fmt: skip
LANGUAGES = ("en-US", "en-GB", "en-AU", "es-US", "es-MX", "fr-CA", "de-DE", "pt-BR", "ja-JP")


def gather(company: Company, expect: Expect) -> ET.Element:
    secrets = [b"a" * 32]
    tokens, whispers = ActionTokens(secrets), WhisperTokens(secrets)
    transport = TwimlTransport("https://answers.example", tokens, whispers, SaySpeech())
    reply = Reply(("Well?",), LISTENING[expect], CallState("demo", 1_763_800_000, 3))
    return ET.fromstring(transport.render(reply, company, "CA1"))[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("expect", Expect)
def test_every_combination_keeps_twilios_rules(
    demo: Company, expect: Expect, language: str
) -> None:
    company = replace(demo, agent=replace(demo.agent, language=language))
    given = gather(company, expect).attrib
    assert given["input"] == "dtmf speech"
    assert given["language"] == language
    assert given["actionOnEmptyResult"] == "true"
    assert given["speechTimeout"] == "auto" or int(given["speechTimeout"]) > 0
    assert not (given["speechTimeout"] == "auto" and "speechModel" in given)
    assert given.get("speechModel", "default") in MODELS
    assert int(given["timeout"]) > 0
    assert int(given.get("numDigits", "1")) > 0
    assert given.get("finishOnKey", "#") == "#"
    listed = given.get("hints", "x").split(",")
    assert len(listed) <= 500
    assert all(0 < len(hint) <= 100 for hint in listed)


@pytest.mark.parametrize("expect", [Expect.PHONE, Expect.DIGITS])
def test_numbers_may_be_keyed_in_and_take_their_pauses(demo: Company, expect: Expect) -> None:
    given = gather(demo, expect).attrib
    assert "numDigits" not in given
    assert given["finishOnKey"] == "#"
    assert int(given["speechTimeout"]) >= 3


@pytest.mark.parametrize("expect", [Expect.FREE, Expect.YES_NO, Expect.NAME, Expect.EMAIL])
def test_elsewhere_one_key_is_an_answer(demo: Company, expect: Expect) -> None:
    assert gather(demo, expect).attrib["numDigits"] == "1"


def test_hints_are_names_and_services_within_twilios_limits(demo: Company) -> None:
    listed = hints(demo).split(",")
    assert listed[:2] == [demo.name, demo.agent.name]
    assert "garbage disposal" in listed
    many = tuple(replace(demo.targets[0], name=f"target {n}") for n in range(600))
    long = Target("x", "y" * 101, "+12395550142", (), demo.targets[0].availability)
    listed = hints(replace(demo, targets=(long, *many))).split(",")
    assert len(listed) <= 500
    assert max(map(len, listed)) <= 100


def test_hints_of_a_large_knowledge_stay_short(demo: Company) -> None:
    entries = [
        KnowledgeEntry(
            id=f"e{n}", question="What?", answer="That.",
            keywords=tuple(f"keyword, {n} of {k}" for k in range(40)),
        )
        for n in range(100)
    ]  # fmt: skip
    listed = hints(replace(demo, knowledge=Knowledge(entries)))
    assert len(listed) <= HINTS_LENGTH
    assert "keyword 0 of 0" in listed


def test_yes_and_no_are_hinted_where_they_are_asked_for(demo: Company) -> None:
    assert hints(demo, Expect.YES_NO).startswith("yes,no,")
    assert hints(demo, Expect.PHONE) == ""
