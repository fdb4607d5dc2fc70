"""Where a call goes at a given moment, and why."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.companies.duty import on_duty
from clientsvia.companies.routing import AccountState, AfterHoursPolicy
from clientsvia.companies.value import value

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


def route(
    company: Company, now: datetime, *, number_active: bool = True, caller: str = ""
) -> Route:
    """Where a call to ``company`` goes at ``now`` (aware); ``caller`` is in E.164 where known."""
    status = company.hours.status(now)
    if not number_active:
        return Route(RouteKind.INACTIVE, "the number is switched off", status)
    if company.account.state is not AccountState.ACTIVE:
        way = _by_account(company, status, caller)
        if way is not None:
            return way
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


def _by_account(company: Company, status: Status, caller: str) -> Route | None:
    """Where the account's state sends every call; None where it goes on as the hours say."""
    account, target = company.account, company.target(company.account.target)
    if account.state is AccountState.SUSPENDED:
        return Route(RouteKind.INACTIVE, "the company is suspended", status)
    if account.state is AccountState.SETUP and not _tries_it(company, caller):
        return Route(RouteKind.INACTIVE, "the company is being set up", status)
    if account.state is AccountState.FORWARDING and target is not None:
        return Route(RouteKind.FORWARD, f"every call is forwarded to {target.id}", status, target)
    return None


def _tries_it(company: Company, caller: str) -> bool:
    """Whether a caller is one of the company's own people."""
    own = (*(target.number for target in company.targets), *company.notify.sms)
    return bool(caller) and caller in own


def _after_hours(company: Company, status: Status) -> Route:
    policy = company.after_hours.policy
    target = company.target(company.after_hours.target)
    if policy is AfterHoursPolicy.ANSWER:
        return Route(RouteKind.ANSWER, f"{status.reason}; after hours the agent answers", status)
    if policy is AfterHoursPolicy.FORWARD and target is not None:
        why = f"{status.reason}; after hours calls are forwarded to {target.id}"
        return Route(RouteKind.FORWARD, why, status, target)
    return Route(RouteKind.MESSAGE, f"{status.reason}; after hours a message is taken", status)
