"""Which company and which call a webhook is about, and whether it may be believed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.state import Call, CallState
from clientsvia.telephony.numbers import redact
from clientsvia.transports.action_token import PARAMETER

if TYPE_CHECKING:
    from clientsvia.calls.admission import Admission
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.companies.directory import Directory
    from clientsvia.transports.action_token import ActionTokens
    from clientsvia.webhooks.gate import Gate
    from clientsvia.webhooks.inbound import Inbound

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A verified webhook's company and call; ``over_limit`` when its caller has too many calls."""

    company: Company
    call: Call
    over_limit: bool = False


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Finds the line of a webhook in memory alone: no database, no network."""

    directory: Directory
    gate: Gate
    tokens: ActionTokens
    admission: Admission
    clock: Clock

    def begin(self, inbound: Inbound) -> Line | None:
        """The line of a call that arrives, by the called number; None if nobody has it."""
        line = self.locate(inbound)
        if line is None:
            return None
        now = self.clock.now()
        began = self.admission.admit(line.company, inbound.caller, line.call.sid, now)
        if began is None:
            return replace(line, over_limit=True)
        state = replace(line.call.state, started_at=began)
        return replace(line, call=replace(line.call, state=state))

    def locate(self, inbound: Inbound) -> Line | None:
        """The verified line by the called number, without a call having to be under way."""
        line = self.trusted(inbound)
        if line is not None:
            self.gate.check(inbound, line.company)
            _keep(inbound, line)
        return line

    def trusted(self, inbound: Inbound) -> Line | None:
        """The line by the called number, of a sender who needs no signature."""
        called = inbound.called
        company = self.directory.find(called) if called else None
        inbound.timeline.mark("lookup")
        if company is None:
            self._nobody(inbound)
            return None
        state = CallState(company.slug, int(self.clock.now().timestamp()))
        return _line(inbound, company, state, called)

    def resume(self, inbound: Inbound) -> Line | None:
        """The line of a later webhook, by its signed action URL; without one, by the number."""
        state = self._state(inbound)
        company = self.directory.by_slug(state.company) if state else None
        if state is None or company is None:
            return self.begin(inbound)
        inbound.timeline.mark("lookup")
        self.gate.check(inbound, company)
        called = inbound.called or next(iter(company.numbers), "")
        line = _line(inbound, company, state, called)
        _keep(inbound, line)
        return line

    def _state(self, inbound: Inbound) -> CallState | None:
        token = inbound.request.get_param(PARAMETER)
        if token is None:
            return None
        state = self.tokens.read(token, inbound.call_sid)
        if state is None:
            remedy = "was CLIENTSVIA_SECRET_KEYS changed, or is the URL not ours?"
            log.warning("an action URL that is not ours", call=inbound.call_sid, remedy=remedy)
        return state

    def _nobody(self, inbound: Inbound) -> None:
        raw = inbound.called_raw
        log.warning(
            "no company has the number called" if raw else "no number called",
            call=inbound.call_sid,
            called=redact(raw),
            remedy="add the number to a company's profile, in E.164: clientsvia company import"
            if raw
            else "send Called (or To) with the number called",
        )


def _line(inbound: Inbound, company: Company, state: CallState, called: str) -> Line:
    return Line(company, Call(inbound.call_sid, state, called, inbound.caller_id))


def _keep(inbound: Inbound, line: Line) -> None:
    """Leave a verified line on the request: an error further on can still serve this caller."""
    inbound.request.context.line = line
