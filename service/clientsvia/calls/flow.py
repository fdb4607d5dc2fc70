"""A call as a pure state machine: events in, decisions out; no clock, no I/O.

Ringing leads to an answer, a forward, a message or a kind refusal. Then each turn is heard and
answered until the caller has what they came for, is put through, or has left a message.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientsvia.calls import message, sentences, transfer
from clientsvia.calls.events import (
    AnswerFailed,
    AnswerReady,
    DialEnded,
    Digits,
    Failed,
    Heard,
    MessageRecorded,
    Remembered,
    Ringing,
    Silence,
)
from clientsvia.calls.intents import Intent, intent_of, wanted_target
from clientsvia.calls.reply import AskResponder, Decision, HangUp, Listen, Need, Recall, Reply
from clientsvia.calls.route import RouteKind, route, someone
from clientsvia.calls.state import Mode

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clientsvia.calls.events import Event
    from clientsvia.calls.reply import Next
    from clientsvia.calls.state import Call, CallState
    from clientsvia.companies.company import Company

LOW_CONFIDENCE = 0.4  # below it recognisers are wrong more often than right
UNCLEAR_AT_MOST = 2  # then what was heard is taken as it is: asking forever is worse
SILENCES_AT_MOST = 2  # then a message is offered


def decide(event: Event, company: Company, call: Call, now: datetime) -> Decision | Need:
    """What to do about an event on a call at an aware moment: same inputs, same decision."""
    return _RULES[type(event)](event, company, call, now)


def _ringing(event: Ringing, company: Company, call: Call, now: datetime) -> Decision:
    way = route(company, now, number_active=event.number_active)
    if way.kind is RouteKind.INACTIVE:
        return hang_up(call, sentences.inactive(company), "inactive", way.why, "inactive")
    if event.over_limit:
        why = f"the caller already has {company.limits.calls_per_caller} calls"
        return hang_up(call, sentences.TOO_MANY_CALLS, "limit", why, "over_limit")
    if way.kind is RouteKind.FORWARD and way.target is not None:
        closed: tuple[str, ...] = (sentences.closed_greeting(company),)
        return transfer.ring(call, way.target, closed, why=way.why)
    if way.kind is RouteKind.MESSAGE:
        reopening = sentences.reopening(company, now)
        closed = (sentences.closed_greeting(company), *reopening)
        return message.take(company, call, closed, source="hours", why=way.why)
    return listen(call, (sentences.greeting(company),), "greeting", way.why, outcome="answered")


def _heard(event: Heard, company: Company, call: Call, now: datetime) -> Decision | Need:
    if over_limits(company, call.state, now):
        return message.take(company, call, (sentences.TOO_LONG,), source="limit", why="call limits")
    low = event.confidence is not None and event.confidence < LOW_CONFIDENCE
    if low and call.state.unclear < UNCLEAR_AT_MOST:
        state = replace(call.state, turn=call.state.turn + 1, unclear=call.state.unclear + 1)
        why = f"confidence {event.confidence} is below {LOW_CONFIDENCE}"
        return _listening((sentences.DID_NOT_CATCH,), state, "unclear", why)
    return _wish(intent_of(event.text), event.text, company, call, now)


def _wish(
    intent: Intent, text: str, company: Company, call: Call, now: datetime
) -> Decision | Need:
    """What the caller asks of the call itself; a question goes to the responder."""
    offered = call.state.mode
    if intent is Intent.PERSON or (intent is Intent.YES and offered is Mode.OFFERED_PERSON):
        return transfer.to_somebody(company, call, wanted_target(text, company), now)
    if intent is Intent.MESSAGE or (intent is Intent.YES and offered is Mode.OFFERED_MESSAGE):
        return message.take(company, call, (), source="caller", why="the caller leaves a message")
    if intent is Intent.REPEAT:
        return Recall()
    if intent is Intent.NO and offered in (Mode.OFFERED_MESSAGE, Mode.OFFERED_PERSON):
        return listen(call, (sentences.ANYTHING_ELSE,), "offer", "the caller declined the offer")
    if intent is Intent.GOODBYE or intent is Intent.NO:
        return hang_up(call, sentences.GOODBYE, "goodbye", "the caller said goodbye", "")
    return AskResponder(text)


def _silence(_event: Silence, company: Company, call: Call, now: datetime) -> Decision:
    if call.state.silences >= SILENCES_AT_MOST or over_limits(company, call.state, now):
        opening = (sentences.UNANSWERED_SILENCE,)
        why = "the caller stayed silent"
        return message.take(company, call, opening, source="silence", why=why)
    state = replace(call.state, turn=call.state.turn + 1, silences=call.state.silences + 1)
    offered = call.state.mode in (Mode.OFFERED_MESSAGE, Mode.OFFERED_PERSON)
    say = sentences.STILL_WITH_ME if offered else sentences.STILL_THERE[call.state.silences]
    return _listening((say,), state, "silence", "nothing was heard")


def _digits(event: Digits, company: Company, call: Call, now: datetime) -> Decision | Need:
    if event.digits.startswith("0"):
        return transfer.to_somebody(company, call, None, now)
    if event.digits.startswith("*"):
        return Recall()
    why = "a key without a meaning here"
    return listen(call, (sentences.KEYS,), "digits", why)


def _remembered(event: Remembered, _company: Company, call: Call, _now: datetime) -> Decision:
    say = event.said or (sentences.CANNOT_REPEAT,)
    return listen(call, say, "memory", "the caller asked to hear it again", mode=call.state.mode)


def _answered(event: AnswerReady, company: Company, call: Call, now: datetime) -> Decision:
    answer = event.answer
    if answer.known:
        return listen(call, answer.sentences, answer.source, "answered", outcome="answered")
    return _offer(company, call, now, "nothing known answers this")


def _unanswered(event: AnswerFailed, company: Company, call: Call, now: datetime) -> Decision:
    return _offer(company, call, now, f"no answer in time: {event.reason}")


def _dial_ended(event: DialEnded, company: Company, call: Call, _now: datetime) -> Decision:
    return transfer.ended(company, call, event)


def _recorded(event: MessageRecorded, _company: Company, call: Call, _now: datetime) -> Decision:
    return message.recorded(call, event)


def _failed(event: Failed, company: Company, call: Call, _now: datetime) -> Decision:
    say = (sentences.TECHNICAL,)
    return message.take(company, call, say, source="trouble", why=event.reason)


_RULES: dict[type, Callable[[Any, Company, Call, datetime], Decision | Need]] = {
    Ringing: _ringing,
    Heard: _heard,
    Silence: _silence,
    Digits: _digits,
    Remembered: _remembered,
    AnswerReady: _answered,
    AnswerFailed: _unanswered,
    DialEnded: _dial_ended,
    MessageRecorded: _recorded,
    Failed: _failed,
}


def _offer(company: Company, call: Call, now: datetime, why: str) -> Decision:
    """Nothing answers the question: a person if one may be rung, else a message."""
    if someone(company, now) is None:
        say, mode = sentences.OFFER_MESSAGE, Mode.OFFERED_MESSAGE
    else:
        say, mode = sentences.OFFER_PERSON, Mode.OFFERED_PERSON
    return listen(call, (say,), "unknown", why, mode=mode, outcome="unanswered")


def over_limits(company: Company, state: CallState, now: datetime) -> bool:
    """Whether the call has used its turns or its time."""
    seconds = now.timestamp() - state.started_at
    return state.turn >= company.limits.turns or seconds >= company.limits.call_seconds


def listen(
    call: Call,
    say: tuple[str, ...],
    source: str,
    why: str,
    *,
    mode: Mode = Mode.LISTENING,
    outcome: str = "",
) -> Decision:
    """Say something and hear the caller: a new turn."""
    return _listening(say, call.state.listening(mode), source, why, outcome)


def _listening(
    say: tuple[str, ...], state: CallState, source: str, why: str, outcome: str = ""
) -> Decision:
    following: Next = Listen()
    return Decision(Reply(say, following, state), source, why, outcome)


def hang_up(call: Call, say: str, source: str, why: str, outcome: str) -> Decision:
    """Say a last sentence and end the call."""
    return Decision(Reply((say,), HangUp(), call.state.moved(Mode.ENDED)), source, why, outcome)
