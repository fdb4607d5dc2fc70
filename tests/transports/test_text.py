from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import orjson
import pytest

from clientsvia.calls.reply import Callee, Connect, Continue, HangUp, Listen, Record, Reply
from clientsvia.calls.ringing.whispering import Whisper
from clientsvia.calls.state import CallState
from clientsvia.providers.say import SaySpeech
from clientsvia.transports.action_token import PARAMETER, ActionTokens
from clientsvia.transports.text import TextTransport
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.transports.whisper_token import WhisperTokens

if TYPE_CHECKING:
    from clientsvia.calls.reply import Next
    from clientsvia.companies.company import Company

SECRETS = [b"a" * 32]
ORIGIN = "https://answers.example"
STATE = CallState("demo", 1_763_800_000, 3)
TEXT = TextTransport(ORIGIN, SECRETS, SaySpeech())
RING = Connect((Callee("office", "+12395550142"),), "+12395551212")


def rendered(company: Company, following: Next, *say: str) -> dict[str, Any]:
    data: dict[str, Any] = orjson.loads(TEXT.render(Reply(say, following, STATE), company, "CA1"))
    return data


def unsigned(document: ET.Element) -> list[tuple[str, ...]]:
    """Every verb with its words and attributes, without what is signed."""
    return [
        tuple(part.partition("?")[0] for part in (verb.tag, verb.text or "", *verb.attrib.values()))
        for verb in document.iter()
    ]


@pytest.mark.parametrize(
    ("following", "kind"),
    [
        (Listen(), "listen"),
        (RING, "connect"),
        (Record(60), "record"),
        (Continue(), "continue"),
        (HangUp(), "hang_up"),
    ],
)
def test_a_page_gets_what_twilio_would_get_but_for_the_signatures(
    demo: Company, following: Next, kind: str
) -> None:
    data = rendered(demo, following, "One.", "Two.")
    real = TwimlTransport(ORIGIN, ActionTokens(SECRETS), WhisperTokens(SECRETS), SaySpeech())
    theirs = ET.fromstring(real.render(Reply(("One.", "Two."), following, STATE), demo, "CA1"))
    ours = ET.fromstring(data["twiml"])
    assert data["next"]["kind"] == kind
    assert [said["text"] for said in data["say"]] == ["One.", "Two."]
    assert unsigned(ours) == unsigned(theirs)


def test_no_url_of_a_page_opens_a_real_call(demo: Company) -> None:
    gather = ET.fromstring(rendered(demo, Listen(), "One.")["twiml"])[0]
    (token,) = parse_qs(urlsplit(gather.attrib["action"]).query)[PARAMETER]
    assert ActionTokens(SECRETS).read(token, "CA1") is None
    assert TEXT.state(token, "CA1") == STATE


def test_the_calls_state_comes_back_and_only_for_its_call(demo: Company) -> None:
    call = rendered(demo, Listen())["call"]
    assert TEXT.state(call, "CA1") == STATE
    assert TEXT.state(call, "CA2") is None
    assert TEXT.state(call + "0", "CA1") is None


def test_whoever_is_rung_has_a_name(demo: Company) -> None:
    (callee,) = rendered(demo, RING)["next"]["callees"]
    office = demo.target("office")
    assert office is not None
    assert (callee["target"], callee["name"]) == ("office", office.name)
    (stranger,) = rendered(demo, Connect((Callee("gone", "+12395550142"),), ""))["next"]["callees"]
    assert stranger["name"] == "gone"


def test_a_sentence_with_a_clip_names_it(demo: Company) -> None:
    class Voice(SaySpeech):
        def ready(self, _company: Company, text: str) -> str:
            return "c" * 64 if text == "Two." else ""

    text = TextTransport(ORIGIN, SECRETS, Voice())
    data = orjson.loads(text.render(Reply(("One.", "Two."), HangUp(), STATE), demo, "CA1"))
    assert data["say"] == [{"text": "One.", "clip": ""}, {"text": "Two.", "clip": "c" * 64}]
    assert "c" * 64 in data["twiml"]


def test_what_somebody_hears_who_is_rung_is_told_with_its_twiml(demo: Company) -> None:
    whisper = Whisper("demo", "CA1", 2, "office")
    data = orjson.loads(TEXT.whisper("A call for you.", whisper, demo))
    assert (data["target"], data["said"]) == ("office", "A call for you.")
    assert ET.fromstring(data["twiml"])[0].tag == "Gather"
