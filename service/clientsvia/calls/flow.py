"""A call as a pure state machine: events in, decisions out; no clock, no I/O.

Ringing leads to an answer, a forward, a message or a kind refusal. Then each turn is heard and
answered until the caller has what they came for, is put through, or has left a message.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clientsvia.calls import (
    after_ringing,
    answered,
    calling_back,
    message,
    offers,
    request,
    screening,
    sentences,
    taking,
    transfer,
    urgent,
)
from clientsvia.calls.asking_again import again
from clientsvia.calls.corrections import mended
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import (
    RINGING,
    AnswerBegun,
    AnswerFailed,
    AnswerLate,
    AnswerReady,
    Continued,
    DialEnded,
    Digits,
    Failed,
    Heard,
    MessageRecorded,
    NumberRecalled,
    Remembered,
    Reminded,
    RequestRecalled,
    Ringing,
    Silence,
    WhispersRecalled,
)
from clientsvia.calls.heard import heard
from clientsvia.calls.limits import over_limits
from clientsvia.calls.offers import AGAIN, OFFERED
from clientsvia.calls.reply import AskResponder, Decision, Listen, Need, Recall, RecallWhispers
from clientsvia.calls.replying import hang_up, listen, stay
from clientsvia.calls.route import RouteKind, route
from clientsvia.calls.state import TAKING, Mode, Purpose
from clientsvia.calls.transfer import Errand
from clientsvia.companies.routing import AccountState, First

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clientsvia.calls.events import Event
    from clientsvia.calls.route import Route
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.companies.hours import Status

SILENCES_AT_MOST = 2  # then a message is offered


def decide(event: Event, company: Company, call: Call, now: datetime) -> Decision | Need:
    """What to do about an event on a call at an aware moment: same inputs, same decision."""
    outcome = _RULES[type(event)](event, company, call, now)
    if over_limits(company, call.state, now) and _goes_on(outcome):
        return _enough(outcome, company, call)
    return outcome


def _enough(outcome: Decision | Need, company: Company, call: Call) -> Decision | Need:
    """A message instead of another turn; an answer that has begun is said to its end first."""
    said: tuple[str, ...] = ()
    if call.state.pending is not None:
        if not isinstance(outcome, Decision):
            return outcome
        said = outcome.reply.say if outcome.outcome == "answered" else ()
    effects = outcome.effects if isinstance(outcome, Decision) else ()
    if any(isinstance(effect, MessageLeft) and effect.complete for effect in effects):
        say = (sentences.PASSED_ON, sentences.GOODBYE)
        why = "the message is complete, and the call has used its turns or its time"
        return replace(hang_up(call, say, "limit", why, "message"), effects=effects)
    why = "the call has used its turns or its time"
    taken = message.take(company, call, (*said, sentences.TOO_LONG), source="limit", why=why)
    return replace(taken, effects=effects)


def _goes_on(outcome: Decision | Need) -> bool:
    """Whether the caller would be heard once more; how a ring ended must be known first."""
    if isinstance(outcome, Decision):
        return isinstance(outcome.reply.next, Listen)
    return not isinstance(outcome, RecallWhispers)


def _ringing(event: Ringing, company: Company, call: Call, now: datetime) -> Decision:
    loop = _loop(company, call)
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
        ringing = transfer.staff_first(company, call, now)
        if ringing is not None:
            return ringing
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

    PERF: 0.2 us of the common first decision; most calls have neither been forwarded nor begin at
    a company's own number.
    """
    if call.caller_id in company.numbers:
        return "the call comes from the company's own number"
    if call.forwarded_from and call.engaged:
        for target in company.targets:
            if target.number == call.forwarded_from and target.id in call.engaged:
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


def _silence(_event: Silence, company: Company, call: Call, _now: datetime) -> Decision:
    silences = call.state.silences
    if call.state.mode is Mode.URGENT_OR_MESSAGE:
        return urgent.not_urgent(company, call)
    if silences >= SILENCES_AT_MOST:
        opening = (sentences.UNANSWERED_SILENCE,)
        why = "the caller stayed silent"
        return message.take(company, call, opening, source="silence", why=why)
    say = AGAIN.get(call.state.mode) or again(call) or sentences.STILL_THERE[silences]
    return stay(say, replace(call.state, silences=silences + 1), "silence", "nothing was heard")


def _digits(event: Digits, company: Company, call: Call, now: datetime) -> Decision | Need:
    key, offered = event.digits[:1], call.state.mode in OFFERED
    if key == "*":
        return Recall()
    if call.state.mode is Mode.URGENT_OR_MESSAGE:
        return urgent.not_urgent(company, call)
    if len(event.digits) > 1 and call.state.mode not in TAKING:
        return AskResponder(" ".join(event.digits))
    if event.digits == "0" or (key == "1" and call.state.mode is Mode.OFFERED_PERSON):
        return transfer.to_somebody(company, call, None, now)
    if key in ("1", "2") and offered:
        return request.accept(company, call, "the caller leaves a message")
    return _otherwise(event.digits, company, call)


def _otherwise(digits: str, company: Company, call: Call) -> Decision | Need:
    """Keys of a message that is being taken; elsewhere they have no meaning."""
    if call.state.mode in TAKING:
        return taking.keyed(digits, company, call)
    why = "a key without a meaning here"
    if call.state.mode in OFFERED:
        return offers.ask_again(company, call, why)
    return listen(call, (sentences.KEYS,), "digits", why, mode=call.state.mode)


def _remembered(event: Remembered, company: Company, call: Call, _now: datetime) -> Decision:
    """What was said last; before the first turn is committed that can only be the greeting."""
    first = call.state.turn <= 1
    opening = sentences.opening(company) if first else (sentences.CANNOT_REPEAT,)
    say, why = event.said or opening, "the caller asked to hear it again"
    return listen(call, say, "memory", why, mode=call.state.mode)


def _reminded(event: Reminded, _company: Company, _call: Call, _now: datetime) -> Need:
    return AskResponder(mended(event.asked, event.meant))


def _recorded(event: MessageRecorded, _company: Company, call: Call, _now: datetime) -> Decision:
    return message.recorded(call, event)


def _failed(event: Failed, company: Company, call: Call, _now: datetime) -> Decision:
    unheard = sentences.disclosed(company) if call.state.turn == 0 else ()
    say = (sentences.TECHNICAL, *unheard)
    return message.take(company, call, say, source="trouble", why=event.reason)


_RULES: dict[type, Callable[[Any, Company, Call, datetime], Decision | Need]] = {
    Ringing: _ringing,
    Heard: heard,
    Silence: _silence,
    Digits: _digits,
    Remembered: _remembered,
    RequestRecalled: request.noted,
    NumberRecalled: calling_back.number_recalled,
    Reminded: _reminded,
    Continued: answered.continued,
    AnswerReady: answered.ready,
    AnswerBegun: answered.begun,
    AnswerLate: answered.late,
    AnswerFailed: answered.failed,
    DialEnded: after_ringing.ended,
    WhispersRecalled: after_ringing.recalled,
    MessageRecorded: _recorded,
    Failed: _failed,
}
