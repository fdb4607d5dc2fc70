from __future__ import annotations

from html import escape
from itertools import repeat
from typing import TYPE_CHECKING

from twilio.twiml.voice_response import Gather, VoiceResponse

from benches.document import ACTION, ANSWER, EXPECTED, VOICE, document
from benches.race import Goal, calling
from clientsvia.telephony.twiml import Template, render, slot

if TYPE_CHECKING:
    from benches.race import Race


def _with_twilio(answer: str, action: str) -> bytes:
    response = VoiceResponse()
    gather = Gather(input="speech", action=action, speech_timeout="auto")
    gather.say(answer, voice=VOICE)
    response.append(gather)
    response.redirect(action)
    return str(response).encode()


def _with_a_format_string(answer: str, action: str) -> bytes:
    action, answer = escape(action, quote=False), escape(answer, quote=False)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Response>'
        f'<Gather action="{action}" input="speech" speechTimeout="auto">'
        f'<Say voice="{VOICE}">{answer}</Say></Gather>'
        f"<Redirect>{action}</Redirect></Response>"
    ).encode()


def test_render_a_tree(race: Race) -> None:
    contestants = {
        "clientsvia": calling(lambda answer: render(document(answer, ACTION)), ANSWER),
        "twilio-python": calling(_with_twilio, ANSWER, ACTION),
    }
    race("TwiML tree", contestants, expected=EXPECTED, goal=Goal(ns=1_000))


def test_render_a_template(race: Race) -> None:
    template = Template(document(slot("answer"), slot("action")))

    def ours(calls: int) -> bytes:
        written = b""
        for _ in repeat(None, calls):
            written = template.fill(ACTION, ANSWER)
        return written

    contestants = {
        "clientsvia": ours,
        "f-string": calling(_with_a_format_string, ANSWER, ACTION),
        "twilio-python": calling(_with_twilio, ANSWER, ACTION),
    }
    race("TwiML template", contestants, expected=EXPECTED, goal=Goal(ns=110))
