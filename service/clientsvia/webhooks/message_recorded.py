"""``POST /api/twilio/message-recorded``: a message was left, or was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.events import MessageRecorded
from clientsvia.webhooks.inbound import Inbound, whole

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.webhooks.exchange import Exchange
    from clientsvia.webhooks.request import WebhookRequest

URL_LENGTH = 500


@dataclass(frozen=True, slots=True)
class RecordAction:
    """The action of every Record, and where a call goes that recorded nothing."""

    exchange: Exchange

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Thank for the message and end the call."""
        await self.exchange.answer(request, response, "recorded", recorded)


def recorded(inbound: Inbound) -> MessageRecorded:
    """The recording's address, its length in seconds, and whether the caller hung up."""
    form = inbound.form
    return MessageRecorded(
        form.get("RecordingUrl")[:URL_LENGTH],
        whole(form.get("RecordingDuration")),
        form.get("Digits") == "hangup",
    )
