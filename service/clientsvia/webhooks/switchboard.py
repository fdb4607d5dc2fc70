"""Which company and which call a webhook is about, and whether it may be believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.ringing.engaged import Engaged
from clientsvia.calls.state import Call, CallState
from clientsvia.companies.value import value
from clientsvia.transports.action_token import PARAMETER

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.admission import Admission
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.companies.directory import Directory
    from clientsvia.transports.action_token import ActionTokens
    from clientsvia.webhooks.gate import Gate
    from clientsvia.webhooks.inbound import Inbound

log = structlog.get_logger(__name__)


@value(frozen=True, slots=True)
class Line:
    """A verified webhook's company and call, at the moment ``now``.

    ``over_limit`` when its caller has too many calls.
    """

    company: Company
    call: Call
    now: datetime
    over_limit: bool = False


@dataclass(frozen=True, slots=True)
class Switchboard:
    """Finds the line of a webhook in memory alone: no database, no network."""

    directory: Directory
    gate: Gate
    tokens: ActionTokens
    admission: Admission
    clock: Clock
    engaged: Engaged = field(default_factory=Engaged)

    def begin(self, inbound: Inbound) -> Line | None:
        """The line of a call that arrives, by the called number; None if nobody has it."""
        company = self._verified(inbound)
        if company is None:
            return None
        now = self.clock.now()
        began = self.admission.admit(company, inbound.caller, inbound.call_sid, now.timestamp())
        return self._line(inbound, company, now, began)

    def locate(self, inbound: Inbound) -> Line | None:
        """The verified line by the called number, without a call having to be under way."""
        company = self._verified(inbound)
        return None if company is None else self._line_now(inbound, company)

    def trusted(self, inbound: Inbound) -> Line | None:
        """The line by the called number, of a sender who needs no signature."""
        company = self._company(inbound)
        return None if company is None else self._line_now(inbound, company)

    def resume(self, inbound: Inbound) -> Line | None:
        """The line of a later webhook, by its signed action URL; without one, by the number."""
        state = self._state(inbound)
        company = self.directory.by_slug(state.company) if state else None
        if state is None or company is None:
            return self.begin(inbound)
        inbound.timeline.mark("lookup")
        self.gate.check(inbound, company)
        now = self.clock.now()
        sid, moment = inbound.call_sid, now.timestamp()
        self.admission.seen(company.slug, inbound.caller, sid, state.started_at, moment)
        called = inbound.called or next(iter(company.numbers), "")
        return self._connected(inbound, company, called, state, now)

    def _verified(self, inbound: Inbound) -> Company | None:
        company = self._company(inbound)
        if company is not None:
            self.gate.check(inbound, company)
        return company

    def _company(self, inbound: Inbound) -> Company | None:
        company = self.directory.find(inbound.called) if inbound.called else None
        inbound.timeline.mark("lookup")
        if company is None:
            self._nobody(inbound)
        return company

    def _line_now(self, inbound: Inbound, company: Company) -> Line:
        now = self.clock.now()
        return self._line(inbound, company, now, int(now.timestamp()))

    def _line(self, inbound: Inbound, company: Company, now: datetime, began: int | None) -> Line:
        """The line of a call that ``began`` at a Unix second; None if it is one too many."""
        started_at = int(now.timestamp()) if began is None else began
        state = CallState(company.slug, started_at)
        return self._connected(inbound, company, inbound.called, state, now, began is None)

    def _connected(
        self,
        inbound: Inbound,
        company: Company,
        called: str,
        state: CallState,
        now: datetime,
        over_limit: bool = False,  # noqa: FBT001, FBT002 - PERF: a keyword takes 30 ns more
    ) -> Line:
        """The line, left on the request: an error further on can still serve this caller."""
        sid, moment = inbound.call_sid, now.timestamp()
        engaged = self.engaged.others(company.slug, sid, moment)
        numbers = called, inbound.caller_id, inbound.caller, inbound.forwarded_from
        for_caller: tuple[str, ...] = ()
        if engaged and inbound.forwarded_from and inbound.caller_id:
            for_caller = self.engaged.for_caller(company.slug, sid, inbound.caller_id, moment)
        call = Call(sid, state, *numbers, engaged, for_caller)
        line = Line(company, call, now, over_limit)
        inbound.request.context.line = line
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
            called=inbound.called or raw,
            remedy="add the number to a company's profile, in E.164: clientsvia company import"
            if raw
            else "send Called (or To) with the number called",
        )
