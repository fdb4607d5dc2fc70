"""Who is rung for a call, as a call sees it: compiled from the profile."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta, tzinfo

    from clientsvia.companies.hours import Hours
    from clientsvia.companies.rotas import Turn


class AfterHoursPolicy(StrEnum):
    """What a call gets while the company is closed."""

    MESSAGE = "message"
    FORWARD = "forward"
    ANSWER = "answer"


class Availability(StrEnum):
    """When a transfer target without hours of its own may be rung."""

    OPEN = "open"
    ALWAYS = "always"


class Ring(StrEnum):
    """How the members of a department are rung."""

    ORDER = "order"
    TOGETHER = "together"


class First(StrEnum):
    """Who takes calls first while the company is open."""

    AGENT = "agent"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Swap:
    """``member`` is on duty from ``start`` up to ``end``, local times without a zone."""

    start: datetime
    end: datetime
    member: str


@dataclass(frozen=True, slots=True)
class Rota:
    """Members take turns of ``length`` from ``starts`` on, a local time without a zone.

    ``swaps`` are in order of time, and no two overlap. ``turns`` are those made so far.
    """

    starts: datetime
    length: timedelta
    order: tuple[str, ...]
    swaps: tuple[Swap, ...]
    turns: dict[tuple[int, int, bool, tzinfo | None], Turn] = field(
        default_factory=dict, compare=False, repr=False
    )


@dataclass(frozen=True, slots=True)
class Target:
    """A person with a ``number`` in E.164, or a department with ``members`` and no number.

    ``hours`` are its own, None where ``availability`` decides. ``calls_at_once`` 0 means no limit;
    ``accept`` that whoever is rung has to press 1.
    """

    id: str
    name: str
    number: str
    keywords: tuple[str, ...]
    availability: Availability
    members: tuple[str, ...] = ()
    ring: Ring = Ring.ORDER
    rota: Rota | None = None
    hours: Hours | None = None
    ring_seconds: int = 18
    fallback: str | None = None
    calls_at_once: int = 0
    accept: bool = True


@dataclass(frozen=True, slots=True)
class AfterHours:
    """The after-hours policy; ``target`` is the id to ring when the policy is FORWARD."""

    policy: AfterHoursPolicy
    target: str | None


@dataclass(frozen=True, slots=True)
class Routing:
    """Who takes calls first; with STAFF, ``staff`` is rung for ``staff_seconds``."""

    first: First
    staff: str | None
    staff_seconds: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """What is urgent to this company, in its own phrases, and who is rung for it."""

    phrases: tuple[str, ...]
    target: str | None


class AccountState(StrEnum):
    """How a company stands."""

    ACTIVE = "active"
    FORWARDING = "forwarding"
    SUSPENDED = "suspended"
    SETUP = "setup"


@dataclass(frozen=True, slots=True)
class Account:
    """How a company stands; ``target`` is rung if it forwards, ``sentence`` said if suspended."""

    state: AccountState
    target: str | None
    sentence: str
