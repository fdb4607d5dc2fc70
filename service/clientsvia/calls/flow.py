"""A call as a pure state machine: events in, decisions out; no clock, no I/O.

Ringing leads to an answer, a forward, a message or a kind refusal. Then each turn is heard and
answered until the caller has what they came for, is put through, or has left a message.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientsvia.calls import answered, arriving, offers, sentences, urgent
from clientsvia.calls.corrections import mended
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import (
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
from clientsvia.calls.ringing import after_ringing, transfer
from clientsvia.calls.state import TAKING, Mode
from clientsvia.calls.taking import calling_back, message, request, taking
from clientsvia.calls.taking.asking_again import again

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clientsvia.calls.events import Event
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

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
    Ringing: arriving.ringing,
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
