"""The document that benches render: a Gather with an answer of 200 characters, and a Redirect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.telephony.verbs import gather, redirect, response, say

if TYPE_CHECKING:
    from clientsvia.telephony.twiml import Element, Slot

ANSWER = (
    "We are open from Monday to Friday, from eight in the morning to five in the afternoon, and on "
    "Saturday until noon. Our address is 12 Harbour Road, Fort Myers. What else can I do for you?"
)
ACTION = "https://answers.example/api/twilio/handle-speech?state=abc&turn=1"
VOICE = "Polly.Joanna-Neural"
EXPECTED = (
    '<?xml version="1.0" encoding="UTF-8"?><Response>'
    f'<Gather action="{ACTION.replace("&", "&amp;")}" input="speech" speechTimeout="auto">'
    f'<Say voice="{VOICE}">{ANSWER}</Say></Gather>'
    f"<Redirect>{ACTION.replace('&', '&amp;')}</Redirect></Response>"
).encode()


def document(answer: str | Slot, action: str | Slot) -> Element:
    """The document's tree, with text or with slots."""
    said = say(answer, voice=VOICE)
    listening = gather(said, input="speech", action=action, speech_timeout="auto")
    return response(listening, redirect(action))
