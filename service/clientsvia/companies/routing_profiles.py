"""What a profile says about who is rung, when, and for whom nothing waits."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    NaiveDatetime,
    model_validator,
)

from clientsvia.companies.fields import E164, Id, Keywords, Line
from clientsvia.companies.refused_numbers import is_service_number, refusal
from clientsvia.companies.routing import AfterHoursPolicy, Availability, First, Ring
from clientsvia.companies.schedule import Part, Schedule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def _no_service_number(raw: Any) -> Any:  # noqa: ANN401 - a file's
    """What is no number at all is refused later, with another remedy."""
    if isinstance(raw, str) and is_service_number(raw):
        raise ValueError(
            f"{raw!r} is an emergency or service number, which cannot be called for somebody else: "
            "name a person's"
        )
    return raw


Ids = Annotated[tuple[Id, ...], Field(max_length=50)]


class SwapProfile(Part):
    """A stretch of a rota, on the company's clock, that another member takes over."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    start: NaiveDatetime = Field(alias="from")
    end: NaiveDatetime = Field(alias="to")
    member: Id

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.end <= self.start:
            raise ValueError("ends before it starts: let 'to' be the later moment")
        return self


class RotaProfile(Part):
    """Members who take turns: the first from ``starts`` on, the next ``days`` days later."""

    starts: NaiveDatetime
    days: int = Field(default=7, ge=1, le=366)
    order: Annotated[tuple[Id, ...], Field(min_length=1, max_length=50)]
    swaps: tuple[SwapProfile, ...] = Field(default=(), max_length=1000)

    @model_validator(mode="after")
    def _swaps_apart(self) -> Self:
        for swap, following in pairwise(sorted(self.swaps, key=lambda swap: swap.start)):
            if following.start < swap.end:
                raise ValueError(
                    f"the swaps from {swap.start:%Y-%m-%d %H:%M} and from "
                    f"{following.start:%Y-%m-%d %H:%M} overlap: let one end before the other starts"
                )
        return self

    @property
    def named(self) -> set[str]:
        """Whom it names, in its order or as a stand-in."""
        return {*self.order, *(swap.member for swap in self.swaps)}


class TargetProfile(Part):
    """A person with a ``number``, or a department with ``members``: whom a call may be passed to.

    ``ring`` is ``order`` or ``together``; with a ``rota`` the member on duty is rung first.
    ``hours`` are the target's own; without them ``availability`` decides. ``fallback`` is rung when
    nobody took the call. ``calls_at_once`` 0 means no limit. Whoever is rung hears who calls and
    presses 1 to accept, unless ``accept`` is false.
    """

    id: Id
    name: Line
    number: Annotated[E164, BeforeValidator(_no_service_number)] | None = None
    members: Ids = ()
    ring: Ring = Ring.ORDER
    rota: RotaProfile | None = None
    keywords: Keywords = ()
    availability: Availability = Availability.OPEN
    hours: Schedule | None = None
    ring_seconds: int = Field(default=18, ge=5, le=120)
    fallback: Id | None = None
    calls_at_once: int = Field(default=0, ge=0, le=100)
    accept: bool = True

    @model_validator(mode="after")
    def _rings_somebody(self) -> Self:
        if (self.number is None) == (not self.members):
            raise ValueError("give a person's number, or the members of a department, and not both")
        if self.rota and not self.rota.named <= set(self.members):
            raise ValueError("the rota names somebody who is no member: add them to members")
        return self


class AfterHoursProfile(Part):
    """What a call gets while the company is closed; ``forward`` rings ``target``."""

    policy: AfterHoursPolicy = AfterHoursPolicy.MESSAGE
    target: Id | None = None

    @model_validator(mode="after")
    def _forwards_to_somebody(self) -> Self:
        if self.policy is AfterHoursPolicy.FORWARD and self.target is None:
            raise ValueError("needs a target to forward to: write its id under target")
        return self

    @property
    def named(self) -> str | None:
        """The target it names."""
        return self.target


class RoutingProfile(Part):
    """Who takes calls first while the company is open: its agent, or ``staff`` for some seconds."""

    first: First = First.AGENT
    staff: Id | None = None
    staff_seconds: int = Field(default=15, ge=5, le=60)

    @model_validator(mode="after")
    def _names_staff(self) -> Self:
        if self.first is First.STAFF and self.staff is None:
            raise ValueError("names nobody to ring first: write a target's id under staff")
        return self

    @property
    def named(self) -> str | None:
        """The target it names."""
        return self.staff


class UrgentProfile(Part):
    """Phrases that pass every other rule, and who is rung for them at any hour."""

    phrases: Annotated[
        tuple[Annotated[Line, Field(max_length=80)], ...], Field(max_length=200)
    ] = ()
    target: Id | None = None

    @property
    def named(self) -> str | None:
        """The target it names."""
        return self.target


class AccountProfile(Part):
    """How the company stands: ``forwarding`` rings ``target`` for every call.

    ``suspended`` says ``sentence``, or one of ours, and ``setup`` is on its way to be live.
    """

    state: Literal["active", "forwarding", "suspended", "setup"] = "active"
    target: Id | None = None
    sentence: str = Field(default="", max_length=500)

    @model_validator(mode="after")
    def _forwards_to_somebody(self) -> Self:
        if self.state == "forwarding" and self.target is None:
            raise ValueError("names nobody to forward to: write a target's id under target")
        return self

    @property
    def named(self) -> str | None:
        """The target it names."""
        return self.target


def unknown_targets(targets: tuple[TargetProfile, ...]) -> str:
    """What is wrong with the ids that targets name; empty when nothing is.

    Members are persons: nobody is rung through two departments.
    """
    known = {target.id: target for target in targets}
    for target in targets:
        for member in target.members:
            if member not in known:
                return (
                    f"{target.id} has an unknown member {member!r}: add that target, or take it out"
                )
            if known[member].members:
                return f"{member}, a member of {target.id}, has members itself: name persons"
        if target.fallback is not None and target.fallback not in known:
            return f"{target.id} falls back to {target.fallback!r}, which no target is: name one"
        if circle := _circle(target, known):
            return f"{' falls back to '.join(circle)}: take one of these fallbacks out"
    return ""


def refused_numbers(targets: tuple[TargetProfile, ...], region: str, own: Iterable[str]) -> str:
    """What is wrong with the numbers that targets have; empty when nothing is."""
    callers_dial = frozenset(own)
    for target in targets:
        if target.number is None:
            continue
        if target.number in callers_dial:
            return (
                f"{target.id} has {target.number}, which callers of the company dial: name the "
                "number of a telephone, or the call would go round in circles"
            )
        if wrong := refusal(target.number, region):
            return f"{target.id} has {target.number}, {wrong}: name an ordinary one"
    return ""


def _circle(target: TargetProfile, known: Mapping[str, TargetProfile]) -> tuple[str, ...]:
    """The fallbacks that lead from a target back to itself; empty where none do."""
    links, following = [target.id], target.fallback
    while following is not None and following in known and following not in links:
        links.append(following)
        following = known[following].fallback
    return (*links, target.id) if following == target.id else ()
