"""``POST /api/twilio/handle-speech``: what was heard becomes an answer."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from clientsvia.calls.events import Digits, Event, Heard, Silence

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.webhooks.exchange import Exchange
    from clientsvia.webhooks.inbound import Inbound
    from clientsvia.webhooks.request import WebhookRequest

SPEECH_LENGTH = 2000  # a minute of fast speech is about 1,200 characters


@dataclass(frozen=True, slots=True)
class HandleSpeech:
    """The action of every Gather."""

    exchange: Exchange

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Answer the caller's words, keys or silence."""
        await self.exchange.answer(request, response, "heard", heard)


def heard(inbound: Inbound) -> Event:
    """Keys, else words, else silence."""
    if digits := inbound.form.get("Digits"):
        return Digits(digits[:SPEECH_LENGTH])
    if text := speech(inbound, "SpeechResult"):
        return Heard(text, _confidence(inbound.form.get("Confidence")))
    return Silence()


def speech(inbound: Inbound, *names: str) -> str:
    """What a recogniser heard, cut to what anybody says in one turn."""
    return inbound.first(*names)[:SPEECH_LENGTH].strip()


def _confidence(raw: str) -> float | None:
    """A confidence from 0 to 1; Twilio does not promise one, nor what it looks like."""
    try:
        value = float(raw)
    except ValueError:
        return None
    return value if isfinite(value) and 0.0 <= value <= 1.0 else None
