from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from clientsvia.calls.reply import Callee, Connect, HangUp, Listen, Record, Reply
from clientsvia.calls.ringing.whispering import Whisper
from clientsvia.calls.state import CallState
from clientsvia.errors import TwimlTooLarge
from clientsvia.providers.say import SaySpeech
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.twiml import TwimlTransport, sentence
from clientsvia.transports.whisper_token import WhisperTokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.reply import Next
    from clientsvia.companies.company import Company

TOKENS = ActionTokens([b"a" * 32])
WHISPERS = WhisperTokens([b"a" * 32])
CLIPS = ["a" * 64, "b" * 64]
TRANSPORT = TwimlTransport("https://answers.example/", TOKENS, WHISPERS, SaySpeech())
STATE = CallState("demo", 1_763_800_000, 3)


def document(company: Company, following: Next, *say: str) -> ET.Element:
    return ET.fromstring(TRANSPORT.render(Reply(say, following, STATE), company, "CA1"))


def test_sentences_are_one_say_in_the_agents_voice_and_language(demo: Company) -> None:
    root = document(demo, HangUp(), "One moment.", "Goodbye.")
    assert [child.tag for child in root] == ["Say", "Hangup"]
    assert root[0].text == "One moment. Goodbye."
    assert root[0].attrib == {"voice": demo.agent.voice, "language": demo.agent.language}


@dataclass
class Voice(SaySpeech):
    """A voice that has made some sentences; tests make it make more, and lose some."""

    clips: dict[tuple[str, str], str] = field(default_factory=dict)
    followers: list[Callable[[str], None]] = field(default_factory=list)

    def ready(self, company: Company, text: str) -> str:
        return self.clips.get((company.slug, text), "")

    def follow(self, changed: Callable[[str], None]) -> None:
        self.followers.append(changed)

    def change(self, company: Company, text: str, clip: str) -> None:
        self.clips[company.slug, text] = clip
        for changed in self.followers:
            changed(company.slug)


def spoken(transport: TwimlTransport, company: Company, reply: Reply) -> list[str]:
    """What a document speaks, in order, wherever it stands."""
    root = ET.fromstring(transport.render(reply, company, "CA1"))
    return [verb.text or "" for verb in root.iter() if verb.tag in {"Say", "Play"}]


def test_sentences_with_a_clip_are_played_and_neighbours_without_are_one_say(
    demo: Company,
) -> None:
    voice = Voice({(demo.slug, "Two."): CLIPS[0], (demo.slug, "Five."): CLIPS[1]})
    transport = TwimlTransport("https://answers.example/", TOKENS, WHISPERS, voice)
    say = ("One.", "Two.", "Three.", "Four.", "Five.")
    for following in (
        Listen(),
        HangUp(),
        Record(10),
        Connect((Callee("office", "+12395550142", accept=False),), "+12395551212"),
    ):
        assert spoken(transport, demo, Reply(say, following, STATE)) == [
            "One.",
            f"https://answers.example/audio/{CLIPS[0]}",
            "Three. Four.",
            f"https://answers.example/audio/{CLIPS[1]}",
        ]
    gather = ET.fromstring(transport.render(Reply(say, Listen(), STATE), demo, "CA1"))[0]
    assert [verb.tag for verb in gather] == ["Say", "Play", "Say", "Play"]


def test_a_clip_that_comes_is_played_and_one_that_goes_is_said_again(demo: Company) -> None:
    voice = Voice()
    transport = TwimlTransport("https://answers.example", TOKENS, WHISPERS, voice)
    reply = Reply(("Hello.",), Listen(), STATE)
    assert spoken(transport, demo, reply) == ["Hello."]
    for clip in (CLIPS[0], CLIPS[1], ""):
        voice.change(demo, "Hello.", clip)
        sound = f"https://answers.example/audio/{clip}" if clip else "Hello."
        assert spoken(transport, demo, reply) == [sound]
        assert spoken(transport, demo, reply) == [sound]


