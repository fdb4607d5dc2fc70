"""``POST /api/twilio/fallback``: Twilio could not use our answer; the caller is still there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.events import Failed
from clientsvia.errors import RequestRefused
from clientsvia.notices.alarms import Alarm
from clientsvia.webhooks.exchange import APOLOGY, send
from clientsvia.webhooks.inbound import receive

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.calls.turns import Turns
    from clientsvia.notices.alarms import Alarms
    from clientsvia.webhooks.inbound import Inbound
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Fallback:
    """The fallback URL of a number."""

    switchboard: Switchboard
    turns: Turns
    alarms: Alarms

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Take a message; a request that cannot be verified gets one fixed document."""
        inbound = await receive(request)
        code = inbound.form.get("ErrorCode")[:16]
        try:
            line = self.switchboard.begin(inbound)
        except RequestRefused as refusal:
            log.warning("an unverified fallback", call=inbound.call_sid, reason=refusal.reason)
            line = None
        if line is None:
            send(response, APOLOGY)
            return
        log.error(
            "Twilio could not use an answer",
            call=inbound.call_sid,
            company=line.company.slug,
            code=code,
            remedy=f"see https://www.twilio.com/docs/api/errors/{_page(inbound)}",
        )
        found = f"Twilio reported error {code or 'without a code'}"
        remedy = f"see https://www.twilio.com/docs/api/errors/{_page(inbound)} and the call's log"
        self.alarms.note(Alarm.FALLBACK, line.company.slug, found, remedy)
        event = Failed(found)
        body = await self.turns.take(line.company, line.call, "failed", event, inbound.timeline)
        send(response, body)


def _page(inbound: Inbound) -> str:
    code = inbound.form.get("ErrorCode")
    return code if code.isascii() and code.isdigit() else ""
