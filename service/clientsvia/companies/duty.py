"""Who of a target may be rung at a moment, in which order, and why.

A person follows its own hours where it has some, else its availability. Of a department those
persons are rung who may be rung themselves, while the department may: with a rota the member on
duty first, then the others in the order in which their turns come.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.rotas import turn_at
from clientsvia.companies.routing import Availability
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.rotas import Turn
    from clientsvia.companies.routing import Target


@value(frozen=True, slots=True)
class Duty:
    """The persons to ring, in their order; none when nobody may be rung. ``why`` is a sentence.

    ``turn`` is whose turn it is in the rota, whether or not they may be rung. ``until`` is when the
    target, or the turn, changes next, None when that is not known to.
    """

    people: tuple[Target, ...]
    why: str
    turn: Turn | None = None
    until: datetime | None = None


def on_duty(company: Company, target: Target, now: datetime) -> Duty:
    """Who of ``target`` may be rung at an aware moment."""
    free, why, until = _available(company, target, now)
    if not target.members:
        return Duty((target,) if free else (), why, None, until)
    turn = None
    if target.rota is not None:
        turn = turn_at(target.rota, company.hours.local(now))
        why = f"{why}; {turn.why}"
        until = turn.until if until is None else min(until, turn.until)
    if not free:
        return Duty((), why, turn, until)
    people = tuple([one for one in members_of(company, target, turn) if _free(company, one, now)])
    return Duty(people, why if people else f"{why}; none of its members may be rung", turn, until)


def members_of(company: Company, target: Target, turn: Turn | None) -> list[Target]:
    """A department's members in the order of their turns, whether or not they may be rung."""
    order = target.members if turn is None else dict.fromkeys((*turn.order, *target.members))
    return [one for name in order if (one := company.target(name)) is not None]


def _available(
    company: Company, target: Target, now: datetime
) -> tuple[bool, str, datetime | None]:
    """Whether a target's own hours, or the company's, let it be rung; why, and until when."""
    if target.hours is not None:
        status = target.hours.status(now)
        return status.open, f"{status.reason}, its own hours", status.changes_at
    if target.availability is Availability.ALWAYS:
        return True, "always available", None
    status = company.hours.status(now)
    return status.open, f"{status.reason}, as the company", status.changes_at


def _free(company: Company, target: Target, now: datetime) -> bool:
    """The first of what ``_available`` tells.

    PERF: in half the time, for members, of whom nobody asks why.
    """
    if target.hours is None and target.availability is Availability.ALWAYS:
        return True
    return (target.hours or company.hours).status(now).open
