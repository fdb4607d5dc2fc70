"""``POST /api/twilio/whisper``: somebody who is rung has answered, and later has pressed a key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from clientsvia.transports.twiml import DECLINE
from clientsvia.transports.whisper_token import PARAMETER
from clientsvia.webhooks.exchange import send
from clientsvia.webhooks.inbound import receive

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.calls.ringing.whispering import Whispering
    from clientsvia.transports.whisper_token import WhisperTokens
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WhisperUrl:
    """The URL of every Number that must accept, and the action of the Gather it answers with."""

    switchboard: Switchboard
    tokens: WhisperTokens
    whispering: Whispering

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Tell who calls, or connect on 1; whoever has no token of ours is hung up on."""
        inbound = await receive(request)
        whisper = self.tokens.read(request.get_param(PARAMETER) or "")
        company = self.switchboard.directory.by_slug(whisper.company) if whisper else None
        if whisper is None or company is None:
            remedy = "was CLIENTSVIA_SECRET_KEYS changed, or is the URL not ours?"
            log.warning("a whisper URL that is not ours", call=inbound.call_sid, remedy=remedy)
            send(response, DECLINE)
            return
        self.switchboard.gate.check(inbound, company)
        if digits := inbound.form.get("Digits"):
            send(response, await self.whispering.pressed(company, whisper, digits))
        else:
            send(response, await self.whispering.answered(company, whisper, inbound.caller))
