from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.telephony.twiml import Element, Template, render, slot

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from clientsvia.telephony.twiml import Slot

ANSWER = (
    "We are open from Monday to Friday, from eight in the morning to five in the afternoon, and on "
    "Saturday until noon. Our address is 12 Harbour Road, Fort Myers. What else can I do for you?"
)
ACTION = "https://answers.example/api/twilio/handle-speech?state=abc&turn=1"
EXPECTED = (
    '<?xml version="1.0" encoding="UTF-8"?><Response>'
    f'<Gather action="{ACTION.replace("&", "&amp;")}" input="speech" speechTimeout="auto">'
    f'<Say voice="Polly.Joanna-Neural">{ANSWER}</Say></Gather>'
    f"<Redirect>{ACTION.replace('&', '&amp;')}</Redirect></Response>"
).encode()


def _document(answer: str | Slot, action: str | Slot) -> Element:
    said = Element("Say", answer, voice="Polly.Joanna-Neural")
    gather = Element("Gather", None, [said], input="speech", action=action, speech_timeout="auto")
    return Element("Response", None, [gather, Element("Redirect", action)])


def test_render_a_tree(benchmark: BenchmarkFixture) -> None:
    assert benchmark(lambda: render(_document(ANSWER, ACTION))) == EXPECTED


def test_render_a_template(benchmark: BenchmarkFixture) -> None:
    template = Template(_document(slot("answer"), slot("action")))
    assert benchmark(template.render, answer=ANSWER, action=ACTION) == EXPECTED
