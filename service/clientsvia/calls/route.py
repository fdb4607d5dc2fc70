"""Where a call goes at a given moment, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.calls.value import value
from clientsvia.companies.duty import on_duty
from clientsvia.companies.routing import AccountState, AfterHoursPolicy

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.companies.hours import Status
    from clientsvia.companies.routing import Target


class RouteKind(StrEnum):
    """What a caller gets first."""

    ANSWER = "answer"
    MESSAGE = "message"
    FORWARD = "forward"
    INACTIVE = "inactive"


@value(frozen=True, slots=True)
class Route:
    """A routing decision; ``why`` is one sentence, ``status`` the hours it rests on."""

    kind: RouteKind
    why: str
    status: Status
    target: Target | None = None


def route(company: Company, now: datetime, *, number_active: bool = True) -> Route:
    """Where a call to ``company`` goes at ``now`` (aware)."""
    status = company.hours.status(now)
    if company.account.state is AccountState.SUSPENDED:
        return Route(RouteKind.INACTIVE, "the company is suspended", status)
    if not number_active:
        return Route(RouteKind.INACTIVE, "the number is switched off", status)
    if status.open:
        return Route(RouteKind.ANSWER, status.reason, status)
    return _after_hours(company, status)


def may_ring(company: Company, target: Target, now: datetime) -> bool:
    """Whether anybody of a target may be rung at ``now``."""
    return bool(on_duty(company, target, now).people)


def someone(company: Company, now: datetime, wanted: Target | None = None) -> Target | None:
    """The target to ring: the one wanted, else the first; None when nobody may be rung."""
    if wanted is not None:
        return wanted if may_ring(company, wanted, now) else None
    return next((target for target in company.targets if may_ring(company, target, now)), None)


def _after_hours(company: Company, status: Status) -> Route:
    policy = company.after_hours.policy
    target = company.target(company.after_hours.target)
    if policy is AfterHoursPolicy.ANSWER:
        return Route(RouteKind.ANSWER, f"{status.reason}; after hours the agent answers", status)
    if policy is AfterHoursPolicy.FORWARD and target is not None:
        why = f"{status.reason}; after hours calls are forwarded to {target.id}"
        return Route(RouteKind.FORWARD, why, status, target)
    return Route(RouteKind.MESSAGE, f"{status.reason}; after hours a message is taken", status)
