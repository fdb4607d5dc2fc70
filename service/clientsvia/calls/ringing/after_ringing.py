"""What follows when ringing somebody, or the talk it led to, is over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import screening, sentences
from clientsvia.calls.effects import TransferMissed
from clientsvia.calls.limits import over_limits
from clientsvia.calls.reply import Decision, RecallWhispers
from clientsvia.calls.replying import hang_up, listen
from clientsvia.calls.ringing.transfer import Errand, Outcome, next_round, rounds_for
from clientsvia.calls.state import Mode, Purpose
from clientsvia.calls.taking import message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clientsvia.calls.events import DialEnded, WhispersRecalled
    from clientsvia.calls.reply import Need
    from clientsvia.calls.state import Call, Dialling
    from clientsvia.companies.company import Company

    Pressed = Mapping[str, str] | None

REACHED = frozenset({"completed", "answered"})
ACCEPT_KEY = "1"
_UNANSWERED = {"busy": Outcome.BUSY, "no-answer": Outcome.NO_ANSWER}


def ended(event: DialEnded, company: Company, call: Call, now: datetime) -> Decision | Need:
    """What those who answered have pressed is asked for first: Twilio's word is not enough."""
    if call.state.dialling is not None:
        return RecallWhispers(event)
    return _after(company, call, event, None, now)


def recalled(event: WhispersRecalled, company: Company, call: Call, now: datetime) -> Decision:
    """After a talk, goodbye; else the next round, and when there is none, back to the caller."""
    return _after(company, call, event.ended, event.pressed, now)


def outcome_of(event: DialEnded, pressed: Pressed) -> Outcome:
    """How ringing ended, from Twilio's word for it and the keys that were pressed.

    Whoever answered and pressed nothing is taken for a voicemail. Where nothing tells whether
    somebody who answered was connected, the caller is taken to have been served.
    """
    keys = tuple((pressed or {}).values())
    answered = event.status in REACHED
    doubtful = event.bridged is None and bool(keys) and ACCEPT_KEY not in keys
    if answered and event.bridged is not False and not doubtful:
        return Outcome.ACCEPTED
    if event.gone:
        return Outcome.ABANDONED
    if any(key and key != ACCEPT_KEY for key in keys):
        return Outcome.DECLINED
    if (answered or keys) and ACCEPT_KEY not in keys:
        return Outcome.VOICEMAIL
    return _UNANSWERED.get(event.status, Outcome.FAILED)


def _after(
    company: Company, call: Call, event: DialEnded, pressed: Pressed, now: datetime
) -> Decision:
    outcome = outcome_of(event, pressed)
    name = call.state.target or "nobody"
    why = f"the transfer to {name} ended: {outcome}"
    if outcome is Outcome.FAILED:
        why = f"{why} ({event.error or event.status})"
    source = f"target:{name}"
    if outcome is Outcome.ACCEPTED:
        return hang_up(call, (), source, why, "transferred")
    if outcome is Outcome.ABANDONED:
        decision = hang_up(call, (), source, why, "missed")
    elif (further := _further(company, call, pressed, why, now)) is not None:
        return further
    elif _staff_was_rung(call):
        say = screening.welcome(company, call)
        return listen(call, say, "greeting", f"{why}; the agent answers", outcome="answered")
    else:
        decision = _back(company, call, source, why)
    return replace(decision, effects=(TransferMissed(name, outcome),))


def _further(
    company: Company, call: Call, pressed: Pressed, why: str, now: datetime
) -> Decision | None:
    """The next to be rung without another word, while the call may last; staff is rung once."""
    target, dialling = company.target(call.state.target), call.state.dialling
    if target is None or dialling is None or dialling.purpose is Purpose.STAFF:
        return None
    if over_limits(company, call.state, now):
        return None
    further = replace(call, state=replace(call.state, dialling=_tried(dialling, pressed)))
    errand = Errand(target, dialling.purpose, why)
    planned = rounds_for(company, further, errand, now)
    return next_round(further, errand, planned, ()) if planned.rounds else None


def _tried(dialling: Dialling, pressed: Pressed) -> Dialling:
    """All who were rung, or of several who rang together the one whose answer ended it."""
    answered = tuple(name for name in dialling.ringing if pressed and name in pressed)
    done = answered or dialling.ringing
    return replace(dialling, ringing=(), tried=dialling.tried + done)


def _staff_was_rung(call: Call) -> bool:
    return call.state.dialling is not None and call.state.dialling.purpose is Purpose.STAFF


def _back(company: Company, call: Call, source: str, why: str) -> Decision:
    """A message is offered; of an urgent call it is taken."""
    unreached = sentences.unreached(company.target(call.state.target))
    if call.state.urgent:
        say = (unreached, sentences.URGENT_MESSAGE)
        return message.take(company, call, say, source=source, why=why)
    say = (unreached, sentences.LEAVE_MESSAGE_OFFER)
    return listen(call, say, source, why, mode=Mode.OFFERED_MESSAGE, outcome="missed")
