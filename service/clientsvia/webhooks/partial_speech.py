"""``POST /api/twilio/partial-speech``: real-time results, so that the answer is ready in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.calls.card_numbers import masked, may_become_card
from clientsvia.calls.partials import Partial
from clientsvia.calls.state import TAKING
from clientsvia.webhooks.handle_speech import speech
from clientsvia.webhooks.inbound import receive, whole

if TYPE_CHECKING:
    from clientsvia.calls.partials import Partials
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard


@dataclass(frozen=True, slots=True)
class PartialSpeech:
    """The partial result callback of every Gather; Twilio ignores what it answers."""

    switchboard: Switchboard
    partials: Partials

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Prepare an answer to what has been said so far."""
        inbound = await receive(request)
        response.status = falcon.HTTP_204
        line = self.switchboard.resume(inbound)
        stable = speech(inbound, "StableSpeechResult")
        text = so_far(stable, speech(inbound, "UnstableSpeechResult"))
        if line is None or not text or line.call.state.mode in TAKING:
            return  # a name or a number needs no answer
        if may_become_card(text):
            return  # nobody is to get the first digits of a card number either
        sequence = whole(inbound.form.get("SequenceNumber"))
        partial = Partial(sequence, masked(text), masked(stable))
        await self.partials.hear(line.company, line.call, partial)


def so_far(stable: str, unstable: str) -> str:
    """All that was heard: the unstable text contains the stable one, or goes on from it."""
    if unstable.lower().startswith(stable.lower()):
        return unstable
    return f"{stable} {unstable}"
