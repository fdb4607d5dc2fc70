"""``POST /api/twilio/continue``: the caller has heard what there was, and waits for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.events import Continued

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.webhooks.exchange import Exchange
    from clientsvia.webhooks.request import WebhookRequest


@dataclass(frozen=True, slots=True)
class Continue:
    """Where a reply leads whose answer is not complete."""

    exchange: Exchange

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Answer with the next sentences, as many as there are."""
        await self.exchange.answer(request, response, "continued", lambda _: Continued())
