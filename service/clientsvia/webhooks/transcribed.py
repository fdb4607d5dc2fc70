"""``POST /api/twilio/transcribed``: what was recognised of a recorded message."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.calls.card_numbers import masked
from clientsvia.calls.effects import MessageTranscribed
from clientsvia.calls.ports import Step
from clientsvia.webhooks.inbound import receive

if TYPE_CHECKING:
    from clientsvia.calls.commits import Commits
    from clientsvia.webhooks.inbound import Inbound
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Line, Switchboard

TEXT_LENGTH = 4000  # two minutes of fast speech are about 2,400 characters


@dataclass(frozen=True, slots=True)
class Transcribed:
    """The transcribe callback of every Record that has one; it comes once the call is over.

    Twilio sends it once and never again, so it is committed like any step: tried again when the
    store is slow, and carried out once however often it comes.
    """

    switchboard: Switchboard
    commits: Commits

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Add the words to the message; 204 is all Twilio wants."""
        inbound = await receive(request)
        response.status = falcon.HTTP_204
        line = self.switchboard.resume(inbound)
        if line is None:
            return
        self.switchboard.admission.ended(line.company.slug, inbound.caller, line.call.sid)
        await self.commits.commit(step_of(line, inbound))


def step_of(line: Line, inbound: Inbound) -> Step:
    """What is committed; a failed transcription has no text, and its message waits no longer."""
    form = inbound.form
    status, recording = form.get("TranscriptionStatus")[:32], form.get("RecordingSid")[:64]
    text = masked(" ".join(form.get("TranscriptionText").split())[:TEXT_LENGTH])
    effect = MessageTranscribed(text if status == "completed" else "")
    why = f"the transcription is {status or 'of no known status'}"
    return Step(
        call_sid=line.call.sid,
        key=f"transcribed:{recording}",
        company=line.company.slug,
        turn=line.call.state.turn,
        at=line.now,
        event={"type": "Transcribed", "text": effect.text, "status": status},
        answered={
            "said": [],
            "source": "message",
            "why": why,
            "outcome": "",
            "effects": [{"type": type(effect).__name__, **asdict(effect)}],
        },
        reply=b"",
    )
