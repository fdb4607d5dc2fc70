"""Who of a target may be rung at a moment, in which order, and why.

A person follows its own hours where it has some, else its availability. Of a department those
persons are rung who may be rung themselves, while the department may: with a rota the member on
duty first, then the others in the order in which their turns come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.rotas import turn_at
from clientsvia.companies.routing import Availability

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.rotas import Turn
    from clientsvia.companies.routing import Rota, Target


@dataclass(frozen=True, slots=True)
class Duty:
    """The persons to ring, in their order; none when nobody may be rung. ``why`` is a sentence."""

    people: tuple[Target, ...]
    why: str


def on_duty(company: Company, target: Target, now: datetime) -> Duty:
    """Who of ``target`` may be rung at an aware moment."""
    free, why = available(company, target, now)
    if not free or not target.members:
        return Duty((target,) if free else (), f"{target.id}: {why}")
    turn = None
    if target.rota is not None:
        turn = turn_at(target.rota, now, company.hours.zone)
        why = _whose_turn(turn, company, why)
    members = [person for name in _in_order(target, turn) if (person := company.target(name))]
    people = tuple(person for person in members if available(company, person, now)[0])
    if not people:
        why = f"{why}; none of its members may be rung now"
    return Duty(people, f"{target.id}: {why}")


def available(company: Company, target: Target, now: datetime) -> tuple[bool, str]:
    """Whether the hours of a target, its own or the company's, let it be rung; and why."""
    if target.hours is not None:
        status = target.hours.status(now)
        return status.open, f"own hours, {status.reason}"
    if target.availability is Availability.ALWAYS:
        return True, "always available"
    status = company.hours.status(now)
    return status.open, f"as the company, {status.reason}"


def _whose_turn(turn: Turn, company: Company, why: str) -> str:
    ends = f"{turn.until.astimezone(company.hours.zone):%a %Y-%m-%d %H:%M}"
    if not turn.member:
        return f"{why}; its rota begins {ends}"
    duty = "stands in" if turn.swapped else "is on duty"
    return f"{why}; {turn.member} {duty} until {ends}"


def _in_order(target: Target, turn: Turn | None) -> Iterator[str]:
    """The members: who is on duty, then those whose turns follow, then those without turns."""
    names = [] if turn is None or target.rota is None else _turns(target.rota, turn)
    return iter(dict.fromkeys((*names, *target.members)))


def _turns(rota: Rota, turn: Turn) -> list[str]:
    if not turn.member:
        return list(rota.order)
    place = rota.order.index(turn.member) if turn.member in rota.order else 0
    return [turn.member, *rota.order[place:], *rota.order[:place]]
