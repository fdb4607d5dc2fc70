"""``POST /api/twilio/voice``: a call arrives. Memory alone: no database, no network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.calls.events import RINGING, Ringing
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import LogEntry
from clientsvia.calls.probe import PROBE_CALL
from clientsvia.calls.reply import Connect, Decision
from clientsvia.calls.turns import tell_refused
from clientsvia.companies.contacts import CallerPolicy
from clientsvia.companies.routing import AccountState
from clientsvia.webhooks.exchange import NOBODY
from clientsvia.webhooks.inbound import Inbound, receive

if TYPE_CHECKING:
    from collections.abc import Callable

    import falcon.asgi

    from clientsvia.calls.ports import CallLog, Transport
    from clientsvia.companies.company import Company
    from clientsvia.notices.sightings import Sightings
    from clientsvia.webhooks.request import WebhookRequest
    from clientsvia.webhooks.switchboard import Line, Switchboard

ANSWER, SETUP = CallerPolicy.ANSWER, AccountState.SETUP
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Voice:
    """Greets and listens, or does what the company's hours and state ask for."""

    switchboard: Switchboard
    transport: Transport
    call_log: CallLog
    sightings: Sightings
    warm: Callable[[Company], None]

    async def on_post(self, request: WebhookRequest, response: falcon.asgi.Response) -> None:
        """Answer the first webhook of a call."""
        inbound = await receive(request)
        line = self.switchboard.begin(inbound)
        if line is None:
            response.data = NOBODY
            return
        decision = _decide(line, inbound)
        inbound.timeline.mark("decide")
        if decision.outcome == "inactive":
            _tell_inactive(line, decision)
        body = self.transport.render(decision.reply, line.company, line.call.sid)
        inbound.timeline.mark("render")
        if inbound.call_sid == PROBE_CALL:  # a test of our own, which leaves no trace
            response.data = body
            return
        self.sightings.good[line.call.called] = line.company.slug
        if isinstance(decision.reply.next, Connect):
            self._ringing(line, decision)
        self._log(inbound, line, decision)
        response.data = body
        self.warm(line.company)

    def _ringing(self, line: Line, decision: Decision) -> None:
        """Note who is rung, for the limits of those people."""
        now = line.now.timestamp()
        self.switchboard.engaged.note(line.company.slug, line.call.sid, decision.reply, now)
        tell_refused(decision, line.company, line.call.sid)

    def _log(self, inbound: Inbound, line: Line, decision: Decision) -> None:
        """What the log needs of the start of a call; later webhooks can tell it as well."""
        data: dict[str, Any] = {
            "called": line.call.called,
            "caller": inbound.caller or inbound.caller_raw,
            "status": inbound.form.get("CallStatus") or "ringing",
            "said": decision.reply.say,
            "next": type(decision.reply.next).__name__,
            "source": decision.source,
            "why": decision.why,
            "outcome": decision.outcome,
            "stages": inbound.timeline.segments,
        }
        if (disclosed := line.company.disclosure) and disclosed in decision.reply.say:
            data["consent"] = disclosed
        if decision.reply.state.unverified:
            data["unverified"] = True
        entry = LogEntry(line.call.sid, line.company.slug, "ringing", line.now, data)
        self.call_log.write(entry)


def _decide(line: Line, inbound: Inbound) -> Decision:
    decision = decide(_event(line, inbound), line.company, line.call, line.now)
    if not isinstance(decision, Decision):
        raise TypeError(f"a ringing call needs {decision!r}: the flow must decide at once")
    return decision


def _event(line: Line, inbound: Inbound) -> Ringing:
    """The usual event, made once, unless the number, the caller or their number is special.

    PERF: the request is asked for the caller only where the answer matters: 0.2 us for most calls.
    """
    call, company = line.call, line.company
    callers = company.callers
    hidden = call.caller_id is None and callers.anonymous is not ANSWER and inbound.anonymous
    feigned = (
        callers.unverified is not ANSWER
        or call.caller in callers.known
        or company.account.state is SETUP
    ) and inbound.unverified
    active = call.called not in company.inactive_numbers
    if active and not (line.over_limit or hidden or feigned):
        return RINGING
    return Ringing(active, line.over_limit, hidden, feigned)


def _tell_inactive(line: Line, decision: Decision) -> None:
    slug = line.company.slug
    remedies = {
        AccountState.SUSPENDED: f"clientsvia company resume {slug}",
        AccountState.SETUP: f"clientsvia company live {slug}",
    }
    log.warning(
        "a call to somebody inactive",
        call=line.call.sid,
        company=slug,
        called=line.call.called,
        reason=decision.why,
        remedy=remedies.get(
            line.company.account.state, "set active: true for the number, and import the profile"
        ),
    )
