"""Passing a call to a person, and what follows when the ringing is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import message, sentences
from clientsvia.calls.reply import Connect, Decision, HangUp, Reply
from clientsvia.calls.route import someone
from clientsvia.calls.state import Mode

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import DialEnded
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

REACHED = frozenset({"completed", "answered"})
UNREACHED = frozenset({"busy", "no-answer", "failed", "canceled"})


def to_somebody(
    company: Company,
    call: Call,
    wanted: Target | None,
    now: datetime,
    *,
    opening: tuple[str, ...] = (),
) -> Decision:
    """Ring the target wanted, or any, after ``opening``; with nobody to ring, take a message."""
    target = someone(company, now, wanted)
    if target is None:
        say = (*opening, sentences.unreached(wanted))
        return message.take(company, call, say, source="transfer", why="nobody may be rung now")
    return ring(call, target, opening, why=f"the caller wants {target.id}")


def ring(call: Call, target: Target, opening: tuple[str, ...], *, why: str) -> Decision:
    """Ring ``target``; the company's number stands in for a caller id that is not valid."""
    connect = Connect(target.number, call.caller_id or call.called)
    state = call.state.moved(Mode.DIALLING, target.id)
    say = (*opening, sentences.connecting(target))
    return Decision(Reply(say, connect, state), f"target:{target.id}", why, "transferring")


def ended(company: Company, call: Call, event: DialEnded) -> Decision:
    """After a talk, goodbye; after a ring nobody took, back to the caller with a message offer."""
    status = event.status if event.status in REACHED | UNREACHED else "failed"
    target = call.state.target or "nobody"
    why = f"the transfer to {target} ended: {status}"
    if status in REACHED:
        reply = Reply((), HangUp(), call.state.moved(Mode.ENDED))
        return Decision(reply, f"target:{target}", why, "transferred")
    say = (sentences.unreached(company.target(call.state.target)),)
    return message.take(company, call, say, source=f"target:{target}", why=why)