def test_no_company_plays_anothers_clip(demo: Company) -> None:
    voice = Voice({(demo.slug, "Hello."): CLIPS[0]})
    transport = TwimlTransport("https://answers.example", TOKENS, WHISPERS, voice)
    reply, other = Reply(("Hello.",), Listen(), STATE), replace(demo, slug="other")
    assert spoken(transport, demo, reply) != ["Hello."]
    assert spoken(transport, other, reply) == ["Hello."]


def test_whoever_must_accept_is_rung_with_a_whisper_of_their_own(demo: Company) -> None:
    callees = (
        Callee("erin", "+12395550121"),
        Callee("sam", "+12395550122"),
        Callee("desk", "+12395550120", accept=False),
    )
    state = replace(STATE, urgent=True)
    for sid in ("CA1", "CA2"):
        reply = Reply((), Connect(callees, "+12395551212", 11), state)
        dial = ET.fromstring(TRANSPORT.render(reply, demo, sid))[0]
        assert dial.attrib["timeout"] == "11"
        assert [number.text for number in dial] == [callee.number for callee in callees]
        prefix = "https://answers.example/api/twilio/whisper?whisper="
        tokens = [number.get("url", "").removeprefix(prefix) for number in dial]
        assert [WHISPERS.read(token) for token in tokens] == [
            Whisper("demo", sid, 3, "erin", urgent=True),
            Whisper("demo", sid, 3, "sam", urgent=True),
            None,
        ]
        assert TOKENS.read(dial.attrib["action"].partition("=")[2], sid) == state


def test_nothing_to_say_is_no_verb(demo: Company) -> None:
    assert [child.tag for child in document(demo, HangUp(), "")] == ["Hangup"]
    assert [child.tag for child in document(demo, HangUp())] == ["Hangup"]


def test_listening_is_a_gather_whose_urls_carry_the_state(demo: Company) -> None:
    gather = document(demo, Listen(), "Hello.")[0]
    prefix = "https://answers.example/api/twilio/handle-speech?call="
    assert gather.attrib["action"].startswith(prefix)
    token = gather.attrib["action"].removeprefix(prefix)
    assert TOKENS.read(token, "CA1") == STATE


def test_connecting_is_a_dial_of_one_number(demo: Company) -> None:
    dial = document(
        demo,
        Connect((Callee("office", "+12395550142", accept=False),), "+12395551212"),
        "One moment.",
    )[1]
    assert dial.attrib["callerId"] == "+12395551212"
    assert [number.text for number in dial] == ["+12395550142"]


def test_recording_is_followed_by_where_silence_leads(demo: Company) -> None:
    root = document(demo, Record(120), "After the tone.")
    assert [child.tag for child in root] == ["Say", "Record", "Redirect"]
    assert root[1].attrib["maxLength"] == "120"
    assert not {"transcribe", "transcribeCallback"} & root[1].attrib.keys()


def test_a_recording_is_transcribed_where_that_is_asked_for(demo: Company) -> None:
    record = document(demo, Record(120, transcribe=True), "After the tone.")[1]
    assert record.attrib["transcribe"] == "true"
    assert "/api/twilio/transcribed?call=" in record.attrib["transcribeCallback"]


def test_one_prepared_document_serves_every_call_with_its_own_state(demo: Company) -> None:
    first = TRANSPORT.render(Reply(("Hi.",), Listen(), STATE), demo, "CA1")
    second = TRANSPORT.render(Reply(("Hi.",), Listen(), STATE), demo, "CA2")
    assert first != second
    assert len(first) == len(second)


def test_what_is_said_cannot_become_markup_or_a_slot(demo: Company) -> None:
    evil = "</Say><Dial>+19005551234</Dial>{token} & \x00 😀"
    root = document(demo, HangUp(), evil)
    assert [child.tag for child in root] == ["Say", "Hangup"]
    assert root[0].text == evil.replace("\x00", "")


def test_over_64_kb_is_refused(demo: Company) -> None:
    with pytest.raises(TwimlTooLarge):
        document(demo, HangUp(), "x" * 70_000)


def test_a_sentence_alone_ends_the_call() -> None:
    root = ET.fromstring(sentence("Goodbye & thanks."))
    assert [child.tag for child in root] == ["Say", "Hangup"]
