"""``POST /api/twilio/status``: how a call stands, and when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import falcon
import falcon.asgi

from clientsvia.calls.ports import LogEntry
from clientsvia.webhooks.inbound import receive, whole

if TYPE_CHECKING:
    from clientsvia.calls.partials import Partials
    from clientsvia.calls.ports import CallLog
    from clientsvia.inbox.clerk import Clerk
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Switchboard

OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})


@dataclass(frozen=True, slots=True)
class Status:
    """The call status callback."""

    switchboard: Switchboard
    call_log: CallLog
    partials: Partials
    clerk: Clerk

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Log the status; 204 is all Twilio wants."""
        inbound = await receive(request)
        response.status = falcon.HTTP_204
        line = self.switchboard.locate(inbound)
        if line is None:
            return
        status = inbound.form.get("CallStatus")[:32]
        company, sid = line.company.slug, line.call.sid
        data = {
            "status": status,
            "seconds": whole(inbound.form.get("CallDuration")),
            "over": status in OVER,
            "called": line.call.called,
            "caller": inbound.caller or inbound.caller_raw,
        }
        self.call_log.write(LogEntry(sid, company, "status", self.switchboard.clock.now(), data))
        if status in OVER:
            self.switchboard.admission.ended(company, inbound.caller, sid)
            self.switchboard.engaged.ended(company, sid)
            self.partials.ended(line.company, sid)
            self.clerk.call_over(company, sid)
