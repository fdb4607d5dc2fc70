"""The road every answering webhook shares: receive, find the line, take the turn, answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.transports.twiml import NOT_A_COMPANY, SORRY, TwimlTransport, sentence
from clientsvia.webhooks.inbound import Inbound, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    import falcon.asgi

    from clientsvia.calls.events import Event
    from clientsvia.calls.turns import Turns
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard

NOBODY = sentence(NOT_A_COMPANY)
APOLOGY = sentence(SORRY)
"""What is said where no company can speak: the same bytes for everybody, and no state touched."""


def send(response: falcon.asgi.Response, document: bytes) -> None:
    """Answer with a TwiML document."""
    response.content_type = TwimlTransport.content_type
    response.data = document


@dataclass(frozen=True, slots=True)
class Exchange:
    """Answers the webhooks of calls that are under way."""

    switchboard: Switchboard
    turns: Turns

    async def answer(
        self,
        request: WebhookRequest,
        response: falcon.asgi.Response,
        kind: str,
        event_of: Callable[[Inbound], Event],
    ) -> None:
        """Answer one webhook; ``kind`` names the step, ``event_of`` reads what happened."""
        inbound = await receive(request)
        line = self.switchboard.resume(inbound)
        if line is None:
            send(response, NOBODY)
            return
        event = event_of(inbound)
        send(
            response,
            await self.turns.take(line.company, line.call, kind, event, inbound.timeline),
        )
