"""``POST /api/twilio/dial-ended``: ringing somebody, or the talk it led to, is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.events import DialEnded
from clientsvia.webhooks.inbound import Inbound, whole
from clientsvia.webhooks.status import OVER

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.webhooks.exchange import Exchange
    from clientsvia.webhooks.request import WebhookRequest

BRIDGED = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class DialAction:
    """The action of every Dial."""

    exchange: Exchange

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Ring the next, or go on with the caller, when nobody was reached."""
        await self.exchange.answer(request, response, "dialled", dial_ended)


def dial_ended(inbound: Inbound) -> DialEnded:
    """How the dialled leg ended; without a status it counts as failed."""
    form = inbound.form
    return DialEnded(
        (form.get("DialCallStatus") or "failed")[:32],
        whole(form.get("DialCallDuration")),
        BRIDGED.get(form.get("DialBridged").lower()),
        _reason(inbound),
        form.get("CallStatus") in OVER,
    )


def _reason(inbound: Inbound) -> str:
    """What Twilio says of a failure: its error, SIP's answer, or nothing."""
    named = (
        ("error", inbound.first("ErrorCode", "DialErrorCode")),
        ("SIP", inbound.first("DialSipResponseCode", "SipResponseCode")),
    )
    return ", ".join(f"{name} {code[:16]}" for name, code in named if code)
