"""``POST /api/twilio/partial-speech``: real-time results, so that the answer is ready in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.calls.ports import Question
from clientsvia.webhooks.handle_speech import speech
from clientsvia.webhooks.inbound import receive, whole

if TYPE_CHECKING:
    from clientsvia.calls.speculation import Speculation
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard


@dataclass(frozen=True, slots=True)
class PartialSpeech:
    """The partial result callback of every Gather; Twilio ignores what it answers."""

    switchboard: Switchboard
    speculation: Speculation

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Prepare an answer to what has been said so far."""
        inbound = await receive(request)
        response.status = falcon.HTTP_204
        line = self.switchboard.resume(inbound)
        stable = speech(inbound, "StableSpeechResult")
        text = so_far(stable, speech(inbound, "UnstableSpeechResult"))
        if line is None or not text:
            return
        sequence = whole(inbound.form.get("SequenceNumber"))
        question = Question(line.company, text, self.switchboard.clock.now())
        call = line.call
        await self.speculation.hear(call.sid, call.state.turn, sequence, question, stable)


def so_far(stable: str, unstable: str) -> str:
    """All that was heard: the unstable text contains the stable one, or goes on from it."""
    if unstable.lower().startswith(stable.lower()):
        return unstable
    return f"{stable} {unstable}"
