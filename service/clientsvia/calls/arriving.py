"""What a call gets first: the agent, somebody who is rung, a message, or a kind refusal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls import screening, sentences, urgent
from clientsvia.calls.events import RINGING
from clientsvia.calls.replying import hang_up, listen
from clientsvia.calls.ringing import transfer
from clientsvia.calls.ringing.transfer import Errand
from clientsvia.calls.route import RouteKind, route
from clientsvia.calls.state import Purpose
from clientsvia.calls.taking import message
from clientsvia.companies.routing import AccountState, First

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import Ringing
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.route import Route
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.companies.hours import Status


def ringing(event: Ringing, company: Company, call: Call, now: datetime) -> Decision:
    """What a call gets that arrives at an aware moment."""
    # PERF: most calls have neither been forwarded nor begin at a company's own number.
    odd = call.forwarded_from or call.caller_id in company.numbers
    loop = _loop(company, call) if odd else ""
    usual = event is RINGING and not loop and call.caller not in company.callers.known
    opening = _openings.get(company.slug)
    if opening and usual and opening.holds(company, company.hours.status(now)):
        return listen(call, opening.say, "greeting", opening.why, outcome="answered")
    call = screening.judged(event, call)
    caller = "" if event.unverified else call.caller
    way = route(company, now, number_active=event.number_active, caller=caller)
    if way.kind is RouteKind.INACTIVE:
        return hang_up(call, (sentences.inactive(company),), "inactive", way.why, "inactive")
    screened = screening.screened(event, company, call)
    if screened is not None:
        return screened
    if event.over_limit or loop:
        return _only_a_message(event, company, call, loop)
    if way.kind is not RouteKind.ANSWER:
        return _passed_over(way, company, call, now)
    return _answered(way, company, call, now, usual=usual)


def _answered(way: Route, company: Company, call: Call, now: datetime, *, usual: bool) -> Decision:
    """The agent answers, where staff that comes first is not rung before."""
    agent_first = company.routing.first is First.AGENT
    if not agent_first and way.status.open:
        rung = transfer.staff_first(company, call, now)
        if rung is not None:
            return rung
    say = screening.welcome(company, call)
    if usual and agent_first and company.account.state is AccountState.ACTIVE:
        _openings[company.slug] = _Opening(company, way.status, say, way.why)
    return listen(call, say, "greeting", way.why, outcome="answered")


def _only_a_message(event: Ringing, company: Company, call: Call, loop: str) -> Decision:
    """For one call too many, or one that goes round in circles."""
    first, why, source = sentences.LOOP, loop, "loop"
    if event.over_limit:
        why = f"the caller already has {company.limits.calls_per_caller} calls"
        first, source = sentences.TOO_MANY_CALLS, "limit"
    say = (first, *sentences.disclosed(company))
    return message.take(company, call, say, source=source, why=why)


def _passed_over(way: Route, company: Company, call: Call, now: datetime) -> Decision:
    """Somebody is rung, or a message taken; who has something urgent may say so before."""
    if way.kind is RouteKind.FORWARD and way.target is not None:
        forwarding = company.account.state is AccountState.FORWARDING
        first = (screening.passed_on if forwarding else screening.closed)(company, call)
        errand = Errand(way.target, Purpose.FORWARDED, way.why)
        return transfer.ring(company, call, errand, now, first)
    closed = (*screening.closed(company, call), *sentences.reopening(company, now))
    if company.urgent.phrases:
        return urgent.offer(call, closed, way.why)
    return message.take(company, call, closed, source="hours", why=way.why)


def _loop(company: Company, call: Call) -> str:
    """Why this call would go round in circles, if it would: nobody must be rung for it.

    A telephone passes on other callers too while it talks to one: the number tells them apart.
    """
    if call.caller_id in company.numbers:
        return "the call comes from the company's own number"
    if call.forwarded_from and call.for_caller:
        for target in company.targets:
            if target.number == call.forwarded_from and target.id in call.for_caller:
                return f"{target.id} is being rung, and has passed the call on to us"
    return ""


@dataclass(frozen=True, slots=True)
class _Opening:
    """How a company answered last, which is how it answers while nothing has changed."""

    company: Company
    status: Status
    say: tuple[str, ...]
    why: str

    def holds(self, company: Company, status: Status) -> bool:
        """Whether both are the very ones it was made for."""
        return self.company is company and self.status is status


# PERF: the common first decision in 1.3 us, else 2.7 us; one entry a company.
_openings: dict[str, _Opening] = {}
