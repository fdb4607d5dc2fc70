from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.telephony.twiml import render
from clientsvia.telephony.verbs import response
from clientsvia.transports.speaking import spoken

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
