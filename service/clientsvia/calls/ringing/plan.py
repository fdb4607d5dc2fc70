"""Whom a call to a target would ring, in which order, and who is left out why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.duty import members_of, on_duty
from clientsvia.companies.refused_numbers import refusal
from clientsvia.companies.routing import Ring
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.routing import Target

PERSONS_AT_MOST = 10  # rung for one caller; no Dial takes more numbers at once


@value(frozen=True, slots=True)
class Round:
    """Persons who are rung at once, for so many seconds, on behalf of a target."""

    people: tuple[Target, ...]
    target: Target
    seconds: int


@value(frozen=True, slots=True)
class Skipped:
    """A target that is not rung; ``refused`` when its number is one that never may be."""

    target: str
    why: str
    refused: bool = False


@value(frozen=True, slots=True)
class Plan:
    """The rounds in their order, who is left out, and in a sentence who was on duty and why."""

    rounds: tuple[Round, ...]
    skipped: tuple[Skipped, ...]
    why: str


@value(frozen=True, slots=True)
class Situation:
    """What a plan takes into account beside settings and hours.

    ``avoid`` are numbers that would lead back to this call, ``engaged`` the ids of targets in other
    calls, one for each, ``tried`` those of persons rung before. ``anytime`` rings first
    whose turn it is in a rota, and when nobody may be rung whoever there is.
    """

    avoid: frozenset[str] = frozenset()
    engaged: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    anytime: bool = False


ALONE = Situation()


def plan(company: Company, target: Target, now: datetime, situation: Situation = ALONE) -> Plan:
    """Whom a call that is to reach ``target`` rings at an aware moment: its people, its fallbacks'.

    Nobody is rung twice, and with those tried before no more than PERSONS_AT_MOST.
    """
    rounds: list[Round] = []
    skipped: list[Skipped] = []
    reasons: list[str] = []
    seen, left = set(situation.tried), PERSONS_AT_MOST - len(situation.tried)
    for link in _chain(company, target):
        people, why = _on_duty(company, link, now, anytime=situation.anytime)
        reasons.append(why)
        skipped += [
            wrong
            for person in people
            if person.id not in seen and (wrong := _wrong(company, link, person, situation))
        ]
        out = seen | {one.target for one in skipped}
        free = [person for person in people if person.id not in out][: max(left, 0)]
        seen.update(person.id for person in free)
        left -= len(free)
        rounds += _rounds(link, free)
    return Plan(tuple(rounds), tuple(skipped), "; ".join(reasons))


def _chain(company: Company, target: Target) -> Iterator[Target]:
    """The target, and the fallbacks that follow it; each once, whatever the settings say."""
    links: list[str] = []
    following: Target | None = target
    while following is not None and following.id not in links:
        yield following
        links.append(following.id)
        following = company.target(following.fallback)


def _on_duty(
    company: Company, target: Target, now: datetime, *, anytime: bool
) -> tuple[tuple[Target, ...], str]:
    duty = on_duty(company, target, now)
    if not anytime:
        return duty.people, duty.why
    members = members_of(company, target, duty.turn) or [target]
    if not duty.people:
        return tuple(members), f"{duty.why}; rung all the same"
    turn = duty.turn.member if duty.turn is not None else ""
    whose = [person for person in members if person.id == turn]
    return tuple(dict.fromkeys((*whose, *duty.people))), duty.why


def _wrong(company: Company, link: Target, person: Target, situation: Situation) -> Skipped | None:
    """Why a person is not rung, if so."""
    if wrong := refusal(person.number, company.region):
        return Skipped(person.id, f"its number is {wrong}", refused=True)
    if person.number in situation.avoid or person.number in company.numbers:
        return Skipped(person.id, "the call comes from its number")
    for target in (link, person):
        most, now = target.calls_at_once, situation.engaged.count(target.id)
        if 0 < most <= now:
            return Skipped(person.id, f"{target.id} has {now} calls, as many as it takes at once")
    return None


def _rounds(link: Target, people: list[Target]) -> list[Round]:
    if people and link.members and link.ring is Ring.TOGETHER:
        return [Round(tuple(people), link, link.ring_seconds)]
    return [Round((person,), link, person.ring_seconds) for person in people]
