"""Passing a call to a person: whom it rings, and with which words before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.reply import Callee, Connect, Decision, Reply
from clientsvia.calls.ringing.plan import Situation, plan
from clientsvia.calls.state import Dialling, Mode, Purpose
from clientsvia.calls.taking import message, taking

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ringing.plan import Plan
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

_AT_ANY_TIME = frozenset({Purpose.URGENT, Purpose.FORWARDED})
"""What the owner has named somebody for, and so does not depend on that one's hours."""


class Outcome(StrEnum):
    """How ringing somebody ended."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    BUSY = "busy"
    NO_ANSWER = "no-answer"
    VOICEMAIL = "voicemail"
    FAILED = "failed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be done for a caller: reach ``target``; ``why`` is one sentence for the log."""

    target: Target
    purpose: Purpose
    why: str


def to_somebody(
    company: Company,
    call: Call,
    wanted: Target | None,
    now: datetime,
    *,
    opening: tuple[str, ...] = (),
) -> Decision:
    """Ring the target wanted, or any, after ``opening``; with nobody to ring, take a message."""
    targets = company.targets if wanted is None else (wanted,)
    refused: tuple[str, ...] = ()
    for target in targets:
        errand = Errand(target, Purpose.WANTED, f"the caller wants {target.id}")
        planned = rounds_for(company, call, errand, now)
        if planned.rounds:
            return next_round(call, errand, planned, (*opening, sentences.connecting(target)))
        refused += _refused(planned)
    say = (*opening, sentences.unreached(wanted))
    decision = taking.begin(company, call, say, source="transfer", why="nobody may be rung now")
    return replace(decision, refused=refused)


def ring(
    company: Company,
    call: Call,
    errand: Errand,
    now: datetime,
    opening: tuple[str, ...],
    *,
    otherwise: tuple[str, ...] = (),
) -> Decision:
    """Ring somebody the owner has named for it; else take a message, after ``otherwise`` as well.

    Whoever has forwarded the call to us is left out, and the others are rung all the same.
    """
    planned = rounds_for(company, call, errand, now)
    if planned.rounds:
        return next_round(call, errand, planned, (*opening, sentences.connecting(errand.target)))
    why = f"{errand.why}; nobody of {errand.target.id} can be rung: {_reasons(planned)}"
    say = (*opening, *otherwise)
    decision = message.take(company, call, say, source="transfer", why=why)
    return replace(decision, refused=_refused(planned))


def staff_first(company: Company, call: Call, now: datetime) -> Decision | None:
    """Ring the staff without a word before; None where the agent answers at once.

    So it does where one of the staff has forwarded the call to us: they had their chance.
    """
    staff = company.target(company.routing.staff)
    if staff is None:
        return None
    errand = Errand(staff, Purpose.STAFF, "staff comes first")
    planned = rounds_for(company, call, errand, now)
    if not planned.rounds or _comes_back(company, call, planned):
        return None
    return next_round(call, errand, planned, (), seconds=company.routing.staff_seconds)


def rounds_for(company: Company, call: Call, errand: Errand, now: datetime) -> Plan:
    """Whom this call would ring, apart from numbers that would lead back to it."""
    dialling = call.state.dialling
    tried = dialling.tried if dialling is not None else ()
    avoid = frozenset(number for number in (call.caller_id, call.forwarded_from) if number)
    situation = Situation(avoid, call.engaged, tried, errand.purpose in _AT_ANY_TIME)
    return plan(company, errand.target, now, situation)


def next_round(
    call: Call, errand: Errand, planned: Plan, say: tuple[str, ...], *, seconds: int = 0
) -> Decision:
    """Ring the first round of a plan; the company's number stands in for an invalid caller id."""
    first, before = planned.rounds[0], call.state.dialling
    callees = tuple(
        Callee(person.id, person.number, person.accept and first.target.accept)
        for person in first.people
    )
    connect = Connect(callees, call.caller_id or call.called, seconds or first.seconds)
    ringing = tuple(person.id for person in first.people)
    dialling = Dialling(errand.purpose, ringing, before.tried if before is not None else ())
    state = call.state.moved(Mode.DIALLING, errand.target.id, dialling)
    source = f"target:{'+'.join(ringing)}"
    refused = _refused(planned)
    reply = Reply(say, connect, state)
    return Decision(reply, source, errand.why, "transferring", refused=refused)


def _comes_back(company: Company, call: Call, planned: Plan) -> bool:
    """Whether somebody of the plan has forwarded this call to us."""
    if not call.forwarded_from:
        return False
    numbers = {target.id: target.number for target in company.targets}
    return any(numbers.get(one.target) == call.forwarded_from for one in planned.skipped)


def _refused(planned: Plan) -> tuple[str, ...]:
    return tuple(f"{one.target}: {one.why}" for one in planned.skipped if one.refused)


def _reasons(planned: Plan) -> str:
    skipped = (f"{one.target}: {one.why}" for one in planned.skipped)
    return "; ".join(skipped) or planned.why
