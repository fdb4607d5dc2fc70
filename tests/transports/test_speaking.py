from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from clientsvia.telephony.twiml import render
from clientsvia.telephony.verbs import response
from clientsvia.transports.speaking import SAY_LONGEST, spoken

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

CLIP = "a" * 64


def markup(company: Company, *pairs: tuple[str, str]) -> str:
    sentences, clips = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    verbs = spoken(sentences, clips, company.agent, "https://answers.example")
    return render(response(*verbs)).decode().partition("<Response>")[2]


def test_a_clip_is_a_play_of_its_address_alone(demo: Company) -> None:
    assert markup(demo, ("Hello.", CLIP)) == (
        f"<Play>https://answers.example/audio/{CLIP}</Play></Response>"
    )


def test_two_clips_in_a_row_are_two_plays(demo: Company) -> None:
    assert markup(demo, ("One.", CLIP), ("Two.", CLIP)).count("<Play>") == 2


def test_sentences_without_clips_are_one_say_in_the_agents_voice(demo: Company) -> None:
    assert markup(demo, ("One.", ""), ("Two.", "")) == (
        f'<Say language="{demo.agent.language}" voice="{demo.agent.voice}">One. Two.</Say>'
        "</Response>"
    )


def test_a_long_answer_is_as_many_says_as_twilio_needs_and_loses_no_word(demo: Company) -> None:
    sentences = [f"This is line {number} of a very long answer." for number in range(200)]
    verbs = spoken(sentences, [""] * len(sentences), demo.agent, "https://answers.example")
    texts = [say.text or "" for say in ET.fromstring(render(response(*verbs)))]
    assert max(map(len, texts)) <= SAY_LONGEST
    assert len(texts) == 3
    assert " ".join(texts) == " ".join(sentences)
