"""``POST /api/twilio/dial-ended``: a transfer is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.events import DialEnded
from clientsvia.webhooks.inbound import Inbound, whole

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.webhooks.exchange import Exchange
    from clientsvia.webhooks.request import WebhookRequest


@dataclass(frozen=True, slots=True)
class DialAction:
    """The action of every Dial."""

    exchange: Exchange

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Go on with the caller when nobody was reached."""
        await self.exchange.answer(request, response, "dialled", dial_ended)


def dial_ended(inbound: Inbound) -> DialEnded:
    """How the dialled leg ended; without a status it counts as failed."""
    status = inbound.form.get("DialCallStatus") or "failed"
    return DialEnded(status[:32], whole(inbound.form.get("DialCallDuration")))
